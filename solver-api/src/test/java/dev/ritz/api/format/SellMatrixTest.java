package dev.ritz.api.format;

import static dev.ritz.api.format.FormatAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SellMatrixTest {

    @Property(tries = 200)
    void anyPattern(@ForAll @IntRange(max = 40) int m, @ForAll @IntRange(max = 40) int n, @ForAll long seed) {
        CsrMatrix a = Patterns.scattered(m, n, 9, seed);
        assertSame(a, SellMatrix.of(a));
    }

    @Test
    void manyWindows() {
        CsrMatrix random = Patterns.scattered(5_003, 4_000, 12, 0x5eed41);
        assertSame(random, SellMatrix.of(random));
        CsrMatrix grid = Patterns.shuffled(Patterns.grid(17, 17, false, true), 0x5eed42);
        assertSame(grid, SellMatrix.of(grid));
        CsrMatrix equal = Patterns.band(4_096, 5_000, 0, 4, 0x5eed43);
        assertSame(equal, SellMatrix.of(equal));
    }

    @Test
    void oneLongRowAmongEmptyOnes() {
        CsrMatrix a = Patterns.with(
                CsrMatrix.of(2_000, 30, new int[2_001], new int[0], new double[0]),
                new double[] {1_500, 3, 1},
                new double[] {1_500, 17, -2},
                new double[] {1_500, 29, 0.5});
        assertSame(a, SellMatrix.of(a));
    }

    @Test
    void nothingIsFilledIn() {
        CsrMatrix a = Patterns.scattered(5_000, 5_000, 9, 0x5eed44);
        assertThat((double) SellMatrix.of(a).bytes() - 12.0 * a.nnz()).isBetween(6.0 * a.rows(), 7.0 * a.rows());
        double[] x = new double[a.cols()];
        Arrays.fill(x, Double.POSITIVE_INFINITY);
        double[] y = new double[a.rows()];
        double[] expected = new double[a.rows()];
        a.apply(x, expected);
        SellMatrix.of(a).apply(x, y);
        assertThat(Arrays.equals(y, expected)).isTrue(); // NaN only from ∞ − ∞
    }

    @Test
    void newValuesKeepTheLayout() {
        CsrMatrix a = Patterns.scattered(3_000, 3_000, 9, 0x5eed45);
        CsrMatrix b = a.withValues(Arrays.stream(a.values()).map(v -> 3 * v).toArray());
        assertSame(b, SellMatrix.of(a).withValues(b));
        assertThatThrownBy(() -> SellMatrix.of(a).withValues(Patterns.band(3, 3, 1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 by 3");
    }
}
