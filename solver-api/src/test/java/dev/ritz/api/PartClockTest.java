package dev.ritz.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartClockTest {

    private static PartClock fresh() {
        PartClock clock = new PartClock();
        clock.reset();
        return clock;
    }

    @Test
    void longCallsAreAllTimed() {
        PartClock clock = fresh();
        for (int k = 1; k <= 40; k++) {
            assertThat(clock.due()).isTrue();
            clock.add(PartClock.SHORT_NANOS + k);
        }
        assertThat(clock.nanos()).isEqualTo(40 * PartClock.SHORT_NANOS + 40 * 41 / 2);
    }

    @Test
    void shortCallsAreSampledAndCountInFull() {
        PartClock clock = fresh();
        int timed = 0;
        int calls = 1 + 10 * PartClock.STRIDE + 5; // the last five wait for their sample
        for (int k = 0; k < calls; k++) {
            if (clock.due()) {
                timed++;
                clock.add(300);
            }
            assertThat(clock.nanos()).as("after call %d", k + 1).isEqualTo(300L * (k + 1));
        }
        assertThat(timed).isEqualTo(11);
    }

    @Test
    void aCallThatTurnsOutLongEndsTheSampling() {
        PartClock clock = fresh();
        assertThat(clock.due()).isTrue();
        clock.add(10);
        int untimed = 0;
        while (!clock.due()) {
            untimed++;
        }
        assertThat(untimed).isEqualTo(PartClock.STRIDE - 1);
        clock.add(PartClock.SHORT_NANOS);
        assertThat(clock.due()).isTrue();
    }

    @Test
    void aResetForgetsEverything() {
        PartClock clock = fresh();
        clock.due();
        clock.add(5);
        clock.due();
        clock.reset();
        assertThat(clock.nanos()).isZero();
        assertThat(clock.due()).isTrue();
    }
}
