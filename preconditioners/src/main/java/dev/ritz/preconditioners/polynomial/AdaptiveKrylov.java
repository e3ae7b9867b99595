package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Identity;
import java.util.Objects;

/**
 * The best polynomial of degree τ for the residual at hand: z minimises the energy ½ zᵀA z − zᵀr over the Krylov space
 * of M⁻¹A and M⁻¹r with τ + 1 dimensions, found by τ + 1 steps of conjugate gradients.
 *
 * <p>It is nonlinear in r, so a solver needs {@code FlexibleCg} or {@code Fgmres}. Per outer step it does at least as
 * well as any fixed polynomial of its degree with steepest descent; against conjugate gradients with the same products
 * it loses, and what it saves are inner products outside.
 *
 * <pre>
 * Needs   A, M: symmetric positive definite
 * Gives   VARIABLE
 * Set-up  M, a format of A
 * Apply   τ + 1 products, τ + 1 applications of M, 2τ + 2 dots, 13τ + 10 vectors moved
 * Memory  3n doubles (4n with M), A in its format
 * Fails   NOT_FINITE; whatever M fails with; where pᵀAp ≤ 0 it ends with the step before, at least M⁻¹r
 * Source  Doikov &amp; Rodomanov 2023, arXiv:2301.13194; Saad 2003, Alg. 9.1
 * </pre>
 *
 * @param tau τ, at least 0
 * @param inner factory of M
 */
public record AdaptiveKrylov(int tau, PreconditionerFactory inner) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param tau τ, at least 0
     * @param inner factory of M
     */
    public AdaptiveKrylov {
        Checks.atLeast("tau", tau, 0);
        Objects.requireNonNull(inner, "inner");
    }

    /** τ = 2 on A itself. */
    public AdaptiveKrylov() {
        this(2, new Identity());
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return new Steps(FirstLevel.of(inner, old, a), tau);
    }

    @Override
    public String name() {
        return "AdaptiveKrylov(" + tau + ") of " + inner.name();
    }

    /** τ + 1 steps from zero. */
    private static final class Steps extends PolynomialPreconditioner {
        /** Squares this far below the first are rounding. */
        private static final double NEGLIGIBLE = 1e-30;

        private final int tau;
        private final double[] residual;
        private final double[] p;
        private final double[] q;
        private final double[] buffer;

        Steps(FirstLevel level, int tau) {
            super(level, Kind.VARIABLE, "AdaptiveKrylov(" + tau + ")", "");
            this.tau = tau;
            this.residual = new double[level.n];
            this.p = new double[level.n];
            this.q = new double[level.n];
            this.buffer = level.newPreconditioned();
        }

        @Override
        public void apply(double[] r, double[] z) {
            double[] w = level.precondition(r, buffer);
            level.vectors.copy(w, p);
            level.vectors.copy(w, z); // what is left where no step can be taken
            double rho = level.vectors.dot(r, w);
            double first = rho;
            for (int k = 0; k <= tau; k++) {
                level.product(p, q);
                double alpha = rho / level.vectors.dot(p, q);
                if (!(alpha > 0 && alpha <= Double.MAX_VALUE)) {
                    return; // pᵀAp ≤ 0, or out of range
                }
                if (k == 0) {
                    level.vectors.scale(alpha, p, z); // z ← α p
                } else {
                    level.vectors.axpy(alpha, p, z); // z ← z + α p
                }
                if (k == tau) {
                    return;
                }
                if (k == 0) {
                    level.vectors.waxpySquare(r, -alpha, q, residual);
                } else {
                    level.vectors.axpy(-alpha, q, residual);
                }
                w = level.precondition(residual, buffer);
                double next = level.vectors.dot(residual, w);
                if (!(next > NEGLIGIBLE * first)) {
                    return; // solved, or M is not positive
                }
                level.vectors.xpby(w, next / rho, p); // p ← w + β p
                rho = next;
            }
        }

        @Override
        int vectors() {
            return buffer == null ? 3 : 4;
        }
    }
}
