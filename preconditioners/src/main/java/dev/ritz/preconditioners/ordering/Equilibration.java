package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/**
 * Scaling of rows and columns so that the largest entry of each is near 1. The factors are powers of two: scaling loses
 * no bit.
 *
 * <pre>
 * Needs   A finite; for the symmetric form square
 * Gives   diag(r) A diag(c) with row and column maxima in [1/2, 1]; symmetric: r = c, maxima in [1/4, 1]
 * Work    at most 12 sweeps over the entries
 * Fails   NOT_FINITE
 * Source  Ruiz 2001, RAL-TR-2001-034 (simultaneous scaling in the maximum norm)
 * </pre>
 *
 * Ruiz's iteration divides rows and columns at once by the square roots of their maxima; it treats A and Aᵀ alike and
 * keeps symmetry. The powers of two are settled in a last pass. Empty rows and columns keep the factor 1. With one
 * power for row and column i a diagonal moves by factors of four, hence the wider interval of the symmetric form. The
 * intervals are missed only where a factor would leave 2^±1000.
 */
public final class Equilibration {
    private static final int SWEEPS = 10;
    /** In powers of two; a tenth is more than the rounding to whole powers will keep. */
    private static final double NEAR = 0.1;

    private static final int MAX_POWER = 1000;
    private static final double LOG_2 = StrictMath.log(2);

    private final int[] rowPower;
    private final int[] colPower;

    private Equilibration(int[] rowPower, int[] colPower) {
        this.rowPower = rowPower;
        this.colPower = colPower;
    }

    /**
     * Scales rows and columns independently.
     *
     * @param a a matrix, also a rectangular one
     * @return the scaling
     * @throws BuildException when a value is not finite
     */
    public static Equilibration of(CsrMatrix a) {
        Checks.finite(a);
        CsrMatrix t = a.transpose();
        double[][] start = iterate(a, false);
        int[] r = floor(start[0]);
        int[] c = floor(start[1]);
        for (int i = 0; i < r.length; i++) { // now no entry exceeds 1 …
            r[i] = bounded(r[i], room(largest(a, i, r[i], c, -1)));
        }
        for (int j = 0; j < c.length; j++) { // … and columns can only grow, so rows stay where they are or grow too
            c[j] = bounded(c[j], room(largest(t, j, c[j], r, -1)));
        }
        return new Equilibration(r, c);
    }

    /**
     * Scales row and column i by one factor, so that a symmetric matrix stays symmetric.
     *
     * @param a a square matrix, taken as |a_ij| and |a_ji| together where it is not symmetric
     * @return the scaling, with equal factors for rows and columns
     * @throws IllegalArgumentException when {@code a} is not square
     * @throws BuildException when a value is not finite
     */
    public static Equilibration symmetric(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        CsrMatrix t = a.transpose();
        double[] diagonal = a.diagonal();
        int[] s = floor(iterate(a, true)[0]);
        for (int pass = 0; pass < 2; pass++) { // the first brings all below 1, the second only lets rows grow
            for (int i = 0; i < s.length; i++) {
                double off = Math.max(largest(a, i, s[i], s, i), largest(t, i, s[i], s, i));
                double own = Math.scalb(Math.abs(diagonal[i]), 2 * s[i]);
                int power = Math.floorDiv(room(own), 2);
                if (off > 0) {
                    power = own > 0 ? Math.min(power, room(off)) : room(off);
                }
                s[i] = bounded(s[i], power);
            }
        }
        return new Equilibration(s, s);
    }

    /** {@return r, the factors of the rows} */
    public double[] rowScale() {
        return powers(rowPower);
    }

    /** {@return c, the factors of the columns} */
    public double[] colScale() {
        return powers(colPower);
    }

    /** Ruiz's sweeps in logarithms: l_ij + r_i + c_j, all at most 0 in the limit and 0 in each row and column. */
    private static double[][] iterate(CsrMatrix a, boolean symmetric) {
        double[] log = new double[a.nnz()];
        for (int k = 0; k < log.length; k++) {
            log[k] = StrictMath.log(Math.abs(a.values()[k])) / LOG_2;
        }
        double[] r = new double[a.rows()];
        double[] c = symmetric ? r : new double[a.cols()];
        double[] rowMax = new double[r.length];
        double[] colMax = symmetric ? rowMax : new double[c.length];
        boolean near = false;
        for (int sweep = 0; sweep < SWEEPS && !near; sweep++) {
            Arrays.fill(rowMax, Double.NEGATIVE_INFINITY);
            Arrays.fill(colMax, Double.NEGATIVE_INFINITY);
            for (int i = 0; i < r.length; i++) {
                for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                    int j = a.colIdx()[k];
                    double l = log[k] + r[i] + c[j];
                    rowMax[i] = Math.max(rowMax[i], l);
                    colMax[j] = Math.max(colMax[j], l);
                }
            }
            near = halve(rowMax, r);
            if (!symmetric) {
                near &= halve(colMax, c);
            }
        }
        return new double[][] {r, c};
    }

    private static boolean halve(double[] max, double[] scale) {
        boolean near = true;
        for (int i = 0; i < max.length; i++) {
            if (max[i] > Double.NEGATIVE_INFINITY) { // an empty row keeps its factor
                scale[i] -= max[i] / 2;
                near &= Math.abs(max[i]) <= NEAR;
            }
        }
        return near;
    }

    /** max_j |a_ij| 2^(own + other_j), without column {@code skip}. */
    private static double largest(CsrMatrix a, int i, int own, int[] other, int skip) {
        double max = 0;
        for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
            int j = a.colIdx()[k];
            if (j != skip) {
                max = Math.max(max, Math.scalb(Math.abs(a.values()[k]), own + other[j]));
            }
        }
        return max;
    }

    /** The power of two that takes x into (1/2, 1]; 0 for 0. */
    private static int room(double x) {
        if (x == 0) {
            return 0;
        }
        int exponent = x < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p60) - 60 : Math.getExponent(x);
        return Math.scalb(x, -exponent) == 1 ? -exponent : -exponent - 1;
    }

    private static int bounded(int power, int more) {
        return Math.max(-MAX_POWER, Math.min(MAX_POWER, power + more));
    }

    private static int[] floor(double[] x) {
        int[] down = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            down[i] = bounded((int) Math.floor(x[i]), 0);
        }
        return down;
    }

    private static double[] powers(int[] exponents) {
        double[] p = new double[exponents.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.scalb(1.0, exponents[i]);
        }
        return p;
    }
}
