package dev.ritz.api.format;

import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * Where {@link DiagonalMatrix} keeps the entries of a pattern.
 *
 * <p>Rows come in blocks. A block lists the offsets j − i most of its rows use, ascending, and where the values of each
 * such diagonal start. A row is apart when it has an entry on no listed diagonal, or when a listed diagonal would leave
 * the matrix there: its entries are kept in compressed rows. So the loop over the others never reads outside x.
 *
 * @param pattern what is laid out
 * @param shared whether a diagonal runs through the whole matrix, and a_{i,i−k} is read as a_{i−k,i}
 * @param listPtr block k lists diagonals listPtr[k] to listPtr[k + 1] − 1
 * @param offset of each listed diagonal
 * @param start where the value of row 0 would stand
 * @param from first row of the block's loop
 * @param to the row after the last of the block's loop
 * @param apartPtr block k has the rows apart from apartPtr[k] to apartPtr[k + 1] − 1
 * @param apart rows apart, ascending
 * @param apartStart their entries, as in compressed rows
 * @param colIdx columns of these entries
 * @param common offsets from 0 up of the diagonals that run through the whole matrix; none unless {@code shared}
 * @param commonStart where each of these starts
 * @param length how many values the diagonals take
 * @param listed how many values the listed diagonals hold in all blocks, each counted where it is read
 */
record DiagonalLayout(
        SparsityPattern pattern,
        boolean shared,
        int[] listPtr,
        int[] offset,
        int[] start,
        int[] from,
        int[] to,
        int[] apartPtr,
        int[] apart,
        int[] apartStart,
        int[] colIdx,
        int[] common,
        int[] commonStart,
        int length,
        long listed) {
    /** Rows per block: y and x of a block stay in the first-level cache, and its values in the second. */
    static final int BLOCK_ROWS = 2048;

    /** A diagonal is listed when at least one row in so many uses it; rarer entries put their rows apart. */
    private static final int RARE = 16;

    /** Values between two diagonals, a cache line: streams a power of two apart would compete for one cache set. */
    private static final int GAP = 8;

    /** Stored values per entry of the matrix above which a block layout is given up. */
    static final double MAX_FILL = 4;

    /** {@return the bytes of the arrays, values included} */
    long bytes() {
        return 8L * length
                + 12L * colIdx.length
                + 4L * (listPtr.length + offset.length + start.length + from.length + to.length)
                + 4L * (apartPtr.length + apart.length + apartStart.length + 2L * common.length);
    }

    /** {@return the number of values stored, on diagonals and apart} */
    long stored() {
        return (long) length + colIdx.length;
    }

    /** {@return the largest number of diagonals of a block} */
    int diagonals() {
        int most = 0;
        for (int block = 1; block < listPtr.length; block++) {
            most = Math.max(most, listPtr[block] - listPtr[block - 1]);
        }
        return most;
    }

    /**
     * Lays a pattern out.
     *
     * @param pattern any pattern; for {@code shared} a square one
     * @param shared whether to store the main diagonal and those above only
     * @param pool the threads to look with
     * @return the layout, or null when the diagonals would take more than {@link #MAX_FILL} values per entry
     */
    static DiagonalLayout of(SparsityPattern pattern, boolean shared, WorkerPool pool) {
        int rows = pattern.rows();
        int blocks = rows / BLOCK_ROWS + (rows % BLOCK_ROWS == 0 ? 0 : 1);
        Offsets[] lists = new Offsets[blocks];
        pool.run(blocks, (p, x, y, block) -> lists[block] = Offsets.of(p, block), pattern, null, null);
        double bound = 16_384 + MAX_FILL * pattern.nnz();
        long listed = 0;
        long length = 0;
        for (int block = 0; block < blocks; block++) {
            if (lists[block] == null) {
                return null;
            }
            int size = Math.min(rows - block * BLOCK_ROWS, BLOCK_ROWS);
            listed += (long) lists[block].count * size;
            length += (long) lists[block].count * (size + GAP);
        }
        Offsets common = null;
        if (shared) {
            common = Offsets.union(lists, (rows + RARE - 1) / RARE);
            length = 0;
            for (int k = 0; k < common.count; k++) {
                length += (long) rows - common.offset[k] + GAP;
            }
            for (Offsets list : lists) {
                list.keepWithin(common);
            }
        }
        if (!(length <= Math.min(bound, Integer.MAX_VALUE - 8))) {
            return null;
        }
        return new Assembly(pattern, blocks, lists, common).layout((int) length, listed, pool);
    }

    /** The end of the run of rows from {@code i} on that have their entries at the same offsets. */
    private static int runEnd(SparsityPattern pattern, int i, int last) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int width = rowPtr[i + 1] - rowPtr[i];
        int next = i + 1;
        while (next < last && rowPtr[next + 1] - rowPtr[next] == width) {
            for (int k = rowPtr[next]; k < rowPtr[next + 1]; k++) {
                if (colIdx[k] - colIdx[k - width] != 1) {
                    return next;
                }
            }
            next++;
        }
        return next;
    }

    /** The offsets of a range of rows, ascending, and how many rows use each. */
    private static final class Offsets {
        private int count;
        private int[] offset = new int[32];
        private int[] uses = new int[32];

        /** Those that are not rare in a block of rows; null when there are far more offsets than entries in a row. */
        static Offsets of(SparsityPattern pattern, int block) {
            int first = block * BLOCK_ROWS;
            int last = Math.min(pattern.rows() - first, BLOCK_ROWS) + first;
            int[] rowPtr = pattern.rowPtr();
            int[] colIdx = pattern.colIdx();
            int limit = 128 + 4 * ((rowPtr[last] - rowPtr[first]) / Math.max(1, last - first));
            Offsets list = new Offsets();
            int end;
            for (int i = first; i < last; i = end) {
                end = runEnd(pattern, i, last);
                int at = 0;
                for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                    int d = colIdx[k] - i;
                    while (at < list.count && list.offset[at] < d) { // both ascend
                        at++;
                    }
                    if (at == list.count || list.offset[at] != d) {
                        if (list.count == limit) {
                            return null;
                        }
                        list.insert(at, d);
                    }
                    list.uses[at] += end - i;
                }
            }
            list.keep((last - first + RARE - 1) / RARE);
            return list;
        }

        /** The offsets from 0 up of all blocks that at least {@code least} rows use. */
        static Offsets union(Offsets[] lists, int least) {
            Offsets all = new Offsets();
            for (Offsets list : lists) {
                for (int k = 0; k < list.count; k++) {
                    if (list.offset[k] >= 0) {
                        int at = Arrays.binarySearch(all.offset, 0, all.count, list.offset[k]);
                        if (at < 0) {
                            at = -1 - at;
                            all.insert(at, list.offset[k]);
                        }
                        all.uses[at] += list.uses[k];
                    }
                }
            }
            all.keep(least);
            return all;
        }

        private void insert(int at, int d) {
            if (count == offset.length) {
                offset = Arrays.copyOf(offset, 2 * count);
                uses = Arrays.copyOf(uses, 2 * count);
            }
            System.arraycopy(offset, at, offset, at + 1, count - at);
            System.arraycopy(uses, at, uses, at + 1, count - at);
            offset[at] = d;
            uses[at] = 0;
            count++;
        }

        void keep(int least) {
            int kept = 0;
            for (int k = 0; k < count; k++) {
                if (uses[k] >= least) {
                    offset[kept] = offset[k];
                    uses[kept++] = uses[k];
                }
            }
            count = kept;
        }

        void keepWithin(Offsets common) {
            int kept = 0;
            for (int k = 0; k < count; k++) {
                if (Arrays.binarySearch(common.offset, 0, common.count, Math.abs(offset[k])) >= 0) {
                    offset[kept] = offset[k];
                    uses[kept++] = uses[k];
                }
            }
            count = kept;
        }
    }

    /** Puts the lists of the blocks into arrays and finds the rows apart. */
    private static final class Assembly {
        private final SparsityPattern pattern;
        private final Offsets[] lists;
        private final Offsets common;
        private final int[] listPtr;
        private final int[] apartPtr;
        private final int[] commonStart;

        Assembly(SparsityPattern pattern, int blocks, Offsets[] lists, Offsets common) {
            this.pattern = pattern;
            this.lists = lists;
            this.common = common;
            this.listPtr = new int[blocks + 1];
            this.apartPtr = new int[blocks + 1];
            this.commonStart = commonStarts();
        }

        DiagonalLayout layout(int length, long listed, WorkerPool pool) {
            int blocks = lists.length;
            for (int block = 0; block < blocks; block++) {
                listPtr[block + 1] = listPtr[block] + lists[block].count;
            }
            int[] offset = new int[listPtr[blocks]];
            int[] start = new int[listPtr[blocks]];
            int[] from = new int[blocks];
            int[] to = new int[blocks];
            int at = 0;
            for (int block = 0; block < blocks; block++) {
                int first = block * BLOCK_ROWS;
                int last = Math.min(pattern.rows() - first, BLOCK_ROWS) + first;
                Offsets list = lists[block];
                int lo = first;
                int hi = last;
                for (int k = 0; k < list.count; k++) {
                    int d = list.offset[k];
                    offset[listPtr[block] + k] = d;
                    if (common == null) {
                        start[listPtr[block] + k] = at - first;
                        at += last - first + GAP;
                    } else {
                        int of = Arrays.binarySearch(common.offset, 0, common.count, Math.abs(d));
                        start[listPtr[block] + k] = commonStart[of] + Math.min(d, 0); // a_{i,i−k} at row i − k
                    }
                    lo = Math.max(lo, -d);
                    hi = Math.min(hi, pattern.cols() - d);
                }
                lo = Math.min(lo, last);
                from[block] = lo;
                to[block] = Math.max(lo, hi);
            }
            int[][] apart = new int[blocks][];
            pool.run(
                    blocks,
                    (of, x, y, block) -> apart[block] = of.rowsApart(block, from[block], to[block]),
                    this,
                    null,
                    null);
            for (int block = 0; block < blocks; block++) {
                apartPtr[block + 1] = apartPtr[block] + apart[block].length;
            }
            return finish(offset, start, from, to, apart, length, listed);
        }

        private int[] commonStarts() {
            int[] starts = new int[common == null ? 0 : common.count];
            for (int k = 1; k < starts.length; k++) {
                starts[k] = starts[k - 1] + pattern.rows() - common.offset[k - 1] + GAP;
            }
            return starts;
        }

        /** The rows of a block that its loop from {@code lo} to {@code hi} − 1 leaves out, or cannot hold. */
        private int[] rowsApart(int block, int lo, int hi) {
            int first = block * BLOCK_ROWS;
            int last = Math.min(pattern.rows() - first, BLOCK_ROWS) + first;
            int[] apart = new int[16];
            int count = 0;
            int end;
            for (int i = first; i < last; i = end) {
                end = runEnd(pattern, i, last);
                boolean fits = fits(i, lists[block]);
                for (int row = i; row < end; row++) {
                    if (!fits || row < lo || row >= hi) {
                        if (count == apart.length) {
                            apart = Arrays.copyOf(apart, 2 * count);
                        }
                        apart[count++] = row;
                    }
                }
            }
            return Arrays.copyOf(apart, count);
        }

        private boolean fits(int i, Offsets list) {
            int at = 0;
            for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                int d = pattern.colIdx()[k] - i;
                while (at < list.count && list.offset[at] < d) {
                    at++;
                }
                if (at == list.count || list.offset[at] != d) {
                    return false;
                }
            }
            return true;
        }

        private DiagonalLayout finish(
                int[] offset, int[] start, int[] from, int[] to, int[][] apartOf, int length, long listed) {
            int[] apart = new int[apartPtr[apartOf.length]];
            for (int block = 0; block < apartOf.length; block++) {
                System.arraycopy(apartOf[block], 0, apart, apartPtr[block], apartOf[block].length);
            }
            int rowsApart = apart.length;
            int[] apartStart = new int[rowsApart + 1];
            for (int r = 0; r < rowsApart; r++) {
                int i = apart[r];
                apartStart[r + 1] = apartStart[r] + pattern.rowPtr()[i + 1] - pattern.rowPtr()[i];
            }
            int[] colIdx = new int[apartStart[rowsApart]];
            for (int r = 0; r < rowsApart; r++) {
                System.arraycopy(
                        pattern.colIdx(),
                        pattern.rowPtr()[apart[r]],
                        colIdx,
                        apartStart[r],
                        apartStart[r + 1] - apartStart[r]);
            }
            return new DiagonalLayout(
                    pattern,
                    common != null,
                    listPtr,
                    offset,
                    start,
                    from,
                    to,
                    apartPtr,
                    apart,
                    apartStart,
                    colIdx,
                    common == null ? new int[0] : Arrays.copyOf(common.offset, common.count),
                    commonStart,
                    length,
                    listed);
        }
    }
}
