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
import java.util.Arrays;
import java.util.Objects;

/**
 * GMRES-SDR(m, k): restarted GMRES that keeps k directions as {@link GcroDr} does, and takes all inner products of
 * sketches.
 *
 * <p>A cycle minimises ‖S (b − A x)‖₂ over x₀ + M⁻¹ (span U + K_{m−k}(A M⁻¹, r₀)) with a random s×n matrix S, s between
 * 4 m and 8 m. The basis V of the Krylov space is orthogonal over a few steps only; least squares and harmonic Ritz
 * vectors are found from S [U V] and S A M⁻¹ [U V], s rows long. A cycle ends early when the latter is dependent.
 *
 * <pre>
 * Needs   A: n×n nonsingular; M: FIXED; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed, also at every restart
 * Step    1 A.apply, 1 M.apply, 1 sketch, 1 pass over t vectors, 1 scaling; a cycle 1 M.apply, 1 pass over m vectors for
 *         x and 1 that writes k; a changed system k A.apply, k M.apply and k sketches
 * Memory  (m + 3) n doubles (U and the basis, M⁻¹v and the best iterate), s n / 4096 for sums; 4 m s + O(m²), 256 m a
 *         thread
 * Fails   BREAKDOWN (A M⁻¹v = 0, S r = 0), STAGNATION (cycles without progress), NOT_FINITE
 * Source  Burke, Güttel &amp; Soodhalter 2023, arXiv:2311.14206; Nakatsukasa &amp; Tropp 2024,
 *         doi:10.1137/23M1565413
 * </pre>
 *
 * What it is told of the residual on the way is the sketch's, enlarged by what sketches usually lose. There is no
 * projection against A M⁻¹ U, so a space kept from a system that differed helps less than in GCRO-DR; within a system,
 * and where A M⁻¹ stays the same, it helps as much; there U is left alone from the third system on, which saves the
 * larger half of what the method spends beside A and M. U lives before the preconditioner and survives a change of M.
 *
 * @param criteria when a solve ends
 * @param maxSubspace m, the largest dimension of both spaces together, at least 1; above n it acts as n
 * @param recycle k, the directions kept, 0 to m − 1 and at most {@link GcroDr#MAX_RECYCLE}
 * @param truncation t, to how many vectors before it one of V is made orthogonal, at least 1
 * @param seed of S: equal seeds give equal bits
 */
public record GmresSdr(StoppingCriteria criteria, int maxSubspace, int recycle, int truncation, long seed)
        implements RecyclingSolver<GmresSdr.Workspace> {
    /** A true residual above twice the expected one and this share of the cycle's first one contradicts the space. */
    private static final double CONTRADICTION = 0.01;

    /** An estimate of ‖r‖₂ from ‖S r‖₂ is this much larger than it would be on average. */
    private static final double MARGIN = 1.1;

    /** So many systems with the same A M⁻¹ as the one before it, and U is as good as it gets. */
    private static final int SETTLED = 2;

    /** A cycle that leaves more than this share of the residual has stalled. */
    private static final double STALLED = 1 - 1e-14;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param maxSubspace m, the largest dimension of both spaces together, at least 1; above n it acts as n
     * @param recycle k, the directions kept, 0 to m − 1 and at most {@link GcroDr#MAX_RECYCLE}
     * @param truncation t, to how many vectors before it one of V is made orthogonal, at least 1
     * @param seed of S: equal seeds give equal bits
     */
    public GmresSdr {
        Objects.requireNonNull(criteria, "criteria");
        if (maxSubspace < 1) {
            throw new IllegalArgumentException("maxSubspace = " + maxSubspace + ", expected at least 1");
        }
        if (recycle < 0 || recycle >= maxSubspace || recycle > GcroDr.MAX_RECYCLE) {
            throw new IllegalArgumentException("recycle = " + recycle + ", expected 0 to "
                    + Math.min(maxSubspace - 1, GcroDr.MAX_RECYCLE) + " where maxSubspace = " + maxSubspace);
        }
        if (truncation < 1) {
            throw new IllegalArgumentException("truncation = " + truncation + ", expected at least 1");
        }
    }

    /** GMRES-SDR(60, 20) with {@link StoppingCriteria#DEFAULT} and a basis that is orthogonal over two steps. */
    public GmresSdr() {
        this(StoppingCriteria.DEFAULT, 60, 20, 2, 0x5d12_2023L);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a nonsingular operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new GmresSdr().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.FIXED;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        int m = Math.max(1, Math.min(maxSubspace, n));
        return new Workspace(n, m, Math.min(recycle, m - 1), Math.min(truncation, m), seed, pool);
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
        for (int j = 0; j < ws.kept; j++) {
            if (!(ws.vectors().norm(ws.basis[j]) < Double.POSITIVE_INFINITY)) {
                return RecycleSpace.empty(ws.size());
            }
        }
        return RecycleSpace.of(ws.size(), Arrays.copyOf(ws.basis, ws.kept), null);
    }

    /**
     * {@inheritDoc} Products that the space knows are not used: the method needs their sketches, and renews them, also
     * where A M⁻¹ is the same; a solve then repeats another to rounding, not in its bits.
     */
    @Override
    public void recycle(Workspace ws, RecycleSpace space) {
        if (ws.running) {
            throw new IllegalStateException("the workspace is in use by a solve; give it a space before or after");
        }
        if (space.size() != ws.size()) {
            throw new IllegalArgumentException(
                    "the space is of size " + space.size() + ", the workspace for " + ws.size());
        }
        ws.kept = Math.min(ws.max, space.dimension());
        ws.sketched = false;
        ws.repeats = 0;
        for (int j = 0; j < ws.kept; j++) {
            System.arraycopy(space.u(j), 0, ws.basis[j], 0, ws.size());
        }
    }

    @Override
    public int refreshApplications(Workspace ws) {
        return ws.refreshApplications;
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
        ws.start(change);
        boolean stale = !ws.sketched;
        boolean renewed = false;
        boolean stalled = false;
        boolean first = true;
        double expected = Double.NaN;
        double began = Double.NaN;
        while (s.unfinished(ws.basis[ws.kept])) { // r ← b − A x
            if (ws.claimed) {
                ws.margin *= 2;
            }
            if (s.residualNorm() > 2 * expected + CONTRADICTION * began) {
                if (renewed) {
                    ws.drop();
                }
                stale = true;
            }
            if (stale && ws.kept > 0) {
                renewed = true;
                if (!ws.renew(s)) {
                    continue;
                }
            }
            stale = false;
            began = s.residualNorm();
            boolean vain = ws.cycle(s, first);
            first = false;
            expected = ws.estimate();
            if (vain && (stalled || ws.augmented == 0)) {
                s.fail(Cause.STAGNATION, "cycles of " + ws.steps + " steps left the residual unchanged");
            }
            stalled = vain;
        }
    }

    /** The memory of {@link GmresSdr}, and the space it holds. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final int m;
        private final int max;
        private final double[][] basis; // U in the first kept places, then V
        private final double[] z; // M⁻¹ v
        private final double[][] recent; // the last t of V, the latest first
        private final double[][] recentSketches;
        private final double[] h;
        private final double[] correction;
        private final SignSketch sketch;
        private final Vectors small; // kernels for sketches
        private final double[][] sw; // S [U V]
        private final double[][] su; // what becomes S U
        private final double[][] sau; // S A M⁻¹ U
        private final double[] sr;
        private final SketchedLeastSquares ls;
        private final HarmonicRitz ritz;
        private final ColumnUpdate update;

        private boolean running;
        private Change change = Change.UNRELATED;
        private int kept;
        private boolean sketched; // whether S U and S A M⁻¹ U are those of U
        private int refreshApplications;
        private int recycled;
        private int augmented; // the dimension of U in the cycle at hand
        private int steps;
        private int repeats; // systems in a row with the same A M⁻¹ as the one before
        private double margin;
        private boolean claimed; // whether the last cycle ended since its estimate sufficed

        private Workspace(int n, int m, int k, int t, long seed, WorkerPool pool) {
            super(n, pool);
            this.m = m;
            this.max = k;
            this.basis = newVectors(m + 1);
            this.z = newVector();
            this.recent = new double[t][];
            this.recentSketches = new double[t][];
            this.h = new double[t];
            this.correction = new double[t];
            this.sketch = new SignSketch(n, m + 1, seed, pool);
            int s = sketch.rows();
            this.small = new Vectors(s, pool);
            this.sw = new double[m + 1][s];
            this.su = new double[k][s];
            this.sau = new double[k][s];
            this.sr = new double[s];
            this.ls = new SketchedLeastSquares(small, m);
            this.ritz = k == 0 ? null : new HarmonicRitz(m, k);
            this.update = new ColumnUpdate(n, m + 1, pool.threads());
        }

        private void start(Change change) {
            repeats = change == Change.SAME_OPERATOR ? Math.min(repeats + 1, SETTLED) : 0;
            refreshApplications = 0;
            recycled = 0;
            margin = sketch.exact() ? 1 : MARGIN;
            claimed = false;
            sketched &= change != Change.CHANGED; // and so a space that comes from a file gives the same bits
            if (change == Change.UNRELATED) {
                kept = 0;
            }
        }

        /** Forgets the space; r moves to the first place. */
        private void drop() {
            swap(basis, 0, kept);
            kept = 0;
        }

        private static void swap(double[][] columns, int i, int j) {
            double[] column = columns[i];
            columns[i] = columns[j];
            columns[j] = column;
        }

        /** S U and S A M⁻¹ U; false when a product is not finite, and the solve is then told and nothing kept. */
        private boolean renew(SolveMonitor s) {
            int count = kept;
            repeats = 0;
            kept = 0; // whatever a part throws, nothing half renewed is kept
            boolean plain = s.unpreconditioned();
            double[] w = basis[count + 1]; // r is before it
            for (int j = 0; j < count; j++) {
                double[] zj = plain ? basis[j] : z;
                s.precondition(basis[j], zj);
                s.apply(zj, w);
                refreshApplications++;
                sketch.apply(w, sau[j]);
                if (!finite(s, sau[j], zj, w)) {
                    return false;
                }
                if (!sketched) {
                    sketch.apply(basis[j], sw[j]);
                }
            }
            kept = count;
            sketched = true;
            return true;
        }

        /** Whether the sketch of w = A z is finite; if not, the solve is told. */
        private boolean finite(SolveMonitor s, double[] sketchOfW, double[] zj, double[] w) {
            double norm = small.norm(sketchOfW);
            if (norm < Double.POSITIVE_INFINITY) {
                return true;
            }
            boolean operator = Double.isFinite(vectors().norm(zj));
            s.failPositive(
                    norm,
                    Cause.NOT_FINITE,
                    "the norm of S A M^-1 v",
                    operator ? w : zj,
                    operator ? Part.OPERATOR : Part.PRECONDITIONER);
            return false;
        }

        /** From r behind U: one cycle, x, and the space for the next; returns whether it was in vain. */
        private boolean cycle(SolveMonitor s, boolean first) {
            sketch.apply(basis[kept], sr);
            ls.start(sr);
            for (int j = 0; j < kept; ) {
                if (ls.append(sau[j])) {
                    j++;
                } else { // dependent: r takes the place of the last one, and that one the place of this one
                    kept--;
                    swap(basis, j, kept);
                    swap(basis, kept, kept + 1);
                    swap(sau, j, kept);
                    swap(sw, j, kept);
                }
            }
            int k = kept;
            augmented = k;
            recycled = first ? k : recycled;
            double beta = small.norm(sr);
            if (!(beta > 0)) {
                s.fail(Cause.BREAKDOWN, "the sketch of the residual is zero; try another seed");
                steps = 0;
                return false;
            }
            vectors().scale(1 / beta, basis[k]); // v₀ = r / ‖S r‖
            small.scale(1 / beta, sr, sw[k]);
            claimed = s.suffices(estimate());
            boolean go = !claimed;
            while (go && ls.columns() < m) {
                go = step(s, k);
            }
            int p = ls.columns();
            steps = p - k;
            if (p > 0) {
                correct(s, p);
            }
            if (!claimed && steps == 0) {
                kept = 0; // A M⁻¹ r depends on S A M⁻¹ U
            } else if (steps > 0 && max > 0 && !(repeats == SETTLED && k == max)) {
                keep(p);
            }
            return !(ls.residual() < STALLED * beta);
        }

        /** ‖b − A x‖₂ as the sketch has it: the minimum over p vectors is on average short of it by about 1 − p / s. */
        private double estimate() {
            double norm = ls.residual();
            return sketch.exact() ? norm : margin * norm / (1 - ls.columns() / (double) sketch.rows());
        }

        /** x ← x + M⁻¹ [U V] y. */
        private void correct(SolveMonitor s, int p) {
            Vectors v = vectors();
            double[] y = ls.solve();
            if (s.unpreconditioned()) {
                v.add(basis, p, y, s.x());
                return;
            }
            double[] sum = basis[m]; // behind all that are in use
            Arrays.fill(sum, 0);
            v.add(basis, p, y, sum);
            s.precondition(sum, z);
            v.axpy(1, z, s.x());
        }

        /** From S A M⁻¹ [U V] = Q R and S [U V]: the new U and its sketches. */
        private void keep(int p) {
            kept = 0;
            for (int j = 0; j < p; j++) {
                double[] g = ritz.g(j);
                System.arraycopy(ls.r(j), 0, g, 0, j + 1);
                Arrays.fill(g, j + 1, p, 0);
                small.dots(ls.q(), p, sw[j], ritz.t(j));
            }
            int count = ritz.select(p, p, max);
            for (int c = 0; c < count; c++) {
                Arrays.fill(sau[c], 0);
                Arrays.fill(su[c], 0);
                small.add(ls.q(), p, ritz.forC()[c], sau[c]);
                small.add(sw, p, ritz.forU()[c], su[c]);
            }
            for (int c = 0; c < count; c++) {
                double[] old = sw[c];
                sw[c] = su[c];
                su[c] = old;
            }
            update.directions(basis, p, basis).run(vectors().pool(), ritz.forU(), count);
            kept = count;
            sketched = true;
        }

        /** One product more, and the next vector of V; returns whether the cycle goes on. */
        private boolean step(SolveMonitor s, int k) {
            int j = ls.columns();
            double[] zj = s.unpreconditioned() ? basis[j] : z;
            double[] w = basis[j + 1];
            double[] sketchOfW = sw[j + 1];
            s.precondition(basis[j], zj);
            s.apply(zj, w);
            sketch.apply(w, sketchOfW);
            if (!finite(s, sketchOfW, zj, w)) {
                return false;
            }
            if (!ls.append(sketchOfW)) {
                if (j == 0) {
                    s.fail(Cause.BREAKDOWN, "A M^-1 r = 0: A M^-1 is singular");
                }
                return false;
            }
            double estimate = estimate();
            claimed = s.suffices(estimate);
            if (!s.proceedInCycle(estimate) || ls.columns() == m) {
                return false;
            }
            int count = Math.min(recent.length, j + 1 - k);
            for (int i = 0; i < count; i++) {
                recent[i] = basis[j - i];
                recentSketches[i] = sw[j - i];
            }
            double before = small.norm(sketchOfW);
            double left = Arnoldi.orthogonalise(small, recentSketches, count, sketchOfW, h, correction);
            double scale = 1 / left;
            if (!(left > Math.ulp(1.0) * before && scale < Double.POSITIVE_INFINITY)) {
                return false; // the space is invariant
            }
            vectors().subtract(recent, count, h, w); // v_{j+1} = (A M⁻¹ v_j − Σ h_i v_{j−i}) / left
            vectors().scale(scale, w);
            small.scale(scale, sketchOfW);
            return true;
        }
    }
}
