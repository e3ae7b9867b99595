package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Precision;

/**
 * A matrix as the cycle reads it: block of rows by block of rows, so that a loop can prepare and finish the rows of a
 * product while they are in the cache.
 */
abstract class BlockRows {
    /** With fewer entries than this a loop runs on the calling thread alone. */
    private static final int SERIAL_BELOW = 60_000;
    /** Rows per block of compressed rows. */
    private static final int ROWS = 1024;

    private final WorkerPool pool;
    private final boolean serial;

    private BlockRows(WorkerPool pool, int nnz) {
        this.pool = pool;
        this.serial = nnz < SERIAL_BELOW;
    }

    /** The format that pays for a matrix that is read many times. */
    static BlockRows choose(CsrMatrix a, Precision precision) {
        return FormatChoice.choose(a).operator() instanceof FormattedMatrix m
                ? new Formatted(m, a.nnz())
                : of(a, precision);
    }

    /** Compressed rows; in double they share the arrays of the matrix. */
    static Compressed of(CsrMatrix a, Precision precision) {
        return precision == Precision.FLOAT ? new Floats(a) : new Doubles(a);
    }

    abstract int rows();

    abstract int blocks();

    abstract int from(int block);

    abstract int to(int block);

    /** y ← A x in the rows of a block. */
    abstract void set(int block, double[] x, double[] y);

    /** The bytes this holds beyond the matrix it was made from. */
    abstract long bytes();

    /** Runs a loop over all blocks. */
    final <C> void run(WorkerPool.BlockKernel<C> kernel, C on, double[] x, double[] y) {
        if (serial) {
            for (int block = 0, blocks = blocks(); block < blocks; block++) {
                kernel.run(on, x, y, block);
            }
        } else {
            pool.run(blocks(), kernel, on, x, y);
        }
    }

    /** A format from the core. */
    private static final class Formatted extends BlockRows {
        private final FormattedMatrix m;

        Formatted(FormattedMatrix m, int nnz) {
            super(m.pool(), nnz);
            this.m = m;
        }

        @Override
        int rows() {
            return m.rows();
        }

        @Override
        int blocks() {
            return m.blocks();
        }

        @Override
        int from(int block) {
            return m.from(block);
        }

        @Override
        int to(int block) {
            return m.to(block);
        }

        @Override
        void set(int block, double[] x, double[] y) {
            m.applyRows(block, x, y);
        }

        @Override
        long bytes() {
            return m.bytes();
        }
    }

    /** Compressed rows. */
    abstract static class Compressed extends BlockRows {
        final int[] rowPtr;
        final int[] colIdx;

        private Compressed(CsrMatrix a) {
            super(a.pool(), a.nnz());
            rowPtr = a.rowPtr();
            colIdx = a.colIdx();
        }

        /** y ← y + A x in the rows of a block. */
        abstract void add(int block, double[] x, double[] y);

        @Override
        final void set(int block, double[] x, double[] y) {
            java.util.Arrays.fill(y, from(block), to(block), 0);
            add(block, x, y);
        }

        @Override
        final int rows() {
            return rowPtr.length - 1;
        }

        @Override
        final int blocks() {
            return rows() / ROWS + (rows() % ROWS == 0 ? 0 : 1);
        }

        @Override
        final int from(int block) {
            return block * ROWS;
        }

        @Override
        final int to(int block) {
            return Math.min(rows() - block * ROWS, ROWS) + block * ROWS;
        }
    }

    // four accumulators: the compiler keeps the order of a sum, so one would wait on itself

    private static final class Doubles extends Compressed {
        private final double[] values;

        private Doubles(CsrMatrix a) {
            super(a);
            values = a.values();
        }

        @Override
        void add(int block, double[] x, double[] y) {
            int[] ptr = rowPtr;
            int[] col = colIdx;
            double[] v = values;
            int k = ptr[from(block)];
            for (int i = from(block), to = to(block); i < to; i++) {
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                double s3 = 0;
                int end = ptr[i + 1];
                for (; k < end - 3; k += 4) {
                    s0 += v[k] * x[col[k]];
                    s1 += v[k + 1] * x[col[k + 1]];
                    s2 += v[k + 2] * x[col[k + 2]];
                    s3 += v[k + 3] * x[col[k + 3]];
                }
                for (; k < end; k++) {
                    s0 += v[k] * x[col[k]];
                }
                y[i] += s0 + s1 + (s2 + s3);
            }
        }

        @Override
        long bytes() {
            return 0;
        }
    }

    private static final class Floats extends Compressed {
        private final float[] values;
        /** What the values are multiplied by: a power of 2, so that the largest is a float. */
        private final double unit;

        private Floats(CsrMatrix a) {
            super(a);
            values = new float[a.nnz()];
            double largest = 0;
            for (int k = 0; k < values.length; k++) {
                largest = Math.max(largest, Math.abs(a.values()[k]));
            }
            int exponent = Math.max(Math.getExponent(largest), Double.MIN_EXPONENT);
            unit = Math.scalb(1.0, exponent);
            double inverse = Math.scalb(1.0, -exponent);
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) (a.values()[k] * inverse);
            }
        }

        @Override
        void add(int block, double[] x, double[] y) {
            int[] ptr = rowPtr;
            int[] col = colIdx;
            float[] v = values;
            int k = ptr[from(block)];
            for (int i = from(block), to = to(block); i < to; i++) {
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                double s3 = 0;
                int end = ptr[i + 1];
                for (; k < end - 3; k += 4) {
                    s0 += v[k] * x[col[k]];
                    s1 += v[k + 1] * x[col[k + 1]];
                    s2 += v[k + 2] * x[col[k + 2]];
                    s3 += v[k + 3] * x[col[k + 3]];
                }
                for (; k < end; k++) {
                    s0 += v[k] * x[col[k]];
                }
                y[i] += unit * (s0 + s1 + (s2 + s3));
            }
        }

        @Override
        long bytes() {
            return 4L * values.length;
        }
    }
}
