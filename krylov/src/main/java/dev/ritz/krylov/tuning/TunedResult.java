package dev.ritz.krylov.tuning;

import dev.ritz.api.SolveResult;

/**
 * What a tuned solve came to, and the decision behind it.
 *
 * @param result of the solve; of its continuation by the default where there was one
 * @param arm the arm played, counted from 0
 * @param label its name
 * @param cost what the tuner was charged: the cost of all parts, by the rule of {@link Charge}
 * @param rescue why the default took over; null where it did not
 */
public record TunedResult(SolveResult result, int arm, String label, double cost, Rescue rescue) {

    /** Why a {@link Backstop} took over. */
    public enum Rescue {
        /** The arm had cost the factor of the backstop times the usual cost of the default. */
        OVERRUN,
        /** The arm ended without convergence. */
        NOT_CONVERGED,
        /** Its preconditioner could not be built. */
        BUILD_FAILED
    }

    /** {@return the solution, where there is one} */
    public double[] solution() {
        return result.solution();
    }

    /** {@return whether the recomputed residual is within the tolerance} */
    public boolean converged() {
        return result.converged();
    }
}
