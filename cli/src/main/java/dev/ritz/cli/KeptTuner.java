package dev.ritz.cli;

import dev.ritz.krylov.tuning.Interval;
import dev.ritz.krylov.tuning.Tuner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A tuner that begins with what was saved, and of whose memory hold is kept, so that it can be saved again. */
final class KeptTuner implements Tuner {
    private final Tuner tuner;
    private final List<Interval> context;
    private final SavedTuner saved; // null: begins with nothing
    private Memory memory;

    KeptTuner(Tuner tuner, List<Interval> context, SavedTuner saved) {
        this.tuner = tuner;
        this.context = context;
        this.saved = saved;
    }

    @Override
    public String name() {
        return tuner.name();
    }

    @Override
    public int contextSize() {
        return tuner.contextSize();
    }

    @Override
    public Memory newMemory(int arms, long seed) {
        Memory made = tuner.newMemory(arms, seed);
        if (saved != null) {
            try {
                saved.restore(made);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // it was read before
            }
        }
        synchronized (this) {
            memory = made;
        }
        return made;
    }

    /** The same from the beginning, with a hold of its own. */
    KeptTuner again() {
        return new KeptTuner(tuner, context, saved);
    }

    /** The ranges of the context it reads. */
    List<Interval> context() {
        return context;
    }

    /** The memory of the last session, null before the first. */
    synchronized Memory memory() {
        return memory;
    }

    /** That of the tuner: a checkpoint made with it fits. */
    @Override
    public String toString() {
        return tuner.toString();
    }
}
