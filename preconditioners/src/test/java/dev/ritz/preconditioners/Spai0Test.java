package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Spai0Test extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Spai0();
    }

    @Test
    void everyEntryIsTheMinimum() {
        CsrMatrix a = SampleMatrices.random(40, 3, 0x5a01);
        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        double[] m = SampleMatrices.applied(new Spai0().build(a), ones);
        double[][] dense = a.toDense();
        for (int i = 0; i < 40; i++) {
            double square = 0;
            for (double v : dense[i]) {
                square += v * v;
            }
            assertThat(m[i]).isEqualTo(dense[i][i] / square, within(1e-15));
        }
        assertThat(new Spai0().build(a).kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(new Spai0().build(a.plus(-1, 0, a)).kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void isJacobiOnADiagonal() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{4, 0}, {0, -0.5}});
        assertThat(SampleMatrices.applied(new Spai0().build(a), new double[] {1, 1}))
                .containsExactly(0.25, -2);
        assertThat(new Spai0().build(a).name()).isEqualTo("Spai0");
        assertThat(new Jacobi().build(a).name()).isEqualTo("Jacobi");
    }

    @Test
    void namesTheRowItCannotInvert() {
        refuses(BuildException.Reason.ZERO_PIVOT, 1, new double[][] {{1, 0}, {1, 0}});
        refuses(BuildException.Reason.ZERO_PIVOT, 0, new double[][] {{1e-300, 1e300}, {0, 1}});
        refuses(BuildException.Reason.NOT_FINITE, 1, new double[][] {{1, 0}, {0, 1e-310}});
        refuses(BuildException.Reason.NOT_FINITE, 0, new double[][] {{Double.NaN, 0}, {0, 1}});
    }

    private static void refuses(BuildException.Reason reason, int row, double[][] dense) {
        CsrMatrix a = CsrMatrix.fromDense(dense);
        assertThatThrownBy(() -> new Spai0().build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.row()).isEqualTo(row);
        });
    }
}
