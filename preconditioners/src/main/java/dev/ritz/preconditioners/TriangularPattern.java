package dev.ritz.preconditioners;

import dev.ritz.api.SparsityPattern;

/**
 * The symbolic part of a factorisation on the pattern of A: both strict triangles by rows, and where their values come
 * from. It depends on the pattern alone, so a rebuild keeps it.
 */
final class TriangularPattern {
    final SparsityPattern pattern;
    final int[] diagonal;
    final Sweep lower;
    final Sweep upper;

    TriangularPattern(SparsityPattern pattern, int[] diagonal) {
        this.pattern = pattern;
        this.diagonal = diagonal;
        this.lower = new Sweep(pattern, diagonal, true);
        this.upper = new Sweep(pattern, diagonal, false);
    }

    long bytes() {
        return 4L * diagonal.length + lower.bytes() + upper.bytes();
    }

    /** One strict triangle, its rows in the order of the sweep: ascending (lower) or descending (upper). */
    static final class Sweep {
        /** ptr[s] … ptr[s + 1] − 1: the entries of the row at place s of the sweep. */
        final int[] ptr;

        final int[] idx;
        /** Where in A the entry stands. */
        final int[] from;

        Sweep(SparsityPattern pattern, int[] diagonal, boolean lower) {
            int n = diagonal.length;
            int[] rowPtr = pattern.rowPtr();
            int[] colIdx = pattern.colIdx();
            int nnz = 0;
            for (int i = 0; i < n; i++) {
                nnz += lower ? diagonal[i] - rowPtr[i] : rowPtr[i + 1] - diagonal[i] - 1;
            }
            this.ptr = new int[n + 1];
            this.idx = new int[nnz];
            this.from = new int[nnz];
            int at = 0;
            for (int s = 0; s < n; s++) {
                int i = lower ? s : n - 1 - s;
                int begin = lower ? rowPtr[i] : diagonal[i] + 1;
                int end = lower ? diagonal[i] : rowPtr[i + 1];
                for (int k = begin; k < end; k++) {
                    idx[at] = colIdx[k];
                    from[at++] = k;
                }
                ptr[s + 1] = at;
            }
        }

        long bytes() {
            return 4L * (ptr.length + 2L * idx.length);
        }
    }
}
