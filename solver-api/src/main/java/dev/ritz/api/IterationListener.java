package dev.ritz.api;

/** Watches a solve, and may end it. */
@FunctionalInterface
public interface IterationListener {

    /** Watches nothing. */
    IterationListener NONE = (k, residualNorm) -> true;

    /**
     * Called once per iteration on the solving thread.
     *
     * @param k iterations done so far, from 1
     * @param residualNorm the method's own estimate of ‖b − A x‖₂
     * @return false to cancel; the solve then ends as {@link Cause#CANCELLED} with its best iterate
     */
    boolean onIteration(int k, double residualNorm);
}
