package dev.ritz.api;

import java.util.Arrays;

/**
 * Where a sparse matrix has entries: compressed rows, columns strictly increasing in each. Immutable; it wraps the
 * caller's arrays without copying, so they must not change afterwards.
 */
public final class SparsityPattern {
    /** The longest array a Java virtual machine reliably allocates. */
    static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

    private final int rows;
    private final int cols;
    private final int[] rowPtr;
    private final int[] colIdx;

    private SparsityPattern(int rows, int cols, int[] rowPtr, int[] colIdx) {
        this.rows = rows;
        this.cols = cols;
        this.rowPtr = rowPtr;
        this.colIdx = colIdx;
    }

    /**
     * Wraps and checks the arrays of a pattern.
     *
     * @param rows number of rows, at least 0
     * @param cols number of columns, at least 0
     * @param rowPtr length rows + 1: row i holds positions rowPtr[i] to rowPtr[i + 1] − 1
     * @param colIdx 0-based columns, strictly increasing in each row; length at least rowPtr[rows]
     * @return the pattern
     * @throws IllegalArgumentException naming the first offending index
     */
    public static SparsityPattern of(int rows, int cols, int[] rowPtr, int[] colIdx) {
        checkSize(rows, cols);
        if (rowPtr.length != rows + 1) {
            throw new IllegalArgumentException(
                    "rowPtr has length " + rowPtr.length + ", expected rows + 1 = " + (rows + 1));
        }
        if (rowPtr[0] != 0) {
            throw new IllegalArgumentException("rowPtr[0] = " + rowPtr[0] + ", expected 0");
        }
        for (int i = 0; i < rows; i++) {
            if (rowPtr[i + 1] < rowPtr[i]) {
                throw new IllegalArgumentException(
                        "rowPtr[" + (i + 1) + "] = " + rowPtr[i + 1] + " is below rowPtr[" + i + "] = " + rowPtr[i]);
            }
        }
        if (colIdx.length < rowPtr[rows]) {
            throw new IllegalArgumentException(
                    "colIdx has length " + colIdx.length + ", expected at least rowPtr[rows] = " + rowPtr[rows]);
        }
        for (int i = 0; i < rows; i++) {
            int previous = -1;
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = colIdx[k];
                if (j < 0 || j >= cols) {
                    throw new IllegalArgumentException(
                            "colIdx[" + k + "] = " + j + " in row " + i + ", expected 0 to " + (cols - 1));
                }
                if (j <= previous) {
                    throw new IllegalArgumentException("colIdx[" + k + "] = " + j + " in row " + i
                            + " does not exceed its predecessor " + previous
                            + "; columns must increase strictly (CsrMatrix.fromCoo sorts and sums)");
                }
                previous = j;
            }
        }
        return new SparsityPattern(rows, cols, rowPtr, colIdx);
    }

    /** Wraps arrays that the caller built correctly. */
    static SparsityPattern trusted(int rows, int cols, int[] rowPtr, int[] colIdx) {
        return new SparsityPattern(rows, cols, rowPtr, colIdx);
    }

    static void checkSize(int rows, int cols) {
        if (rows < 0 || rows > MAX_ENTRIES - 1) {
            throw new IllegalArgumentException("rows = " + rows + ", expected 0 to " + (MAX_ENTRIES - 1));
        }
        if (cols < 0 || cols > MAX_ENTRIES - 1) { // the transpose has that many rows
            throw new IllegalArgumentException("cols = " + cols + ", expected 0 to " + (MAX_ENTRIES - 1));
        }
    }

    /** The next length of a growing array: twice the last, at least what is needed, within what can be had. */
    static int grown(int length, long needed) {
        return checkedEntries(Math.max(needed, Math.min(2L * length, MAX_ENTRIES)));
    }

    /** Turns an entry count into an array length. */
    static int checkedEntries(long nnz) {
        if (nnz > MAX_ENTRIES) {
            throw new IllegalArgumentException("nnz = " + nnz + " exceeds " + MAX_ENTRIES
                    + " (2^31 - 9), the most entries one matrix can hold; split the matrix by rows");
        }
        return (int) nnz;
    }

    /** {@return the number of rows} */
    public int rows() {
        return rows;
    }

    /** {@return the number of columns} */
    public int cols() {
        return cols;
    }

    /** {@return the number of stored entries} */
    public int nnz() {
        return rowPtr[rows];
    }

    /** {@return the wrapped row starts, length rows + 1; not to be changed} */
    public int[] rowPtr() {
        return rowPtr;
    }

    /** {@return the wrapped columns; not to be changed} */
    public int[] colIdx() {
        return colIdx;
    }

    /**
     * Where an entry is stored.
     *
     * @param i row, 0-based
     * @param j column, 0-based
     * @return its position in colIdx and values, or −1 when the pattern has no such entry
     */
    public int position(int i, int j) {
        int k = Arrays.binarySearch(colIdx, rowPtr[i], rowPtr[i + 1], j);
        return k < 0 ? -1 : k;
    }

    /** {@return for each of the first min(rows, cols) rows the position of its diagonal entry, −1 where it has none} */
    public int[] diagonalPositions() {
        int[] at = new int[Math.min(rows, cols)];
        for (int i = 0; i < at.length; i++) {
            at[i] = position(i, i);
        }
        return at;
    }

    /**
     * Whether two patterns have entries at the same places; quick when they are one object.
     *
     * @param other another pattern
     * @return true when size, row starts and columns agree
     */
    public boolean sameAs(SparsityPattern other) {
        if (this == other) {
            return true;
        }
        return rows == other.rows
                && cols == other.cols
                && (rowPtr == other.rowPtr || Arrays.equals(rowPtr, other.rowPtr))
                && (colIdx == other.colIdx || Arrays.equals(colIdx, 0, nnz(), other.colIdx, 0, nnz()));
    }

    @Override
    public String toString() {
        return rows + " by " + cols + " pattern with " + nnz() + " entries";
    }
}
