package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GmresTest {

    private static CsrMatrix cyclicShift(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add((i + 1) % n, 1).endRow();
        }
        return rows.build();
    }

    @Test
    void cyclicShiftStallsForAllButTheLastStep() {
        int n = 12;
        double[] b = new double[n];
        b[0] = 1;
        SolveResult full = new Gmres(StoppingCriteria.DEFAULT, n).solve(cyclicShift(n), Preconditioner.identity(n), b);
        assertThat(full.converged()).isTrue();
        assertThat(full.report().iterations()).isEqualTo(n);
        double[] history = full.report().history();
        for (int k = 0; k < n; k++) {
            assertThat(history[k]).isEqualTo(1);
        }
        SolveResult restarted =
                new Gmres(StoppingCriteria.DEFAULT, n - 1).solve(cyclicShift(n), Preconditioner.identity(n), b);
        assertThat(restarted.cause()).isEqualTo(Cause.STAGNATION);
        assertThat(restarted.report().relativeResidual()).isEqualTo(1);
    }

    @Test
    void solvesATridiagonalSystemAlsoFromAGuess() {
        int n = 300;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, -1.5);
            }
            rows.add(i, 4);
            if (i < n - 1) {
                rows.add(i + 1, -0.5);
            }
            rows.endRow();
        }
        CsrMatrix a = rows.build();
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        double[] b = new double[n];
        a.apply(ones, b);
        assertThat(Gmres.solve(a, b).solution())
                .usingComparatorWithPrecision(1e-7)
                .containsExactly(ones);
        assertThat(new Gmres()
                        .solveFrom(a, Preconditioner.identity(n), b, ones)
                        .report()
                        .iterations())
                .isZero();
    }

    @Test
    void residualIsTheMinimumOverTheKrylovSpace() {
        int n = 50;
        CsrMatrix a = Systems.tridiagonal(n, -1.7, 3, -0.4);
        double[] b = Systems.random(n, 0x9e2);
        double[] x0 = Systems.random(n, 0x9e3);
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = 2 + Math.sin(i);
        }
        Preconditioner m = Systems.diagonalPreconditioner(Preconditioner.Kind.FIXED, d);
        double[] r0 = Systems.minus(b, Systems.times(a, x0));
        double[] history = new Gmres(StoppingCriteria.DEFAULT, n)
                .solveFrom(a, m, b, x0)
                .report()
                .history();
        double[] v = r0;
        double[][] columns = new double[0][];
        for (int k = 1; k < 10; k++) {
            double[] z = new double[n];
            m.apply(v, z);
            v = Systems.times(a, z); // (A M⁻¹)ᵏ r₀
            columns = Arrays.copyOf(columns, k);
            columns[k - 1] = v;
            assertThat(history[k]).isCloseTo(Systems.leastSquares(columns, r0), within(1e-9 * history[0]));
        }
    }

    @Test
    void anyResidualHistoryIsPossibleWithAnyEigenvalues() {
        // Greenbaum, Pták & Strakoš 1996: a companion matrix scaled so that GMRES from e₁ has residuals 1, f₁, f₂, …
        // The unitary cyclic shift times a diagonal in a prescribed basis: A = V C V⁻¹ with C the companion matrix
        // of the eigenvalues 1 … n and A K_k = span(e₁ … e_k); b = Σ g_j e_j with g_j² = f_{j−1}² − f_j²
        int n = 6;
        double[] f = {1, 1, 0.8, 0.8, 0.3, 0.01, 0};
        double[] g = new double[n];
        for (int j = 0; j < n; j++) {
            g[j] = Math.sqrt(f[j] * f[j] - f[j + 1] * f[j + 1]);
        }
        // B = (b, e₁, …, e_{n−1}) maps the companion's basis: A b = e₁, A e₁ = e₂, …, A e_{n−1} = Σ α_j B_j
        double[] p = {1}; // Π (t − i), the lowest power first
        for (int i = 1; i <= n; i++) {
            double[] next = new double[p.length + 1];
            for (int j = 0; j < p.length; j++) {
                next[j + 1] += p[j];
                next[j] -= i * p[j];
            }
            p = next;
        }
        double[][] a = new double[n][n];
        for (int j = 0; j < n - 2; j++) {
            a[j + 1][j] = 1; // A e_j = e_{j+1}
        }
        for (int i = 0; i < n; i++) { // A e_{n−1} = −p_0 b − p_1 e₁ − … − p_{n−1} e_{n−1}
            a[i][n - 2] = -p[0] * g[i] - (i < n - 1 ? p[i + 1] : 0);
        }
        for (int i = 0; i < n; i++) { // A b = e₁ gives the last column
            double sum = i == 0 ? 1 : 0;
            for (int j = 0; j < n - 1; j++) {
                sum -= a[i][j] * g[j];
            }
            a[i][n - 1] = sum / g[n - 1];
        }
        double[] history = new Gmres(StoppingCriteria.DEFAULT, n)
                .solve(CsrMatrix.fromDense(a), Preconditioner.identity(n), g)
                .report()
                .history();
        for (int k = 0; k <= n; k++) {
            assertThat(history[k]).isCloseTo(f[k], within(1e-7));
        }
    }

    @Test
    void singularSystemsAreSolvedOrTyped() {
        CsrMatrix a = Systems.diagonal(1, 2, 3, 0);
        assertThat(Gmres.solve(a, new double[] {1, 1, 1, 0}).converged()).isTrue();
        SolveResult inconsistent = Gmres.solve(a, new double[] {1, 1, 1, 1});
        assertThat(inconsistent.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(inconsistent.report().residualNorm()).isCloseTo(1, within(1e-10));
    }

    @Test
    void countsAndMemoryAreThoseOfTheCard() {
        CsrMatrix a = Systems.convectionDiffusion(10, 0.4);
        double[] d = new double[100];
        Arrays.fill(d, 3);
        Report report = new Gmres(StoppingCriteria.DEFAULT, 8)
                .solve(a, Systems.diagonalPreconditioner(Preconditioner.Kind.FIXED, d), Systems.random(100, 0x9e4))
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.restarts()).isEqualTo((report.iterations() - 1) / 8).isPositive();
        int cycles = report.restarts() + 1;
        assertThat(report.operatorApplications()).isEqualTo(report.iterations() + cycles + 1);
        assertThat(report.preconditionerApplications()).isEqualTo(report.iterations() + cycles);
        assertThat(new Gmres(StoppingCriteria.DEFAULT, 8).newWorkspace(100).bytes())
                .isEqualTo((8 + 3) * 800L);
    }

    @Test
    void blamesThePartThatWroteANaN() {
        double[] b = {1, 1, 1};
        SolveResult preconditioner = new Gmres()
                .solve(
                        Systems.diagonal(2, 3, 4),
                        Systems.diagonalPreconditioner(Preconditioner.Kind.FIXED, 1, Double.NaN, 1),
                        b);
        assertThat(preconditioner.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(preconditioner.report().part()).isEqualTo(Part.PRECONDITIONER);
        SolveResult operator = new Gmres()
                .solveFrom(breaksAt(3), Preconditioner.identity(20), Systems.random(20, 0x9e5), new double[20]);
        assertThat(operator.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(operator.report().part()).isEqualTo(Part.OPERATOR);
    }

    /** tridiag(−1.5, 4, −0.5) whose k-th product is NaN. */
    private static LinearOperator breaksAt(int k) {
        CsrMatrix a = Systems.tridiagonal(20, -1.5, 4, -0.5);
        int[] calls = {0};
        return new LinearOperator() {
            @Override
            public int rows() {
                return 20;
            }

            @Override
            public int cols() {
                return 20;
            }

            @Override
            public void apply(double[] x, double[] y) {
                a.apply(x, y);
                if (++calls[0] == k) {
                    y[7] = Double.NaN;
                }
            }
        };
    }

    @Test
    void anExceptionInsideACycleLeavesTheResidualOfTheIterateInTheReport() {
        CsrMatrix a = Systems.tridiagonal(20, -1.5, 4, -0.5);
        double[] b = Systems.random(20, 0x9e6);
        int[] calls = {0};
        Preconditioner throwing = Systems.preconditioner(20, Preconditioner.Kind.FIXED, (r, z) -> {
            if (++calls[0] == 5) {
                throw new ArithmeticException("fifth call");
            }
            System.arraycopy(r, 0, z, 0, 20);
        });
        SolveResult result = new Gmres().solve(a, throwing, b);
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.report().residualNorm()).isEqualTo(Systems.residual(a, b, result.iterate()));
    }
}
