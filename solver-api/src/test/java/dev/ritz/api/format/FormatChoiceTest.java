package dev.ritz.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FormatChoiceTest {

    @Test
    void smallMatricesStay() {
        CsrMatrix a = Patterns.grid(12, 12, false, true);
        FormatChoice choice = FormatChoice.choose(a);
        assertThat(choice.operator()).isSameAs(a);
        assertThat(choice.reason()).isEqualTo("compressed rows: " + a.nnz() + " entries stay in the cache");
    }

    @Test
    void symmetricGridsTakeHalfTheDiagonals() {
        CsrMatrix a = Patterns.grid(24, 24, false, true);
        FormatChoice choice = FormatChoice.choose(a);
        assertThat(((DiagonalMatrix) choice.operator()).isSymmetricForm()).isTrue();
        assertThat(choice.reason())
                .matches("7 diagonals, symmetric half, fill 1\\.\\d\\d: 2\\.\\d times fewer bytes "
                        + "than compressed rows");
        FormatAssert.assertSame(a, (DiagonalMatrix) choice.operator());
    }

    @Test
    void otherGridsTakeAllDiagonals() {
        CsrMatrix a = Patterns.grid(40, 40, false, false);
        FormatChoice choice = FormatChoice.choose(a);
        assertThat(((DiagonalMatrix) choice.operator()).isSymmetricForm()).isFalse();
        assertThat(choice.reason()).startsWith("7 diagonals, fill 1.");
        FormatAssert.assertSame(a, (DiagonalMatrix) choice.operator());
    }

    @Test
    void whatIsNoChoiceIsRefused() {
        assertThatThrownBy(() -> FormatChoice.choose(null)).hasMessage("a");
        assertThatThrownBy(() -> new FormatChoice(null, "")).hasMessage("operator");
        CsrMatrix a = CsrMatrix.identity(3);
        assertThatThrownBy(() -> new FormatChoice(a, null)).hasMessage("reason");
        FormatChoice foreign = new FormatChoice(new Foreign(), "mine");
        assertThatThrownBy(() -> foreign.withValues(a)).isInstanceOf(IllegalStateException.class);
    }

    private static final class Foreign implements LinearOperator {
        @Override
        public int rows() {
            return 3;
        }

        @Override
        public int cols() {
            return 3;
        }

        @Override
        public void apply(double[] x, double[] y) {
            System.arraycopy(x, 0, y, 0, 3);
        }
    }

    @Test
    void manyDiagonalsStayInRows() {
        CsrMatrix nodes = Patterns.grid(40, 40, false, true); // seven offsets a node, with two unknowns 21 diagonals
        CsrMatrix a = Patterns.blown(nodes, 2);
        assertThat(FormatChoice.choose(a).operator()).isSameAs(a);
    }

    @Test
    void manyFilledInZerosPayOnlyInTheSymmetricHalf() {
        CsrMatrix a = Patterns.thinned(Patterns.grid(40, 40, false, true), 0.88);
        FormatChoice half = FormatChoice.choose(a);
        assertThat(((DiagonalMatrix) half.operator()).isSymmetricForm()).isTrue();
        FormatAssert.assertSame(a, (DiagonalMatrix) half.operator());
        double[] values = a.values().clone();
        values[a.rowPtr()[30_000]] = 0.125;
        CsrMatrix b = a.withValues(values);
        assertThat(FormatChoice.choose(b).operator()).isSameAs(b);
        CsrMatrix thin = Patterns.thinned(Patterns.grid(24, 24, false, true), 0.6);
        assertThat(FormatChoice.choose(thin).operator()).isSameAs(thin);
    }

    @Test
    void scatteredRowsTakeSlicesAndOthersStay() {
        CsrMatrix far = Patterns.scattered(230_000, 230_000, 6, 0x5eed77);
        FormatChoice slices = FormatChoice.choose(far);
        assertThat(slices.reason()).isEqualTo("slices of eight rows: 3.0 scattered entries per row");
        FormatAssert.assertSame(far, (SellMatrix) slices.operator());
        CsrMatrix near = Patterns.shuffled(Patterns.grid(24, 24, false, true), 0x5eed78);
        FormatChoice rows = FormatChoice.choose(near);
        assertThat(rows.operator()).isSameAs(near);
        assertThat(rows.reason()).isEqualTo("compressed rows: 6.8 entries per row on average");
    }

    @Test
    void newValuesKeepTheFormat() {
        CsrMatrix grid = Patterns.grid(24, 24, false, true);
        for (CsrMatrix a : new CsrMatrix[] {
            grid,
            Patterns.grid(40, 40, false, false),
            Patterns.grid(9, 9, false, true),
            Patterns.blown(Patterns.shuffled(Patterns.band(6_000, 6_000, 2, 2, 0x5eed73), 0x5eed74), 2),
            Patterns.shuffled(grid, 0x5eed75)
        }) {
            CsrMatrix b = a.withValues(Arrays.stream(a.values()).map(v -> 3 * v).toArray());
            FormatChoice first = FormatChoice.choose(a);
            FormatChoice second = first.withValues(b);
            assertThat(second.reason()).isEqualTo(first.reason());
            assertThat(second.operator()).hasSameClassAs(first.operator());
            double[] x = FormatAssert.vector(a.cols(), 0x5eed76);
            double[] y = FormatAssert.poisoned(a.rows());
            double[] expected = FormatAssert.poisoned(a.rows());
            second.operator().apply(x, y);
            b.apply(x, expected);
            assertThat(Arrays.mismatch(y, expected)).isEqualTo(-1);
            assertThatThrownBy(() -> first.withValues(Patterns.band(3, 3, 1, 1, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3 by 3");
        }
    }

    @Test
    void whoLosesItsSymmetryIsChosenAnew() {
        CsrMatrix a = Patterns.grid(40, 40, false, true);
        double[] values = a.values().clone();
        values[values.length / 2] = 0.125;
        FormatChoice choice = FormatChoice.choose(a).withValues(a.withValues(values));
        assertThat(((DiagonalMatrix) choice.operator()).isSymmetricForm()).isFalse();
        FormatAssert.assertSame(a.withValues(values), (DiagonalMatrix) choice.operator());
        values[values.length / 2] = Double.NaN;
        assertThat(((DiagonalMatrix) FormatChoice.choose(a.withValues(values)).operator()).isSymmetricForm())
                .isFalse();
    }
}
