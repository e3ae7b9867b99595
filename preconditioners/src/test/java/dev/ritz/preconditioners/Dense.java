package dev.ritz.preconditioners;

import dev.ritz.api.Preconditioner;

/** Small dense matrices, for tests. */
public final class Dense {
    private Dense() {}

    /** M⁻¹, column by column. */
    public static double[][] of(Preconditioner m) {
        int n = m.size();
        double[][] inverse = new double[n][n];
        double[] z = new double[n];
        for (int j = 0; j < n; j++) {
            double[] e = new double[n];
            e[j] = 1;
            m.apply(e, z);
            for (int i = 0; i < n; i++) {
                inverse[i][j] = z[i];
            }
        }
        return inverse;
    }

    /** Gauss-Jordan with partial pivoting. */
    public static double[][] inverse(double[][] a) {
        int n = a.length;
        double[][] w = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a[i], 0, w[i], 0, n);
            w[i][n + i] = 1;
        }
        for (int k = 0; k < n; k++) {
            int p = k;
            for (int i = k + 1; i < n; i++) {
                p = Math.abs(w[i][k]) > Math.abs(w[p][k]) ? i : p;
            }
            double[] row = w[p];
            w[p] = w[k];
            w[k] = row;
            for (int j = 2 * n - 1; j >= k; j--) {
                row[j] /= row[k];
            }
            for (int i = 0; i < n; i++) {
                for (int j = 2 * n - 1; i != k && j >= k; j--) {
                    w[i][j] -= w[i][k] * row[j];
                }
            }
        }
        double[][] inverse = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(w[i], n, inverse[i], 0, n);
        }
        return inverse;
    }
}
