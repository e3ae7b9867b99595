package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Jacobi;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/**
 * Chebyshev polynomials on the spectrum of M⁻¹A, or on its upper part.
 *
 * <p>The first kind is the smallest on [a, b]: with exact bounds the condition number of p(t) t is (T + 1)/(T − 1), T =
 * T_k((b + a)/(b − a)). The fourth kind and its optimised weights need b alone and serve where another part takes care
 * of the small eigenvalues, as in multigrid. Where an eigenvalue exceeds a + b, an even number of steps gives an
 * indefinite polynomial and an odd one a positive one that amplifies; prefer odd numbers where bounds are unsure.
 *
 * <pre>
 * Needs   A, M: symmetric positive definite; a nonsymmetric A with eigenvalues near the real axis also works
 * Gives   SPD where A and M are and p is positive at the Ritz values, else FIXED
 * Set-up  M, a format of A, a few steps of conjugate gradients, or Arnoldi, for b
 * Apply   k − 1 products, k applications of M, 8k − 2 vectors moved
 * Memory  3n doubles (4n with M), A in its format
 * Fails   NOT_POSITIVE (A or M seen indefinite by the estimate), NOT_FINITE; whatever M fails with
 * Source  Saad 2003, Alg. 12.1; fourth kind and weights: Lottes 2023, arXiv:2202.08830
 * </pre>
 *
 * @param kind of polynomial
 * @param steps k, at least 1; at most 16 for the optimised fourth kind
 * @param upper b, 0 for {@code safety} times the largest Ritz value
 * @param lower a of the first kind, 0 for b / ratio
 * @param ratio b / a where a is not given, above 1
 * @param safety factor on the largest Ritz value, at least 1
 * @param estimationSteps steps of the estimate, at least 1
 * @param inner factory of M
 */
public record Chebyshev(
        Kind kind,
        int steps,
        double upper,
        double lower,
        double ratio,
        double safety,
        int estimationSteps,
        PreconditionerFactory inner)
        implements PreconditionerFactory {

    /** Which Chebyshev polynomial the residual polynomial is. */
    public enum Kind {
        /** Smallest on [a, b]. */
        FIRST,
        /** On (0, b], weighted by the square root of the eigenvalue. */
        FOURTH,
        /** The fourth kind with optimised weights. */
        OPTIMISED_FOURTH
    }

    /**
     * The factory with its options.
     *
     * @param kind of polynomial
     * @param steps k, at least 1; at most 16 for the optimised fourth kind
     * @param upper b, 0 for {@code safety} times the largest Ritz value
     * @param lower a of the first kind, 0 for b / ratio
     * @param ratio b / a where a is not given, above 1
     * @param safety factor on the largest Ritz value, at least 1
     * @param estimationSteps steps of the estimate, at least 1
     * @param inner factory of M
     */
    public Chebyshev {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(inner, "inner");
        if (kind == Kind.OPTIMISED_FOURTH) {
            Checks.inRange("steps", steps, 1, OptimalWeights.MOST);
        } else {
            Checks.atLeast("steps", steps, 1);
        }
        Checks.positiveOrEstimated("upper", upper);
        Checks.positiveOrEstimated("lower", lower);
        if (!(upper == 0 || lower < upper)) {
            throw new IllegalArgumentException("lower = " + lower + ", expected less than upper, " + upper);
        }
        if (!(ratio > 1 && ratio <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("ratio = " + ratio + ", expected a number above 1");
        }
        if (!(safety >= 1 && safety <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("safety = " + safety + ", expected a number of at least 1");
        }
        Checks.atLeast("estimationSteps", estimationSteps, 1);
    }

    /** Four steps of the first kind on the upper 29 thirtieths of the spectrum, of {@link Jacobi}. */
    public Chebyshev() {
        this(Kind.FIRST, 4);
    }

    /**
     * Bounds from an estimate, a = b/30, of {@link Jacobi}.
     *
     * @param kind of polynomial
     * @param steps k, at least 1
     */
    public Chebyshev(Kind kind, int steps) {
        this(kind, steps, 0, 0, 30, 1.1, 10, new Jacobi());
    }

    /**
     * The same with other bounds.
     *
     * @param newLower a, 0 for b / ratio
     * @param newUpper b, 0 for an estimate
     * @return the factory
     */
    public Chebyshev withBounds(double newLower, double newUpper) {
        return new Chebyshev(kind, steps, newUpper, newLower, ratio, safety, estimationSteps, inner);
    }

    /**
     * The same on another first level.
     *
     * @param newInner factory of M
     * @return the factory
     */
    public Chebyshev withInner(PreconditionerFactory newInner) {
        return new Chebyshev(kind, steps, upper, lower, ratio, safety, estimationSteps, newInner);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        FirstLevel level = FirstLevel.of(inner, old, a);
        RitzValues ritz = RitzValues.estimate(level, estimationSteps, upper == 0);
        double b = upper == 0 ? safety * ritz.largest() : upper;
        double low = lower == 0 ? b / ratio : Math.min(lower, b); // a given a may exceed an estimated b
        Recurrence p = kind == Kind.FIRST ? first(low, b, steps) : fourth(b, weights());
        String bounds = kind == Kind.FIRST
                ? String.format(Locale.ROOT, "interval [%.4g, %.4g]", low, b)
                : String.format(Locale.ROOT, "upper bound %.4g", b);
        return RecurrencePolynomial.of(level, p, ritz, label(), bounds);
    }

    private double[] weights() {
        if (kind == Kind.OPTIMISED_FOURTH) {
            return OptimalWeights.of(steps);
        }
        double[] ones = new double[steps];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** With θ, δ the midpoint and half-width, ρ_0 = δ/θ, ρ_{i+1} = δ/(2θ − δρ_i): c1 = ρ_{i+1} ρ_i, c2 = 2 ρ_{i+1}/δ. */
    static Recurrence first(double a, double b, int steps) {
        double theta = 0.5 * a + 0.5 * b;
        double delta = 0.5 * b - 0.5 * a;
        double[] c1 = new double[steps];
        double[] c2 = new double[steps];
        double[] ones = new double[steps];
        Arrays.fill(ones, 1);
        double rho = delta / theta;
        c2[0] = 1 / theta;
        for (int i = 1; i < steps; i++) {
            double below = 2 * theta - delta * rho;
            double next = delta / below;
            c1[i] = next * rho;
            c2[i] = 2 / below;
            rho = next;
        }
        return Recurrence.of(c1, c2, ones);
    }

    /** c1 = (2i − 1)/(2i + 3), c2 = (8i + 4)/((2i + 3) b). */
    static Recurrence fourth(double b, double[] weights) {
        int k = weights.length;
        double[] c1 = new double[k];
        double[] c2 = new double[k];
        for (int i = 0; i < k; i++) {
            c1[i] = (2 * i - 1) / (2.0 * i + 3);
            c2[i] = (8 * i + 4) / (2.0 * i + 3) / b;
        }
        return Recurrence.of(c1, c2, weights);
    }

    private String label() {
        String which = switch (kind) {
            case FIRST -> "";
            case FOURTH -> "4, ";
            case OPTIMISED_FOURTH -> "opt4, ";
        };
        return "Chebyshev(" + which + steps + ")";
    }

    @Override
    public String name() {
        return label() + " of " + inner.name();
    }
}
