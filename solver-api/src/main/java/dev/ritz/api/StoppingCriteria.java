package dev.ritz.api;

import java.time.Duration;
import java.util.Objects;

/**
 * When a solve ends. One meaning in every method: success is ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed.
 *
 * @param rtol relative to ‖b‖₂, in [0, 1)
 * @param atol absolute, finite, at least 0
 * @param dtol a solve whose residual exceeds dtol · max(‖b‖₂, ‖b − A x₀‖₂) has diverged; finite and above 1, so that no
 *     setting removes the guard
 * @param maxIterations at least 0
 * @param timeLimit positive; checked between iterations
 */
public record StoppingCriteria(double rtol, double atol, double dtol, int maxIterations, Duration timeLimit) {

    /** Practically no time limit. */
    static final Duration UNLIMITED = Duration.ofDays(36_500);

    /** rtol 1e-8, atol 0, dtol 1e8, 10,000 iterations, no time limit. */
    public static final StoppingCriteria DEFAULT = new StoppingCriteria(1e-8, 0, 1e8, 10_000, UNLIMITED);

    /**
     * Checks every component.
     *
     * @param rtol relative to ‖b‖₂, in [0, 1)
     * @param atol absolute, finite, at least 0
     * @param dtol divergence guard, finite and above 1
     * @param maxIterations at least 0
     * @param timeLimit positive
     */
    public StoppingCriteria {
        if (!(rtol >= 0 && rtol < 1)) {
            throw new IllegalArgumentException("rtol = " + rtol + ", expected a number in [0, 1)");
        }
        if (!(atol >= 0 && atol < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("atol = " + atol + ", expected a finite number, at least 0");
        }
        if (!(dtol > 1 && dtol < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("dtol = " + dtol + ", expected a finite number above 1");
        }
        if (maxIterations < 0) {
            throw new IllegalArgumentException("maxIterations = " + maxIterations + ", expected at least 0");
        }
        Objects.requireNonNull(timeLimit, "timeLimit");
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("timeLimit = " + timeLimit + ", expected a positive duration");
        }
        if (timeLimit.compareTo(UNLIMITED) > 0) {
            timeLimit = UNLIMITED;
        }
    }

    /**
     * A copy with another relative tolerance.
     *
     * @param value the new rtol
     * @return the copy
     */
    public StoppingCriteria withRtol(double value) {
        return new StoppingCriteria(value, atol, dtol, maxIterations, timeLimit);
    }

    /**
     * A copy with another absolute tolerance.
     *
     * @param value the new atol
     * @return the copy
     */
    public StoppingCriteria withAtol(double value) {
        return new StoppingCriteria(rtol, value, dtol, maxIterations, timeLimit);
    }

    /**
     * A copy with another divergence guard.
     *
     * @param value the new dtol
     * @return the copy
     */
    public StoppingCriteria withDtol(double value) {
        return new StoppingCriteria(rtol, atol, value, maxIterations, timeLimit);
    }

    /**
     * A copy with another iteration limit.
     *
     * @param value the new limit
     * @return the copy
     */
    public StoppingCriteria withMaxIterations(int value) {
        return new StoppingCriteria(rtol, atol, dtol, value, timeLimit);
    }

    /**
     * A copy with another time limit.
     *
     * @param value the new limit
     * @return the copy
     */
    public StoppingCriteria withTimeLimit(Duration value) {
        return new StoppingCriteria(rtol, atol, dtol, maxIterations, value);
    }
}
