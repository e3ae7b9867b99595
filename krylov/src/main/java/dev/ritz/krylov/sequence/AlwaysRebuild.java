package dev.ritz.krylov.sequence;

/** Builds a new preconditioner for every system. */
public record AlwaysRebuild() implements ReusePolicy {

    @Override
    public boolean keep(ReuseHistory history) {
        return history.systems() == 0;
    }
}
