package dev.ritz.api;

import java.util.Arrays;

/** Builds a {@link CsrMatrix} row by row; entries of a row come in any order, duplicates are summed. */
public final class CsrRowBuilder {
    private final int cols;
    private int[] rowPtr = new int[17];
    private int rows;
    private int[] colIdx = new int[64];
    private double[] values = new double[64];
    private int nnz;

    CsrRowBuilder(int cols) {
        SparsityPattern.checkSize(0, cols);
        this.cols = cols;
    }

    /**
     * Adds an entry to the current row.
     *
     * @param j column, 0-based
     * @param value added to what the row has there
     * @return this
     */
    public CsrRowBuilder add(int j, double value) {
        if (j < 0 || j >= cols) {
            throw new IllegalArgumentException("column " + j + " in row " + rows + ", expected 0 to " + (cols - 1));
        }
        int k = nnz;
        while (k > rowPtr[rows] && colIdx[k - 1] >= j) {
            k--;
        }
        if (k < nnz && colIdx[k] == j) {
            values[k] += value;
            return this;
        }
        if (nnz == colIdx.length) {
            int capacity = SparsityPattern.grown(nnz, nnz + 1L);
            colIdx = Arrays.copyOf(colIdx, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        System.arraycopy(colIdx, k, colIdx, k + 1, nnz - k);
        System.arraycopy(values, k, values, k + 1, nnz - k);
        colIdx[k] = j;
        values[k] = value;
        nnz++;
        return this;
    }

    /**
     * Ends the current row and begins the next.
     *
     * @return this
     */
    public CsrRowBuilder endRow() {
        if (rows + 2 > rowPtr.length) {
            SparsityPattern.checkSize(rows + 1, cols);
            rowPtr = Arrays.copyOf(rowPtr, SparsityPattern.grown(rowPtr.length, rows + 2L));
        }
        rows++;
        rowPtr[rows] = nnz;
        return this;
    }

    /**
     * The matrix of all ended rows.
     *
     * @return the matrix, with arrays of its own
     * @throws IllegalStateException when the last row was not ended
     */
    public CsrMatrix build() {
        if (rowPtr[rows] != nnz) {
            throw new IllegalStateException("row " + rows + " has entries but was not ended; call endRow()");
        }
        SparsityPattern pattern =
                SparsityPattern.trusted(rows, cols, Arrays.copyOf(rowPtr, rows + 1), Arrays.copyOf(colIdx, nnz));
        return CsrMatrix.of(pattern, Arrays.copyOf(values, nnz));
    }
}
