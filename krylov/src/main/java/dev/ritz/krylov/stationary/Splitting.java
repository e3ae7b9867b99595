package dev.ritz.krylov.stationary;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.kernel.Vectors;

/**
 * What the stationary methods share: A = D + L + U by the triangles of an assembled matrix, the sweeps that apply W⁻¹,
 * and the iteration itself.
 */
final class Splitting {
    /** Steps between two looks at stagnation; a power of two sees cycles of that length too. */
    private static final int WINDOW = 128;

    /** A residual that a whole window changes by less than this share is constant. */
    private static final double CONSTANT = 1e-13;

    private Splitting() {}

    /** d ← W⁻¹ r; d and r are distinct. */
    @FunctionalInterface
    interface Sweep {
        void apply(CsrMatrix a, double omega, double[] r, double[] d);
    }

    /** Refuses at the door what has no splitting. */
    static void check(String method, LinearOperator a, Preconditioner m) {
        if (!m.equals(Preconditioner.identity(m.size()))) {
            throw new IllegalArgumentException(method + " takes no preconditioner, m is " + m.name());
        }
        if (!(a instanceof CsrMatrix matrix)) {
            throw new IllegalArgumentException(method + " needs the entries of a, expected a CsrMatrix, got "
                    + a.getClass().getName());
        }
        for (int i = 0; i < matrix.rows(); i++) {
            int k = matrix.pattern().position(i, i);
            if (k < 0 || matrix.values()[k] == 0) {
                throw new IllegalArgumentException(method + " divides by the diagonal of a, which is "
                        + (k < 0 ? "missing" : "zero") + " in row " + i);
            }
        }
    }

    static void checkOmega(double omega, double bound) {
        if (!(omega > 0 && omega < bound)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in (0, " + bound + ")");
        }
    }

    /** x ← x + W⁻¹ r until the verdict; r follows as r − A W⁻¹ r. */
    static void iterate(SolveMonitor s, StationaryWorkspace ws, double omega, Sweep sweep) {
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
                sweep.apply(a, omega, r, d); // d ← W⁻¹ r
                s.apply(d, q);
                double norm = v.norm(r, v.axpySquare(-1, q, r)); // r ← r − A d
                if (Double.isNaN(norm)) {
                    s.failPositive(norm, Cause.NOT_FINITE, "the residual norm", q, Part.OPERATOR);
                }
                if (k % WINDOW == 0) {
                    if (Math.abs(norm - before) <= CONSTANT * before) {
                        s.fail(Cause.STAGNATION, WINDOW + " steps left the residual norm at " + norm);
                    }
                    before = norm;
                }
                go = s.proceed(norm);
                v.axpy(1, d, x); // x ← x + d
            }
        }
    }

    /**
     * The same for W = D/ω + L in one pass over A per step. Since W d = r, the next residual r − A d is
     * (1/ω − 1) D d − U d: a row of it needs d from that row on, its sweep W⁻¹ the rows before.
     */
    static void relax(SolveMonitor s, StationaryWorkspace ws, double omega) {
        Vectors v = ws.vectors();
        CsrMatrix a = (CsrMatrix) s.operator();
        double[] x = s.x();
        double[] d = ws.d;
        double[] q = ws.q;
        while (s.unfinished(ws.r)) {
            double before = s.residualNorm();
            boolean go = true;
            lower(a, omega, ws.r, d);
            for (int k = 1; go; k++) {
                s.countProduct();
                double norm = Math.sqrt(step(a, omega, d, q)); // r ← r − A d, q ← W⁻¹ r
                if (Double.isNaN(norm)) {
                    s.failPositive(norm, Cause.NOT_FINITE, "the residual norm", q, Part.OPERATOR);
                }
                if (k % WINDOW == 0) {
                    if (Math.abs(norm - before) <= CONSTANT * before) {
                        s.fail(Cause.STAGNATION, WINDOW + " steps left the residual norm at " + norm);
                    }
                    before = norm;
                }
                go = s.proceed(norm);
                v.axpy(1, d, x); // x ← x + d
                double[] t = d;
                d = q;
                q = t;
            }
        }
    }

    /** q ← W⁻¹ r for r = (1/ω − 1) D d − U d, which is not stored; rᵀr. */
    private static double step(CsrMatrix a, double omega, double[] d, double[] q) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double weight = 1 / omega - 1;
        double square = 0;
        for (int i = 0, n = a.rows(); i < n; i++) {
            double sum = 0;
            int k = rowPtr[i];
            for (; colIdx[k] < i; k++) { // ends: the diagonal is there
                sum -= values[k] * q[colIdx[k]];
            }
            double diagonal = values[k];
            double r = weight * diagonal * d[i];
            for (int end = rowPtr[i + 1]; ++k < end; ) {
                r -= values[k] * d[colIdx[k]];
            }
            square += r * r;
            q[i] = omega * (r + sum) / diagonal;
        }
        return square;
    }

    /** d ← ω D⁻¹ r. */
    static void diagonal(CsrMatrix a, double omega, double[] r, double[] d) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        for (int i = 0, n = a.rows(); i < n; i++) {
            int k = rowPtr[i];
            while (colIdx[k] < i) {
                k++;
            }
            d[i] = omega * r[i] / values[k];
        }
    }

    /** d ← (D/ω + L)⁻¹ r, from the first row down. */
    static void lower(CsrMatrix a, double omega, double[] r, double[] d) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        for (int i = 0, n = a.rows(); i < n; i++) {
            double sum = r[i];
            int k = rowPtr[i];
            for (; colIdx[k] < i; k++) { // ends: the diagonal is there
                sum -= values[k] * d[colIdx[k]];
            }
            d[i] = omega * sum / values[k];
        }
    }

    /** d ← (2 − ω)/ω (D/ω + U)⁻¹ D (D/ω + L)⁻¹ r, down and up again. */
    static void symmetric(CsrMatrix a, double omega, double[] r, double[] d) {
        lower(a, omega, r, d);
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double weight = (2 - omega) / omega;
        for (int i = a.rows() - 1; i >= 0; i--) { // d ← (D/ω + U)⁻¹ (2 − ω)/ω D d
            double sum = 0;
            int k = rowPtr[i + 1] - 1;
            for (; colIdx[k] > i; k--) {
                sum += values[k] * d[colIdx[k]];
            }
            d[i] = omega * (weight * d[i] - sum / values[k]);
        }
    }
}
