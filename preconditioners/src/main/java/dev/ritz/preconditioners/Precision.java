package dev.ritz.preconditioners;

/** How a preconditioner stores its factors. What it computes with them is always {@code double}. */
public enum Precision {
    /** 8 bytes an entry. */
    DOUBLE,
    /** 4 bytes an entry; M is then symmetric up to the rounding of what it stores. */
    FLOAT
}
