package dev.ritz.preconditioners.composition;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import java.util.Objects;

/**
 * What stands for the Schur complement S = A_11 − A_10 A_00⁻¹ A_01: the second part of a {@link FieldSplit} is built on
 * it.
 *
 * <p>In saddle point problems S is negative. A matrix whose diagonal is negative is turned round before the part is
 * built, so that Cholesky factors and multigrid can work on it, and the sign is put back when the part is applied.
 */
public final class Schur {
    /** A_11 − A_10 diag(A_00)⁻¹ A_01, assembled. */
    public static final Schur SELFP = new Schur(null);

    /** A_11 itself, where the coupling is weak. */
    public static final Schur A11 = new Schur(null);

    /** Terms a product may have for each entry of its factors, */
    private static final long MOST = 100;
    /** or in all. */
    private static final long FEW = 1 << 24;

    private final CsrMatrix given;

    private Schur(CsrMatrix given) {
        this.given = given;
    }

    /**
     * A matrix of the caller's, such as the mass matrix of the pressure in Stokes problems. It may stand for S or for −S:
     * the sign of the diagonal of {@link #SELFP} decides.
     *
     * @param matrix square, of the size of the second field
     * @return that matrix for S
     */
    public static Schur of(CsrMatrix matrix) {
        return new Schur(Objects.requireNonNull(matrix, "matrix"));
    }

    /**
     * What the second part is built on.
     *
     * @param matrix turned round where its diagonal is negative
     * @param sign −1 where S is negative, else 1; S stands for sign · matrix
     */
    record Complement(CsrMatrix matrix, double sign) {}

    /** Of the blocks of A; rows in exceptions are those of A. */
    Complement complement(CsrMatrix a00, CsrMatrix a01, CsrMatrix a10, CsrMatrix a11, int[][] rows) {
        if (this == A11) {
            return turned(a11, sign(a11.diagonal()), rows[1]);
        }
        if (given == null) {
            double[] inverse = a00.diagonal();
            for (int k = 0; k < inverse.length; k++) {
                double d = inverse[k];
                inverse[k] = 1 / d;
                if (!(Math.abs(inverse[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.ZERO_PIVOT,
                            rows[0][k],
                            "row " + rows[0][k] + " of the first field has the diagonal entry " + d
                                    + ", by which the Schur complement would divide",
                            "try Schur.A11, or a matrix for S");
                }
            }
            checkFill(a10, a01, rows);
            CsrMatrix s = a11.plus(1, -1, a10.scale(null, inverse).times(a01));
            return turned(s, sign(s.diagonal()), rows[1]);
        }
        if (given.rows() != a11.rows() || given.cols() != a11.rows()) {
            throw new IllegalArgumentException("the matrix for S is " + given.rows() + " by " + given.cols()
                    + ", the second field has " + a11.rows() + " unknowns");
        }
        Complement positive = turned(given, sign(given.diagonal()), rows[1]);
        return new Complement(positive.matrix, sign(selfpDiagonal(a00, a01, a10, a11)));
    }

    /** Fails before a product that dense rows or columns would fill. */
    private static void checkFill(CsrMatrix a10, CsrMatrix a01, int[][] rows) {
        long all = 0;
        long most = 0;
        int worst = 0;
        for (int i = 0; i < a10.rows(); i++) {
            long terms = 0;
            for (int k = a10.rowPtr()[i]; k < a10.rowPtr()[i + 1]; k++) {
                int j = a10.colIdx()[k];
                terms += a01.rowPtr()[j + 1] - a01.rowPtr()[j];
            }
            all += terms;
            worst = terms > most ? i : worst;
            most = Math.max(most, terms);
        }
        long limit = Math.max(FEW, MOST * ((long) a10.nnz() + a01.nnz()));
        if (all > limit) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    rows[1][worst],
                    "the Schur complement would take " + all + " terms, expected at most " + limit + "; most of them, "
                            + most + ", in row " + rows[1][worst],
                    "try Schur.A11, or a matrix for S");
        }
    }

    private static Complement turned(CsrMatrix s, double sign, int[] rows) {
        double[] values = s.values().clone();
        for (int i = 0; i < s.rows(); i++) {
            for (int k = s.rowPtr()[i]; k < s.rowPtr()[i + 1]; k++) {
                values[k] *= sign;
                if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            rows[i],
                            "row " + rows[i] + " of the Schur complement holds " + values[k],
                            "try Scaled");
                }
            }
        }
        return new Complement(s.withValues(values), sign);
    }

    /** Rows of the first field without a diagonal entry add nothing. */
    private static double[] selfpDiagonal(CsrMatrix a00, CsrMatrix a01, CsrMatrix a10, CsrMatrix a11) {
        double[] pivot = a00.diagonal();
        double[] d = a11.diagonal();
        for (int i = 0; i < d.length; i++) {
            for (int k = a10.rowPtr()[i]; k < a10.rowPtr()[i + 1]; k++) {
                int j = a10.colIdx()[k];
                d[i] -= pivot[j] == 0 ? 0 : a10.values()[k] / pivot[j] * a01.get(j, i);
            }
        }
        return d;
    }

    /** −1 where the diagonal is negative, zeros aside. */
    private static double sign(double[] diagonal) {
        boolean negative = false;
        for (double d : diagonal) {
            if (d > 0) {
                return 1;
            }
            negative |= d < 0;
        }
        return negative ? -1 : 1;
    }

    @Override
    public String toString() {
        if (given != null) {
            return "given";
        }
        return this == A11 ? "a11" : "selfp";
    }
}
