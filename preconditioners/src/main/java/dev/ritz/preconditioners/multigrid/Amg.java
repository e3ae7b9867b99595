package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Precision;
import java.util.Objects;

/**
 * Algebraic multigrid by smoothed aggregation: one cycle from a zero iterate.
 *
 * <pre>
 * Needs   A square, no zero on the diagonal; pays where A is SPD and nearly annihilates {@code nearNullSpace}
 * Gives   M⁻¹ as one cycle; SPD when A is symmetric with a positive diagonal and the coarsest matrix has no negative
 *         eigenvalue, else FIXED
 * Step    on each level 2 {@code steps} products with A and a product with P and Pᵀ; on the coarsest a dense inverse
 * Fails   ZERO_PIVOT, NOT_FINITE, TOO_LARGE
 * Source  Vaněk, Mandel &amp; Brezina 1996, doi:10.1007/BF02238511
 * </pre>
 *
 * @param strength which entries count as strong
 * @param threshold θ of the strength, at least 0 and below 1
 * @param nearNullSpace what coarse levels represent
 * @param smoother what smooths on a level
 * @param steps degree of the polynomial, or steps of another smoother, going down and going up
 * @param cycle how often a level asks the next
 * @param coarseSize up to how many unknowns a level is inverted
 * @param precision how transfer operators and coarse matrices are stored
 * @param keepTransfer whether a rebuild keeps the transfer operators, and computes coarse matrices only: then it differs
 *     from a build where the values do
 */
public record Amg(
        Strength strength,
        double threshold,
        NearNullSpace nearNullSpace,
        Smoother smoother,
        int steps,
        Cycle cycle,
        int coarseSize,
        Precision precision,
        boolean keepTransfer)
        implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param strength which entries count as strong
     * @param threshold θ of the strength, at least 0 and below 1
     * @param nearNullSpace what coarse levels represent
     * @param smoother what smooths on a level
     * @param steps degree of the polynomial, or steps of another smoother, going down and going up
     * @param cycle how often a level asks the next
     * @param coarseSize up to how many unknowns a level is inverted
     * @param precision how transfer operators and coarse matrices are stored
     * @param keepTransfer whether a rebuild keeps the transfer operators
     */
    public Amg {
        Objects.requireNonNull(strength, "strength");
        Objects.requireNonNull(nearNullSpace, "nearNullSpace");
        Objects.requireNonNull(smoother, "smoother");
        Objects.requireNonNull(cycle, "cycle");
        Objects.requireNonNull(precision, "precision");
        if (!(threshold >= 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold = " + threshold + ", expected a number in [0, 1)");
        }
        if (steps < 1 || steps > 100) {
            throw new IllegalArgumentException("steps = " + steps + ", expected 1 to 100");
        }
        if (coarseSize < 1 || coarseSize > 5000) {
            throw new IllegalArgumentException("coarseSize = " + coarseSize + ", expected 1 to 5000");
        }
    }

    /** Diffusion and the like: one constant near-null vector, Chebyshev of degree 2, a V-cycle. */
    public Amg() {
        this(
                Strength.SYMMETRIC,
                0.08,
                NearNullSpace.CONSTANT,
                Smoother.CHEBYSHEV,
                2,
                Cycle.V,
                200,
                Precision.DOUBLE,
                true);
    }

    /**
     * Another strength.
     *
     * @param measure which entries count as strong
     * @param theta its threshold
     * @return the factory
     */
    public Amg withStrength(Strength measure, double theta) {
        return new Amg(measure, theta, nearNullSpace, smoother, steps, cycle, coarseSize, precision, keepTransfer);
    }

    /**
     * Another near-null space.
     *
     * @param space what coarse levels represent
     * @return the factory
     */
    public Amg withNearNullSpace(NearNullSpace space) {
        return new Amg(strength, threshold, space, smoother, steps, cycle, coarseSize, precision, keepTransfer);
    }

    /**
     * Another smoother.
     *
     * @param kind what smooths on a level
     * @param count degree of the polynomial, or steps
     * @return the factory
     */
    public Amg withSmoother(Smoother kind, int count) {
        return new Amg(strength, threshold, nearNullSpace, kind, count, cycle, coarseSize, precision, keepTransfer);
    }

    /**
     * Another cycle.
     *
     * @param shape how often a level asks the next
     * @return the factory
     */
    public Amg withCycle(Cycle shape) {
        return new Amg(strength, threshold, nearNullSpace, smoother, steps, shape, coarseSize, precision, keepTransfer);
    }

    /**
     * Another size of the coarsest level.
     *
     * @param most up to how many unknowns a level is inverted
     * @return the factory
     */
    public Amg withCoarseSize(int most) {
        return new Amg(strength, threshold, nearNullSpace, smoother, steps, cycle, most, precision, keepTransfer);
    }

    /**
     * Another precision.
     *
     * @param stored how transfer operators and coarse matrices are stored
     * @return the factory
     */
    public Amg withPrecision(Precision stored) {
        return new Amg(strength, threshold, nearNullSpace, smoother, steps, cycle, coarseSize, stored, keepTransfer);
    }

    /**
     * Another kind of rebuild.
     *
     * @param keep whether a rebuild keeps the transfer operators
     * @return the factory
     */
    public Amg withKeepTransfer(boolean keep) {
        return new Amg(strength, threshold, nearNullSpace, smoother, steps, cycle, coarseSize, precision, keep);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        Requirements.square(a);
        return Hierarchy.build(name(), this, a, null);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Requirements.square(a);
        boolean kept = keepTransfer && old instanceof AmgCycle c && c.fits(this, a.pattern(), a.pool());
        return Hierarchy.build(name(), this, a, kept ? (AmgCycle) old : null);
    }
}
