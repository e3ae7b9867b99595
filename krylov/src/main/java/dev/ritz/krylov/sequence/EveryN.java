package dev.ritz.krylov.sequence;

/**
 * Uses each preconditioner for a fixed number of systems.
 *
 * @param systems how many, at least 1; 1 rebuilds always
 */
public record EveryN(int systems) implements ReusePolicy {

    /**
     * The policy with its options.
     *
     * @param systems how many, at least 1; 1 rebuilds always
     */
    public EveryN {
        if (systems < 1) {
            throw new IllegalArgumentException("systems = " + systems + ", expected at least 1");
        }
    }

    @Override
    public boolean keep(ReuseHistory history) {
        return history.systems() < systems;
    }
}
