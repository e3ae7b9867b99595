package dev.ritz.krylov;

/**
 * min ‖β e₁ − H y‖₂ for a Hessenberg matrix that grows by a column per step, kept triangular by Givens rotations.
 * Everything is allocated once. Source: Saad 2003, section 6.5.3.
 */
final class GivensLeastSquares {
    /** A diagonal entry below this share of its column makes the triangle singular. */
    private static final double SINGULAR = 1e-15;

    private final double[][] r; // r[j]: column j of the triangle
    private final double[] cs;
    private final double[] sn;
    private final double[] g; // the rotated right-hand side
    private final double[] y;
    private int columns;

    GivensLeastSquares(int max) {
        r = new double[max][];
        for (int j = 0; j < max; j++) {
            r[j] = new double[j + 1];
        }
        cs = new double[max];
        sn = new double[max];
        g = new double[max + 1];
        y = new double[max];
    }

    void start(double beta) {
        columns = 0;
        g[0] = beta;
    }

    int columns() {
        return columns;
    }

    /** The minimum itself: the norm of the residual. */
    double residual() {
        return Math.abs(g[columns]);
    }

    /**
     * Appends column j = columns() with entries h[from … from + j + 1]; h is unchanged.
     *
     * @return false, and nothing is appended, when the triangle would become singular
     */
    boolean append(double[] h, int from) {
        int j = columns;
        double[] col = r[j];
        double last = h[from + j + 1];
        double largest = Math.abs(last);
        for (int i = 0; i <= j; i++) {
            col[i] = h[from + i];
            largest = Math.max(largest, Math.abs(col[i]));
        }
        for (int i = 0; i < j; i++) {
            double t = cs[i] * col[i] + sn[i] * col[i + 1];
            col[i + 1] = cs[i] * col[i + 1] - sn[i] * col[i];
            col[i] = t;
        }
        double rho = Math.hypot(col[j], last);
        if (!(rho > SINGULAR * largest)) {
            return false;
        }
        cs[j] = col[j] / rho;
        sn[j] = last / rho;
        col[j] = rho;
        g[j + 1] = -sn[j] * g[j];
        g[j] = cs[j] * g[j];
        columns = j + 1;
        return true;
    }

    /** y = R⁻¹ g; the array is reused. */
    double[] solve() {
        for (int i = columns - 1; i >= 0; i--) {
            double sum = g[i];
            for (int j = i + 1; j < columns; j++) {
                sum -= r[j][i] * y[j];
            }
            y[i] = sum / r[i][i];
        }
        return y;
    }
}
