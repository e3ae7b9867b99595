package dev.ritz.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Gmres;
import dev.ritz.preconditioners.Ilu0;
import org.junit.jupiter.api.Test;

class PairingTest {
    private static final CsrMatrix SYMMETRIC = CsrMatrix.fromDense(new double[][] {{2, 1}, {1, 2}});
    private static final CsrMatrix GENERAL = CsrMatrix.fromDense(new double[][] {{2, 1}, {0, 2}});

    @Test
    void aSymmetricMatrixWithAPositiveDiagonalMayBeDefinite() {
        assertThat(Pairing.maybeDefinite(SYMMETRIC)).isTrue();
        assertThat(Pairing.maybeDefinite(GENERAL)).isFalse();
        assertThat(Pairing.maybeDefinite(CsrMatrix.fromDense(new double[][] {{2, 1}, {1, 0}})))
                .isFalse();
    }

    @Test
    void conjugateGradientsOnlyWhereMatrixAndPreconditionerAreDefinite() {
        Preconditioner identity = Preconditioner.identity(2);
        assertThat(Pairing.method(identity, true, 5, StoppingCriteria.DEFAULT)).isInstanceOf(Cg.class);
        assertThat(Pairing.method(identity, false, 5, StoppingCriteria.DEFAULT)).isInstanceOf(Gmres.class);
        assertThat(Pairing.method(new Ilu0().build(SYMMETRIC), true, 5, StoppingCriteria.DEFAULT))
                .isInstanceOf(Gmres.class);
    }

    @Test
    void theResidualIsRelativeToTheRightHandSide() {
        double[] b = {3e-300, 4e-300};
        assertThat(Pairing.relativeResidual(SYMMETRIC, b, new double[2])).isEqualTo(1);
        assertThat(Pairing.relativeResidual(GENERAL, new double[] {3, 4}, new double[] {0.5, 2}))
                .isEqualTo(0);
        assertThat(Pairing.relativeResidual(GENERAL, new double[] {3, 4}, new double[] {1.5, 0}))
                .isEqualTo(0.8);
        assertThat(Pairing.relativeResidual(GENERAL, new double[] {3, 4}, new double[] {Double.NaN, 0}))
                .isNaN();
    }
}
