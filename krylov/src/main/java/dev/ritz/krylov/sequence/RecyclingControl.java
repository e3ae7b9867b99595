package dev.ritz.krylov.sequence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Whether to carry the recycled space over to a changed system. Renewing its products costs as much as iterations do;
 * where the systems with the space cost more in all than those without, it is left out for a while and then tried again,
 * each time after twice as long. Counts alone decide, so that every run decides alike.
 */
final class RecyclingControl {
    private static final int TRIAL = 2;
    private static final int FIRST_PAUSE = 8;
    private static final int LONGEST_PAUSE = 128;

    /** Weight of the newest system in both means. */
    private static final double NEWEST = 0.3;

    private double without = Double.NaN; // iterations from x₀ = 0
    private double with = Double.NaN; // the same, products of the refresh included
    private int trial; // systems solved with the space since it was last tried
    private int pause; // systems still to be solved without it
    private int nextPause = FIRST_PAUSE;

    /** {@return whether the next changed system is to be solved with the space} */
    boolean recycles() {
        return pause == 0;
    }

    /**
     * Learns from a system that converged in one attempt.
     *
     * @param iterations it would have taken from x₀ = 0
     * @param recycled dimension of the space it began with
     * @param refresh products that renewed the space
     */
    void learn(double iterations, int recycled, int refresh) {
        if (recycled == 0) {
            without = mean(without, iterations);
            pause = Math.max(0, pause - 1);
            return;
        }
        if (refresh == 0) {
            return; // the same operator: it costs nothing
        }
        with = mean(with, iterations + refresh);
        trial++;
        if (trial >= TRIAL && with > without) {
            pause = nextPause;
            nextPause = Math.min(LONGEST_PAUSE, 2 * nextPause);
            trial = 0;
            with = Double.NaN;
        } else if (trial > 2 * TRIAL) {
            nextPause = FIRST_PAUSE; // it pays
        }
    }

    private static double mean(double old, double value) {
        return Double.isNaN(old) ? value : (1 - NEWEST) * old + NEWEST * value;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(without);
        out.writeDouble(with);
        out.writeInt(trial);
        out.writeInt(pause);
        out.writeInt(nextPause);
    }

    void read(DataInputStream in) throws IOException {
        without = in.readDouble();
        with = in.readDouble();
        trial = in.readInt();
        pause = in.readInt();
        nextPause = in.readInt();
    }
}
