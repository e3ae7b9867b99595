package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.io.MatrixMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolveCommandTest {
    @TempDir
    Path dir;

    private Path spd;

    @BeforeEach
    void write() {
        spd = Shell.tridiagonal(dir, "spd.mtx", 30, 0);
    }

    private static Path x(Path dir) {
        return dir.resolve("x.mtx");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> list = Files.list(dir)) {
            return list.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    // ---------------------------------------------------------------- success

    @Test
    void convergesAndWritesTheSolution() throws IOException {
        Shell run = ritz("solve", "-A", spd, "-m", "cg", "-o", x(dir), "--rtol", "1e-12");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("b = A*1 (no -f and no --rhs given)").contains("converged");
        for (double xi : MatrixMarket.readVector(x(dir))) {
            assertThat(xi).isEqualTo(1, within(1e-9));
        }
    }

    @Test
    void picksByDefaultAndSaysWhy() {
        Shell run = ritz("solve", "-A", spd);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("cg with ic0[precision=double], because A is symmetric with a positive diagonal");
    }

    @Test
    void explainsEachAttempt() {
        double[][] cyclic = new double[6][6];
        for (int i = 0; i < 6; i++) {
            cyclic[i][(i + 1) % 6] = 1 + i;
        }
        Shell run = ritz("solve", "-A", Shell.matrix(dir, "cyclic.mtx", cyclic), "--explain");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("attempt")
                .contains("the diagonal has 6 zeros")
                .contains("-> CONVERGED");
    }

    @Test
    void readsRightHandSideAndGuess() throws IOException {
        Path b = Shell.file(dir, "b.mtx", "%%MatrixMarket matrix array real general", "2 1", "2", "6");
        Path a = Shell.matrix(dir, "a.mtx", new double[] {2, 0}, new double[] {0, 3});
        Path x0 = Shell.file(dir, "x0.mtx", "%%MatrixMarket matrix array real general", "2 1", "1", "2");

        Shell run = ritz("solve", "-A", a, "-f", b, "-x", x0, "-m", "cg", "-o", x(dir), "--json", "-");

        assertThat(run.code()).isZero();
        assertThat(MatrixMarket.readVector(x(dir))).containsExactly(1, 2);
        assertThat(Json.object(run.out())).containsEntry("iterations", 0L).containsEntry("errorAgainstOnes", null);
    }

    @Test
    void takesAColumnOfARightHandSideOnlyWhenTold() throws IOException {
        Path b = Shell.file(dir, "b.mtx", "%%MatrixMarket matrix array real general", "2 2", "2", "6", "4", "9");
        Path a = Shell.matrix(dir, "a.mtx", new double[] {2, 0}, new double[] {0, 3});

        assertThat(ritz("solve", "-A", a, "-f", b, "-m", "cg").err())
                .contains("2 columns")
                .contains("--rhs-column");
        assertThat(ritz("solve", "-A", a, "-f", b, "-m", "cg").code()).isEqualTo(3);
        assertThat(ritz("solve", "-A", a, "-f", b, "--rhs-column", 3, "-m", "cg")
                        .code())
                .isEqualTo(3);
        assertThat(ritz("solve", "-A", a, "-f", b, "--rhs-column", 2, "-m", "cg", "-o", x(dir))
                        .code())
                .isZero();
        assertThat(MatrixMarket.readVector(x(dir))).containsExactly(new double[] {2, 3}, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ones", "a1", "random", "RANDOM", "1", "2"})
    void makesRightHandSides(String kind) {
        assertThat(ritz("solve", "-A", spd, "--rhs", kind, "-m", "cg").code()).isZero();
    }

    @Test
    void takesTheFiguresOfLisForRightHandSides() {
        Path b = Shell.file(dir, "b.mtx", "%%MatrixMarket matrix array real general", "30 1", "1\n".repeat(30));
        assertThat(ritz("solve", "-A", spd, "--rhs", 0, "-f", b).out()).contains("b from " + b);
        assertThat(ritz("solve", "-A", spd, "--rhs", "file", "-f", b).code()).isZero();
        assertThat(ritz("solve", "-A", spd, "--rhs", 1).out()).contains("b = 1\n");
        assertThat(ritz("solve", "-A", spd, "--rhs", 2).out()).contains("b = A*1, solved by x = 1");
        assertUsage("--rhs file needs -f", "solve", "-A", spd, "--rhs", "0");
        assertUsage("-f and --rhs ones exclude each other", "solve", "-A", spd, "-f", b, "--rhs", "1");
        assertUsage("'3', expected file, ones, a1, random, or 0, 1, 2", "solve", "-A", spd, "--rhs", "3");
    }

    @Test
    void takesNamesOfPetscWhereTheyMeanOneOption() {
        Object[] words = {
            "solve",
            "-A",
            spd,
            "--json",
            "-",
            "--rhs",
            "random",
            "--set",
            "ksp_type=gmres",
            "--set=pc_type=ilu",
            "--set",
            "ksp_rtol=1e-5",
            "--set",
            "ksp_atol=1e-30",
            "--set",
            "ksp_max_it=77",
            "--set",
            "ksp_gmres_restart=7"
        };
        Map<String, Object> json = Json.object(ritz(words).out());
        assertThat(json)
                .containsEntry("method", "gmres")
                .containsEntry("preconditioner", "ilu0")
                .containsEntry("rtol", 1e-5)
                .containsEntry("atol", 1e-30)
                .containsEntry("maxIterations", 77L);
        assertThat(cast(json.get("options"))).containsEntry("restart", 7L);
        assertThat(ritz("solve", "-A", spd, "--set", "ksp_type=bcgs", "--set", "pc_type=icc")
                        .out())
                .contains("bicgstab with ic0");
        assertUsage("--rtol", "solve", "-A", spd, "--rtol", "1e-6", "--set", "ksp_rtol=1e-5");
        assertUsage("--max-iterations", "solve", "-A", spd, "--set", "ksp_max_it=x");
        assertUsage("no method 'richardson'", "solve", "-A", spd, "--set", "ksp_type=richardson");
        assertUsage("no setting 'ksp_norm_type'", "solve", "-A", spd, "-m", "cg", "--set", "ksp_norm_type=x");
        assertUsage("expected key=value", "solve", "-A", spd, "--set", "ksp_rtol");
    }

    @Test
    void solvesANegativeDefiniteSystemByItsNegative() {
        double[][] negative = {{-2, 1, 0}, {1, -2, 1}, {0, 1, -2}};
        Shell run = ritz("solve", "-A", Shell.matrix(dir, "neg.mtx", negative), "--json", "-", "-o", x(dir));

        assertThat(run.code()).isZero();
        Map<String, Object> json = Json.object(run.out());
        assertThat(json).containsEntry("method", "cg").containsEntry("verified", true);
        assertThat((double) json.get("errorAgainstOnes")).isLessThan(1e-7);
        assertThat((String) json.get("choice")).contains("-A is solved");
    }

    @Test
    void fallsBackWhenASymmetricMatrixIsIndefinite() {
        double[][] indefinite = {{1, 2, 0}, {2, 1, 2}, {0, 2, 1}};
        Shell run = ritz("solve", "-A", Shell.matrix(dir, "indef.mtx", indefinite), "--json", "-");

        assertThat(run.code()).as(run.err()).isZero();
        List<?> attempts = (List<?>) Json.object(run.out()).get("attempts");
        assertThat(attempts).hasSizeGreaterThan(1);
        assertThat(cast(attempts.get(0))).containsEntry("method", "cg");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Object value) {
        return (Map<String, Object>) value;
    }

    // ---------------------------------------------------------------- JSON

    @Test
    void jsonHasTheAgreedShape() {
        Shell run = ritz("solve", "-A", spd, "-m", "gmres", "--set", "restart=10", "--json", "-", "--threads", "2");

        Map<String, Object> json = Json.object(run.out());
        assertThat(json)
                .containsKeys(
                        "file",
                        "version",
                        "rtol",
                        "atol",
                        "maxIterations",
                        "detail",
                        "preconditionerNote",
                        "choice",
                        "message",
                        "norm",
                        "relativeResidual",
                        "operatorApplications",
                        "preconditionerApplications",
                        "preconditionerProducts",
                        "peakMemoryBytes",
                        "rhs",
                        "order",
                        "errorAgainstOnes",
                        "attempts")
                .containsEntry("outcome", "converged")
                .containsEntry("cause", "CONVERGED")
                .containsEntry("exitCode", 0L)
                .containsEntry("method", "gmres")
                .containsEntry("preconditioner", "none")
                .containsEntry("options", Map.of("restart", 10L))
                .containsEntry("threads", 2L)
                .containsEntry("n", 30L)
                .containsEntry("nnz", 88L)
                .containsEntry("verified", true);
        assertThat(cast(json.get("seconds"))).containsOnlyKeys("read", "analyse", "setup", "solve", "verify");
        List<?> history = (List<?>) json.get("history");
        assertThat(history).hasSize((int) (long) json.get("iterations") + 1);
        assertThat((double) history.get(history.size() - 1)).isLessThan((double) history.get(0));
        assertThat((double) json.get("relativeResidual")).isBetween(0.0, 1e-8);
        assertThat((long) json.get("peakMemoryBytes")).isGreaterThan(1 << 20);
        assertThat(run.err()).contains("converged");
    }

    @Test
    void jsonGoesToAFile() throws IOException {
        Path json = dir.resolve("report.json");
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "--json", json).out()).contains("converged");
        assertThat(Json.object(Files.readString(json))).containsEntry("outcome", "converged");
    }

    @Test
    void badInputIsReportedAsJsonToo() {
        Path bad = Shell.file(dir, "bad.mtx", "%%MatrixMarket matrix coordinate real general", "2 2 1", "1 3 1.0");
        Shell run = ritz("solve", "-A", bad, "--json", "-");

        assertThat(run.code()).isEqualTo(3);
        assertThat(Json.object(run.out()))
                .containsEntry("outcome", "failed")
                .containsEntry("cause", "BAD_INPUT")
                .containsEntry("exitCode", 3L)
                .containsEntry("relativeResidual", null);
        assertThat((String) Json.object(run.out()).get("message")).contains("bad.mtx:3");
    }

    @Test
    void theKeysOfJsonAreTheSameWhateverHappens() {
        Path bad = Shell.file(dir, "bad.mtx", "%%MatrixMarket matrix coordinate real general", "2 2 1", "1 3 1.0");
        Path empty = Shell.file(dir, "e.mtx", "%%MatrixMarket matrix coordinate real general", "0 0 0");
        Map<String, Object> good =
                Json.object(ritz("solve", "-A", spd, "--json", "-").out());
        Object[][] others = {
            {"-A", bad, "-m", "gmres", "-p", "ilu0"},
            {"-A", dir.resolve("none.mtx"), "-m", "gmres", "-p", "ilu0"},
            {"-A", spd, "-m", "gmres", "-p", "ilu0", "-f", bad},
            {"-A", spd, "-m", "gmres", "-p", "ilu0", "-o", dir.resolve("no/x.mtx")},
            {"-A", spd, "-m", "gmres", "-p", "ilu0", "--set", "restart=x"},
            {"-A", spd, "-m", "gmres", "-p", "ilu0", "--max-memory", "8K", "--set", "restart=30"},
            {"-A", empty, "-m", "gmres", "-p", "ilu0"},
        };
        for (Object[] words : others) {
            Object[] all = Stream.of(new Object[] {"solve", "--json", "-"}, words)
                    .flatMap(Stream::of)
                    .toArray();
            Map<String, Object> json = Json.object(ritz(all).out());
            assertThat(json.keySet()).as("%s", List.of(words)).isEqualTo(good.keySet());
            assertThat(json).containsEntry("method", "gmres").containsEntry("preconditioner", "ilu0");
        }
        assertThat(good.get("warnings")).isEqualTo(List.of());
    }

    @Test
    void whatIsNotKnownIsNullAndTheTimeOfAFailedReadIsKnown() {
        Path bad = Shell.file(dir, "bad.mtx", "%%MatrixMarket matrix coordinate real general", "2 2 1", "1 3 1.0");
        Map<String, Object> json =
                Json.object(ritz("solve", "-A", bad, "--json", "-").out());
        for (String key : List.of("n", "nnz", "rhs", "method", "preconditioner", "options")) {
            assertThat(json).containsEntry(key, null);
        }
        assertThat((double) cast(json.get("seconds")).get("read")).isPositive();
    }

    @Test
    void warnsOfAMethodThatNeedsSymmetry() {
        Path skewed = Shell.matrix(dir, "n.mtx", new double[] {4, 1}, new double[] {0, 4});
        for (String method : List.of("cg", "fcg", "minres")) {
            assertThat(ritz("solve", "-A", skewed, "-m", method).out())
                    .contains("warning           " + method
                            + " needs a symmetric matrix; A differs from its transpose by 2.5e-01");
            assertThat(ritz("solve", "-A", spd, "-m", method).out()).doesNotContain("warning");
        }
        Shell run = ritz("solve", "-A", skewed, "-m", "cg", "--json", "-");
        assertThat((List<?>) Json.object(run.out()).get("warnings")).hasSize(1);
        assertThat(ritz("solve", "-A", skewed, "-m", "gmres").out()).doesNotContain("warning");
        assertThat(ritz("solve", "-A", skewed).out()).doesNotContain("warning");
    }

    @Test
    void rowsThatCancelAreASingularMatrix() {
        double[][] neumann = {{0.3, -0.1, -0.2}, {-0.1, 0.7, -0.6}, {-0.2, -0.6, 0.8}};
        Path singular = Shell.matrix(dir, "neumann.mtx", neumann);
        Shell run = ritz("solve", "-A", singular, "-m", "cg");
        assertThat(run.out())
                .contains("warning           A*1 = 0: A is singular; there is a solution only for b in its range")
                .doesNotContain("solved by x = 1")
                .doesNotContain("max |x_i - 1|");
        Shell random = ritz("solve", "-A", singular, "--rhs", "ones", "--json", "-");
        assertThat((List<?>) Json.object(random.out()).get("warnings"))
                .isEqualTo(List.of("A*1 = 0: A is singular; there is a solution only for b in its range"));
        assertThat(ritz("solve", "-A", spd).out())
                .contains("solved by x = 1")
                .contains("max |x_i - 1|")
                .doesNotContain("warning");
        assertThat(ritz("check", "-A", singular).out()).contains("A*1 = 0: A is singular");
    }

    // ---------------------------------------------------------------- every other exit code

    @Test
    void usageErrorsSuggestTheNearestName() {
        assertUsage("did you mean '--rtol'", "solve", "-A", spd, "--rtl", "1e-6");
        assertUsage("did you mean 'solve'", "slove");
        assertUsage("did you mean 'gmres'", "solve", "-A", spd, "-m", "gmrs");
        assertUsage("did you mean 'none'", "solve", "-A", spd, "-m", "cg", "-p", "non");
        assertUsage("did you mean 'restart'", "solve", "-A", spd, "-m", "gmres", "--set", "restrat=5");
        assertUsage("restart=x, expected a whole number", "solve", "-A", spd, "-m", "gmres", "--set", "restart=x");
        assertUsage("restart = 0", "solve", "-A", spd, "-m", "gmres", "--set", "restart=0");
        assertUsage("expected key=value", "solve", "-A", spd, "-m", "gmres", "--set", "restart");
        assertUsage("needs -m", "solve", "-A", spd, "--set", "restart=5");
        assertUsage("needs -p", "solve", "-A", spd, "--set", "p.omega=1");
        assertUsage("rtol = 2.0", "solve", "-A", spd, "--rtol", "2");
        assertUsage("no duration", "solve", "-A", spd, "--time-limit", "soon");
        assertUsage("no size", "solve", "-A", spd, "--max-memory", "much");
        assertUsage("exclude", "solve", "-A", spd, "-f", spd, "--rhs", "ones");
        assertUsage("--time-limit: '0ms' is out of range", "solve", "-A", spd, "--time-limit", "0ms");
        assertUsage("--threads 0, expected 1 to 1024", "solve", "-A", spd, "--threads", "0");
        assertUsage("--threads 70000, expected 1 to 1024", "solve", "-A", spd, "--threads", "70000");
        assertUsage("--rhs-column needs -f", "solve", "-A", spd, "--rhs-column", "1");
        assertUsage("--rhs-column 0, expected at least 1", "solve", "-A", spd, "-f", spd, "--rhs-column", "0");
        assertUsage("--seed needs --rhs random", "solve", "-A", spd, "--seed", "1");
        assertUsage("--seed needs --rhs random", "solve", "-A", spd, "--rhs", "ones", "--seed", "1");
        assertUsage("--write-best needs -o", "solve", "-A", spd, "--write-best");
        assertUsage("expected a name that ends in", "solve", "-A", spd, "--history", dir.resolve("h.pdf"));
        assertUsage("-A", "solve");
        assertUsage("a command is missing");
    }

    private static void assertUsage(String message, Object... words) {
        Shell run = ritz(words);
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(message).contains("--help");
    }

    @Test
    void anOutputIsNoInputAndNoOtherOutput() throws IOException {
        Path b = Shell.file(dir, "b.mtx", "%%MatrixMarket matrix array real general", "30 1", "1\n".repeat(30));
        Path hard = Files.createLink(dir.resolve("hard.mtx"), b);
        String a = Files.readString(spd);
        assertUsage("-o " + spd + " is the file of -A", "solve", "-A", spd, "-o", spd);
        assertUsage("is the file of -f", "solve", "-A", spd, "-f", b, "-o", b);
        assertUsage("is the file of -f", "solve", "-A", spd, "-f", b, "-o", hard);
        assertUsage("is the file of -x", "solve", "-A", spd, "-x", b, "--json", dir.resolve("./b.mtx"));
        Path csv = dir.resolve("new.csv");
        assertUsage("--json " + csv + " is the file of -o", "solve", "-A", spd, "-o", csv, "--json", csv);
        assertUsage("is the file of --json", "solve", "-A", spd, "--json", csv, "--history", csv);
        assertUsage("is the file of -o", "solve", "-A", spd, "-o", csv, "--history", dir.resolve("./new.csv"));
        assertUsage("is the file of -o", "generate", "poisson2d", "-o", csv, "--rhs-out", csv);
        assertThat(Files.readString(spd)).isEqualTo(a);
        assertThat(files()).containsExactly("b.mtx", "hard.mtx", "spd.mtx");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void aLinkToAnInputIsThatInput() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link.mtx"), spd);
        assertUsage("is the file of -A", "solve", "-A", spd, "-o", link);
        Path one = Files.createSymbolicLink(dir.resolve("one"), Path.of("none"));
        Path two = Files.createSymbolicLink(dir.resolve("two"), Path.of("none"));
        assertUsage("is the file of -o", "solve", "-A", spd, "-o", one, "--json", two);
        assertThat(files()).doesNotContain("none");
    }

    @Test
    void badMatricesAndVectorsAreBadInput() {
        Path wide = Shell.matrix(dir, "wide.mtx", new double[] {1, 2, 3});
        Path three = Shell.file(dir, "three.mtx", "%%MatrixMarket matrix array real general", "3 1", "1", "2", "3");
        assertThat(ritz("solve", "-A", wide).code()).isEqualTo(3);
        assertThat(ritz("solve", "-A", wide).err()).contains("1 by 3, expected a square matrix");
        assertThat(ritz("solve", "-A", spd, "-f", three).code()).isEqualTo(3);
        assertThat(ritz("solve", "-A", spd, "-x", three).err()).contains("3 rows, expected 30");
    }

    @Test
    void limitsEndWithFour() {
        Shell iterations = ritz("solve", "-A", spd, "-m", "cg", "--max-iterations", 3, "--json", "-");
        assertThat(iterations.code()).isEqualTo(4);
        assertThat(Json.object(iterations.out()))
                .containsEntry("outcome", "stopped")
                .containsEntry("cause", "MAX_ITERATIONS")
                .containsEntry("iterations", 3L);

        Path large = dir.resolve("large.mtx");
        assertThat(ritz("generate", "poisson2d", "--size", 150, "-o", large).code())
                .isZero();
        Shell time = ritz("solve", "-A", large, "-m", "cg", "--rtol", "1e-14", "--deadline", "1ms");
        assertThat(time.code()).isEqualTo(4);
        assertThat(time.err()).contains("the time limit of 1ms was reached while reading the matrix");
        Shell json = ritz("solve", "-A", large, "--deadline", "1ms", "--json", "-");
        assertThat(Json.object(json.out())).containsEntry("outcome", "stopped").containsEntry("cause", "DEADLINE");
    }

    @Test
    void theDetailOfALimitIsWhatTheUserSaid() {
        Watch slow = new Watch() {
            @Override
            public void iteration(int k, double residualNorm) {
                try {
                    Thread.sleep(2001);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        Shell time = Shell.watched(slow, "solve", "-A", spd, "-m", "cg", "--deadline", "2s");
        assertThat(time.code()).isEqualTo(4);
        assertThat(time.out()).contains("(timeLimit = 2s) [DEADLINE]").contains("relative residual");

        Path indefinite = grid(6, -0.5); // one negative eigenvalue, which CG meets after some iterations
        int attempts = 0;
        for (int limit = 0; limit < 12; limit++) {
            Shell run = ritz("solve", "-A", indefinite, "--rhs", "random", "--max-iterations", limit, "--json", "-");
            Map<String, Object> json = Json.object(run.out());
            if (run.code() == 4) {
                assertThat(json).containsEntry("detail", "maxIterations = " + limit);
                attempts = Math.max(attempts, ((List<?>) json.get("attempts")).size());
            }
        }
        assertThat(attempts).isGreaterThan(1);
    }

    /** The five-point Laplacian of a square grid, with a shift of its diagonal. */
    private Path grid(int m, double shift) {
        double[][] rows = new double[m * m][m * m];
        for (int i = 0; i < m * m; i++) {
            rows[i][i] = 4 + shift;
            if (i % m > 0) {
                rows[i][i - 1] = -1;
                rows[i - 1][i] = -1;
            }
            if (i >= m) {
                rows[i][i - m] = -1;
                rows[i - m][i] = -1;
            }
        }
        return Shell.matrix(dir, "grid.mtx", rows);
    }

    @Test
    void aLimitInALaterAttemptKeepsTheIterate() {
        Path indefinite = Shell.tridiagonal(dir, "i.mtx", 30, -1.5);
        Shell run =
                ritz("solve", "-A", indefinite, "--rhs", "random", "--max-memory", "6K", "-o", x(dir), "--write-best");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .contains("used              cg with ic0")
                .contains("relative residual")
                .contains("stopped: gmres needs")
                .contains("[MAX_MEMORY]");
        assertThat(x(dir)).exists();
    }

    @Test
    void memoryLimitsEndWithFour() {
        Shell reading = ritz("solve", "-A", spd, "--max-memory", "100");
        assertThat(reading.code()).as(reading.err()).isEqualTo(4);

        Shell workspace =
                ritz("solve", "-A", spd, "-m", "gmres", "--set", "restart=30", "--max-memory", "8K", "--json", "-");
        assertThat(workspace.code()).as(workspace.err()).isEqualTo(4);
        assertThat(Json.object(workspace.out())).containsEntry("cause", "MAX_MEMORY");
    }

    @Test
    void breakdownEndsWithFive() {
        Path indefinite = Shell.matrix(dir, "i.mtx", new double[] {1, 0}, new double[] {0, -1});
        Shell run = ritz("solve", "-A", indefinite, "-m", "cg", "--rhs", "ones", "-o", x(dir), "--json", "-");
        assertThat(run.code()).isEqualTo(5);
        assertThat(Json.object(run.out()))
                .containsEntry("outcome", "failed")
                .containsEntry("cause", "INDEFINITE_OPERATOR");
        assertThat(x(dir)).doesNotExist();
    }

    @Test
    void aPreconditionerThatCannotBeBuiltEndsWithSix() {
        Path zero = Shell.matrix(dir, "z.mtx", new double[] {0, 1}, new double[] {1, 0});
        Shell run = ritz("solve", "-A", zero, "-m", "gmres", "-p", "jacobi", "--json", "-");
        assertThat(run.code()).as(run.err()).isEqualTo(6);
        assertThat(Json.object(run.out())).containsEntry("cause", "ZERO_PIVOT").containsEntry("outcome", "failed");
    }

    @Test
    void aPreconditionerThatRefusesTheMatrixEndsWithSixOrLeavesItToTheNextPlan() {
        Path skewed = Shell.matrix(dir, "n.mtx", new double[] {4, 1}, new double[] {0, 4});
        Shell run = ritz("solve", "-A", skewed, "-p", "ic0", "--json", "-");
        assertThat(run.code()).as(run.err()).isEqualTo(6);
        assertThat(Json.object(run.out())).containsEntry("cause", "REFUSED");
        assertThat(run.err()).contains("the preconditioner ic0 could not be built (a is not symmetric");

        // symmetric against its largest entry, not against the diagonal that IC(0) divides by
        double[][] uneven = {{1e13, 0, 0}, {0, 1, 0.5}, {0, 0.4, 1}};
        Shell second = ritz("solve", "-A", Shell.matrix(dir, "u.mtx", uneven));
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.out()).contains("tried").contains("REFUSED").contains("gmres[restart=3] with ilu0");
    }

    @Test
    void cancellationEndsWithSevenAndWritesNothing() throws IOException {
        Watch impatient = new Watch() {
            private boolean asked;

            @Override
            public boolean cancelled() {
                return asked;
            }

            @Override
            public void iteration(int k, double residualNorm) {
                asked = k >= 4;
            }
        };
        List<String> before = files();
        Shell run = Shell.watched(impatient, "solve", "-A", spd, "-m", "cg", "-o", x(dir), "--json", "-");

        assertThat(run.code()).isEqualTo(7);
        assertThat(Json.object(run.out())).containsEntry("cause", "CANCELLED").containsEntry("iterations", 4L);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void missingFilesAndFoldersEndWithEight() {
        Shell missing = ritz("solve", "-A", dir.resolve("none.mtx"));
        assertThat(missing.code()).isEqualTo(8);
        assertThat(missing.err()).contains("none.mtx").contains("no such file");
        assertThat(ritz("solve", "-A", spd, "-o", dir.resolve("no/x.mtx")).code())
                .isEqualTo(8);
        assertThat(ritz("solve", "-A", spd, "-o", dir).code()).isEqualTo(8);
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "--json", dir.resolve("no/x.json"))
                        .code())
                .isEqualTo(8);
    }

    @Test
    void aSolutionThatCannotBeWrittenIsReportedWithTheSolve() throws IOException {
        Path tooLong = dir.resolve("x".repeat(300) + ".mtx");
        Shell run = ritz("solve", "-A", spd, "-m", "cg", "-o", tooLong);
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.out())
                .contains("relative residual")
                .contains("cannot write")
                .contains("INPUT_OUTPUT");
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "--json", dir.resolve("j".repeat(300)))
                        .code())
                .isEqualTo(8);
        assertThat(files()).containsExactly("spd.mtx");
    }

    @Test
    void aPreconditionerOfTheWrongKindIsAUsageError() {
        assertUsage("takes a preconditioner of kind SPD", "solve", "-A", spd, "-m", "cg", "-p", "ilu0");
        assertThat(ritz("solve", "-A", spd, "-p", "ilu0").out()).contains("gmres[restart=30] with ilu0");
        assertThat(ritz("solve", "-A", spd, "-p", "jacobi").out()).contains("cg with jacobi");
        assertThat(ritz("solve", "-A", spd, "-p", "scaled", "--set", "p.inner=ic0")
                        .out())
                .contains("cg with scaled(ic0)");
    }

    @Test
    void theUserStopsBetweenAttempts() {
        Watch afterTheFirst = new Watch() {
            private boolean asked;

            @Override
            public boolean cancelled() {
                return asked;
            }

            @Override
            public void stop() {
                asked = true;
            }
        };
        Path indefinite = Shell.matrix(dir, "i.mtx", new double[] {1, 2}, new double[] {2, 1});
        Shell run = Shell.watched(afterTheFirst, "solve", "-A", indefinite, "--rhs", "random", "--json", "-");
        assertThat(run.code()).isEqualTo(7);
        assertThat(Json.object(run.out())).containsEntry("cause", "CANCELLED").containsEntry("outcome", "stopped");
        assertThat((List<?>) Json.object(run.out()).get("attempts")).hasSize(1);
    }

    @Test
    void faultsOfTheProgramEndWithSeventy() {
        Watch faulty = new Watch() {
            @Override
            public void start(String method, double rhsNorm, double tolerance) {
                throw new IllegalStateException("a fault");
            }
        };
        Shell run = Shell.watched(faulty, "solve", "-A", spd, "-m", "cg");
        assertThat(run.code()).isEqualTo(70);
        assertThat(run.err()).contains("internal error").contains("a fault");

        Watch hungry = new Watch() {
            @Override
            public void start(String method, double rhsNorm, double tolerance) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        Shell report = Shell.watched(faulty, "solve", "-A", spd, "-m", "cg", "--json", "-");
        assertThat(report.code()).isEqualTo(70);
        assertThat(report.err()).contains("internal error").contains("a fault");
        assertThat(Json.object(report.out()))
                .containsEntry("exitCode", 70L)
                .containsEntry("cause", "INTERNAL")
                .containsEntry("detail", "java.lang.IllegalStateException: a fault")
                .containsEntry("n", 30L);
        Path json = dir.resolve("r.json");
        Shell.watched(hungry, "solve", "-A", spd, "-m", "cg", "--json", json);
        assertThat(Json.object(Shell.text(json)))
                .containsEntry("exitCode", 70L)
                .containsEntry("cause", "OUT_OF_MEMORY");
        Shell memory = Shell.watched(hungry, "solve", "-A", spd, "-m", "cg");
        assertThat(memory.code()).isEqualTo(70);
        assertThat(memory.err())
                .contains("out of memory")
                .contains("-m gmres --set restart=20 for")
                .contains("RITZ_JAVA_OPTS");
    }

    // ---------------------------------------------------------------- files

    @Test
    void writesTheBestIterateOnlyWhenTold() throws IOException {
        Object[] words = {"solve", "-A", spd, "-m", "cg", "--max-iterations", 3, "-o", x(dir)};
        assertThat(ritz(words).code()).isEqualTo(4);
        assertThat(x(dir)).doesNotExist();

        Object[] best =
                Stream.concat(Stream.of(words), Stream.of("--write-best")).toArray();
        assertThat(ritz(best).code()).isEqualTo(4);
        assertThat(MatrixMarket.readVector(x(dir))).hasSize(30);
    }

    @Test
    void leavesNoPartialFiles() throws IOException {
        ritz(
                "solve",
                "-A",
                spd,
                "-m",
                "cg",
                "-o",
                x(dir),
                "--json",
                dir.resolve("r.json"),
                "--history",
                dir.resolve("h.csv"));
        assertThat(files()).containsExactly("h.csv", "r.json", "spd.mtx", "x.mtx");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no pipes with a path there")
    void aPipeIsNotReplacedByAReport() throws IOException, InterruptedException {
        Path pipe = dir.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Shell run = ritz("solve", "-A", spd, "-o", dir.resolve("no/x.mtx"), "--json", pipe);
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.err()).contains("no regular file");
        assertThat(Files.isRegularFile(pipe)).isFalse();
        assertThat(ritz("generate", "poisson2d", "--size", 4, "-o", pipe).code())
                .isEqualTo(8);
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void aLinkIsWrittenThrough() throws IOException {
        Path x = Files.createSymbolicLink(dir.resolve("x"), Path.of("x.mtx"));
        Path json = Files.createSymbolicLink(dir.resolve("json"), Path.of("r.json"));
        Path csv = Files.createSymbolicLink(dir.resolve("h.csv"), Path.of("target.csv"));
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "-o", x, "--json", json, "--history", csv)
                        .code())
                .isZero();
        assertThat(files()).contains("x.mtx", "r.json", "target.csv");
        for (Path link : List.of(x, json, csv)) {
            assertThat(Files.isSymbolicLink(link)).isTrue();
            assertThat(link).isNotEmptyFile();
        }
    }

    @Test
    void historyIsATable() throws IOException {
        Path csv = dir.resolve("h.csv");
        Shell run = ritz("solve", "-A", spd, "-m", "cg", "--history", csv, "--json", "-");
        List<String> lines = Files.readAllLines(csv);
        List<?> history = (List<?>) Json.object(run.out()).get("history");
        assertThat(lines.get(0)).isEqualTo("attempt,method,preconditioner,iteration,residual");
        assertThat(lines).hasSize(history.size() + 1);
        assertThat(lines.get(2)).startsWith("1,cg,none,1,");
        assertThat(Double.parseDouble(lines.get(2).split(",")[4])).isEqualTo(history.get(1));
    }

    @Test
    void historyIsAPicture() throws IOException {
        Path png = dir.resolve("h.png");
        Path svg = dir.resolve("h.svg");
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "--history", png).code())
                .isZero();
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "--history", svg).code())
                .isZero();
        assertThat(javax.imageio.ImageIO.read(png.toFile()).getWidth()).isEqualTo(900);
        assertThat(Files.readString(svg).contains("<svg")).isTrue();
    }

    @Test
    void aHistoryOfZerosHasAPictureToo() {
        Path zero = Shell.file(dir, "zero.mtx", "%%MatrixMarket matrix array real general", "30 1", "0\n".repeat(30));
        assertThat(ritz("solve", "-A", spd, "-f", zero, "-m", "cg", "--history", dir.resolve("h.svg"))
                        .code())
                .isZero();
    }

    @Test
    void showsProgressOnlyWhenAsked() {
        assertThat(ritz("solve", "-A", spd, "-m", "cg").err()).isEmpty();
        assertThat(ritz("solve", "-A", spd, "-m", "cg", "--progress", "on").code())
                .isZero();
    }

    @Test
    void emptySystemsAreSolved() {
        Path empty = Shell.file(dir, "e.mtx", "%%MatrixMarket matrix coordinate real general", "0 0 0");
        assertThat(ritz("solve", "-A", empty).code()).isZero();
        assertThat(ritz("solve", "-A", empty).out())
                .contains("cg with none")
                .contains("because there is nothing to solve");
        assertThat(ritz("check", "-A", empty).out())
                .contains("choice            -m cg -p none: there is nothing to solve");
    }

    @Test
    void singularSystemsEndInATypedOutcome() {
        Path singular = Shell.matrix(dir, "s.mtx", new double[] {1, 1}, new double[] {1, 1});
        Path zero = Shell.matrix(dir, "z.mtx", new double[] {0, 1}, new double[] {0, 0});
        assertThat(ritz("solve", "-A", singular).code()).isIn(0, 5);
        assertThat(ritz("solve", "-A", zero, "--rhs", "ones").code()).isIn(5, 6);
    }
}
