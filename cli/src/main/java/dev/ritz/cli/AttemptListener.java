package dev.ritz.cli;

import dev.ritz.api.IterationListener;

/** Watches one attempt for the user, and ends it when another plan is likely to do better. */
final class AttemptListener implements IterationListener {
    /** What {@code patience} iterations have to win. */
    private static final double GAIN = 0.1;

    private final Watch watch;
    private final int patience;
    private double best = Double.POSITIVE_INFINITY;
    private double mark = Double.POSITIVE_INFINITY;
    private int markedAt;
    private boolean gaveUp;

    /** A patience of 0 is endless. */
    AttemptListener(Watch watch, int patience) {
        this.watch = watch;
        this.patience = patience;
    }

    @Override
    public boolean onIteration(int k, double residualNorm) {
        watch.iteration(k, residualNorm);
        best = Math.min(best, residualNorm);
        if (best <= GAIN * mark) {
            mark = best;
            markedAt = k;
        }
        gaveUp = patience > 0 && k - markedAt >= patience;
        return !gaveUp && !watch.cancelled();
    }

    /** Whether the attempt ended for lack of progress, and not because the user said so. */
    boolean gaveUp() {
        return gaveUp && !watch.cancelled();
    }

    String reason() {
        return "the residual fell by less than a factor of " + Math.round(1 / GAIN) + " in " + patience
                + " iterations, so the next plan follows";
    }
}
