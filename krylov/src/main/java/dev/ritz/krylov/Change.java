package dev.ritz.krylov;

/** How a system of a sequence differs from the one before. */
public enum Change {
    /** The same operator and the same preconditioner, bit for bit: only b differs. */
    SAME_OPERATOR,
    /** Operator or preconditioner have changed a little, and with them the products with the space kept. */
    CHANGED,
    /** Another problem: what was kept is worthless. */
    UNRELATED
}
