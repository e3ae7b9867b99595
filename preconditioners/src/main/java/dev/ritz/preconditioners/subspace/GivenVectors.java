package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/** Full vectors. */
final class GivenVectors implements CoarseSpace {
    final double[][] vectors;

    GivenVectors(double[][] vectors) {
        for (int j = 0; j < vectors.length; j++) {
            if (vectors[j].length != vectors[0].length) {
                throw new IllegalArgumentException("vector " + j + " has length " + vectors[j].length + ", expected "
                        + vectors[0].length + " like vector 0");
            }
            for (int i = 0; i < vectors[j].length; i++) {
                if (!(Math.abs(vectors[j][i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "entry " + i + " of vector " + j + " is " + vectors[j][i] + ", expected a finite number");
                }
            }
        }
        this.vectors = vectors;
    }

    static double[][] split(int n, double[] columns) {
        if (n < 1) {
            throw new IllegalArgumentException("n = " + n + ", expected at least 1");
        }
        if (columns.length % n != 0) {
            throw new IllegalArgumentException(
                    "columns has length " + columns.length + ", expected a multiple of n = " + n);
        }
        double[][] vectors = new double[columns.length / n][];
        for (int j = 0; j < vectors.length; j++) {
            vectors[j] = Arrays.copyOfRange(columns, j * n, (j + 1) * n);
        }
        return vectors;
    }

    @Override
    public CsrMatrix basis(CsrMatrix a) {
        double[][] rows = new double[a.rows()][vectors.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < vectors.length; j++) {
                rows[i][j] = vectors[j][i];
            }
        }
        return CsrMatrix.fromDense(rows);
    }

    @Override
    public String toString() {
        return vectors.length + (vectors.length == 1 ? " vector" : " vectors");
    }
}
