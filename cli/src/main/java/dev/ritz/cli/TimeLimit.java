package dev.ritz.cli;

import java.time.Duration;

/** The time a whole run may take. A phase that cannot be interrupted is followed by a look at the clock. */
final class TimeLimit {
    private final Duration limit;
    private final long startNanos = System.nanoTime();

    /** Starts the clock. */
    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /**
     * What is left of it.
     *
     * @param where what is just over, for the message
     * @return a positive time
     * @throws CommandException when nothing is left
     */
    Duration left(String where) throws CommandException {
        Duration left = limit.minusNanos(System.nanoTime() - startNanos);
        if (left.isNegative() || left.isZero()) {
            throw new CommandException(
                    ExitCode.LIMIT,
                    "DEADLINE",
                    "the time limit of " + Quantities.text(limit) + " was reached " + where);
        }
        return left;
    }
}
