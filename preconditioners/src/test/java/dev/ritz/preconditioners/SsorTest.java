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

class SsorTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ssor(1.2);
    }

    /** M = (D + ωL) D⁻¹ (D + ωU) / (ω (2 − ω)), multiplied out. */
    @Test
    void isTheProductOfItsSweeps() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(4, 1).a();
        double[][] dense = a.toDense();
        int n = dense.length;
        for (double omega : new double[] {1, 1.3, 0.4}) {
            double[][] product = Dense.inverse(Dense.of(new Ssor(omega).build(a)));
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int k = 0; k <= Math.min(i, j); k++) {
                        double left = i == k ? dense[i][k] : omega * dense[i][k];
                        double right = j == k ? dense[k][j] : omega * dense[k][j];
                        sum += left * right / dense[k][k];
                    }
                    assertThat(product[i][j])
                            .as("omega %s, entry (%d, %d)", omega, i, j)
                            .isEqualTo(sum / (omega * (2 - omega)), within(1e-10 * dense[i][i]));
                }
            }
        }
    }

    @Test
    void isSpdOnlyWhereTheMatrixMayBe() {
        assertThat(kind(new double[][] {{2, 1}, {1, 2}})).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(kind(new double[][] {{2, 1}, {0, 2}})).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(kind(new double[][] {{2, 1}, {1, -2}})).isEqualTo(Preconditioner.Kind.FIXED);
    }

    private static Preconditioner.Kind kind(double[][] dense) {
        return new Ssor().build(CsrMatrix.fromDense(dense)).kind();
    }

    @Test
    void namesTheRowWithAZeroOnTheDiagonal() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{2, 1}, {1, 3}});
        CsrMatrix stored = a.withValues(new double[] {2, 1, 1, 0});
        CsrMatrix absent = CsrMatrix.fromDense(new double[][] {{2, 1}, {1, 0}});
        for (CsrMatrix broken : new CsrMatrix[] {stored, absent}) {
            assertThatThrownBy(() -> new Ssor().build(broken)).isInstanceOfSatisfying(BuildException.class, e -> {
                assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                assertThat(e.row()).isEqualTo(1);
            });
        }
    }

    @Test
    void namesTheRowThatOverflows() {
        CsrMatrix pivot = CsrMatrix.fromDense(new double[][] {{1, 0}, {0, 1e-310}});
        CsrMatrix entry = CsrMatrix.fromDense(new double[][] {{1e-200, 0}, {1e200, 1}});
        for (CsrMatrix broken : new CsrMatrix[] {pivot, entry}) {
            assertThatThrownBy(() -> new Ssor().build(broken)).isInstanceOfSatisfying(BuildException.class, e -> {
                assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
                assertThat(e.row()).isEqualTo(1);
            });
        }
    }

    @Test
    void refusesOtherRelaxations() {
        for (double omega : new double[] {0, 2, -1, Double.NaN}) {
            assertThatThrownBy(() -> new Ssor(omega))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("omega = " + omega + ", expected a number in (0, 2)");
        }
    }
}
