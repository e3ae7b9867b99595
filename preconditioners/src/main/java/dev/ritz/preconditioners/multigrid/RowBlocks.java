package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * The rows of a sparse matrix as threads compute them: by blocks of {@value #ROWS}, each with arrays of its own, so that
 * nothing has to be counted in advance.
 */
final class RowBlocks {
    /** Rows per block. */
    static final int ROWS = 512;

    private final int rows;
    private final int cols;
    private final WorkerPool pool;
    /** Of each block: where its rows begin, their columns and their values. */
    final int[][] starts;

    final int[][] columns;
    final double[][] values;

    /** Computes a row. */
    @FunctionalInterface
    interface Rule {
        /** Adds what row i consists of; called once a row, from any thread. */
        void row(int i, Accumulator into);
    }

    private RowBlocks(int rows, int cols, WorkerPool pool) {
        this.rows = rows;
        this.cols = cols;
        this.pool = pool;
        int blocks = blocks(rows);
        this.starts = new int[blocks][];
        this.columns = new int[blocks][];
        this.values = new double[blocks][];
    }

    static int blocks(int rows) {
        return rows / ROWS + (rows % ROWS == 0 ? 0 : 1);
    }

    static int to(int block, int rows) {
        return Math.min(rows - block * ROWS, ROWS) + block * ROWS;
    }

    /**
     * Computes all rows.
     *
     * @param sorted whether their columns must increase
     */
    static RowBlocks of(int rows, int cols, boolean sorted, Rule rule, WorkerPool pool) {
        RowBlocks all = new RowBlocks(rows, cols, pool);
        Borrowed<Accumulator> accumulators = new Borrowed<>(() -> new Accumulator(cols));
        pool.run(
                all.starts.length,
                (on, x, y, block) -> {
                    Accumulator into = accumulators.take();
                    on.compute(block, sorted, rule, into);
                    accumulators.give(into);
                },
                all,
                null,
                null);
        return all;
    }

    private void compute(int block, boolean sorted, Rule rule, Accumulator into) {
        int from = block * ROWS;
        int to = to(block, rows);
        int[] start = new int[to - from + 1];
        into.startBlock();
        for (int i = from; i < to; i++) {
            into.begin = into.size;
            rule.row(i, into);
            into.endRow(sorted);
            start[i - from + 1] = into.size;
        }
        starts[block] = start;
        columns[block] = Arrays.copyOf(into.columns, into.size);
        values[block] = Arrays.copyOf(into.values, into.size);
    }

    /** The blocks one after the other; their rows must be sorted. */
    CsrMatrix toMatrix() {
        int[] rowPtr = new int[rows + 1];
        long nnz = 0;
        for (int block = 0; block < starts.length; block++) {
            for (int k = 1; k < starts[block].length; k++) {
                rowPtr[block * ROWS + k] = (int) nnz + starts[block][k];
            }
            nnz += columns[block].length;
            if (nnz > Integer.MAX_VALUE - 8) {
                throw new BuildException(
                        BuildException.Reason.TOO_LARGE,
                        -1,
                        "a matrix of the hierarchy has more than 2^31 - 9 entries",
                        "try a larger threshold");
            }
        }
        int[] colIdx = new int[(int) nnz];
        double[] all = new double[(int) nnz];
        pool.run(
                starts.length,
                (on, x, y, block) -> {
                    int at = rowPtr[block * ROWS];
                    System.arraycopy(on.columns[block], 0, colIdx, at, on.columns[block].length);
                    System.arraycopy(on.values[block], 0, all, at, on.values[block].length);
                },
                this,
                null,
                null);
        return CsrMatrix.of(rows, cols, rowPtr, colIdx, all).on(pool);
    }

    /** Sums up one row after the other. Entries are summed in the order they come in, starting from zero. */
    static final class Accumulator {
        /** When positions are counted from 0 again. */
        private static final int RESTART = 1 << 30;

        /** Where a column stands, counted over all blocks; below base + begin when it is not in this row. */
        private final int[] place;

        private int[] columns = new int[16 * ROWS];
        private double[] values = new double[16 * ROWS];
        private int base;
        private int begin;
        private int size;

        private Accumulator(int cols) {
            place = new int[cols];
            Arrays.fill(place, -1);
        }

        private void startBlock() {
            base += size;
            size = 0;
            if (base > RESTART) {
                Arrays.fill(place, -1);
                base = 0;
            }
        }

        /** Adds to one entry. */
        void add(int column, double value) {
            int at = place[column] - base;
            if (at < begin) {
                at = append(column);
            }
            values[at] += value;
        }

        /** Adds a multiple of a row that lies in arrays. */
        void add(double factor, int[] cols, double[] v, int from, int to) {
            int[] places = place;
            double[] sums = values;
            int first = base + begin;
            int shift = base;
            for (int k = from; k < to; k++) {
                int at = places[cols[k]];
                if (at < first) {
                    at = append(cols[k]) + shift;
                    sums = values;
                }
                sums[at - shift] += factor * v[k];
            }
        }

        private int append(int column) {
            if (size == columns.length) {
                columns = Arrays.copyOf(columns, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            columns[size] = column;
            values[size] = 0;
            place[column] = base + size;
            return size++;
        }

        private void endRow(boolean sorted) {
            for (int k = begin + 1; sorted && k < size; k++) { // rows are short, and mostly in order
                int column = columns[k];
                double value = values[k];
                int j = k - 1;
                for (; j >= begin && columns[j] > column; j--) {
                    columns[j + 1] = columns[j];
                    values[j + 1] = values[j];
                }
                columns[j + 1] = column;
                values[j + 1] = value;
            }
        }
    }

    /**
     * Scratch memory that blocks of a loop borrow: as many pieces as threads work at once.
     *
     * @param <T> the scratch memory
     */
    static final class Borrowed<T> {
        private final java.util.function.Supplier<T> fresh;
        private final java.util.ArrayDeque<T> free = new java.util.ArrayDeque<>();

        Borrowed(java.util.function.Supplier<T> fresh) {
            this.fresh = fresh;
        }

        T take() {
            synchronized (this) {
                if (!free.isEmpty()) {
                    return free.pop();
                }
            }
            return fresh.get();
        }

        synchronized void give(T used) {
            free.push(used);
        }
    }
}
