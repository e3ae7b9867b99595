package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class FsaiTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Fsai(2);
    }

    @Test
    void theFullPatternGivesTheInverseOfTheCholeskyFactor() {
        for (CsrMatrix a : new CsrMatrix[] {
            SampleMatrices.randomSpd(90, 3, 0xf5a1),
            Gallery.problem("elasticity2d").generate(5, 1).a()
        }) {
            Preconditioner m = new Fsai(a.rows()).build(a);
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
            assertThat(SampleMatrices.error(a, m)).isLessThan(1e-9);
            assertThat(where(m).nnz()).isEqualTo(a.rows() * (a.rows() + 1) / 2);
            assertThat(SampleMatrices.error(a, new Fsai(1).build(a))).isGreaterThan(1e-3);
        }
    }

    /** What defines it: (G A)_ij = 0 at the pattern left of the diagonal, and diag(G A Gᵀ) = 1. */
    @Test
    void everyRowSolvesItsEquations() {
        CsrMatrix a = SampleMatrices.randomSpd(50, 3, 0xf5a2).scale(growing(50), growing(50));
        for (int power = 1; power <= 3; power++) {
            Preconditioner m = new Fsai(power).build(a);
            double[][] g = factor(m);
            SparsityPattern where = where(m);
            double[][] dense = a.toDense();
            for (int i = 0; i < 50; i++) {
                double quadratic = 0;
                for (int j = 0; j < 50; j++) {
                    double ga = 0;
                    for (int k = 0; k < 50; k++) {
                        ga += g[i][k] * dense[k][j];
                    }
                    quadratic += ga * g[i][j];
                    if (where.position(i, j) >= 0 && j < i) {
                        assertThat(ga * g[j][j]).isEqualTo(0, within(1e-13));
                    } else if (where.position(i, j) < 0) {
                        assertThat(g[i][j]).isZero();
                    }
                }
                assertThat(quadratic).isEqualTo(1, within(1e-12));
                assertThat(g[i][i]).isPositive();
            }
        }
    }

    /** Kaporin's number (trace(G A Gᵀ) / n)ⁿ / det(G A Gᵀ) is 1 / (det A Π g_ii²) here, and at least 1. */
    @Test
    void kaporinsNumberFallsTowardsOneWithThePower() {
        CsrMatrix a = Gallery.problem("lognormal2d").generate(8, 1).a();
        double logDet = 0;
        double[][] exact = factor(new Fsai(64).build(a));
        for (int i = 0; i < 64; i++) {
            logDet -= 2 * Math.log(exact[i][i]);
        }
        double before = Double.POSITIVE_INFINITY;
        for (int power = 1; power <= 5; power++) {
            double[][] g = factor(new Fsai(power).build(a));
            double logKaporin = -logDet;
            for (int i = 0; i < 64; i++) {
                logKaporin -= 2 * Math.log(g[i][i]);
            }
            assertThat(logKaporin).as("power %d", power).isPositive().isLessThan(0.8 * before);
            before = logKaporin;
        }
    }

    @Test
    void iterationsFallWithThePower() {
        for (String name : new String[] {"poisson2d", "lognormal2d", "fem2d"}) {
            LinearSystem system = Gallery.problem(name).generate(40, 3);
            int before = Integer.MAX_VALUE;
            for (int power = 1; power < 5; power++) {
                int iterations = ReferenceCg.iterations(system, new Fsai(power).build(system.a()));
                assertThat(iterations).as("%s, power %d", name, power).isLessThan(before);
                before = iterations;
            }
        }
    }

    @Test
    void namesTheFirstRowThatIsNotPositiveDefiniteOnAnyThreads() {
        int n = 5000;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            boolean below = i == 1400 || i == 3300 || i == 4999;
            boolean above = i == 1399 || i == 3299 || i == 4998;
            rows.add(i, 2);
            if (below) {
                rows.add(i - 1, 3);
            }
            if (above) {
                rows.add(i + 1, 3);
            }
            rows.endRow();
        }
        CsrMatrix a = rows.build();
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                assertThatThrownBy(() -> new Fsai().build(a.on(pool)))
                        .isInstanceOfSatisfying(BuildException.class, e -> {
                            assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE);
                            assertThat(e.row()).isEqualTo(1400);
                            assertThat(e.found()).contains("a pivot is -1.2");
                            assertThat(e.advice()).contains("Ict");
                        });
            }
        }
    }

    @Test
    void refusesAMatrixThatIsNotSymmetric() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(5, 1).a();
        assertThatThrownBy(() -> new Fsai(1).build(a)).hasMessageContaining("not symmetric");
    }

    @Test
    void saysWhatItHolds() {
        CsrMatrix a = Gallery.problem("fem2d").generate(40, 1).a();
        Preconditioner m = new Fsai(2).build(a);
        long entries = where(m).nnz();
        assertThat(m.bytes()).isBetween(24 * entries, 24 * entries + 20L * a.rows());
        CsrMatrix grid = Gallery.problem("poisson2d").generate(200, 1).a();
        Preconditioner byDiagonals = new Fsai(1).build(grid);
        assertThat(byDiagonals.bytes()).isBetween(40_000L * 3 * 24, 40_000L * (3 * 25 + 20));
    }

    private static double[] growing(int n) {
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = Math.pow(10, i % 7 - 3);
        }
        return d;
    }

    private static double[][] factor(Preconditioner m) {
        int n = m.size();
        double[][] g = new double[n][n];
        double[] column = new double[n];
        for (int j = 0; j < n; j++) {
            double[] e = new double[n];
            e[j] = 1;
            ((SparseInverse) m).factor().apply(e, column);
            for (int i = 0; i < n; i++) {
                g[i][j] = column[i];
            }
        }
        return g;
    }

    /** One dense row and column. */
    private static CsrMatrix arrow(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n - 1; i++) {
            rows.add(i, 2).add(n - 1, 1e-3).endRow();
        }
        for (int j = 0; j < n - 1; j++) {
            rows.add(j, 1e-3);
        }
        return rows.add(n - 1, 2).endRow().build();
    }

    @Test
    void refusesASystemThatIsTooLarge() {
        CsrMatrix a = arrow(1100);
        assertThatThrownBy(() -> new Fsai(1).build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
            assertThat(e.row()).isEqualTo(1099);
            assertThat(e.advice()).contains("lower power");
        });
    }

    @Test
    void aRebuildKeepsThePatternAndNothingElseDoes() {
        CsrMatrix a = SampleMatrices.randomSpd(60, 2, 0x5a10);
        Preconditioner old = new Fsai(2).build(a);
        double[] d = SampleMatrices.wave(60);
        CsrMatrix b = a.scale(d, d);
        assertThat(where(new Fsai(2).rebuild(old, b))).isSameAs(where(old));
        assertThat(where(new Fsai(1).rebuild(old, b))).isNotSameAs(where(old));
        CsrMatrix wider = b.plus(1, 0, b.times(b));
        assertThat(where(new Fsai(2).rebuild(old, wider))).isNotSameAs(where(old));
    }

    /** Formats of many entries are chosen once and kept; their products have the same bits. */
    @Test
    void aRebuildOfALargeMatrixHasTheBitsOfABuild() {
        for (String name : new String[] {"lognormal2d", "fem2d"}) {
            CsrMatrix a = Gallery.problem(name).generate(130, 1).a();
            CsrMatrix b = Gallery.problem("lognormal2d").generate(130, 2).a();
            b = name.equals("fem2d")
                    ? a.withValues(a.scale(twos(a.rows()), twos(a.rows())).values())
                    : b;
            double[] r = SampleMatrices.wave(a.rows());
            Preconditioner rebuilt = new Fsai(1).rebuild(new Fsai(1).build(a), b);
            assertThat(SampleMatrices.applied(rebuilt, r))
                    .containsExactly(SampleMatrices.applied(new Fsai(1).build(b), r));
        }
    }

    private static double[] twos(int n) {
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = 1 + i % 3;
        }
        return d;
    }

    private static SparsityPattern where(Preconditioner m) {
        return ((SparseInverse) m).where();
    }

    @Test
    void refusesOtherOptions() {
        assertThatThrownBy(() -> new Fsai(0)).hasMessage("power = 0, expected at least 1");
        assertThat(new Fsai()).isEqualTo(new Fsai(1));
        assertThat(new Fsai(3).name()).isEqualTo("Fsai(3)");
    }
}
