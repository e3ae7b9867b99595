package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.IterationListener;
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
 * Deflated conjugate gradients that harvest the space U they deflate with, for sequences of A x = b: each solve runs
 * orthogonally to approximate eigenvectors of M⁻¹A for its smallest eigenvalues, found in the solves before.
 *
 * <pre>
 * Needs   A, M: n×n symmetric positive definite; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    as Cg, and with k columns in U: k dots with A U in one pass, k updates with U in another
 * System  k A.apply where A or M changed, k²/2 dots; another k²/2, once k M.apply (none after the first harvest) for G;
 *         the harvest: k combinations of k + ℓ vectors, twice where A stayed the same
 * Moves   2k + 10 vectors a step beside A and M, 8 where U is empty; 1 more in the first ℓ steps
 * Memory  (2k + 2ℓ + 5) n doubles (U, A U, ℓ directions with their products, r, p, q, z and the best iterate)
 * Fails   INDEFINITE_OPERATOR (pᵀAp ≤ 0), INDEFINITE_PRECONDITIONER (rᵀz ≤ 0), NOT_FINITE, STAGNATION, DIVERGENCE
 * Source  Saad, Yeung, Erhel &amp; Guyomarc'h 2000, doi:10.1137/S1064829598339761, Alg. 3.6 without its products for G
 * </pre>
 *
 * With an empty U a solve has the iterates of {@link Cg}. The directions are written where they are kept, so that
 * collecting them costs memory and hardly time; the harvest waits until the next system asks for its space. Columns of U
 * that are dependent in the A-norm, or on which A is not positive, are dropped.
 *
 * @param criteria when a solve ends
 * @param recycle k, the largest dimension of U, at least 0; above n it acts as n
 * @param harvest ℓ, how many directions of a solve the next U is made from, at least 0, where U stays as it is; above n
 *     it acts as n
 */
public record RecyclingCg(StoppingCriteria criteria, int recycle, int harvest)
        implements RecyclingSolver<RecyclingCg.Workspace> {
    /** The share of ‖r‖ at which Uᵀr = 0 is restored: rounding has by then grown to 1e-12 of ‖r‖. */
    private static final double REPROJECT = 1e-4;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param recycle k, the largest dimension of U, at least 0; above n it acts as n
     * @param harvest ℓ, how many directions of a solve the next U is made from, at least 0, where U stays as it is;
     *     above n it acts as n
     */
    public RecyclingCg {
        Objects.requireNonNull(criteria, "criteria");
        if (recycle < 0) {
            throw new IllegalArgumentException("recycle = " + recycle + ", expected at least 0");
        }
        if (harvest < 0) {
            throw new IllegalArgumentException("harvest = " + harvest + ", expected at least 0");
        }
    }

    /** k = 8, ℓ = 20 with {@link StoppingCriteria#DEFAULT}. */
    public RecyclingCg() {
        this(StoppingCriteria.DEFAULT, 8, 20);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.SPD;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, Math.min(recycle, n), recycle == 0 ? 0 : Math.min(harvest, n), pool);
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
        if (ws == null) {
            throw new IllegalArgumentException("ws is null");
        }
        if (change == null) {
            throw new IllegalArgumentException("change is null");
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
        if (space.size() != ws.size()) {
            throw new IllegalArgumentException(
                    "the space is for " + space.size() + " unknowns, the workspace for " + ws.size());
        }
        ws.space.take(space);
    }

    @Override
    public int refreshApplications(Workspace ws) {
        return ws.refreshed;
    }

    @Override
    public int recycledDimension(Workspace ws) {
        return ws.recycled;
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        DeflationSpace space = ws.begin();
        double[] x = s.x();
        double[] r = ws.r;
        boolean plain = s.unpreconditioned();
        double[] z = plain ? r : ws.z;
        boolean first = true;
        while (s.unfinished(r)) {
            if (first) {
                ws.refreshed = space.prepare(s, v, ws.q);
                ws.recycled = space.dimension();
            }
            boolean collecting = first && space.collects();
            first = false;
            boolean deflated = space.dimension() > 0;
            double square = deflated ? space.project(v, r, x) : plain ? v.dot(r, r) : 0;
            double low = deflated ? REPROJECT * v.norm(r, square) : 0;
            double[] p = ws.p;
            double[] q = ws.q;
            double rhoOld = 0;
            double alpha = 0; // of the update of x still to come
            boolean go = true;
            try {
                while (go) {
                    if (deflated && s.residualNorm() <= low) {
                        square = space.project(v, r, x);
                        low = REPROJECT * v.norm(r, square);
                    }
                    double rho = plain ? square : s.preconditionDot(r, z); // z ← M⁻¹ r
                    if (!(rho > 0 && rho < Double.POSITIVE_INFINITY)) {
                        s.failPositive(rho, Cause.INDEFINITE_PRECONDITIONER, "r'z", z, Part.PRECONDITIONER);
                        break;
                    }
                    if (deflated) {
                        space.measure(v, z);
                    }
                    collecting = collecting && space.begin(rho);
                    double[] next = collecting ? space.direction() : ws.p;
                    if (rhoOld == 0) {
                        v.copy(z, next); // p ← z
                    } else if (next == p) {
                        v.update(alpha, x, z, rho / rhoOld, p); // x ← x + α p, p ← z + β p
                    } else {
                        v.axpy(alpha, p, x); // x ← x + α p
                        v.waxpySquare(z, rho / rhoOld, p, next); // p ← z + β p
                    }
                    alpha = 0;
                    rhoOld = rho;
                    p = next;
                    if (deflated) {
                        space.deflate(v, p); // p ← p − U (UᵀAU)⁻¹ (AU)ᵀ z
                    }
                    q = collecting ? space.product() : ws.q;
                    double pq = s.applyDot(p, q); // q ← A p
                    if (!(pq > 0 && pq < Double.POSITIVE_INFINITY)) {
                        s.failPositive(pq, Cause.INDEFINITE_OPERATOR, "p'Ap", q, Part.OPERATOR);
                        break;
                    }
                    if (collecting) {
                        space.end(pq);
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

    /** The memory of {@link RecyclingCg}, with the space for the next system. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[] r = newVector();
        private final double[] p = newVector();
        private final double[] q = newVector();
        private final double[] z = newVector();
        private final DeflationSpace space;
        private Change change = Change.UNRELATED;
        private int refreshed;
        private int recycled;

        private Workspace(int n, int recycle, int harvest, WorkerPool pool) {
            super(n, pool);
            this.space = new DeflationSpace(
                    n, newVectors(recycle), newVectors(recycle), newVectors(harvest), newVectors(harvest));
        }

        private DeflationSpace begin() {
            refreshed = 0;
            recycled = 0;
            switch (change) {
                case UNRELATED -> space.drop();
                case CHANGED -> space.outdate();
                case SAME_OPERATOR -> {} // C and L hold
            }
            return space;
        }
    }
}
