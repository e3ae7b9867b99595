package dev.ritz.krylov.stationary;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Objects;

/**
 * The forward Gauss–Seidel iteration x ← x + (D + L)⁻¹ r, D and L the diagonal and the strict lower triangle of A.
 *
 * <pre>
 * Needs   A: n×n CsrMatrix, a full nonzero diagonal; converges for SPD A and for diagonally dominant A; no M; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 pass over A, which is a product and a sweep, 1 update and 1 norm
 * Memory  4n doubles (r, W⁻¹r twice and the best iterate), a schedule for threads
 * Fails   DIVERGENCE (ρ(I − W⁻¹A) &gt; 1), STAGNATION (a constant residual norm), NOT_FINITE
 * Source  Saad 2003, section 4.1
 * </pre>
 *
 * @param criteria when a solve ends
 */
public record GaussSeidel(StoppingCriteria criteria) implements IterativeSolver<StationaryWorkspace> {

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     */
    public GaussSeidel {
        Objects.requireNonNull(criteria, "criteria");
    }

    /** The Gauss–Seidel iteration with {@link StoppingCriteria#DEFAULT}. */
    public GaussSeidel() {
        this(StoppingCriteria.DEFAULT);
    }

    /**
     * Solves A x = b from x₀ = 0.
     *
     * @param a a matrix with a full nonzero diagonal
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(CsrMatrix a, double[] b) {
        return new GaussSeidel().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.SPD;
    }

    @Override
    public void check(LinearOperator a, Preconditioner m) {
        Splitting.check(name(), a, m);
    }

    @Override
    public StationaryWorkspace newWorkspace(int n, WorkerPool pool) {
        return new StationaryWorkspace(n, pool);
    }

    @Override
    public void iterate(SolveMonitor s, StationaryWorkspace ws) {
        Relaxation.sor(s, ws, 1);
    }
}
