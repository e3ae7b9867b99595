package dev.ritz.krylov;

import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
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
 * Step    1 A.apply, 1 M.apply, classical Gram-Schmidt twice: 3 passes over the j basis vectors; a cycle 1 M.apply and
 *         1 pass more
 * Moves   3j + 7 vectors in the j-th step of a cycle beside A and M; 54 on average for m = 30
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

    /**
     * GMRES(30).
     *
     * @param criteria when a solve ends
     */
    public Gmres(StoppingCriteria criteria) {
        this(criteria, 30);
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
        Arnoldi arnoldi = ws.arnoldi;
        boolean plain = s.unpreconditioned();
        while (s.unfinished(basis[0])) { // v₀ ← r
            arnoldi.start(v, s.residualNorm());
            boolean go = true;
            while (go && !arnoldi.full()) {
                int j = arnoldi.steps();
                double[] z = plain ? basis[j] : ws.z;
                s.precondition(basis[j], z); // z ← M⁻¹ v_j
                s.apply(z, basis[j + 1]); // w ← A z
                go = arnoldi.step(s, v, z);
            }
            arnoldi.judge(s);
            correct(s, v, basis, arnoldi, ws.z);
        }
    }

    /** x ← x + M⁻¹ V y. */
    private static void correct(SolveMonitor s, Vectors v, double[][] basis, Arnoldi arnoldi, double[] z) {
        int k = arnoldi.steps();
        if (k == 0) {
            return;
        }
        double[] y = arnoldi.solve();
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
        private final double[][] basis;
        private final double[] z;
        private final Arnoldi arnoldi;

        private Workspace(int n, int restart, WorkerPool pool) {
            super(n, pool);
            this.basis = newVectors(restart + 1);
            this.z = newVector();
            this.arnoldi = new Arnoldi(basis);
        }
    }
}
