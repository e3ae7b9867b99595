package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * The pattern of an incomplete factorisation with fill up to a level. An entry of A has level 0, and eliminating with
 * row k gives (i, j) the level lev(i, k) + lev(k, j) + 1 unless it has a lower one.
 *
 * <p>An entry has level l exactly when the shortest path from i to j whose inner vertices all come before both i and j
 * has l + 1 steps. So row i of U takes one search from i through vertices before i, and column j of L one in the
 * transposed graph; no row waits for another. Source: Hysom &amp; Pothen 2001, doi:10.1137/S1064827500376193 and
 * their report UCRL-JC-150789, Theorem 1.
 */
final class LevelFill {
    private static final int BLOCK = 4096;

    private LevelFill() {}

    /** The symbolic part of a factorisation with the fill of some levels, the whole diagonal included. */
    static TriangularPattern of(SparsityPattern a, int level, WorkerPool pool) {
        int n = a.rows();
        int depth = Math.min(level, n) + 1; // no shortest path is longer
        SparsityPattern upper = LimitedSearch.of(a, pool, depth, true, LimitedSearch.Keep.UPPER);
        SparsityPattern transposed = transposed(a);
        SparsityPattern columnsOfL = transposed.sameAs(a)
                ? upper
                : LimitedSearch.of(transposed, pool, depth, true, LimitedSearch.Keep.UPPER);
        return joined(columnsOfL, upper, a, level, pool);
    }

    /** The strict lower triangle given by columns, the diagonal, and the strict upper triangle given by rows. */
    static TriangularPattern joined(
            SparsityPattern columnsOfL, SparsityPattern upper, SparsityPattern origin, int level, WorkerPool pool) {
        int n = upper.rows();
        long entries = (long) columnsOfL.nnz() + n + upper.nnz();
        if (entries > LimitedSearch.MAX_ENTRIES) {
            throw LimitedSearch.tooLarge(LimitedSearch.MAX_ENTRIES);
        }
        int[] rowPtr = new int[n + 1];
        for (int k = 0; k < columnsOfL.nnz(); k++) {
            rowPtr[columnsOfL.colIdx()[k] + 1]++;
        }
        for (int i = 0; i < n; i++) {
            rowPtr[i + 1] += rowPtr[i] + 1 + upper.rowPtr()[i + 1] - upper.rowPtr()[i];
        }
        int[] colIdx = new int[(int) entries];
        int[] cursor = Arrays.copyOf(rowPtr, n);
        for (int j = 0; j < n; j++) {
            // all of row j of L is there by now, since its columns come before j
            int length = upper.rowPtr()[j + 1] - upper.rowPtr()[j];
            colIdx[cursor[j]] = j;
            System.arraycopy(upper.colIdx(), upper.rowPtr()[j], colIdx, cursor[j] + 1, length);
            for (int k = columnsOfL.rowPtr()[j]; k < columnsOfL.rowPtr()[j + 1]; k++) {
                colIdx[cursor[columnsOfL.colIdx()[k]]++] = j;
            }
        }
        return new TriangularPattern(origin, level, SparsityPattern.of(n, n, rowPtr, colIdx), cursor, pool);
    }

    /** A on a pattern that contains its own, zeros where it has no entry. */
    static CsrMatrix spread(CsrMatrix a, SparsityPattern onto) {
        double[] values = new double[onto.nnz()];
        int blocks = a.rows() / BLOCK + (a.rows() % BLOCK == 0 ? 0 : 1);
        a.pool().run(blocks, (p, from, to, block) -> spread(a, p, to, block), onto, null, values);
        return CsrMatrix.of(onto, values).on(a.pool());
    }

    private static void spread(CsrMatrix a, SparsityPattern onto, double[] values, int block) {
        int[] colIdx = a.colIdx();
        int[] filled = onto.colIdx();
        for (int i = block * BLOCK, to = i + Math.min(a.rows() - i, BLOCK); i < to; i++) {
            int at = onto.rowPtr()[i];
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                while (filled[at] < colIdx[k]) {
                    at++;
                }
                values[at] = a.values()[k];
            }
        }
    }

    /** The pattern of Aᵀ. */
    static SparsityPattern transposed(SparsityPattern a) {
        int[] rowPtr = new int[a.cols() + 1];
        for (int k = 0; k < a.nnz(); k++) {
            rowPtr[a.colIdx()[k] + 1]++;
        }
        for (int j = 0; j < a.cols(); j++) {
            rowPtr[j + 1] += rowPtr[j];
        }
        int[] cursor = Arrays.copyOf(rowPtr, a.cols());
        int[] colIdx = new int[a.nnz()];
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                colIdx[cursor[a.colIdx()[k]]++] = i;
            }
        }
        return SparsityPattern.of(a.cols(), a.rows(), rowPtr, colIdx);
    }
}
