package dev.ritz.preconditioners;

import dev.ritz.api.SparsityPattern;

/**
 * The symbolic part of a factorisation on the pattern of A: both strict triangles by rows, where their values come
 * from, and the levels of rows that do not wait for each other. It depends on the pattern alone, so a rebuild keeps it.
 */
final class TriangularPattern {
    /** Fewer rows than this a level on average: the hand-over between threads costs more than it saves. */
    private static final int ROWS_PER_LEVEL = 1500;

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

    /** One strict triangle, its rows in the order of the sweep. */
    static final class Sweep {
        /** Rows in the order of the sweep; null when that is ascending (lower) or descending (upper). */
        final int[] order;
        /** Level l holds the rows order[levels[l]] … order[levels[l + 1] − 1]; null when the sweep is serial. */
        final int[] levels;
        /** ptr[s] … ptr[s + 1] − 1: the entries of the row at place s of the sweep. */
        final int[] ptr;

        final int[] idx;
        /** Where in A the entry stands. */
        final int[] from;

        Sweep(SparsityPattern pattern, int[] diagonal, boolean lower) {
            int n = diagonal.length;
            int[] rowPtr = pattern.rowPtr();
            int[] colIdx = pattern.colIdx();
            int[] level = new int[n];
            int depth = 0;
            int nnz = 0;
            for (int s = 0; s < n; s++) {
                int i = lower ? s : n - 1 - s;
                int begin = lower ? rowPtr[i] : diagonal[i] + 1;
                int end = lower ? diagonal[i] : rowPtr[i + 1];
                int deepest = 0;
                for (int k = begin; k < end; k++) {
                    deepest = Math.max(deepest, level[colIdx[k]] + 1);
                }
                level[i] = deepest;
                depth = Math.max(depth, deepest + 1);
                nnz += end - begin;
            }
            boolean parallel = n > 0 && n / depth >= ROWS_PER_LEVEL;
            this.levels = parallel ? new int[depth + 1] : null;
            this.order = parallel ? byLevel(level, levels, lower) : null;
            this.ptr = new int[n + 1];
            this.idx = new int[nnz];
            this.from = new int[nnz];
            int at = 0;
            for (int s = 0; s < n; s++) {
                int i = order != null ? order[s] : lower ? s : n - 1 - s;
                int begin = lower ? rowPtr[i] : diagonal[i] + 1;
                int end = lower ? diagonal[i] : rowPtr[i + 1];
                for (int k = begin; k < end; k++) {
                    idx[at] = colIdx[k];
                    from[at++] = k;
                }
                ptr[s + 1] = at;
            }
        }

        private static int[] byLevel(int[] level, int[] levels, boolean ascending) {
            int n = level.length;
            for (int l : level) {
                levels[l + 1]++;
            }
            for (int l = 0; l < levels.length - 1; l++) {
                levels[l + 1] += levels[l];
            }
            int[] next = levels.clone();
            int[] order = new int[n];
            for (int s = 0; s < n; s++) {
                int i = ascending ? s : n - 1 - s;
                order[next[level[i]]++] = i;
            }
            return order;
        }

        long bytes() {
            return 4L * (ptr.length + 2L * idx.length) + (order == null ? 0 : 4L * (order.length + levels.length));
        }
    }
}
