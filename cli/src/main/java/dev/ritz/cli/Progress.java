package dev.ritz.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * The progress line of a long solve: how far the residual has come from where it started to the tolerance, on a
 * logarithmic scale.
 */
final class Progress implements Watch {
    private final Watch inner;
    private final PrintStream err;
    private final long quietNanos;
    private ProgressLine line;
    private double first;
    private double tolerance;

    Progress(Watch inner, PrintStream err) {
        this(inner, err, ProgressLine.QUIET_NANOS);
    }

    /** With another time to wait for the first line. */
    Progress(Watch inner, PrintStream err, long quietNanos) {
        this.inner = inner;
        this.err = err;
        this.quietNanos = quietNanos;
    }

    @Override
    public boolean cancelled() {
        return inner.cancelled();
    }

    @Override
    public void start(String name, double rhsNorm, double bound) {
        inner.start(name, rhsNorm, bound);
        first = rhsNorm;
        tolerance = bound;
        line = new ProgressLine(err, name, quietNanos);
    }

    @Override
    public void iteration(int k, double residualNorm) {
        inner.iteration(k, residualNorm);
        if (line.due()) {
            line.show(
                    percent(first, residualNorm, tolerance),
                    String.format(Locale.ROOT, "iteration %d, residual %.1e", k, residualNorm));
        }
    }

    /** The way from the first residual to the tolerance, in hundredths of its logarithm. */
    static int percent(double first, double now, double tolerance) {
        double share = Math.log(first / now) / Math.log(first / tolerance);
        return share > 0 ? (int) Math.min(99, 100 * share) : 0; // also for NaN
    }

    @Override
    public void stop() {
        if (line != null) {
            line.close();
        }
        inner.stop();
    }
}
