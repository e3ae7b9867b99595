package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Incomplete Cholesky factorisation with two thresholds: an entry is dropped when it is small beside the diagonal, and of
 * the others only the largest of a row are kept. Scaling A by a diagonal matrix on both sides drops the same entries where omega is 0.
 * Where a pivot is not positive, it starts again for A + α diag(A) with a larger α, 1e-3 and doubling;
 * {@link Preconditioner#note} tells the α.
 *
 * <pre>
 * Needs   A symmetric with a positive diagonal
 * Gives   M = L Lᵀ; SPD; a smaller dropTolerance with enough fill comes as near to A as wanted
 * Set-up  elimination row by row with a selection, on one thread
 * Step    2 triangular sweeps
 * Memory  16 bytes (double) or 12 (float) an entry of L and Lᵀ, long uneven rows padded, and 40 n or 32 n
 * Fails   NOT_POSITIVE (a diagonal entry, or every shift), NOT_FINITE, TOO_LARGE (2³¹ entries)
 * Source  two thresholds: Saad 1994, doi:10.1002/nla.1680010405; by rows with limited memory: Lin &amp; Moré
 *         1999, doi:10.1137/S1064827597327334; modified: Gustafsson 1978, doi:10.1007/BF01931691; shift:
 *         Manteuffel 1980, doi:10.1090/S0025-5718-1980-0559197-0
 * </pre>
 *
 * A {@link #rebuild} is a build, since the pattern depends on the values.
 *
 * @param dropTolerance entries below this share of √(a_ii a_jj) are dropped; in [0, 1)
 * @param fill how many entries more than A a row of Lᵀ may have, at least 0
 * @param omega share of a dropped entry that the diagonals of its row and column take, in [0, 1]; 1 keeps row sums,
 *     M·1 = A·1
 * @param precision how the factors are stored
 */
public record Ict(double dropTolerance, int fill, double omega, Precision precision) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param dropTolerance entries below this share of √(a_ii a_jj) are dropped; in [0, 1)
     * @param fill how many entries more than A a row of Lᵀ may have, at least 0
     * @param omega share of a dropped entry that the diagonals of its row and column take, in [0, 1]
     * @param precision how the factors are stored
     */
    public Ict {
        if (!(dropTolerance >= 0 && dropTolerance < 1)) {
            throw new IllegalArgumentException("dropTolerance = " + dropTolerance + ", expected a number in [0, 1)");
        }
        if (fill < 0) {
            throw new IllegalArgumentException("fill = " + fill + ", expected at least 0");
        }
        if (!(omega >= 0 && omega <= 1)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in [0, 1]");
        }
        Objects.requireNonNull(precision, "precision");
    }

    /** dropTolerance 1e-3, fill 10, stored in double. */
    public Ict() {
        this(1e-3, 10);
    }

    /**
     * Stored in double.
     *
     * @param dropTolerance entries below this share of √(a_ii a_jj) are dropped; in [0, 1)
     * @param fill how many entries more than A a row of Lᵀ may have, at least 0
     */
    public Ict(double dropTolerance, int fill) {
        this(dropTolerance, fill, Precision.DOUBLE);
    }

    /**
     * Nothing added to the diagonal.
     *
     * @param dropTolerance entries below this share of √(a_ii a_jj) are dropped; in [0, 1)
     * @param fill how many entries more than A a row of Lᵀ may have, at least 0
     * @param precision how the factors are stored
     */
    public Ict(double dropTolerance, int fill, Precision precision) {
        this(dropTolerance, fill, 0, precision);
    }

    /**
     * The modified variant, which on elliptic problems halves the iterations for omega near 0.95.
     *
     * @param share share of a dropped entry that the diagonals of its row and column take, in [0, 1]
     * @return the factory
     */
    public Ict withOmega(double share) {
        return new Ict(dropTolerance, fill, share, precision);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        int[] diagonal = a.pattern().diagonalPositions();
        Checks.positiveDiagonal(a, diagonal);
        Checks.symmetric(a, diagonal);
        return new ThresholdCholesky(a, diagonal, dropTolerance, fill, omega).factors(name(), precision);
    }
}
