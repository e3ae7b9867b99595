package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Objects;

/**
 * A matrix in a format of its own, made from a {@link CsrMatrix} once and immutable afterwards.
 *
 * <p>Each row is summed in ascending column order from zero, so for a finite x every format gives the bits of
 * {@link CsrMatrix#apply} and {@link CsrMatrix#residual} (where those give a zero, its sign may differ). Entries that
 * only fill a block or a diagonal are zeros; such a zero times an infinite x is NaN. Inner products and square sums are
 * taken over blocks of rows in fixed order: their bits depend on the format, not on the number of threads. Instances
 * may be shared between threads.
 */
public abstract sealed class FormattedMatrix implements LinearOperator permits DiagonalMatrix, SellMatrix, BlockMatrix {
    /** With fewer stored values than this a product runs on the calling thread alone. */
    private static final int SERIAL_BELOW = 50_000;

    private static final WorkerPool.BlockKernel<FormattedMatrix> APPLY =
            (a, x, y, block) -> a.accumulate(block, true, x, 0, y, 0);
    private static final WorkerPool.BlockSum<FormattedMatrix> APPLY_DOT = FormattedMatrix::applyDotBlock;
    private static final WorkerPool.BlockKernel<FormattedMatrix> NEGATE = FormattedMatrix::negateBlock;
    private static final WorkerPool.BlockSum<FormattedMatrix> RESIDUAL = FormattedMatrix::residualBlock;
    private static final WorkerPool.BlockKernel<Several> SEVERAL = FormattedMatrix::severalBlock;

    private final SparsityPattern pattern;
    private final WorkerPool pool;
    private final int blockRows;
    private final int blocks;
    private final boolean serial;
    private Several several = new Several(this, 0); // the last used; immutable, so a race costs an object at most

    /** A matrix and for how many vectors at once it is asked. */
    private record Several(FormattedMatrix a, int count) {}

    FormattedMatrix(SparsityPattern pattern, WorkerPool pool, int blockRows, long stored) {
        this.pattern = pattern;
        this.pool = Objects.requireNonNull(pool, "pool");
        this.blockRows = blockRows;
        int rows = pattern.rows();
        this.blocks = rows / blockRows + (rows % blockRows == 0 ? 0 : 1);
        this.serial = stored < SERIAL_BELOW;
    }

    // ---------------------------------------------------------------- what a format has to say

    /** {@return the bytes of its arrays, those of vectors not counted} */
    public abstract long bytes();

    /**
     * The same matrix with its products on other threads.
     *
     * @param workers the threads
     * @return a matrix that shares everything with this one
     */
    public abstract FormattedMatrix on(WorkerPool workers);

    /**
     * The values of another matrix in the same layout, which is not worked out again.
     *
     * @param a a matrix with the pattern this one was made from
     * @return a matrix that shares the layout
     * @throws IllegalArgumentException when the pattern is another
     */
    public abstract FormattedMatrix withValues(CsrMatrix a);

    /**
     * y ← y + A x in the rows of one block, or y ← A x when {@code clear}.
     *
     * @param xShift where x begins in its array
     * @param yShift where y begins in its array
     */
    abstract void accumulate(int block, boolean clear, double[] x, int xShift, double[] y, int yShift);

    // ---------------------------------------------------------------- what all have in common

    @Override
    public final int rows() {
        return pattern.rows();
    }

    @Override
    public final int cols() {
        return pattern.cols();
    }

    /** {@return the pattern the matrix was made from} */
    public final SparsityPattern pattern() {
        return pattern;
    }

    /** {@return the threads of its products} */
    public final WorkerPool pool() {
        return pool;
    }

    /** {@return the number of blocks of rows, the shares of a parallel product} */
    public final int blocks() {
        return blocks;
    }

    /**
     * The first row of a block.
     *
     * @param block from 0 to blocks − 1
     * @return its first row
     */
    public final int from(int block) {
        return block * blockRows;
    }

    /**
     * The end of a block.
     *
     * @param block from 0 to blocks − 1
     * @return the row behind its last
     */
    public final int to(int block) {
        return Math.min(rows() - from(block), blockRows) + from(block); // from + blockRows may overflow
    }

    /**
     * y ← A x in the rows of one block, on the calling thread: for loops that do more to a block while it is in the cache.
     * Nothing is checked.
     *
     * @param block from 0 to blocks − 1
     * @param x input, unchanged
     * @param y overwritten from the first row of the block to its last; not the same array as {@code x}
     */
    public final void applyRows(int block, double[] x, double[] y) {
        accumulate(block, true, x, 0, y, 0);
    }

    @Override
    public final void apply(double[] x, double[] y) {
        checkLength("x", x, cols(), "cols");
        checkLength("y", y, rows(), "rows");
        checkDistinct(x, y);
        run(blocks, APPLY, this, x, y);
    }

    @Override
    public final double applyDot(double[] x, double[] y) {
        checkLength("x", x, cols(), "cols");
        checkLength("y", y, rows(), "rows");
        checkDistinct(x, y);
        if (rows() != cols()) {
            throw new IllegalArgumentException(
                    "the matrix is " + rows() + " by " + cols() + ", expected a square one for x'Ax");
        }
        return sum(APPLY_DOT, x, y);
    }

    @Override
    public final double residual(double[] b, double[] x, double[] r) {
        checkLength("b", b, rows(), "rows");
        checkLength("x", x, cols(), "cols");
        checkLength("r", r, rows(), "rows");
        checkDistinct(b, r);
        checkDistinct(x, r);
        run(blocks, NEGATE, this, b, r);
        return sum(RESIDUAL, x, r);
    }

    @Override
    public final boolean hasTranspose() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Runs on the calling thread: rows scatter into y.
     */
    @Override
    public abstract void applyTranspose(double[] x, double[] y);

    /**
     * {@inheritDoc}
     *
     * <p>One pass over A serves all vectors: a block of rows stays in the cache from one to the next.
     */
    @Override
    public final void applyBlock(int count, double[] x, double[] y) {
        if (count < 0) {
            throw new IllegalArgumentException("count = " + count + ", expected at least 0");
        }
        checkBlock("x", x, count, cols(), "cols");
        checkBlock("y", y, count, rows(), "rows");
        checkDistinct(x, y);
        Several on = several;
        if (on.count() != count) {
            on = new Several(this, count);
            several = on;
        }
        run(blocks, SEVERAL, on, x, y);
    }

    final void checkTransposed(double[] x, double[] y) {
        checkLength("x", x, rows(), "rows");
        checkLength("y", y, cols(), "cols");
        checkDistinct(x, y);
    }

    final void checkPattern(CsrMatrix a) {
        if (!pattern.sameAs(a.pattern())) {
            throw new IllegalArgumentException(
                    "a has the " + a.pattern() + ", expected the one this format was made from, " + pattern);
        }
    }

    private <C> void run(int count, WorkerPool.BlockKernel<C> kernel, C on, double[] x, double[] y) {
        if (serial) {
            for (int block = 0; block < count; block++) {
                kernel.run(on, x, y, block);
            }
        } else {
            pool.run(count, kernel, on, x, y);
        }
    }

    private double sum(WorkerPool.BlockSum<FormattedMatrix> kernel, double[] x, double[] y) {
        if (!serial) {
            return pool.sum(blocks, kernel, this, x, y);
        }
        double total = 0;
        for (int block = 0; block < blocks; block++) {
            total += kernel.run(this, x, y, block);
        }
        return total;
    }

    private static double applyDotBlock(FormattedMatrix a, double[] x, double[] y, int block) {
        a.accumulate(block, true, x, 0, y, 0);
        return dot(x, y, a.from(block), a.to(block)); // both still in a near cache
    }

    private static void negateBlock(FormattedMatrix a, double[] b, double[] r, int block) {
        for (int i = a.from(block), to = a.to(block); i < to; i++) {
            r[i] = -b[i];
        }
    }

    // r ← −(−b + A x): the same roundings as b − A x, and one kernel serves products and residuals
    private static double residualBlock(FormattedMatrix a, double[] x, double[] r, int block) {
        a.accumulate(block, false, x, 0, r, 0);
        int from = a.from(block);
        int to = a.to(block);
        for (int i = from; i < to; i++) {
            r[i] = 0.0 - r[i]; // not −r: a zero residual is +0
        }
        return dot(r, r, from, to);
    }

    private static void severalBlock(Several on, double[] x, double[] y, int block) {
        FormattedMatrix a = on.a();
        for (int j = 0; j < on.count(); j++) {
            a.accumulate(block, true, x, j * a.cols(), y, j * a.rows());
        }
    }

    /** Four accumulators: the compiler keeps the order of a floating-point sum, so one would wait on itself. */
    private static double dot(double[] x, double[] y, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void checkBlock(String name, double[] v, int count, int n, String what) {
        if (v.length < (long) count * n) {
            throw new IllegalArgumentException(name + " has length " + v.length + ", expected at least count * " + what
                    + " = " + (long) count * n);
        }
    }

    private static void checkLength(String name, double[] v, int n, String what) {
        if (v.length < n) {
            throw new IllegalArgumentException(
                    name + " has length " + v.length + ", expected at least " + what + " = " + n);
        }
    }

    private static void checkDistinct(double[] x, double[] y) {
        if (x == y && y.length > 0) {
            throw new IllegalArgumentException("input and output are the same array, expected distinct ones");
        }
    }
}
