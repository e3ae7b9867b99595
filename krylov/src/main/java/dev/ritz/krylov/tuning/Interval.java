package dev.ritz.krylov.tuning;

import java.util.List;

/**
 * The range of one number of a context. Contexts outside are treated as its nearest end.
 *
 * @param lower finite
 * @param upper finite, above lower
 */
public record Interval(double lower, double upper) {

    /**
     * Checks both ends.
     *
     * @param lower finite
     * @param upper finite, above lower
     */
    public Interval {
        if (!(lower > Double.NEGATIVE_INFINITY && lower < upper && upper < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "interval from " + lower + " to " + upper + ", expected finite ends in ascending order");
        }
    }

    /** 0 at the lower end, 1 at the upper. */
    double position(double value) {
        // halves, since upper − lower may overflow
        double position = (value / 2 - lower / 2) / (upper / 2 - lower / 2);
        return Math.min(1, Math.max(0, position));
    }

    static List<Interval> checked(List<Interval> context) {
        if (context.isEmpty()) {
            throw new IllegalArgumentException("context has no interval, expected one for each number of a context");
        }
        return List.copyOf(context);
    }
}
