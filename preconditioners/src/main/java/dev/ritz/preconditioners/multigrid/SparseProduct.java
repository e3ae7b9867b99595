package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.multigrid.RowBlocks.Borrowed;

/**
 * Products of sparse matrices for the coarse levels. Each row is summed in the order of the left factor's row, so the
 * bits depend neither on threads nor on whether the pattern of the product was known.
 *
 * <p>Source: Gustavson 1978, doi:10.1145/355791.355796, row by row.
 */
final class SparseProduct {
    private SparseProduct() {}

    /**
     * Pᵀ A P.
     *
     * @param pt the transpose of {@code p}
     * @param pattern where the product has entries, or null where that is not known
     */
    static CsrMatrix galerkin(CsrMatrix a, CsrMatrix p, CsrMatrix pt, SparsityPattern pattern) {
        int[] colsOfA = a.colIdx();
        double[] valuesOfA = a.values();
        int[] startsOfP = p.rowPtr();
        RowBlocks ap = RowBlocks.of(
                a.rows(),
                p.cols(),
                false,
                (i, row) -> {
                    for (int k = a.rowPtr()[i], end = a.rowPtr()[i + 1]; k < end; k++) {
                        int j = colsOfA[k];
                        row.add(valuesOfA[k], p.colIdx(), p.values(), startsOfP[j], startsOfP[j + 1]);
                    }
                },
                a.pool());
        if (pattern != null) {
            return onPattern(pt, ap, pattern);
        }
        return RowBlocks.of(
                        pt.rows(),
                        p.cols(),
                        true,
                        (i, row) -> {
                            for (int k = pt.rowPtr()[i], end = pt.rowPtr()[i + 1]; k < end; k++) {
                                int j = pt.colIdx()[k];
                                int block = j / RowBlocks.ROWS;
                                int[] start = ap.starts[block];
                                int from = start[j % RowBlocks.ROWS];
                                int to = start[j % RowBlocks.ROWS + 1];
                                row.add(pt.values()[k], ap.columns[block], ap.values[block], from, to);
                            }
                        },
                        a.pool())
                .toMatrix();
    }

    /**
     * About how many entries Pᵀ A P has, from some of its rows.
     *
     * @param samples how many rows are counted, evenly spread
     */
    static double estimate(CsrMatrix a, CsrMatrix p, CsrMatrix pt, int samples) {
        int rows = pt.rows();
        int count = Math.min(rows, samples);
        int[] seen = new int[p.cols()];
        long entries = 0;
        for (int s = 1; s <= count; s++) {
            int row = (int) ((long) rows * (s - 1) / count);
            for (int i = pt.rowPtr()[row]; i < pt.rowPtr()[row + 1]; i++) {
                int fine = pt.colIdx()[i];
                for (int k = a.rowPtr()[fine]; k < a.rowPtr()[fine + 1]; k++) {
                    int j = a.colIdx()[k];
                    for (int l = p.rowPtr()[j]; l < p.rowPtr()[j + 1]; l++) {
                        int col = p.colIdx()[l];
                        entries += seen[col] == s ? 0 : 1;
                        seen[col] = s;
                    }
                }
            }
        }
        return count == 0 ? 0 : (double) entries / count * rows;
    }

    private static CsrMatrix onPattern(CsrMatrix pt, RowBlocks ap, SparsityPattern pattern) {
        double[] values = new double[pattern.nnz()];
        Borrowed<int[]> places = new Borrowed<>(() -> new int[pattern.cols()]);
        pt.pool()
                .run(
                        RowBlocks.blocks(pt.rows()),
                        (on, x, y, block) -> {
                            int[] at = places.take();
                            for (int i = block * RowBlocks.ROWS, to = RowBlocks.to(block, on.rows()); i < to; i++) {
                                row(on, ap, pattern, i, at, values);
                            }
                            places.give(at);
                        },
                        pt,
                        null,
                        null);
        return CsrMatrix.of(pattern, values).on(pt.pool());
    }

    private static void row(CsrMatrix pt, RowBlocks ap, SparsityPattern pattern, int i, int[] at, double[] c) {
        int[] colIdx = pattern.colIdx();
        for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
            at[colIdx[k]] = k;
        }
        for (int k = pt.rowPtr()[i], end = pt.rowPtr()[i + 1]; k < end; k++) {
            int j = pt.colIdx()[k];
            int[] start = ap.starts[j / RowBlocks.ROWS];
            int[] cols = ap.columns[j / RowBlocks.ROWS];
            double[] v = ap.values[j / RowBlocks.ROWS];
            double factor = pt.values()[k];
            for (int l = start[j % RowBlocks.ROWS], last = start[j % RowBlocks.ROWS + 1]; l < last; l++) {
                c[at[cols[l]]] += factor * v[l];
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
                    int end = on.rowPtr()[cut(rows, part + 1, parts)];
                    for (int k = on.rowPtr()[cut(rows, part, parts)]; k < end; k++) {
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
                        for (int k = on.rowPtr()[i]; k < on.rowPtr()[i + 1]; k++) {
                            int p = at[colIdx[k]]++;
                            idx[p] = i;
                            values[p] = on.values()[k];
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
}
