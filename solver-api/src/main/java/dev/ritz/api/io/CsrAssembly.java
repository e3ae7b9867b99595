package dev.ritz.api.io;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Blocks of entries to compressed rows by counting: one pass counts the entries of each row, one puts them in place. Both
 * run over groups of consecutive blocks, each group with counters of its own, so that a row keeps its entries in file
 * order whatever the number of threads; duplicates are therefore added in file order. Rows that come out sorted, as they
 * do from files sorted by row or by column, are not touched again.
 */
final class CsrAssembly {
    private static final int ROWS_PER_BLOCK = 1 << 14;
    private static final int LEAST_PARALLEL = 1 << 17;

    private final int rows;
    private final int cols;
    private final Symmetry symmetry;
    private final EntryBlock[] blocks;
    private final WorkerPool pool;

    private int[] firstBlock;
    private int[][] next;
    private int[] rowPtr;
    private int[] colIdx;
    private double[] values;
    private final AtomicBoolean duplicates = new AtomicBoolean();

    CsrAssembly(int rows, int cols, Symmetry symmetry, EntryBlock[] blocks, WorkerPool pool) {
        this.rows = rows;
        this.cols = cols;
        this.symmetry = symmetry;
        this.blocks = blocks;
        this.pool = pool;
    }

    /** Entries after mirroring. */
    static long expanded(EntryBlock[] blocks, Symmetry symmetry) {
        long n = 0;
        for (EntryBlock block : blocks) {
            n += block.count;
            if (symmetry != Symmetry.GENERAL) {
                for (int k = 0; k < block.count; k++) {
                    n += block.rowIdx[k] != block.colIdx[k] ? 1 : 0;
                }
            }
        }
        return n;
    }

    /** The matrix; the blocks hold at most as many entries after mirroring as an array has elements. */
    CsrMatrix assemble(int nnz) {
        int groups = nnz < LEAST_PARALLEL ? 1 : Math.min(pool.threads(), Math.max(1, blocks.length));
        groups = (int) Math.min(groups, Math.max(1, nnz / Math.max(1L, rows)));
        firstBlock = new int[groups + 1];
        for (int g = 0; g <= groups; g++) {
            firstBlock[g] = (int) ((long) blocks.length * g / groups);
        }
        next = new int[groups][];
        pool.run(groups, (a, v, w, g) -> a.count(g), this, null, null);
        rowPtr = new int[rows + 1];
        int position = 0;
        for (int i = 0; i < rows; i++) {
            rowPtr[i] = position;
            for (int[] counts : next) {
                int c = counts[i];
                counts[i] = position;
                position += c;
            }
        }
        rowPtr[rows] = position;
        colIdx = new int[nnz];
        values = new double[nnz];
        pool.run(groups, (a, v, w, g) -> a.place(g), this, null, null);
        next = null;
        int ranges = (int) (((long) rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK);
        pool.run(ranges, (a, v, w, r) -> a.sortRows(r), this, null, null);
        if (duplicates.get()) {
            addDuplicates();
        }
        return CsrMatrix.of(rows, cols, rowPtr, colIdx, values);
    }

    private void count(int group) {
        int[] counts = new int[rows];
        boolean mirror = symmetry != Symmetry.GENERAL;
        for (int b = firstBlock[group]; b < firstBlock[group + 1]; b++) {
            EntryBlock block = blocks[b];
            int[] i = block.rowIdx;
            int[] j = block.colIdx;
            for (int k = 0; k < block.count; k++) {
                counts[i[k]]++;
                if (mirror && i[k] != j[k]) {
                    counts[j[k]]++;
                }
            }
        }
        next[group] = counts;
    }

    private void place(int group) {
        final int[] to = next[group];
        final int[] toCol = colIdx;
        final double[] toValue = values;
        boolean mirror = symmetry != Symmetry.GENERAL;
        double sign = symmetry == Symmetry.SKEW_SYMMETRIC ? -1 : 1;
        for (int b = firstBlock[group]; b < firstBlock[group + 1]; b++) {
            EntryBlock block = blocks[b];
            blocks[b] = null; // its memory may go
            int[] rowIdx = block.rowIdx;
            int[] from = block.colIdx;
            for (int k = 0; k < block.count; k++) {
                int i = rowIdx[k];
                int j = from[k];
                double value = block.value(k);
                int at = to[i]++;
                toCol[at] = j;
                toValue[at] = value;
                if (mirror && i != j) {
                    at = to[j]++;
                    toCol[at] = i;
                    toValue[at] = sign * value;
                }
            }
        }
    }

    private void sortRows(int range) {
        int last = (int) Math.min(rows, (range + 1L) * ROWS_PER_BLOCK);
        boolean repeated = false;
        for (int i = range * ROWS_PER_BLOCK; i < last; i++) {
            int from = rowPtr[i];
            int to = rowPtr[i + 1];
            boolean sorted = true;
            for (int k = from + 1; k < to; k++) {
                sorted &= colIdx[k - 1] <= colIdx[k];
                repeated |= colIdx[k - 1] == colIdx[k];
            }
            if (!sorted) {
                repeated |= sortRow(from, to);
            }
        }
        if (repeated) {
            duplicates.set(true);
        }
    }

    /** Sorts a row by column, entries of one column in their order; returns whether there are such. */
    private boolean sortRow(int from, int to) {
        int n = to - from;
        long[] keys = new long[n];
        double[] row = Arrays.copyOfRange(values, from, to);
        for (int k = 0; k < n; k++) {
            keys[k] = (long) colIdx[from + k] << 32 | k;
        }
        Arrays.sort(keys);
        boolean repeated = false;
        for (int k = 0; k < n; k++) {
            colIdx[from + k] = (int) (keys[k] >>> 32);
            values[from + k] = row[(int) keys[k]];
            repeated |= k > 0 && colIdx[from + k] == colIdx[from + k - 1];
        }
        return repeated;
    }

    private void addDuplicates() {
        int to = 0;
        int from = 0;
        for (int i = 0; i < rows; i++) {
            int last = rowPtr[i + 1];
            int first = to;
            for (; from < last; from++) {
                if (to > first && colIdx[to - 1] == colIdx[from]) {
                    values[to - 1] += values[from];
                } else {
                    colIdx[to] = colIdx[from];
                    values[to++] = values[from];
                }
            }
            rowPtr[i + 1] = to;
        }
        colIdx = Arrays.copyOf(colIdx, to);
        values = Arrays.copyOf(values, to);
    }

    /**
     * In a file that should store one triangle: the first entry, counted over all blocks, whose mirror image an earlier
     * line stores, or −1.
     */
    static long firstMirrored(EntryBlock[] blocks, int n) {
        boolean lower = false;
        boolean upper = false;
        for (EntryBlock block : blocks) {
            lower |= block.lower;
            upper |= block.upper;
        }
        if (!(lower && upper)) {
            return -1;
        }
        int[] ptr = new int[n + 1];
        for (EntryBlock block : blocks) {
            for (int k = 0; k < block.count; k++) {
                ptr[Math.max(block.rowIdx[k], block.colIdx[k]) + 1]++;
            }
        }
        for (int i = 0; i < n; i++) {
            ptr[i + 1] += ptr[i];
        }
        // (smaller index, entry, side) in one word
        long[] keys = new long[ptr[n]];
        long entry = 0;
        for (EntryBlock block : blocks) {
            for (int k = 0; k < block.count; k++) {
                int i = block.rowIdx[k];
                int j = block.colIdx[k];
                keys[ptr[Math.max(i, j)]++] = (long) Math.min(i, j) << 32 | entry++ << 1 | (i < j ? 1 : 0);
            }
        }
        long first = Long.MAX_VALUE;
        int from = 0;
        for (int i = 0; i < n; i++) {
            int to = ptr[i]; // advanced to the row's end
            Arrays.sort(keys, from, to);
            int group = from;
            for (int k = from; k < to; k++) {
                if (keys[k] >>> 32 != keys[group] >>> 32) {
                    group = k;
                } else if (((keys[k] ^ keys[group]) & 1) != 0) {
                    first = Math.min(first, (keys[k] & 0xFFFFFFFFL) >>> 1);
                }
            }
            from = to;
        }
        return first == Long.MAX_VALUE ? -1 : first;
    }
}
