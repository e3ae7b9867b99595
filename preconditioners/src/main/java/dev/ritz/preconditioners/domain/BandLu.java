package dev.ritz.preconditioners.domain;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;

/** L U = P A Pᵀ with exchanges of rows; row i holds columns i − lower … i + lower + upper. */
final class BandLu extends DirectFactors {
    private final int lower;
    private final int upper;
    private final int width;
    private final double[] lu;
    /** The row that came in the place of each row. */
    private final int[] pivots;

    private BandLu(CsrMatrix a, int[] order, int lower, int upper) {
        super(a.pattern(), order);
        this.lower = lower;
        this.upper = upper;
        this.width = 2 * lower + upper + 1;
        this.lu = new double[order.length * width];
        this.pivots = new int[order.length];
    }

    static BandLu of(CsrMatrix a, int[] order, int maxEntries) {
        int n = a.rows();
        int[] place = places(order);
        int lower = 0;
        int upper = 0;
        for (int i = 0; i < n; i++) {
            for (int k = a.rowPtr()[order[i]]; k < a.rowPtr()[order[i] + 1]; k++) {
                int j = place[a.colIdx()[k]];
                lower = Math.max(lower, i - j);
                upper = Math.max(upper, j - i);
            }
        }
        checkSize(n * (2L * lower + upper + 1), maxEntries);
        BandLu band = new BandLu(a, order, lower, upper);
        double[] size = new double[n]; // largest entry of each column
        for (int i = 0; i < n; i++) {
            boolean zero = true;
            for (int k = a.rowPtr()[order[i]]; k < a.rowPtr()[order[i] + 1]; k++) {
                int j = place[a.colIdx()[k]];
                zero &= a.values()[k] == 0;
                band.lu[band.at(i, j)] = a.values()[k];
                size[j] = Math.max(size[j], Math.abs(a.values()[k]));
            }
            if (zero) {
                throw singular(order[i], "row " + order[i] + " is zero");
            }
        }
        band.factor(size);
        return band;
    }

    private int at(int i, int j) {
        return i * width + lower + j - i;
    }

    private void factor(double[] size) {
        int n = order.length;
        double[] v = lu;
        double tiny = n * Math.ulp(1.0);
        for (int k = 0; k < n; k++) {
            int last = Math.min(n - 1, k + lower);
            int best = k;
            for (int i = k + 1; i <= last; i++) {
                best = Math.abs(v[at(i, k)]) > Math.abs(v[at(best, k)]) ? i : best;
            }
            double pivot = v[at(best, k)];
            if (!(Math.abs(pivot) <= Double.MAX_VALUE)) {
                throw notFinite(order[k], pivot);
            }
            if (!(Math.abs(pivot) > tiny * size[k])) {
                throw singular(
                        order[k],
                        "the pivot of row " + order[k] + " is " + pivot + ": the matrix is singular up to rounding");
            }
            if (!(Math.abs(1 / pivot) <= Double.MAX_VALUE)) {
                throw notFinite(order[k], pivot);
            }
            pivots[k] = best;
            int count = Math.min(n, k + lower + upper + 1) - k; // columns from k on
            int from = at(k, k);
            if (best != k) {
                int other = at(best, k);
                for (int j = 0; j < count; j++) {
                    double swap = v[from + j];
                    v[from + j] = v[other + j];
                    v[other + j] = swap;
                }
            }
            for (int i = k + 1; i <= last; i++) {
                int row = at(i, k);
                double factor = v[row] / pivot;
                v[row] = factor;
                if (factor != 0) {
                    for (int j = 1; j < count; j++) {
                        v[row + j] -= factor * v[from + j]; // a_i: ← a_i: − l_ik u_k:
                    }
                }
            }
        }
        int[] rowEnd = new int[n];
        for (int i = 0; i < n; i++) {
            rowEnd[i] = (i + 1) * width;
        }
        checkFinite(lu, rowEnd);
    }

    private static BuildException singular(int row, String found) {
        return new BuildException(
                BuildException.Reason.ZERO_PIVOT,
                row,
                found,
                "try Ilutp, or GMRES without a preconditioner; fewer or other parts where this is a subdomain");
    }

    @Override
    void solve(double[] rhs) {
        int n = order.length;
        double[] v = lu;
        for (int k = 0; k < n; k++) { // L y = t, with the exchanges as they came
            double y = rhs[pivots[k]];
            rhs[pivots[k]] = rhs[k];
            rhs[k] = y;
            for (int i = k + 1, last = Math.min(n - 1, k + lower), at = at(i, k); i <= last; i++, at += width - 1) {
                rhs[i] -= v[at] * y;
            }
        }
        for (int i = n - 1; i >= 0; i--) { // U x = y
            int row = i * width + lower - i;
            double sum = rhs[i];
            for (int j = i + 1, last = Math.min(n - 1, i + lower + upper); j <= last; j++) {
                sum -= v[row + j] * rhs[j];
            }
            rhs[i] = sum / v[row + i];
        }
    }

    @Override
    public Kind kind() {
        return Kind.FIXED;
    }

    @Override
    public String name() {
        return "Direct";
    }

    @Override
    public String note() {
        return "LU factors with " + lu.length + " entries in a band";
    }

    @Override
    public long bytes() {
        return 8L * lu.length + 16L * order.length; // lu; t, order and pivots
    }
}
