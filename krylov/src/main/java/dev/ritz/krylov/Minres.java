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
import java.util.Objects;

/**
 * MINRES for symmetric A x = b, definite or not: minimises the norm of the residual that M induces, (rᵀM⁻¹r)^½, over
 * x₀ + K_k(M⁻¹A, M⁻¹r₀).
 *
 * <pre>
 * Needs   A: n×n symmetric, may be indefinite or singular with b in its range; M: SPD; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed
 * Step    1 A.apply and 1 M.apply, each fused with a dot, 2 fused updates, one of them with a norm; with M 1 update
 *         with a norm more
 * Moves   10 vectors a step beside A, 13 beside A and M
 * Memory  9n doubles (r, three Lanczos vectors, two of M⁻¹ times them, two directions and the best iterate)
 * Fails   INDEFINITE_PRECONDITIONER (uᵀM⁻¹u ≤ 0), STAGNATION (b not in the range of A: x is a least-squares solution
 *         in the norm of M), NOT_FINITE, DIVERGENCE
 * Source  Paige &amp; Saunders 1975, doi:10.1137/0712047; Elman, Silvester &amp; Wathen 2014, Alg. 4.1
 * </pre>
 *
 * The recurrence knows the M-norm of the residual only. The 2-norm of the stopping test needs the residual itself; it
 * follows the Lanczos vectors for one update with norm per step, which is the price of one meaning of rtol in all
 * methods. That norm may rise between steps while the M-norm falls. Without M both norms are one and cost nothing.
 *
 * @param criteria when a solve ends
 */
public record Minres(StoppingCriteria criteria) implements IterativeSolver<Minres.Workspace> {
    /** ‖A r‖ below this share of ‖A‖ ‖r‖: the residual is orthogonal to the range of A. */
    private static final double LEAST_SQUARES = 0x1p-46;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     */
    public Minres {
        Objects.requireNonNull(criteria, "criteria");
    }

    /** MINRES with {@link StoppingCriteria#DEFAULT}. */
    public Minres() {
        this(StoppingCriteria.DEFAULT);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a symmetric operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new Minres().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.SPD;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, pool);
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        while (s.unfinished(ws.r)) {
            lanczos(s, ws);
        }
    }

    /** From the residual in ws.r to the next verdict. */
    private static void lanczos(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        double[] x = s.x();
        double[] r = ws.r; // with M: the residual divided by reduction²
        boolean plain = s.unpreconditioned();
        double[] uOld = ws.uOld; // the Lanczos vectors are u/β; z = M⁻¹ u
        double[] u = ws.u;
        double[] q = ws.q;
        double[] z = plain ? u : ws.z;
        double[] zNext = plain ? q : ws.zNext;
        double[] dOld = ws.dOld; // directions, each times its own scale
        double[] d = ws.d;
        double[][] pair = ws.pair;

        v.copy(r, u);
        double square = s.preconditionDot(u, z);
        if (!(square > 0 && square < Double.POSITIVE_INFINITY)) {
            s.failPositive(square, Cause.INDEFINITE_PRECONDITIONER, "u'M^-1 u", z, Part.PRECONDITIONER);
            return;
        }
        double beta = Math.sqrt(square);
        double betaOld = 0;
        double phiBar = beta; // M-norm of the residual
        double reduction = 1; // phiBar relative to its start
        double start = beta;
        double cs = -1;
        double sn = 0;
        double deltaBar = 0; // of the column that the last rotation left half done
        double epsilon = 0;
        double scaleOld = 0;
        double scale = 0;
        double operatorNorm = 0; // the largest column of the tridiagonal matrix so far
        boolean go = true;
        for (int k = 0; go; k++) {
            double alpha = s.applyDot(z, q) / square; // q ← A z; α = vᵀ A v with v = z/β
            if (!Double.isFinite(alpha)) {
                s.failPositive(alpha, Cause.NOT_FINITE, "v'Av", q, Part.OPERATOR);
                return;
            }
            pair[0] = u;
            pair[1] = uOld;
            ws.weights[0] = alpha / beta;
            ws.weights[1] = k == 0 ? 0 : beta / betaOld;
            // q ← A v − α u/β − β u_old/β_old
            double uSquare = ws.recurrences.scaleSubtract(1 / beta, pair, k == 0 ? 1 : 2, ws.weights, q);
            double squareNext = uSquare;
            if (!plain && uSquare != 0) {
                squareNext = s.preconditionDot(q, zNext);
            }
            if (!(squareNext > 0 && squareNext < Double.POSITIVE_INFINITY) && uSquare != 0) {
                s.failPositive(squareNext, Cause.INDEFINITE_PRECONDITIONER, "u'M^-1 u", zNext, Part.PRECONDITIONER);
                return;
            }
            double betaNext = Math.sqrt(squareNext); // 0: the space is invariant

            // column k of the tridiagonal matrix is (β, α, β_next): apply the last two rotations
            double epsilonOld = epsilon;
            double delta = cs * deltaBar + sn * alpha;
            double gammaBar = sn * deltaBar - cs * alpha;
            epsilon = sn * betaNext;
            deltaBar = -cs * betaNext;
            operatorNorm = Math.max(operatorNorm, Math.hypot(alpha, Math.hypot(k == 0 ? 0 : beta, betaNext)));
            if (Math.hypot(gammaBar, deltaBar) <= LEAST_SQUARES * operatorNorm) { // ‖A r‖ / ‖r‖
                s.fail(Cause.STAGNATION, "A r vanishes though r does not: b is not in the range of A");
                return;
            }
            double gamma = Math.hypot(gammaBar, betaNext);
            cs = gammaBar / gamma;
            sn = betaNext / gamma;
            double phi = cs * phiBar;
            phiBar *= sn;

            double norm = phiBar;
            if (!plain && phiBar > 0) {
                // r_k = s² r_{k−1} − φ̄_k c u_{k+1}/β_{k+1}, divided by (φ̄_k/φ̄_0)²: a single update
                reduction = phiBar / start;
                double weight = cs * start / reduction / betaNext;
                norm = v.norm(r, v.axpySquare(-weight, q, r)) * reduction * reduction;
            }
            go = s.proceed(norm);

            // d ← z − (ε/γ_{k−2}) β d_{k−2} − (δ/γ_{k−1}) β d_{k−1}, kept as β γ times the direction; x ← x + φ d
            double ofOld = k < 2 ? 0 : -epsilonOld * beta / scaleOld;
            double ofLast = k == 0 ? 0 : -delta * beta / scale;
            scaleOld = scale;
            scale = beta * gamma;
            if (k < 2) {
                v.copy(z, dOld);
                if (k == 1) {
                    v.axpy(ofLast, d, dOld);
                }
                v.axpy(phi / scale, dOld, x);
            } else {
                ws.recurrences.threeTerm(z, ofOld, ofLast, d, dOld, phi / scale, x);
            }
            double[] newest = dOld;
            dOld = d;
            d = newest;

            double[] free = uOld;
            uOld = u;
            u = q;
            q = free;
            double[] zFree = z;
            z = plain ? u : zNext;
            zNext = plain ? q : zFree;
            betaOld = beta;
            beta = betaNext;
            square = squareNext;
        }
    }

    /** The memory of {@link Minres}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[] r = newVector();
        private final double[] uOld = newVector();
        private final double[] u = newVector();
        private final double[] q = newVector();
        private final double[] z = newVector();
        private final double[] zNext = newVector();
        private final double[] dOld = newVector();
        private final double[] d = newVector();
        private final double[][] pair = new double[2][];
        private final double[] weights = new double[2];
        private final Recurrences recurrences = new Recurrences(vectors());

        private Workspace(int n, WorkerPool pool) {
            super(n, pool);
        }
    }
}
