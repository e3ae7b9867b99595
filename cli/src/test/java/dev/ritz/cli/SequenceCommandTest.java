package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Sequences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SequenceCommandTest {
    private static final int SYSTEMS = 9;
    private static final List<LinearSystem> DRIFT =
            Sequences.darcy(16, SYSTEMS, 0.5, 0.05, 0x5e9_0011L).toList();

    @TempDir
    private Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void write() throws IOException {
        input = Files.createDirectory(folder.resolve("in"));
        output = folder.resolve("out");
        for (int t = 0; t < SYSTEMS; t++) {
            String number = String.format(Locale.ROOT, "_%02d.mtx", t);
            MatrixMarket.write(input.resolve("A" + number), DRIFT.get(t).a());
            MatrixMarket.writeVector(input.resolve("b" + number), DRIFT.get(t).b());
        }
    }

    private Shell run(String... more) {
        List<String> words = new ArrayList<>(List.of("sequence", input.toString(), "-o", output.toString()));
        words.addAll(List.of(more));
        return Shell.ritz(words.toArray());
    }

    private static List<SequenceRow> rows(Path report) throws IOException {
        List<SequenceRow> rows = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(report))) {
            while (json.nextToken() != null) {
                if ("systems".equals(json.currentName()) && json.currentToken() == JsonToken.START_ARRAY) {
                    while (json.nextToken() == JsonToken.START_OBJECT) {
                        rows.add(SequenceRowJson.read(json));
                    }
                }
            }
        }
        return rows;
    }

    private double residual(int t) throws IOException {
        LinearSystem s = DRIFT.get(t);
        double[] x = MatrixMarket.readVector(output.resolve("x_000" + t + ".mtx"));
        double[] r = new double[x.length];
        s.a().residual(s.b(), x, r);
        double[] zero = new double[x.length];
        return norm(r, zero) / norm(s.b(), zero);
    }

    private static double norm(double[] v, double[] w) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += (v[i] - w[i]) * (v[i] - w[i]);
        }
        return Math.sqrt(sum);
    }

    private byte[][] solutions() throws IOException {
        byte[][] all = new byte[SYSTEMS][];
        for (int t = 0; t < SYSTEMS; t++) {
            all[t] = Files.readAllBytes(output.resolve("x_000" + t + ".mtx"));
        }
        return all;
    }

    private static void delete(Path path) throws IOException {
        try (Stream<Path> inside = Files.walk(path)) {
            for (Path p : inside.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(p);
            }
        }
    }

    @Test
    void everySystemIsSolvedAndReported() throws IOException {
        Shell shell = run();
        assertThat(shell.err()).isEmpty();
        assertThat(shell.code()).isZero();
        assertThat(shell.out()).contains("9 of 9 systems converged, recomputed").contains("initial guess");
        List<SequenceRow> rows = rows(output.resolve("report.json"));
        assertThat(rows).hasSize(SYSTEMS);
        for (int t = 0; t < SYSTEMS; t++) {
            assertThat(residual(t)).isLessThanOrEqualTo(1e-8);
            assertThat(rows.get(t).index()).isEqualTo(t);
            assertThat(rows.get(t).outcome()).isEqualTo("converged");
            assertThat(rows.get(t).relativeResidual()).isLessThanOrEqualTo(1e-8);
            assertThat(rows.get(t).operatorApplications())
                    .isGreaterThan(rows.get(t).iterations());
        }
        assertThat(output.resolve(".ritz")).doesNotExist();
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.count()).isEqualTo(SYSTEMS + 1);
        }
    }

    @Test
    void theSolutionsDependOnTheChunksAndNotOnTheWorkers() throws IOException {
        assertThat(run("--chunks", "3").code()).isZero();
        byte[][] first = solutions();
        for (String workers : List.of("2", "3")) {
            delete(output);
            assertThat(run("--chunks", "3", "--workers", workers).code()).isZero();
            assertThat(solutions()).isDeepEqualTo(first);
        }
    }

    @Test
    void aRunThatWasStoppedGoesOnWithTheSameSolutions() throws IOException {
        assertThat(run("--chunks", "2").code()).isZero();
        byte[][] whole = solutions();
        for (int stopAfter : new int[] {0, 2, 6}) {
            delete(output);
            stop(stopAfter, "--chunks", "2", "--checkpoint", "2");
            assertThat(output.resolve("report.json")).exists();
            Shell other = run("--chunks", "2", "--resume", "--rtol", "1e-4");
            assertThat(other.code()).isEqualTo(ExitCode.USAGE.code());
            assertThat(other.err())
                    .contains("other input or options:\n  --rtol: there 1e-8, here 1e-4\nTry")
                    .doesNotContain("{")
                    .doesNotContain("StoppingCriteria");
            assertThat(run("--chunks", "2", "--resume").code()).isZero();
            assertThat(solutions()).isDeepEqualTo(whole);
            assertThat(rows(output.resolve("report.json"))).hasSize(SYSTEMS);
        }
    }

    @Test
    void aJournalCutOffInTheMiddleOfALineIsUsedUpToThere() throws IOException {
        stop(4, "--checkpoint", "1");
        Path journal = output.resolve(".ritz/journal.jsonl");
        List<String> lines = Files.readAllLines(journal);
        assertThat(lines.size()).isGreaterThan(3);
        // a system beyond the last checkpoint whose row was half written
        Files.writeString(
                journal,
                String.join("\n", lines) + "\n" + "{\"index\":8,\"name\":\"9\",\"outc",
                StandardCharsets.UTF_8);
        assertThat(run("--resume").code()).isZero();
        assertThat(rows(output.resolve("report.json"))).hasSize(SYSTEMS);
    }

    @Test
    void aRunIsResumedOnlyWithTheInputItHad() throws IOException {
        stop(2, "--checkpoint", "2");
        MatrixMarket.writeVector(input.resolve("b_08.mtx"), DRIFT.get(0).b());
        Shell shell = run("--resume");
        assertThat(shell.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err()).contains("other input or options").contains("input: system '08' has other files");
        assertThat(run().err()).contains("--resume goes on");
    }

    @Test
    void everyOptionThatDiffersIsNamedWithBothValues() throws IOException {
        stop(2, "-m", "cg", "-p", "ssor", "--set", "p.omega=1.2", "--checkpoint", "2");
        String tune = "p.omega=1:1.4:0.2";
        Shell shell = run("-p", "ssor", "--guess", "linear", "--time-limit", "5s", "--tune", tune, "--resume");
        assertThat(shell.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err())
                .contains("\n  -m: there cg, here not given\n")
                .contains("\n  --set: there p.omega=1.2, here not given\n")
                .contains("\n  --guess: there auto, here linear\n")
                .contains("\n  --time-limit: there not given, here 5.0s\n")
                .contains("\n  --tune: there not given, here p.omega=1.0,1.2,1.4\n")
                .doesNotContain("-p:")
                .doesNotContain("--rtol");
        Files.delete(input.resolve("A_08.mtx"));
        Files.delete(input.resolve("b_08.mtx"));
        assertThat(run("-m", "cg", "-p", "ssor", "--set", "p.omega=1.2", "--resume")
                        .err())
                .contains("\n  systems: there 9, here 8\n");
    }

    @Test
    void aFinishedRunIsComparedLikeAnUnfinishedOne() throws IOException {
        assertThat(run("--chunks", "2", "--workers", "2").code()).isZero();
        byte[][] whole = solutions();
        Shell same = run("--resume");
        assertThat(same.code()).as(same.err()).isZero();
        assertThat(same.out()).contains("finished run");
        Shell options = run("--resume", "--rtol", "1e-4", "-m", "cg", "--chunks", "3");
        assertThat(options.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(options.err())
                .contains("other input or options:")
                .contains("\n  -m: there not given, here cg\n")
                .contains("\n  --rtol: there 1e-8, here 1e-4\n")
                .contains("\n  --chunks: there 2, here 3\n");
        MatrixMarket.writeVector(input.resolve("b_08.mtx"), DRIFT.get(0).b());
        Shell files = run("--resume");
        assertThat(files.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(files.err()).contains("input: system '08' has other files");
        Shell other = Shell.ritz(
                "sequence",
                Files.copy(input.resolve("A_00.mtx"), folder.resolve("A.mtx")).getParent(),
                "-o",
                output,
                "--resume");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(other.err()).contains("\n  systems: there 9, here 1\n");
        assertThat(solutions()).isDeepEqualTo(whole);
        for (String report : List.of("{}", "[", "{\"run\":{\"version\":1}}")) {
            Files.writeString(output.resolve("report.json"), report);
            assertThat(run("--resume").code()).isEqualTo(ExitCode.USAGE.code());
            assertThat(run("--resume").err()).contains("cannot be told");
        }
    }

    @Test
    void aSystemThatCouldNotBeReadIsSolvedOnceItsFileIsRight() throws IOException {
        byte[] good = Files.readAllBytes(input.resolve("A_03.mtx"));
        Files.writeString(input.resolve("A_03.mtx"), "%%MatrixMarket");
        assertThat(run().code()).isEqualTo(ExitCode.BAD_INPUT.code());
        FileTime other = Files.getLastModifiedTime(output.resolve("x_0005.mtx"));
        assertThat(run("--resume").code()).isEqualTo(ExitCode.BAD_INPUT.code()); // still the same
        Files.write(input.resolve("A_03.mtx"), good);
        Shell shell = run("--resume");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(shell.out()).contains("9 of 9 systems converged");
        assertThat(residual(3)).isLessThanOrEqualTo(1e-8);
        assertThat(rows(output.resolve("report.json")))
                .hasSize(SYSTEMS)
                .allSatisfy(row -> assertThat(row.outcome()).isEqualTo("converged"));
        assertThat(Files.getLastModifiedTime(output.resolve("x_0005.mtx"))).isEqualTo(other);
        assertThat(output.resolve(".ritz")).doesNotExist();
        assertThat(run("--resume").out()).contains("finished run");
        Files.writeString(input.resolve("A_03.mtx"), "%%MatrixMarket"); // it was read: no other file will do
        assertThat(run("--resume").err()).contains("input: system '03' has other files");
    }

    @Test
    void anUnfinishedRunGoesOnThoughAFileItCouldNotReadHasChanged() throws IOException {
        byte[] good = Files.readAllBytes(input.resolve("A_01.mtx"));
        Files.writeString(input.resolve("A_01.mtx"), "%%MatrixMarket");
        stop(4, "--checkpoint", "1");
        Files.write(input.resolve("A_01.mtx"), good);
        run("--resume");
        Shell shell = run("--resume");
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(residual(1)).isLessThanOrEqualTo(1e-8);
    }

    @Test
    void aRunThatCannotBeToldIsNotResumed() throws IOException {
        stop(2, "--checkpoint", "2");
        Path journal = output.resolve(".ritz/journal.jsonl");
        Files.writeString(journal, "{\"version\":1,\"systems\":9}\n");
        Shell shell = run("--resume");
        assertThat(shell.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err()).contains("cannot be told");
    }

    @Test
    void solutionsThatAreGoneAreMadeAgain() throws IOException {
        assertThat(run().code()).isZero();
        byte[][] whole = solutions();
        delete(output);
        stop(5, "--checkpoint", "2");
        Files.delete(output.resolve("x_0001.mtx"));
        Files.writeString(output.resolve(".ritz-left.part"), "half");
        assertThat(run("--resume", "--workers", "3").code()).isZero(); // the chunks are those of the run before
        assertThat(solutions()).isDeepEqualTo(whole);
        assertThat(output.resolve(".ritz-left.part")).doesNotExist();
        Shell again = run("--resume");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("finished run");
    }

    @Test
    void twoRunsDoNotMeetInOneFolder() throws Exception {
        stop(2, "--checkpoint", "2");
        Path lock = output.resolve(".ritz/lock");
        try (java.nio.channels.FileChannel channel =
                        java.nio.channels.FileChannel.open(lock, java.nio.file.StandardOpenOption.WRITE);
                java.nio.channels.FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            Shell shell = run("--resume");
            assertThat(shell.code()).isEqualTo(ExitCode.USAGE.code());
            assertThat(shell.err()).contains("another run is at work");
        }
        assertThat(run("--resume").code()).isZero();
    }

    @Test
    void aFirstMatrixThatCannotBeReadIsReportedLikeAnyOther() throws IOException {
        Files.writeString(input.resolve("A_00.mtx"), "");
        Shell shell = run();
        assertThat(shell.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(shell.out()).contains("8 of 9 systems converged");
    }

    @Test
    void aLaterSystemOfAnotherClassIsSolvedToo() throws IOException {
        double[] values = DRIFT.get(4).a().values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + 0.9 * Math.sin(k); // far from symmetric
        }
        int[] diagonal = DRIFT.get(4).a().pattern().diagonalPositions();
        for (int k : diagonal) {
            values[k] = 12 * Math.abs(values[k]);
        }
        MatrixMarket.write(input.resolve("A_04.mtx"), DRIFT.get(4).a().withValues(values));
        Shell shell = run("--max-iterations", "300");
        assertThat(shell.code()).as(shell.out()).isZero();
    }

    /** Runs until so many solutions are there. */
    private void stop(int solved, String... more) {
        List<String> words = new ArrayList<>(List.of("sequence", input.toString(), "-o", output.toString()));
        words.addAll(List.of(more));
        Shell stopped = Shell.watched(impatient(solved), words.toArray());
        assertThat(stopped.code()).isEqualTo(ExitCode.CANCELLED.code());
        assertThat(stopped.out()).contains("--resume goes on");
    }

    private Watch impatient(int solved) {
        return new Watch() {
            @Override
            public boolean cancelled() {
                try (Stream<Path> files = Files.list(output)) {
                    return files.filter(f -> f.getFileName().toString().startsWith("x_"))
                                    .count()
                            >= solved;
                } catch (IOException e) {
                    return false; // not begun
                }
            }
        };
    }

    @Test
    void aBrokenSystemIsReportedAndTheOthersAreSolved() throws IOException {
        Files.writeString(input.resolve("A_03.mtx"), "%%MatrixMarket matrix coordinate real general\n2 2 5\n1 1 1\n");
        double[] values = DRIFT.get(5).a().values().clone();
        CsrMatrix zero = DRIFT.get(5).a().withValues(new double[values.length]);
        MatrixMarket.write(input.resolve("A_05.mtx"), zero);
        Shell shell = run("--max-iterations", "200");
        assertThat(shell.code()).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(shell.out())
                .contains("7 of 9 systems converged")
                .contains("not read")
                .contains("A_03.mtx");
        List<SequenceRow> rows = rows(output.resolve("report.json"));
        assertThat(rows.get(3).outcome()).isEqualTo("not read");
        assertThat(rows.get(3).cause()).isEqualTo("BAD_INPUT");
        assertThat(rows.get(5).converged()).isFalse();
        assertThat(output.resolve("x_0003.mtx")).doesNotExist();
        assertThat(output.resolve("x_0005.mtx")).doesNotExist();
        for (int t : new int[] {0, 1, 2, 4, 6, 7, 8}) {
            assertThat(residual(t)).isLessThanOrEqualTo(1e-8);
        }
    }

    @Test
    void methodsGuessesAndPoliciesByName() throws IOException {
        for (String[] options : new String[][] {
            {"-m", "rcg", "-p", "ic0", "--recycle", "on", "--guess", "projected:3", "--reuse", "growth:1.5"},
            {"-m", "gcrodr", "--set", "recycle=5", "--set", "maxSubspace=20", "-p", "ilu0", "--guess", "pod:4,2"},
            {"-p", "jacobi", "--guess", "linear", "--reuse", "every:3"},
            {"-p", "iluk", "--set", "p.level=2", "--guess", "none", "--reuse", "always", "--recycle", "off"},
            {"-m", "sor", "--set", "omega=1.5", "--guess", "quadratic", "--reuse", "never"}
        }) {
            assertThat(run(options).code()).as(String.join(" ", options)).isZero();
            for (int t = 0; t < SYSTEMS; t++) {
                assertThat(residual(t)).isLessThanOrEqualTo(1e-8);
            }
            delete(output);
        }
    }

    @Test
    void aPreconditionerThatTheMethodCannotTakeIsAMistakeOrChoosesAnotherMethod() throws IOException {
        Shell refused = run("-m", "cg", "-p", "ilu0");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("cg takes a preconditioner of kind SPD");
        assertThat(output.resolve("report.json")).doesNotExist();
        assertThat(run("-p", "ilu0").code()).isZero();
        assertThat(rows(output.resolve("report.json")))
                .allSatisfy(r -> assertThat(r.configuration()).startsWith("gmres with ilu0"));
    }

    @Test
    void withoutRecyclingTheListHasNoMethodThatDoes() throws IOException {
        assertThat(run("--recycle", "off").code()).isZero();
        assertThat(rows(output.resolve("report.json")))
                .allSatisfy(r -> assertThat(r.configuration()).doesNotContain("rcg"));
        delete(output);
        assertThat(run("--recycle", "on").code()).isZero();
        assertThat(rows(output.resolve("report.json")))
                .allSatisfy(r -> assertThat(r.configuration()).startsWith("rcg"));
    }

    @Test
    void sortedByParametersTheSolutionsKeepTheOrderOfTheInput() throws IOException {
        StringBuilder table = new StringBuilder();
        for (int t = 0; t < SYSTEMS; t++) {
            table.append((t * 5) % SYSTEMS).append(",1\n");
        }
        Path parameters = Files.writeString(folder.resolve("mu.csv"), table);
        for (String sort : List.of("greedy", "curve")) {
            assertThat(run("--sort", sort, "--parameters", parameters.toString())
                            .code())
                    .isZero();
            for (int t = 0; t < SYSTEMS; t++) {
                assertThat(residual(t)).isLessThanOrEqualTo(1e-8);
            }
            delete(output);
        }
        Shell without = run("--sort", "greedy");
        assertThat(without.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(without.err()).contains("has no parameters");
    }

    @Test
    void comparisonAndPlotShowWhatEachPartDoes() throws IOException {
        for (String ending : List.of("svg", "png")) {
            Path plot = folder.resolve("plot." + ending);
            Path report = folder.resolve("report-" + ending + ".json");
            Shell shell = run("--compare", "--plot", plot.toString(), "--report", report.toString());
            assertThat(shell.code()).isZero();
            assertThat(shell.out()).contains("without guess").contains("each system alone");
            assertThat(Files.size(plot)).isGreaterThan(2000);
            assertThat(Files.readString(report)).contains("comparedIterations").contains("without reuse");
            assertThat(Files.readAllBytes(report)).isEqualTo(Files.readAllBytes(output.resolve("report.json")));
            delete(output);
        }
    }

    @Test
    void theReportOnStandardOutputIsJsonAlone() throws IOException {
        Shell shell = run("--report", "-");
        assertThat(shell.code()).isZero();
        assertThat(shell.err()).contains("9 of 9 systems converged");
        Path copy = Files.writeString(folder.resolve("copy.json"), shell.out());
        assertThat(rows(copy)).hasSize(SYSTEMS);
    }

    @Test
    void reportAndPlotMayStandBesideTheSolutions() throws IOException {
        Path report = output.resolve("once-more.json");
        Path plot = output.resolve("iterations.svg");
        assertThat(output).doesNotExist();
        Shell shell = run("--guess", "projected:3", "--sort", "none", "--report", "" + report, "--plot", "" + plot);
        assertThat(shell.code()).as(shell.err()).isZero();
        assertThat(plot).isNotEmptyFile();
        assertThat(report).hasSameBinaryContentAs(output.resolve("report.json"));
        assertThat(report)
                .content()
                .contains("\"guess\" : \"projected:3\"")
                .contains("\"recycle\" : \"auto\"")
                .contains("\"reuse\" : \"adaptive\"")
                .contains("\"sort\" : \"none\"");
    }

    @Test
    void rightHandSidesThatAreMissingAreMade() throws IOException {
        Path list = Files.writeString(folder.resolve("list.txt"), "in/A_00.mtx\nin/A_01.mtx\n");
        Shell shell = Shell.ritz("sequence", list.toString(), "-o", output.toString(), "--rhs", "a1");
        assertThat(shell.code()).isZero();
        for (double xi : MatrixMarket.readVector(output.resolve("x_0001.mtx"))) {
            assertThat(xi).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-4));
        }
    }

    @Test
    void aRightHandSideOfZerosThatWasMadeIsWarnedOfOnce() throws IOException {
        CsrMatrix a = DRIFT.get(0).a();
        CsrMatrix zero = a.withValues(new double[a.values().length]);
        for (String name : List.of("Z_1.mtx", "Z_2.mtx")) {
            MatrixMarket.write(folder.resolve(name), zero);
        }
        Path list = Files.writeString(folder.resolve("list.txt"), "in/A_00.mtx\nZ_1.mtx\nZ_2.mtx\n");
        Shell shell = Shell.ritz("sequence", list, "-o", output, "-m", "gmres");
        assertThat(shell.out()).containsOnlyOnce("A*1 = 0").contains("2: A*1 = 0: A is singular");
        List<SequenceRow> rows = rows(output.resolve("report.json"));
        assertThat(rows.get(0).note()).doesNotContain("A*1");
        assertThat(rows.get(1).note()).contains("A*1 = 0");
        assertThat(rows.get(2).note()).contains("A*1 = 0");
        delete(output);
        shell = Shell.ritz("sequence", list, "-o", output, "-m", "gmres", "--rhs", "ones", "--max-iterations", "20");
        assertThat(shell.out()).doesNotContain("A*1 = 0"); // nothing of it in b
    }

    @Test
    void slipsAreSaidBeforeAnyWork() throws IOException {
        Map<String, String[]> slips = Map.of(
                "--guess foo", new String[] {"--guess", "foo"},
                "--guess projected:0", new String[] {"--guess", "projected:0"},
                "--reuse every", new String[] {"--reuse", "every"},
                "--workers 0", new String[] {"--workers", "0"},
                "--chunks 0", new String[] {"--chunks", "0"},
                "--checkpoint 0", new String[] {"--checkpoint", "0"},
                "--recycle on", new String[] {"--recycle", "on", "-m", "cg"},
                "--set needs", new String[] {"--set", "omega=1"},
                ".svg or .png", new String[] {"--plot", "x.jpg"},
                "is a file of the input",
                        new String[] {"--report", input.resolve("b_03.mtx").toString()});
        slips.forEach((message, words) -> {
            Shell shell = run(words);
            assertThat(shell.code()).as(message).isEqualTo(ExitCode.USAGE.code());
            assertThat(shell.err()).contains(message);
        });
        Files.createDirectories(output);
        Files.writeString(output.resolve("precious.txt"), "mine");
        Shell shell = run();
        assertThat(shell.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.err()).contains("not empty");
        assertThat(Files.readString(output.resolve("precious.txt"))).isEqualTo("mine");
    }
}
