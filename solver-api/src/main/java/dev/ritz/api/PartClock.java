package dev.ritz.api;

/**
 * The time in a part that a solve calls again and again. Long calls are all timed. Once a call takes less than a
 * microsecond, when reading the clock would be a good share of it, one call in {@value #STRIDE} is timed and stands for
 * those since the last.
 */
final class PartClock {
    static final int STRIDE = 16;
    static final long SHORT_NANOS = 1_000;

    private long nanos;
    private long last;
    private int since;
    private int stride;

    void reset() {
        nanos = 0;
        last = 0;
        since = 0;
        stride = 1;
    }

    /** Counts a call, and says whether to time it. */
    boolean due() {
        since++;
        return since >= stride;
    }

    /** Takes in the duration of the call that was due. */
    void add(long elapsed) {
        nanos += since * elapsed;
        since = 0;
        last = elapsed;
        stride = elapsed < SHORT_NANOS ? STRIDE : 1;
    }

    /** {@return nanoseconds of all calls, those not timed taken to be like the last that was} */
    long nanos() {
        return nanos + since * last;
    }
}
