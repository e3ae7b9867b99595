package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete LU factorisation with fill by levels. Level 0 is {@link Ilu0}; every level more keeps the fill that the one
 * before drops first, takes more memory and time, and saves iterations. A {@link #rebuild} keeps the pattern of the
 * fill, which is half of the work.
 *
 * <pre>
 * Needs   A square; at level 0 without a shift the whole diagonal stored
 * Gives   M = L U on the pattern of A and its fill, (M − A)_ij = 0 there when omega is 0; FIXED
 * Set-up  a search of k + 1 steps from every row and column, then elimination on the pattern; both on all threads
 * Step    2 triangular sweeps
 * Memory  16 bytes (double) or 12 (float) an entry of L and U, long uneven rows padded, and 40 n or 32 n
 * Fails   ZERO_PIVOT, NOT_FINITE, TOO_LARGE (2³¹ entries)
 * Source  Gustafsson 1978, doi:10.1007/BF01931691; Saad 2003, section 10.3.3; search: Hysom &amp; Pothen 2001,
 *         doi:10.1137/S1064827500376193
 * </pre>
 *
 * @param level k, the highest level of fill that is kept, at least 0
 * @param omega share of the fill dropped from a row that its diagonal takes, in [0, 1]
 * @param precision how the factors are stored
 * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
 *     there; with 0 a pivot of zero fails the build
 */
public record Iluk(int level, double omega, Precision precision, double shift) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param level k, the highest level of fill that is kept, at least 0
     * @param omega share of the fill dropped from a row that its diagonal takes, in [0, 1]
     * @param precision how the factors are stored
     * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
     *     there; with 0 a pivot of zero fails the build
     */
    public Iluk {
        if (level < 0) {
            throw new IllegalArgumentException("level = " + level + ", expected at least 0");
        }
        if (!(omega >= 0 && omega <= 1)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in [0, 1]");
        }
        Objects.requireNonNull(precision, "precision");
        IncompleteFactors.checkShift(shift);
    }

    /** Level 1, nothing added to the diagonal, stored in double. */
    public Iluk() {
        this(1);
    }

    /**
     * Nothing added to the diagonal, stored in double.
     *
     * @param level k, the highest level of fill that is kept, at least 0
     */
    public Iluk(int level) {
        this(level, 0, Precision.DOUBLE);
    }

    /**
     * A pivot of zero fails the build.
     *
     * @param level k, the highest level of fill that is kept, at least 0
     * @param omega share of the fill dropped from a row that its diagonal takes, in [0, 1]
     * @param precision how the factors are stored
     */
    public Iluk(int level, double omega, Precision precision) {
        this(level, omega, precision, 0);
    }

    /**
     * Moves small pivots away from zero.
     *
     * @param share least pivot as a share of the largest entry of its row of A, in [0, 1)
     * @return the factory
     */
    public Iluk withShift(double share) {
        return new Iluk(level, omega, precision, share);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.general(name(), old, a, level, omega, precision, shift);
    }

    @Override
    public String name() {
        return "Iluk(" + level + ")";
    }
}
