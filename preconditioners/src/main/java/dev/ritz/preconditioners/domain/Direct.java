package dev.ritz.preconditioners.domain;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;

/**
 * A direct solve, M = A: complete factors within the band that reverse Cuthill-McKee leaves. Meant for subdomains, coarse
 * problems and small systems; with n unknowns it fills about n^1.5 entries on a plane grid and n^1.67 in space.
 *
 * <pre>
 * Needs   A square and nonsingular
 * Gives   M = A; SPD by Cholesky factors for symmetric positive definite A, else FIXED by LU with exchanges of rows
 * Set-up  n b² operations with a band of b entries beside the diagonal, serial
 * Step    2 sweeps over the factors
 * Memory  8 bytes an entry of the envelope of one triangle, or n (2 lower + upper + 1) for LU; 12 n
 * Fails   ZERO_PIVOT (singular up to rounding), NOT_FINITE, TOO_LARGE (more than {@code maxEntries})
 * Source  George &amp; Liu 1981, ch. 4 (envelope); Golub &amp; Van Loan 2013, section 4.3 (band with pivoting)
 * </pre>
 *
 * @param maxEntries the most entries that the factors may have, at least 1
 */
public record Direct(int maxEntries) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param maxEntries the most entries that the factors may have, at least 1
     */
    public Direct {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries = " + maxEntries + ", expected at least 1");
        }
    }

    /** At most 2²⁶ entries, half a gigabyte. */
    public Direct() {
        this(1 << 26);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        int[] order = old instanceof DirectFactors f && f.pattern.sameAs(a.pattern())
                ? f.order
                : ReverseCuthillMcKee.order(a.pattern());
        if (a.rows() == 0 || a.asymmetry() <= DirectFactors.SYMMETRIC) {
            EnvelopeCholesky cholesky = EnvelopeCholesky.of(a, order, maxEntries);
            if (cholesky != null) {
                return cholesky;
            }
        }
        return BandLu.of(a, order, maxEntries);
    }
}
