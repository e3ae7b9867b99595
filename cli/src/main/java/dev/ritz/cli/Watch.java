package dev.ritz.cli;

import dev.ritz.api.IterationListener;

/** What may look at a running solve, and stop it: Ctrl-C, and the progress line. */
interface Watch {
    /** Sees nothing and never stops. */
    Watch NONE = new Watch() {};

    /** {@return whether the user wants to stop} */
    default boolean cancelled() {
        return false;
    }

    /**
     * Called before a solve, once for each attempt.
     *
     * @param method its name
     * @param rhsNorm ‖b‖₂
     * @param tolerance the residual norm that means success
     */
    default void start(String method, double rhsNorm, double tolerance) {}

    /** Called in every iteration, as {@link IterationListener#onIteration}. */
    default void iteration(int k, double residualNorm) {}

    /** Called after a solve. */
    default void stop() {}
}
