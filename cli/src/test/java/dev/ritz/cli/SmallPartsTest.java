package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {
    @ParameterizedTest
    @CsvSource({"500ms, 500", "30s, 30000", "1.5s, 1500", "5m, 300000", "2h, 7200000", "7, 7000", "2min, 120000"})
    void readsDurations(String text, long millis) {
        assertThat(Quantities.duration(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "s", "1d", "1e3", "nan", "99999999999d"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Quantities.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no duration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0ms", "0.5ms", "99999999999h"})
    void refusesDurationsOutOfRange(String text) {
        assertThatThrownBy(() -> Quantities.duration(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is out of range, expected 1ms to 277777h");
    }

    @ParameterizedTest
    @CsvSource({"500ms, 500ms", "30s, 30s", "1.5s, 1500ms", "277777h, 999997200s", "1ms, 1ms"})
    void writesDurationsAsItReadsThem(String text, String written) {
        Duration time = Quantities.duration(text);
        assertThat(Quantities.text(time)).isEqualTo(written);
        assertThat(Quantities.duration(written)).isEqualTo(time);
    }

    @Test
    void aTimeLimitNamesThePhaseThatUsedItUp() throws CommandException {
        assertThat(new TimeLimit(Duration.ofDays(1)).left("while reading"))
                .isBetween(Duration.ofHours(23), Duration.ofDays(1));
        TimeLimit over = new TimeLimit(Duration.ofNanos(1));
        while (true) { // until the clock has moved
            try {
                over.left("while reading");
            } catch (CommandException e) {
                assertThat(e).hasMessageEndingWith("was reached while reading");
                assertThat(e.code()).isEqualTo(ExitCode.LIMIT);
                assertThat(e.word()).isEqualTo("DEADLINE");
                return;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "512M, 536870912", "4G, 4294967296", "1.5k, 1536", "2GiB, 2147483648", "1T, 1099511627776"})
    void readsSizes(String text, long bytes) {
        assertThat(Quantities.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1M", "M", "1X", "99999999999T"})
    void refusesOtherSizes(String text) {
        assertThatThrownBy(() -> Quantities.bytes(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesSizesForPeople() {
        assertThat(Quantities.text(1023)).isEqualTo("1023 bytes");
        assertThat(Quantities.text(1536)).isEqualTo("1.5 KiB");
        assertThat(Quantities.text(5L << 30)).isEqualTo("5.0 GiB");
        assertThat(Quantities.text(5L << 50)).isEqualTo("5120.0 TiB");
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "abc, abc, 0", "abc, acb, 1", "'', abc, 3", "abc, '', 3", "omega, omgea, 1"})
    void countsEdits(String a, String b, int distance) {
        assertThat(Suggestion.distance(a, b)).isEqualTo(distance);
    }

    @Test
    void suggestsNothingFarAway() {
        assertThat(Suggestion.among("xyz", List.of("gmres", "cg"))).isEqualTo("; known: gmres, cg");
        assertThat(Suggestion.among("xyz", List.of())).isEqualTo("; there are none");
    }

    @Test
    void progressIsLogarithmic() {
        assertThat(Progress.percent(1, 1, 1e-8)).isZero();
        assertThat(Progress.percent(1, 1e-4, 1e-8)).isEqualTo(50);
        assertThat(Progress.percent(1, 1e-9, 1e-8)).isEqualTo(99);
        assertThat(Progress.percent(1, 100, 1e-8)).isZero();
        assertThat(Progress.percent(1, Double.NaN, 1e-8)).isZero();
        assertThat(Progress.percent(0, 1, 0)).isZero();
    }

    @Test
    void progressShowsTheResidual() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new Progress(Watch.NONE, new PrintStream(bytes, true, StandardCharsets.UTF_8), 0);
        progress.start("cg", 1, 1e-8);
        progress.iteration(17, 1e-4);
        progress.stop();
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("cg")
                .contains("50%")
                .contains("iteration 17");
    }

    @Test
    void progressOfAShortSolveIsSilent() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Progress progress = new Progress(Watch.NONE, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        progress.start("cg", 1, 1e-8);
        progress.iteration(1, 0.5);
        progress.stop();
        assertThat(bytes.size()).isZero();
    }

    @Test
    void aPatientAttemptGivesUpWithoutProgress() {
        AttemptListener listener = new AttemptListener(Watch.NONE, 10);
        int k = 1;
        while (k < 100 && listener.onIteration(k, Math.pow(0.7, Math.min(k, 20)))) {
            k++;
        }
        assertThat(listener.gaveUp()).isTrue();
        assertThat(k).isBetween(20, 31);
        assertThat(listener.reason()).contains("factor of 10").contains("10 iterations");
    }

    @Test
    void anEndlessAttemptNeverGivesUp() {
        AttemptListener listener = new AttemptListener(Watch.NONE, 0);
        for (int k = 1; k < 5000; k++) {
            assertThat(listener.onIteration(k, 1)).isTrue();
        }
        assertThat(listener.gaveUp()).isFalse();
    }

    @Test
    void theUsersWishIsNotStagnation() {
        Watch cancelled = new Watch() {
            @Override
            public boolean cancelled() {
                return true;
            }
        };
        AttemptListener listener = new AttemptListener(cancelled, 1);
        assertThat(listener.onIteration(5, Double.POSITIVE_INFINITY)).isFalse();
        assertThat(listener.gaveUp()).isFalse();
    }
}
