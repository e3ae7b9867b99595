package dev.ritz.krylov;

import java.util.Arrays;

/**
 * Which combinations of the directions of a cycle are worth keeping: the harmonic Ritz vectors with the smallest values,
 * that is the least-squares solutions of A D z ≈ θ⁻¹-small, from small matrices alone.
 *
 * <p>With directions D (n×p), an orthonormal W (n×q) and A D = W G, the pairs solve Gᵀ G z = θ Gᵀ T z, T = Wᵀ D. With
 * G = Q R and y = R z that is (Qᵀ T) R⁻¹ y = θ⁻¹ y, an ordinary eigenproblem whose dominant invariant subspace is
 * sought; for an orthonormal basis Y of it, C = W Q Y and U = D R⁻¹ Y satisfy A U = C and Cᵀ C = I. Columns of G that
 * depend on those before them are left out. Everything is allocated once. Source: Parks et al. 2006,
 * doi:10.1137/040607277, section 2; Morgan 2002, doi:10.1137/S1064827599364659.
 */
final class HarmonicRitz {
    /** A column of G that keeps less than this share against those before it depends on them. */
    private static final double DEPENDENT = 1e-12;

    private final double[][] g; // by columns, as are t and q
    private final double[][] t;
    private final double[][] q;
    private final double[][] r; // r[j][i]: entry i of column j of R
    private final double[][] f; // by rows
    private final double[][] y; // by columns
    private final double[][] forC;
    private final double[][] forU;
    private final int[] used;
    private final DominantSubspace dominant;

    /**
     * For up to max directions, of which up to k are kept.
     *
     * @param max the largest number of directions; W may have one column more
     * @param k the largest number kept
     */
    HarmonicRitz(int max, int k) {
        g = new double[max][max + 1];
        t = new double[max][max + 1];
        q = new double[max][max + 1];
        r = new double[max][max];
        f = new double[max][max];
        y = new double[max][max];
        forC = new double[k][max + 1];
        forU = new double[k][max];
        used = new int[max];
        dominant = new DominantSubspace(max);
    }

    /** {@return column j of G, to be written} */
    double[] g(int j) {
        return g[j];
    }

    /** {@return column j of T, to be written} */
    double[] t(int j) {
        return t[j];
    }

    /** {@return the columns of Q Y: C = W Q Y} */
    double[][] forC() {
        return forC;
    }

    /** {@return the columns of R⁻¹ Y: U = D R⁻¹ Y} */
    double[][] forU() {
        return forU;
    }

    /**
     * Finds the combinations to keep.
     *
     * @param rows the columns of W
     * @param cols p, the number of directions
     * @param wanted how many to keep
     * @return how many there are, 0 when the numbers give none
     */
    int select(int rows, int cols, int wanted) {
        double scale = 0;
        for (int j = 0; j < cols; j++) {
            for (int i = 0; i < rows; i++) {
                double size = Math.abs(g[j][i]);
                if (!(size < Double.POSITIVE_INFINITY)) {
                    return 0;
                }
                scale = Math.max(scale, size);
            }
        }
        if (!(scale > 0)) {
            return 0;
        }
        int p = factor(rows, cols, scale);
        int kept = wanted;
        if (p <= wanted) {
            kept = p;
            for (int c = 0; c < p; c++) {
                Arrays.fill(y[c], 0, p, 0);
                y[c][c] = 1;
            }
        } else {
            eigenproblem(rows, p);
            kept = dominant.find(f, p, wanted, y);
        }
        return combine(rows, cols, p, kept, scale) ? kept : 0;
    }

    /** G / scale = Q R by Gram-Schmidt, twice; returns the rank. */
    private int factor(int rows, int cols, double scale) {
        int p = 0;
        for (int j = 0; j < cols; j++) {
            double[] w = q[p];
            double before = 0;
            for (int i = 0; i < rows; i++) {
                w[i] = g[j][i] / scale;
                before += w[i] * w[i];
            }
            Arrays.fill(r[p], 0, p, 0);
            for (int pass = 0; pass < 2; pass++) {
                for (int l = 0; l < p; l++) {
                    double dot = dot(q[l], w, rows);
                    r[p][l] += dot;
                    for (int i = 0; i < rows; i++) {
                        w[i] -= dot * q[l][i];
                    }
                }
            }
            double left = Math.sqrt(dot(w, w, rows));
            if (left > DEPENDENT * Math.sqrt(before)) {
                for (int i = 0; i < rows; i++) {
                    w[i] /= left;
                }
                r[p][p] = left;
                used[p++] = j;
            }
        }
        return p;
    }

    /** F = (Qᵀ T) R⁻¹, row by row: f R = s. */
    private void eigenproblem(int rows, int p) {
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double sum = dot(q[i], t[used[j]], rows);
                for (int l = 0; l < j; l++) {
                    sum -= f[i][l] * r[j][l];
                }
                f[i][j] = sum / r[j][j];
            }
        }
    }

    private boolean combine(int rows, int cols, int p, int kept, double scale) {
        double sum = 0;
        for (int c = 0; c < kept; c++) {
            Arrays.fill(forC[c], 0, rows, 0);
            Arrays.fill(forU[c], 0, cols, 0);
            for (int l = 0; l < p; l++) {
                for (int i = 0; i < rows; i++) {
                    forC[c][i] += q[l][i] * y[c][l];
                }
            }
            for (int i = p - 1; i >= 0; i--) { // R z = y
                double z = y[c][i];
                for (int j = i + 1; j < p; j++) {
                    z -= r[j][i] * forU[c][used[j]];
                }
                forU[c][used[i]] = z / r[i][i];
            }
            for (int i = 0; i < cols; i++) {
                forU[c][i] /= scale;
                sum += Math.abs(forU[c][i]);
            }
        }
        return sum < Double.POSITIVE_INFINITY;
    }

    private static double dot(double[] x, double[] w, int rows) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += x[i] * w[i];
        }
        return sum;
    }
}
