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
import java.util.Arrays;
import java.util.Objects;

/**
 * Restarted GMRES(m) with right preconditioning for A x = b: minimises ‖b − A x‖₂ over x₀ + M⁻¹ K_m(A M⁻¹, r₀).
 *
 * <pre>
 * Needs   A: n×n nonsingular; M: FIXED; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed, also at every restart
 * Step    1 A.apply, 1 M.apply, classical Gram-Schmidt twice: 4 passes over the j basis vectors
 * Memory  (m + 3) n doubles (basis, z and the best iterate), m² + O(m)
 * Fails   BREAKDOWN (A M⁻¹ singular on the space), STAGNATION (a whole cycle without progress), NOT_FINITE
 * Source  Saad &amp; Schultz 1986, doi:10.1137/0907058; Saad 2003, Alg. 9.5; Giraud et al. 2005,
 *         doi:10.1007/s00211-005-0615-4 (twice is enough)
 * </pre>
 *
 * @param criteria when a solve ends
 * @param restart m, the largest dimension of the space, at least 1; above n it acts as n
 */
public record Gmres(StoppingCriteria criteria, int restart) implements IterativeSolver<Gmres.Workspace> {
    /** A cycle that leaves more than this share of the residual has stalled for good: the next would be the same. */
    private static final double STALLED = 1 - 1e-14;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param restart m, the largest dimension of the space, at least 1; above n it acts as n
     */
    public Gmres {
        Objects.requireNonNull(criteria, "criteria");
        if (restart < 1) {
            throw new IllegalArgumentException("restart = " + restart + ", expected at least 1");
        }
    }

    /** GMRES(30) with {@link StoppingCriteria#DEFAULT}. */
    public Gmres() {
        this(StoppingCriteria.DEFAULT, 30);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a nonsingular operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new Gmres().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.FIXED;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, Math.max(1, Math.min(restart, n)), pool);
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        double[][] basis = ws.basis;
        GivensLeastSquares ls = ws.ls;
        double[] h = ws.h;
        boolean plain = s.unpreconditioned();
        while (s.unfinished(basis[0])) { // v₀ ← r
            double beta = v.norm(basis[0]);
            v.scale(1 / beta, basis[0]);
            ls.start(beta);
            boolean go = true;
            while (go && ls.columns() < ws.restart) {
                int j = ls.columns();
                double[] w = basis[j + 1];
                double[] z = plain ? basis[j] : ws.z;
                s.precondition(basis[j], z); // z ← M⁻¹ v_j
                s.apply(z, w); // w ← A z
                double before = v.norm(w);
                double after = orthogonalise(v, basis, j + 1, w, h, ws.correction);
                if (!(after < Double.POSITIVE_INFINITY)) {
                    s.failPositive(after, Cause.NOT_FINITE, "the norm of A M^-1 v", z, Part.PRECONDITIONER);
                    break;
                }
                boolean invariant = after <= Math.ulp(1.0) * before; // the space holds the solution, or A is singular
                h[j + 1] = invariant ? 0 : after;
                if (!ls.append(h)) {
                    s.fail(Cause.BREAKDOWN, "A M^-1 is singular on the Krylov space of dimension " + (j + 1));
                    break;
                }
                if (!invariant) {
                    v.scale(1 / after, w); // v_{j+1}
                }
                go = s.proceed(ls.residual()) && !invariant;
            }
            if (go && !(ls.residual() < STALLED * beta)) {
                s.fail(Cause.STAGNATION, "a cycle of " + ws.restart + " steps left the residual unchanged");
            }
            correct(s, v, basis, ls, ws.z);
        }
    }

    /** Classical Gram-Schmidt, twice: h ← Vᵀ w, w ← w − V h; returns ‖w‖₂ as left. */
    static double orthogonalise(Vectors v, double[][] basis, int k, double[] w, double[] h, double[] correction) {
        v.dots(basis, k, w, h);
        v.subtract(basis, k, h, w);
        v.dots(basis, k, w, correction);
        double square = v.subtract(basis, k, correction, w);
        for (int i = 0; i < k; i++) {
            h[i] += correction[i];
        }
        return v.norm(w, square);
    }

    /** x ← x + M⁻¹ V y. */
    private static void correct(SolveMonitor s, Vectors v, double[][] basis, GivensLeastSquares ls, double[] z) {
        int k = ls.columns();
        if (k == 0) {
            return;
        }
        double[] y = ls.solve();
        if (s.unpreconditioned()) {
            v.add(basis, k, y, s.x());
            return;
        }
        double[] u = basis[k]; // no longer needed
        Arrays.fill(u, 0);
        v.add(basis, k, y, u);
        s.precondition(u, z);
        v.axpy(1, z, s.x());
    }

    /** The memory of {@link Gmres}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final int restart;
        private final double[][] basis;
        private final double[] z;
        private final double[] h;
        private final double[] correction;
        private final GivensLeastSquares ls;

        private Workspace(int n, int restart, WorkerPool pool) {
            super(n, pool);
            this.restart = restart;
            this.basis = newVectors(restart + 1);
            this.z = newVector();
            this.h = new double[restart + 1];
            this.correction = new double[restart + 1];
            this.ls = new GivensLeastSquares(restart);
        }
    }
}
