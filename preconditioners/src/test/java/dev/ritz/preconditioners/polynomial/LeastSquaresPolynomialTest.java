package dev.ritz.preconditioners.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LeastSquaresPolynomialTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new LeastSquaresPolynomial();
    }

    private static double[] values(int steps, double alpha, double beta, double b, double[] lambda) {
        return Spectra.values(
                new LeastSquaresPolynomial(steps, alpha, beta, b, new Identity()).build(Spectra.diagonal(lambda)));
    }

    /** Saad's table on [0, 4] with α = ½, β = −½. */
    @Test
    void hasSaadsCoefficients() {
        double[] lambda = {4, 0, 0.3, 1, 2.2, 3.1};
        double[][] table = {{5, -1}, {14, -7, 1}, {30, -27, 9, -1}, {55, -77, 44, -11, 1}};
        for (int degree = 1; degree <= 4; degree++) {
            double[] s = new double[lambda.length];
            for (int i = 1; i < lambda.length; i++) {
                s[i] = horner(table[degree - 1], lambda[i]);
            }
            double[] p = new double[lambda.length];
            Recurrence r = LeastSquaresPolynomial.jacobi(0.5, -0.5, 4, degree + 1);
            for (int i = 1; i < lambda.length; i++) {
                p[i] = r.at(lambda[i]);
                // p is proportional to the table with the factor p(0)/s(0)
                assertThat(p[i] / r.at(0)).isCloseTo(s[i] / table[degree - 1][0], within(1e-14));
            }
        }
    }

    private static double horner(double[] c, double t) {
        double sum = 0;
        for (int j = c.length - 1; j >= 0; j--) {
            sum = sum * t + c[j];
        }
        return sum;
    }

    /** Π and sums of the explicit formula R_k(t) = Σ κ_j (1 − t)^{k−j} (−t)^j. */
    @Test
    void agreesWithTheExplicitFormula() {
        double[] lambda = Spectra.equispaced(0.05, 1, 20);
        double[][] weights = {{0.5, -0.5}, {1, 0}, {1.5, 0.5}, {2, -0.25}};
        for (double[] w : weights) {
            for (int k = 1; k <= 7; k++) {
                double[] p = values(k, w[0], w[1], 1, lambda);
                for (int i = 0; i < lambda.length; i++) {
                    double expected = residual(k, w[0], w[1], lambda[i]);
                    assertThat(1 - lambda[i] * p[i])
                            .as("k %d, alpha %s", k, w[0])
                            .isCloseTo(expected, within(1e-11));
                }
            }
        }
    }

    private static double residual(int k, double alpha, double beta, double t) {
        double sum = 0;
        double kappa = 1; // C(k, j) Π_{i<j} (k − i + β)/(i + 1 + α)
        for (int j = 0; j <= k; j++) {
            sum += kappa * Math.pow(1 - t, k - j) * Math.pow(-t, j);
            kappa *= (k - j) / (j + 1.0) * (k - j + beta) / (j + 1 + alpha);
        }
        return sum;
    }

    /** Orthogonality: ∫ R_k q t^{α−1}(1 − t)^β t dt = 0 for deg q < k, here with α = 1, β = 0 by Simpson's rule. */
    @Test
    void residualsAreOrthogonal() {
        int cells = 200;
        double[] t = Spectra.equispaced(0, 1, 2 * cells + 1);
        Recurrence r3 = LeastSquaresPolynomial.jacobi(1, 0, 1, 3);
        for (int power = 0; power < 3; power++) {
            double integral = 0;
            for (int i = 0; i < t.length; i++) {
                double weight = i == 0 || i == t.length - 1 ? 1 : i % 2 == 1 ? 4 : 2;
                integral += weight * t[i] * (1 - t[i] * r3.at(t[i])) * Math.pow(t[i], power) / (6.0 * cells);
            }
            assertThat(integral).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void isTheFourthKindForTheUsualWeights() {
        CsrMatrix a = Spectra.laplacian(40);
        double[] r = Spectra.random(40, 0x15a);
        for (int k = 1; k <= 6; k++) {
            double[] z = Spectra.apply(new LeastSquaresPolynomial(k, 0.5, -0.5, 0, new Jacobi()).build(a), r);
            double[] fourth = Spectra.apply(new Chebyshev(Chebyshev.Kind.FOURTH, k).build(a), r);
            assertThat(z).containsExactly(fourth, within(1e-13));
        }
    }

    @Test
    void isPositiveUpToItsBoundAndLosesThatBeyond() {
        double[] lambda = Spectra.equispaced(1e-6, 1, 500);
        for (int k = 1; k <= 9; k++) {
            for (double p : values(k, 0.5, -0.5, 1, lambda)) {
                assertThat(p).isPositive();
            }
        }
        Preconditioner lost = new LeastSquaresPolynomial(2, 0.5, -0.5, 1, new Identity())
                .build(Spectra.diagonal(0.1, 0.5, 1.3)); // 1 − 4t + 3.2t² > 1 for t > 1.25
        assertThat(lost.kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(lost.note()).contains("not positive at the Ritz value");
    }

    @Test
    void refusesOtherOptions() {
        Identity none = new Identity();
        refused("steps = 0", () -> new LeastSquaresPolynomial(0, 0.5, -0.5, 0, none));
        refused("alpha = 0.0", () -> new LeastSquaresPolynomial(2, 0, -0.5, 0, none));
        refused("alpha = 0.5", () -> new LeastSquaresPolynomial(2, 0.5, 1, 0, none));
        refused("alpha = NaN", () -> new LeastSquaresPolynomial(2, Double.NaN, -0.5, 0, none));
        refused("beta = -1.0", () -> new LeastSquaresPolynomial(2, 0.5, -1, 0, none));
        refused("upper = -1.0", () -> new LeastSquaresPolynomial(2, 0.5, -0.5, -1, none));
    }

    private static void refused(String start, ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(start);
    }
}
