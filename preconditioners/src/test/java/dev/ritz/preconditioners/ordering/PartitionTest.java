package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.Poisson;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartitionTest {
    private static final CsrMatrix GRID = Poisson.poisson2d(20).a();

    private static int[] sizes(int[] labels, int parts) {
        int[] size = new int[parts];
        for (int label : labels) {
            size[label]++;
        }
        return size;
    }

    @Test
    void partsAreBalancedAndNoneIsEmpty() {
        Random random = new Random(0x9a27);
        for (int trial = 0; trial < 60; trial++) {
            int n = 1 + random.nextInt(80);
            double[][] dense = new double[n][n];
            for (int e = random.nextInt(2 * n); e > 0; e--) {
                dense[random.nextInt(n)][random.nextInt(n)] = 1; // any graph: loops, one direction, many components
            }
            CsrMatrix a = CsrMatrix.fromDense(dense);
            int parts = 1 + random.nextInt(n);
            int[] labels = Partition.into(parts).labels(a.pattern());
            assertThat(Arrays.stream(sizes(labels, parts)).min().orElse(0))
                    .as("trial %d: %d rows in %d parts", trial, n, parts)
                    .isPositive();
            int depth = 32 - Integer.numberOfLeadingZeros(parts);
            assertThat(Arrays.stream(sizes(labels, parts)).max().orElse(0)).isLessThanOrEqualTo(n / parts + depth);
            assertThat(Partition.into(parts).labels(a.pattern())).containsExactly(labels);
        }
    }

    /** A grid cut in two has a cut about as long as its side or diagonal, and both halves hang together. */
    @Test
    void cutsAcrossLevels() {
        int[] labels = Partition.into(2).labels(GRID.pattern());
        assertThat(sizes(labels, 2)).containsExactly(200, 200);
        int cut = 0;
        for (int i = 0; i < GRID.rows(); i++) {
            for (int k = GRID.rowPtr()[i]; k < GRID.rowPtr()[i + 1]; k++) {
                cut += labels[i] < labels[GRID.colIdx()[k]] ? 1 : 0;
            }
        }
        assertThat(cut).isLessThanOrEqualTo(40);
        for (int p = 0; p < 2; p++) {
            int[] rows = Partition.overlapping(GRID.pattern(), labels, 0)[p];
            assertThat(Adjacency.of(GRID.submatrix(rows, rows).pattern()).components())
                    .isEqualTo(1);
        }
    }

    @Test
    void sizesGiveTheNumberOfPartsWhereNobodyDoes() {
        assertThat(Partition.into(0)).isSameAs(Partition.AUTOMATIC);
        assertThat(Partition.count(Partition.AUTOMATIC.labels(GRID.pattern()))).isEqualTo(1);
        assertThat(Partition.count(
                        Partition.AUTOMATIC.labels(Poisson.poisson2d(100).a().pattern())))
                .isEqualTo(7);
        assertThat(Partition.into(1000).labels(GRID.pattern())).doesNotHaveDuplicates();
        assertThat(Partition.into(3).labels(CsrMatrix.identity(0).pattern())).isEmpty();
    }

    @Test
    void labelsOfOnesOwnAreKept() {
        Partition mine = Partition.of(1, 0, 1, 2);
        assertThat(mine.labels(CsrMatrix.identity(4).pattern())).containsExactly(1, 0, 1, 2);
        assertThat(mine).isEqualTo(Partition.of(1, 0, 1, 2)).isNotEqualTo(Partition.into(3));
        assertThat(mine).hasSameHashCodeAs(Partition.of(1, 0, 1, 2)).hasToString("3 parts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mine.labels(CsrMatrix.identity(5).pattern()))
                .withMessage("labels has length 4, expected 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.of(0, 2, 0))
                .withMessage("labels has no row in part 1, expected one in each of 0 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.of(0, -1))
                .withMessage("labels[1] = -1, expected 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.into(-1))
                .withMessage("parts = -1, expected at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Partition.AUTOMATIC.labels(
                        CsrMatrix.fromDense(new double[][] {{1, 2}}).pattern()));
    }

    @Test
    void overlapAddsLayersInBothDirections() {
        // 0 → 1 → 2 → 3: neighbours count whichever way the entry points
        CsrMatrix path = CsrMatrix.fromDense(new double[][] {{1, 1, 0, 0}, {0, 1, 1, 0}, {0, 0, 1, 1}, {0, 0, 0, 1}});
        int[] labels = {0, 0, 1, 1};
        assertThat(Partition.overlapping(path.pattern(), labels, 0)).isDeepEqualTo(new int[][] {{0, 1}, {2, 3}});
        assertThat(Partition.overlapping(path.pattern(), labels, 1)).isDeepEqualTo(new int[][] {{0, 1, 2}, {1, 2, 3}});
        assertThat(Partition.overlapping(path.pattern(), labels, 9))
                .isDeepEqualTo(new int[][] {{0, 1, 2, 3}, {0, 1, 2, 3}});
    }

    @Test
    void aDenseRowThatJoinsEverythingIsRefused() {
        int n = 4000;
        int[] rows = new int[2 * n];
        int[] cols = new int[2 * n];
        double[] values = new double[2 * n];
        for (int i = 0; i < n; i++) {
            rows[i] = 0;
            cols[i] = i;
            rows[n + i] = i;
            cols[n + i] = i;
            values[i] = 1;
            values[n + i] = 1;
        }
        CsrMatrix arrow = CsrMatrix.fromCoo(n, n, rows, cols, values);
        int[] labels = Partition.into(n / 8).labels(arrow.pattern());
        assertThat(Partition.overlapping(arrow.pattern(), labels, 1)[n / 8 - 1]).hasSizeLessThan(20);
        assertThatThrownBy(() -> Partition.overlapping(arrow.pattern(), labels, 2))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
                    assertThat(e.advice()).contains("overlap");
                });
    }
}
