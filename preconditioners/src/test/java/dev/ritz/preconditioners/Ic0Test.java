package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class Ic0Test extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ic0();
    }

    /** The defining property: (L Lᵀ)_ij = a_ij wherever a_ij is stored. */
    @Test
    void agreesWithTheMatrixOnItsPattern() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(5, 1).a();
        Preconditioner m = new Ic0().build(a);
        double[][] product = Dense.inverse(Dense.of(m));
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                assertThat(product[i][a.colIdx()[k]]).isEqualTo(a.values()[k], within(1e-12));
            }
        }
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(m.note()).isEmpty();
    }

    /** Zeros stored in one triangle alone, before and after entries that have their mirror image. */
    @Test
    void passesOverEntriesWithoutAMirrorImage() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(6, 1).a();
        CsrRowBuilder rows = CsrMatrix.rowBuilder(a.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                rows.add(a.colIdx()[k], a.values()[k]);
            }
            if (i == 0) {
                rows.add(3, 0).add(9, 0); // no fill can come there
            } else if (i == 7) {
                rows.add(2, 0);
            }
            rows.endRow();
        }
        CsrMatrix padded = rows.build();
        assertThat(padded.nnz()).isEqualTo(a.nnz() + 3);
        double[] r = SampleMatrices.wave(a.rows());
        assertThat(SampleMatrices.applied(new Ic0().build(padded), r))
                .isEqualTo(SampleMatrices.applied(new Ic0().build(a), r));
    }

    /** Kershaw's matrix (1978): positive definite, and its incomplete factorisation has a negative pivot. */
    @Test
    void shiftsWhereAPivotIsNegative() {
        CsrMatrix kershaw =
                CsrMatrix.fromDense(new double[][] {{3, -2, 0, 2}, {-2, 3, -2, 0}, {0, -2, 3, -2}, {2, 0, -2, 3}});
        Preconditioner m = new Ic0().build(kershaw);
        assertThat(m.note()).startsWith("factored A + ");
        double[][] inverse = Dense.of(m);
        for (int i = 0; i < 4; i++) {
            assertThat(inverse[i][i]).isPositive();
        }
    }

    @Test
    void namesTheRowWithoutAPositiveDiagonal() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{2, 1}, {1, -2}});
        assertThatThrownBy(() -> new Ic0().build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE);
            assertThat(e.row()).isEqualTo(1);
        });
    }

    @Test
    void givesUpWhenNoShiftHelps() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 100}, {100, 1}});
        assertThatThrownBy(() -> new Ic0().build(a))
                .hasMessageContaining("row 1")
                .hasMessageContaining("Ilu0");
    }

    /** On a symmetric M-matrix both are the one splitting that agrees with A on its pattern. */
    @Test
    void isIlu0OnASymmetricMMatrix() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(6, 1).a();
        double[] r = new double[a.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.sin(i + 1);
        }
        double[] z = new double[r.length];
        double[] expected = new double[r.length];
        new Ic0().build(a).apply(r, z);
        new Ilu0().build(a).apply(r, expected);
        double size = 0;
        for (double v : expected) {
            size = Math.max(size, Math.abs(v));
        }
        assertThat(z).containsExactly(expected, within(1e-14 * size));
    }

    @Test
    void namesThePairThatIsNotSymmetric() {
        assertNotSymmetric(new double[][] {{2, 0, 0}, {0, 2, -1}, {0, -0.5, 2}}, "(2, 1) is -0.5", "(1, 2) is -1.0");
        assertNotSymmetric(new double[][] {{2, 0, 0}, {0, 2, -1}, {0, 0, 2}}, "(2, 1) is 0.0", "(1, 2) is -1.0");
        assertNotSymmetric(new double[][] {{2, 0, 0}, {0, 2, 0}, {-1, 0, 2}}, "(2, 0) is -1.0", "(0, 2) is 0.0");
    }

    private static void assertNotSymmetric(double[][] dense, String lower, String upper) {
        assertThatThrownBy(() -> new Ic0().build(CsrMatrix.fromDense(dense)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(lower)
                .hasMessageContaining(upper)
                .hasMessageContaining("Ilu0");
    }
}
