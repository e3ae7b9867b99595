package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Relaxed modified incomplete Cholesky: a share omega of the fill that {@link Ic0} drops is taken from the diagonal. On
 * elliptic problems omega near 1 needs far fewer iterations than IC(0); omega = 1 keeps row sums, M·1 = A·1, and is less
 * robust. Built on the matrix as it is: symmetric scaling to a unit diagonal would destroy the row sums.
 *
 * <pre>
 * Needs   A symmetric with a positive diagonal
 * Gives   M = L Lᵀ on the pattern of A; SPD; shifted like Ic0 where a pivot is not positive
 * Step    2 triangular sweeps
 * Memory  12 bytes (double) or 8 (float) an entry off the diagonal, long uneven rows padded, and 36 n or 28 n
 * Fails   NOT_POSITIVE (a diagonal entry, or every shift), NOT_FINITE
 * Source  Gustafsson 1978, doi:10.1007/BF01931691; Axelsson &amp; Lindskog 1986, doi:10.1007/BF01389448
 * </pre>
 *
 * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
 * @param precision how the factors are stored
 */
public record RelaxedIc0(double omega, Precision precision) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
     * @param precision how the factors are stored
     */
    public RelaxedIc0 {
        if (!(omega >= 0 && omega <= 1)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in [0, 1]");
        }
        Objects.requireNonNull(precision, "precision");
    }

    /** omega 0.99, stored in double. */
    public RelaxedIc0() {
        this(0.99, Precision.DOUBLE);
    }

    /**
     * Stored in double.
     *
     * @param omega share of the dropped fill that the diagonal takes, in [0, 1]
     */
    public RelaxedIc0(double omega) {
        this(omega, Precision.DOUBLE);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return IncompleteFactors.symmetric(name(), old, a, 0, omega, precision);
    }
}
