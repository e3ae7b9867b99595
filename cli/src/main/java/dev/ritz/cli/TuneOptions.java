package dev.ritz.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of {@code ritz sequence} that tune a setting. */
final class TuneOptions {
    @Option(
            names = "--tune",
            paramLabel = "KEY=GRID",
            description = "chooses a setting anew for each system and learns from what that costs: omega=1:1.95:0.05,"
                    + " or values between commas; p.KEY is a setting of the preconditioner")
    private String tune;

    @Option(
            names = "--tuner",
            paramLabel = "HOW",
            description = "how it learns: " + TunerWords.TUNERS + "; default chebcb with --context, else tsallis")
    private String tuner;

    @Option(
            names = "--context",
            paramLabel = "FILE",
            description = "table of what is known of the systems beforehand, a line of numbers for each")
    private Path context;

    @Option(
            names = "--cost",
            paramLabel = "UNIT",
            description = "what it learns from: " + TunerWords.COSTS + " (differ from run to run); default products")
    private String cost;

    @Option(names = "--seed", paramLabel = "N", description = "of the tuner's draws, default 1")
    private Long seed;

    @Option(names = "--load-tuner", paramLabel = "FILE", description = "goes on with a saved tuner")
    private Path load;

    @Option(names = "--save-tuner", paramLabel = "FILE", description = "saves what the tuner has learned")
    private Path save;

    @Option(
            names = "--tune-plot",
            paramLabel = "FILE",
            description = "the value chosen for each system, and the cost so far: .svg or .png")
    private Path plot;

    /** What is asked for, null where nothing is tuned. */
    TuneRequest request(boolean named, Set<String> set, int chunks, Function<String, ParameterException> usage)
            throws CommandException {
        if (tune == null) {
            Map<String, Object> others = new LinkedHashMap<>();
            others.put("--tuner", tuner);
            others.put("--context", context);
            others.put("--cost", cost);
            others.put("--seed", seed);
            others.put("--load-tuner", load);
            others.put("--save-tuner", save);
            others.put("--tune-plot", plot);
            for (Map.Entry<String, Object> option : others.entrySet()) {
                if (option.getValue() != null) {
                    throw usage.apply(option.getKey() + " needs --tune, the setting to choose");
                }
            }
            return null;
        }
        TuneGrid grid = TuneGrid.parse(tune);
        if (!named) {
            throw usage.apply("--tune " + tune + " needs -m or -p, the thing whose setting it chooses");
        }
        if (set.contains(grid.key())) {
            throw usage.apply("--tune " + tune + " and --set " + grid.key() + "=... exclude each other");
        }
        String how = tuner != null ? tuner : context != null ? "chebcb" : "tsallis";
        if (TunerWords.readsContext(how) != (context != null)) {
            throw usage.apply(
                    context == null
                            ? "--tuner " + how + " needs --context, the table it reads"
                            : "--context is read by --tuner binned and chebcb, not by " + how);
        }
        if (chunks > 1 && (load != null || save != null)) {
            throw usage.apply((save != null ? "--save-tuner" : "--load-tuner") + " with " + chunks
                    + " chunks: each has a tuner of its own, expected --chunks 1");
        }
        if (save != null) {
            OutputFile.check(save);
        }
        if (plot != null) {
            if (!List.of("svg", "png").contains(HistoryFile.ending(plot))) {
                throw usage.apply("--tune-plot " + plot + ", expected a name that ends in .svg or .png");
            }
            OutputFile.check(plot);
        }
        return new TuneRequest(
                grid,
                how,
                context,
                TunerWords.cost(cost == null ? "products" : cost),
                seed == null ? 1 : seed,
                load,
                save);
    }

    /** Where the plot goes, null for nowhere. */
    Path save() {
        return save;
    }

    Path plot() {
        return plot;
    }
}
