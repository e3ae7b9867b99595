package dev.ritz.preconditioners.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ChebyshevTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Chebyshev();
    }

    private static Chebyshev on(Chebyshev.Kind kind, int steps, double a, double b) {
        return new Chebyshev(kind, steps).withBounds(a, b).withInner(new Identity());
    }

    private static Chebyshev first(int steps, double a, double b) {
        return on(Chebyshev.Kind.FIRST, steps, a, b);
    }

    private static double t(int k, double x) {
        return Math.abs(x) <= 1
                ? Math.cos(k * Math.acos(x))
                : Math.signum(k % 2 == 0 ? 1 : x) * Math.cosh(k * Math.log(Math.abs(x) + Math.sqrt(x * x - 1)));
    }

    @Test
    void leavesAChebyshevPolynomial() {
        double[] lambda = Spectra.equispaced(0.3, 9.7, 41);
        CsrMatrix a = Spectra.diagonal(lambda);
        for (int k = 1; k <= 9; k++) {
            double[] p = Spectra.values(first(k, 0.5, 9).build(a));
            for (int i = 0; i < lambda.length; i++) {
                double expected = t(k, (9.5 - 2 * lambda[i]) / 8.5) / t(k, 9.5 / 8.5);
                assertThat(1 - lambda[i] * p[i]).isCloseTo(expected, within(1e-13));
            }
        }
    }

    /** Condition numbers (T_k + 1)/(T_k − 1) on [1, 100]. */
    @Test
    void hasTheConditionNumbersOfTheory() {
        double[] lambda = Spectra.equispaced(1, 100, 200_001);
        CsrMatrix a = Spectra.diagonal(lambda);
        int[] steps = {1, 2, 3, 4, 8};
        double[] expected = {100, 25.50, 11.71, 6.885, 2.258};
        double[] digit = {0.005, 0.005, 0.005, 0.0005, 0.0005};
        for (int j = 0; j < steps.length; j++) {
            double condition = Spectra.condition(
                    lambda, Spectra.values(first(steps[j], 1, 100).build(a)));
            assertThat(condition).as("%d steps", steps[j]).isCloseTo(expected[j], within(1.02 * digit[j]));
            double tk = t(steps[j], 101.0 / 99);
            assertThat(condition).isCloseTo((tk + 1) / (tk - 1), within(1e-6 * condition));
        }
    }

    /** Products go up although iterations go down: 876 for four steps, 569 for conjugate gradients. */
    @Test
    void needsFewerIterationsAndMoreProducts() {
        double[] lambda = Spectra.geometric(200);
        CsrMatrix a = Spectra.diagonal(lambda);
        double[] b = Spectra.ones(200);
        int plain = Spectra.conjugateGradients(a, new Identity().build(a), b, 1e-8, false);
        assertThat((double) plain).isCloseTo(569, withinPercentage(3)); // so many steps depend on the order of sums
        int[] steps = {2, 4, 8};
        int[] expected = {368, 219, 126};
        for (int j = 0; j < steps.length; j++) {
            Preconditioner m = first(steps[j], 1, 1e4).build(a);
            int k = Spectra.conjugateGradients(a, m, b, 1e-8, false);
            assertThat((double) k).as("%d steps", steps[j]).isCloseTo(expected[j], withinPercentage(3));
            assertThat(k * steps[j]).isGreaterThan(plain);
        }
    }

    /** Even numbers of steps become indefinite exactly where an eigenvalue exceeds a + b; odd ones stay positive. */
    @Test
    void losesDefinitenessBeyondTheSumOfTheBounds() {
        for (int k = 1; k <= 6; k++) {
            for (double largest : new double[] {10.9, 11.1}) {
                CsrMatrix a = Spectra.diagonal(1, 2, 5, 10, largest);
                Preconditioner m = first(k, 1, 10).build(a);
                boolean lost = k % 2 == 0 && largest > 11;
                assertThat(Spectra.values(m)[4] > 0)
                        .as("%d steps, %s", k, largest)
                        .isEqualTo(!lost);
                assertThat(m.kind()).isEqualTo(lost ? Preconditioner.Kind.FIXED : Preconditioner.Kind.SPD);
                assertThat(m.note().contains("not positive")).isEqualTo(lost);
            }
        }
    }

    /** ρ_k of the fourth kind: sup λ ρ²/(1 − ρ²) = 3/(4k(k + 1)) with b = 1. */
    @Test
    void fourthKindHasItsConstants() {
        for (int k = 1; k <= 8; k++) {
            assertThat(supremum(Chebyshev.Kind.FOURTH, k)).isCloseTo(3.0 / (4 * k * (k + 1)), within(1e-7));
        }
        double[] optimised = {0.33333, 0.10557, 0.05210};
        for (int k = 1; k <= 3; k++) {
            assertThat(supremum(Chebyshev.Kind.OPTIMISED_FOURTH, k)).isCloseTo(optimised[k - 1], within(5.1e-6));
        }
    }

    /** A slip in the table would raise the supremum: it falls smoothly, as the theory's 1/(4/π² (2k + 1)²)-like law. */
    @Test
    void everyTabulatedSetOfWeightsIsBetterThanNone() {
        double last = Double.NaN;
        for (int k = 1; k <= 16; k++) {
            double s = supremum(Chebyshev.Kind.OPTIMISED_FOURTH, k);
            double law = s * (2 * k + 1) * (2 * k + 1);
            assertThat(s).as("%d steps", k).isLessThan(3.0 / (4 * k * (k + 1)));
            if (k > 1) {
                assertThat(law).isBetween(0.85 * last, last);
            }
            last = law;
        }
    }

    private static double supremum(Chebyshev.Kind kind, int steps) {
        double[] lambda = new double[20_000];
        for (int i = 0; i < lambda.length; i++) {
            double c = Math.sin((i + 1) * Math.PI / 2 / lambda.length);
            lambda[i] = c * c;
        }
        double[] p = Spectra.values(on(kind, steps, 0, 1).build(Spectra.diagonal(lambda)));
        double most = 0;
        for (int i = 0; i < lambda.length; i++) {
            double rho = 1 - lambda[i] * p[i];
            // (1 − ρ²) = λp (2 − λp), so that nothing cancels at small λ
            most = Math.max(most, rho * rho / (p[i] * (2 - lambda[i] * p[i])));
        }
        return most;
    }

    @Test
    void estimatesTheLargestEigenvalue() {
        double[] lambda = Spectra.laplacianEigenvalues(400);
        double exact = lambda[399];
        FirstLevel level = FirstLevel.of(new Identity(), null, Spectra.laplacian(400));
        double ten = RitzValues.of(level, 10).largest();
        assertThat(ten).isBetween(0.96 * exact, exact);
        assertThat(RitzValues.of(level, 40).largest()).isBetween(ten, exact * (1 + 1e-14));
    }

    @Test
    void ritzValuesOfAsManyStepsAsUnknownsAreTheEigenvalues() {
        double[] lambda = {0.5, 1, 3, 4, 7};
        FirstLevel level = FirstLevel.of(new Identity(), null, Spectra.diagonal(lambda));
        assertThat(RitzValues.of(level, 50).values()).containsExactly(lambda, within(1e-12));
        FirstLevel scaled = FirstLevel.of(new Jacobi(), null, Spectra.diagonal(lambda));
        assertThat(RitzValues.of(scaled, 50).values()).containsExactly(new double[] {1}, within(1e-14));
    }

    /** Conjugate gradients on a nonsymmetric matrix would give eight times the truth, which lies near 2. */
    @Test
    void estimatesByArnoldiWhereTheMatrixIsNotSymmetric() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(30, 1).a();
        Preconditioner m = new Chebyshev(Chebyshev.Kind.FOURTH, 3).build(a);
        double bound = Double.parseDouble(m.note().substring("upper bound ".length()));
        assertThat(bound).isBetween(1.8, 2.4);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
        CsrMatrix left = CsrMatrix.fromDense(new double[][] {{-1, 1}, {0, -2}});
        assertThatThrownBy(() -> new Chebyshev().withInner(new Identity()).build(left))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE))
                .hasMessageContaining("the rightmost Ritz value");
    }

    /** z = p(M⁻¹A) M⁻¹r is the solution's Chebyshev iterate, with any M. */
    @Test
    void actsThroughTheFirstLevel() {
        CsrMatrix a = Gallery.problem("lognormal2d").generate(8, 5).a();
        double[] r = Spectra.random(a.rows(), 0xc4eb);
        Preconditioner ic = new Ic0().build(a);
        double theta = 0.6;
        double delta = 0.5;
        double[] z = new double[r.length];
        double[] before = new double[r.length];
        double[] q = new double[r.length];
        double omega = 1;
        for (int k = 0; k < 3; k++) { // three-term form, Saad 2003, section 12.3
            omega = k == 0
                    ? 1
                    : k == 1
                            ? 1 / (1 - delta * delta / (2 * theta * theta))
                            : 1 / (1 - delta * delta * omega / (4 * theta * theta));
            a.apply(z, q);
            double[] left = r.clone();
            Spectra.axpy(-1, q, left);
            double[] w = Spectra.apply(ic, left);
            double[] next = before.clone();
            for (int i = 0; i < next.length; i++) {
                next[i] += omega * (z[i] + w[i] / theta - before[i]);
            }
            before = z;
            z = next;
        }
        Chebyshev factory =
                new Chebyshev(Chebyshev.Kind.FIRST, 3).withBounds(0.1, 1.1).withInner(new Ic0());
        Preconditioner m = factory.build(a);
        assertThat(Spectra.apply(m, r)).containsExactly(z, within(1e-13));
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(m.name()).isEqualTo("Chebyshev(3) of Ic0");
    }

    @Test
    void oneStepNeedsNoProducts() {
        Preconditioner m = first(1, 1, 3).build(Spectra.laplacian(4));
        assertThat(Spectra.values(m)).containsExactly(0.5, 0.5, 0.5, 0.5);
        assertThat(m.bytes()).isZero();
    }

    @Test
    void equalBoundsAreRichardsons() {
        double[] p = Spectra.values(new Chebyshev(Chebyshev.Kind.FIRST, 3, 0, 4, 30, 1, 10, new Identity())
                .build(Spectra.diagonal(2, 2, 2))); // the given a exceeds the estimated b, 2
        assertThat(p).containsExactly(new double[] {0.5, 0.5, 0.5}, within(1e-15));
    }

    @Test
    void refusesAnIndefiniteMatrix() {
        assertThatThrownBy(() -> new Chebyshev().withInner(new Identity()).build(Spectra.diagonal(1, -2, 3)))
                .isInstanceOfSatisfying(
                        BuildException.class,
                        e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE));
    }

    /** Singular with a constant null vector: the estimate does not mistake rounding for a negative curvature. */
    @Test
    void takesASemidefiniteMatrix() {
        CsrMatrix a = Gallery.problem("neumann2d").generate(3, 1).a();
        Preconditioner m = new Chebyshev(Chebyshev.Kind.FIRST, 3, 0, 0, 30, 1.1, 50, new Identity()).build(a);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
    }

    @Test
    void refusesOtherOptions() {
        Identity none = new Identity();
        refused("steps = 0", () -> new Chebyshev(Chebyshev.Kind.FIRST, 0));
        refused("steps = 17", () -> new Chebyshev(Chebyshev.Kind.OPTIMISED_FOURTH, 17));
        refused("upper = NaN", () -> new Chebyshev().withBounds(0, Double.NaN));
        refused("lower = -1.0", () -> new Chebyshev().withBounds(-1, 2));
        refused("lower = 3.0", () -> new Chebyshev().withBounds(3, 2));
        refused("ratio = 1.0", () -> new Chebyshev(Chebyshev.Kind.FIRST, 2, 0, 0, 1, 1.1, 10, none));
        refused("safety = 0.9", () -> new Chebyshev(Chebyshev.Kind.FIRST, 2, 0, 0, 30, 0.9, 10, none));
        refused("estimationSteps = 0", () -> new Chebyshev(Chebyshev.Kind.FIRST, 2, 0, 0, 30, 1.1, 0, none));
        assertThatThrownBy(() -> new Chebyshev(null, 2)).isInstanceOf(NullPointerException.class);
    }

    private static void refused(String start, ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(start);
    }
}
