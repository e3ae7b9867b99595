package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Relaxed modified incomplete LU on the pattern of A: a share omega of the fill that {@link Ilu0} drops is taken from
 * the diagonal of its row; omega = 1 keeps row sums, M·1 = A·1.
 *
 * <pre>
 * Needs   A square; without a shift the whole diagonal stored
 * Gives   M = L U on the pattern of A; FIXED
 * Step    2 triangular sweeps
 * Memory  12 bytes (double) or 8 (float) an entry off the diagonal, long uneven rows padded, and 36 n or 28 n
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Gustafsson 1978, doi:10.1007/BF01931691; Saad 2003, section 10.3.5
 * </pre>
 *
 * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
 * @param precision how the factors are stored
 * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
 *     there; with 0 a pivot of zero fails the build
 */
public record Milu0(double omega, Precision precision, double shift) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
     * @param precision how the factors are stored
     * @param shift least pivot as a share of the largest entry of its row of A, in [0, 1): a smaller one is moved
     *     there; with 0 a pivot of zero fails the build
     */
    public Milu0 {
        if (!(omega >= 0 && omega <= 1)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in [0, 1]");
        }
        Objects.requireNonNull(precision, "precision");
        IncompleteFactors.checkShift(shift);
    }

    /** omega 0.99, stored in double. */
    public Milu0() {
        this(0.99, Precision.DOUBLE);
    }

    /**
     * Stored in double.
     *
     * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
     */
    public Milu0(double omega) {
        this(omega, Precision.DOUBLE);
    }

    /**
     * A pivot of zero fails the build.
     *
     * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
     * @param precision how the factors are stored
     */
    public Milu0(double omega, Precision precision) {
        this(omega, precision, 0);
    }

    /**
     * Moves small pivots away from zero.
     *
     * @param share least pivot as a share of the largest entry of its row of A, in [0, 1)
     * @return the factory
     */
    public Milu0 withShift(double share) {
        return new Milu0(omega, precision, share);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.general(name(), old, a, 0, omega, precision, shift);
    }
}
