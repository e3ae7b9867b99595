package dev.ritz.krylov.stationary;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.Pipeline;
import dev.ritz.api.kernel.SweepSchedule;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;

/**
 * Relaxation that multiplies with A while it sweeps. Where (D/ω + L) d = r, the next residual r − A d is
 * (1/ω − 1) D d − U d: it needs no product of its own. Row i of it joins row i of the next sweep, which reads the same
 * triangle or the other one, so that a step of SOR reads A once, and a step of SSOR reads each triangle once.
 *
 * <p>Rows keep their order. Threads share a sweep where the pattern allows ({@link SweepSchedule}); the bits are the same
 * for any number of them.
 *
 * <p>Source: Conrad and Wallach 1979, doi:10.1007/BF01399317, for what the half steps of SSOR share.
 */
final class Relaxation {
    private final SparsityPattern pattern;
    private final WorkerPool pool;
    private final int[] diagonal;
    private final Pipeline start;
    private final Pipeline onward;
    /** Null until SSOR asks. */
    private Pipeline down;

    private Pipeline up;
    /** Of the solve at hand. */
    private double[] values;

    private double omega;
    private double[] r;

    private Relaxation(CsrMatrix a, WorkerPool pool) {
        this.pattern = a.pattern();
        this.pool = pool;
        this.diagonal = pattern.diagonalPositions();
        SweepSchedule lower = schedule(true);
        this.start = new Pipeline(pool, new Pipeline.Stage(lower, true, (t, x, d, from, to) -> start(x, d, from, to)));
        this.onward =
                new Pipeline(pool, new Pipeline.Stage(lower, true, (t, d, q, from, to) -> onward(d, q, from, to)));
    }

    private SweepSchedule schedule(boolean lower) {
        int threads = Math.min(pool.threads(), Runtime.getRuntime().availableProcessors());
        return SweepSchedule.of(pattern, diagonal, lower, threads);
    }

    /** For this matrix, out of what a workspace keeps for the next one of its pattern. */
    private static Relaxation of(CsrMatrix a, StationaryWorkspace ws, double omega) {
        Relaxation kept = ws.relaxation;
        WorkerPool pool = ws.vectors().pool();
        if (kept == null || kept.pattern != a.pattern() || kept.pool != pool) {
            kept = new Relaxation(a, pool);
            ws.relaxation = kept;
        }
        kept.values = a.values();
        kept.omega = omega;
        kept.r = ws.r;
        return kept;
    }

    /** SOR: x ← x + (D/ω + L)⁻¹ r until the verdict. */
    static void sor(SolveMonitor s, StationaryWorkspace ws, double omega) {
        Vectors v = ws.vectors();
        Relaxation w = of((CsrMatrix) s.operator(), ws, omega);
        double[] x = s.x();
        double[] r = ws.r;
        double[] d = ws.d;
        double[] q = ws.q;
        while (s.unfinished(r)) {
            w.start.run(r, d); // d ← (D/ω + L)⁻¹ r
            double before = s.residualNorm();
            boolean go = true;
            for (int k = 1; go; k++) {
                s.countProduct();
                w.onward.run(d, q); // r ← r − A d, q ← (D/ω + L)⁻¹ r
                v.axpy(1, d, x); // x ← x + d
                double norm = v.norm(r);
                before = Splitting.judge(s, k, norm, before, q);
                go = s.proceed(norm);
                double[] t = d;
                d = q;
                q = t;
            }
        }
    }

    /** SSOR: x ← x + (2 − ω)/ω (D/ω + U)⁻¹ D (D/ω + L)⁻¹ r, a sweep down and one up, until the verdict. */
    static void ssor(SolveMonitor s, StationaryWorkspace ws, double omega) {
        Vectors v = ws.vectors();
        Relaxation w = of((CsrMatrix) s.operator(), ws, omega);
        w.prepareHalfSteps();
        double[] x = s.x();
        double[] r = ws.r;
        double[] d = ws.d;
        double[] q = ws.q;
        while (s.unfinished(r)) {
            w.start.run(r, d); // d ← (D/ω + L)⁻¹ r
            double before = s.residualNorm();
            boolean go = true;
            for (int k = 1; go; k++) {
                s.countProduct();
                w.up.run(d, q); // q ← (D/ω + U)⁻¹ (r − A d)
                v.axpy(1, d, x);
                v.axpy(1, q, x); // x ← x + d + q
                w.down.run(q, d); // r ← r − A (d + q), d ← (D/ω + L)⁻¹ r
                double norm = v.norm(r);
                before = Splitting.judge(s, k, norm, before, d);
                go = s.proceed(norm);
            }
        }
    }

    private void prepareHalfSteps() {
        if (down == null) {
            down = new Pipeline(
                    pool, new Pipeline.Stage(schedule(true), true, (t, q, d, from, to) -> down(q, d, from, to)));
            up = new Pipeline(
                    pool, new Pipeline.Stage(schedule(false), false, (t, d, q, from, to) -> up(d, q, from, to)));
        }
    }

    // In all sweeps the entry beside the diagonal comes last, with the neighbour's new value still in a register: a row
    // waits for the one before for one multiplication and addition, and for no division.

    /** d ← (D/ω + L)⁻¹ x. */
    private void start(double[] x, double[] d, int from, int to) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] middle = diagonal;
        double[] a = values;
        double weight = omega;
        double near = from > 0 ? d[from - 1] : 0;
        for (int i = from; i < to; i++) {
            int mid = middle[i];
            double factor = weight / a[mid];
            int begin = rowPtr[i];
            int last = mid > begin && colIdx[mid - 1] == i - 1 ? mid - 1 : mid;
            double sum = x[i];
            for (int k = begin; k < last; k++) {
                sum -= a[k] * d[colIdx[k]];
            }
            near = last < mid ? Math.fma(-factor * a[last], near, factor * sum) : factor * sum;
            d[i] = near;
        }
    }

    /** r ← (1/ω − 1) D d − U d, q ← (D/ω + L)⁻¹ r. */
    private void onward(double[] d, double[] q, int from, int to) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] middle = diagonal;
        double[] a = values;
        double[] residual = r;
        double weight = omega;
        double rest = 1 / weight - 1;
        double near = from > 0 ? q[from - 1] : 0;
        for (int i = from; i < to; i++) {
            int mid = middle[i];
            double factor = weight / a[mid];
            double sum = rest * a[mid] * d[i];
            for (int k = mid + 1, end = rowPtr[i + 1]; k < end; k++) {
                sum -= a[k] * d[colIdx[k]];
            }
            residual[i] = sum;
            int begin = rowPtr[i];
            int last = mid > begin && colIdx[mid - 1] == i - 1 ? mid - 1 : mid;
            for (int k = begin; k < last; k++) {
                sum -= a[k] * q[colIdx[k]];
            }
            near = last < mid ? Math.fma(-factor * a[last], near, factor * sum) : factor * sum;
            q[i] = near;
        }
    }

    /** r ← (1/ω − 1) D q − L q, d ← (D/ω + L)⁻¹ r. */
    private void down(double[] q, double[] d, int from, int to) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] middle = diagonal;
        double[] a = values;
        double[] residual = r;
        double weight = omega;
        double rest = 1 / weight - 1;
        double near = from > 0 ? d[from - 1] : 0;
        for (int i = from; i < to; i++) {
            int mid = middle[i];
            double factor = weight / a[mid];
            double ri = rest * a[mid] * q[i];
            double sum = 0;
            int begin = rowPtr[i];
            int last = mid > begin && colIdx[mid - 1] == i - 1 ? mid - 1 : mid;
            for (int k = begin; k < last; k++) {
                ri -= a[k] * q[colIdx[k]];
                sum -= a[k] * d[colIdx[k]];
            }
            ri = last < mid ? ri - a[last] * q[i - 1] : ri;
            residual[i] = ri;
            sum = factor * (ri + sum);
            near = last < mid ? Math.fma(-factor * a[last], near, sum) : sum;
            d[i] = near;
        }
    }

    /** q ← (D/ω + U)⁻¹ ((1/ω − 1) D d − U d). */
    private void up(double[] d, double[] q, int from, int to) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] middle = diagonal;
        double[] a = values;
        double weight = omega;
        double rest = 1 - weight;
        double near = to < middle.length ? q[to] : 0;
        for (int i = to - 1; i >= from; i--) {
            int mid = middle[i];
            double factor = weight / a[mid];
            int end = rowPtr[i + 1];
            int next = mid + 1 < end && colIdx[mid + 1] == i + 1 ? mid + 1 : mid;
            double sum = next > mid ? a[next] * d[i + 1] : 0;
            for (int k = end - 1; k > next; k--) {
                int j = colIdx[k];
                sum += a[k] * (d[j] + q[j]);
            }
            sum = rest * d[i] - factor * sum;
            near = next > mid ? Math.fma(-factor * a[next], near, sum) : sum;
            q[i] = near;
        }
    }
}
