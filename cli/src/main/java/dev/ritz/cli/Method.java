package dev.ritz.cli;

import dev.ritz.api.IterativeSolver;
import dev.ritz.api.StoppingCriteria;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * One line of the table of methods.
 *
 * @param name the name on the command line
 * @param type the class behind it
 * @param summary one clause for the list
 * @param needs what A and M have to be
 * @param source paper or book
 * @param vectors doubles of length n that a solve of these settings holds, as the method's card says
 * @param settings its options
 * @param maker builds it from limits and settings
 */
record Method(
        String name,
        Class<?> type,
        String summary,
        String needs,
        String source,
        Memory vectors,
        List<Setting> settings,
        BiFunction<StoppingCriteria, Settings, IterativeSolver<?>> maker) {

    /** How much a workspace will hold. */
    @FunctionalInterface
    interface Memory {
        /** Vectors of length n, for n unknowns and these settings. */
        long vectors(int n, Settings settings);
    }

    /** The values of all its options, where these are given. */
    Settings settings(Map<String, String> given) throws CommandException {
        return Settings.of("method " + name, settings, given);
    }

    /** The method with these options; what its record refuses is the user's mistake. */
    IterativeSolver<?> make(StoppingCriteria criteria, Settings values) throws CommandException {
        try {
            return maker.apply(criteria, values);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("method " + name + ": " + e.getMessage());
        }
    }
}
