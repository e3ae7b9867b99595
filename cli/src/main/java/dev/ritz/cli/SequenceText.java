package dev.ritz.cli;

import dev.ritz.krylov.sequence.SequenceReport;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The outcome of a sequence for people. */
final class SequenceText {
    /** More failures than this are counted, not listed. */
    private static final int LISTED = 10;

    private SequenceText() {}

    static void print(PrintWriter to, SequenceRequest request, SequenceOutcome out) {
        List<SequenceRow> rows = out.solved().toList();
        line(to, "input", "%s, %d systems", request.source(), out.rows().length);
        Map<String, Long> used = rows.stream()
                .filter(r -> !r.configuration().isEmpty())
                .collect(Collectors.groupingBy(SequenceRow::configuration, TreeMap::new, Collectors.counting()));
        line(
                to,
                "solved with",
                "%s",
                used.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(e -> e.getKey() + " (" + e.getValue() + ")")
                        .collect(Collectors.joining(", ")));
        long iterations = rows.stream().mapToLong(SequenceRow::iterations).sum();
        long products =
                rows.stream().mapToLong(SequenceRow::operatorApplications).sum();
        int count = Math.max(1, rows.size());
        line(
                to,
                "iterations",
                "%d, %.1f a system; %d products with A, %.1f a system",
                iterations,
                (double) iterations / count,
                products,
                (double) products / count);
        SequenceReport total = out.total();
        line(to, "preconditioner", "%d built, %d rebuilt, %d kept", total.built(), total.rebuilt(), total.kept());
        line(
                to,
                "seconds",
                "%.3f: set-up %.3f, guess %.3f, solve %.3f; with reading and writing %.3f",
                total.seconds(),
                total.setupSeconds(),
                total.guessSeconds(),
                total.solveSeconds(),
                out.wallSeconds());
        tuned(to, request.tune(), out);
        parts(to, out);
        compared(to, out, iterations);
        failures(to, out);
        out.solved()
                .filter(r -> r.note().contains(MatrixTraits.ROWS_CANCEL))
                .findFirst()
                .ifPresent(r -> line(to, "warning", "%s: %s", r.name(), MatrixTraits.ROWS_CANCEL));
        if (out.complete()) {
            to.printf(Locale.ROOT, "%d of %d systems converged, recomputed%n", out.converged(), out.rows().length);
        } else {
            to.printf(
                    Locale.ROOT,
                    "stopped after %d of %d systems, %d converged; --resume goes on%n",
                    rows.size(),
                    out.rows().length,
                    out.converged());
        }
    }

    private static void tuned(PrintWriter to, TuneRequest tune, SequenceOutcome out) {
        if (tune == null) {
            return;
        }
        TuneSummary summary = out.tuned(tune.grid());
        int best = summary.best();
        line(to, "tuner", "%s, cost in %s", tune.tuner(), tune.cost().name());
        if (best >= 0) {
            line(
                    to,
                    "cost",
                    "%s a system; best fixed in hindsight %s, %s where it was played",
                    TuneSummary.number(summary.mean()),
                    summary.labels().get(best),
                    TuneSummary.number(summary.means()[best]));
        }
        to.println();
        to.print(summary.table(null));
        to.println();
    }

    private static void parts(PrintWriter to, SequenceOutcome out) {
        List<SequenceReport.Saving> savings = out.savings();
        if (savings.isEmpty()) {
            return;
        }
        to.println();
        to.printf(
                Locale.ROOT,
                "%-22s %8s  %14s %9s  %13s %9s%n",
                "part",
                "systems",
                "products saved",
                "spent",
                "seconds saved",
                "spent");
        for (SequenceReport.Saving s : savings) {
            to.printf(
                    Locale.ROOT,
                    "%-22s %8d  %14.0f %9.0f  %13.3f %9.3f%n",
                    s.part(),
                    s.systems(),
                    s.savedApplications(),
                    s.costApplications(),
                    s.savedSeconds(),
                    s.costSeconds());
        }
        to.println("Savings are estimates" + (out.without().isEmpty() ? "; --compare measures." : "."));
        to.println();
    }

    private static void compared(PrintWriter to, SequenceOutcome out, long iterations) {
        out.without().forEach((name, counts) -> {
            long sum = Arrays.stream(counts).asLongStream().sum();
            line(
                    to,
                    name,
                    "%d iterations, %.2f times as many",
                    sum,
                    iterations == 0 ? Double.NaN : (double) sum / iterations);
        });
    }

    private static void failures(PrintWriter to, SequenceOutcome out) {
        List<SequenceRow> failed = out.solved().filter(r -> !r.converged()).toList();
        for (SequenceRow row : failed.subList(0, Math.min(LISTED, failed.size()))) {
            line(
                    to,
                    row.outcome(),
                    "%s [%s]%s",
                    row.name(),
                    row.cause(),
                    row.detail().isEmpty() ? "" : " " + row.detail());
        }
        if (failed.size() > LISTED) {
            line(to, "", "and %d more, see report.json", failed.size() - LISTED);
        }
    }

    private static void line(PrintWriter to, String label, String format, Object... values) {
        to.printf(Locale.ROOT, "%-18s%s%n", label, Ritz.printable(String.format(Locale.ROOT, format, values)));
    }
}
