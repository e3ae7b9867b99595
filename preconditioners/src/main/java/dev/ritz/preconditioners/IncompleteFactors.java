package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;

/** What the incomplete factorisations on a given pattern share: symbolic reuse and failures. */
final class IncompleteFactors {
    private IncompleteFactors() {}

    /**
     * The symbolic part of {@code old} where it fits {@code a}, else a new one, with the fill of some levels.
     *
     * @param complete whether a diagonal that is not stored may be added at level 0
     */
    static TriangularPattern symbolic(Preconditioner old, CsrMatrix a, int level, boolean complete) {
        if (old instanceof TriangularFactors f
                && f.symbolic().level == level
                && f.symbolic().origin.sameAs(a.pattern())
                && f.symbolic().pool == a.pool()
                && (complete || level > 0 || f.symbolic().pattern == f.symbolic().origin)) {
            return f.symbolic();
        }
        if (level > 0) {
            return LevelFill.of(a.pattern(), level, a.pool());
        }
        int[] diagonal = a.pattern().diagonalPositions();
        for (int i = 0; i < diagonal.length; i++) {
            if (diagonal[i] < 0 && complete) {
                return LevelFill.of(a.pattern(), 0, a.pool());
            }
            if (diagonal[i] < 0) {
                throw zeroPivot(i, "not stored");
            }
        }
        return new TriangularPattern(a.pattern(), diagonal, a.pool());
    }

    /** Incomplete LU of a general matrix, relaxed by omega; pivots below a share of their row are moved to it. */
    static Preconditioner general(
            String name, Preconditioner old, CsrMatrix a, int level, double omega, Precision precision, double share) {
        Checks.square(a);
        Checks.finite(a);
        TriangularPattern s = symbolic(old, a, level, share > 0);
        double[] lu = new double[s.pattern.nnz()];
        IncompleteLu factorisation = new IncompleteLu(onPattern(a, s), s, omega, false, share, lu);
        int bad = factorisation.factor(0);
        if (bad >= 0) {
            double pivot = lu[s.diagonal[bad]];
            if (pivot == 0) {
                throw zeroPivot(bad, "zero");
            }
            throw notFinite(bad, pivot);
        }
        double[] inverse = factorisation.inverse();
        String note = shifted(factorisation.shifted());
        return new TriangularFactors(name, Preconditioner.Kind.FIXED, note, s, precision, lu, inverse, inverse);
    }

    /** Incomplete Cholesky of a symmetric matrix, relaxed by omega, shifted where needed; both triangles from U. */
    static Preconditioner symmetric(
            String name, Preconditioner old, CsrMatrix a, int level, double omega, Precision precision) {
        Checks.square(a);
        Checks.finite(a);
        int[] diagonal = a.pattern().diagonalPositions();
        Checks.positiveDiagonal(a, diagonal);
        Checks.symmetric(a, diagonal);
        TriangularPattern s = symbolic(old, a, level, false);
        double[] lu = new double[s.pattern.nnz()];
        IncompleteLu factorisation = new IncompleteLu(onPattern(a, s), s, omega, true, lu);
        double shift = factorisation.factorShifted();
        if (Double.isNaN(shift)) {
            int bad = factorisation.factor(0);
            throw new BuildException(
                    BuildException.Reason.NOT_POSITIVE,
                    bad,
                    "the pivot of row " + bad + " is " + lu[s.diagonal[bad]] + ", and no shift up to 16 diag(A) helps",
                    "try Ilu0");
        }
        double[] inverse = factorisation.inverse();
        String note = shift == 0 ? "" : "factored A + " + shift + " diag(A)";
        return new TriangularFactors(name, Preconditioner.Kind.SPD, note, s, precision, lu, inverse, inverse);
    }

    private static CsrMatrix onPattern(CsrMatrix a, TriangularPattern s) {
        return s.pattern == s.origin ? a : LevelFill.spread(a, s.pattern);
    }

    /** The note about so many pivots. */
    static String shifted(int pivots) {
        return pivots == 0 ? "" : "pivots shifted: " + pivots;
    }

    static void checkShift(double shift) {
        if (!(shift >= 0 && shift < 1)) {
            throw new IllegalArgumentException("shift = " + shift + ", expected a number in [0, 1)");
        }
    }

    static double[] inverse(TriangularPattern s, double[] lu) {
        double[] inverse = new double[s.diagonal.length];
        for (int i = 0; i < inverse.length; i++) {
            double pivot = lu[s.diagonal[i]];
            inverse[i] = 1 / pivot;
            if (!(Math.abs(inverse[i]) <= Double.MAX_VALUE)) {
                throw notFinite(i, pivot);
            }
        }
        return inverse;
    }

    static BuildException zeroPivot(int i, String what) {
        return new BuildException(
                BuildException.Reason.ZERO_PIVOT,
                i,
                "the pivot of row " + i + " is " + what,
                "try Matched, which moves large entries to the diagonal, with Ilutp in it where that is not enough; or a"
                        + " shift");
    }

    static BuildException notFinite(int i, double value) {
        return new BuildException(
                BuildException.Reason.NOT_FINITE,
                i,
                "the factor of row " + i + " overflows at " + value,
                "try Matched or Scaled");
    }
}
