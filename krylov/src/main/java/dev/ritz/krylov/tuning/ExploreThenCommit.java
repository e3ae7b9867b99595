package dev.ritz.krylov.tuning;

/**
 * Plays every arm a few times in turn, then the one of least mean cost for ever: a baseline.
 *
 * <pre>
 * Sees    the cost of the arm played; no context
 * Regret  linear when the trials misjudge the arms or the costs change later
 * Memory  2 doubles an arm
 * Source  Lattimore &amp; Szepesvári 2020, doi:10.1017/9781108571401, chapter 6
 * </pre>
 *
 * @param trials of each arm, at least 1
 */
public record ExploreThenCommit(int trials) implements Tuner {

    /**
     * The tuner with its option.
     *
     * @param trials of each arm, at least 1
     */
    public ExploreThenCommit {
        if (trials < 1) {
            throw new IllegalArgumentException("trials = " + trials + ", expected at least 1");
        }
    }

    @Override
    public Tuner.Memory newMemory(int arms, long seed) {
        return new Memory(this, arms, seed);
    }

    private static final class Memory extends MeanMemory {
        private final int trials;

        private Memory(ExploreThenCommit tuner, int arms, long seed) {
            super(tuner, arms, seed);
            trials = tuner.trials;
        }

        @Override
        int next() {
            int rarest = 0;
            for (int i = 1; i < plays.length; i++) {
                if (plays[i] < plays[rarest]) {
                    rarest = i;
                }
            }
            return plays[rarest] < trials ? rarest : least(means);
        }

        @Override
        void update(double[] context, int arm, double cost) {
            if (plays[arm] < trials) { // committed is committed
                super.update(context, arm, cost);
            }
        }
    }
}
