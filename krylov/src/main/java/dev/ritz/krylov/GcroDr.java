package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.IterationListener;
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
 * GCRO-DR(m, k): restarted GMRES that keeps k directions, from cycle to cycle and from system to system.
 *
 * <p>With U (n×k), C = A M⁻¹ U and CᵀC = I, a cycle minimises ‖b − A x‖₂ over x₀ + M⁻¹ (span U + K_{m−k}), the Krylov
 * space of (I − C Cᵀ) A M⁻¹; then U becomes the harmonic Ritz vectors of the smallest values in that sum. A restart so
 * forgets little of what slows convergence down, and the next system of a sequence begins with it.
 *
 * <pre>
 * Needs   A: n×n nonsingular; M: FIXED, or VARIABLE when flexible; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed, also at every restart
 * Step    1 A.apply, 1 M.apply, classical Gram-Schmidt twice: 3 passes over k + j vectors; a cycle 1 M.apply, k passes
 *         over m vectors for the choice, 1 pass over m + k that writes 2k; a changed system k A.apply and k M.apply
 *         (none when flexible) and k²-pass Gram-Schmidt
 * Memory  (m + k + 4) n doubles (U, C and the basis, two more and the best iterate), flexible (2m + k + 3) n;
 *         20 m² + O(m), 256 m a thread
 * Fails   BREAKDOWN (A M⁻¹ singular on the space), STAGNATION (cycles without progress), NOT_FINITE
 * Source  Parks, de Sturler, Mackey, Johnson &amp; Maiti 2006, doi:10.1137/040607277; flexible: Carvalho, Gratton, Lago
 *         &amp; Vasseur 2011, doi:10.1137/10081694X
 * </pre>
 *
 * U lives before the preconditioner, x = M⁻¹ y, so that it survives a change of M; when flexible, where M is no one
 * matrix, U holds parts of x itself. GCRO-DR(m, 0) is GMRES(m). A space that the true residual contradicts is renewed,
 * then dropped: it can cost products, never the solution.
 *
 * @param criteria when a solve ends
 * @param maxSubspace m, the largest dimension of both spaces together, at least 1; above n it acts as n
 * @param recycle k, the directions kept, 0 to m − 1 and at most {@value #MAX_RECYCLE}
 * @param flexible whether M may change from step to step
 */
public record GcroDr(StoppingCriteria criteria, int maxSubspace, int recycle, boolean flexible)
        implements RecyclingSolver<GcroDr.Workspace> {
    /** The most directions that can be kept; the small matrices grow with their square. */
    public static final int MAX_RECYCLE = 1000;

    /** A true residual farther from the recursion than this share of the cycle's first one contradicts the space. */
    private static final double CONTRADICTION = 0.01;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param maxSubspace m, the largest dimension of both spaces together, at least 1; above n it acts as n
     * @param recycle k, the directions kept, 0 to m − 1 and at most {@value #MAX_RECYCLE}
     * @param flexible whether M may change from step to step
     */
    public GcroDr {
        Objects.requireNonNull(criteria, "criteria");
        if (maxSubspace < 1) {
            throw new IllegalArgumentException("maxSubspace = " + maxSubspace + ", expected at least 1");
        }
        if (recycle < 0 || recycle >= maxSubspace || recycle > MAX_RECYCLE) {
            throw new IllegalArgumentException("recycle = " + recycle + ", expected 0 to "
                    + Math.min(maxSubspace - 1, MAX_RECYCLE) + " where maxSubspace = " + maxSubspace);
        }
    }

    /** GCRO-DR(40, 20) with {@link StoppingCriteria#DEFAULT} and a fixed preconditioner. */
    public GcroDr() {
        this(StoppingCriteria.DEFAULT, 40, 20, false);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a nonsingular operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new GcroDr().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return flexible ? Preconditioner.Kind.VARIABLE : Preconditioner.Kind.FIXED;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        int m = Math.max(1, Math.min(maxSubspace, n));
        return new Workspace(n, m, Math.min(recycle, m - 1), flexible, pool);
    }

    @Override
    public SolveResult solveNext(
            LinearOperator a,
            Preconditioner m,
            double[] b,
            double[] x,
            Workspace ws,
            Change change,
            IterationListener listener) {
        if (ws == null || change == null) {
            throw new IllegalArgumentException((ws == null ? "ws" : "change") + " is null");
        }
        ws.change = change;
        try {
            return solve(a, m, b, x, ws, listener);
        } finally {
            ws.change = Change.UNRELATED;
        }
    }

    @Override
    public RecycleSpace space(Workspace ws) {
        return ws.space.copy();
    }

    @Override
    public void recycle(Workspace ws, RecycleSpace space) {
        if (ws.running) {
            throw new IllegalStateException("the workspace is in use by a solve; give it a space before or after");
        }
        ws.space.take(space);
    }

    @Override
    public int refreshApplications(Workspace ws) {
        return ws.space.refreshApplications();
    }

    @Override
    public int recycledDimension(Workspace ws) {
        return ws.recycled;
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        ws.running = true;
        try {
            run(s, ws);
        } finally {
            ws.running = false;
        }
    }

    private void run(SolveMonitor s, Workspace ws) {
        Change change = ws.change;
        ws.change = Change.UNRELATED;
        KeptSpace space = ws.space;
        space.startCounting();
        ws.recycled = 0;
        if (change == Change.UNRELATED) {
            space.keep(0);
        }
        boolean stale = change == Change.CHANGED || !space.productsKnown();
        boolean renewed = false;
        boolean stalled = false;
        boolean first = true;
        double expected = Double.NaN;
        double began = Double.NaN;
        while (s.unfinished(space.residual())) { // r ← b − A x
            if (s.residualNorm() - expected > CONTRADICTION * began) {
                if (renewed) {
                    space.drop();
                }
                stale = true;
            }
            if (stale && space.dimension() > 0) {
                renewed = true;
                if (!space.renew(s, flexible || s.unpreconditioned() ? null : ws.z[0])) {
                    continue;
                }
            }
            stale = false;
            if (first) {
                ws.recycled = space.dimension();
                first = false;
            }
            began = s.residualNorm();
            expected = ws.cycle(s);
            boolean vain = ws.arnoldi.stalled();
            if (vain && (stalled || space.dimension() == 0)) {
                s.fail(Cause.STAGNATION, "cycles of " + ws.arnoldi.steps() + " steps left the residual unchanged");
            }
            stalled = vain;
        }
    }

    /** The memory of {@link GcroDr}, and the space it holds. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final int max;
        private final boolean flexible;
        private final double[][] u;
        private final double[][] basis; // C in the first kept places, then V
        private final double[][] z; // flexible: the z_j; otherwise one M⁻¹ v
        private final double[] scratch;
        private final double[][] directions; // [U V] or [U Z]
        private final double[] d; // Cᵀ r, then the coefficients of all directions
        private final double[] correction;
        private final KeptSpace space;
        private final Arnoldi arnoldi;
        private final HarmonicRitz ritz;
        private final ColumnUpdate update;

        private boolean running;
        private Change change = Change.UNRELATED;
        private int recycled;

        private Workspace(int n, int m, int k, boolean flexible, WorkerPool pool) {
            super(n, pool);
            this.max = k;
            this.flexible = flexible;
            this.u = newVectors(k);
            this.basis = newVectors(m + 1);
            this.z = newVectors(flexible ? m : 1);
            this.scratch = newVector();
            this.directions = new double[m][];
            this.d = new double[m];
            this.correction = new double[m];
            this.space = new KeptSpace(vectors(), u, basis);
            this.arnoldi = new Arnoldi(basis);
            this.ritz = k == 0 ? null : new HarmonicRitz(m, k);
            this.update = new ColumnUpdate(n, m + 1, pool.threads());
        }

        /** From r in the first place behind C: one cycle, x, and the space for the next. Returns the expected ‖r‖₂. */
        private double cycle(SolveMonitor s) {
            Vectors v = vectors();
            int k = space.dimension();
            double beta = k == 0 ? s.residualNorm() : Arnoldi.orthogonalise(v, basis, k, basis[k], d, correction);
            arnoldi.start(v, beta, k); // r ← (I − C Cᵀ) r, v₀ = r / ‖r‖
            boolean go = !s.suffices(beta);
            boolean plain = s.unpreconditioned();
            while (go && !arnoldi.full()) {
                int j = arnoldi.steps();
                double[] vj = basis[k + j];
                double[] zj = plain ? vj : flexible ? z[j] : z[0];
                s.precondition(vj, zj);
                s.apply(zj, basis[k + j + 1]); // A M⁻¹ v_j = C b_j + V h_j
                go = arnoldi.step(s, v, zj);
                if (max > 0 && arnoldi.steps() > j) {
                    double[] g = ritz.g(k + j);
                    System.arraycopy(arnoldi.column(), 0, g, 0, k + j + 2);
                    Arrays.fill(g, k + j + 2, g.length, 0);
                }
            }
            int steps = arnoldi.steps();
            double[][] ownZ = flexible && !plain ? z : null;
            System.arraycopy(u, 0, directions, 0, k);
            System.arraycopy(ownZ == null ? basis : ownZ, ownZ == null ? k : 0, directions, k, steps);
            correct(s, v, k, steps);
            if (arnoldi.dependent()) {
                space.keep(0);
            } else if (max > 0 && steps > 0) {
                keep(v, k, steps, ownZ != null);
            }
            return steps > 0 ? arnoldi.residual() : beta;
        }

        /** x ← x + M⁻¹ (V y + U (Cᵀ r − B y)), or without M⁻¹ when flexible. */
        private void correct(SolveMonitor s, Vectors v, int k, int steps) {
            if (k + steps == 0) {
                return;
            }
            double[] y = arnoldi.solve();
            for (int j = 0; j < steps; j++) {
                for (int i = 0; i < k; i++) {
                    d[i] -= ritz.g(k + j)[i] * y[j];
                }
                d[k + j] = y[j];
            }
            if (flexible || s.unpreconditioned()) {
                v.add(directions, k + steps, d, s.x());
                return;
            }
            Arrays.fill(scratch, 0);
            v.add(directions, k + steps, d, scratch);
            s.precondition(scratch, z[0]);
            v.axpy(1, z[0], s.x());
        }

        /** From A [U D, V] = [C, V] G: the new U and C. */
        private void keep(Vectors v, int k, int steps, boolean ownZ) {
            int rows = k + steps + 1;
            space.keep(0);
            for (int i = 0; i < k; i++) {
                double scale = 1 / v.norm(u[i]);
                if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
                    return;
                }
                v.scale(scale, u[i]);
                Arrays.fill(ritz.g(i), 0);
                ritz.g(i)[i] = scale;
            }
            for (int j = 0; j < k + steps; j++) {
                if (j < k || ownZ) {
                    v.dots(basis, rows, directions[j], ritz.t(j));
                } else {
                    Arrays.fill(ritz.t(j), 0);
                    ritz.t(j)[j] = 1;
                }
            }
            int count = ritz.select(rows, k + steps, max);
            update.directions(directions, k + steps, u)
                    .images(basis, rows)
                    .run(v.pool(), ritz.forU(), ritz.forC(), count);
            space.keep(count);
        }
    }
}
