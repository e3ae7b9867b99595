package dev.ritz.preconditioners.subspace;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;

/** What this package asks of a matrix. */
final class Checks {
    private Checks() {}

    static void squareAndFinite(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        double[] values = a.values();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + values[k]);
                }
            }
        }
    }
}
