package dev.ritz.krylov.sequence;

/**
 * The adaptive rule of hypredrive with its defaults, to compare with: costs are measured against the mean of the first
 * three systems after a build, and two bad scores in a row lead to a rebuild.
 *
 * <pre>
 * Baseline  means ĉ, î of costs and iterations of the first 3 systems; until then the preconditioner is kept
 * Guard     rebuild at once when the last iterations reach 3 î
 * Score     max(0, e − 1) + max(0, (s − 1.5) / 0.5) over the last 5 systems, with
 *           e = mean of max(0, c − ĉ) / (S / window), s = root mean square of i / î
 * Rebuild   when the score is at least 1 for two systems in a row
 * Source    hypredrive user manual, "Adaptive reuse" (input file structure), github.com/hypre-space/hypredrive
 * </pre>
 *
 * @param window over how many systems a set-up is to pay, at least 1; hypredrive's default is 10
 */
public record HypredriveReuse(int window) implements ReusePolicy {
    private static final int BOOTSTRAP = 3;
    private static final int POINTS = 5;
    private static final double GUARD = 3;
    private static final double FLOOR = 1e-12;

    /**
     * The policy with its options.
     *
     * @param window over how many systems a set-up is to pay, at least 1; hypredrive's default is 10
     */
    public HypredriveReuse {
        if (window < 1) {
            throw new IllegalArgumentException("window = " + window + ", expected at least 1");
        }
    }

    /** The rule with hypredrive's default window of 10 systems. */
    public HypredriveReuse() {
        this(10);
    }

    @Override
    public boolean keep(ReuseHistory history) {
        int k = history.systems();
        if (k < BOOTSTRAP) {
            return true;
        }
        int[] iterations = history.iterations();
        double cost = 0;
        double count = 0;
        for (int i = 0; i < BOOTSTRAP; i++) {
            cost += history.costs()[i] / BOOTSTRAP;
            count += (double) iterations[i] / BOOTSTRAP;
        }
        if (count > 0 && iterations[k - 1] >= GUARD * count) {
            return false;
        }
        return !(k > BOOTSTRAP && bad(history, k, cost, count) && bad(history, k - 1, cost, count));
    }

    private boolean bad(ReuseHistory history, int k, double cost, double count) {
        double budget = Math.max(FLOOR, history.setupCost() / window);
        double baseline = Math.max(FLOOR, Math.rint(count));
        int from = Math.max(0, k - POINTS);
        double overhead = 0;
        double squares = 0;
        for (int i = from; i < k; i++) {
            overhead += Math.max(0, history.costs()[i] - cost) / budget;
            double ratio = history.iterations()[i] / baseline;
            squares += ratio * ratio;
        }
        double efficiency = overhead / (k - from);
        double stability = Math.sqrt(squares / (k - from));
        return Math.max(0, efficiency - 1) + Math.max(0, (stability - 1.5) / 0.5) >= 1;
    }
}
