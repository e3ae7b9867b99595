package dev.ritz.preconditioners.composition;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.PreconditionerFactory;
import java.util.List;
import java.util.Objects;

/** What this package asks of a matrix and of options. */
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

    /** {@return a copy of the list, which has at least one part and none that is null} */
    static List<PreconditionerFactory> parts(List<PreconditionerFactory> parts) {
        Objects.requireNonNull(parts, "parts");
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts = [], expected at least one");
        }
        return List.copyOf(parts);
    }
}
