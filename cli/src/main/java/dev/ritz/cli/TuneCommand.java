package dev.ritz.cli;

import dev.ritz.krylov.tuning.Interval;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ritz tune}. */
@Command(
        name = "tune",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        description = "Prints what a tuner that 'ritz sequence --save-tuner' saved has learned.")
final class TuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "FILE", description = "a saved tuner")
    private Path file;

    @Option(
            names = "--at",
            split = ",",
            paramLabel = "NUMBER",
            description = "the context to show probabilities for, default the middle of its range")
    private List<Double> at;

    @Override
    public Integer call() throws CommandException {
        SavedTuner saved = SavedTuner.read(file);
        List<Interval> ranges = saved.context();
        if (at != null && at.size() != ranges.size()) {
            throw new ParameterException(
                    spec.commandLine(), "--at has " + at.size() + " numbers, the tuner reads " + ranges.size());
        }
        double[] context = new double[ranges.size()];
        for (int j = 0; j < context.length; j++) {
            Interval range = ranges.get(j);
            context[j] = at == null ? range.lower() / 2 + range.upper() / 2 : at.get(j);
        }
        double[] next;
        try {
            next = saved.newMemory().probabilities(context);
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, "USAGE", "--at: " + e.getMessage(), e);
        } catch (IOException e) {
            throw InputSystem.reading(file, e);
        }
        TuneSummary summary = new TuneSummary(saved.labels(), saved.pulls(), saved.means());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-18s%s, cost in %s%n", "tuner", saved.tuner(), saved.cost());
        if (!ranges.isEmpty()) {
            String text =
                    ranges.stream().map(r -> r.lower() + " to " + r.upper()).collect(Collectors.joining(", "));
            String where = Arrays.stream(context).mapToObj(Double::toString).collect(Collectors.joining(", "));
            out.printf(Locale.ROOT, "%-18s%s; probabilities at %s%n", "context", text, where);
        }
        out.printf(
                Locale.ROOT,
                "%-18s%d, mean cost %s%n",
                "systems",
                summary.systems(),
                TuneSummary.number(summary.mean()));
        out.print(summary.table(next));
        return ExitCode.OK.code();
    }
}
