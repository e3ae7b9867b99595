package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
    private final List<PreconditionerFactory> factories =
            List.of(new Ilu0(), new Ic0(Precision.FLOAT), new RelaxedIc0(), new Milu0(), new Ssor(1.3));

    @Test
    void sweepsLikeSymmetricGaussSeidel() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(40, 1).a(); // large enough to be shared
        double[] r = vector(a.rows());
        double[] expected = gaussSeidel(a, r);
        double[] first = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                Preconditioner m = new Ssor(1).build(a.on(pool));
                double[] z = new double[r.length];
                m.apply(r, z);
                assertThat(z).as("%d threads", threads).containsExactly(expected, within(1e-13)); // ours rounds less
                first = first == null ? z : first;
                assertThat(z).as("%d threads: bits", threads).isEqualTo(first);
                assertThat(allocated(m, r, z)).as("%d threads: bytes", threads).isLessThanOrEqualTo(256);
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
