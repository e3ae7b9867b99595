package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class IckTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ick(2);
    }

    @Test
    void levelZeroIsIc0ToTheLastBit() {
        CsrMatrix a = Gallery.problem("fem2d").generate(15, 7).a();
        double[] r = SampleMatrices.wave(a.rows());
        assertThat(SampleMatrices.applied(new Ick(0).build(a), r))
                .containsExactly(SampleMatrices.applied(new Ic0().build(a), r));
        assertThat(SampleMatrices.applied(new Ick(0, 0.9, Precision.FLOAT).build(a), r))
                .containsExactly(SampleMatrices.applied(new RelaxedIc0(0.9, Precision.FLOAT).build(a), r));
    }

    @Test
    void allFillIsTheFactorisationItself() {
        for (CsrMatrix a : new CsrMatrix[] {
            SampleMatrices.randomSpd(90, 2, 0x71c0),
            Gallery.problem("elasticity2d").generate(6, 1).a()
        }) {
            Preconditioner m = new Ick(a.rows()).build(a);
            assertThat(SampleMatrices.error(a, m)).isLessThan(1e-9);
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
            assertThat(m.note()).isEmpty();
        }
    }

    @Test
    void iterationsFallWithTheLevel() {
        for (String name : new String[] {"poisson2d", "lognormal2d", "fem2d"}) {
            LinearSystem system = Gallery.problem(name).generate(48, 3);
            int before = Integer.MAX_VALUE;
            for (int level = 0; level < 6; level++) {
                int iterations = ReferenceCg.iterations(system, new Ick(level).build(system.a()));
                assertThat(iterations).as("%s, level %d", name, level).isLessThan(before);
                before = iterations;
            }
        }
    }

    /** Kershaw's matrix (1978) has a negative pivot without fill and none with all of it. */
    @Test
    void shiftsWhereAPivotIsNegativeAndNotWhereFillHelps() {
        CsrMatrix kershaw =
                CsrMatrix.fromDense(new double[][] {{3, -2, 0, 2}, {-2, 3, -2, 0}, {0, -2, 3, -2}, {2, 0, -2, 3}});
        assertThat(new Ick(0).build(kershaw).note()).startsWith("factored A + ");
        Preconditioner full = new Ick(1).build(kershaw);
        assertThat(full.note()).isEmpty();
        assertThat(SampleMatrices.error(kershaw, full)).isLessThan(1e-13);
        CsrMatrix indefinite = CsrMatrix.fromDense(new double[][] {{1, 2}, {2, 1}});
        assertThat(new Ick(1).build(indefinite).note()).startsWith("factored A + ");
        CsrMatrix hopeless = CsrMatrix.fromDense(new double[][] {{1, 100}, {100, 1}});
        assertThatThrownBy(() -> new Ick(1).build(hopeless)).hasMessageContaining("row 1");
    }

    @Test
    void refusesAMatrixThatIsNotSymmetric() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(5, 1).a();
        assertThatThrownBy(() -> new Ick(1).build(a))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not symmetric");
    }

    @Test
    void refusesOtherOptions() {
        assertThatThrownBy(() -> new Ick(-1)).hasMessage("level = -1, expected at least 0");
        for (double omega : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new Ick(1, omega, Precision.DOUBLE))
                    .hasMessage("omega = " + omega + ", expected a number in [0, 1]");
        }
        assertThatThrownBy(() -> new Ick(1, 0, null)).hasMessage("precision");
        assertThat(new Ick()).isEqualTo(new Ick(1, 0, Precision.DOUBLE));
    }
}
