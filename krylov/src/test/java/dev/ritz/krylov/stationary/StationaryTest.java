package dev.ritz.krylov.stationary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.SweepSchedule;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Systems;
import dev.ritz.testdata.Poisson;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationaryTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;

    private static List<IterativeSolver<StationaryWorkspace>> all(StoppingCriteria criteria) {
        return List.of(
                new Jacobi(criteria, 0.9), new GaussSeidel(criteria), new Sor(criteria, 1.3), new Ssor(criteria, 1.3));
    }

    /** Steps of x ← x + W⁻¹ (b − A x) with dense solves by W, as the definitions have it. */
    private static double[] reference(CsrMatrix a, String method, double omega, double[] b, double[] x0, int steps) {
        int n = a.rows();
        double[] x = x0.clone();
        for (int k = 0; k < steps; k++) {
            double[] r = Systems.minus(b, Systems.times(a, x));
            double[] d = new double[n];
            if (method.equals("Jacobi")) {
                for (int i = 0; i < n; i++) {
                    d[i] = omega * r[i] / a.get(i, i);
                }
            } else {
                for (int i = 0; i < n; i++) {
                    double sum = r[i];
                    for (int j = 0; j < i; j++) {
                        sum -= a.get(i, j) * d[j];
                    }
                    d[i] = sum / (a.get(i, i) / omega);
                }
                if (method.equals("Ssor")) {
                    for (int i = n - 1; i >= 0; i--) {
                        double sum = (2 - omega) / omega * a.get(i, i) * d[i];
                        for (int j = i + 1; j < n; j++) {
                            sum -= a.get(i, j) * d[j];
                        }
                        d[i] = sum / (a.get(i, i) / omega);
                    }
                }
            }
            for (int i = 0; i < n; i++) {
                x[i] += d[i];
            }
        }
        return x;
    }

    @Test
    void stepsAreThoseOfTheSplitting() {
        CsrMatrix a = Systems.convectionDiffusion(4, 0.3).plus(1, 0.5, CsrMatrix.identity(16));
        double[] b = Systems.random(16, 0x57a1);
        double[] x0 = Systems.random(16, 0x57a2);
        for (IterativeSolver<StationaryWorkspace> method : all(CRITERIA.withMaxIterations(5))) {
            double omega = method instanceof Jacobi ? 0.9 : method instanceof GaussSeidel ? 1 : 1.3;
            double[] x = method.solveFrom(a, Preconditioner.identity(16), b, x0).iterate();
            double[] expected = reference(a, method.name(), omega, b, x0, 5);
            for (int i = 0; i < 16; i++) {
                assertThat(x[i]).as(method.name()).isCloseTo(expected[i], within(1e-14));
            }
        }
    }

    @Test
    void sorWithOmegaOneIsGaussSeidelToTheLastBit() {
        CsrMatrix a = Systems.poisson2d(9);
        double[] b = Systems.random(81, 0x57a3);
        Preconditioner none = Preconditioner.identity(81);
        assertThat(new Sor(CRITERIA, 1).solve(a, none, b).solution())
                .containsExactly(GaussSeidel.solve(a, b).solution());
    }

    @Test
    void jacobiConvergesAtTheCosineOnTheOneDimensionalLaplacian() {
        int n = 19;
        CsrMatrix a = Systems.poisson1d(n);
        double[] history = Jacobi.solve(a, Systems.random(n, 0x57a4)).report().history();
        int k = history.length - 1;
        double rate = Math.pow(history[k] / history[k - 100], 0.01);
        assertThat(rate).isCloseTo(Math.cos(Math.PI / (n + 1)), within(1e-6));
        double[] gaussSeidel =
                GaussSeidel.solve(a, Systems.random(n, 0x57a4)).report().history();
        k = gaussSeidel.length - 1;
        double squared = Math.pow(gaussSeidel[k] / gaussSeidel[k - 50], 0.02);
        assertThat(squared).isCloseTo(Math.pow(Math.cos(Math.PI / (n + 1)), 2), within(1e-6));
    }

    @Test
    void youngsOmegaIsTheBestForSorOnTheModelProblem() {
        int side = 15;
        CsrMatrix a = Systems.poisson2d(side);
        double[] b = Systems.random(side * side, 0x57a5);
        Preconditioner none = Preconditioner.identity(side * side);
        double best = 2 / (1 + Math.sin(Math.PI / (side + 1)));
        int least = Integer.MAX_VALUE;
        double at = 0;
        for (double omega = 1; omega < 1.99; omega += 0.02) {
            int iterations = new Sor(CRITERIA, omega).solve(a, none, b).report().iterations();
            if (iterations < least) {
                least = iterations;
                at = omega;
            }
        }
        assertThat(at).isCloseTo(best, within(0.05));
        // above ω* all eigenvalues lie on the circle of radius ω − 1
        double omega = best + 0.1;
        double[] history = new Sor(CRITERIA.withRtol(1e-14), omega)
                .solve(a, none, b)
                .report()
                .history();
        int k = history.length - 1;
        double rate = Math.pow(history[k] / history[k - 120], 1.0 / 120);
        assertThat(rate).isCloseTo(omega - 1, within(0.01));
        assertThat(GaussSeidel.solve(a, b).report().iterations()).isGreaterThan(5 * least);
    }

    @Test
    void ssorIsSymmetricAndDefinite() {
        // one step from x₀ = 0 is W⁻¹ b: eᵢᵀ W⁻¹ e_j = e_jᵀ W⁻¹ eᵢ
        CsrMatrix a = Systems.poisson2d(4);
        Ssor method = new Ssor(CRITERIA.withMaxIterations(1), 1.4);
        double[][] w = new double[16][16];
        Preconditioner none = Preconditioner.identity(16);
        for (int j = 0; j < 16; j++) {
            double[] e = new double[16];
            e[j] = 1;
            SolveResult result = method.solve(a, none, e);
            assertThat(result.report().iterations()).isEqualTo(1);
            w[j] = result.iterate();
        }
        for (int i = 0; i < 16; i++) {
            assertThat(w[i][i]).isPositive();
            for (int j = 0; j < i; j++) {
                assertThat(w[i][j]).isCloseTo(w[j][i], within(1e-15));
            }
        }
    }

    @Test
    void theBitsDoNotDependOnThreads() {
        CsrMatrix a = Poisson.poisson3d(64).a(); // planes large enough to be shared
        int[] diagonal = a.pattern().diagonalPositions();
        assertThat(SweepSchedule.of(a.pattern(), diagonal, true, 2).threads()).isEqualTo(2);
        assertThat(SweepSchedule.of(a.pattern(), diagonal, false, 2).threads()).isEqualTo(2);
        double[] b = Systems.random(a.rows(), 0x57a9);
        StoppingCriteria few = CRITERIA.withMaxIterations(4);
        for (IterativeSolver<StationaryWorkspace> method : List.of(new Sor(few, 1.7), new Ssor(few, 1.7))) {
            double[] expected = null;
            for (int threads : new int[] {1, 2, 3}) {
                try (WorkerPool pool = WorkerPool.of(threads)) {
                    double[] x = new double[a.rows()];
                    StationaryWorkspace ws = method.newWorkspace(a.rows(), pool);
                    method.solve(a.on(pool), Preconditioner.identity(a.rows()), b, x, ws, IterationListener.NONE);
                    expected = expected == null ? x : expected;
                    assertThat(x).as("%s, %d threads", method.name(), threads).containsExactly(expected);
                }
            }
        }
    }

    @Test
    void aWorkspaceServesAnotherPattern() {
        double[] b = Systems.random(81, 0x57aa);
        CsrMatrix grid = Systems.poisson2d(9);
        CsrMatrix line = Systems.poisson1d(81);
        Preconditioner none = Preconditioner.identity(81);
        for (IterativeSolver<StationaryWorkspace> method : List.of(new Sor(CRITERIA, 1.3), new Ssor(CRITERIA, 1.3))) {
            StationaryWorkspace ws = method.newWorkspace(81, WorkerPool.shared());
            for (CsrMatrix a : List.of(grid, line, grid)) {
                double[] x = new double[81];
                method.solve(a, none, b, x, ws, IterationListener.NONE);
                assertThat(x).containsExactly(method.solve(a, none, b).iterate());
            }
        }
    }

    @Test
    void theResidualOfTheRecurrenceIsThatOfTheIterate() {
        CsrMatrix a = Systems.convectionDiffusion(8, 0.4);
        double[] b = Systems.random(64, 0x57ab);
        for (IterativeSolver<StationaryWorkspace> method : all(CRITERIA.withMaxIterations(12))) {
            SolveResult result = method.solve(a, Preconditioner.identity(64), b);
            double[] history = result.report().history();
            double[] r = Systems.minus(b, Systems.times(a, result.iterate()));
            assertThat(history[history.length - 1])
                    .as(method.name())
                    .isCloseTo(Systems.norm(r), withinPercentage(1e-6));
        }
    }

    @Test
    void divergesAndStagnatesByName() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2}, {3, 1}});
        double[] b = {1, 1};
        for (IterativeSolver<StationaryWorkspace> method : all(CRITERIA)) {
            SolveResult result = method.solve(a, Preconditioner.identity(2), b);
            assertThat(result.cause()).as(method.name()).isEqualTo(Cause.DIVERGENCE);
            assertThat(result.report().relativeResidual()).isLessThanOrEqualTo(1);
        }
        // ρ(I − D⁻¹A) = 1: the error swaps sides for ever
        SolveResult swap = Jacobi.solve(CsrMatrix.fromDense(new double[][] {{1, -1}, {-1, 1}}), new double[] {1, 0});
        assertThat(swap.cause()).isEqualTo(Cause.STAGNATION);
        assertThat(swap.report().iterations()).isEqualTo(128);
        assertThat(swap.report().detail()).contains("128 steps left the residual norm at");
    }

    @Test
    void refusesWhatHasNoSplitting() {
        double[] b = {1, 1, 1};
        CsrMatrix zero = Systems.diagonal(1, 0, 0);
        CsrMatrix missing = CsrMatrix.fromDense(new double[][] {{1, 1, 0}, {0, 1, 1}, {1, 1, 0}});
        LinearOperator operator = new LinearOperator() {
            @Override
            public int rows() {
                return 3;
            }

            @Override
            public int cols() {
                return 3;
            }

            @Override
            public void apply(double[] x, double[] y) {
                System.arraycopy(x, 0, y, 0, 3);
            }
        };
        for (IterativeSolver<StationaryWorkspace> method : all(CRITERIA)) {
            Preconditioner none = Preconditioner.identity(3);
            assertThatThrownBy(() -> method.solve(zero, none, b))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(method.name() + " divides by the diagonal of a, which is zero in row 1");
            assertThatThrownBy(() -> method.solve(missing, none, b))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(method.name() + " divides by the diagonal of a, which is missing in row 2");
            assertThatThrownBy(() -> method.solve(operator, none, b))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a CsrMatrix");
            for (Preconditioner.Kind kind : Preconditioner.Kind.values()) {
                assertThatThrownBy(() ->
                                method.solve(CsrMatrix.identity(3), Systems.diagonalPreconditioner(kind, 1, 1, 1), b))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage(method.name() + " takes no preconditioner, m is test");
            }
        }
    }

    @Test
    void refusesAnOmegaOutsideOfItsRange() {
        for (double omega : new double[] {0, -1, 2, Double.NaN}) {
            assertThatThrownBy(() -> new Sor(CRITERIA, omega))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("omega = " + omega + ", expected a number in (0, 2.0)");
            assertThatThrownBy(() -> new Ssor(CRITERIA, omega)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new Jacobi(CRITERIA, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Jacobi(CRITERIA, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = Systems.poisson2d(6);
        double[] b = Systems.random(36, 0x57a6);
        for (IterativeSolver<StationaryWorkspace> method : all(CRITERIA)) {
            Report report = method.solve(a, Preconditioner.identity(36), b).report();
            assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
            assertThat(report.operatorApplications()).isEqualTo(report.iterations() + 2);
            assertThat(report.preconditionerApplications()).isZero();
            assertThat(method.newWorkspace(36).bytes()).isEqualTo(4 * 8 * 36L);
        }
    }
}
