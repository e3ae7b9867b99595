package dev.ritz.preconditioners.domain;

import dev.ritz.api.BuildException;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;

/** Complete factors of P A Pᵀ, seen from A. */
abstract class DirectFactors implements Preconditioner {
    /** Largest |a_ij − a_ji| over the largest entry of a matrix that counts as symmetric: some roundings. */
    static final double SYMMETRIC = 1e-14;

    final SparsityPattern pattern;
    /** Row k of P A Pᵀ is this row of A. */
    final int[] order;

    private final double[] t;

    DirectFactors(SparsityPattern pattern, int[] order) {
        this.pattern = pattern;
        this.order = order;
        this.t = new double[order.length];
    }

    /** t ← (P A Pᵀ)⁻¹ t. */
    abstract void solve(double[] rhs);

    @Override
    public int size() {
        return order.length;
    }

    @Override
    public void apply(double[] r, double[] z) {
        int[] p = order;
        double[] w = t;
        for (int k = 0; k < p.length; k++) {
            w[k] = r[p[k]];
        }
        solve(w);
        for (int k = 0; k < p.length; k++) {
            z[p[k]] = w[k];
        }
    }

    /** The place of each row of A in the order. */
    static int[] places(int[] order) {
        int[] place = new int[order.length];
        for (int k = 0; k < order.length; k++) {
            place[order[k]] = k;
        }
        return place;
    }

    static void checkSize(long entries, int maxEntries) {
        if (entries > maxEntries) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    -1,
                    "complete factors would have " + entries + " entries, expected at most " + maxEntries,
                    "try Schwarz with Direct in it, more subdomains, or Ilut");
        }
    }

    static BuildException notFinite(int row, double value) {
        return new BuildException(
                BuildException.Reason.NOT_FINITE,
                row,
                "the factor of row " + row + " overflows at " + value,
                "try Scaled or Matched");
    }

    /** Reports what overflowed while a factorisation went on. */
    void checkFinite(double[] factor, int[] rowEnd) {
        int k = 0;
        for (int i = 0; i < rowEnd.length; i++) {
            for (; k < rowEnd[i]; k++) {
                if (!(Math.abs(factor[k]) <= Double.MAX_VALUE)) {
                    throw notFinite(order[i], factor[k]);
                }
            }
        }
    }
}
