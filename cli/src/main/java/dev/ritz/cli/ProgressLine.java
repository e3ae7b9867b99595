package dev.ritz.cli;

import java.io.PrintStream;
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
        nextNanos = System.nanoTime() + REFRESH_NANOS;
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(100)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
                    .build();
        }
        bar.stepTo(percent);
        bar.setExtraMessage(words);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
