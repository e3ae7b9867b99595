package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class JacobiTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Jacobi();
    }

    @Test
    void dividesByTheDiagonal() {
        Preconditioner m = new Jacobi().build(CsrMatrix.fromDense(new double[][] {{2, 5}, {7, -4}}));
        double[] z = new double[2];
        m.apply(new double[] {6, 8}, z);
        assertThat(z).containsExactly(3, -2);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void namesTheRowWithoutADiagonalEntry() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{2, 5}, {7, 0}});
        assertThatThrownBy(() -> new Jacobi().build(a))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT))
                .hasMessageContaining("entry 1");
    }
}
