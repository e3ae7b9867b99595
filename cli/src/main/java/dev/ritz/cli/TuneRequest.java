package dev.ritz.cli;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.tuning.Charge;
import dev.ritz.krylov.tuning.Cost;
import java.nio.file.Path;

/**
 * What {@code ritz sequence --tune} was asked for.
 *
 * @param grid the arms
 * @param tuner a word of {@link TunerWords}
 * @param context a table of numbers for each system, null for none
 * @param cost what a solve costs
 * @param seed of the tuner's draws
 * @param load a saved tuner to go on with, null for none
 * @param save where to save the tuner, null for nowhere
 */
record TuneRequest(TuneGrid grid, String tuner, Path context, Cost cost, long seed, Path load, Path save) {
    /** Products of a method in an iteration, at most. */
    private static final double PRODUCTS = 4;

    private static final double HOUR = 3600;

    /** A solve that fails is charged more than any that converges. */
    Charge charge(StoppingCriteria criteria) {
        double iterations = Math.max(1, criteria.maxIterations());
        if (cost == Cost.ITERATIONS) {
            return new Charge(cost, iterations);
        }
        if (cost == Cost.OPERATOR_APPLICATIONS) {
            return new Charge(cost, PRODUCTS * iterations);
        }
        double limit =
                criteria.timeLimit() == null ? HOUR : criteria.timeLimit().toNanos() * 1e-9;
        return new Charge(cost, Math.max(1e-9, Math.min(HOUR, limit)));
    }
}
