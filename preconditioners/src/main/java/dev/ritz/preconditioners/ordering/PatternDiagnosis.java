package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * What the places of the entries say about a matrix, before any number is computed. Explicit zeros count as absent,
 * except for {@link #blockSize}, since block formats store them. What makes sense for a square matrix only is 0 for
 * another.
 *
 * @param rows number of rows
 * @param cols number of columns
 * @param entries stored entries, explicit zeros included
 * @param explicitZeros stored entries that are 0
 * @param emptyRows rows without a nonzero entry
 * @param emptyCols columns without a nonzero entry
 * @param zeroDiagonals zeros on the diagonal, stored or not
 * @param structuralRank the largest rank possible on this pattern
 * @param bandwidth max |i − j| over the entries
 * @param profile Σ_i (i − min{j ≤ i : a_ij ≠ 0 or a_ji ≠ 0}), the entries of a lower envelope without the diagonal
 * @param components connected components of the graph of A + Aᵀ
 * @param diagonalBlocks diagonal blocks of the block triangular form; 0 when A is structurally singular
 * @param largestBlock rows of the largest of them
 * @param patternSymmetry the share of off-diagonal entries a_ij with a_ji present too; 1 when there are none
 * @param blockSize the largest b ≤ 16 such that A consists of stored b×b blocks on an aligned grid; 1 when none
 */
public record PatternDiagnosis(
        int rows,
        int cols,
        int entries,
        int explicitZeros,
        int emptyRows,
        int emptyCols,
        int zeroDiagonals,
        int structuralRank,
        int bandwidth,
        long profile,
        int components,
        int diagonalBlocks,
        int largestBlock,
        double patternSymmetry,
        int blockSize) {
    private static final int MAX_BLOCK = 16;

    /**
     * Looks at a matrix.
     *
     * @param a any matrix; of its values only whether they are 0 matters
     * @return what there is to say
     */
    public static PatternDiagnosis of(CsrMatrix a) {
        SparsityPattern p = Nonzeros.of(a);
        MaximumTransversal matching = MaximumTransversal.of(p);
        boolean square = a.rows() == a.cols();
        boolean regular = square && matching.structuralRank() == a.rows();
        StrongComponents strong = regular ? StrongComponents.of(p, matching.rowOfColumn()) : new StrongComponents(0, 0);
        int present = 0;
        for (int k : p.diagonalPositions()) {
            present += k >= 0 ? 1 : 0;
        }
        return new PatternDiagnosis(
                a.rows(),
                a.cols(),
                a.nnz(),
                a.nnz() - p.nnz(),
                emptyRows(p),
                emptyCols(p),
                square ? a.rows() - present : 0,
                matching.structuralRank(),
                bandwidth(p),
                square ? profile(p) : 0,
                square ? Adjacency.of(p).components() : 0,
                strong.count(),
                strong.largest(),
                square ? symmetry(p) : 0,
                blockSize(a.pattern()));
    }

    private static int emptyRows(SparsityPattern p) {
        int empty = 0;
        for (int i = 0; i < p.rows(); i++) {
            empty += p.rowPtr()[i] == p.rowPtr()[i + 1] ? 1 : 0;
        }
        return empty;
    }

    private static int emptyCols(SparsityPattern p) {
        boolean[] seen = new boolean[p.cols()];
        int empty = p.cols();
        for (int k = 0; k < p.nnz(); k++) {
            int j = p.colIdx()[k];
            empty -= seen[j] ? 0 : 1;
            seen[j] = true;
        }
        return empty;
    }

    private static int bandwidth(SparsityPattern p) {
        int width = 0;
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowPtr()[i]; k < p.rowPtr()[i + 1]; k++) {
                width = Math.max(width, Math.abs(i - p.colIdx()[k]));
            }
        }
        return width;
    }

    private static long profile(SparsityPattern p) {
        int[] first = new int[p.rows()];
        Arrays.setAll(first, i -> i);
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowPtr()[i]; k < p.rowPtr()[i + 1]; k++) {
                int j = p.colIdx()[k];
                first[Math.max(i, j)] = Math.min(first[Math.max(i, j)], Math.min(i, j));
            }
        }
        long sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += i - first[i];
        }
        return sum;
    }

    private static double symmetry(SparsityPattern p) {
        long off = 0;
        long mirrored = 0;
        for (int i = 0; i < p.rows(); i++) {
            for (int k = p.rowPtr()[i]; k < p.rowPtr()[i + 1]; k++) {
                int j = p.colIdx()[k];
                if (j != i) {
                    off++;
                    mirrored += p.position(j, i) >= 0 ? 1 : 0;
                }
            }
        }
        return off == 0 ? 1 : (double) mirrored / off;
    }

    private static int blockSize(SparsityPattern p) {
        for (int b = MAX_BLOCK; b > 1; b--) {
            if (p.nnz() > 0 && p.rows() % b == 0 && p.cols() % b == 0 && inBlocks(p, b)) {
                return b;
            }
        }
        return 1;
    }

    private static boolean inBlocks(SparsityPattern p, int b) {
        int[] rowPtr = p.rowPtr();
        int[] colIdx = p.colIdx();
        for (int i = 0; i < p.rows(); i++) {
            int head = rowPtr[i - i % b];
            int length = rowPtr[i + 1] - rowPtr[i];
            if (length % b != 0 || length != rowPtr[i - i % b + 1] - head) {
                return false;
            }
            for (int k = 0; k < length; k++) {
                int j = colIdx[rowPtr[i] + k];
                boolean aligned = k % b == 0 ? j % b == 0 : j == colIdx[rowPtr[i] + k - 1] + 1;
                if (!aligned || j != colIdx[head + k]) {
                    return false;
                }
            }
        }
        return true;
    }
}
