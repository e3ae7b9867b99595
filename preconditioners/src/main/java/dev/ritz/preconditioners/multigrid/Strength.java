package dev.ritz.preconditioners.multigrid;

/** Which entries count as strong, so that their rows may share an aggregate. */
public enum Strength {
    /** |a_ij| &gt; θ √(|a_ii a_jj|), with θ halved from level to level (Vaněk, Mandel and Brezina 1996). */
    SYMMETRIC,
    /** |a_ij| ≥ θ max |a_ik| over k ≠ i (Ruge and Stüben 1987). */
    CLASSICAL
}
