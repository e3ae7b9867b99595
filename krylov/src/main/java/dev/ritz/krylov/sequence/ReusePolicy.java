package dev.ritz.krylov.sequence;

/**
 * Decides whether the preconditioner built for an earlier system serves the next one. Immutable; all it goes by is the
 * history since the last build, so that a resumed sequence decides as the uninterrupted one.
 */
@FunctionalInterface
public interface ReusePolicy {

    /**
     * Asked before each system after the first, while the pattern has not changed. A session that is told no rebuilds.
     *
     * @param history what the preconditioner in hand has cost since it was built
     * @return whether to keep it
     */
    boolean keep(ReuseHistory history);

    /** {@return a short name for reports} */
    default String name() {
        return getClass().getSimpleName();
    }
}
