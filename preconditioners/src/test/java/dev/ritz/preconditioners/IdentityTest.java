package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class IdentityTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Identity();
    }

    @Override
    protected boolean storesSomething() {
        return false;
    }

    @Test
    void copies() {
        Preconditioner m = new Identity().build(CsrMatrix.fromDense(new double[][] {{2, 5}, {7, 0}}));
        double[] z = new double[2];
        m.apply(new double[] {6, -8}, z);
        assertThat(z).containsExactly(6, -8);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
    }
}
