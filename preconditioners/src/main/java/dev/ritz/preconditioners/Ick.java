package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete Cholesky factorisation with fill by levels. Level 0 is {@link Ic0}, or {@link RelaxedIc0} with an omega;
 * every level more keeps the fill that the one before drops first. Where a pivot is not positive, it starts again for
 * A + α diag(A) with a larger α, 1e-3 and doubling; {@link Preconditioner#note} tells the α.
 *
 * <pre>
 * Needs   A symmetric with a positive diagonal
 * Gives   M = L Lᵀ on the pattern of A and its fill; SPD
 * Set-up  a search of k + 1 steps from every row, then elimination on the pattern; both on all threads
 * Step    2 triangular sweeps
 * Memory  16 bytes (double) or 12 (float) an entry of L and Lᵀ, long uneven rows padded, and 40 n or 32 n
 * Fails   NOT_POSITIVE (a diagonal entry, or every shift), NOT_FINITE, TOO_LARGE (2³¹ entries)
 * Source  Gustafsson 1978, doi:10.1007/BF01931691; Saad 2003, section 10.3.3; search: Hysom &amp; Pothen 2001,
 *         doi:10.1137/S1064827500376193; shift: Manteuffel 1980, doi:10.1090/S0025-5718-1980-0559197-0
 * </pre>
 *
 * @param level k, the highest level of fill that is kept, at least 0
 * @param omega share of the fill dropped from a row that its diagonal takes, in [0, 1]
 * @param precision how the factors are stored
 */
public record Ick(int level, double omega, Precision precision) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param level k, the highest level of fill that is kept, at least 0
     * @param omega share of the fill dropped from a row that its diagonal takes, in [0, 1]
     * @param precision how the factors are stored
     */
    public Ick {
        if (level < 0) {
            throw new IllegalArgumentException("level = " + level + ", expected at least 0");
        }
        if (!(omega >= 0 && omega <= 1)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in [0, 1]");
        }
        Objects.requireNonNull(precision, "precision");
    }

    /** Level 1, nothing added to the diagonal, stored in double. */
    public Ick() {
        this(1);
    }

    /**
     * Nothing added to the diagonal, stored in double.
     *
     * @param level k, the highest level of fill that is kept, at least 0
     */
    public Ick(int level) {
        this(level, 0, Precision.DOUBLE);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.symmetric(name(), old, a, level, omega, precision);
    }

    @Override
    public String name() {
        return "Ick(" + level + ")";
    }
}
