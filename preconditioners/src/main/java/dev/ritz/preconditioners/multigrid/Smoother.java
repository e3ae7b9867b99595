package dev.ritz.preconditioners.multigrid;

/** What smooths the error on a level, before and after the correction from the next. */
public enum Smoother {
    /** A Chebyshev polynomial in D⁻¹ A for the upper part of its spectrum; the steps are its degree. */
    CHEBYSHEV,
    /** z ← z + 4/3 D₁⁻¹ (r − A z) with the absolute row sums of A in D₁; contracts for every SPD matrix. */
    L1_JACOBI,
    /** z ← z + S (r − A z) with the diagonal S that minimises ‖I − S A‖ in the Frobenius norm, halved where needed. */
    SPAI0,
    /** Gauss-Seidel in blocks of rows, forward before the correction and backward after it; Jacobi between blocks. */
    GAUSS_SEIDEL
}
