package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * {@link Ilut} with exchanges of columns: where another entry of a row is much larger than the diagonal, its column takes
 * the place of the pivot's. It opens matrices with zeros on the diagonal. A row of which dropping leaves nothing gets the
 * pivot (dropTolerance + 1e-4) ‖a_i‖. {@link Preconditioner#note} tells how many columns moved and pivots were replaced.
 *
 * <pre>
 * Needs   A square
 * Gives   M = L U Qᵀ with a permutation Q; FIXED
 * Set-up  as Ilut
 * Step    2 triangular sweeps, 1 pass
 * Memory  as Ilut, and 12 n
 * Fails   ZERO_PIVOT (a row of zeros), NOT_FINITE, TOO_LARGE (2³¹ entries)
 * Source  Saad 2003, section 10.4.4; the replaced pivot: SPARSKIT 2, subroutine ilutp
 * </pre>
 *
 * Behind {@code Matched}, which scales and brings large entries to the diagonal first, it moves few columns and is better.
 *
 * <p>A {@link #rebuild} is a build, since the pattern depends on the values.
 *
 * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
 * @param fill how many entries more than A a row of L, and of U, may have, at least 0
 * @param pivotTolerance an entry that times this exceeds the diagonal becomes the pivot; in (0, 1], 1 for the largest
 * @param precision how the factors are stored
 */
public record Ilutp(double dropTolerance, int fill, double pivotTolerance, Precision precision)
        implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
     * @param fill how many entries more than A a row of L, and of U, may have, at least 0
     * @param pivotTolerance an entry that times this exceeds the diagonal becomes the pivot; in (0, 1], 1 for the largest
     * @param precision how the factors are stored
     */
    public Ilutp {
        if (!(dropTolerance >= 0 && dropTolerance < 1)) {
            throw new IllegalArgumentException("dropTolerance = " + dropTolerance + ", expected a number in [0, 1)");
        }
        if (fill < 0) {
            throw new IllegalArgumentException("fill = " + fill + ", expected at least 0");
        }
        if (!(pivotTolerance > 0 && pivotTolerance <= 1)) {
            throw new IllegalArgumentException("pivotTolerance = " + pivotTolerance + ", expected a number in (0, 1]");
        }
        Objects.requireNonNull(precision, "precision");
    }

    /** dropTolerance 1e-3, fill 10, pivotTolerance 0.1, stored in double. */
    public Ilutp() {
        this(1e-3, 10);
    }

    /**
     * pivotTolerance 0.1, stored in double.
     *
     * @param dropTolerance entries below this share of the norm of their row of A are dropped; in [0, 1)
     * @param fill how many entries more than A a row of L, and of U, may have, at least 0
     */
    public Ilutp(double dropTolerance, int fill) {
        this(dropTolerance, fill, 0.1, Precision.DOUBLE);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        ThresholdLu lu = new ThresholdLu(a, dropTolerance, fill, pivotTolerance, 0);
        TriangularFactors factors = lu.factors(name(), precision);
        return lu.exchanges() == 0 ? factors : new Exchanged(factors, lu.order(), new double[a.rows()]);
    }

    /** z ← Q M⁻¹ r. */
    private record Exchanged(TriangularFactors factors, int[] order, double[] sorted) implements Preconditioner {
        @Override
        public int size() {
            return order.length;
        }

        @Override
        public Kind kind() {
            return Kind.FIXED;
        }

        @Override
        public void apply(double[] r, double[] z) {
            factors.apply(r, sorted);
            int[] to = order;
            double[] from = sorted;
            for (int k = 0; k < to.length; k++) {
                z[to[k]] = from[k];
            }
        }

        @Override
        public String name() {
            return factors.name();
        }

        @Override
        public String note() {
            return factors.note();
        }

        @Override
        public long bytes() {
            return factors.bytes() + 12L * order.length;
        }

        @Override
        public double traffic() {
            return factors.traffic() + 20.0 * order.length;
        }
    }
}
