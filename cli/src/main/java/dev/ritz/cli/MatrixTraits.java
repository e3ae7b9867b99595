package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;

/**
 * What one pass over a square matrix says about the choice of a method.
 *
 * @param n rows
 * @param asymmetry max |a_ij − a_ji| / max |a_ij|
 * @param positive positive entries of the diagonal
 * @param negative negative entries of the diagonal
 * @param zero entries of the diagonal that are zero or not stored
 * @param tiny nonzero entries of the diagonal below {@link #TINY} times the largest of their row
 */
record MatrixTraits(int n, double asymmetry, int positive, int negative, int zero, int tiny) {
    /** Values that come from one computation done in two orders differ by rounding; a model's asymmetry is larger. */
    static final double SYMMETRIC = 1e-12;

    static final double TINY = 1e-8;

    static MatrixTraits of(CsrMatrix a) {
        int n = a.rows();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int positive = 0;
        int negative = 0;
        int tiny = 0;
        for (int i = 0; i < n; i++) {
            double largest = 0;
            double own = 0;
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                largest = Math.max(largest, Math.abs(values[k]));
                own = colIdx[k] == i ? values[k] : own;
            }
            positive += own > 0 ? 1 : 0;
            negative += own < 0 ? 1 : 0;
            tiny += own != 0 && Math.abs(own) < TINY * largest ? 1 : 0;
        }
        return new MatrixTraits(n, a.asymmetry(), positive, negative, n - positive - negative, tiny);
    }

    boolean symmetric() {
        return asymmetry <= SYMMETRIC;
    }

    /** Symmetric with the diagonal of a positive definite matrix. */
    boolean maybePositiveDefinite() {
        return symmetric() && positive == n;
    }

    /** Symmetric with the diagonal of a negative definite matrix. */
    boolean maybeNegativeDefinite() {
        return symmetric() && negative == n && n > 0;
    }

    boolean weakDiagonal() {
        return zero + tiny > 0;
    }
}
