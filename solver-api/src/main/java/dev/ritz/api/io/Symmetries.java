package dev.ritz.api.io;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;

/** Whether a matrix is what a banner would say of it, exactly. */
final class Symmetries {
    private Symmetries() {}

    /**
     * The number of entries a file of this symmetry stores.
     *
     * @throws IllegalArgumentException when the matrix is not exactly so, naming the first entry that is not
     */
    static long stored(CsrMatrix a, Symmetry symmetry) {
        if (symmetry == Symmetry.GENERAL) {
            return a.nnz();
        }
        if (symmetry == Symmetry.HERMITIAN) {
            throw new IllegalArgumentException("symmetry = hermitian, expected symmetric for a real matrix");
        }
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException(
                    "a is " + a.rows() + " by " + a.cols() + ", expected a square matrix for " + symmetry.word());
        }
        SparsityPattern pattern = a.pattern();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        boolean skew = symmetry == Symmetry.SKEW_SYMMETRIC;
        long count = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = colIdx[k];
                int mirror = i == j ? k : pattern.position(j, i);
                double expected = mirror < 0 ? Double.NaN : skew ? -values[mirror] : values[mirror];
                boolean same = Double.doubleToRawLongBits(values[k]) == Double.doubleToRawLongBits(expected);
                if (!(same || skew && i == j && values[k] == 0)) {
                    throw new IllegalArgumentException("a[" + i + "," + j + "] = " + values[k] + " and a[" + j + "," + i
                            + "] = " + (mirror < 0 ? "not stored" : values[mirror]) + ", expected a " + symmetry.word()
                            + " matrix");
                }
                count += j <= i ? 1 : 0;
            }
        }
        return count;
    }
}
