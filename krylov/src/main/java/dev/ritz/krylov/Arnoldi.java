package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.Part;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.kernel.Vectors;

/**
 * What {@link Gmres} and {@link Fgmres} have in common: an orthonormal basis V with A Z = V H, and the least-squares
 * problem min ‖β e₁ − H y‖₂ that grows with it. Source: Saad 2003, sections 6.3 and 9.4.
 */
final class Arnoldi {
    /** A cycle that leaves more than this share of the residual has stalled for good: the next would be the same. */
    private static final double STALLED = 1 - 1e-14;

    private final double[][] basis;
    private final GivensLeastSquares ls;
    private final double[] h;
    private final double[] correction;
    private double beta;

    /**
     * For as many steps as the basis has vectors, less one.
     *
     * @param basis memory for the basis; the first vector is r₀ when a cycle starts
     */
    Arnoldi(double[][] basis) {
        this.basis = basis;
        this.ls = new GivensLeastSquares(basis.length - 1);
        this.h = new double[basis.length];
        this.correction = new double[basis.length];
    }

    /** v₀ ← r₀ / β with β = ‖r₀‖₂. */
    void start(Vectors v, double residualNorm) {
        beta = residualNorm;
        v.scale(1 / beta, basis[0]);
        ls.start(beta);
    }

    /** {@return steps taken in this cycle} */
    int steps() {
        return ls.columns();
    }

    /** {@return whether the basis is full} */
    boolean full() {
        return ls.columns() == basis.length - 1;
    }

    /**
     * Takes in basis[j + 1] = A z, where z = M⁻¹ v_j and j = steps(), and counts an iteration.
     *
     * @return whether the cycle goes on
     */
    boolean step(SolveMonitor s, Vectors v, double[] z) {
        int j = ls.columns();
        double[] w = basis[j + 1];
        double left = orthogonalise(v, basis, j + 1, w, h, correction);
        if (!(left < Double.POSITIVE_INFINITY)) {
            boolean operator = Double.isFinite(v.norm(z));
            s.failPositive(
                    left,
                    Cause.NOT_FINITE,
                    "the norm of A M^-1 v",
                    operator ? w : z,
                    operator ? Part.OPERATOR : Part.PRECONDITIONER);
            return false;
        }
        boolean invariant = left <= Math.ulp(1.0) * norm(h, j + 1); // the space holds the solution, or A is singular
        h[j + 1] = invariant ? 0 : left;
        if (!ls.append(h)) {
            s.fail(Cause.BREAKDOWN, "A M^-1 is singular on the Krylov space of dimension " + (j + 1));
            return false;
        }
        if (!invariant) {
            v.scale(1 / left, w); // v_{j+1}
        }
        return s.proceedInCycle(ls.residual()) && !invariant;
    }

    /** {@return the coefficients y of the minimum, in an array that is reused} */
    double[] solve() {
        return ls.solve();
    }

    /** After a full cycle: whether it was in vain. */
    void judge(SolveMonitor s) {
        if (full() && !(ls.residual() < STALLED * beta)) {
            s.fail(Cause.STAGNATION, "a cycle of " + steps() + " steps left the residual unchanged");
        }
    }

    /**
     * Classical Gram-Schmidt, always twice: h ← Vᵀ w, w ← w − V h. The second projection is read off in the pass that
     * subtracts the first (docs/decisions/0003-gmres-orthogonalisation.md).
     *
     * @return ‖w‖₂ as left
     */
    static double orthogonalise(Vectors v, double[][] basis, int k, double[] w, double[] h, double[] correction) {
        v.dots(basis, k, w, h);
        v.subtractDots(basis, k, h, w, correction);
        double left = v.norm(w, v.subtract(basis, k, correction, w));
        for (int i = 0; i < k; i++) {
            h[i] += correction[i];
        }
        return left;
    }

    private static double norm(double[] h, int k) {
        double norm = 0;
        for (int i = 0; i < k; i++) {
            norm = Math.hypot(norm, h[i]);
        }
        return norm;
    }
}
