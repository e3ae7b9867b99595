package dev.ritz.krylov.tuning;

import dev.ritz.api.SolveResult;
import java.util.Objects;

/**
 * The number a tuner learns from the outcome of a solve. A converged solve is charged what it cost, at most the cap; any
 * other the cap, or what it cost where that is more. So an arm never gains by failing early.
 *
 * @param cost of a solve
 * @param cap above 0, finite
 */
public record Charge(Cost cost, double cap) {

    /**
     * Checks both.
     *
     * @param cost of a solve
     * @param cap above 0, finite
     */
    public Charge {
        Objects.requireNonNull(cost, "cost");
        if (!(cap > 0 && cap < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("cap = " + cap + ", expected a finite number above 0");
        }
    }

    /**
     * What to charge for a solve.
     *
     * @param result what it came to
     * @return finite, at least 0
     */
    public double of(SolveResult result) {
        return of(cost.of(result.report()), result.converged());
    }

    /**
     * What to charge for a solve made of parts.
     *
     * @param spent the cost of all parts
     * @param converged whether the last of them converged
     * @return finite, at least 0
     */
    public double of(double spent, boolean converged) {
        if (!(spent >= 0 && spent < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("cost = " + spent + ", expected a finite number, at least 0");
        }
        return converged ? Math.min(spent, cap) : Math.max(spent, cap);
    }
}
