package dev.ritz.krylov.sequence;

/**
 * Rebuilds when the last system took more than factor · first + margin iterations, where the first is the system that
 * the preconditioner was built for.
 *
 * @param factor at least 1
 * @param margin iterations that do not count, at least 0
 */
public record WhenIterationsGrow(double factor, int margin) implements ReusePolicy {

    /**
     * The policy with its options.
     *
     * @param factor at least 1
     * @param margin iterations that do not count, at least 0
     */
    public WhenIterationsGrow {
        if (!(factor >= 1 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("factor = " + factor + ", expected a finite number, at least 1");
        }
        if (margin < 0) {
            throw new IllegalArgumentException("margin = " + margin + ", expected at least 0");
        }
    }

    @Override
    public boolean keep(ReuseHistory history) {
        int k = history.systems();
        int[] iterations = history.iterations();
        return k == 0 || iterations[k - 1] <= factor * iterations[0] + margin;
    }
}
