package dev.ritz.cli;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.sequence.InitialGuess;
import dev.ritz.krylov.sequence.ReusePolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code ritz sequence} was asked for.
 *
 * @param source folder or manifest
 * @param output folder for solutions and report
 * @param method name, null: chosen
 * @param preconditioner name, null: chosen
 * @param methodSettings of the method
 * @param preconditionerSettings of the preconditioner
 * @param guess how first iterates are proposed
 * @param guessWord how the command line put that
 * @param recycle whether methods that recycle may, must, or must not be used
 * @param reuse when a preconditioner serves a further matrix
 * @param reuseWord how the command line put that
 * @param sort the order
 * @param parametersFile a table of parameters, null for none
 * @param ones right-hand sides where there are none: 1, else A·1
 * @param criteria when a solve ends
 * @param workers how many threads solve systems
 * @param chunks pieces that are solved apart
 * @param threads of each solve where there is one worker, 0 for the default
 * @param maxMemory bytes a matrix may take
 * @param every systems between two checkpoints
 * @param resume go on with an earlier run
 * @param writeBest write iterates that have not converged
 * @param compare run again without each part
 * @param tune the setting to tune, null for none
 */
record SequenceRequest(
        Path source,
        Path output,
        String method,
        String preconditioner,
        Map<String, String> methodSettings,
        Map<String, String> preconditionerSettings,
        InitialGuess guess,
        String guessWord,
        Recycle recycle,
        ReusePolicy reuse,
        String reuseWord,
        Sort sort,
        Path parametersFile,
        boolean ones,
        StoppingCriteria criteria,
        int workers,
        int chunks,
        int threads,
        long maxMemory,
        int every,
        boolean resume,
        boolean writeBest,
        boolean compare,
        TuneRequest tune) {

    /** Whether a subspace is carried from system to system. */
    enum Recycle {
        AUTO,
        ON,
        OFF
    }

    /** The order in which the systems are solved. */
    enum Sort {
        NONE,
        GREEDY,
        CURVE
    }

    /** {@return a constant as the command line puts it} */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a run and the one that resumes it must have in common.
     *
     * @param files tells the files of each system from others
     */
    SequenceTerms terms(List<String> files) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("input", source.toAbsolutePath().normalize().toString());
        put(options, "-m", method);
        put(options, "-p", preconditioner);
        List<String> sets = new ArrayList<>();
        methodSettings.forEach((key, value) -> sets.add(key + "=" + value));
        preconditionerSettings.forEach((key, value) -> sets.add("p." + key + "=" + value));
        put(options, "--set", sets.isEmpty() ? null : String.join(" ", sets));
        options.put("--guess", guessWord);
        options.put("--recycle", word(recycle));
        options.put("--reuse", reuseWord);
        options.put("--sort", word(sort));
        put(options, "--parameters", parametersFile);
        options.put("--rhs", ones ? "ones" : "a1");
        options.put("--rtol", number(criteria.rtol()));
        options.put("--atol", number(criteria.atol()));
        options.put("--max-iterations", "" + criteria.maxIterations());
        boolean limited = !criteria.timeLimit().equals(StoppingCriteria.DEFAULT.timeLimit());
        put(options, "--time-limit", limited ? criteria.timeLimit().toNanos() * 1e-9 + "s" : null);
        options.put("--chunks", "" + chunks);
        if (tune != null) {
            options.put(
                    "--tune",
                    tune.grid().key() + "=" + String.join(",", tune.grid().values()));
            options.put("--tuner", tune.tuner());
            put(options, "--context", tune.context());
            options.put("--cost", tune.cost().name());
            options.put("--seed", "" + tune.seed());
            put(options, "--load-tuner", tune.load());
        }
        return new SequenceTerms(options, files);
    }

    private static void put(Map<String, String> options, String word, Object value) {
        if (value != null) {
            options.put(word, value.toString());
        }
    }

    private static String number(double value) {
        return Double.toString(value).replace(".0E", "e").replace('E', 'e');
    }
}
