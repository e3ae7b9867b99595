package dev.ritz.cli;

import dev.ritz.krylov.sequence.AdaptiveReuse;
import dev.ritz.krylov.sequence.AlwaysRebuild;
import dev.ritz.krylov.sequence.BestGuess;
import dev.ritz.krylov.sequence.EveryN;
import dev.ritz.krylov.sequence.Extrapolation;
import dev.ritz.krylov.sequence.InitialGuess;
import dev.ritz.krylov.sequence.KeepAlways;
import dev.ritz.krylov.sequence.PodGuess;
import dev.ritz.krylov.sequence.PreviousSolution;
import dev.ritz.krylov.sequence.ProjectedGuess;
import dev.ritz.krylov.sequence.ReusePolicy;
import dev.ritz.krylov.sequence.WhenIterationsGrow;
import dev.ritz.krylov.sequence.ZeroGuess;

/** The words of {@code --guess} and {@code --reuse}. */
final class SequenceWords {
    static final String GUESSES = "auto, none, previous, linear, quadratic, projected[:COUNT], pod[:HISTORY,MODES]";
    static final String POLICIES = "adaptive, never, always, every:N, growth[:FACTOR]";

    private SequenceWords() {}

    static InitialGuess guess(String text) throws CommandException {
        String[] words = text.split("[:,]", -1);
        try {
            switch (words[0] + "/" + (words.length - 1)) {
                case "auto/0":
                    return new BestGuess();
                case "none/0":
                    return new ZeroGuess();
                case "previous/0":
                    return new PreviousSolution();
                case "linear/0":
                    return new Extrapolation(1);
                case "quadratic/0":
                    return new Extrapolation(2);
                case "projected/0":
                    return new ProjectedGuess(8);
                case "projected/1":
                    return new ProjectedGuess(Integer.parseInt(words[1]));
                case "pod/0":
                    return new PodGuess(16, 6);
                case "pod/2":
                    return new PodGuess(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
                default:
                    break;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "USAGE", "--guess " + text + ": " + e.getMessage() + ", expected " + GUESSES, e);
        }
        throw CommandException.usage("--guess " + text + ", expected one of " + GUESSES);
    }

    static ReusePolicy reuse(String text) throws CommandException {
        String[] words = text.split(":", -1);
        try {
            switch (words[0] + "/" + (words.length - 1)) {
                case "adaptive/0":
                    return new AdaptiveReuse();
                case "never/0":
                    return new AlwaysRebuild();
                case "always/0":
                    return new KeepAlways();
                case "every/1":
                    return new EveryN(Integer.parseInt(words[1]));
                case "growth/0":
                    return new WhenIterationsGrow(1.3, 2);
                case "growth/1":
                    return new WhenIterationsGrow(Double.parseDouble(words[1]), 2);
                default:
                    break;
            }
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, "USAGE", "--reuse " + text + ": " + e.getMessage() + ", expected " + POLICIES, e);
        }
        throw CommandException.usage("--reuse " + text + ", expected one of " + POLICIES);
    }
}
