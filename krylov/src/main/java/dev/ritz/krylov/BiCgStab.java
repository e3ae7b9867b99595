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
 * BiCGSTAB with right preconditioning for nonsymmetric A x = b: short recurrences, fixed memory, no optimality.
 *
 * <pre>
 * Needs   A: n×n nonsingular; M: FIXED; b, x: length n, distinct arrays
 * Stops   ‖b − A x‖₂ ≤ max(rtol ‖b‖₂, atol), recomputed; looks after each half step
 * Step    2 A.apply, 2 M.apply, 1 dot, 1 pair of dots, 4 fused updates, two of them with a norm
 * Moves   19 vectors a step beside A and M, 18 without M
 * Memory  8n doubles (r, shadow, p, A M⁻¹p, M⁻¹p, M⁻¹r, A M⁻¹r and the best iterate)
 * Fails   BREAKDOWN (ρ = r̃ᵀr, r̃ᵀA M⁻¹p or ω is zero to rounding), NOT_FINITE, STAGNATION, DIVERGENCE
 * Source  van der Vorst 1992, doi:10.1137/0913035; Saad 2003, Alg. 7.7
 * </pre>
 *
 * The shadow residual r̃ is r₀. Where A is nearly skew-symmetric ω vanishes: take {@link Idr} with s above 1, or
 * {@link Gmres}.
 *
 * @param criteria when a solve ends
 */
public record BiCgStab(StoppingCriteria criteria) implements IterativeSolver<BiCgStab.Workspace> {
    /** The cosine of an angle that is right to rounding: a division by such a product is noise. */
    private static final double ORTHOGONAL = 0x1p-53;

    /**
     * The method with its options.
     *
     * @param criteria when a solve ends
     */
    public BiCgStab {
        Objects.requireNonNull(criteria, "criteria");
    }

    /** BiCGSTAB with {@link StoppingCriteria#DEFAULT}. */
    public BiCgStab() {
        this(StoppingCriteria.DEFAULT);
    }

    /**
     * Solves A x = b from x₀ = 0 without a preconditioner.
     *
     * @param a a nonsingular operator
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    public static SolveResult solve(LinearOperator a, double[] b) {
        return new BiCgStab().solve(a, Preconditioner.identity(a.rows()), b);
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.FIXED;
    }

    @Override
    public Workspace newWorkspace(int n, WorkerPool pool) {
        return new Workspace(n, pool);
    }

    @Override
    public void iterate(SolveMonitor s, Workspace ws) {
        while (s.unfinished(ws.r)) {
            recur(s, ws);
        }
    }

    /** From the residual in ws.r to the next verdict. */
    private static void recur(SolveMonitor s, Workspace ws) {
        Vectors v = ws.vectors();
        Recurrences u = ws.recurrences;
        double[] h = ws.h;
        double[] x = s.x();
        double[] r = ws.r;
        double[] t = ws.t;
        double[] shadow = ws.shadow;
        double[] p = ws.p;
        double[] q = ws.q;
        boolean plain = s.unpreconditioned();
        double[] pHat = plain ? p : ws.pHat;
        v.copy(r, shadow);
        v.copy(r, p);
        double norm = s.residualNorm();
        double shadowNorm = norm;
        double rho = v.dot(shadow, r);
        boolean go = true;
        while (go) {
            s.precondition(p, pHat); // p̂ ← M⁻¹ p
            s.apply(pHat, q); // q ← A p̂
            double sigma = v.dot(shadow, q);
            if (!Double.isFinite(sigma)) {
                blame(s, v, sigma, pHat, q);
                return;
            }
            double alpha = rho / sigma;
            norm = v.norm(r, v.axpySquare(-alpha, q, r)); // r ← r − α q, the half step
            // |σ| ≤ ε ‖r̃‖ ‖q‖ shows in ‖α q‖ ≥ |ρ| / (ε ‖r̃‖), so no norm of q is needed
            if (!(norm * ORTHOGONAL * shadowNorm < Math.abs(rho))) {
                s.fail(Cause.BREAKDOWN, "r~'A M^-1 p = " + sigma);
                return;
            }
            if (s.suffices(norm)) {
                s.proceed(norm);
                v.axpy(alpha, pHat, x);
                return;
            }

            double[] rHat = plain ? r : ws.rHat;
            s.precondition(r, rHat); // r̂ ← M⁻¹ r
            if (plain) {
                h[0] = s.applyDot(r, t); // t ← A r̂
                h[1] = v.dot(t, t);
            } else {
                s.apply(rHat, t);
                ws.pair[0] = r;
                ws.pair[1] = t;
                v.dots(ws.pair, 2, t, h); // tᵀr, tᵀt
            }
            double tr = h[0];
            double tNorm = v.norm(t, h[1]);
            if (!Double.isFinite(tr) || !Double.isFinite(tNorm)) {
                blame(s, v, tr - tNorm, rHat, t);
                return;
            }
            if (!(Math.abs(tr) > ORTHOGONAL * tNorm * norm)) {
                s.fail(Cause.BREAKDOWN, "omega = 0: r'A M^-1 r = " + tr + " after the first half step");
                s.proceed(norm);
                v.axpy(alpha, pHat, x);
                return;
            }
            double omega = tr / tNorm / tNorm;
            norm = v.norm(t, u.residual(r, -omega, t, shadow, h)); // t ← r − ω t, the next residual
            go = s.proceed(norm);
            u.add(alpha, pHat, omega, rHat, x); // x ← x + α p̂ + ω r̂
            double[] free = r;
            r = t;
            t = free;
            if (go) {
                double rhoOld = rho;
                rho = h[0]; // r̃ᵀr
                if (!(Math.abs(rho) > ORTHOGONAL * shadowNorm * norm)) {
                    s.fail(Cause.BREAKDOWN, "rho = r~'r = " + rho);
                    return;
                }
                u.direction(r, rho / rhoOld * (alpha / omega), omega, q, p); // p ← r + β (p − ω q)
            }
        }
    }

    /** A vector that A M⁻¹ wrote is not finite: M is to blame when its part of the work is not, else A. */
    private static void blame(SolveMonitor s, Vectors v, double value, double[] hat, double[] product) {
        boolean operator = Double.isFinite(v.norm(hat));
        s.failPositive(
                value,
                Cause.NOT_FINITE,
                "an inner product with A M^-1",
                operator ? product : hat,
                operator ? Part.OPERATOR : Part.PRECONDITIONER);
    }

    /** The memory of {@link BiCgStab}. */
    public static final class Workspace extends dev.ritz.api.Workspace {
        private final double[] r = newVector();
        private final double[] t = newVector();
        private final double[] shadow = newVector();
        private final double[] p = newVector();
        private final double[] q = newVector();
        private final double[] pHat = newVector();
        private final double[] rHat = newVector();
        private final Recurrences recurrences = new Recurrences(vectors());
        private final double[][] pair = new double[2][];
        private final double[] h = new double[2];

        private Workspace(int n, WorkerPool pool) {
            super(n, pool);
        }
    }
}
