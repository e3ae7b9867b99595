package dev.ritz.api;

/** Why a solve ended. */
public enum Cause {
    /** ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed. */
    CONVERGED(Outcome.CONVERGED, "the recomputed residual is within the tolerance"),
    /** The iteration limit was reached. */
    MAX_ITERATIONS(Outcome.STOPPED, "the iteration limit was reached"),
    /** The time limit was reached. */
    DEADLINE(Outcome.STOPPED, "the time limit was reached"),
    /** The listener said stop, or the thread was interrupted. */
    CANCELLED(Outcome.STOPPED, "the solve was cancelled"),
    /** pᵀ A p ≤ 0 in a method that needs a symmetric positive definite A. */
    INDEFINITE_OPERATOR(Outcome.FAILED, "the operator is not positive definite"),
    /** rᵀ M⁻¹ r ≤ 0 in a method that needs a symmetric positive definite M. */
    INDEFINITE_PRECONDITIONER(Outcome.FAILED, "the preconditioner is not positive definite"),
    /** A division by (nearly) zero inside the method: the recurrence cannot go on. */
    BREAKDOWN(Outcome.FAILED, "the recurrence broke down"),
    /** NaN or infinity in the data or in the recurrence. */
    NOT_FINITE(Outcome.FAILED, "a value that is not finite appeared"),
    /** The residual no longer falls, though it is above the tolerance. */
    STAGNATION(Outcome.FAILED, "the true residual no longer falls"),
    /** The residual grew beyond dtol. */
    DIVERGENCE(Outcome.FAILED, "the residual grew beyond dtol"),
    /** The operator, the preconditioner or the listener threw an exception. */
    PART_FAILED(Outcome.FAILED, "a part of the solve threw an exception");

    /** The three classes of outcome. */
    public enum Outcome {
        /** Solved and verified. */
        CONVERGED,
        /** Ended by a limit or by the caller. */
        STOPPED,
        /** Ended by the numbers, or by a part that broke. */
        FAILED
    }

    /** The class this cause belongs to. */
    private final Outcome outcome;
    /** One clause for people. */
    private final String text;

    Cause(Outcome outcome, String text) {
        this.outcome = outcome;
        this.text = text;
    }

    /** {@return the class of outcome} */
    public Outcome outcome() {
        return outcome;
    }

    /** {@return one clause that says it to a person} */
    public String text() {
        return text;
    }
}
