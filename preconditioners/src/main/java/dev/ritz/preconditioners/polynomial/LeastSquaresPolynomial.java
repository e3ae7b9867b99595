package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Jacobi;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * The polynomial p of degree k − 1 that makes 1 − t p(t) smallest in the square mean over (0, b] with the Jacobi weight
 * τ^{α−1} (1 − τ)^β, τ = t/b.
 *
 * <p>Its residual polynomial is the Jacobi polynomial P_k^{(α, β)}(1 − 2τ) scaled to 1 at τ = 0. It needs no lower bound
 * and is positive on (0, b]. With the usual α = ½, β = −½ it is the fourth-kind {@link Chebyshev} polynomial; larger α
 * asks for less near 0.
 *
 * <pre>
 * Needs   A, M: symmetric positive definite
 * Gives   SPD where A and M are and p is positive at the Ritz values, else FIXED
 * Set-up  M, a format of A, 10 steps of conjugate gradients, or Arnoldi, for b
 * Apply   k − 1 products, k applications of M, 8k − 2 vectors moved
 * Memory  3n doubles (4n with M), A in its format
 * Fails   NOT_POSITIVE (A or M seen indefinite by the estimate), NOT_FINITE; whatever M fails with
 * Source  Johnson, Micchelli &amp; Paul 1983, doi:10.1137/0720025; Saad 1985, doi:10.1137/0906059
 * </pre>
 *
 * @param steps k, at least 1
 * @param alpha α, positive and at least β
 * @param beta β, above −1
 * @param upper b, 0 for 1.1 times the largest Ritz value
 * @param inner factory of M
 */
public record LeastSquaresPolynomial(int steps, double alpha, double beta, double upper, PreconditionerFactory inner)
        implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param steps k, at least 1
     * @param alpha α, positive and at least β, so that |1 − t p(t)| has its maximum at 0
     * @param beta β, above −1
     * @param upper b, 0 for 1.1 times the largest Ritz value
     * @param inner factory of M
     */
    public LeastSquaresPolynomial {
        Checks.atLeast("steps", steps, 1);
        if (!(beta > -1 && beta <= 1e3)) {
            throw new IllegalArgumentException("beta = " + beta + ", expected a number above -1, at most 1000");
        }
        if (!(alpha > 0 && alpha >= beta && alpha <= 1e3)) {
            throw new IllegalArgumentException(
                    "alpha = " + alpha + ", expected a positive number, at least beta = " + beta + ", at most 1000");
        }
        Checks.positiveOrEstimated("upper", upper);
        Objects.requireNonNull(inner, "inner");
    }

    /** Four steps of {@link Jacobi} with α = ½, β = −½. */
    public LeastSquaresPolynomial() {
        this(4, 0.5, -0.5, 0, new Jacobi());
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        FirstLevel level = FirstLevel.of(inner, old, a);
        RitzValues ritz = RitzValues.estimate(level, Neumann.ESTIMATION_STEPS, upper == 0);
        double b = upper == 0 ? Neumann.SAFETY * ritz.largest() : upper;
        Recurrence p = jacobi(alpha, beta, b, steps);
        String note = String.format(Locale.ROOT, "upper bound %.4g", b);
        return RecurrencePolynomial.of(level, p, ritz, "LeastSquares(" + steps + ")", note);
    }

    /**
     * From P_{i+1} = (A x + B) P_i − C P_{i−1} (Szegő 1975, 4.5.1) with x = 1 − 2τ, scaled to R_i(0) = 1 by h_i =
     * P_i(1) = Π (α + j)/j: R_{i+1} = (1 + c1 − c2 τ) R_i − c1 R_{i−1}.
     */
    static Recurrence jacobi(double alpha, double beta, double b, int steps) {
        double[] c1 = new double[steps];
        double[] c2 = new double[steps];
        double[] ones = new double[steps];
        Arrays.fill(ones, 1);
        double sum = alpha + beta;
        c2[0] = (sum + 2) / (alpha + 1) / b;
        for (int i = 1; i < steps; i++) {
            double s = 2.0 * i + sum;
            double below = 2 * (i + 1) * (i + sum + 1);
            double slope = (s + 1) * (s + 2) / below; // A
            double back = 2 * (i + alpha) * (i + beta) * (s + 2) / (below * s); // C
            double down = (i + 1) / (alpha + i + 1); // h_i / h_{i+1}
            c2[i] = 2 * slope * down / b;
            c1[i] = back * down * i / (alpha + i);
        }
        return Recurrence.of(c1, c2, ones);
    }

    @Override
    public String name() {
        return "LeastSquares(" + steps + ") of " + inner.name();
    }
}
