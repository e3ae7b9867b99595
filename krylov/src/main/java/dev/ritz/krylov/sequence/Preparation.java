package dev.ritz.krylov.sequence;

/** Where the preconditioner of a system came from. */
public enum Preparation {
    /** Built from scratch. */
    BUILT,
    /** Rebuilt with new values on the same pattern. */
    REBUILT,
    /** The one of an earlier system. */
    KEPT,
    /** The identity, since the build failed or gave a kind that the method does not take. */
    NONE,
    /** The caller's. */
    GIVEN
}
