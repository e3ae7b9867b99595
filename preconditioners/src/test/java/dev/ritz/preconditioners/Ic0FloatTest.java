package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

/** The same factors, rounded to 24 bits. */
class Ic0FloatTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ic0(Precision.FLOAT);
    }

    @Override
    protected double tolerance() {
        return 1e-5;
    }

    @Test
    void isTheDoubleFactorToRoundingInHalfTheMemory() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(20, 1).a();
        Preconditioner narrow = new Ic0(Precision.FLOAT).build(a);
        Preconditioner wide = new Ic0().build(a);
        double[] r = new double[a.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.cos(3 * i);
        }
        double[] z = new double[r.length];
        double[] expected = new double[r.length];
        narrow.apply(r, z);
        wide.apply(r, expected);
        assertThat(z).containsExactly(expected, within(1e-5)).isNotEqualTo(expected);
        long far = 2 * 20 * 19; // half of the entries off the diagonal; the others are beside it
        assertThat(wide.bytes() - narrow.bytes()).isEqualTo(4 * (far + 2L * a.rows()));
        assertThat(wide.bytes()).isEqualTo(12 * far + 36L * a.rows() + 2 * 12 + 8);
    }

    @Test
    void needsAPrecision() {
        assertThatThrownBy(() -> new Ic0(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("precision");
    }
}
