package dev.ritz.cli;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A line that shows how far something is. Nothing is shown, and nothing loaded, for what is over sooner. */
final class ProgressLine implements AutoCloseable {
    /** How long nothing is shown. */
    static final long QUIET_NANOS = 1_000_000_000L;

    private static final long REFRESH_NANOS = 100_000_000L;
    private static final int WIDTH = 100;

    private final PrintStream err;
    private final String task;
    private ProgressBar bar;
    private long nextNanos;
    private long begunNanos = System.nanoTime();

    ProgressLine(PrintStream err, String task, long quietNanos) {
        this.err = err;
        this.task = task;
        nextNanos = System.nanoTime() + quietNanos;
    }

    /** {@return whether it is time to show something again} */
    boolean due() {
        return System.nanoTime() - nextNanos >= 0;
    }

    /** Shows hundredths of the way and a few words. */
    void show(int percent, String words) {
        if (bar == null) {
            bar = builder(100).build();
        }
        step(percent, words);
    }

    /** Shows, when it is time, systems done of systems, their rate, the time that remains, and a few words. */
    void systems(int done, int of, String words) {
        if (bar == null && due()) {
            bar = builder(of)
                    .setUnit(" systems", 1)
                    .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                    .startsFrom(done, Duration.ofNanos(System.nanoTime() - begunNanos)) // the rate counts from here
                    .build();
        }
        if (bar != null && (due() || done == of)) { // the last state is drawn whenever it comes
            step(done, words);
        }
    }

    private ProgressBarBuilder builder(int max) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH));
    }

    private void step(int to, String words) {
        nextNanos = System.nanoTime() + REFRESH_NANOS;
        bar.stepTo(to);
        bar.setExtraMessage(words);
    }

    /** Draws the last state; what is shown next is another task. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
        begunNanos = System.nanoTime();
    }
}
