package dev.ritz.api.format;

import static dev.ritz.api.format.FormatAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockMatrixTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void fullBlocksAndBlocksWithHoles(int size) {
        CsrMatrix full = Patterns.blocks(1_111, size, false, 0x5eed51);
        BlockMatrix m = BlockMatrix.of(full, size);
        assertSame(full, m);
        assertThat(m.size()).isEqualTo(size);
        assertThat((double) m.bytes()).isCloseTo(8.0 * full.nnz(), within(0.18 * 8 * full.nnz()));
        assertThat(BlockMatrix.fill(full.pattern(), size)).isEqualTo(1.0);
        CsrMatrix holes = Patterns.blocks(1_111, size, true, 0x5eed52);
        assertSame(holes, BlockMatrix.of(holes, size));
        long blocks = 3L * 1_111 - 2;
        assertThat(BlockMatrix.fill(holes.pattern(), size))
                .isCloseTo((double) blocks * size * size / holes.nnz(), within(0.01));
    }

    @Property(tries = 150)
    void anyPattern(
            @ForAll @IntRange(max = 12) int m,
            @ForAll @IntRange(max = 12) int n,
            @ForAll @IntRange(min = 2, max = 4) int size,
            @ForAll long seed) {
        CsrMatrix a = Patterns.scattered(size * m, size * n, 9, seed);
        assertSame(a, BlockMatrix.of(a, size));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CsrMatrix a = Patterns.band(6, 7, 1, 1, 0x5eed53);
        assertThatThrownBy(() -> BlockMatrix.of(a, 2))
                .hasMessageContaining("6 by 7")
                .hasMessageContaining("size = 2");
        CsrMatrix b = Patterns.band(6, 8, 1, 1, 0x5eed53);
        assertThatThrownBy(() -> BlockMatrix.of(b, 4)).hasMessageContaining("6 by 8");
        assertThatThrownBy(() -> BlockMatrix.of(b, 1)).hasMessageContaining("size = 1");
        assertThatThrownBy(() -> BlockMatrix.of(b, 5)).hasMessageContaining("size = 5");
    }

    @Test
    void newValuesKeepTheLayout() {
        CsrMatrix a = Patterns.blocks(500, 3, true, 0x5eed54);
        CsrMatrix b = a.withValues(Arrays.stream(a.values()).map(v -> 3 * v).toArray());
        assertSame(b, BlockMatrix.of(a, 3).withValues(b));
        assertThatThrownBy(() -> BlockMatrix.of(a, 3).withValues(Patterns.band(3, 3, 1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 by 3");
    }
}
