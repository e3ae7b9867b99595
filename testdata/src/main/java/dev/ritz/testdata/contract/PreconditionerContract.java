package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every {@link PreconditionerFactory} and what it builds has to stand. */
public abstract class PreconditionerContract {

    /** For subclasses. */
    protected PreconditionerContract() {}

    /** {@return the factory under test} */
    protected abstract PreconditionerFactory factory();

    /** {@return matrices it must build on, each symmetric positive definite where the factory asks for that} */
    protected List<CsrMatrix> matrices() {
        return List.of(Matrices.tridiagonal(30, -1, 2.5, -1), Matrices.grid(9, 0), Matrices.diagonal(1, 4, 0.25, 1e3));
    }

    /** {@return a matrix large enough to run in parallel} */
    protected CsrMatrix large() {
        return Matrices.grid(190, 0);
    }

    /**
     * {@return the bound on asymmetry and nonlinearity, relative to the norms of what is multiplied} For a
     * preconditioner that stores {@code float} about 1e-5.
     */
    protected double tolerance() {
        return 1e-12;
    }

    /** {@return whether {@link Preconditioner#bytes} must be above 0} */
    protected boolean storesSomething() {
        return true;
    }

    /** {@return the bytes that one application may allocate} More than 0 only where it solves inside. */
    protected long allocationPerApplication() {
        return 0;
    }

    @Test
    void writesEveryEntryAndRepeatsItself() {
        for (CsrMatrix a : matrices()) {
            Preconditioner m = factory().build(a);
            assertThat(m.size()).isEqualTo(a.rows());
            double[] r = Measure.random(a.rows(), 0x9a0001);
            double[] z = apply(m, r);
            assertThat(Measure.finite(z)).as("%s: z is finite", a).isTrue();
            if (m.kind() != Preconditioner.Kind.VARIABLE) {
                assertThat(apply(m, r)).containsExactly(z);
                double[] zeros = new double[a.rows()];
                m.apply(r, zeros);
                assertThat(zeros).containsExactly(z);
            }
        }
    }

    @Test
    void theFusedInnerProductHasTheBitsOfTheSeparateOne() {
        for (CsrMatrix a : List.of(matrices().get(0), large())) {
            Preconditioner m = factory().build(a);
            if (m.kind() == Preconditioner.Kind.VARIABLE) {
                continue;
            }
            Vectors v = new Vectors(a.rows(), a.pool());
            double[] r = Measure.random(a.rows(), 0x9a0007);
            double[] kept = r.clone();
            double[] z = new double[a.rows()];
            Arrays.fill(z, Double.NaN);
            double dot = m.applyDot(r, z, v);
            assertThat(z).containsExactly(apply(m, r));
            assertThat(dot).isEqualTo(v.dot(r, z));
            assertThat(r).containsExactly(kept);
        }
    }

    @Test
    void leavesInputsUnchanged() {
        for (CsrMatrix a : matrices()) {
            double[] values = a.values().clone();
            Preconditioner m = factory().build(a);
            double[] r = Measure.random(a.rows(), 0x9a0002);
            double[] kept = r.clone();
            apply(m, r);
            assertThat(r).containsExactly(kept);
            assertThat(a.values()).containsExactly(values);
        }
    }

    @Test
    void isLinearUnlessVariable() {
        for (CsrMatrix a : matrices()) {
            Preconditioner m = factory().build(a);
            if (m.kind() == Preconditioner.Kind.VARIABLE) {
                continue;
            }
            double[] u = Measure.random(a.rows(), 0x9a0003);
            double[] v = Measure.random(a.rows(), 0x9a0004);
            double[] w = new double[u.length];
            for (int i = 0; i < w.length; i++) {
                w[i] = 3 * u[i] - 0.25 * v[i];
            }
            double[] mu = apply(m, u);
            double[] mv = apply(m, v);
            double[] mw = apply(m, w);
            double size = 3 * Measure.norm(mu) + Measure.norm(mv);
            for (int i = 0; i < mw.length; i++) {
                assertThat(mw[i])
                        .as("%s, entry %d", a, i)
                        .isCloseTo(3 * mu[i] - 0.25 * mv[i], within(tolerance() * size));
            }
            assertThat(Measure.norm(apply(m, new double[a.rows()]))).isZero();
        }
    }

    @Test
    void keepsThePromiseOfItsKind() {
        for (CsrMatrix a : matrices()) {
            Preconditioner m = factory().build(a);
            if (m.kind() != Preconditioner.Kind.SPD) {
                continue;
            }
            for (int trial = 0; trial < 5; trial++) {
                double[] u = Measure.random(a.rows(), 0x9a0010 + trial);
                double[] v = Measure.random(a.rows(), 0x9a0020 + trial);
                double[] mu = apply(m, u);
                double[] mv = apply(m, v);
                double size = Measure.norm(mu) * Measure.norm(v) + Measure.norm(mv) * Measure.norm(u);
                assertThat(Measure.dot(mu, v))
                        .as("%s is symmetric on %s", m.name(), a)
                        .isCloseTo(Measure.dot(u, mv), within(tolerance() * size));
                assertThat(Measure.dot(u, mu))
                        .as("%s is positive on %s", m.name(), a)
                        .isPositive();
            }
        }
    }

    @Test
    void rebuildGivesTheBitsOfABuild() {
        for (CsrMatrix a : matrices()) {
            double[] scaled = a.values().clone();
            double[] d = new double[a.rows()];
            for (int i = 0; i < d.length; i++) {
                d[i] = 1 + 0.25 * Math.sin(i + 1);
            }
            CsrMatrix changed = a.withValues(scaled).scale(d, d); // a congruence keeps definiteness
            assertThat(changed.pattern().sameAs(a.pattern())).isTrue();
            double[] r = Measure.random(a.rows(), 0x9a0005);
            double[] fresh = apply(factory().build(changed), r);
            Preconditioner old = factory().build(a);
            assertThat(apply(factory().rebuild(old, changed), r)).containsExactly(fresh);
        }
    }

    @Test
    void rebuildOnAnotherPatternIsABuild() {
        List<CsrMatrix> all = matrices();
        for (int k = 0; k < all.size(); k++) {
            CsrMatrix from = all.get(k);
            CsrMatrix to = all.get((k + 1) % all.size());
            double[] r = Measure.random(to.rows(), 0x9a0006);
            Preconditioner rebuilt = factory().rebuild(factory().build(from), to);
            assertThat(rebuilt.size()).isEqualTo(to.rows());
            assertThat(apply(rebuilt, r)).containsExactly(apply(factory().build(to), r));
        }
    }

    @Test
    void takesNoUnknownsAndOne() {
        Preconditioner none = factory().build(Matrices.tridiagonal(0, -1, 2, -1));
        assertThat(none.size()).isZero();
        none.apply(new double[0], new double[0]);
        Preconditioner one = factory().build(Matrices.diagonal(4));
        double[] z = apply(one, new double[] {2});
        assertThat(z[0]).as("sign of M⁻¹ for a 1 by 1 matrix").isPositive().isFinite();
    }

    @Test
    void refusesARectangularMatrix() {
        CsrMatrix wide = CsrMatrix.fromDense(new double[][] {{1, 0, 2}, {0, 1, 3}});
        assertThatThrownBy(() -> factory().build(wide)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> factory().build(wide.transpose())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void valuesThatAreNotFiniteNeverGiveAFactor() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            for (CsrMatrix a : matrices()) {
                for (int at : new int[] {0, a.nnz() / 2, a.nnz() - 1}) {
                    double[] values = a.values().clone();
                    values[at] = bad;
                    CsrMatrix broken = a.withValues(values);
                    buildsFiniteOrFails(broken, BuildException.Reason.NOT_FINITE);
                    Preconditioner old = factory().build(a);
                    finiteOrFails(broken, () -> factory().rebuild(old, broken), BuildException.Reason.NOT_FINITE);
                }
            }
        }
    }

    @Test
    void zeroDiagonalEntriesGiveATypedFailureOrAFiniteFactor() {
        for (CsrMatrix a : matrices()) {
            for (int row : new int[] {0, a.rows() / 2, a.rows() - 1}) {
                double[] values = a.values().clone();
                values[a.pattern().position(row, row)] = 0;
                buildsFiniteOrFails(a.withValues(values), null);
            }
        }
    }

    @Test
    void missingDiagonalEntriesGiveATypedFailureOrAFiniteFactor() {
        for (CsrMatrix a : matrices()) {
            for (int row : new int[] {0, a.rows() / 2, a.rows() - 1}) {
                buildsFiniteOrFails(withoutDiagonalEntry(a, row), null);
            }
        }
    }

    @Test
    void singularAndIndefiniteMatricesGiveATypedFailureOrAFiniteFactor() {
        buildsFiniteOrFails(Matrices.neumann(20), null);
        buildsFiniteOrFails(Matrices.diagonal(1, -1, 2, -3), null);
        buildsFiniteOrFails(Matrices.tridiagonal(20, 1, 0, -1), null);
        buildsFiniteOrFails(Matrices.tridiagonal(20, 0, 0, 0), null);
        buildsFiniteOrFails(CsrMatrix.rowBuilder(3).endRow().endRow().endRow().build(), null);
    }

    @Test
    void extremeValuesGiveATypedFailureOrAFiniteFactor() {
        for (double scale : new double[] {1e-300, 1e-160, 1e160, 1e300, Double.MIN_VALUE}) {
            CsrMatrix a = Matrices.tridiagonal(12, -scale, 2.5 * scale, -scale);
            buildsFiniteOrFails(a, null);
        }
        buildsFiniteOrFails(Matrices.diagonal(1e-300, 1, 1e300, 1e-310), null);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        CsrMatrix a = large();
        double[] r = Measure.random(a.rows(), 0x9a0007);
        double[] expected = null;
        double traffic = 0;
        double setup = 0;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                Preconditioner m = factory().build(a.on(pool));
                double[] z = apply(m, r);
                if (expected == null) {
                    expected = z;
                    traffic = m.traffic();
                    setup = m.setupTraffic();
                }
                assertThat(z).as("%d threads", threads).containsExactly(expected);
                assertThat(m.traffic())
                        .as("traffic, %d threads", threads)
                        .isEqualTo(traffic); // what a session decides by
                assertThat(m.setupTraffic()).as("set-up, %d threads", threads).isEqualTo(setup);
            }
        }
    }

    @Test
    void applicationsAllocateNothing() {
        for (CsrMatrix a : matrices()) {
            Preconditioner m = factory().build(a);
            double[] r = Measure.random(a.rows(), 0x9a0008);
            double[] z = new double[a.rows()];
            long bytes = Measure.allocated(3, () -> {
                for (int k = 0; k < 200; k++) {
                    m.apply(r, z);
                }
            });
            assertThat(bytes)
                    .as("bytes in 200 applications on %s", a)
                    .isLessThanOrEqualTo(256 + 200 * allocationPerApplication());
        }
    }

    @Test
    void saysWhatItIs() {
        assertThat(factory().name()).isNotBlank();
        for (CsrMatrix a : matrices()) {
            Preconditioner m = factory().build(a);
            assertThat(m.name()).isNotBlank();
            assertThat(m.note()).isNotNull();
            if (storesSomething()) {
                assertThat(m.bytes()).as("bytes of %s for %s", m.name(), a).isPositive();
            } else {
                assertThat(m.bytes()).isNotNegative();
            }
            assertThat(m.traffic()).as("of %s for %s", m.name(), a).isFinite().isNotNegative();
            assertThat(m.setupTraffic())
                    .as("of %s for %s", m.name(), a)
                    .isFinite()
                    .isNotNegative();
        }
    }

    /** A build either works, with a finite z, or says why not in a typed way. */
    private void buildsFiniteOrFails(CsrMatrix a, BuildException.Reason required) {
        finiteOrFails(a, () -> factory().build(a), required);
    }

    private void finiteOrFails(CsrMatrix a, Supplier<Preconditioner> build, BuildException.Reason required) {
        Preconditioner[] made = new Preconditioner[1];
        Throwable thrown = catchThrowable(() -> made[0] = build.get());
        if (thrown != null) {
            assertThat(thrown).as("%s", a).isInstanceOf(BuildException.class).hasMessageMatching("(?s).*\\S.*");
            BuildException e = (BuildException) thrown;
            assertThat(e.row()).isBetween(-1, a.rows() - 1);
            if (required != null) {
                assertThat(e.reason()).as("%s: %s", a, e.getMessage()).isEqualTo(required);
            }
            return;
        }
        double[] r = new double[a.rows()];
        if (required == null) {
            a.apply(Measure.random(a.rows(), 0x9a0009), r); // of the size of A: an honest z then has the size of 1
        } else {
            r = Measure.random(a.rows(), 0x9a0009);
        }
        double[] z = apply(made[0], r);
        assertThat(Measure.finite(z))
                .as("%s: %s built, so z is finite", a, made[0].name())
                .isTrue();
    }

    private static CsrMatrix withoutDiagonalEntry(CsrMatrix a, int row) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(a.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (i != row || a.colIdx()[k] != row) {
                    rows.add(a.colIdx()[k], a.values()[k]);
                }
            }
            rows.endRow();
        }
        return rows.build();
    }

    private static double[] apply(Preconditioner m, double[] r) {
        double[] z = new double[r.length];
        Arrays.fill(z, Double.NaN);
        m.apply(r, z);
        return z;
    }
}
