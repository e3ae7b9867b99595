package dev.ritz.krylov.sequence;

/** Keeps the first preconditioner for as long as the session allows. */
public record KeepAlways() implements ReusePolicy {

    @Override
    public boolean keep(ReuseHistory history) {
        return true;
    }
}
