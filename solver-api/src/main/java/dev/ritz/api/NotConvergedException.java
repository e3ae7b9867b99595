package dev.ritz.api;

/** Thrown by {@link SolveResult#solution()} when there is no solution to give. */
public final class NotConvergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The report of the solve. */
    private final transient Report report;

    NotConvergedException(SolveResult result) {
        super(result.report().summary(), result.report().failure());
        this.report = result.report();
    }

    /** {@return what happened in the solve} */
    public Report report() {
        return report;
    }
}
