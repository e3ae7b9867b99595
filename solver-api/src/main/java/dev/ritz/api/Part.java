package dev.ritz.api;

/** A part of a solve that can be to blame. */
public enum Part {
    /** The method itself. */
    METHOD,
    /** The linear operator A. */
    OPERATOR,
    /** The preconditioner M. */
    PRECONDITIONER,
    /** The right-hand side b. */
    RIGHT_HAND_SIDE,
    /** The initial guess x₀. */
    INITIAL_GUESS,
    /** The caller's listener. */
    LISTENER
}
