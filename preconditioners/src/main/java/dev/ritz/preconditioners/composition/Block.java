package dev.ritz.preconditioners.composition;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;

/**
 * A block of a matrix, taken out of other values of the same pattern without a new search.
 *
 * @param pattern of the block
 * @param from where each of its values stands in the matrix
 */
record Block(SparsityPattern pattern, int[] from) {

    /**
     * The block of given rows and columns.
     *
     * @param numbered the matrix, with the position of each value in its place
     */
    static Block of(CsrMatrix numbered, int[] rows, int[] cols) {
        CsrMatrix block = numbered.submatrix(rows, cols);
        int[] from = new int[block.nnz()];
        for (int k = 0; k < from.length; k++) {
            from[k] = (int) block.values()[k];
        }
        return new Block(block.pattern(), from);
    }

    CsrMatrix of(CsrMatrix a) {
        double[] values = new double[from.length];
        double[] all = a.values();
        for (int k = 0; k < values.length; k++) {
            values[k] = all[from[k]];
        }
        return CsrMatrix.of(pattern, values).on(a.pool());
    }

    long bytes() {
        return 4L * from.length;
    }
}
