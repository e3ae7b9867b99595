package dev.ritz.cli;

import dev.ritz.api.Cause;
import java.util.Map;

/**
 * One try at a system: what was used and what came of it.
 *
 * @param method name on the command line
 * @param methodSettings its settings
 * @param preconditioner name on the command line
 * @param preconditionerSettings its settings
 * @param reason why this pair, one clause
 * @param word {@link Cause} of a solve, or what the build failed with
 * @param detail numbers behind it
 * @param iterations done
 * @param relativeResidual recomputed where the solve got that far; NaN when none was started
 * @param seconds of build and solve
 */
record Attempt(
        String method,
        Map<String, Object> methodSettings,
        String preconditioner,
        Map<String, Object> preconditionerSettings,
        String reason,
        String word,
        String detail,
        int iterations,
        double relativeResidual,
        double seconds) {}
