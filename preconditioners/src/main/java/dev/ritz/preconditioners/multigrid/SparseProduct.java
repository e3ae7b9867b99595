package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * C = A B for sparse matrices, in two passes over blocks of rows: the pattern, which a product of new values keeps, and
 * the values. Each row is summed in the order of A's row, so the bits depend neither on threads nor on whether the
 * pattern was known.
 *
 * <p>Source: Gustavson 1978, doi:10.1145/355791.355796.
 */
final class SparseProduct {
    /** Rows per block. */
    static final int ROWS = 512;

    private SparseProduct() {}

    /** C = A B on the threads of A. */
    static CsrMatrix of(CsrMatrix a, CsrMatrix b) {
        SparsityPattern pattern = pattern(a.pattern(), b.pattern(), a.pool());
        return values(a, b, pattern);
    }

    /** Where A B has entries, rows sorted. */
    static SparsityPattern pattern(SparsityPattern a, SparsityPattern b, WorkerPool pool) {
        int[] colsOfA = a.colIdx();
        int[] startsOfA = a.rowPtr();
        int[] colsOfB = b.colIdx();
        int[] startsOfB = b.rowPtr();
        RowCollector.Row union = (i, marker, into) -> {
            for (int k = startsOfA[i]; k < startsOfA[i + 1]; k++) {
                int m = colsOfA[k];
                for (int l = startsOfB[m]; l < startsOfB[m + 1]; l++) {
                    int j = colsOfB[l];
                    if (marker[j] != i) {
                        marker[j] = i;
                        into.add(j);
                    }
                }
            }
        };
        return RowCollector.collect(a.rows(), b.cols(), union, pool);
    }

    /** The values of A B on its pattern. */
    static CsrMatrix values(CsrMatrix a, CsrMatrix b, SparsityPattern pattern) {
        double[] values = new double[pattern.nnz()];
        Markers markers = new Markers(b.cols());
        a.pool()
                .run(
                        blocks(a.rows()),
                        (on, x, y, block) -> {
                            int[] at = markers.take();
                            for (int i = block * ROWS, to = to(block, a.rows()); i < to; i++) {
                                row(a, b, pattern, i, at, values);
                            }
                            markers.give(at);
                        },
                        pattern,
                        null,
                        null);
        return CsrMatrix.of(pattern, values).on(a.pool());
    }

    private static void row(CsrMatrix a, CsrMatrix b, SparsityPattern pattern, int i, int[] at, double[] c) {
        int[] colIdx = pattern.colIdx();
        for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
            at[colIdx[k]] = k;
        }
        double[] va = a.values();
        int[] ca = a.colIdx();
        int[] rb = b.rowPtr();
        int[] cb = b.colIdx();
        double[] vb = b.values();
        for (int k = a.rowPtr()[i], end = a.rowPtr()[i + 1]; k < end; k++) {
            int m = ca[k];
            double aim = va[k];
            for (int l = rb[m], last = rb[m + 1]; l < last; l++) {
                c[at[cb[l]]] += aim * vb[l];
            }
        }
    }

    /** Aᵀ, by counting in a fixed number of parts, so that threads can share it. */
    static CsrMatrix transpose(CsrMatrix a) {
        int rows = a.rows();
        int cols = a.cols();
        int parts = (int) Math.min(8, 1 + a.nnz() / 65_536L);
        int[][] next = new int[parts][];
        WorkerPool pool = a.pool();
        int[] colIdx = a.colIdx();
        pool.run(
                parts,
                (on, x, y, part) -> {
                    int[] count = new int[cols];
                    int end = a.rowPtr()[cut(rows, part + 1, parts)];
                    for (int k = a.rowPtr()[cut(rows, part, parts)]; k < end; k++) {
                        count[colIdx[k]]++;
                    }
                    next[part] = count;
                },
                a,
                null,
                null);
        int[] ptr = new int[cols + 1];
        int total = 0;
        for (int j = 0; j < cols; j++) {
            for (int part = 0; part < parts; part++) {
                int count = next[part][j];
                next[part][j] = total;
                total += count;
            }
            ptr[j + 1] = total;
        }
        int[] idx = new int[total];
        double[] values = new double[total];
        pool.run(
                parts,
                (on, x, y, part) -> {
                    int[] at = next[part];
                    for (int i = cut(rows, part, parts), to = cut(rows, part + 1, parts); i < to; i++) {
                        for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                            int p = at[colIdx[k]]++;
                            idx[p] = i;
                            values[p] = a.values()[k];
                        }
                    }
                },
                a,
                null,
                null);
        return CsrMatrix.of(cols, rows, ptr, idx, values).on(pool);
    }

    private static int cut(int rows, int part, int parts) {
        return (int) ((long) rows * part / parts);
    }

    static int blocks(int rows) {
        return rows / ROWS + (rows % ROWS == 0 ? 0 : 1);
    }

    static int to(int block, int rows) {
        return Math.min(rows - block * ROWS, ROWS) + block * ROWS;
    }

    /** Arrays that blocks of a loop borrow: as many as threads work at once, each filled with −1 at first. */
    static final class Markers {
        private final int length;
        private int[][] free = new int[4][];
        private int count;

        Markers(int length) {
            this.length = length;
        }

        int[] take() {
            synchronized (this) {
                if (count > 0) {
                    return free[--count];
                }
            }
            int[] fresh = new int[length];
            Arrays.fill(fresh, -1);
            return fresh;
        }

        synchronized void give(int[] used) {
            if (count == free.length) {
                free = Arrays.copyOf(free, 2 * count);
            }
            free[count++] = used;
        }
    }

    /** Puts together a pattern whose rows blocks of a loop collect independently. */
    static final class RowCollector {
        private int[] columns = new int[8 * ROWS];
        private int size;

        /** Finds the columns of one row. */
        @FunctionalInterface
        interface Row {
            /** Adds each column of row i once; marker entries may become any number that names the row, 0 … rows − 1. */
            void columns(int i, int[] marker, RowCollector into);
        }

        private RowCollector() {}

        void add(int column) {
            if (size == columns.length) {
                columns = Arrays.copyOf(columns, size + size / 2);
            }
            columns[size++] = column;
        }

        static SparsityPattern collect(int rows, int cols, Row row, WorkerPool pool) {
            int blocks = blocks(rows);
            int[] rowPtr = new int[rows + 1]; // lengths first
            int[][] parts = new int[blocks][];
            Markers markers = new Markers(cols);
            pool.run(
                    blocks,
                    (on, x, y, block) -> {
                        int[] marker = markers.take();
                        RowCollector into = new RowCollector();
                        for (int i = block * ROWS, to = to(block, rows); i < to; i++) {
                            int begin = into.size;
                            row.columns(i, marker, into);
                            Arrays.sort(into.columns, begin, into.size);
                            rowPtr[i + 1] = into.size - begin;
                        }
                        parts[block] = Arrays.copyOf(into.columns, into.size);
                        markers.give(marker);
                    },
                    parts,
                    null,
                    null);
            long nnz = 0;
            for (int i = 0; i < rows; i++) {
                nnz += rowPtr[i + 1];
                if (nnz > Integer.MAX_VALUE - 8) {
                    throw new BuildException(
                            BuildException.Reason.TOO_LARGE,
                            -1,
                            "a product of the set-up has more than 2^31 - 9 entries",
                            "try a larger threshold");
                }
                rowPtr[i + 1] = (int) nnz;
            }
            int[] colIdx = new int[(int) nnz];
            pool.run(
                    blocks,
                    (on, x, y, block) ->
                            System.arraycopy(parts[block], 0, colIdx, rowPtr[block * ROWS], parts[block].length),
                    parts,
                    null,
                    null);
            return SparsityPattern.of(rows, cols, rowPtr, colIdx);
        }
    }
}
