package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete Cholesky factorisation on the pattern of A. Where a pivot is not positive, it starts again for
 * A + α diag(A) with a larger α, 1e-3 and doubling; {@link Preconditioner#note} tells the α.
 *
 * <pre>
 * Needs   A symmetric with a positive diagonal
 * Gives   M = L Lᵀ on the pattern of A; SPD
 * Step    2 triangular sweeps
 * Memory  12 bytes (double) or 8 (float) an entry off the diagonal, long uneven rows padded, and 36 n or 28 n
 * Fails   NOT_POSITIVE (a diagonal entry, or every shift), NOT_FINITE
 * Source  Meijerink &amp; van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4; shift: Manteuffel 1980,
 *         doi:10.1090/S0025-5718-1980-0559197-0
 * </pre>
 *
 * @param precision how the factors are stored
 */
public record Ic0(Precision precision) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param precision how the factors are stored
     */
    public Ic0 {
        Objects.requireNonNull(precision, "precision");
    }

    /** Stored in double. */
    public Ic0() {
        this(Precision.DOUBLE);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.symmetric(name(), old, a, 0, 0, precision);
    }
}
