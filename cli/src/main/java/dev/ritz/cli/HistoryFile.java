package dev.ritz.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The residual history as a table or a picture, by the ending of the name. */
final class HistoryFile {
    private HistoryFile() {}

    /** Refuses an ending that is not known. */
    static void check(Path file) throws CommandException {
        if (!List.of("csv", "svg", "png").contains(ending(file))) {
            throw CommandException.usage("--history " + file + ", expected a name that ends in .csv, .svg or .png");
        }
        OutputFile.check(file);
    }

    static void write(Path file, String title, SolveOutcome out, double tolerance) throws CommandException {
        byte[] bytes = ending(file).equals("csv")
                ? csv(out).getBytes(StandardCharsets.UTF_8)
                : HistoryPlot.draw(ending(file), title, out, tolerance);
        OutputFile.write(file, bytes);
    }

    /** One line for each norm; iteration 0 of an attempt is the residual it started with. */
    private static String csv(SolveOutcome out) {
        StringBuilder text = new StringBuilder("attempt,method,preconditioner,iteration,residual\n");
        double[] history = out.history();
        for (SolveOutcome.Stretch stretch : out.stretches) {
            Attempt attempt = out.attempts.get(stretch.attempt());
            for (int i = stretch.from(); i < stretch.to(); i++) {
                text.append(stretch.attempt() + 1).append(',').append(attempt.method());
                text.append(',').append(attempt.preconditioner());
                text.append(',')
                        .append(i - stretch.from())
                        .append(',')
                        .append(history[i])
                        .append('\n');
            }
        }
        return text.toString();
    }

    /** What follows the last dot, in lower case. */
    static String ending(Path file) {
        String name = file.toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
