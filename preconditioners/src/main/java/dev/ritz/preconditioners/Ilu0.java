package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete LU factorisation on the pattern of A.
 *
 * <pre>
 * Needs   A square; without a shift the whole diagonal stored
 * Gives   M = L U on the pattern of A, (M − A)_ij = 0 there; FIXED
 * Step    2 triangular sweeps
 * Memory  12 bytes (double) or 8 (float) an entry off the diagonal, long uneven rows padded, and 36 n or 28 n
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Meijerink &amp; van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4; Saad 2003, Alg. 10.4
 * </pre>
 *
 * @param precision how the factors are stored
 * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
 *     there; with 0 a pivot of zero fails the build
 */
public record Ilu0(Precision precision, double shift) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param precision how the factors are stored
     * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
     *     there; with 0 a pivot of zero fails the build
     */
    public Ilu0 {
        Objects.requireNonNull(precision, "precision");
        IncompleteFactors.checkShift(shift);
    }

    /** Stored in double. */
    public Ilu0() {
        this(Precision.DOUBLE);
    }

    /**
     * A pivot of zero fails the build.
     *
     * @param precision how the factors are stored
     */
    public Ilu0(Precision precision) {
        this(precision, 0);
    }

    /**
     * Moves small pivots away from zero.
     *
     * @param share least pivot as a share of the largest entry of its row of A, in [0, 1)
     * @return the factory
     */
    public Ilu0 withShift(double share) {
        return new Ilu0(precision, share);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.general(name(), old, a, 0, 0, precision, shift);
    }
}
