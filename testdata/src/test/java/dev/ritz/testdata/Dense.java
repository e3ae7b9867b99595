package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;

/** Dense references for small systems. */
final class Dense {

    private Dense() {}

    /** Gaussian elimination with partial pivoting. */
    static double[] solve(CsrMatrix matrix, double[] rhs) {
        double[][] a = matrix.toDense();
        double[] x = rhs.clone();
        int n = x.length;
        for (int k = 0; k < n; k++) {
            int pivot = k;
            for (int i = k + 1; i < n; i++) {
                if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) {
                    pivot = i;
                }
            }
            double[] row = a[k];
            a[k] = a[pivot];
            a[pivot] = row;
            double t = x[k];
            x[k] = x[pivot];
            x[pivot] = t;
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                if (factor != 0) {
                    for (int j = k; j < n; j++) {
                        a[i][j] -= factor * a[k][j];
                    }
                    x[i] -= factor * x[k];
                }
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int j = i + 1; j < n; j++) {
                x[i] -= a[i][j] * x[j];
            }
            x[i] /= a[i][i];
        }
        return x;
    }

    /** The number of negative pivots of L D Lᵀ without pivoting: by Sylvester's law, of negative eigenvalues. */
    static int negativeEigenvalues(CsrMatrix matrix) {
        double[][] a = matrix.toDense();
        int n = a.length;
        int negative = 0;
        for (int k = 0; k < n; k++) {
            if (!(a[k][k] > 0)) {
                negative++;
            }
            for (int i = k + 1; i < n; i++) {
                double factor = a[i][k] / a[k][k];
                for (int j = k + 1; j < n && factor != 0; j++) {
                    a[i][j] -= factor * a[k][j];
                }
            }
        }
        return negative;
    }

    static double[] apply(CsrMatrix a, double[] x) {
        double[] y = new double[a.rows()];
        a.apply(x, y);
        return y;
    }

    static double max(double[] v) {
        double max = 0;
        for (double e : v) {
            max = Math.max(max, Math.abs(e));
        }
        return max;
    }

    static double distance(double[] u, double[] v) {
        double max = 0;
        for (int i = 0; i < u.length; i++) {
            max = Math.max(max, Math.abs(u[i] - v[i]));
        }
        return max;
    }
}
