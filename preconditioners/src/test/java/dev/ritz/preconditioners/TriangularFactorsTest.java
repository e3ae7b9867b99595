package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.testdata.Gallery;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriangularFactorsTest {
    private static final int SIDE = 70; // 343,000 rows in 208 levels: wide enough to be shared
    private static final int LEVELS = 3 * SIDE - 2;

    private final List<PreconditionerFactory> factories =
            List.of(new Ilu0(), new Ic0(Precision.FLOAT), new RelaxedIc0(), new Milu0(), new Ssor(1.3));

    /** The planes i + j + k = const of a 7-point grid are the levels, in both directions. */
    @Test
    void sharesWideLevelsWithTheBitsOfASerialSweep() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(SIDE, 1).a();
        double[] r = vector(a.rows());
        double[] expected = gaussSeidel(a, r);
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                TriangularFactors m = (TriangularFactors) new Ssor(1).build(a.on(pool));
                for (TriangularPattern.Sweep sweep : List.of(m.symbolic().lower, m.symbolic().upper)) {
                    if (threads == 1) {
                        assertThat(sweep.levels).isNull();
                    } else {
                        assertLevels(sweep);
                    }
                }
                double[] z = new double[r.length];
                m.apply(r, z);
                assertThat(z).as("%d threads", threads).isEqualTo(expected);
                assertThat(allocated(m, r, z)).as("%d threads: bytes", threads).isLessThanOrEqualTo(256);
            }
        }
    }

    private static void assertLevels(TriangularPattern.Sweep sweep) {
        assertThat(sweep.levels).hasSize(LEVELS + 1);
        int[] place = new int[sweep.order.length];
        for (int p = 0; p < place.length; p++) {
            place[sweep.order[p]] = p;
        }
        for (int l = 0; l < LEVELS; l++) {
            for (int p = sweep.levels[l]; p < sweep.levels[l + 1]; p++) {
                for (int k = sweep.ptr[p]; k < sweep.ptr[p + 1]; k++) {
                    if (place[sweep.idx[k]] >= sweep.levels[l]) {
                        throw new AssertionError("row " + sweep.order[p] + " waits for a row of its own level " + l);
                    }
                }
            }
        }
    }

    /** Symmetric Gauss-Seidel in natural order, with the products SSOR stores. */
    private static double[] gaussSeidel(CsrMatrix a, double[] r) {
        int n = r.length;
        int[] rowPtr = a.rowPtr();
        double[] inverse = a.diagonal();
        for (int i = 0; i < n; i++) {
            inverse[i] = 1 / inverse[i];
        }
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = r[i];
            for (int k = rowPtr[i]; a.colIdx()[k] < i; k++) {
                int j = a.colIdx()[k];
                sum -= a.values()[k] * inverse[j] * z[j];
            }
            z[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = inverse[i] * z[i];
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = a.colIdx()[k];
                if (j > i) {
                    sum -= a.values()[k] * inverse[i] * z[j];
                }
            }
            z[i] = sum;
        }
        return z;
    }

    @Test
    void narrowLevelsAreSweptInSerial() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(60, 1).a();
        try (WorkerPool pool = WorkerPool.of(2)) {
            TriangularFactors m = (TriangularFactors) new Ic0().build(a.on(pool));
            assertThat(m.symbolic().lower.levels).isNull();
            assertThat(m.symbolic().upper.levels).isNull();
        }
    }

    @Test
    void rebuildKeepsTheSymbolicPartWhileThePatternStays() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(9, 1).a();
        double[] d = new double[a.rows()];
        for (int i = 0; i < d.length; i++) {
            d[i] = 1 + 0.25 * Math.sin(i + 1);
        }
        CsrMatrix changed = a.scale(d, d);
        CsrMatrix other = Gallery.problem("poisson2d").generate(8, 1).a();
        double[] r = vector(a.rows());
        double[] z = new double[r.length];
        double[] expected = new double[r.length];
        for (PreconditionerFactory factory : factories) {
            TriangularFactors old = (TriangularFactors) factory.build(a);
            TriangularFactors rebuilt = (TriangularFactors) factory.rebuild(old, changed);
            assertThat(rebuilt.symbolic()).as(factory.name()).isSameAs(old.symbolic());
            rebuilt.apply(r, z);
            factory.build(changed).apply(r, expected);
            assertThat(z).as(factory.name()).containsExactly(expected);

            TriangularFactors elsewhere = (TriangularFactors) factory.rebuild(old, other);
            assertThat(elsewhere.symbolic()).as(factory.name()).isNotSameAs(old.symbolic());
            assertThat(elsewhere.size()).isEqualTo(64);
        }
    }

    @Test
    void rebuildForAnotherPoolMayOrderRowsAnew() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(9, 1).a();
        try (WorkerPool one = WorkerPool.of(1);
                WorkerPool two = WorkerPool.of(2);
                WorkerPool three = WorkerPool.of(3)) {
            TriangularFactors alone = (TriangularFactors) new Ic0().build(a.on(one));
            TriangularFactors pair = (TriangularFactors) new Ic0().rebuild(alone, a.on(two));
            assertThat(pair.symbolic()).isNotSameAs(alone.symbolic());
            TriangularFactors trio = (TriangularFactors) new Ic0().rebuild(pair, a.on(three));
            assertThat(trio.symbolic()).isSameAs(pair.symbolic());
        }
    }

    @Test
    void rebuildOfSomethingElseIsABuild() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(9, 1).a();
        double[] r = vector(a.rows());
        double[] z = new double[r.length];
        double[] expected = new double[r.length];
        for (PreconditionerFactory factory : factories) {
            factory.rebuild(Preconditioner.identity(a.rows()), a).apply(r, z);
            factory.build(a).apply(r, expected);
            assertThat(z).as(factory.name()).containsExactly(expected);
        }
    }

    private static double[] vector(int n) {
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            r[i] = Math.sin(i + 1);
        }
        return r;
    }

    /** The least of five: a compiler may hand this thread some work. */
    private static long allocated(Preconditioner m, double[] r, double[] z) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int trial = 0; trial < 5; trial++) {
            long before = bean.getCurrentThreadAllocatedBytes();
            m.apply(r, z);
            best = Math.min(best, bean.getCurrentThreadAllocatedBytes() - before);
        }
        return best;
    }
}
