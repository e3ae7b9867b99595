package dev.ritz.basis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ritz.api.CsrMatrix;
import org.junit.jupiter.api.Test;

class ParametrizedMatrixTest {

    private final ParametrizedMatrix matrix = mu -> CsrMatrix.fromDense(new double[][] {{2 + mu[0], -1}, {0, mu[1]}});

    @Test
    void entriesAreThoseOfTheAssembledMatrix() {
        double[] entries = matrix.entries(new double[] {3, 7}, new int[] {0, 1, 1, 0}, new int[] {0, 0, 1, 1});
        assertThat(entries).containsExactly(5, 0, 7, -1);
    }

    @Test
    void entriesOfAVectorAreThoseOfTheAssembledOne() {
        ParametrizedVector vector = mu -> new double[] {mu[0], 2 * mu[0], 5};
        assertThat(vector.entries(new double[] {4}, new int[] {2, 1})).containsExactly(5, 8);
    }

    @Test
    void rowsAndColumnsComeInPairs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix.entries(new double[] {1, 1}, new int[] {0, 1}, new int[] {0}))
                .withMessageContaining("2 and 1");
    }
}
