package dev.ritz.preconditioners.multigrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.Diffusion;
import dev.ritz.testdata.FiniteElements;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.Problem;
import dev.ritz.testdata.Waves;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AmgTest {
    private static final double RTOL = 1e-8;

    private static int iterations(Amg amg, LinearSystem s) {
        Preconditioner m = amg.build(s.a());
        assertThat(m.kind()).as("%s: %s", s.name(), m.note()).isEqualTo(Preconditioner.Kind.SPD);
        return Pcg.iterations(s.a(), m, s.b(), RTOL);
    }

    // ---------------------------------------------------------------- convergence

    @Test
    void iterationsHardlyGrowWithThePlaneGrid() {
        int coarse = iterations(new Amg(), Poisson.poisson2d(32));
        int middle = iterations(new Amg(), Poisson.poisson2d(64));
        int fine = iterations(new Amg(), Poisson.poisson2d(128));
        assertThat(middle - coarse).isBetween(-1, 3);
        assertThat(fine - middle).isBetween(-1, 3);
        assertThat(fine).isBetween(8, 10);
    }

    @Test
    void iterationsHardlyGrowWithTheSpatialGrid() {
        Amg amg = new Amg().withCoarseSize(50);
        int coarse = iterations(amg, Poisson.poisson3d(12));
        int fine = iterations(amg, Poisson.poisson3d(24));
        assertThat(fine - coarse).isBetween(0, 3);
        assertThat(fine).isBetween(8, 11);
    }

    /** Gauss-Seidel alone needs 108 on this grid. */
    @ParameterizedTest
    @EnumSource(Smoother.class)
    void everySmootherServes(Smoother smoother) {
        int most = smoother == Smoother.L1_JACOBI ? 17 : smoother == Smoother.CHEBYSHEV ? 13 : 15;
        LinearSystem s = Poisson.poisson2d(100);
        assertThat(iterations(new Amg().withSmoother(smoother, 1), s)).isBetween(most - 4, most);
        int more = iterations(new Amg().withSmoother(smoother, 3), s);
        assertThat(more).isBetween(5, most - 3);
    }

    @Test
    void aWCycleNeedsNoMoreThanAVCycle() {
        LinearSystem s = Poisson.poisson2d(100);
        Amg deep = new Amg().withCoarseSize(20);
        assertThat(iterations(deep.withCycle(Cycle.W), s)).isLessThanOrEqualTo(iterations(deep, s));
    }

    @Test
    void jumpsOfTheCoefficientCostLittle() {
        int smooth = iterations(new Amg(), Diffusion.jump2d(100, 1));
        assertThat(iterations(new Amg(), Diffusion.jump2d(100, 1e-6))).isLessThanOrEqualTo(3 * smooth / 2);
        int spatial = iterations(new Amg(), Diffusion.jump3d(20, 1));
        assertThat(iterations(new Amg(), Diffusion.jump3d(20, 1e-6))).isLessThanOrEqualTo(3 * spatial / 2);
    }

    /** Full coarsening along the weak direction needs 73 with a threshold of 0. */
    @Test
    void strengthFollowsTheAnisotropy() {
        LinearSystem s = Diffusion.anisotropic2d(80, 1e-3);
        int strong = iterations(new Amg(), s);
        assertThat(strong).isLessThanOrEqualTo(16);
        assertThat(iterations(new Amg().withStrength(Strength.CLASSICAL, 0.25), s))
                .isLessThanOrEqualTo(20);
        assertThat(iterations(new Amg().withStrength(Strength.SYMMETRIC, 0), s)).isGreaterThan(3 * strong);
    }

    @Test
    void rigidMotionsMakeElasticityEasy() {
        int e = 60;
        LinearSystem s = FiniteElements.elasticity2d(e, 0.3);
        NearNullSpace motions = rigidMotions(e);
        int with = iterations(new Amg().withNearNullSpace(motions), s);
        assertThat(with).isLessThanOrEqualTo(15);
        int translations = iterations(new Amg().withNearNullSpace(NearNullSpace.constants(e * (e + 1), 2)), s);
        assertThat(translations).isGreaterThan(with + 5);
    }

    private static NearNullSpace rigidMotions(int e) {
        double[] x = new double[e * (e + 1)];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1 + i % e;
            y[i] = Math.floorDiv(i, e);
        }
        return NearNullSpace.rigidMotions(x, y);
    }

    @Test
    void floatNeedsAsManyIterations() {
        LinearSystem s = FiniteElements.fem2d(60, 0.2, 0x3a71);
        Amg wide = new Amg();
        Amg narrow = wide.withPrecision(Precision.FLOAT);
        assertThat(iterations(narrow, s)).isBetween(iterations(wide, s) - 1, iterations(wide, s) + 1);
    }

    // ---------------------------------------------------------------- the map itself

    /** M⁻¹ is symmetric, and positive definite: a Cholesky factorisation of it exists. */
    @ParameterizedTest
    @EnumSource(Smoother.class)
    void theCycleIsSymmetricPositiveDefinite(Smoother smoother) {
        CsrMatrix a = Diffusion.checkerboard2d(12, 4, 1e3).a();
        for (Cycle cycle : Cycle.values()) {
            for (int steps = 1; steps <= 3; steps++) {
                Amg amg = new Amg().withCoarseSize(5).withCycle(cycle).withSmoother(smoother, steps);
                Preconditioner m = amg.build(a);
                double[][] dense = dense(m);
                assertSymmetricPositive(dense, amg.toString());
            }
        }
    }

    private static double[][] dense(Preconditioner m) {
        int n = m.size();
        double[][] columns = new double[n][n];
        for (int j = 0; j < n; j++) {
            double[] e = new double[n];
            e[j] = 1;
            m.apply(e, columns[j]);
        }
        return columns;
    }

    private static void assertSymmetricPositive(double[][] m, String what) {
        int n = m.length;
        double size = 0;
        for (double[] row : m) {
            for (double v : row) {
                size = Math.max(size, Math.abs(v));
            }
        }
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                assertThat(m[i][j]).as("%s (%d, %d)", what, i, j).isCloseTo(m[j][i], within(1e-13 * size));
                double sum = m[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                if (i == j) {
                    assertThat(sum).as("%s: pivot %d", what, i).isPositive();
                    l[i][i] = Math.sqrt(sum);
                } else {
                    l[i][j] = sum / l[j][j];
                }
            }
        }
    }

    @Test
    void aNetworkWhoseCoarseMatricesWouldFillUpIsRefused() {
        CsrMatrix network = Gallery.problem("graph-laplacian")
                .generate(30_000, 1, new Problem.Parameter("chords", 4, ""))
                .a();
        assertThatThrownBy(() -> new Amg().build(network)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
            assertThat(e.found()).contains("expected at most 4 times");
            assertThat(e.advice()).contains("Ic0");
        });
    }

    @Test
    void theEstimateOfACoarseMatrixIsExactWhenAllRowsAreCounted() {
        CsrMatrix a = Diffusion.jump2d(30, 10).a();
        CsrMatrix p = SparseProduct.transpose(CsrMatrix.of(
                90,
                900,
                IntStream.rangeClosed(0, 90).map(i -> 10 * i).toArray(),
                IntStream.range(0, 900).toArray(),
                new SplittableRandom(0xa39).doubles(900, 1, 2).toArray()));
        CsrMatrix pt = SparseProduct.transpose(p);
        int entries = SparseProduct.galerkin(a, p, pt, null).nnz();
        assertThat(SparseProduct.estimate(a, p, pt, 90)).isEqualTo(entries);
        assertThat(SparseProduct.estimate(a, p, pt, 1000)).isEqualTo(entries);
        assertThat(SparseProduct.estimate(a, p, pt, 30)).isCloseTo(entries, withinPercentage(20));
    }

    @Test
    void oneLevelIsTheInverse() {
        LinearSystem s = Poisson.poisson2d(14);
        Preconditioner m = new Amg().build(s.a());
        double[] x = new double[s.size()];
        m.apply(s.b(), x);
        double[] ax = new double[s.size()];
        s.a().apply(x, ax);
        assertThat(ax).containsExactly(s.b(), within(1e-11));
        assertThat(m.note()).isEqualTo("1 level of 196 unknowns, operator complexity 1.00");
    }

    @Test
    void aSingularSystemConverges() {
        LinearSystem s = Gallery.problem("neumann2d").generate(60, 1);
        assertThat(iterations(new Amg(), s)).isLessThanOrEqualTo(12);
        LinearSystem small = Gallery.problem("neumann2d").generate(12, 1);
        assertThat(iterations(new Amg(), small)).as("pseudo-inverse alone").isLessThanOrEqualTo(2);
    }

    /** Parts without boundary shrink to a single unknown each, whose coarse diagonal is rounding. */
    @Test
    void disconnectedPartsWithoutBoundaryConverge() {
        CsrMatrix part = Gallery.problem("neumann2d").generate(4, 1).a();
        int parts = 60;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(parts * part.rows());
        for (int p = 0; p < parts; p++) {
            for (int i = 0; i < part.rows(); i++) {
                for (int k = part.rowPtr()[i]; k < part.rowPtr()[i + 1]; k++) {
                    rows.add(p * part.rows() + part.colIdx()[k], part.values()[k]);
                }
                rows.endRow();
            }
        }
        CsrMatrix a = rows.build();
        double[] x = new double[a.rows()];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sin(i * i);
        }
        double[] b = new double[x.length];
        a.apply(x, b);
        Preconditioner m = new Amg().withCoarseSize(10).build(a);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(Pcg.iterations(a, m, b, RTOL)).isLessThanOrEqualTo(12);
    }

    @Test
    void aDiagonalMatrixHasNoAggregatesAndOneStep() {
        double[][] dense = new double[40][40];
        double[] b = new double[40];
        for (int i = 0; i < 40; i++) {
            dense[i][i] = Math.exp(i % 7);
            b[i] = i - 3;
        }
        CsrMatrix a = CsrMatrix.fromDense(dense);
        Preconditioner m = new Amg().withCoarseSize(5).build(a);
        assertThat(m.note()).startsWith("1 level of 40");
        assertThat(Pcg.iterations(a, m, b, RTOL)).isLessThanOrEqualTo(1);
    }

    // ---------------------------------------------------------------- rebuild

    @Test
    void aRebuildKeepsTheTransferOperators() {
        CsrMatrix a = Diffusion.jump2d(40, 1).a();
        CsrMatrix changed = Diffusion.jump2d(40, 1.5).a();
        Amg amg = new Amg().withCoarseSize(30);
        AmgCycle old = (AmgCycle) amg.build(a);
        CsrMatrix p = old.levels()[0].transfer.p();
        AmgCycle again = (AmgCycle) amg.rebuild(old, changed);
        assertThat(again.levels()[0].transfer.p()).isSameAs(p);
        LinearSystem s = Diffusion.jump2d(40, 1.5);
        int fresh = Pcg.iterations(changed, amg.build(changed), s.b(), RTOL);
        assertThat(Pcg.iterations(changed, again, s.b(), RTOL)).isBetween(fresh - 1, fresh + 1);
        assertThat(((AmgCycle) amg.withKeepTransfer(false).rebuild(old, changed)).levels()[0].transfer.p())
                .isNotSameAs(p);
    }

    @Test
    void aRebuildForTheSameValuesGivesTheSameBits() {
        for (Precision precision : Precision.values()) {
            Amg amg = new Amg().withCoarseSize(30).withPrecision(precision);
            CsrMatrix a = FiniteElements.fem2d(30, 0.2, 0x71).a();
            double[] r = new double[a.rows()];
            for (int i = 0; i < r.length; i++) {
                r[i] = Math.cos(5 * i);
            }
            double[] expected = new double[r.length];
            double[] z = new double[r.length];
            Preconditioner m = amg.build(a);
            m.apply(r, expected);
            amg.rebuild(m, a.withValues(a.values().clone())).apply(r, z);
            assertThat(z).containsExactly(expected);
        }
    }

    @Test
    void aRebuildWithOtherOptionsIsABuild() {
        CsrMatrix a = Poisson.poisson2d(30).a();
        AmgCycle old = (AmgCycle) new Amg().withCoarseSize(30).build(a);
        AmgCycle other = (AmgCycle) new Amg().withCoarseSize(200).rebuild(old, a);
        assertThat(other.levels()[0].transfer.p()).isNotSameAs(old.levels()[0].transfer.p());
        assertThat(other.levels().length).isLessThan(old.levels().length);
    }

    // ---------------------------------------------------------------- other matrices, and refusals

    @Test
    void aNonsymmetricMatrixGivesAFixedMapThatReducesTheError() {
        LinearSystem s = Waves.convectionDiffusion2d(60, 1, 30, Waves.Scheme.UPWIND);
        for (Smoother smoother : Smoother.values()) {
            Preconditioner m = new Amg().withSmoother(smoother, 2).build(s.a());
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
            double[] x = new double[s.size()];
            double[] r = s.b().clone();
            double[] z = new double[x.length];
            double before = norm(r);
            for (int k = 0; k < 20; k++) {
                m.apply(r, z);
                for (int i = 0; i < x.length; i++) {
                    x[i] += z[i];
                }
                s.a().residual(s.b(), x, r);
            }
            assertThat(norm(r)).as("%s after 20 cycles", smoother).isLessThan(1e-2 * before);
        }
    }

    private static double norm(double[] x) {
        return Math.sqrt(Arrays.stream(x).map(v -> v * v).sum());
    }

    @Test
    void anIndefiniteMatrixIsNotDeclaredDefinite() {
        CsrMatrix a = Waves.helmholtz2d(30, 20).a();
        assertThat(new Amg().withCoarseSize(40).build(a).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        CsrMatrix small = Waves.helmholtz2d(15, 10).a();
        assertThat(new Amg().build(small).kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void namesTheRowWithoutDiagonal() {
        CsrMatrix zero = CsrMatrix.fromDense(new double[][] {{2, 1, 0}, {1, 0, 1}, {0, 1, 2}});
        assertThatThrownBy(() -> new Amg().build(zero)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.advice()).contains("Matched");
        });
        CsrMatrix tiny = CsrMatrix.fromDense(new double[][] {{1, 0}, {0, 1e-310}});
        assertThatThrownBy(() -> new Amg().build(tiny)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
            assertThat(e.row()).isEqualTo(1);
        });
    }

    @Test
    void refusesOptionsOutOfRange() {
        Amg amg = new Amg();
        List<Runnable> wrong = new ArrayList<>();
        wrong.add(() -> amg.withStrength(Strength.SYMMETRIC, Double.NaN));
        wrong.add(() -> amg.withStrength(Strength.SYMMETRIC, 1));
        wrong.add(() -> amg.withStrength(Strength.SYMMETRIC, -0.1));
        wrong.add(() -> amg.withSmoother(Smoother.SPAI0, 0));
        wrong.add(() -> amg.withSmoother(Smoother.SPAI0, 101));
        wrong.add(() -> amg.withCoarseSize(0));
        wrong.add(() -> amg.withCoarseSize(5001));
        wrong.add(() -> amg.withNearNullSpace(NearNullSpace.constants(2, 2)).build(CsrMatrix.identity(5)));
        for (Runnable w : wrong) {
            assertThatThrownBy(w::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected");
        }
    }

    @Test
    void refusesArraysThatDoNotFit() {
        Preconditioner m = new Amg().build(Poisson.poisson2d(3).a());
        double[] r = new double[9];
        assertThatThrownBy(() -> m.apply(r, r)).hasMessageContaining("distinct");
        assertThatThrownBy(() -> m.apply(r, new double[8])).hasMessageContaining("at least 9");
    }
}
