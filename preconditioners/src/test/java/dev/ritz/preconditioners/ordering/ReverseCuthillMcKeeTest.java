package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReverseCuthillMcKeeTest {

    @Test
    void aShuffledGridGetsItsNarrowBandBack() {
        int width = 20;
        CsrMatrix grid = Samples.poisson(width, 45);
        CsrMatrix a = grid.permute(Samples.shuffled(grid.rows(), new Random(0x9c3)));
        assertThat(PatternDiagnosis.of(a).bandwidth()).isGreaterThan(400);
        int[] p = ReverseCuthillMcKee.order(a.pattern());
        PatternDiagnosis after = PatternDiagnosis.of(a.permute(p)); // permute checks that p is a permutation
        assertThat(after.bandwidth()).isBetween(width, 2 * width);
        assertThat(after.profile())
                .isLessThanOrEqualTo(PatternDiagnosis.of(grid).profile());
    }

    @Test
    void aShuffledPathBecomesTridiagonal() {
        CsrMatrix a = Samples.poisson(1, 301).permute(Samples.shuffled(301, new Random(0x77)));
        assertThat(PatternDiagnosis.of(a.permute(ReverseCuthillMcKee.order(a.pattern())))
                        .bandwidth())
                .isEqualTo(1);
    }

    @Test
    void onlyOneTriangleIsEnoughAndPartsStayTogether() {
        // two paths 0-2-4-6-8 and 1-3-5-7, upper entries only, and the lone vertex 9
        CsrRowBuilder rows = CsrMatrix.rowBuilder(10);
        for (int i = 0; i < 10; i++) {
            if (i < 7) {
                rows.add(i + 2, 1);
            }
            rows.endRow();
        }
        CsrMatrix a = rows.build();
        int[] p = ReverseCuthillMcKee.order(a.pattern());
        assertThat(PatternDiagnosis.of(a.permute(p)).bandwidth()).isEqualTo(1);
        assertThat(PatternDiagnosis.of(a).components()).isEqualTo(3);
    }

    @Test
    void aStarPutsItsHubNextToTheEnd() {
        int n = 200; // more neighbours than the first buffer holds
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add(0, 1).endRow();
        }
        int[] p = ReverseCuthillMcKee.order(rows.build().pattern());
        assertThat(p[n - 2]).isZero();
        int[] sorted = p.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < n; i++) {
            assertThat(sorted[i]).isEqualTo(i);
        }
    }

    @Test
    void sizesZeroAndOneNoEntriesAndNotSquare() {
        assertThat(ReverseCuthillMcKee.order(CsrMatrix.identity(0).pattern())).isEmpty();
        assertThat(ReverseCuthillMcKee.order(CsrMatrix.identity(1).pattern())).containsExactly(0);
        CsrMatrix zero = CsrMatrix.of(3, 3, new int[4], new int[0], new double[0]);
        assertThat(ReverseCuthillMcKee.order(zero.pattern())).containsExactlyInAnyOrder(0, 1, 2);
        assertThatThrownBy(() -> ReverseCuthillMcKee.order(
                        CsrMatrix.fromDense(new double[][] {{1, 2}}).pattern()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 by 2");
    }
}
