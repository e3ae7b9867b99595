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
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class AdaptiveKrylovTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new AdaptiveKrylov();
    }

    private static AdaptiveKrylov tau(int tau) {
        return new AdaptiveKrylov(tau, new Identity());
    }

    /** Restarted conjugate gradients need 280, 81, 25, 14 outer steps where steepest descent never ends. */
    @Test
    void convergesWhereSteepestDescentDoesNot() {
        CsrMatrix a = Spectra.diagonal(Spectra.twoOutliers());
        double[] b = Spectra.ones(200);
        assertThat(Spectra.richardson(a, tau(0).build(a), b, 1e-8, 20_000)).isEqualTo(20_000);
        int[] expected = {280, 81, 25, 14};
        for (int tau = 1; tau <= 4; tau++) {
            assertThat(Spectra.richardson(a, tau(tau).build(a), b, 1e-8, 20_000))
                    .as("tau %d", tau)
                    .isBetween(expected[tau - 1] - 2, expected[tau - 1] + 2);
        }
    }

    /**
     * 43, 68, 29, 15, 10 outer steps. The second is decided by rounding: formulas for β and α that are equal in exact
     * arithmetic give 47, 73, 91 and 414 there, and the same numbers elsewhere.
     */
    @Test
    void worksWithinFlexibleConjugateGradients() {
        CsrMatrix a = Spectra.diagonal(Spectra.twoOutliers());
        int[] expected = {43, 68, 29, 15, 10};
        for (int tau = 0; tau <= 4; tau++) {
            int slack = tau == 1 ? 30 : 2;
            assertThat(Spectra.conjugateGradients(a, tau(tau).build(a), Spectra.ones(200), 1e-8, true))
                    .as("tau %d", tau)
                    .isBetween(expected[tau] - slack, expected[tau] + slack);
        }
    }

    /** The energy's minimiser over M⁻¹-Krylov spaces, from normal equations. */
    @Test
    void minimisesTheEnergy() {
        CsrMatrix a = Gallery.problem("lognormal2d").generate(6, 2).a();
        double[] r = Spectra.random(36, 0xada0);
        for (PreconditionerFactory inner : new PreconditionerFactory[] {new Identity(), new Jacobi(), new Ic0()}) {
            Preconditioner m = inner.build(a);
            for (int tau = 0; tau <= 3; tau++) {
                int k = tau + 1;
                double[][] basis = new double[k][];
                double[][] images = new double[k][36];
                double[] next = r;
                for (int j = 0; j < k; j++) {
                    basis[j] = Spectra.apply(m, next);
                    a.apply(basis[j], images[j]);
                    next = images[j];
                }
                DMatrixRMaj gram = new DMatrixRMaj(k, k);
                DMatrixRMaj right = new DMatrixRMaj(k, 1);
                for (int i = 0; i < k; i++) {
                    right.set(i, 0, Spectra.dot(basis[i], r));
                    for (int j = 0; j < k; j++) {
                        gram.set(i, j, Spectra.dot(basis[i], images[j]));
                    }
                }
                DMatrixRMaj y = new DMatrixRMaj(k, 1);
                CommonOps_DDRM.solve(gram, right, y);
                double[] expected = new double[36];
                for (int j = 0; j < k; j++) {
                    Spectra.axpy(y.get(j), basis[j], expected);
                }
                double[] z = Spectra.apply(new AdaptiveKrylov(tau, inner).build(a), r);
                assertThat(z).containsExactly(expected, within(1e-9 * Spectra.norm(expected)));
            }
        }
    }

    @Test
    void isVariable() {
        CsrMatrix a = Spectra.diagonal(1, 2, 9);
        Preconditioner m = tau(1).build(a);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.VARIABLE);
        double[] u = {1, 0, 3};
        double[] v = {0, 2, -1};
        double[] mu = Spectra.apply(m, u);
        Spectra.axpy(1, Spectra.apply(m, v), mu);
        double[] sum = Spectra.apply(m, new double[] {1, 2, 2});
        Spectra.axpy(-1, mu, sum);
        assertThat(Spectra.norm(sum)).isGreaterThan(1e-3); // nonlinear indeed
    }

    @Test
    void solvesWhatItsSpaceHolds() {
        CsrMatrix a = Spectra.diagonal(1, 2, 5, 5, 2);
        double[] z = Spectra.apply(tau(7).build(a), new double[] {1, 1, 1, 1, 1});
        assertThat(z).containsExactly(new double[] {1, 0.5, 0.2, 0.2, 0.5}, within(1e-14));
        assertThat(Spectra.apply(tau(3).build(a), new double[5])).containsOnly(0);
    }

    /** pᵀAp ≤ 0 at the first step leaves M⁻¹r, later what was reached. */
    @Test
    void stopsAtNegativeCurvature() {
        CsrMatrix a = Spectra.diagonal(-1, -2);
        assertThat(Spectra.apply(tau(3).build(a), new double[] {3, 4})).containsExactly(3, 4);
        CsrMatrix later = Spectra.diagonal(4, -1);
        double[] z = Spectra.apply(tau(3).build(later), new double[] {1, 1}); // α = 2/3, then p ∝ (−2/3, 7/3) …
        double[] one = Spectra.apply(tau(0).build(later), new double[] {1, 1});
        assertThat(one).containsExactly(new double[] {2.0 / 3, 2.0 / 3}, within(1e-15));
        assertThat(z).containsExactly(one);
    }

    @Test
    void reportsValuesThatAreNotFinite() {
        assertThatThrownBy(() -> tau(1).build(Spectra.diagonal(1, Double.NaN)))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
                    assertThat(e.row()).isEqualTo(1);
                });
    }

    @Test
    void refusesOtherOptions() {
        assertThatThrownBy(() -> tau(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tau = -1, expected at least 0");
        assertThatThrownBy(() -> new AdaptiveKrylov(1, null)).isInstanceOf(NullPointerException.class);
    }
}
