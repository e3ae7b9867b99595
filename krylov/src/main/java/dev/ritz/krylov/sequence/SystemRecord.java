package dev.ritz.krylov.sequence;

import dev.ritz.api.Cause;

/**
 * What happened to one system of a sequence: what was decided, and what it cost.
 *
 * @param index its place in the sequence, 0-based
 * @param chosen the configuration that was chosen for the system
 * @param configuration the one that solved it: another where the chosen one failed or was broken off
 * @param cause why the solve ended
 * @param detail the numbers behind the cause, empty when there is nothing to add
 * @param iterations of all attempts
 * @param operatorApplications products with A of all attempts, guesses, refreshes and verification included
 * @param guessApplications those of them spent on the guess
 * @param refreshApplications those of them spent on renewing the recycled space
 * @param preconditionerApplications applications of M⁻¹
 * @param relativeResidual ‖b − A x‖₂ / ‖b‖₂, recomputed where the outcome is verified
 * @param guessResidual ‖b − A x₀‖₂ / ‖b‖₂ of the guess used; 1 for x₀ = 0
 * @param recycled dimension of the space that the solve started with
 * @param preparation where the preconditioner came from
 * @param attempts solves of this system, each with the limits of its method: 1, one more where a stale part failed and the
 *     system was solved again without it, and more where one configuration after the other failed
 * @param guessSeconds time of the guess
 * @param setupSeconds time of building the preconditioner and the storage format
 * @param solveSeconds time of the solve, refresh included
 * @param charge what a tuner learned that it cost; NaN without one
 * @param note what else was decided, empty when nothing
 */
public record SystemRecord(
        int index,
        String chosen,
        String configuration,
        Cause cause,
        String detail,
        int iterations,
        int operatorApplications,
        int guessApplications,
        int refreshApplications,
        int preconditionerApplications,
        double relativeResidual,
        double guessResidual,
        int recycled,
        Preparation preparation,
        int attempts,
        double guessSeconds,
        double setupSeconds,
        double solveSeconds,
        double charge,
        String note) {

    /** {@return whether the recomputed residual is within the tolerance} */
    public boolean converged() {
        return cause == Cause.CONVERGED;
    }

    /** {@return seconds of everything} */
    public double seconds() {
        return guessSeconds + setupSeconds + solveSeconds;
    }

    /**
     * The iterations that the solve would have taken from x₀ = 0, if it lowers the logarithm of the residual evenly.
     *
     * @return an estimate; NaN where the guess was the solution
     */
    public double iterationsFromZero() {
        if (!(guessResidual < 1)) {
            return iterations;
        }
        double end = Math.max(relativeResidual, 1e-16);
        return guessResidual > end && iterations > 0
                ? iterations * Math.log(end) / Math.log(end / guessResidual)
                : Double.NaN;
    }
}
