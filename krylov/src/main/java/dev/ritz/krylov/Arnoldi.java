package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.Part;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;

/**
 * What {@link Gmres}, {@link Fgmres} and {@link GcroDr} have in common: an orthonormal basis V with A Z = V H, and the
 * least-squares problem min ‖β e₁ − H y‖₂ that grows with it. The basis may stand behind fixed orthonormal vectors C, to
 * which V stays orthogonal: A Z = C B + V H. Source: Saad 2003, sections 6.3 and 9.4.
 */
final class Arnoldi {
    /** A cycle that leaves more than this share of the residual has stalled for good: the next would be the same. */
    private static final double STALLED = 1 - 1e-14;

    private final double[][] basis;
    private final GivensLeastSquares ls;
    private final double[] h;
    private final double[] correction;
    private double beta;
    private int fixed;
    private boolean dependent;

    /**
     * For as many steps as the basis has vectors, less one.
     *
     * @param basis memory for C and V; the first vector of V is r₀ when a cycle starts
     */
    Arnoldi(double[][] basis) {
        this.basis = basis;
        this.ls = new GivensLeastSquares(basis.length - 1);
        this.h = new double[basis.length];
        this.correction = new double[basis.length];
    }

    /** v₀ ← r₀ / β with β = ‖r₀‖₂. */
    void start(Vectors v, double residualNorm) {
        start(v, residualNorm, 0);
    }

    /** v₀ ← r₀ / β with β = ‖r₀‖₂, behind the given number of fixed vectors, to which r₀ is orthogonal. */
    void start(Vectors v, double residualNorm, int fixedVectors) {
        fixed = fixedVectors;
        dependent = false;
        beta = residualNorm;
        v.scale(1 / beta, basis[fixed]);
        ls.start(beta);
    }

    /** {@return steps taken in this cycle} */
    int steps() {
        return ls.columns();
    }

    /** {@return whether the basis is full} */
    boolean full() {
        return fixed + ls.columns() == basis.length - 1;
    }

    /**
     * Takes in A z, stored in the place of v_{j+1}, where z = M⁻¹ v_j and j = steps(), and counts an iteration.
     *
     * @return whether the cycle goes on
     */
    boolean step(SolveMonitor s, Vectors v, double[] z) {
        int j = fixed + ls.columns();
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
        if (!ls.append(h, fixed)) {
            if (fixed > 0) {
                dependent = true;
                return false;
            }
            s.fail(Cause.BREAKDOWN, "A M^-1 is singular on the Krylov space of dimension " + (steps() + 1));
            return false;
        }
        if (invariant) {
            Arrays.fill(w, 0); // rounding, and no part of the basis
        } else {
            v.scale(1 / left, w); // v_{j+1}
        }
        return s.proceedInCycle(ls.residual()) && !invariant;
    }

    /** {@return the last column of (B; H), j + 2 entries behind those of C, in an array that is reused} */
    double[] column() {
        return h;
    }

    /** {@return ‖β e₁ − H y‖₂ at the minimum} */
    double residual() {
        return ls.residual();
    }

    /** {@return the coefficients y of the minimum, in an array that is reused} */
    double[] solve() {
        return ls.solve();
    }

    /** {@return whether the cycle ended since A z depends on C and A Z: no fault of A, but an end of what C is good for} */
    boolean dependent() {
        return dependent;
    }

    /** {@return whether a cycle that cannot go on was in vain} */
    boolean stalled() {
        return (dependent || full()) && !(ls.residual() < STALLED * beta);
    }

    /** After a full cycle: whether it was in vain, and so would be the next. */
    void judge(SolveMonitor s) {
        if (stalled()) {
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

    /** ‖h‖₂; with hypot, which takes longer than all else in a step of a small system, only where squares leave the range. */
    static double norm(double[] h, int k) {
        double square = 0;
        for (int i = 0; i < k; i++) {
            square += h[i] * h[i];
        }
        if (square > 1e-280 && square < 1e280) {
            return Math.sqrt(square);
        }
        double norm = 0;
        for (int i = 0; i < k; i++) {
            norm = Math.hypot(norm, h[i]);
        }
        return norm;
    }
}
