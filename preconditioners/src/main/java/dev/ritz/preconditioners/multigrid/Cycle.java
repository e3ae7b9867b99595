package dev.ritz.preconditioners.multigrid;

/** How often a level asks the next coarser one. */
public enum Cycle {
    /** Once. */
    V,
    /** Twice, the second time for what the first has left: more robust, and more work on coarse levels. */
    W
}
