package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * A maximum matching of rows to columns: as many entries as possible, no two in one row or column.
 *
 * <pre>
 * Needs   any pattern, also a rectangular one; every stored entry counts, explicit zeros too
 * Gives   the structural rank, which no values on this pattern can exceed
 * Work    O(√n nnz)
 * Source  Hopcroft &amp; Karp 1973, doi:10.1137/0202019; Duff 1981, doi:10.1145/355958.355963 (the uses)
 * </pre>
 */
public final class MaximumTransversal {
    private static final int FREE = -1;

    private final int[] columnOfRow;
    private final int[] rowOfColumn;
    private int rank;

    private MaximumTransversal(SparsityPattern pattern) {
        columnOfRow = new int[pattern.rows()];
        rowOfColumn = new int[pattern.cols()];
        Arrays.fill(columnOfRow, FREE);
        Arrays.fill(rowOfColumn, FREE);
    }

    /**
     * Matches a pattern.
     *
     * @param pattern where the entries are
     * @return a maximum matching; the same one for the same pattern
     */
    public static MaximumTransversal of(SparsityPattern pattern) {
        MaximumTransversal m = new MaximumTransversal(pattern);
        m.matchCheaply(pattern);
        int rows = pattern.rows();
        int[] level = new int[rows];
        int[] queue = new int[rows];
        int[] next = new int[rows];
        int[] path = new int[rows];
        while (m.layer(pattern, level, queue)) {
            System.arraycopy(pattern.rowPtr(), 0, next, 0, rows);
            for (int i = 0; i < rows; i++) {
                if (m.columnOfRow[i] == FREE) {
                    m.augment(pattern, i, level, next, path);
                }
            }
        }
        return m;
    }

    /** {@return the number of matched rows, which is that of matched columns} */
    public int structuralRank() {
        return rank;
    }

    /** {@return for each row its column, −1 where it has none; a copy} */
    public int[] columnOfRow() {
        return columnOfRow.clone();
    }

    /** {@return for each column its row, −1 where it has none; a copy} */
    public int[] rowOfColumn() {
        return rowOfColumn.clone();
    }

    /** {@return the rows without a column, ascending} */
    public int[] unmatchedRows() {
        return free(columnOfRow);
    }

    /** {@return the columns without a row, ascending} */
    public int[] unmatchedColumns() {
        return free(rowOfColumn);
    }

    /**
     * Turns a matching of a square matrix into a permutation: a free row takes the column of its own number where that
     * is free too, the other free rows take the other free columns in ascending order.
     */
    static void complete(int[] columnOfRow, int[] rowOfColumn) {
        for (int i = 0; i < columnOfRow.length; i++) {
            if (columnOfRow[i] == FREE && rowOfColumn[i] == FREE) {
                columnOfRow[i] = i;
                rowOfColumn[i] = i;
            }
        }
        int[] rows = free(columnOfRow);
        int[] cols = free(rowOfColumn);
        for (int k = 0; k < rows.length; k++) {
            columnOfRow[rows[k]] = cols[k];
            rowOfColumn[cols[k]] = rows[k];
        }
    }

    private static int[] free(int[] partner) {
        int[] found = new int[partner.length];
        int count = 0;
        for (int i = 0; i < partner.length; i++) {
            if (partner[i] == FREE) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** The diagonal first, since most matrices have one, then the first free column of each row. */
    private void matchCheaply(SparsityPattern pattern) {
        int[] at = pattern.diagonalPositions();
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= 0) {
                match(i, i);
                rank++;
            }
        }
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        for (int i = 0; i < columnOfRow.length; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1] && columnOfRow[i] == FREE; k++) {
                if (rowOfColumn[colIdx[k]] == FREE) {
                    match(i, colIdx[k]);
                    rank++;
                }
            }
        }
    }

    /** Numbers rows by their alternating distance from the free ones; says whether a free column is in reach. */
    private boolean layer(SparsityPattern pattern, int[] level, int[] queue) {
        Arrays.fill(level, FREE);
        int tail = 0;
        for (int i = 0; i < columnOfRow.length; i++) {
            if (columnOfRow[i] == FREE) {
                level[i] = 0;
                queue[tail++] = i;
            }
        }
        int last = Integer.MAX_VALUE; // the layer from which a free column was first seen
        for (int head = 0; head < tail && level[queue[head]] <= last; head++) {
            int i = queue[head];
            for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                int owner = rowOfColumn[pattern.colIdx()[k]];
                if (owner == FREE) {
                    last = level[i];
                } else if (level[owner] == FREE) {
                    level[owner] = level[i] + 1;
                    queue[tail++] = owner;
                }
            }
        }
        return last < Integer.MAX_VALUE;
    }

    /** Depth first along the layers; {@code next} remembers where each row's search stands. */
    private void augment(SparsityPattern pattern, int start, int[] level, int[] next, int[] path) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int depth = 0;
        path[0] = start;
        while (depth >= 0) {
            int i = path[depth];
            if (next[i] == rowPtr[i + 1]) {
                depth--;
                continue;
            }
            int owner = rowOfColumn[colIdx[next[i]++]];
            if (owner == FREE) {
                // every row of the path takes the column it looked at last; from the end, so that columns change hands
                for (int d = depth; d >= 0; d--) {
                    match(path[d], colIdx[next[path[d]] - 1]);
                }
                rank++;
                return;
            }
            if (level[owner] == level[i] + 1) {
                path[++depth] = owner;
            }
        }
    }

    private void match(int row, int col) {
        columnOfRow[row] = col;
        rowOfColumn[col] = row;
    }

    @Override
    public String toString() {
        return "matching of " + rank + " of " + columnOfRow.length + " rows and " + rowOfColumn.length + " columns";
    }
}
