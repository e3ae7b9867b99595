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

class NeumannTest extends PreconditionerContract {
    private static final double[] LAMBDA = {0.25, 0.5, 1, 3, 4};

    @Override
    protected PreconditionerFactory factory() {
        return new Neumann();
    }

    @Test
    void leavesAPowerOfTheResidual() {
        CsrMatrix a = Spectra.diagonal(LAMBDA);
        for (int k = 0; k < 6; k++) {
            Preconditioner m = new Neumann(k, 0.4, new Identity()).build(a);
            double[] p = Spectra.values(m);
            for (int i = 0; i < LAMBDA.length; i++) {
                assertThat(1 - LAMBDA[i] * p[i]).isCloseTo(Math.pow(1 - 0.4 * LAMBDA[i], k + 1), within(1e-14));
            }
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        }
    }

    /** ω above 2/λ_max: an odd degree loses definiteness, an even one does not. */
    @Test
    void evenDegreesStayDefiniteBeyondTheBound() {
        CsrMatrix a = Spectra.diagonal(LAMBDA);
        for (int k = 0; k < 6; k++) {
            Preconditioner m = new Neumann(k, 0.6, new Identity()).build(a);
            boolean even = k % 2 == 0;
            assertThat(Spectra.values(m)[4] > 0).as("degree %d", k).isEqualTo(even);
            assertThat(m.kind()).isEqualTo(even ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED);
            assertThat(m.note().contains("not positive")).isEqualTo(!even);
        }
    }

    @Test
    void degreeZeroIsTheFirstLevelScaled() {
        CsrMatrix a = Gallery.problem("lognormal2d").generate(6, 3).a();
        double[] r = Spectra.random(a.rows(), 0x11e0);
        double[] expected = Spectra.apply(new Ic0().build(a), r);
        double[] z = Spectra.apply(new Neumann(0, 0.5, new Ic0()).build(a), r);
        for (int i = 0; i < z.length; i++) {
            assertThat(z[i]).isEqualTo(0.5 * expected[i]);
        }
    }

    /** Steps of z ← z + ω M⁻¹(r − A z). */
    @Test
    void isRichardsonsIteration() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(6, 1).a();
        double[] r = Spectra.random(a.rows(), 0x11e1);
        Preconditioner jacobi = new Jacobi().build(a);
        double[] z = new double[r.length];
        double[] q = new double[r.length];
        for (int step = 0; step < 4; step++) {
            a.apply(z, q);
            double[] left = r.clone();
            Spectra.axpy(-1, q, left);
            Spectra.axpy(0.7, Spectra.apply(jacobi, left), z);
        }
        Preconditioner m = new Neumann(3, 0.7, new Jacobi()).build(a);
        assertThat(Spectra.apply(m, r)).containsExactly(z, within(1e-14));
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void estimatesOmega() {
        CsrMatrix a = Spectra.laplacian(400);
        Preconditioner m = new Neumann(1, 0, new Identity()).build(a);
        double omega = Double.parseDouble(m.note().substring("omega ".length()));
        assertThat(1 / omega).isBetween(4.0, 4.4); // 1.1 times 0.97 to 1 of λ_max = 4
    }

    @Test
    void refusesAnIndefiniteMatrixWhenItEstimates() {
        assertThatThrownBy(() -> new Neumann(2, 0, new Identity()).build(Spectra.diagonal(1, -2, 3)))
                .isInstanceOfSatisfying(
                        BuildException.class,
                        e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE));
        assertThatThrownBy(() -> new Neumann().build(Spectra.diagonal(1, 0, 3)))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                    assertThat(e.row()).isEqualTo(1);
                });
    }

    @Test
    void refusesOtherOptions() {
        Identity none = new Identity();
        assertThatThrownBy(() -> new Neumann(-1, 0, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("degree = -1, expected at least 0");
        for (double omega : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Neumann(2, omega, none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("omega = " + omega);
        }
        assertThatThrownBy(() -> new Neumann(2, 0, null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void namesItself() {
        CsrMatrix a = Spectra.laplacian(5);
        assertThat(new Neumann(3, 0, new Jacobi()).build(a).name()).isEqualTo("Neumann(3) of Jacobi");
        assertThat(new Neumann(3, 0, new Identity()).build(a).name()).isEqualTo("Neumann(3)");
        assertThat(new Neumann().name()).isEqualTo("Neumann(2) of Jacobi");
    }
}
