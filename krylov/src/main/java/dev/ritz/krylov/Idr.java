package dev.ritz.krylov;

import dev.ritz.api.Cause;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.Recurrences;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * IDR(s) with biorthogonalised residuals and right preconditioning for nonsymmetric A x = b: short recurrences that
 * force the residual into spaces of shrinking dimension.
 *
 * <pre>
 * Needs   A: n×n nonsingular; M: FIXED; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 A.apply, 1 M.apply, 1 pass over the 3s vectors held, fused with 4 updates, one of them with a norm; each
 *         (s + 1)-th step 1 pair of dots and 2 updates instead. Every product with A is an iteration
 * Moves   (3s² + 14s + 7) / (s + 1) vectors a step beside A and M; 22 for s = 4
 * Memory  (3s + 4) n doubles (shadow space, U, G, r, v, M⁻¹v and the best iterate), s² + O(s)
 * Fails   BREAKDOWN (a pivot p_kᵀg_k is zero, or ω is zero to rounding), NOT_FINITE, STAGNATION, DIVERGENCE
 * Source  van Gijzen &amp; Sonneveld 2011, doi:10.1145/2049662.2049667, Fig. 2; the choice of ω: Sleijpen &amp;
 *         van der Vorst 1995, doi:10.1007/BF02141261
 * </pre>
 *
 * In exact arithmetic at most n + n/s steps. All inner products of a new g with the shadow space are taken in one pass
 * and then corrected by substitution, which is the biorthogonalisation of the paper in another order (Collignon &amp;
 * van Gijzen 2011). IDR(1) is equivalent to {@link BiCgStab}.
 *
 * @param criteria when a solve ends
 * @param s the dimension of the shadow space, at least 1; above n it acts as n
 * @param seed of the shadow space: equal seeds give equal bits
 */
public record Idr(StoppingCriteria criteria, int s, long seed) implements IterativeSolver<Idr.Workspace> {
    /** The smallest cosine between r and A M⁻¹ r at which ω still minimises the residual. */
    private static final double KAPPA = 0.7;

    /** The cosine of an angle that is right to rounding: a division by such a product is noise. */
    private static final double ORTHOGONAL = 0x1p-53;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     * @param s the dimension of the shadow space, at least 1; above n it acts as n
     * @param seed of the shadow space: equal seeds give equal bits
     */
    public Idr {
        Objects.requireNonNull(criteria, "criteria");
        if (s < 1) {
            throw new IllegalArgumentException("s = " + s + ", expected at least 1");
        }
    }

    /** IDR(4) with {@link StoppingCriteria#DEFAULT}. */
    public Idr() {
        this(StoppingCriteria.DEFAULT, 4, 0x1d25_2011L);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a nonsingular operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new Idr().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.FIXED;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, Math.max(1, Math.min(s, n)), seed, pool);
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        while (s.unfinished(ws.r)) {
            double omega = 1;
            boolean go = true;
            for (boolean first = true; go; first = false) {
                go = intoSameSpace(s, ws, omega, first);
                if (go) {
                    omega = intoNextSpace(s, ws);
                    go = omega != 0;
                }
            }
        }
    }

    /** s steps that keep the residual in G_j and make it orthogonal to the shadow space; false ends the inner loop. */
    private static boolean intoSameSpace(SolveMonitor s, Workspace ws, double omega, boolean first) {
        Vectors v = ws.vectors();
        double[] x = s.x();
        double[] r = ws.r;
        double[][] g = ws.g;
        double[][] u = ws.u;
        double[][] m = ws.m; // m[k][i] = p_iᵀ g_k for i ≥ k, 0 for i < k
        double[] f = ws.f;
        double[] c = ws.c;
        double[] h = ws.h;
        boolean plain = s.unpreconditioned();
        int dimension = g.length;
        v.dots(ws.shadow, dimension, r, f); // f ← Pᵀ r
        for (int k = 0; k < dimension; k++) {
            int left = dimension - k;
            double[] d = first && plain ? r : ws.v;
            if (!first) {
                for (int i = k; i < dimension; i++) { // M c = f, lower triangular
                    double sum = f[i];
                    for (int j = k; j < i; j++) {
                        sum -= m[j][i] * c[j - k];
                    }
                    c[i - k] = sum / m[i][i];
                }
                ws.recurrences.subtract(r, ws.lastOfG[k], left, c, d); // r − G c, orthogonal to the shadow space
            } else if (!plain) {
                v.copy(r, d);
            }
            double[] dHat = plain ? d : ws.vHat;
            s.precondition(d, dHat);
            if (first) {
                v.scale(omega, dHat, u[k]);
            } else {
                ws.recurrences.replaceFirst(omega, dHat, ws.lastOfU[k], left, c); // u_k ← U c + ω M⁻¹ (r − G c)
            }
            s.apply(u[k], g[k]);

            v.dots(ws.shadow, dimension, g[k], h);
            for (int j = 0; j < k; j++) { // biorthogonalise: p_jᵀ g_k = 0 for j < k
                c[j] = h[j] / m[j][j];
                for (int i = j; i < dimension; i++) {
                    h[i] -= c[j] * m[j][i];
                }
            }
            double pivot = h[k];
            if (!(Math.abs(pivot) > 0 && Math.abs(pivot) < Double.POSITIVE_INFINITY)) {
                boolean operator = Double.isFinite(v.norm(dHat));
                s.failPositive(
                        pivot,
                        Cause.BREAKDOWN,
                        "p'A u",
                        operator ? g[k] : dHat,
                        operator ? Part.OPERATOR : Part.PRECONDITIONER);
                return false;
            }
            System.arraycopy(h, k, m[k], k, left);

            double beta = f[k] / pivot;
            // g_k and u_k lose their shares of the vectors before; r ← r − β g_k, orthogonal to p_0 … p_k
            double square = ws.recurrences.subtractAxpy(g, k, c, g[k], -beta, r);
            boolean go = s.proceed(v.norm(r, square));
            ws.recurrences.subtractAxpy(u, k, c, u[k], beta, x); // x ← x + β u_k
            if (!go) {
                return false;
            }
            for (int i = k + 1; i < dimension; i++) {
                f[i] -= beta * m[k][i];
            }
        }
        return true;
    }

    /** The step r ← (I − ω A M⁻¹) r into the next, smaller space; returns ω, 0 to end the inner loop. */
    private static double intoNextSpace(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        double[] r = ws.r;
        double[] t = ws.v;
        double[] rHat = s.unpreconditioned() ? r : ws.vHat;
        double rNorm = s.residualNorm();
        s.precondition(r, rHat);
        s.apply(rHat, t);
        ws.pair[0] = r;
        ws.pair[1] = t;
        v.dots(ws.pair, 2, t, ws.h);
        double tr = ws.h[0];
        double tNorm = v.norm(t, ws.h[1]);
        if (!Double.isFinite(tr) || !Double.isFinite(tNorm)) {
            boolean operator = Double.isFinite(v.norm(rHat));
            s.failPositive(
                    tr - tNorm,
                    Cause.NOT_FINITE,
                    "r'A M^-1 r",
                    operator ? t : rHat,
                    operator ? Part.OPERATOR : Part.PRECONDITIONER);
            return 0;
        }
        double cosine = Math.abs(tr) / (tNorm * rNorm);
        if (!(cosine > ORTHOGONAL)) {
            s.fail(Cause.BREAKDOWN, "omega = 0: r'A M^-1 r = " + tr);
            return 0;
        }
        double omega = tr / tNorm / tNorm;
        if (cosine < KAPPA) {
            omega *= KAPPA / cosine;
        }
        boolean go;
        if (rHat == r) {
            double norm = v.norm(t, v.waxpySquare(r, -omega, t, t)); // t ← r − ω A r
            go = s.proceed(norm);
            v.axpy(omega, r, s.x());
            v.copy(t, r);
        } else {
            double norm = v.norm(r, v.axpySquare(-omega, t, r)); // r ← r − ω A M⁻¹ r
            go = s.proceed(norm);
            v.axpy(omega, rHat, s.x());
        }
        return go ? omega : 0;
    }

    /** The memory of {@link Idr}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[] r = newVector();
        private final double[] v = newVector();
        private final double[] vHat = newVector();
        private final double[][] shadow;
        private final double[][] g;
        private final double[][] u;
        private final double[][][] lastOfG; // [k]: g_k and those after it
        private final double[][][] lastOfU;
        private final double[][] m;
        private final double[] f;
        private final double[] c;
        private final double[] h;
        private final double[][] pair = new double[2][];
        private final Recurrences recurrences = new Recurrences(vectors());

        private Workspace(int n, int s, long seed, WorkerPool pool) {
            super(n, pool);
            shadow = newVectors(s);
            g = newVectors(s);
            u = newVectors(s);
            lastOfG = new double[s][][];
            lastOfU = new double[s][][];
            for (int k = 0; k < s; k++) {
                lastOfG[k] = Arrays.copyOfRange(g, k, s);
                lastOfU[k] = Arrays.copyOfRange(u, k, s);
            }
            m = new double[s][s];
            f = new double[s];
            c = new double[s];
            h = new double[Math.max(2, s)];
            fillShadow(seed);
        }

        /** Orthonormal random vectors. */
        private void fillShadow(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int k = 0; k < shadow.length; k++) {
                double[] p = shadow[k];
                for (int i = 0; i < p.length; i++) {
                    p[i] = random.nextDouble() - 0.5;
                }
                double norm = Arnoldi.orthogonalise(vectors(), shadow, k, p, h, c);
                vectors().scale(1 / norm, p);
            }
        }
    }
}
