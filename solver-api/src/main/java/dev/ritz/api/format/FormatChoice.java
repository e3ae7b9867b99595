package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.SparsityPattern;
import java.util.Locale;
import java.util.Objects;

/**
 * The format to multiply a matrix with, and why.
 *
 * <p>The rule looks at the pattern, and for the symmetric form at the values:
 *
 * <ol>
 *   <li>fewer than 50,000 entries: compressed rows, all formats are fast in the cache;
 *   <li>the symmetric half of the diagonals ({@link DiagonalMatrix#symmetric}) when A = Aᵀ to the last bit (rows kept apart excepted), all
 *       diagonals would take no more than 1.25 values per entry, and no more than a row in four stays apart; without
 *       symmetry all diagonals ({@link DiagonalMatrix#of}), up to 1.1 values per entry; nine diagonals at most, as far as
 *       one or two loops go, and 32 for the symmetric half where {@link DiagonalMatrix#loop} takes them in one;
 *   <li>slices ({@link SellMatrix}) when rows hold 2 to 64 entries on average and these lie farther than 65,536 columns
 *       from the diagonal on average, so that products wait for x;
 *   <li>compressed rows otherwise.
 * </ol>
 *
 * <p>{@link BlockMatrix} is never chosen: to make one takes as long as a hundred products, and it gains a sixth. Who
 * multiplies more often than that asks for it.
 *
 * <p>The figures behind the rule are in docs/decisions/0005-matrix-formats.md. A choice costs ten to
 * twenty products.
 *
 * @param operator what to multiply with; the same products as the matrix it was chosen for
 * @param reason one line a person can read
 */
public record FormatChoice(LinearOperator operator, String reason) {
    private static final int SMALL = 50_000;
    private static final double HALF_FILL = 1.25;
    private static final double DIAGONAL_FILL = 1.1;
    private static final int MOST_DIAGONALS = 9;
    private static final int MOST_IN_VECTORS = 32;
    /** One row in so many may stay apart from the diagonals. */
    private static final int MOST_APART = 4;

    private static final int SHORT_ROWS = 2;
    private static final int LONG_ROWS = 64;
    private static final double FAR = 65_536;

    /**
     * A choice.
     *
     * @param operator what to multiply with; the same products as the matrix it was chosen for
     * @param reason one line a person can read
     */
    public FormatChoice {
        Objects.requireNonNull(operator, "operator");
        Objects.requireNonNull(reason, "reason");
    }

    /**
     * Chooses by the rule above.
     *
     * @param a any matrix; its worker pool is kept
     * @return the operator and the reason
     */
    public static FormatChoice choose(CsrMatrix a) {
        Objects.requireNonNull(a, "a");
        if (a.nnz() < SMALL) {
            return new FormatChoice(a, "compressed rows: " + a.nnz() + " entries stay in the cache");
        }
        FormatChoice diagonals = mostlyShort(a.pattern()) ? diagonals(a) : null;
        if (diagonals != null) {
            return diagonals;
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

    /** Whether diagonals are worth a look: a row with more entries than there may be diagonals stays apart. */
    private static boolean mostlyShort(SparsityPattern pattern) {
        int[] rowPtr = pattern.rowPtr();
        int most = mostOfHalf();
        int longer = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            longer += rowPtr[i + 1] - rowPtr[i] > most ? 1 : 0;
        }
        return longer <= pattern.rows() / MOST_APART;
    }

    private static FormatChoice diagonals(CsrMatrix a) {
        if (a.rows() == a.cols()) {
            DiagonalLayout half = DiagonalLayout.of(a.pattern(), true, a.pool());
            if (suits(half, a, HALF_FILL, mostOfHalf())) {
                DiagonalMatrix m = DiagonalMatrix.symmetricOrNull(half, a);
                if (m != null) {
                    return of(a, m, m.diagonals() + " diagonals, symmetric half", fill(half, a));
                }
            }
            if (half == null) {
                return null;
            }
        }
        DiagonalLayout layout = DiagonalLayout.of(a.pattern(), false, a.pool());
        return suits(layout, a, DIAGONAL_FILL, MOST_DIAGONALS)
                ? of(a, DiagonalMatrix.filled(layout, a), layout.diagonals() + " diagonals", fill(layout, a))
                : null;
    }

    /** The most diagonals of the symmetric form. */
    private static int mostOfHalf() {
        return DiagonalMatrix.loop().isEmpty() ? MOST_DIAGONALS : MOST_IN_VECTORS;
    }

    private static boolean suits(DiagonalLayout layout, CsrMatrix a, double mostFill, int mostDiagonals) {
        return layout != null
                && layout.diagonals() <= mostDiagonals
                && fill(layout, a) <= mostFill
                && layout.apart().length <= a.rows() / MOST_APART;
    }

    /** Values read per entry. */
    private static double fill(DiagonalLayout layout, CsrMatrix a) {
        return ((double) layout.listed() + layout.colIdx().length) / a.nnz();
    }

    /** The mean of |i − j| over the entries; 0 where that is known to be below {@link #FAR}. */
    private static double distance(SparsityPattern pattern) {
        if (Math.max(pattern.rows(), pattern.cols()) <= FAR) {
            return 0;
        }
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
        String loop = DiagonalMatrix.loop().isEmpty() ? "" : ", " + DiagonalMatrix.loop();
        return new FormatChoice(
                m,
                String.format(
                        Locale.ROOT,
                        "%s, fill %.2f: %.1f times fewer bytes than compressed rows%s",
                        what,
                        fill,
                        ratio,
                        loop));
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
        if (!(operator instanceof CsrMatrix rows)) {
            throw new IllegalStateException(
                    "the operator is a " + operator.getClass().getName() + ", expected one that choose() gave");
        }
        SparsityPattern pattern = rows.pattern();
        if (!pattern.sameAs(a.pattern())) {
            throw new IllegalArgumentException(
                    "a has the " + a.pattern() + ", expected the one this format was chosen for, " + pattern);
        }
        return new FormatChoice(a, reason);
    }
}
