package dev.ritz.cli;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The progress line of a long solve: how far the residual has come from where it started to the tolerance, on a
 * logarithmic scale. Nothing is shown, and nothing loaded, for a solve shorter than {@link #QUIET_NANOS}.
 */
final class Progress implements Watch {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final long REFRESH_NANOS = 100_000_000L;
    private static final int WIDTH = 100;

    private final Watch inner;
    private final PrintStream err;
    private final long quietNanos;
    private ProgressBar bar;
    private String method = "";
    private double first;
    private double tolerance;
    private long nextNanos;

    Progress(Watch inner, PrintStream err) {
        this(inner, err, QUIET_NANOS);
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
        method = name;
        first = rhsNorm;
        tolerance = bound;
        nextNanos = System.nanoTime() + quietNanos;
    }

    @Override
    public void iteration(int k, double residualNorm) {
        inner.iteration(k, residualNorm);
        long now = System.nanoTime();
        if (now - nextNanos < 0) {
            return;
        }
        nextNanos = now + REFRESH_NANOS;
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(method)
                    .setInitialMax(100)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                    .build();
        }
        bar.stepTo(percent(first, residualNorm, tolerance));
        bar.setExtraMessage(String.format(Locale.ROOT, "iteration %d, residual %.1e", k, residualNorm));
    }

    /** The way from the first residual to the tolerance, in hundredths of its logarithm. */
    static int percent(double first, double now, double tolerance) {
        double share = Math.log(first / now) / Math.log(first / tolerance);
        return share > 0 ? (int) Math.min(99, 100 * share) : 0; // also for NaN
    }

    @Override
    public void stop() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        inner.stop();
    }
}
