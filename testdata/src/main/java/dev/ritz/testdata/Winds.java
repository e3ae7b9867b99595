package dev.ritz.testdata;

import dev.ritz.api.SparsityPattern;

/** Central differences of w·∇u on a square grid: a skew-symmetric matrix. */
final class Winds {

    private Winds() {}

    /**
     * Adds ±px to the entries east and west of the diagonal and ±py to those north and south.
     *
     * @param pattern of five points on a square grid, natural order
     * @param values of that pattern, changed
     * @param px w_x h/2, in units of the matrix
     * @param py w_y h/2
     */
    static void add(SparsityPattern pattern, double[] values, double px, double py) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int distance = colIdx[k] - i;
                values[k] += Integer.signum(distance) * (Math.abs(distance) == 1 ? px : py);
            }
        }
    }
}
