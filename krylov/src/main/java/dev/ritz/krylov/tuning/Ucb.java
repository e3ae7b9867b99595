package dev.ritz.krylov.tuning;

/**
 * Optimism: plays the arm whose mean cost, less a bonus for having been tried seldom, is least. A baseline for costs
 * drawn from fixed distributions.
 *
 * <pre>
 * Sees    the cost of the arm played; no context
 * Chooses argmin mean − exploration · C √(2 ln t / plays), C the largest cost so far; first every arm once
 * Regret  O(log T) for fixed distributions; linear against an adversary
 * Memory  2 doubles an arm
 * Source  Auer, Cesa-Bianchi &amp; Fischer 2002, doi:10.1023/A:1013689704352 (UCB1)
 * </pre>
 *
 * @param exploration weight of the bonus, above 0; 1 is UCB1
 */
public record Ucb(double exploration) implements Tuner {

    /**
     * The tuner with its option.
     *
     * @param exploration weight of the bonus, above 0; 1 is UCB1
     */
    public Ucb {
        if (!(exploration > 0 && exploration < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("exploration = " + exploration + ", expected a finite number above 0");
        }
    }

    /** UCB1. */
    public Ucb() {
        this(1);
    }

    @Override
    public Tuner.Memory newMemory(int arms, long seed) {
        return new Memory(this, arms, seed);
    }

    private static final class Memory extends MeanMemory {
        private final double exploration;
        private final double[] optimistic;

        private Memory(Ucb tuner, int arms, long seed) {
            super(tuner, arms, seed);
            exploration = tuner.exploration;
            optimistic = new double[arms];
        }

        @Override
        int next() {
            for (int i = 0; i < plays.length; i++) {
                if (plays[i] == 0) {
                    return i;
                }
                // in units of C, which no cost exceeds
                double bonus = exploration * Math.sqrt(2 * Math.log(rounds) / plays[i]);
                optimistic[i] = (largest > 0 ? means[i] / largest : 0) - bonus;
            }
            return least(optimistic);
        }
    }
}
