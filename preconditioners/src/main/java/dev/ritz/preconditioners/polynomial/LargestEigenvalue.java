package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;

/**
 * An estimate of λ_max(M⁻¹A) for whoever scales by it: the largest Ritz value of ten steps of conjugate gradients, times a
 * factor. Ten steps come within two percent; the factor is {@value #SAFETY}.
 *
 * <pre>
 * Needs   A symmetric positive definite, M of kind SPD
 * Work    a format of A, 10 products, 11 applications of M
 * Source  Golub &amp; Van Loan 2013, section 11.3
 * </pre>
 */
public final class LargestEigenvalue {
    /** What the Ritz value, a lower bound, is multiplied by. */
    public static final double SAFETY = 1.1;

    private static final int STEPS = 10;

    private LargestEigenvalue() {}

    /**
     * The estimate.
     *
     * @param a A
     * @param m M
     * @return a number that λ_max(M⁻¹A) is taken not to exceed; NaN where A is not symmetric, M is not of kind SPD, or
     *     either was seen not to be positive definite or leaves the range of a double
     */
    public static double bound(CsrMatrix a, Preconditioner m) {
        FirstLevel level = FirstLevel.of(a, m);
        if (!level.selfAdjoint()) {
            return Double.NaN;
        }
        try {
            return SAFETY * RitzValues.of(level, STEPS).largest();
        } catch (BuildException e) {
            return Double.NaN; // its own failure would be a polynomial's, not that of the caller
        }
    }
}
