package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every {@link LinearOperator} has to stand. */
public abstract class OperatorContract {

    /** For subclasses. */
    protected OperatorContract() {}

    /** {@return the operator under test; a fresh one or always the same} */
    protected abstract LinearOperator operator();

    /** {@return its entries, row by row: the reference} */
    protected abstract double[][] dense();

    /**
     * The same operator, large enough to run in parallel, on given threads.
     *
     * @param pool the threads
     * @return the operator, or null where threads cannot be chosen
     */
    protected LinearOperator onThreads(WorkerPool pool) {
        return null;
    }

    /** {@return the bound on rounding, relative to Σ |a_ij| |x_j|} */
    protected double tolerance() {
        return 1e-14;
    }

    @Test
    void productsAgreeWithTheDenseMatrix() {
        LinearOperator a = operator();
        double[] x = Measure.random(a.cols(), 0x5eed01);
        assertClose(dense(), x, apply(a, x));
    }

    @Test
    void writesEveryEntryAndReadsNoneOfTheOldOutput() {
        LinearOperator a = operator();
        double[] x = Measure.random(a.cols(), 0x5eed02);
        double[] first = new double[a.rows()];
        a.apply(x, first);
        assertThat(apply(a, x)).containsExactly(first);
        assertThat(apply(a, x)).containsExactly(first);
    }

    @Test
    void leavesInputsUnchanged() {
        LinearOperator a = operator();
        double[] x = Measure.random(a.cols(), 0x5eed03);
        double[] kept = x.clone();
        apply(a, x);
        assertThat(x).containsExactly(kept);
        if (a.hasTranspose()) {
            double[] y = Measure.random(a.rows(), 0x5eed04);
            double[] keptY = y.clone();
            a.applyTranspose(y, Measure.nan(a.cols()));
            assertThat(y).containsExactly(keptY);
        }
        if (a.rows() == a.cols()) {
            double[] b = Measure.random(a.rows(), 0x5eed05);
            double[] keptB = b.clone();
            a.residual(b, x, Measure.nan(a.rows()));
            a.applyDot(x, Measure.nan(a.rows()));
            assertThat(b).containsExactly(keptB);
            assertThat(x).containsExactly(kept);
        }
    }

    @Test
    void isLinear() {
        LinearOperator a = operator();
        double[] u = Measure.random(a.cols(), 0x5eed06);
        double[] v = Measure.random(a.cols(), 0x5eed07);
        double[] w = new double[u.length];
        for (int i = 0; i < w.length; i++) {
            w[i] = 3 * u[i] - 0.25 * v[i];
        }
        double[] au = apply(a, u);
        double[] av = apply(a, v);
        double[] aw = apply(a, w);
        double size = 1 + 3 * Measure.norm(au) + Measure.norm(av);
        for (int i = 0; i < aw.length; i++) {
            assertThat(aw[i]).isCloseTo(3 * au[i] - 0.25 * av[i], within(100 * tolerance() * size));
        }
        assertThat(apply(a, new double[a.cols()])).containsOnly(0.0);
    }

    @Test
    void transposeSatisfiesItsIdentity() {
        LinearOperator a = operator();
        double[] y = Measure.random(a.rows(), 0x5eed08);
        double[] aty = Measure.nan(a.cols());
        if (!a.hasTranspose()) {
            assertThatThrownBy(() -> a.applyTranspose(y, aty)).isInstanceOf(UnsupportedOperationException.class);
            return;
        }
        double[] x = Measure.random(a.cols(), 0x5eed09);
        double[] ax = apply(a, x);
        a.applyTranspose(y, aty);
        double size = Measure.norm(ax) * Measure.norm(y) + Measure.norm(aty) * Measure.norm(x);
        assertThat(Measure.dot(ax, y)).isCloseTo(Measure.dot(x, aty), within(100 * tolerance() * size));
        double[][] dense = dense();
        double[][] transposed = new double[a.cols()][a.rows()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < a.cols(); j++) {
                transposed[j][i] = dense[i][j];
            }
        }
        assertClose(transposed, y, aty);
    }

    @Test
    void applyDotIsTheProductAndItsInnerProduct() {
        LinearOperator a = operator();
        if (a.rows() != a.cols()) {
            return; // the inner product has no meaning
        }
        double[] x = Measure.random(a.cols(), 0x5eed0a);
        double[] y = Measure.nan(a.rows());
        double dot = a.applyDot(x, y);
        assertClose(dense(), x, y);
        assertThat(dot)
                .isCloseTo(Measure.dot(x, y), within(100 * tolerance() * (1 + Measure.norm(x) * Measure.norm(y))));
    }

    @Test
    void residualIsTheDifferenceAndItsSquare() {
        LinearOperator a = operator();
        double[] x = Measure.random(a.cols(), 0x5eed0b);
        double[] b = Measure.random(a.rows(), 0x5eed0c);
        double[] r = Measure.nan(a.rows());
        double square = a.residual(b, x, r);
        double[] ax = apply(a, x);
        double size = 1 + Measure.norm(ax);
        for (int i = 0; i < r.length; i++) {
            assertThat(r[i]).isCloseTo(b[i] - ax[i], within(100 * tolerance() * size));
        }
        assertThat(square).isCloseTo(Measure.dot(r, r), within(100 * tolerance() * (1 + Measure.dot(r, r))));
    }

    @Test
    void applyBlockIsColumnAfterColumn() {
        LinearOperator a = operator();
        for (int count : new int[] {0, 1, 3}) {
            double[] x = Measure.random(count * a.cols(), 0x5eed0d);
            double[] y = Measure.nan(count * a.rows());
            a.applyBlock(count, x, y);
            for (int j = 0; j < count; j++) {
                double[] xj = Arrays.copyOfRange(x, j * a.cols(), (j + 1) * a.cols());
                double[] yj = Arrays.copyOfRange(y, j * a.rows(), (j + 1) * a.rows());
                assertClose(dense(), xj, yj);
            }
        }
    }

    @Test
    void notANumberInTheInputShows() {
        LinearOperator a = operator();
        double[] x = new double[a.cols()];
        Arrays.fill(x, Double.NaN);
        double[] y = apply(a, x);
        double[][] dense = dense();
        for (int i = 0; i < y.length; i++) {
            boolean empty = Arrays.stream(dense[i]).allMatch(v -> v == 0);
            assertThat(empty || Double.isNaN(y[i])).as("row %d", i).isTrue();
        }
    }

    @Test
    void bitsDoNotDependOnThreads() {
        double[][] expected = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                LinearOperator a = onThreads(pool);
                assumeTrue(a != null, "threads cannot be chosen");
                double[] x = Measure.random(a.cols(), 0x5eed0e);
                double[] y = apply(a, x);
                double[] r = Measure.nan(a.rows());
                double[] q = Measure.nan(a.rows());
                double square = a.residual(y, x, r);
                double dot = a.rows() == a.cols() ? a.applyDot(x, q) : 0;
                double[][] got = {y, r, q, {square, dot}};
                if (expected == null) {
                    expected = got;
                }
                for (int i = 0; i < got.length; i++) {
                    assertThat(got[i]).as("%d threads", threads).containsExactly(expected[i]);
                }
            }
        }
    }

    @Test
    void productsAllocateNothing() {
        LinearOperator a = operator();
        double[] x = Measure.random(a.cols(), 0x5eed0f);
        double[] y = new double[a.rows()];
        double[] r = new double[a.rows()];
        long bytes = Measure.allocated(3, () -> {
            for (int k = 0; k < 200; k++) {
                a.apply(x, y);
                a.residual(y, x, r);
                if (a.rows() == a.cols()) {
                    a.applyDot(x, y);
                }
            }
        });
        assertThat(bytes).as("bytes in 200 products").isLessThanOrEqualTo(256);
    }

    private static double[] apply(LinearOperator a, double[] x) {
        double[] y = Measure.nan(a.rows());
        a.apply(x, y);
        return y;
    }

    private void assertClose(double[][] dense, double[] x, double[] y) {
        for (int i = 0; i < dense.length; i++) {
            double size = 0;
            for (int j = 0; j < x.length; j++) {
                size += Math.abs(dense[i][j] * x[j]);
            }
            assertThat(y[i]).as("row %d", i).isCloseTo(Measure.dot(dense[i], x), within(tolerance() * size));
        }
    }
}
