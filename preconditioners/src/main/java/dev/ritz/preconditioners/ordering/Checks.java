package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;

/** What this package asks of a matrix. */
final class Checks {
    private Checks() {}

    static void square(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException(
                    "the matrix is " + a.rows() + " by " + a.cols() + ", expected a square one");
        }
    }

    static void finite(CsrMatrix a) {
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (!(Math.abs(a.values()[k]) < Double.POSITIVE_INFINITY)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + a.values()[k]
                                    + ", expected a finite value");
                }
            }
        }
    }
}
