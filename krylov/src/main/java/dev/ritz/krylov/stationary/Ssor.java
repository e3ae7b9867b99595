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
 * Symmetric successive over-relaxation: x ← x + W⁻¹ r with W = ω/(2 − ω) (D/ω + L) D⁻¹ (D/ω + U), which is
 * symmetric where A is.
 *
 * <pre>
 * Needs   A: n×n CsrMatrix, a full nonzero diagonal; converges for SPD A; no M; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 pass over each triangle, which is a product and a sweep, 2 updates and 1 norm
 * Memory  4n doubles (r, what each sweep adds to x, and the best iterate), schedules for threads
 * Fails   DIVERGENCE (ρ(I − W⁻¹A) &gt; 1), STAGNATION (a constant residual norm), NOT_FINITE
 * Source  Saad 2003, section 4.1.1; Conrad &amp; Wallach 1979, doi:10.1007/BF01399317
 * </pre>
 *
 * @param criteria when a solve ends
 * @param omega ω, in (0, 2); 1 is symmetric Gauss–Seidel
 */
public record Ssor(StoppingCriteria criteria, double omega) implements IterativeSolver<StationaryWorkspace> {

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param omega ω, in (0, 2); 1 is symmetric Gauss–Seidel
     */
    public Ssor {
        Objects.requireNonNull(criteria, "criteria");
        Splitting.checkOmega(omega, 2);
    }

    /** SSOR with ω = 1.0 and {@link StoppingCriteria#DEFAULT}. */
    public Ssor() {
        this(StoppingCriteria.DEFAULT, 1.0);
    }

    /**
     * Solves A x = b from x₀ = 0.
     *
     * @param a a matrix with a full nonzero diagonal
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(CsrMatrix a, double[] b) {
        return new Ssor().solve(a, Preconditioner.identity(a.rows()), b);
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
        Relaxation.ssor(s, ws, omega);
    }
}
