package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RelaxedIc0Test extends PreconditionerContract {
    private final CsrMatrix grid = Gallery.problem("poisson2d").generate(12, 1).a();

    @Override
    protected PreconditionerFactory factory() {
        return new RelaxedIc0();
    }

    /** M·1 = A·1 at omega 1, so M⁻¹ takes A·1 back to 1; with less than all the fill it does not. */
    @Test
    void keepsRowSums() {
        double[] ones = new double[grid.rows()];
        Arrays.fill(ones, 1);
        double[] sums = new double[ones.length];
        grid.apply(ones, sums);
        assertThat(applied(new RelaxedIc0(1).build(grid), sums)).containsExactly(ones, within(1e-11));
        double[] partly = applied(new RelaxedIc0(0.5).build(grid), sums);
        double error = 0;
        for (double v : partly) {
            error = Math.max(error, Math.abs(v - 1));
        }
        assertThat(error).isGreaterThan(1e-2);
    }

    @Test
    void isThePlainFactorisationWithoutRelaxation() {
        double[] r = new double[grid.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.cos(3 * i);
        }
        assertThat(applied(new RelaxedIc0(0).build(grid), r)).containsExactly(applied(new Ic0().build(grid), r));
    }

    @Test
    void refusesOtherShares() {
        for (double omega : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new RelaxedIc0(omega))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("omega = " + omega + ", expected a number in [0, 1]");
        }
        assertThatThrownBy(() -> new RelaxedIc0(0.5, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("precision");
    }

    private static double[] applied(Preconditioner m, double[] r) {
        double[] z = new double[r.length];
        m.apply(r, z);
        return z;
    }
}
