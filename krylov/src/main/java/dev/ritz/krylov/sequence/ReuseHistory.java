package dev.ritz.krylov.sequence;

import java.util.Arrays;

/**
 * What a preconditioner has cost since it was built, in one unit throughout: seconds, or the time of a product with A.
 *
 * @param setupCost what its last build or rebuild cost, at least 0
 * @param iterations of the systems solved with it, in order; the first is the one it was built for
 * @param costs of the same solves, each at least 0
 */
public record ReuseHistory(double setupCost, int[] iterations, double[] costs) {

    /**
     * Checks and copies.
     *
     * @param setupCost what its last build or rebuild cost, at least 0
     * @param iterations of the systems solved with it, in order; the first is the one it was built for
     * @param costs of the same solves, each at least 0
     */
    public ReuseHistory {
        if (!(setupCost >= 0 && setupCost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("setupCost = " + setupCost + ", expected a finite number, at least 0");
        }
        if (iterations.length != costs.length) {
            throw new IllegalArgumentException("iterations and costs have lengths " + iterations.length + " and "
                    + costs.length + ", expected equal ones");
        }
        for (int i = 0; i < costs.length; i++) {
            if (!(costs[i] >= 0 && costs[i] < Double.POSITIVE_INFINITY) || iterations[i] < 0) {
                throw new IllegalArgumentException("costs[" + i + "] = " + costs[i] + ", iterations[" + i + "] = "
                        + iterations[i] + ", expected finite numbers, at least 0");
            }
        }
        iterations = iterations.clone();
        costs = costs.clone();
    }

    /** {@return the systems solved since the build} */
    public int systems() {
        return costs.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReuseHistory h
                && setupCost == h.setupCost
                && Arrays.equals(iterations, h.iterations)
                && Arrays.equals(costs, h.costs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(costs);
    }
}
