package dev.ritz.benchmarks.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.benchmarks.rivals.TestProblem.Family;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every contender solves, by the method its line in the table names. */
class RivalsTest {
    private static final Trial.Limits ONCE = new Trial.Limits(0, 60);
    private static final LinearSystem SYMMETRIC = Gallery.problem("jump2d").generate(24, 7);
    private static final LinearSystem GENERAL =
            Gallery.problem("convection-diffusion2d").generate(24, 7);
    private static final Runnable NEVER = () -> {
        throw new AssertionError("within the limit");
    };

    @TestFactory
    List<DynamicTest> everyPairingSolves() {
        return List.of(true, false).stream()
                .flatMap(symmetric -> {
                    TestProblem problem =
                            new TestProblem("p", symmetric, Family.SMALL, () -> symmetric ? SYMMETRIC : GENERAL);
                    return Rival.all().stream()
                            .flatMap(rival -> rival.pairings(problem).stream()
                                    .map(pairing -> DynamicTest.dynamicTest(
                                            rival.name() + " " + pairing.text(),
                                            () -> solves(problem, rival, pairing))));
                })
                .toList();
    }

    private static void solves(TestProblem problem, Rival rival, Rival.Pairing pairing) {
        LinearSystem system = problem.generator().get();
        Measurement m = Trial.run(problem.name(), system, rival, pairing, ONCE, NEVER);
        assertThat(m.outcome()).as(m.note()).isEqualTo(Measurement.SOLVED);
        assertThat(m.residual()).isLessThanOrEqualTo(1e-8);
        assertThat(m.runs()).isEqualTo(2);
        assertThat(m.setup()).isPositive();
        assertThat(m.solve()).isPositive();
        assertThat(m.cold()).isPositive();
        if (pairing.preconditioner().equals("none")) {
            assertThat(m.iterations()).isZero();
        } else {
            // the same method on the same matrix: all libraries count alike, up to rounding and the last test
            Measurement ritz = Trial.run(
                    problem.name(), system, new RitzRival(), likeRitz(pairing), new Trial.Limits(0, 60), NEVER);
            int wanted = ritz.iterations();
            int slack = pairing.preconditioner().equals("ssor") ? wanted / 2 : 2 + wanted / 10;
            assertThat(m.iterations()).isBetween(wanted - slack, wanted + slack);
        }
    }

    /** What of Ritz takes as many iterations, nearly so for SSOR and GMRES from the other side. */
    private static Rival.Pairing likeRitz(Rival.Pairing p) {
        boolean incomplete = p.method().equals("cg") && !p.preconditioner().equals("jacobi");
        return incomplete && !p.preconditioner().equals("relaxed-ic0") ? new Rival.Pairing("cg", "ic0") : p;
    }

    // ---------------------------------------------------------------- a trial

    /** A library that delivers a residual of so many times the tolerance it is given. */
    private record Sloppy(double times, double seconds) implements Rival {
        @Override
        public String name() {
            return "sloppy";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Pairing> pairings(TestProblem problem) {
            return List.of(new Pairing("cg", "none"));
        }

        @Override
        public Contest prepare(LinearSystem system, Pairing pairing) {
            return new Contest() {
                private final double[] x = new double[1];

                @Override
                public void setUp() {
                    if (seconds > 0) {
                        try {
                            Thread.sleep((long) (1000 * seconds));
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                    }
                }

                @Override
                public int solve(double rtol) {
                    x[0] = 1 - times * rtol; // A = (1), b = (1)
                    return 3;
                }

                @Override
                public double[] solution() {
                    return x;
                }
            };
        }
    }

    private static final LinearSystem ONE =
            new LinearSystem("one", CsrMatrix.identity(1), new double[] {1}, new double[] {1}, "x = 1");

    private static Measurement sloppy(double times, double seconds, double limit, Runnable overdue) {
        Rival rival = new Sloppy(times, seconds);
        return Trial.run("one", ONE, rival, new Rival.Pairing("cg", "none"), new Trial.Limits(0, limit), overdue);
    }

    @Test
    void aTooLooseNormIsTightenedUntilTheTrueResidualHolds() {
        Measurement m = sloppy(100, 0, 60, NEVER);
        assertThat(m.solved()).isTrue();
        assertThat(m.rtol()).isBetween(0.5e-10, 1e-10);
        assertThat(m.residual()).isLessThanOrEqualTo(1e-8);
        assertThat(m.runs()).as("the rejected run does not count").isEqualTo(2);
    }

    @Test
    void aSolutionThatNeverHoldsFails() {
        Measurement m = sloppy(Double.NaN, 0, 60, NEVER);
        assertThat(m.outcome()).isEqualTo(Measurement.FAILED);
        assertThat(m.note()).contains("residual");
    }

    @Test
    void theLimitIsNoticedDuringTheRun() {
        AtomicBoolean overdue = new AtomicBoolean();
        sloppy(1, 0.2, 0.02, () -> overdue.set(true));
        assertThat(overdue).isTrue();
    }

    @Test
    void runsEndWithTheBudgetButNotBeforeTwo() {
        Trial.Limits limits = new Trial.Limits(5, 60);
        assertThat(limits.another(0, 0, 0)).isTrue();
        assertThat(limits.another(1, 20, 20)).as("one cold run is no warm one").isTrue();
        assertThat(limits.another(1, 31, 31)).as("half the limit is used up").isFalse();
        assertThat(limits.another(2, 4.9, 3)).isTrue();
        assertThat(limits.another(2, 5, 3)).isFalse();
        assertThat(limits.another(20_000, 1, 1e-4)).isFalse();
    }

    // ---------------------------------------------------------------- the systems

    @Test
    void everyProblemHasANameOfItsOwn() {
        Set<String> names = new HashSet<>();
        TestProblem.generated()
                .forEach(p -> assertThat(names.add(p.name())).as(p.name()).isTrue());
        assertThat(names).contains("poisson3d-128", "jump3d-100", "fem2d-1000-random", "elasticity2d-300");
    }

    @Test
    void symmetricMeansSymmetric() {
        for (TestProblem p : TestProblem.generated()) {
            if (p.family() == Family.SMALL) {
                assertThat(p.generator().get().a().asymmetry() == 0)
                        .as(p.name())
                        .isEqualTo(p.symmetric());
            }
        }
    }

    @Test
    void anExportedSystemIsTheSameSystem(@TempDir Path folder) throws IOException {
        TestProblem p = new TestProblem("p", true, Family.GRID, () -> SYMMETRIC);
        TestProblem.export(List.of(p), folder);
        CsrMatrix a = MatrixMarket.read(folder.resolve("p.mtx"));
        assertThat(a.pattern().sameAs(SYMMETRIC.a().pattern())).isTrue();
        assertThat(a.values()).startsWith(SYMMETRIC.a().values());
        assertThat(MatrixMarket.readVector(folder.resolve("p_b.mtx"))).isEqualTo(SYMMETRIC.b());
        assertThat(Files.readAllLines(folder.resolve("problems.tsv")))
                .containsExactly(
                        "name\tkind\tfamily\tn\tnnz",
                        "p\tspd\tGRID\t576\t" + SYMMETRIC.a().nnz());
    }

    @Test
    void filesThatAreNotThereAreLeftOut(@TempDir Path folder) {
        assertThat(TestProblem.fromFiles(null)).isEmpty();
        assertThat(TestProblem.fromFiles(folder)).isEmpty();
    }

    @Test
    void aBandTooWideIsNotTried() {
        CsrMatrix arrow = CsrMatrix.fromDense(new double[][] {{4, 0, 1}, {0, 4, 1}, {1, 1, 4}});
        assertThat(EjmlRival.envelope(arrow)).isEqualTo(1 + 1 + 3);
        int n = 20_000;
        int[] rows = new int[2 * n];
        int[] cols = new int[2 * n];
        double[] values = new double[2 * n];
        for (int i = 0; i < n; i++) {
            rows[i] = i;
            cols[i] = i;
            values[i] = 2;
            rows[n + i] = i;
            cols[n + i] = 0;
            values[n + i] = 1e-3;
        }
        CsrMatrix wide = CsrMatrix.fromCoo(n, n, rows, cols, values);
        LinearSystem system = new LinearSystem("wide", wide, new double[n], null, "a full first column");
        assertThatThrownBy(() -> new EjmlRival().prepare(system, new Rival.Pairing("cholesky", "none")))
                .hasMessageContaining("not tried");
    }
}
