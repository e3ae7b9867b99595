package dev.ritz.preconditioners.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class SymmetricPolynomialTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new SymmetricPolynomial();
    }

    private static SymmetricPolynomial tau(int tau) {
        return new SymmetricPolynomial(tau, 4, 7, new Identity());
    }

    /** e_0 … e_k by the product Π (1 + λ t), which Newton's identities are not used for. */
    private static double[] elementary(double[] lambda, int k) {
        double[] e = new double[k + 1];
        e[0] = 1;
        for (double value : lambda) {
            for (int j = k; j > 0; j--) {
                e[j] += value * e[j - 1];
            }
        }
        return e;
    }

    private static double[] without(double[] lambda, int i) {
        double[] others = new double[lambda.length - 1];
        for (int j = 0, at = 0; j < lambda.length; j++) {
            if (j != i) {
                others[at++] = lambda[j];
            }
        }
        return others;
    }

    /** P_τ / e_{τ+1} at λ_i is e_τ(all others) / e_{τ+1}; traces of a diagonal matrix are exact by any probe. */
    @Test
    void hasTheEigenvaluesOfTheory() {
        double[] lambda = {9, 4, 3, 2.5, 1, 0.5, 0.25};
        CsrMatrix a = Spectra.diagonal(lambda);
        for (int tau = 0; tau <= 5; tau++) {
            Preconditioner m = tau(tau).build(a);
            double[] p = Spectra.values(m);
            double sum = 0;
            for (int i = 0; i < lambda.length; i++) {
                double expected = elementary(without(lambda, i), tau)[tau] / elementary(lambda, tau + 1)[tau + 1];
                assertThat(p[i]).as("tau %d", tau).isCloseTo(expected, within(1e-11 * expected));
                assertThat(p[i] * lambda[i]).isBetween(0.0, 1.0);
                sum += p[i] * lambda[i];
            }
            assertThat(sum).isCloseTo(tau + 1, within(1e-9));
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        }
    }

    /** P_τ = Σ over |S| = τ + 1 of det(A_SS) A_SS⁻¹, here for pairs: τ = 1. */
    @Test
    void isDeterminantWeightedBlockJacobi() {
        double[][] d = {{4, 1, 0, -1}, {1, 3, 1, 0}, {0, 1, 5, 2}, {-1, 0, 2, 6}};
        double[][] expected = new double[4][4];
        double e2 = 0;
        for (int i = 0; i < 4; i++) {
            for (int j = i + 1; j < 4; j++) { // det B · B⁻¹ is the adjugate
                expected[i][i] += d[j][j];
                expected[j][j] += d[i][i];
                expected[i][j] -= d[i][j];
                expected[j][i] -= d[j][i];
                e2 += d[i][i] * d[j][j] - d[i][j] * d[j][i];
            }
        }
        Preconditioner m = tau(1).build(CsrMatrix.fromDense(d));
        for (int j = 0; j < 4; j++) {
            double[] unit = new double[4];
            unit[j] = 1;
            double[] z = Spectra.apply(m, unit);
            for (int i = 0; i < 4; i++) {
                assertThat(z[i]).isCloseTo(expected[i][j] / e2, within(1e-15));
            }
        }
    }

    @Test
    void theLastIsTheInverse() {
        double[] lambda = {3, 2, 5};
        double[] p = Spectra.values(tau(5).build(Spectra.diagonal(lambda))); // τ = n − 1 = 2
        for (int i = 0; i < 3; i++) {
            assertThat(p[i]).isCloseTo(1 / lambda[i], within(1e-14));
        }
        assertThat(Spectra.values(tau(2).build(Spectra.diagonal(4)))).containsExactly(0.25);
    }

    /** κ(P_τ A) of published spectra. */
    @Test
    void hasTheConditionNumbersOfTheory() {
        double[] lambda = {100, 40, 5, 3, 2, 1, 0.5, 0.2};
        double[] expected = {500, 170.627, 45.682, 19.421, 9.391, 4.633, 2.227, 1};
        double[] e = elementary(lambda, 8);
        for (int tau = 0; tau <= 7; tau++) {
            double[] ratios = new double[tau + 1];
            for (int k = 0; k <= tau; k++) {
                ratios[k] = e[k + 1] / e[k];
            }
            FirstLevel level = FirstLevel.of(new Identity(), null, Spectra.diagonal(lambda));
            Preconditioner m = new TracePolynomial(level, Preconditioner.Kind.SPD, ratios, "P", "");
            assertThat(Spectra.condition(lambda, Spectra.values(m))).isCloseTo(expected[tau], within(5.1e-4));
            if (tau <= 5) {
                Preconditioner built = tau(tau).build(Spectra.diagonal(lambda));
                assertThat(Spectra.condition(lambda, Spectra.values(built))).isCloseTo(expected[tau], within(5.1e-4));
            }
        }
    }

    @Test
    void closesTheGapOfOneOutlier() {
        double[] outlier = {1e2, 1e4, 1e6, 1e12};
        double[] expected = {33.33, 49.26, 49.50, 49.5};
        for (int j = 0; j < outlier.length; j++) {
            double[] lambda = Spectra.join(new double[] {outlier[j]}, Spectra.equispaced(1, 10, 9));
            double[] p = Spectra.values(tau(1).build(Spectra.diagonal(lambda)));
            assertThat(Spectra.condition(lambda, p)).isCloseTo(expected[j], within(5.1e-3));
        }
    }

    @Test
    void doesNothingForALaplacian() {
        CsrMatrix a = Spectra.laplacian(100);
        double[] lambda = Spectra.laplacianEigenvalues(100);
        double[] expected = {4133.6, 4051.0, 3969.2, 3888.3, 3808.2, 3728.9};
        double[] e = elementary(lambda, 6);
        for (int tau = 0; tau <= 5; tau++) {
            double[] ratios = new double[tau + 1];
            for (int k = 0; k <= tau; k++) {
                ratios[k] = e[k + 1] / e[k];
            }
            FirstLevel diagonal = FirstLevel.of(new Identity(), null, Spectra.diagonal(lambda));
            Preconditioner m = new TracePolynomial(diagonal, Preconditioner.Kind.SPD, ratios, "P", "");
            assertThat(Spectra.condition(lambda, Spectra.values(m))).isCloseTo(expected[tau], within(0.051));
            if (tau <= 2) {
                double[] exact = Traces.of(FirstLevel.of(new Identity(), null, a), tau + 1, false, true, 1, 1)
                        .ratios();
                assertThat(exact).containsExactly(ratios, within(1e-11));
            }
        }
    }

    /** Conjugate gradients do not need it (42 to 39 steps); a gradient method does (κ falls 30-fold). */
    @Test
    void helpsAgainstTwoOutliersOnlyInCondition() {
        double[] lambda = Spectra.twoOutliers();
        CsrMatrix a = Spectra.diagonal(lambda);
        double[] kappa = {1e4, 3785, 902, 498, 341};
        int[] steps = {42, 41, 39, 39, 39};
        for (int tau = 0; tau <= 4; tau++) {
            Preconditioner m = tau(tau).build(a);
            assertThat(Spectra.condition(lambda, Spectra.values(m))).isCloseTo(kappa[tau], within(0.6));
            assertThat(Spectra.conjugateGradients(a, m, Spectra.ones(200), 1e-8, false))
                    .as("tau %d", tau)
                    .isBetween(steps[tau] - 2, steps[tau] + 2);
        }
    }

    /** tr B, tr B², tr B³ of D⁻¹A against dense powers. */
    @Test
    void threeTracesAreExact() {
        CsrMatrix a = Gallery.problem("lognormal2d").generate(5, 3).a();
        for (boolean jacobi : new boolean[] {true, false}) {
            double[][] b = a.toDense();
            for (int i = 0; jacobi && i < 25; i++) {
                double d = b[i][i];
                for (int j = 0; j < 25; j++) {
                    b[i][j] /= d;
                }
            }
            FirstLevel level = FirstLevel.of(jacobi ? new Jacobi() : new Identity(), null, a);
            Traces traces = Traces.of(level, 3, jacobi, true, 1, 1);
            double t1 = traces.scale();
            double[][] square = times(b, b);
            assertThat(t1).isCloseTo(trace(b), within(1e-12 * t1));
            assertThat(traces.p()[1] * t1 * t1).isCloseTo(trace(square), within(1e-12 * t1 * t1));
            assertThat(traces.p()[2] * t1 * t1 * t1).isCloseTo(trace(times(square, b)), within(1e-12 * t1 * t1 * t1));
            assertThat(traces.exact()).isTrue();
        }
    }

    private static double[][] times(double[][] x, double[][] y) {
        int n = x.length;
        double[][] z = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int k = 0; k < n; k++) {
                    z[i][j] += x[i][k] * y[k][j];
                }
            }
        }
        return z;
    }

    private static double trace(double[][] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i][i];
        }
        return sum;
    }

    /** Traces beyond the third by probes: near the truth where the spectrum is compact. */
    @Test
    void estimatesFurtherTraces() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(20, 1).a();
        FirstLevel level = FirstLevel.of(new Jacobi(), null, a);
        Traces exact = Traces.of(level, 3, true, true, 1, 1);
        Traces estimated = Traces.of(level, 3, true, false, 200, 3);
        assertThat(estimated.exactOrders()).isZero();
        assertThat(estimated.scale()).isCloseTo(exact.scale(), within(0.01 * exact.scale()));
        for (int i = 1; i < 3; i++) {
            assertThat(estimated.p()[i]).isCloseTo(exact.p()[i], within(0.02 * exact.p()[i]));
        }
        Preconditioner m = new SymmetricPolynomial(3, 20, 5, new Ic0()).build(a);
        assertThat(m.note()).contains("traces estimated by 20 probes");
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
    }

    /** An outlier that single probes miss: noisy traces contradict Newton's inequalities, and τ gives way. */
    @Test
    void reducesTauWhereTracesAreTooNoisy() {
        int n = 60;
        double[][] d = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                d[i][j] = 50 + (i == j ? 1 + i : 0); // eigenvalue 3000 with eigenvector near ones
            }
        }
        CsrMatrix a = CsrMatrix.fromDense(d);
        Preconditioner m = new SymmetricPolynomial(5, 1, 11, new Identity()).build(a);
        assertThat(m.note()).contains("tau reduced from 5 to ");
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        for (int trial = 0; trial < 5; trial++) {
            double[] r = Spectra.random(n, 0x7a0 + trial);
            assertThat(Spectra.dot(r, Spectra.apply(m, r))).isPositive();
        }
    }

    @Test
    void refusesANegativeTrace() {
        assertThatThrownBy(() -> tau(2).build(Spectra.diagonal(1, -4, 2)))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE))
                .hasMessageStartingWith("the trace is -1.0");
    }

    @Test
    void refusesOtherOptions() {
        for (int tau : new int[] {-1, 6}) {
            assertThatThrownBy(() -> tau(tau))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tau = " + tau + ", expected 0 to 5");
        }
        assertThatThrownBy(() -> new SymmetricPolynomial(1, 0, 1, new Identity()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("probes = 0, expected at least 1");
    }
}
