package dev.ritz.krylov;

import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;

/**
 * min ‖f − G y‖₂ for a tall matrix G = Q R of s rows that grows by a column per step, as long as its columns, scaled to
 * unit length, stay independent: ‖R⁻¹‖_F is followed exactly. Everything is allocated once.
 */
final class SketchedLeastSquares {
    /** Beyond this condition a further column is rounding. */
    private static final double ILL_CONDITIONED = 1e12;

    private final Vectors v;
    private final double[][] q;
    private final double[][] r; // by columns
    private final double[][] inverse; // of R with columns of unit length, by columns
    private final double[] f; // what is left of f
    private final double[] g; // Qᵀ f
    private final double[] h;
    private final double[] correction;
    private final double[] y;
    private int columns;
    private double inverseSquare;

    /**
     * An empty problem.
     *
     * @param v kernels for s rows
     * @param max the most columns
     */
    SketchedLeastSquares(Vectors v, int max) {
        this.v = v;
        q = new double[max + 1][v.length()]; // the last one for a column that is refused
        r = new double[max][max];
        inverse = new double[max][max];
        f = new double[v.length()];
        g = new double[max];
        h = new double[max + 1];
        correction = new double[max + 1];
        y = new double[max];
    }

    /** No columns, and the given f. */
    void start(double[] rightHandSide) {
        columns = 0;
        inverseSquare = 0;
        v.copy(rightHandSide, f);
    }

    /** {@return columns so far} */
    int columns() {
        return columns;
    }

    /** {@return the minimum} */
    double residual() {
        return v.norm(f);
    }

    /** {@return the columns of Q} */
    double[][] q() {
        return q;
    }

    /** {@return column j of R, whose first j + 1 entries count} */
    double[] r(int j) {
        return r[j];
    }

    /**
     * Appends a column; it is unchanged.
     *
     * @return false, and nothing is appended, when it is not finite or depends on those before it
     */
    boolean append(double[] column) {
        int p = columns;
        double size = v.norm(column);
        if (!(size > 0 && size < Double.POSITIVE_INFINITY)) {
            return false;
        }
        double[] w = q[p];
        v.scale(1, column, w);
        double left = Arnoldi.orthogonalise(v, q, p, w, h, correction);
        double share = left / size;
        double[] e = inverse[p];
        Arrays.fill(e, 0, p, 0);
        for (int j = 0; j < p; j++) { // −R⁻¹ h
            double t = h[j] / size;
            for (int i = 0; i <= j; i++) {
                e[i] -= t * inverse[j][i];
            }
        }
        e[p] = 1;
        double square = 0;
        for (int i = 0; i <= p; i++) {
            e[i] /= share;
            square += e[i] * e[i];
        }
        if (!(inverseSquare + square < ILL_CONDITIONED * ILL_CONDITIONED && 1 / left < Double.POSITIVE_INFINITY)) {
            return false;
        }
        inverseSquare += square;
        System.arraycopy(h, 0, r[p], 0, p);
        r[p][p] = left;
        v.scale(1 / left, w);
        g[p] = v.dot(w, f);
        v.axpy(-g[p], w, f);
        columns = p + 1;
        return true;
    }

    /** {@return y = R⁻¹ Qᵀ f, in an array that is reused} */
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
