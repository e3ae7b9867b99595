package dev.ritz.preconditioners.multigrid;

/**
 * Smoothing on one level: a fixed linear iteration for A z = r. Going up is the adjoint of going down where A is
 * symmetric, so that the cycle is symmetric.
 *
 * <p>Each step reads one array and writes another; the caller asks {@link #start} where to put what is to be smoothed.
 */
abstract class LevelSmoother {
    /** How many steps, each of which changes arrays. */
    abstract int steps();

    /** From z = 0; ends in {@code z}, and {@code t} is scratch. */
    abstract void down(double[] r, double[] z, double[] t);

    /** From what stands in {@link #start}; ends in {@code z}. */
    abstract void up(double[] r, double[] z, double[] t);

    /** Where the iterate to be smoothed must stand, so that it ends in {@code z}. */
    final double[] start(double[] z, double[] t) {
        return steps() % 2 == 0 ? z : t;
    }

    abstract long bytes();
}
