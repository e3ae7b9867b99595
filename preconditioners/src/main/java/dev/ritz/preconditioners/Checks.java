package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;

/** What factories ask of a matrix before any work. */
final class Checks {
    /** Relative to the geometric mean of both diagonal entries. */
    private static final double ASYMMETRY = 1e-6;

    private Checks() {}

    static void square(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
    }

    static void finite(CsrMatrix a) {
        int[] rowPtr = a.rowPtr();
        double[] values = a.values();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + values[k]);
                }
            }
        }
    }

    static void positiveDiagonal(CsrMatrix a, int[] diagonal) {
        for (int i = 0; i < diagonal.length; i++) {
            double d = diagonal[i] < 0 ? 0 : a.values()[diagonal[i]];
            if (!(d > 0)) {
                throw new BuildException(
                        BuildException.Reason.NOT_POSITIVE,
                        i,
                        "diagonal entry " + i + " is " + d + ", expected a positive one",
                        "try Ilu0, or Matched with it");
            }
        }
    }

    /**
     * One pass in which every entry below the diagonal meets its mirror image.
     *
     * @throws IllegalArgumentException naming the first pair that differs
     */
    static void symmetric(CsrMatrix a, int[] diagonal) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int[] cursor = new int[a.rows()]; // next entry right of the diagonal
        for (int i = 0; i < a.rows(); i++) {
            cursor[i] = diagonal[i] + 1;
        }
        for (int i = 0; i < a.rows(); i++) {
            for (int k = rowPtr[i]; k < diagonal[i]; k++) {
                int j = colIdx[k];
                double mirror = 0;
                while (cursor[j] < rowPtr[j + 1] && colIdx[cursor[j]] < i) {
                    mirrorless(a, j, cursor[j]++, diagonal);
                }
                if (cursor[j] < rowPtr[j + 1] && colIdx[cursor[j]] == i) {
                    mirror = values[cursor[j]++];
                }
                compare(i, j, values[k], mirror, values[diagonal[i]], values[diagonal[j]]);
            }
        }
        for (int j = 0; j < a.rows(); j++) {
            while (cursor[j] < rowPtr[j + 1]) {
                mirrorless(a, j, cursor[j]++, diagonal);
            }
        }
    }

    private static void mirrorless(CsrMatrix a, int j, int k, int[] diagonal) {
        int i = a.colIdx()[k];
        compare(i, j, 0, a.values()[k], a.values()[diagonal[i]], a.values()[diagonal[j]]);
    }

    private static void compare(int i, int j, double lower, double upper, double di, double dj) {
        if (!(Math.abs(lower - upper) <= ASYMMETRY * (Math.sqrt(di) * Math.sqrt(dj)))) {
            throw new IllegalArgumentException("a is not symmetric: entry (" + i + ", " + j + ") is " + lower
                    + ", entry (" + j + ", " + i + ") is " + upper + "; use Ilu0 or Milu0");
        }
    }
}
