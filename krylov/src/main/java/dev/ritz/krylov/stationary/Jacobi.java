package dev.ritz.krylov.stationary;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Objects;

/**
 * The (damped) Jacobi iteration x ← x + ω D⁻¹ r, D the diagonal of A.
 *
 * <pre>
 * Needs   A: n×n CsrMatrix, a full nonzero diagonal; converges where ρ(I − ω D⁻¹A) &lt; 1; no M; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 A.apply, 1 pass over the diagonal, 2 updates, one of them with a norm
 * Memory  4n doubles (r, W⁻¹r, A W⁻¹r and the best iterate)
 * Fails   DIVERGENCE (ρ(I − ω D⁻¹A) &gt; 1), STAGNATION (a constant residual norm), NOT_FINITE
 * Source  Saad 2003, section 4.1
 * </pre>
 *
 * @param criteria when a solve ends
 * @param omega ω, the damping, above 0
 */
public record Jacobi(StoppingCriteria criteria, double omega) implements IterativeSolver<StationaryWorkspace> {

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param omega ω, the damping, above 0
     */
    public Jacobi {
        Objects.requireNonNull(criteria, "criteria");
        Splitting.checkOmega(omega, Double.POSITIVE_INFINITY);
    }

    /** The Jacobi iteration with ω = 1 and {@link StoppingCriteria#DEFAULT}. */
    public Jacobi() {
        this(StoppingCriteria.DEFAULT, 1);
    }

    /**
     * Solves A x = b from x₀ = 0.
     *
     * @param a a matrix with a full nonzero diagonal
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(CsrMatrix a, double[] b) {
        return new Jacobi().solve(a, Preconditioner.identity(a.rows()), b);
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
        Vectors v = ws.vectors();
        CsrMatrix a = (CsrMatrix) s.operator();
        double[] x = s.x();
        double[] r = ws.r;
        double[] d = ws.d;
        double[] q = ws.q;
        while (s.unfinished(r)) {
            double before = s.residualNorm();
            boolean go = true;
            for (int k = 1; go; k++) {
                diagonal(a, r, d); // d ← ω D⁻¹ r
                s.apply(d, q);
                double norm = v.norm(r, v.axpySquare(-1, q, r)); // r ← r − A d
                before = Splitting.judge(s, k, norm, before, q);
                go = s.proceed(norm);
                v.axpy(1, d, x); // x ← x + d
            }
        }
    }

    private void diagonal(CsrMatrix a, double[] r, double[] d) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double weight = omega;
        for (int i = 0, n = a.rows(); i < n; i++) {
            int k = rowPtr[i];
            while (colIdx[k] < i) {
                k++;
            }
            d[i] = weight * r[i] / values[k];
        }
    }
}
