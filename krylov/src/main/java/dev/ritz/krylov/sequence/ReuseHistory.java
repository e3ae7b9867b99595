package dev.ritz.krylov.sequence;

import java.util.Arrays;

/**
 * What a preconditioner has cost since it was built, in one unit throughout: seconds, or bytes moved.
 *
 * @param setupCost what its last build or rebuild cost, at least 0
 * @param iterations of the systems solved with it, in order; the first is the one it was built for
 * @param costs of the same solves, each at least 0
 * @param earlier costs of the systems of the last period before that had two or more; empty where there was none
 * @param buildsSince builds since that period began, this one included; 0 where there was none
 */
public record ReuseHistory(double setupCost, int[] iterations, double[] costs, double[] earlier, int buildsSince) {
    private static final double[] NONE = {};

    /**
     * Checks and copies.
     *
     * @param setupCost what its last build or rebuild cost, at least 0
     * @param iterations of the systems solved with it, in order; the first is the one it was built for
     * @param costs of the same solves, each at least 0
     * @param earlier costs of the systems of the last period before that had two or more; empty where there was none
     * @param buildsSince builds since that period began, this one included; 0 where there was none
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
        earlier = earlier.clone();
    }

    /**
     * The history of a first preconditioner.
     *
     * @param setupCost what its build cost, at least 0
     * @param iterations of the systems solved with it, in order; the first is the one it was built for
     * @param costs of the same solves, each at least 0
     */
    public ReuseHistory(double setupCost, int[] iterations, double[] costs) {
        this(setupCost, iterations, costs, NONE, 0);
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
                && Arrays.equals(costs, h.costs)
                && Arrays.equals(earlier, h.earlier)
                && buildsSince == h.buildsSince;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(costs);
    }
}
