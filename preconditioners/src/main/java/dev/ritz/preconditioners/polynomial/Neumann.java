package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Jacobi;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The truncated Neumann series: p(t) t = 1 − (1 − ωt)^{k+1}, that is k + 1 steps of Richardson's iteration.
 *
 * <p>With 0 &lt; ω &lt; 2/λ_max it is positive definite for every k; where λ_max was underestimated, only for even k. It is
 * the simplest polynomial and the weakest: {@link Chebyshev} and {@link LeastSquaresPolynomial} do more with the same
 * products.
 *
 * <pre>
 * Needs   A, M: symmetric positive definite (ω given: also others with |1 − ωλ| &lt; 1)
 * Gives   SPD where A and M are and p is positive at the Ritz values, else FIXED
 * Set-up  M, a format of A, 10 steps of conjugate gradients, or Arnoldi, for λ_max
 * Apply   k products, k + 1 applications of M, 8k + 6 vectors moved
 * Memory  3n doubles (4n with M), A in its format
 * Fails   NOT_POSITIVE (A or M seen indefinite by the estimate), NOT_FINITE; whatever M fails with
 * Source  Dubois, Greenbaum &amp; Rodrigue 1979, doi:10.1007/BF02243566; Saad 2003, section 12.3.1
 * </pre>
 *
 * @param degree k, the number of products, at least 0
 * @param omega ω, 0 for the reciprocal of 1.1 times the estimated λ_max
 * @param inner factory of M
 */
public record Neumann(int degree, double omega, PreconditionerFactory inner) implements PreconditionerFactory {
    static final int ESTIMATION_STEPS = 10;
    static final double SAFETY = 1.1;

    /**
     * The factory with its options.
     *
     * @param degree k, the number of products, at least 0
     * @param omega ω, 0 for the reciprocal of 1.1 times the estimated λ_max
     * @param inner factory of M
     */
    public Neumann {
        Checks.atLeast("degree", degree, 0);
        Checks.positiveOrEstimated("omega", omega);
        Objects.requireNonNull(inner, "inner");
    }

    /** Degree 2 of {@link Jacobi}, ω estimated. */
    public Neumann() {
        this(2, 0, new Jacobi());
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        FirstLevel level = FirstLevel.of(inner, old, a);
        boolean estimate = omega == 0;
        RitzValues ritz = RitzValues.estimate(level, ESTIMATION_STEPS, estimate);
        double w = estimate ? 1 / (SAFETY * ritz.largest()) : omega;
        double[] step = new double[degree + 1];
        double[] ones = new double[degree + 1];
        Arrays.fill(step, w);
        Arrays.fill(ones, 1);
        Recurrence p = Recurrence.of(new double[degree + 1], step, ones);
        String note = String.format(Locale.ROOT, "omega %.4g", w);
        return RecurrencePolynomial.of(level, p, ritz, "Neumann(" + degree + ")", note);
    }

    @Override
    public String name() {
        return "Neumann(" + degree + ") of " + inner.name();
    }
}
