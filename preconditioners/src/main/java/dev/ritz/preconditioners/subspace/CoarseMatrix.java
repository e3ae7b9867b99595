package dev.ritz.preconditioners.subspace;

import dev.ritz.api.BuildException;

/**
 * The factored coarse matrix E, its diagonal scaled to ones: Cholesky with diagonal pivoting, which finds and drops
 * dependent vectors, where E is symmetric and has no negative pivot; else LU with exchanges of rows.
 */
final class CoarseMatrix {
    /** Pivots below this, relative to a unit diagonal, are rounding. */
    private static final double DEPENDENT = 1e-13;

    private final int count;
    private final boolean definite;
    /** How many vectors are kept. */
    private final int rank;
    /** Which vector, or which row, comes at each step. */
    private final int[] order;

    private final double[] scale;
    private final double[][] factor;
    private final double[] work;

    private CoarseMatrix(boolean definite, int rank, int[] order, double[] scale, double[][] factor) {
        this.count = order.length;
        this.definite = definite;
        this.rank = rank;
        this.order = order;
        this.scale = scale;
        this.factor = factor;
        this.work = new double[count];
    }

    /**
     * Factors a coarse matrix.
     *
     * @param e unchanged
     * @param size what the diagonal of E is compared with: an entry that is rounding beside it counts as 0
     */
    static CoarseMatrix of(double[][] e, double[] size, boolean symmetric) {
        int n = e.length;
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (!(Math.abs(e[i][j]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            -1,
                            "entry (" + i + ", " + j + ") of the coarse matrix is " + e[i][j],
                            "try Scaled, or scaled vectors");
                }
            }
            double d = Math.abs(e[i][i]);
            scale[i] = d > DEPENDENT * size[i] ? 1 / Math.sqrt(d) : 0;
        }
        double[][] scaled = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double eij = symmetric ? 0.5 * e[i][j] + 0.5 * e[j][i] : e[i][j];
                scaled[i][j] = scale[i] * eij * scale[j];
            }
        }
        CoarseMatrix cholesky = symmetric ? cholesky(scaled, scale) : null;
        return cholesky == null ? lu(e) : cholesky;
    }

    private static int[] natural(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        return order;
    }

    /** Null where a pivot is negative beyond rounding. */
    private static CoarseMatrix cholesky(double[][] e, double[] scale) {
        int n = e.length;
        int[] p = natural(n);
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = e[i][i];
        }
        double[][] l = new double[n][n]; // rows in the order of the vectors, not of the pivots
        int rank = 0;
        while (rank < n) {
            int best = rank;
            for (int k = rank + 1; k < n; k++) {
                best = d[p[k]] > d[p[best]] ? k : best;
            }
            if (!(d[p[best]] > DEPENDENT)) {
                break;
            }
            int pivot = p[best];
            p[best] = p[rank];
            p[rank] = pivot;
            double root = Math.sqrt(d[pivot]);
            l[pivot][rank] = root;
            for (int k = rank + 1; k < n; k++) {
                int i = p[k];
                double sum = e[i][pivot];
                for (int j = 0; j < rank; j++) {
                    sum -= l[i][j] * l[pivot][j];
                }
                l[i][rank] = sum / root;
                d[i] -= l[i][rank] * l[i][rank];
            }
            rank++;
        }
        for (int k = rank; k < n; k++) {
            if (!(d[p[k]] >= -n * DEPENDENT)) {
                return null;
            }
        }
        return new CoarseMatrix(true, rank, p, scale, l);
    }

    private static CoarseMatrix lu(double[][] e) {
        int n = e.length;
        double[][] f = new double[n][];
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            double largest = 0;
            for (int j = 0; j < n; j++) {
                largest = Math.max(largest, Math.abs(e[i][j]));
            }
            scale[i] = largest > 0 ? 1 / largest : 0;
            f[i] = new double[n];
            for (int j = 0; j < n; j++) {
                f[i][j] = scale[i] * e[i][j];
            }
        }
        int[] p = natural(n);
        for (int k = 0; k < n; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++) {
                best = Math.abs(f[p[i]][k]) > Math.abs(f[p[best]][k]) ? i : best;
            }
            int swap = p[best];
            p[best] = p[k];
            p[k] = swap;
            double pivot = f[p[k]][k];
            if (!(Math.abs(pivot) > DEPENDENT && scale[p[k]] <= Double.MAX_VALUE)) {
                throw new BuildException(
                        BuildException.Reason.ZERO_PIVOT,
                        -1,
                        "the coarse matrix of " + n + " vectors is singular: pivot " + k + " is " + pivot,
                        "try fewer vectors, independent of each other");
            }
            for (int i = k + 1; i < n; i++) {
                double[] row = f[p[i]];
                row[k] /= pivot;
                for (int j = k + 1; j < n; j++) {
                    row[j] -= row[k] * f[p[k]][j];
                }
            }
        }
        return new CoarseMatrix(false, n, p, scale, f);
    }

    /** Whether E is symmetric positive definite on the vectors that are kept. */
    boolean isDefinite() {
        return definite;
    }

    /** {@return how many vectors were dropped} */
    int dropped() {
        return count - rank;
    }

    /** c ← E⁻¹ c; 0 for a dropped vector. */
    void solve(double[] c) {
        int[] p = order;
        double[] w = work;
        for (int k = 0; k < rank; k++) { // L w = c
            double[] row = factor[p[k]];
            double sum = scale[p[k]] * c[p[k]];
            for (int j = 0; j < k; j++) {
                sum -= row[j] * w[j];
            }
            w[k] = definite ? sum / row[k] : sum;
        }
        if (definite) {
            for (int k = rank - 1; k >= 0; k--) { // Lᵀ x = w
                double[] row = factor[p[k]];
                w[k] /= row[k];
                for (int j = 0; j < k; j++) {
                    w[j] -= row[j] * w[k];
                }
            }
            for (int k = 0; k < count; k++) {
                c[p[k]] = k < rank ? scale[p[k]] * w[k] : 0;
            }
        } else {
            for (int k = count - 1; k >= 0; k--) { // U x = w
                double[] row = factor[p[k]];
                double sum = w[k];
                for (int j = k + 1; j < count; j++) {
                    sum -= row[j] * c[j];
                }
                c[k] = sum / row[k];
            }
        }
    }

    long bytes() {
        return 8L * count * count + 20L * count;
    }
}
