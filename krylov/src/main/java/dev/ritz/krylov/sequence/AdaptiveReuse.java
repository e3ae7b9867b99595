package dev.ritz.krylov.sequence;

import java.util.Arrays;

/**
 * Rebuilds when the next solve would cost more than a system has cost on average since the build, set-up included. For
 * costs that grow with age this is the rule that makes the long-run average least: (S + Σ c_j) / k falls while c_{k+1}
 * is below it.
 *
 * <pre>
 * Keeps   while c_{k+1} &lt; (S + c_1 + … + c_k) / k, with c_{k+1} predicted
 * Jump    the last cost less 3 σ, or
 * Trend   a median line (Theil and Sen) through the last half of the costs, 3 to 31, less 3 σ / √(their number)
 * First   where the second system of an earlier period was that much dearer than its first that a rebuild would have been
 *         cheaper, it is rebuilt at once; every {@value #RETRY}th time it is tried again
 * σ       the median of |c_j − c_{j−1}|, as a standard deviation; 0 for fewer than 4 costs
 * Limits  a cost that depends on the system and not on the age of the preconditioner is taken for ageing: where a rise
 *         comes back by itself, a rebuild is in vain
 * Source  Ross 1970, Applied Probability Models with Optimization Applications, ch. 3 (renewal rewards); Sen 1968,
 *         doi:10.1080/01621459.1968.10480934
 * </pre>
 */
public record AdaptiveReuse() implements ReusePolicy {
    private static final int LONGEST = 31;
    private static final int FEW = 4;
    private static final int RETRY = 32;
    private static final double DEVIATIONS = 3;

    /** The median of |u − v| for independent normal u, v of standard deviation 1: 0.6745 √2. */
    private static final double MEDIAN_DIFFERENCE = 0.954;

    @Override
    public boolean keep(ReuseHistory history) {
        int k = history.systems();
        double[] costs = history.costs();
        if (k < 2) {
            double[] earlier = history.earlier();
            boolean known = earlier.length > 1 && earlier[0] > 0 && history.buildsSince() % RETRY != 0;
            return k == 0 || !known || costs[0] * earlier[1] / earlier[0] < history.setupCost() + costs[0];
        }
        double average = (history.setupCost() + Arrays.stream(costs).sum()) / k;
        double sigma = k < FEW ? 0 : deviation(costs);
        int window = Math.min(k, Math.max(3, Math.min(LONGEST, k / 2)));
        double jump = k < FEW ? 0 : costs[k - 1] - DEVIATIONS * sigma;
        double trend = predict(costs, window) - DEVIATIONS * sigma / Math.sqrt(window);
        return Math.max(jump, trend) < average;
    }

    private static double deviation(double[] costs) {
        int k = costs.length;
        int count = Math.min(LONGEST, k - 1);
        double[] difference = new double[count];
        for (int i = 0; i < count; i++) {
            difference[i] = Math.abs(costs[k - 1 - i] - costs[k - 2 - i]);
        }
        return median(difference, count) / MEDIAN_DIFFERENCE;
    }

    /** The value at the next system of a line with the median slope and the median offset of the last costs. */
    private static double predict(double[] costs, int window) {
        int from = costs.length - window;
        double[] slopes = new double[window * (window - 1) / 2];
        int pairs = 0;
        for (int i = 0; i < window; i++) {
            for (int j = i + 1; j < window; j++) {
                slopes[pairs++] = (costs[from + j] - costs[from + i]) / (j - i);
            }
        }
        double slope = median(slopes, pairs);
        double[] next = new double[window];
        for (int i = 0; i < window; i++) {
            next[i] = costs[from + i] + slope * (window - i);
        }
        return median(next, window);
    }

    private static double median(double[] values, int count) {
        Arrays.sort(values, 0, count);
        return (values[(count - 1) / 2] + values[count / 2]) / 2;
    }
}
