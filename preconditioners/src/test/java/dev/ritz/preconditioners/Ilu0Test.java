package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class Ilu0Test extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ilu0();
    }

    @Test
    void isExactWhereNoEntryFillsIn() {
        CsrMatrix a =
                CsrMatrix.fromDense(new double[][] {{4, -1, 0, 0}, {-2, 4, -1, 0}, {0, -2, 4, -1}, {0, 0, -2, 4}});
        Preconditioner m = new Ilu0().build(a);
        double[] x = {1, -2, 3, 5};
        double[] r = new double[4];
        double[] z = new double[4];
        a.apply(x, r);
        m.apply(r, z);
        assertThat(z).containsExactly(x, within(1e-14));
    }

    /** The defining property: (L U)_ij = a_ij wherever a_ij is stored. M comes from M⁻¹, column by column. */
    @Test
    void agreesWithTheMatrixOnItsPattern() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(5, 1).a();
        double[][] product = Dense.inverse(Dense.of(new Ilu0().build(a)));
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                assertThat(product[i][a.colIdx()[k]]).isEqualTo(a.values()[k], within(1e-12));
            }
        }
    }

    @Test
    void namesTheRowOfAZeroPivot() {
        assertZeroPivot(1, new double[][] {{1, 2}, {2, 4}});
        assertZeroPivot(0, new double[][] {{0, 2}, {2, 4}});
    }

    private static void assertZeroPivot(int row, double[][] dense) {
        assertThatThrownBy(() -> new Ilu0().build(CsrMatrix.fromDense(dense)))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                    assertThat(e.row()).isEqualTo(row);
                });
    }
}
