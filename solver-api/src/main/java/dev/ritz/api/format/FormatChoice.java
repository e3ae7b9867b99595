package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.SparsityPattern;
import java.util.Locale;

/**
 * The format to multiply a matrix with, and why.
 *
 * <p>The rule looks at the pattern, and for the symmetric form at the values:
 *
 * <ol>
 *   <li>fewer than 50,000 entries: compressed rows, all formats are fast in the cache;
 *   <li>the symmetric half of the diagonals ({@link DiagonalMatrix#symmetric}) when A = Aᵀ to the last bit, all
 *       diagonals would take no more than 1.25 values per entry, and no more than a row in four stays apart; without
 *       symmetry all diagonals ({@link DiagonalMatrix#of}), up to 1.1 values per entry;
 *   <li>blocks ({@link BlockMatrix}) of 4, 3 or 2 when no more than 1.15 values are stored per entry;
 *   <li>slices ({@link SellMatrix}) when rows hold 2 to 64 entries on average and these lie farther than 65,536 columns
 *       from the diagonal on average, so that products wait for x;
 *   <li>compressed rows otherwise.
 * </ol>
 *
 * <p>The figures behind the rule are in docs/decisions/0005-matrix-formats.md. A choice costs some tens of
 * products.
 *
 * @param operator what to multiply with; the same products as the matrix it was chosen for
 * @param reason one line a person can read
 */
public record FormatChoice(LinearOperator operator, String reason) {
    private static final int SMALL = 50_000;
    private static final double HALF_FILL = 1.25;
    private static final double DIAGONAL_FILL = 1.1;
    private static final double BLOCK_FILL = 1.15;
    private static final int SHORT_ROWS = 2;
    private static final int LONG_ROWS = 64;
    private static final double FAR = 65_536;

    /**
     * Chooses by the rule above.
     *
     * @param a any matrix; its worker pool is kept
     * @return the operator and the reason
     */
    public static FormatChoice choose(CsrMatrix a) {
        if (a.nnz() < SMALL) {
            return new FormatChoice(a, "compressed rows: " + a.nnz() + " entries stay in the cache");
        }
        FormatChoice diagonals = diagonals(a);
        if (diagonals != null) {
            return diagonals;
        }
        for (int size = 4; size >= 2; size--) {
            if (a.rows() % size == 0 && a.cols() % size == 0) {
                double fill = BlockMatrix.fill(a.pattern(), size);
                if (fill <= BLOCK_FILL) {
                    return of(a, BlockMatrix.of(a, size), "blocks of " + size + " by " + size, fill);
                }
            }
        }
        double average = (double) a.nnz() / a.rows();
        if (average >= SHORT_ROWS && average <= LONG_ROWS && distance(a.pattern()) > FAR) {
            return new FormatChoice(
                    SellMatrix.of(a),
                    String.format(Locale.ROOT, "slices of eight rows: %.1f scattered entries per row", average));
        }
        return new FormatChoice(
                a, String.format(Locale.ROOT, "compressed rows: %.1f entries per row on average", average));
    }

    private static FormatChoice diagonals(CsrMatrix a) {
        DiagonalLayout layout = DiagonalLayout.of(a.pattern(), false);
        if (layout == null || layout.stored() > HALF_FILL * a.nnz() || layout.apart().length > a.rows() / 4) {
            return null;
        }
        double fill = (double) layout.stored() / a.nnz();
        if (a.rows() == a.cols()) {
            DiagonalLayout half = DiagonalLayout.of(a.pattern(), true);
            if (half != null && half.stored() < layout.stored() && half.apart().length <= a.rows() / 4) {
                DiagonalMatrix m = DiagonalMatrix.symmetricOrNull(half, a);
                if (m != null) {
                    return of(a, m, m.diagonals() + " diagonals, symmetric half", fill);
                }
            }
        }
        if (fill > DIAGONAL_FILL) {
            return null;
        }
        return of(a, DiagonalMatrix.filled(layout, a), layout.diagonals() + " diagonals", fill);
    }

    /** The mean of |i − j| over the entries. */
    private static double distance(SparsityPattern pattern) {
        double sum = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                sum += Math.abs(i - pattern.colIdx()[k]);
            }
        }
        return sum / pattern.nnz();
    }

    private static FormatChoice of(CsrMatrix a, FormattedMatrix m, String what, double fill) {
        double ratio = (12.0 * a.nnz() + 4.0 * a.rows()) / m.bytes();
        return new FormatChoice(
                m,
                String.format(
                        Locale.ROOT, "%s, fill %.2f: %.1f times fewer bytes than compressed rows", what, fill, ratio));
    }

    /**
     * The operator for a matrix with the same pattern and new values: the layout is kept. Where the symmetric form no
     * longer fits the values, the choice is made anew.
     *
     * @param a a matrix with the pattern this was chosen for
     * @return its operator and the reason
     * @throws IllegalArgumentException when the pattern is another
     */
    public FormatChoice withValues(CsrMatrix a) {
        if (operator instanceof DiagonalMatrix m && m.isSymmetricForm()) {
            DiagonalMatrix again = m.withValuesOrNull(a);
            return again == null ? choose(a) : new FormatChoice(again, reason);
        }
        if (operator instanceof FormattedMatrix m) {
            return new FormatChoice(m.withValues(a), reason);
        }
        SparsityPattern pattern = ((CsrMatrix) operator).pattern();
        if (!pattern.sameAs(a.pattern())) {
            throw new IllegalArgumentException(
                    "a has the " + a.pattern() + ", expected the one this format was chosen for, " + pattern);
        }
        return new FormatChoice(a, reason);
    }
}
