package dev.ritz.cli;

import dev.ritz.krylov.tuning.BinnedTsallisInf;
import dev.ritz.krylov.tuning.ChebCb;
import dev.ritz.krylov.tuning.Cost;
import dev.ritz.krylov.tuning.ExploreThenCommit;
import dev.ritz.krylov.tuning.Interval;
import dev.ritz.krylov.tuning.TsallisInf;
import dev.ritz.krylov.tuning.Tuner;
import dev.ritz.krylov.tuning.Ucb;
import java.util.ArrayList;
import java.util.List;

/** The words of {@code --tuner} and {@code --cost}. */
final class TunerWords {
    static final String TUNERS =
            "tsallis, ucb[:WIDTH], explore[:TRIALS]; with --context binned[:BINS], chebcb[:DEGREE]";
    static final String COSTS = "iterations, products, seconds";

    private TunerWords() {}

    /** Whether a tuner reads a context. */
    static boolean readsContext(String text) {
        return text.startsWith("binned") || text.startsWith("chebcb");
    }

    /** The tuner of that name; ranges of the context where it reads one. */
    static Tuner tuner(String text, List<Interval> context) throws CommandException {
        String[] words = text.split(":", -1);
        try {
            switch (words[0] + "/" + (words.length - 1)) {
                case "tsallis/0":
                    return new TsallisInf();
                case "ucb/0":
                    return new Ucb();
                case "ucb/1":
                    return new Ucb(Double.parseDouble(words[1]));
                case "explore/0":
                    return new ExploreThenCommit(3);
                case "explore/1":
                    return new ExploreThenCommit(Integer.parseInt(words[1]));
                case "binned/0":
                    return new BinnedTsallisInf(context, 5, new TsallisInf());
                case "binned/1":
                    return new BinnedTsallisInf(context, Integer.parseInt(words[1]), new TsallisInf());
                case "chebcb/0":
                    return new ChebCb(context, 5);
                case "chebcb/1":
                    return new ChebCb(context, Integer.parseInt(words[1]));
                default:
                    break;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "USAGE", "--tuner " + text + ": " + e.getMessage() + ", expected " + TUNERS, e);
        }
        throw CommandException.usage("--tuner " + text + ", expected one of " + TUNERS);
    }

    static Cost cost(String text) throws CommandException {
        for (Cost cost : List.of(Cost.ITERATIONS, Cost.OPERATOR_APPLICATIONS, Cost.SECONDS)) {
            if (cost.name().equals(text)) {
                return cost;
            }
        }
        throw CommandException.usage("--cost " + text + ", expected one of " + COSTS);
    }

    /** The range of each number of the contexts; where all are equal, a range around. */
    static List<Interval> ranges(double[][] contexts) {
        List<Interval> ranges = new ArrayList<>();
        for (int j = 0; j < contexts[0].length; j++) {
            double low = contexts[0][j];
            double high = low;
            for (double[] c : contexts) {
                low = Math.min(low, c[j]);
                high = Math.max(high, c[j]);
            }
            double margin = low < high ? 0 : Math.max(1, Math.ulp(low) * 2);
            ranges.add(new Interval(low - margin, high + margin));
        }
        return ranges;
    }
}
