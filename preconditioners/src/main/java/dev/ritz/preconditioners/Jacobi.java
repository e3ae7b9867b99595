package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.Vectors;

/**
 * The diagonal of A.
 *
 * <pre>
 * Needs   A square, no zero on the diagonal
 * Gives   M = diag(A); SPD when all entries are positive, else FIXED
 * Step    3 vectors moved, rᵀz included
 * Memory  n doubles
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Saad 2003, section 10.2
 * </pre>
 */
public record Jacobi() implements PreconditionerFactory {

    @Override
    public Preconditioner build(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        double[] inverse = a.diagonal();
        boolean positive = true;
        for (int i = 0; i < inverse.length; i++) {
            double d = inverse[i];
            if (!Double.isFinite(d)) {
                throw new BuildException(BuildException.Reason.NOT_FINITE, i, "diagonal entry " + i + " is " + d);
            }
            if (d == 0) {
                throw new BuildException(
                        BuildException.Reason.ZERO_PIVOT,
                        i,
                        "diagonal entry " + i + " is zero or absent",
                        "try Matched, which moves large entries there");
            }
            positive &= d > 0;
            inverse[i] = 1 / d;
            if (!Double.isFinite(inverse[i])) {
                throw new BuildException(
                        BuildException.Reason.NOT_FINITE,
                        i,
                        "the inverse of diagonal entry " + i + ", " + d + ", overflows");
            }
        }
        Vectors v = new Vectors(inverse.length, a.pool());
        return new Inverse(name(), inverse, positive ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED, v);
    }

    /** z_i = d_i r_i. */
    record Inverse(String name, double[] inverse, Preconditioner.Kind kind, Vectors own) implements Preconditioner {
        @Override
        public int size() {
            return inverse.length;
        }

        @Override
        public void apply(double[] r, double[] z) {
            own.multiply(inverse, r, z);
        }

        @Override
        public double applyDot(double[] r, double[] z, Vectors v) {
            return v.multiplyDot(inverse, r, z);
        }

        @Override
        public long bytes() {
            return 8L * inverse.length;
        }
    }
}
