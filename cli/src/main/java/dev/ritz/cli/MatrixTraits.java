package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one pass over a square matrix says about the choice of a method.
 *
 * @param n rows
 * @param asymmetry max |a_ij − a_ji| / max |a_ij|
 * @param positive positive entries of the diagonal
 * @param negative negative entries of the diagonal
 * @param zero entries of the diagonal that are zero or not stored
 * @param tiny nonzero entries of the diagonal below {@link #TINY} times the largest of their row
 * @param rowsCancel whether the entries of every row add up to zero, but for rounding: A·1 = 0
 * @param sameSign of the entries off the diagonal, summed by size: the share with the sign of the diagonal of their row
 * @param entries per row, at the mean
 * @param excess what is left of the diagonal when the other entries of the rows are added, as a share of it
 */
record MatrixTraits(
        int n,
        double asymmetry,
        int positive,
        int negative,
        int zero,
        int tiny,
        boolean rowsCancel,
        double sameSign,
        double entries,
        double excess) {
    /** Values that come from one computation done in two orders differ by rounding; a model's asymmetry is larger. */
    static final double SYMMETRIC = 1e-12;

    static final double TINY = 1e-8;

    /** A row sum this small against the absolute values behind it is the rounding of entries that cancel. */
    private static final double CANCELLED = 1e-13;

    /** Meshes with obtuse angles have a few entries of the sign of the diagonal; elasticity has many. */
    private static final double SAME_SIGN = 0.05;

    /** Chains and trees have fewer: their factors hardly fill. */
    private static final double ENTRIES = 4;

    /** A time step or a boundary adds to the diagonal; where it adds more, incomplete factors take few iterations. */
    private static final double EXCESS = 0.02;

    /** Said wherever {@link #rowsCancel} holds. */
    static final String ROWS_CANCEL = "A*1 = 0: A is singular; there is a solution only for b in its range";

    static MatrixTraits of(CsrMatrix a) {
        int n = a.rows();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int positive = 0;
        int negative = 0;
        int tiny = 0;
        double same = 0;
        double off = 0;
        double left = 0;
        double diagonal = 0;
        for (int i = 0; i < n; i++) {
            double largest = 0;
            double own = 0;
            double sum = 0;
            double size = 0;
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                largest = Math.max(largest, Math.abs(values[k]));
                own = colIdx[k] == i ? values[k] : own;
                sum += values[k];
                size += Math.abs(values[k]);
            }
            double others = size - Math.abs(own);
            same += 0.5 * (others + Math.copySign(sum - own, own * (sum - own)));
            off += others;
            left += Math.copySign(sum, own * sum);
            diagonal += Math.abs(own);
            positive += own > 0 ? 1 : 0;
            negative += own < 0 ? 1 : 0;
            tiny += own != 0 && Math.abs(own) < TINY * largest ? 1 : 0;
        }
        return new MatrixTraits(
                n,
                a.asymmetry(),
                positive,
                negative,
                n - positive - negative,
                tiny,
                rowsCancel(a),
                off > 0 ? same / off : 0,
                n > 0 ? (double) a.nnz() / n : 0,
                diagonal > 0 ? left / diagonal : 1);
    }

    /** Whether A·1 = 0, but for rounding; for most matrices a look at the first row. */
    static boolean rowsCancel(CsrMatrix a) {
        for (int i = 0; i < a.rows(); i++) {
            double sum = 0;
            double size = 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                sum += a.values()[k];
                size += Math.abs(a.values()[k]);
            }
            if (!(Math.abs(sum) <= CANCELLED * size)) {
                return false;
            }
        }
        return a.rows() > 0;
    }

    boolean symmetric() {
        return asymmetry <= SYMMETRIC;
    }

    /** Symmetric with the diagonal of a positive definite matrix. */
    boolean maybePositiveDefinite() {
        return symmetric() && positive == n;
    }

    /** Symmetric with the diagonal of a negative definite matrix. */
    boolean maybeNegativeDefinite() {
        return symmetric() && negative == n && n > 0;
    }

    /** Whether it looks like diffusion: entries off the diagonal have the other sign, nearly cancel it, and are no chain. */
    boolean looksElliptic() {
        return (maybePositiveDefinite() || maybeNegativeDefinite())
                && sameSign <= SAME_SIGN
                && entries >= ENTRIES
                && excess <= EXCESS;
    }

    boolean weakDiagonal() {
        return zero + tiny > 0;
    }

    /**
     * What the matrix says against a solve.
     *
     * @param method the one the user named, or null
     */
    List<String> warnings(String method) throws CommandException {
        List<String> warnings = new ArrayList<>();
        boolean needsSymmetry = method != null && MethodTable.needsSymmetry(MethodTable.named(method));
        if (needsSymmetry && asymmetry > SYMMETRIC) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s needs a symmetric matrix; A differs from its transpose by %.1e of its largest entry",
                    method,
                    asymmetry));
        }
        if (rowsCancel) {
            warnings.add(ROWS_CANCEL);
        }
        return warnings;
    }
}
