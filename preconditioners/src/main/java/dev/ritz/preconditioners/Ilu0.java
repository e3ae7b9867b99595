package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete LU factorisation on the pattern of A.
 *
 * <pre>
 * Needs   A square, the whole diagonal stored
 * Gives   M = L U on the pattern of A, (M − A)_ij = 0 there; FIXED
 * Step    2 triangular sweeps
 * Memory  12 bytes (double) or 8 (float) an entry off the diagonal, rows padded to their usual length, and 36 n or 28 n
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Meijerink &amp; van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4; Saad 2003, Alg. 10.4
 * </pre>
 *
 * @param precision how the factors are stored
 */
public record Ilu0(Precision precision) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param precision how the factors are stored
     */
    public Ilu0 {
        Objects.requireNonNull(precision, "precision");
    }

    /** Stored in double. */
    public Ilu0() {
        this(Precision.DOUBLE);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.general(name(), old, a, 0, 0, precision);
    }
}
