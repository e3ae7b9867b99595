package dev.ritz.krylov;

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
 * Flexible GMRES(m), restarted, for A x = b: M may change from step to step. Minimises ‖b − A x‖₂ over
 * x₀ + span{z_j}, z_j = M_j⁻¹ v_j.
 *
 * <pre>
 * Needs   A: n×n nonsingular; M: VARIABLE; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed, also at every restart
 * Step    1 A.apply, 1 M.apply, classical Gram-Schmidt twice: 3 passes over the j basis vectors; a cycle 1 pass over
 *         the z_j more
 * Moves   3j + 7 vectors in the j-th step of a cycle beside A and M; 54 on average for m = 30
 * Memory  (2m + 2) n doubles (basis, the z_j and the best iterate), m² + O(m)
 * Fails   BREAKDOWN (the z_j became dependent, or A is singular on them), STAGNATION (a whole cycle without progress),
 *         NOT_FINITE
 * Source  Saad 1993, doi:10.1137/0914028; Saad 2003, Alg. 9.6
 * </pre>
 *
 * The second half of the memory buys freedom in M, and saves the application of M⁻¹ that {@link Gmres} spends at the
 * end of a cycle.
 *
 * @param criteria when a solve ends
 * @param restart m, the largest dimension of the space, at least 1; above n it acts as n
 */
public record Fgmres(StoppingCriteria criteria, int restart) implements IterativeSolver<Fgmres.Workspace> {

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param restart m, the largest dimension of the space, at least 1; above n it acts as n
     */
    public Fgmres {
        Objects.requireNonNull(criteria, "criteria");
        if (restart < 1) {
            throw new IllegalArgumentException("restart = " + restart + ", expected at least 1");
        }
    }

    /** FGMRES(30) with {@link StoppingCriteria#DEFAULT}. */
    public Fgmres() {
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
        return new Fgmres().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.VARIABLE;
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
        double[][] z = plain ? basis : ws.z;
        while (s.unfinished(basis[0])) { // v₀ ← r
            arnoldi.start(v, s.residualNorm());
            boolean go = true;
            while (go && !arnoldi.full()) {
                int j = arnoldi.steps();
                s.precondition(basis[j], z[j]); // z_j ← M_j⁻¹ v_j
                s.apply(z[j], basis[j + 1]); // w ← A z_j
                go = arnoldi.step(s, v, z[j]);
            }
            arnoldi.judge(s);
            if (arnoldi.steps() > 0) {
                v.add(z, arnoldi.steps(), arnoldi.solve(), s.x()); // x ← x + Z y
            }
        }
    }

    /** The memory of {@link Fgmres}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[][] basis;
        private final double[][] z;
        private final Arnoldi arnoldi;

        private Workspace(int n, int restart, WorkerPool pool) {
            super(n, pool);
            this.basis = newVectors(restart + 1);
            this.z = newVectors(restart);
            this.arnoldi = new Arnoldi(basis);
        }
    }
}
