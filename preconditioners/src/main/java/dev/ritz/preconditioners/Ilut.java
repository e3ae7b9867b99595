package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete LU factorisation with two thresholds: an entry is dropped when it is small beside its row of A, and of the
 * others only the largest of a row are kept. It is built on one thread; {@link Iluk} on all.
 *
 * <pre>
 * Needs   A square
 * Gives   M = L U; FIXED; a smaller dropTolerance with enough fill comes as near to A as wanted
 * Set-up  elimination row by row with a heap and a selection, on one thread
 * Step    2 triangular sweeps
 * Memory  16 bytes (double) or 12 (float) an entry of L and U, long uneven rows padded, and 40 n or 32 n
 * Fails   ZERO_PIVOT, NOT_FINITE, TOO_LARGE (2³¹ entries)
 * Source  Saad 1994, doi:10.1002/nla.1680010405; Saad 2003, Alg. 10.6
 * </pre>
 *
 * Columns of very different size mislead the threshold, which compares within a row: {@code Matched} and {@code Scaled}
 * mend that.
 *
 * <p>A {@link #rebuild} is a build, since the pattern depends on the values.
 *
 * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
 * @param fill how many entries more than A a row of L, and of U, may have, at least 0
 * @param precision how the factors are stored
 * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
 *     there; with 0 a pivot of zero fails the build
 */
public record Ilut(double dropTolerance, int fill, Precision precision, double shift) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
     * @param fill how many entries more than A a row of L, and of U, may have, at least 0
     * @param precision how the factors are stored
     * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
     *     there; with 0 a pivot of zero fails the build
     */
    public Ilut {
        if (!(dropTolerance >= 0 && dropTolerance < 1)) {
            throw new IllegalArgumentException("dropTolerance = " + dropTolerance + ", expected a number in [0, 1)");
        }
        if (fill < 0) {
            throw new IllegalArgumentException("fill = " + fill + ", expected at least 0");
        }
        Objects.requireNonNull(precision, "precision");
        IncompleteFactors.checkShift(shift);
    }

    /** dropTolerance 1e-3, fill 10, stored in double. */
    public Ilut() {
        this(1e-3, 10);
    }

    /**
     * Stored in double.
     *
     * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
     * @param fill how many entries more than A a row of L, and of U, may have, at least 0
     */
    public Ilut(double dropTolerance, int fill) {
        this(dropTolerance, fill, Precision.DOUBLE);
    }

    /**
     * A pivot of zero fails the build.
     *
     * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
     * @param fill how many entries more than A a row of L, and of U, may have, at least 0
     * @param precision how the factors are stored
     */
    public Ilut(double dropTolerance, int fill, Precision precision) {
        this(dropTolerance, fill, precision, 0);
    }

    /**
     * Moves small pivots away from zero.
     *
     * @param share least pivot as a share of the largest entry of its row of A, in [0, 1)
     * @return the factory
     */
    public Ilut withShift(double share) {
        return new Ilut(dropTolerance, fill, precision, share);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        return new ThresholdLu(a, dropTolerance, fill, 0, shift).factors(name(), precision);
    }
}
