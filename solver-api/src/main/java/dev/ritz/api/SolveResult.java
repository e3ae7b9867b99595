package dev.ritz.api;

/**
 * What a solve came to. {@link #iterate()} and {@link #solution()} give the caller's own array x, not a copy; the next
 * solve into that array overwrites it.
 */
public sealed interface SolveResult permits SolveResult.Converged, SolveResult.Stopped, SolveResult.Failed {

    /** {@return the best finite iterate, always} */
    double[] iterate();

    /** {@return what happened, in numbers} */
    Report report();

    /**
     * The solution, when there is one.
     *
     * @return x
     * @throws NotConvergedException unless this is {@link Converged}
     */
    default double[] solution() {
        throw new NotConvergedException(this);
    }

    /** {@return why the solve ended} */
    default Cause cause() {
        return report().cause();
    }

    /** {@return whether the recomputed residual is within the tolerance} */
    default boolean converged() {
        return this instanceof Converged;
    }

    /**
     * Solved: the recomputed residual is within the tolerance.
     *
     * @param iterate x
     * @param report what happened
     */
    record Converged(double[] iterate, Report report) implements SolveResult {
        @Override
        public double[] solution() {
            return iterate;
        }
    }

    /**
     * Ended early by a limit, the clock or the caller.
     *
     * @param iterate the best iterate so far
     * @param report what happened
     */
    record Stopped(double[] iterate, Report report) implements SolveResult {}

    /**
     * Ended by the numbers, or by a part that broke.
     *
     * @param iterate the best finite iterate
     * @param report what happened
     */
    record Failed(double[] iterate, Report report) implements SolveResult {}
}
