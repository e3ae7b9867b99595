package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;

/** What the incomplete factorisations on the pattern of A share: symbolic reuse, failures, scaling of the factors. */
final class IncompleteFactors {
    private IncompleteFactors() {}

    /** The symbolic part of {@code old} where it fits {@code a}, else a new one. */
    static TriangularPattern symbolic(Preconditioner old, CsrMatrix a) {
        if (old instanceof TriangularFactors f && f.symbolic().pattern.sameAs(a.pattern())) {
            return f.symbolic();
        }
        int[] diagonal = a.pattern().diagonalPositions();
        for (int i = 0; i < diagonal.length; i++) {
            if (diagonal[i] < 0) {
                throw zeroPivot(i, "not stored");
            }
        }
        return new TriangularPattern(a.pattern(), diagonal);
    }

    /** Incomplete LU of a general matrix, relaxed by omega. */
    static Preconditioner general(String name, Preconditioner old, CsrMatrix a, double omega, Precision precision) {
        Checks.square(a);
        Checks.finite(a);
        TriangularPattern s = symbolic(old, a);
        double[] lu = new double[a.nnz()];
        int bad = IncompleteLu.factor(a, s.diagonal, omega, 0, false, lu);
        if (bad >= 0) {
            double pivot = lu[s.diagonal[bad]];
            if (pivot == 0) {
                throw zeroPivot(bad, "zero");
            }
            throw notFinite(bad, pivot);
        }
        double[] lower = gather(s.lower, lu);
        double[] upper = gather(s.upper, lu);
        double[] inverse = inverse(s, lu);
        scaleRows(s, s.upper, upper, inverse, false);
        finite(s, s.lower, lower, true);
        return new TriangularFactors(name, Preconditioner.Kind.FIXED, "", s, precision, lower, upper, inverse);
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
        double shift = IncompleteLu.factorShifted(a, s.diagonal, omega, lu);
        if (Double.isNaN(shift)) {
            int bad = IncompleteLu.factor(a, s.diagonal, omega, 0, true, lu);
            throw new BuildException(
                    BuildException.Reason.NOT_POSITIVE,
                    bad,
                    "the pivot of row " + bad + " is " + lu[s.diagonal[bad]] + ", and no shift up to 16 diag(A) helps",
                    "try Ilu0");
        }
        double[] inverse = inverse(s, lu);
        double[] upper = gather(s.upper, lu);
        scaleRows(s, s.upper, upper, inverse, false); // Û = D⁻¹ U
        mirror(s, upper, lu); // L̂ = Ûᵀ
        double[] lower = gather(s.lower, lu);
        String note = shift == 0 ? "" : "factored A + " + shift + " diag(A)";
        return new TriangularFactors(name, Preconditioner.Kind.SPD, note, s, precision, lower, upper, inverse);
    }

    private static double[] gather(TriangularPattern.Sweep sweep, double[] lu) {
        double[] v = new double[sweep.from.length];
        for (int k = 0; k < v.length; k++) {
            v[k] = lu[sweep.from[k]];
        }
        return v;
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

    /** Multiplies each row of a triangle by its factor and checks that all stays finite. */
    private static void scaleRows(
            TriangularPattern s, TriangularPattern.Sweep sweep, double[] v, double[] factor, boolean ascending) {
        int n = factor.length;
        for (int p = 0; p < n; p++) {
            int i = ascending ? p : n - 1 - p;
            for (int k = sweep.ptr[p]; k < sweep.ptr[p + 1]; k++) {
                v[k] *= factor[i];
            }
        }
        finite(s, sweep, v, ascending);
    }

    private static void finite(TriangularPattern s, TriangularPattern.Sweep sweep, double[] v, boolean ascending) {
        int n = s.diagonal.length;
        for (int p = 0; p < n; p++) {
            for (int k = sweep.ptr[p]; k < sweep.ptr[p + 1]; k++) {
                if (!(Math.abs(v[k]) <= Double.MAX_VALUE)) {
                    throw notFinite(ascending ? p : n - 1 - p, v[k]);
                }
            }
        }
    }

    /** Writes Û into lu, and its mirror image below the diagonal; a pair of which one half is absent counts as zero. */
    private static void mirror(TriangularPattern s, double[] upper, double[] lu) {
        for (int k = 0; k < upper.length; k++) {
            lu[s.upper.from[k]] = upper[k];
        }
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
