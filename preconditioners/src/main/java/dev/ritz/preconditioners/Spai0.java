package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.Vectors;

/**
 * The diagonal M⁻¹ with the least ‖I − M⁻¹ A‖ in the Frobenius norm, m_ii = a_ii / ‖a_i‖². Beside {@link Jacobi} it
 * damps rows with much off their diagonal, which makes it a smoother without a parameter.
 *
 * <pre>
 * Needs   A square, no zero on the diagonal
 * Gives   M diagonal; SPD when the diagonal of A is positive, else FIXED
 * Set-up  1 pass over A
 * Step    1 pass
 * Memory  8 n
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Bröker &amp; Grote 2002, doi:10.1016/S0168-9274(01)00110-6
 * </pre>
 */
public record Spai0() implements PreconditionerFactory {

    @Override
    public Preconditioner build(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        double[] inverse = new double[a.rows()];
        boolean positive = true;
        for (int i = 0; i < inverse.length; i++) {
            double largest = 0;
            double diagonal = 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                largest = Math.max(largest, Math.abs(a.values()[k]));
                diagonal = a.colIdx()[k] == i ? a.values()[k] : diagonal;
            }
            double square = 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                double v = a.values()[k] / largest; // at most 1, so that its square has a place
                square += v * v;
            }
            inverse[i] = diagonal / largest / square / largest;
            positive &= diagonal > 0;
            check(i, diagonal, inverse[i]);
        }
        Vectors v = new Vectors(inverse.length, a.pool());
        return new Jacobi.Inverse(name(), inverse, positive ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED, v);
    }

    private static void check(int i, double diagonal, double inverse) {
        if (diagonal == 0 || inverse == 0) {
            throw new BuildException(
                    BuildException.Reason.ZERO_PIVOT,
                    i,
                    "diagonal entry " + i + " is " + diagonal + ", which leaves nothing of row " + i,
                    "try Matched, which moves large entries there");
        }
        if (!(Math.abs(inverse) <= Double.MAX_VALUE)) {
            throw new BuildException(
                    BuildException.Reason.NOT_FINITE,
                    i,
                    "entry " + i + " of the approximate inverse overflows at diagonal entry " + diagonal,
                    "try Scaled");
        }
    }
}
