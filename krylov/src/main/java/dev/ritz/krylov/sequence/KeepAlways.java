package dev.ritz.krylov.sequence;

/**
 * Keeps the first preconditioner for as long as the session allows: that is until the pattern changes, a solve with it fails,
 * or one takes five times the most iterations it ever took and fifty more.
 */
public record KeepAlways() implements ReusePolicy {

    @Override
    public boolean keep(ReuseHistory history) {
        return true;
    }
}
