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
 * Flexible conjugate gradients FCG(m) for A x = b: each direction is made A-orthogonal to the last m explicitly, so M
 * may change from step to step.
 *
 * <pre>
 * Needs   A: n×n symmetric positive definite; M: VARIABLE, with rᵀM⁻¹r &gt; 0; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 A.apply and 1 M.apply, each fused with a dot, m dots, m + 2 updates, one of them with a norm
 * Moves   11 vectors a step beside A and M for m = 1, 2m + 11 beyond
 * Memory  (2m + 3) n doubles (r, z, m directions with their products and the best iterate)
 * Fails   INDEFINITE_OPERATOR (pᵀAp ≤ 0), INDEFINITE_PRECONDITIONER (rᵀz ≤ 0), NOT_FINITE, STAGNATION, DIVERGENCE
 * Source  Notay 2000, doi:10.1137/S1064827599362314, Alg. 2.1 with pure truncation
 * </pre>
 *
 * With a fixed M this is {@link Cg} in exact arithmetic for every m; m = 1 costs one dot more. The orthogonalisation
 * is written out rather than hidden in β = zᵀ(r − r_old)/ρ_old: the two agree for m = 1, and only the former extends to
 * longer memories, which pay when M varies much.
 *
 * @param criteria when a solve ends
 * @param truncation m, how many directions are remembered, at least 1
 */
public record FlexibleCg(StoppingCriteria criteria, int truncation) implements IterativeSolver<FlexibleCg.Workspace> {

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param truncation m, how many directions are remembered, at least 1
     */
    public FlexibleCg {
        Objects.requireNonNull(criteria, "criteria");
        if (truncation < 1) {
            throw new IllegalArgumentException("truncation = " + truncation + ", expected at least 1");
        }
    }

    /** FCG(1) with {@link StoppingCriteria#DEFAULT}. */
    public FlexibleCg() {
        this(StoppingCriteria.DEFAULT, 1);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a symmetric positive definite operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new FlexibleCg().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.VARIABLE;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, Math.max(1, Math.min(truncation, n)), pool);
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        double[] x = s.x();
        double[] r = ws.r;
        boolean plain = s.unpreconditioned();
        double[] z = plain ? r : ws.z;
        double[][] directions = ws.directions; // the newest first
        double[][] products = ws.products;
        double[] curvatures = ws.curvatures;
        double[] c = ws.coefficients;
        int m = directions.length;
        while (s.unfinished(r)) {
            int kept = 0;
            double square = plain ? v.dot(r, r) : 0;
            boolean go = true;
            while (go) {
                double rho = plain ? square : s.preconditionDot(r, z); // z ← M⁻¹ r
                if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
                    s.failPositive(rho, Cause.INDEFINITE_PRECONDITIONER, "r'z", z, Part.PRECONDITIONER);
                    break;
                }
                double[] p = directions[m - 1]; // the oldest, or free
                double[] q = products[m - 1];
                v.dots(products, kept, z, c);
                for (int j = 0; j < kept; j++) {
                    c[j] /= curvatures[j]; // zᵀ A p_j / p_jᵀ A p_j
                }
                if (kept == m) {
                    v.xpby(z, -c[m - 1], p); // the oldest makes room
                } else {
                    v.copy(z, p);
                }
                int others = Math.min(kept, m - 1);
                if (others > 0) {
                    v.subtract(directions, others, c, p); // p ← z − Σ c_j p_j
                }
                double pq = s.applyDot(p, q); // q ← A p
                if (!(pq > 0 && pq < Double.POSITIVE_INFINITY)) {
                    s.failPositive(pq, Cause.INDEFINITE_OPERATOR, "p'Ap", q, Part.OPERATOR);
                    break;
                }
                double alpha = rho / pq; // rᵀp = rᵀz, since r is orthogonal to the directions kept
                square = v.axpySquare(-alpha, q, r); // r ← r − α q
                go = s.proceed(v.norm(r, square));
                v.axpy(alpha, p, x); // x ← x + α p
                for (int j = m - 1; j > 0; j--) {
                    directions[j] = directions[j - 1];
                    products[j] = products[j - 1];
                    curvatures[j] = curvatures[j - 1];
                }
                directions[0] = p;
                products[0] = q;
                curvatures[0] = pq;
                kept = Math.min(kept + 1, m);
            }
        }
    }

    /** The memory of {@link FlexibleCg}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[] r = newVector();
        private final double[] z = newVector();
        private final double[][] directions;
        private final double[][] products;
        private final double[] curvatures;
        private final double[] coefficients;

        private Workspace(int n, int truncation, WorkerPool pool) {
            super(n, pool);
            this.directions = newVectors(truncation);
            this.products = newVectors(truncation);
            this.curvatures = new double[truncation];
            this.coefficients = new double[truncation];
        }
    }
}
