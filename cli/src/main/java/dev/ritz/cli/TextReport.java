package dev.ritz.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The outcome for people: what was picked and why, what it came to, and where the time went. */
final class TextReport {
    private TextReport() {}

    static void print(PrintWriter to, SolveRequest request, SolveOutcome out, boolean explain) {
        if (out.n >= 0) {
            line(to, "matrix", "%s, n = %d, %d entries", request.matrix(), out.n, out.nnz);
            line(to, "right-hand side", "%s", out.rhs);
        }
        if (explain && !out.order.isEmpty() || out.reordered) {
            line(to, "order", "%s", out.order);
        }
        if (explain && !out.format.isEmpty() || out.formatted) {
            line(to, "storage", "%s", out.format);
        }
        for (String warning : out.warnings) {
            line(to, "warning", "%s", warning);
        }
        if (explain) {
            explain(to, out);
        }
        Attempt kept = out.keptAttempt();
        if (kept != null) {
            for (Attempt attempt : out.attempts) {
                if (!attempt.equals(kept)) {
                    line(to, "tried", "%s: %s", pair(attempt), attempt.word() + clause(attempt.detail()));
                }
            }
            line(to, "used", "%s, because %s", pair(kept), kept.reason());
            if (!out.preconditionerNote.isEmpty()) {
                line(to, "preconditioner", "%s", out.preconditionerNote);
            }
        }
        if (out.x != null) {
            line(
                    to,
                    "relative residual",
                    "%.3e after %s%s",
                    out.relativeResidual,
                    iterations(out.iterations),
                    out.verified ? ", recomputed" : "");
        }
        if (!Double.isNaN(out.errorAgainstOnes)) {
            line(to, "error", "%.3e = max |x_i - 1|", out.errorAgainstOnes);
        }
        line(
                to,
                "seconds",
                "read %.3f, analyse %.3f, setup %.3f, solve %.3f, verify %.3f",
                out.secondsRead,
                out.secondsAnalyse,
                out.secondsSetup,
                out.secondsSolve,
                out.secondsVerify);
        to.println(out.outcome + ": " + out.message + clause(out.detail) + " [" + out.cause + "]");
        to.flush();
    }

    private static void explain(PrintWriter to, SolveOutcome out) {
        for (Attempt attempt : out.attempts) {
            line(to, "attempt", "%s: %s", pair(attempt), attempt.reason());
            line(
                    to,
                    "",
                    "-> %s%s, %s, relative residual %.3e, %.3f s",
                    attempt.word(),
                    clause(attempt.detail()),
                    iterations(attempt.iterations()),
                    attempt.relativeResidual(),
                    attempt.seconds());
        }
    }

    private static String pair(Attempt attempt) {
        String method = attempt.method().isEmpty() ? "a method" : attempt.method();
        return method + settings(attempt.methodSettings()) + " with " + attempt.preconditioner()
                + settings(attempt.preconditionerSettings());
    }

    private static String settings(Map<String, Object> settings) {
        List<String> text = settings.entrySet().stream()
                .filter(e -> !e.getKey().equals(PreconditionerEntry.INNER) && !Setting.NONE.equals(e.getValue()))
                .map(e -> e.getKey() + "=" + e.getValue())
                .toList();
        return text.isEmpty() ? "" : "[" + String.join(" ", text) + "]";
    }

    private static String clause(String detail) {
        return detail.isEmpty() ? "" : " (" + detail + ")";
    }

    private static void line(PrintWriter to, String label, String format, Object... values) {
        to.println(String.format(Locale.ROOT, "%-18s", label) + String.format(Locale.ROOT, format, values));
    }

    private static String iterations(int count) {
        return count + (count == 1 ? " iteration" : " iterations");
    }
}
