package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Objects;

/**
 * One system A x = b.
 *
 * @param name the problem and its size, for reports
 * @param a the matrix
 * @param b the right-hand side
 * @param exact the solution of A x = b up to rounding, or null where it is not known
 * @param description what it models, in one sentence
 */
public record LinearSystem(String name, CsrMatrix a, double[] b, double[] exact, String description) {

    /**
     * Checks the sizes.
     *
     * @param name the problem and its size, for reports
     * @param a the matrix
     * @param b the right-hand side
     * @param exact the solution of A x = b up to rounding, or null where it is not known
     * @param description what it models, in one sentence
     */
    public LinearSystem {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        if (b.length != a.rows()) {
            throw new IllegalArgumentException("b has length " + b.length + ", a has " + a.rows() + " rows");
        }
        if (exact != null && exact.length != a.cols()) {
            throw new IllegalArgumentException("exact has length " + exact.length + ", a has " + a.cols() + " columns");
        }
    }

    /** {@return n, the number of unknowns} */
    public int size() {
        return a.cols();
    }

    /** A system whose solution is prescribed: b ← A x. */
    static LinearSystem prescribed(String name, CsrMatrix a, double[] x, String description) {
        double[] b = new double[a.rows()];
        a.apply(x, b);
        return new LinearSystem(name, a, b, x, description);
    }
}
