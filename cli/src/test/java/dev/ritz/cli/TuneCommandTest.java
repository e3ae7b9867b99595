package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.io.MatrixMarket;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Sequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TuneCommandTest {
    private static final int COUNT = 60;
    private static final List<LinearSystem> SYSTEMS = Sequences.shiftedLaplacians(
                    10, COUNT, Sequences.Shift.LOW, 0x7c3e_4001L)
            .toList();

    @TempDir
    Path dir;

    private Path shifts;

    @BeforeEach
    void shifts() {
        StringBuilder table = new StringBuilder("shift\n");
        SYSTEMS.forEach(s -> table.append(s.a().get(0, 0) - 4).append('\n'));
        shifts = Shell.file(dir, "shift.csv", table.toString());
    }

    /** A folder of shifted Laplacians, the first of them. */
    private Path systems(int count) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("in" + count));
        for (int t = 0; t < count; t++) {
            LinearSystem s = SYSTEMS.get(t);
            MatrixMarket.write(folder.resolve("A_" + t + ".mtx"), s.a());
            MatrixMarket.writeVector(folder.resolve("b_" + t + ".mtx"), s.b());
        }
        return folder;
    }

    private Shell sequence(Path in, String out, Object... words) {
        Object[] all = new Object[words.length + 6];
        System.arraycopy(new Object[] {"sequence", in, "-o", dir.resolve(out), "--guess", "none"}, 0, all, 0, 6);
        System.arraycopy(words, 0, all, 6, words.length);
        return ritz(all);
    }

    private String report(String out) {
        return Shell.text(dir.resolve(out).resolve("report.json"));
    }

    /** The numbers of a key in a report, in order. */
    private static List<String> all(String json, String key) {
        return Arrays.stream(json.split("\"" + key + "\" : ", -1))
                .skip(1)
                .map(rest -> rest.split("[,\\n]", 2)[0].replace("\"", ""))
                .toList();
    }

    @Test
    void theBestOmegaIsFoundAndReported() throws IOException {
        Path plot = dir.resolve("tune.svg");
        Shell run = sequence(
                systems(COUNT),
                "out",
                "-m",
                "sor",
                "--tune",
                "omega=1:1.8:0.2",
                "--tuner",
                "explore:2",
                "--cost",
                "iterations",
                "--tune-plot",
                plot);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("explore:2, cost in iterations")
                .contains("best fixed in hindsight omega=1.6")
                .containsPattern("omega=1.0 +2 +\\d");
        String json = report("out");
        assertThat(all(json, "bestFixed")).containsExactly("1.6");
        assertThat(all(json, "value")).containsExactly("1.0", "1.2", "1.4", "1.6", "1.8");
        List<String> pulls = all(json, "pulls");
        assertThat(pulls).containsExactly("2", "2", "2", "52", "2");
        assertThat(all(json, "chosen").subList(12, COUNT)).containsOnly("sor with none");
        assertThat(json.split("sor with none, omega=1.6\"", -1).length - 1).isGreaterThan(2 * 50);
        List<String> charges = all(json, "charge");
        assertThat(charges).hasSize(COUNT);
        double sum = charges.stream().mapToDouble(Double::parseDouble).sum();
        assertThat(Double.parseDouble(all(json, "meanCost").get(0))).isCloseTo(sum / COUNT, within(1e-9));
        String svg = Shell.text(plot);
        assertThat(svg).contains("<svg");
        assertThat(svg.split("<(ellipse|circle)", -1).length - 1).isGreaterThanOrEqualTo(COUNT); // a dot for each
    }

    @Test
    void aSettingOfThePreconditionerAndAContext() throws IOException {
        Shell run = sequence(
                systems(12), "out", "-m", "cg", "-p", "ssor", "--tune", "p.omega=1,1.3,1.6", "--context", shifts(12));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("chebcb, cost in products").contains("p.omega=1.3");
        assertThat(report("out")).contains("cg with ssor, p.omega=1.6");
    }

    private Path shifts(int count) {
        return Shell.file(
                dir,
                "shift" + count + ".csv",
                String.join("\n", Shell.text(shifts).lines().limit(count + 1L).toList()));
    }

    @Test
    void aSavedTunerGoesOn() throws IOException {
        Path in = systems(20);
        Path saved = dir.resolve("tuner.ritz");
        Path again = dir.resolve("again.ritz");
        Object[] words = {
            "-m", "sor", "--tune", "omega=1.2,1.5,1.8", "--tuner", "binned:3", "--context", shifts(20), "--seed", 9
        };
        assertThat(sequence(in, "one", with(words, "--save-tuner", saved)).code())
                .isZero();
        Shell second = sequence(in, "two", with(words, "--load-tuner", saved, "--save-tuner", again));
        assertThat(second.code()).as(second.err()).isZero();
        Shell shown = ritz("tune", saved);
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains("binned:3, cost in products")
                .containsPattern("systems +20, mean cost")
                .containsPattern("omega=1.5 +\\d+ +\\d+\\.\\d +0\\.\\d{4}");
        double p = Arrays.stream(shown.out().split("\n"))
                .filter(line -> line.startsWith("omega="))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
        assertThat(p).isCloseTo(1, within(2e-4));
        assertThat(ritz("tune", again).out()).containsPattern("systems +40, mean cost");
        assertThat(ritz("tune", saved, "--at", "0.5").out()).contains("probabilities at 0.5");
        assertThat(ritz("tune", saved, "--at", "0.5,1").err()).contains("--at has 2 numbers, the tuner reads 1");
        assertThat(ritz("tune", saved, "--at", "NaN").err()).contains("--at: context[0] = NaN");
        Shell other = sequence(in, "three", "-m", "sor", "--tune", "omega=1.2,1.5", "--load-tuner", saved);
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).contains("--load-tuner").contains("expected tsallis, products, [omega=1.2, omega=1.5]");
    }

    private static Object[] with(Object[] words, Object... more) {
        Object[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void aDamagedTunerIsRefused() throws IOException {
        Path saved = dir.resolve("tuner.ritz");
        assertThat(sequence(systems(4), "one", "-m", "sor", "--tune", "omega=1.2,1.5", "--save-tuner", saved)
                        .code())
                .isZero();
        byte[] bytes = Files.readAllBytes(saved);
        for (int at = 0; at < bytes.length; at += 7) {
            byte[] bad = bytes.clone();
            bad[at] ^= 0x40;
            Files.write(saved, bad);
            assertThat(ritz("tune", saved).code()).as("byte %d", at).isEqualTo(3);
        }
        Files.write(saved, Arrays.copyOf(bytes, bytes.length - 9));
        assertThat(ritz("tune", saved).err()).contains("cannot read the tuner");
        assertThat(ritz("tune", dir.resolve("none")).code()).isNotZero();
    }

    @Test
    void workersDoNotChangeWhatIsChosen() throws IOException {
        Path in = systems(20);
        Object[] words = {"-m", "sor", "--tune", "omega=1.2,1.5,1.8", "--chunks", 3};
        assertThat(sequence(in, "one", words).code()).isZero();
        assertThat(sequence(in, "two", with(words, "--workers", 2)).code()).isZero();
        assertThat(all(report("two"), "charge")).isEqualTo(all(report("one"), "charge"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "omega",
                "=1,2",
                "p.=1,2",
                "omega=1:2",
                "omega=1:2:3:4",
                "omega=1:2:0",
                "omega=2:1:0.1",
                "omega=1:x:0.1",
                "omega=1",
                "omega=1,1",
                "omega=1,,2",
                "omega=1:2:1e-9",
                "omega=0:1e999999999:1",
                "omega=1:2:NaN"
            })
    void aBadGridIsNamed(String grid) {
        CommandException e = catchThrowableOfType(CommandException.class, () -> TuneGrid.parse(grid));
        assertThat(e).isNotNull();
        assertThat(e.code()).isEqualTo(ExitCode.USAGE);
        assertThat(e).hasMessageStartingWith("--tune " + grid);
    }

    @Test
    void aRangeHasBothEndsAndTheDigitsThatWereGiven() throws CommandException {
        List<String> omegas = TuneGrid.parse("omega=1.0:1.95:0.05").values();
        assertThat(omegas).hasSize(20).startsWith("1.00", "1.05", "1.10").endsWith("1.90", "1.95");
        assertThat(TuneGrid.parse("restart=10:50:15").values()).containsExactly("10", "25", "40");
        assertThat(TuneGrid.parse("p.dropTolerance=1e-2,1e-3").labels())
                .containsExactly("p.dropTolerance=1e-2", "p.dropTolerance=1e-3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--tune omega=1,2.5 -m sor | --tune omega=2.5",
                "--tune omga=1,1.5 -m sor | did you mean 'omega'",
                "--tune omega=1,1.5 | --tune omega=1,1.5 needs -m or -p",
                "--tune omega=1,1.5 -m sor --set omega=1 | exclude each other",
                "--tune omega=1,1.5 -m sor --tuner chebcb | --tuner chebcb needs --context",
                "--tune omega=1,1.5 -m sor --tuner best | --tuner best, expected one of",
                "--tune omega=1,1.5 -m sor --tuner ucb:-1 | exploration = -1",
                "--tune omega=1,1.5 -m sor --cost euro | --cost euro, expected one of iterations",
                "--tune omega=1,1.5 -m sor --context shift.csv --tuner ucb | --context is read by",
                "--tune omega=1,1.5 -m sor --chunks 2 --save-tuner t | --save-tuner with 2 chunks",
                "--tune omega=1,1.5 -m sor --tune-plot t.gif | --tune-plot t.gif, expected a name",
                "--tuner ucb -m sor | --tuner needs --tune",
                "--seed 3 | --seed needs --tune"
            })
    void usageIsChecked(String words, String message) throws IOException {
        Shell run = sequence(systems(2), "out", (Object[]) words.split(" "));
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(message);
    }

    @Test
    void theContextHasToFit() throws IOException {
        Path in = systems(4);
        Object[] words = {"-m", "sor", "--tune", "omega=1.2,1.5", "--context"};
        assertThat(sequence(in, "out", with(words, shifts(3))).err()).contains("of 3 systems, expected 4");
        Path bad = Shell.file(dir, "bad.csv", "1", "2", "x", "4");
        assertThat(sequence(in, "out", with(words, bad)).code()).isEqualTo(3);
    }
}
