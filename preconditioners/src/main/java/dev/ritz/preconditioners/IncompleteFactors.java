package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;

/** What the incomplete factorisations on the pattern of A share: symbolic reuse, failures, scaling of the factors. */
final class IncompleteFactors {
    private IncompleteFactors() {}

    /** The symbolic part of {@code old} where it fits {@code a}, else a new one. */
    static TriangularPattern symbolic(Preconditioner old, CsrMatrix a) {
        if (old instanceof TriangularFactors f
                && f.symbolic().pattern.sameAs(a.pattern())
                && f.symbolic().pool == a.pool()) {
            return f.symbolic();
        }
        int[] diagonal = a.pattern().diagonalPositions();
        for (int i = 0; i < diagonal.length; i++) {
            if (diagonal[i] < 0) {
                throw zeroPivot(i, "not stored");
            }
        }
        return new TriangularPattern(a.pattern(), diagonal, a.pool());
    }

    /** Incomplete LU of a general matrix, relaxed by omega. */
    static Preconditioner general(String name, Preconditioner old, CsrMatrix a, double omega, Precision precision) {
        Checks.square(a);
        Checks.finite(a);
        TriangularPattern s = symbolic(old, a);
        double[] lu = new double[a.nnz()];
        int bad = new IncompleteLu(a, s, omega, false, lu).factor(0);
        if (bad >= 0) {
            double pivot = lu[s.diagonal[bad]];
            if (pivot == 0) {
                throw zeroPivot(bad, "zero");
            }
            throw notFinite(bad, pivot);
        }
        double[] inverse = inverse(s, lu);
        scaleUpper(s, lu, inverse);
        return new TriangularFactors(name, Preconditioner.Kind.FIXED, "", s, precision, lu, inverse);
    }

    /** Incomplete Cholesky of a symmetric matrix, relaxed by omega, shifted where needed; both triangles from U. */
    static Preconditioner symmetric(String name, Preconditioner old, CsrMatrix a, double omega, Precision precision) {
        Checks.square(a);
        Checks.finite(a);
        int[] diagonal = a.pattern().diagonalPositions();
        Checks.positiveDiagonal(a, diagonal);
        Checks.symmetric(a, diagonal);
        TriangularPattern s = symbolic(old, a);
        double[] lu = new double[a.nnz()];
        IncompleteLu factorisation = new IncompleteLu(a, s, omega, true, lu);
        double shift = factorisation.factorShifted();
        if (Double.isNaN(shift)) {
            int bad = factorisation.factor(0);
            throw new BuildException(
                    BuildException.Reason.NOT_POSITIVE,
                    bad,
                    "the pivot of row " + bad + " is " + lu[s.diagonal[bad]] + ", and no shift up to 16 diag(A) helps",
                    "try Ilu0");
        }
        double[] inverse = inverse(s, lu);
        scaleUpper(s, lu, inverse); // Û = D⁻¹ U
        mirror(s, lu); // L̂ = Ûᵀ
        String note = shift == 0 ? "" : "factored A + " + shift + " diag(A)";
        return new TriangularFactors(name, Preconditioner.Kind.SPD, note, s, precision, lu, inverse);
    }

    private static double[] inverse(TriangularPattern s, double[] lu) {
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

    private static void scaleUpper(TriangularPattern s, double[] lu, double[] inverse) {
        int[] rowPtr = s.pattern.rowPtr();
        for (int i = 0; i < inverse.length; i++) {
            for (int k = s.diagonal[i] + 1; k < rowPtr[i + 1]; k++) {
                lu[k] *= inverse[i];
            }
        }
    }

    /** Overwrites the lower triangle by the mirror image of the upper one; where that stores nothing, by zero. */
    private static void mirror(TriangularPattern s, double[] lu) {
        int[] rowPtr = s.pattern.rowPtr();
        int[] colIdx = s.pattern.colIdx();
        int[] cursor = new int[s.diagonal.length];
        for (int i = 0; i < cursor.length; i++) {
            cursor[i] = s.diagonal[i] + 1;
        }
        for (int i = 0; i < cursor.length; i++) {
            for (int k = rowPtr[i]; k < s.diagonal[i]; k++) {
                int j = colIdx[k];
                while (cursor[j] < rowPtr[j + 1] && colIdx[cursor[j]] < i) {
                    cursor[j]++;
                }
                boolean paired = cursor[j] < rowPtr[j + 1] && colIdx[cursor[j]] == i;
                lu[k] = paired ? lu[cursor[j]] : 0;
            }
        }
    }

    static BuildException zeroPivot(int i, String what) {
        return new BuildException(
                BuildException.Reason.ZERO_PIVOT,
                i,
                "the pivot of row " + i + " is " + what,
                "try Matched, which moves large entries to the diagonal");
    }

    static BuildException notFinite(int i, double value) {
        return new BuildException(
                BuildException.Reason.NOT_FINITE,
                i,
                "the factor of row " + i + " overflows at " + value,
                "try Matched or Scaled");
    }
}
