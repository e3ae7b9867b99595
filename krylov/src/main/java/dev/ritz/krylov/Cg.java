package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Objects;

/**
 * Preconditioned conjugate gradients for A x = b.
 *
 * <pre>
 * Needs   A, M: n×n symmetric positive definite; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 A.apply and 1 M.apply, each fused with a dot, 2 fused updates
 * Moves   8 vectors a step beside A and M
 * Memory  5n doubles (r, p, q, z and the best iterate)
 * Fails   INDEFINITE_OPERATOR (pᵀAp ≤ 0), INDEFINITE_PRECONDITIONER (rᵀz ≤ 0), NOT_FINITE, STAGNATION, DIVERGENCE
 * Source  Hestenes &amp; Stiefel 1952, doi:10.6028/jres.049.044; Saad 2003, Alg. 9.1
 * </pre>
 *
 * The update of x waits for the next direction, so that both pass over p once.
 *
 * @param criteria when a solve ends
 */
public record Cg(StoppingCriteria criteria) implements IterativeSolver<Cg.Workspace> {

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     */
    public Cg {
        Objects.requireNonNull(criteria, "criteria");
    }

    /** Conjugate gradients with {@link StoppingCriteria#DEFAULT}. */
    public Cg() {
        this(StoppingCriteria.DEFAULT);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a symmetric positive definite operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new Cg().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.SPD;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, pool);
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        double[] x = s.x();
        double[] r = ws.r;
        double[] p = ws.p;
        double[] q = ws.q;
        boolean plain = s.unpreconditioned();
        double[] z = plain ? r : ws.z;
        while (s.unfinished(r)) {
            double rhoOld = 0;
            double square = plain ? v.dot(r, r) : 0;
            double alpha = 0; // of the update of x still to come
            boolean go = true;
            try {
                while (go) {
                    double rho = plain ? square : s.preconditionDot(r, z); // z ← M⁻¹ r
                    if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
                        s.failPositive(rho, Cause.INDEFINITE_PRECONDITIONER, "r'z", z, Part.PRECONDITIONER);
                        break;
                    }
                    if (rhoOld == 0) {
                        v.copy(z, p); // p ← z
                    } else {
                        v.update(alpha, x, z, rho / rhoOld, p); // x ← x + α p, p ← z + β p
                        alpha = 0;
                    }
                    rhoOld = rho;
                    double pq = s.applyDot(p, q); // q ← A p
                    if (!(pq > 0 && pq < Double.POSITIVE_INFINITY)) {
                        s.failPositive(pq, Cause.INDEFINITE_OPERATOR, "p'Ap", q, Part.OPERATOR);
                        break;
                    }
                    alpha = rho / pq;
                    square = v.axpySquare(-alpha, q, r); // r ← r − α q
                    go = s.proceed(v.norm(r, square));
                }
            } finally { // also when M throws: x catches up with the residual that was reported
                if (alpha != 0) {
                    v.axpy(alpha, p, x); // x ← x + α p
                }
            }
        }
    }

    /** The memory of {@link Cg}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[] r = newVector();
        private final double[] p = newVector();
        private final double[] q = newVector();
        private final double[] z = newVector();

        private Workspace(int n, WorkerPool pool) {
            super(n, pool);
        }
    }
}
