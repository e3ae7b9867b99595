package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.SparsityPattern;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MinimumDegreeTest {

    /** Entries of the Cholesky factor, the diagonal included, by the elimination tree: Liu 1990, doi:10.1137/0611010. */
    private static long fill(CsrMatrix a, int[] p) {
        CsrMatrix b = a.plus(1, 1, a.transpose()).permute(p); // permute checks that p is a permutation
        int n = b.rows();
        int[] parent = new int[n];
        int[] ancestor = new int[n];
        int[] seen = new int[n];
        Arrays.fill(parent, -1);
        Arrays.fill(seen, -1);
        long entries = n;
        for (int i = 0; i < n; i++) {
            ancestor[i] = i;
            for (int k = b.rowPtr()[i]; k < b.rowPtr()[i + 1] && b.colIdx()[k] < i; k++) {
                int j = b.colIdx()[k];
                while (ancestor[j] != i && ancestor[j] != j) {
                    int above = ancestor[j];
                    ancestor[j] = i;
                    j = above;
                }
                if (ancestor[j] == j && j != i) {
                    parent[j] = i;
                    ancestor[j] = i;
                }
            }
            seen[i] = i;
            for (int k = b.rowPtr()[i]; k < b.rowPtr()[i + 1] && b.colIdx()[k] < i; k++) {
                for (int j = b.colIdx()[k]; seen[j] != i; j = parent[j]) { // row i of L: paths up to i
                    seen[j] = i;
                    entries++;
                }
            }
        }
        return entries;
    }

    private static long fillByMinimumDegree(CsrMatrix a) {
        return fill(a, MinimumDegree.order(a.pattern()));
    }

    private static int[] natural(int n) {
        int[] p = new int[n];
        Arrays.setAll(p, i -> i);
        return p;
    }

    /** Entries of the factor when a vertex of least degree is eliminated each time, of these a random one. */
    private static long exactMinimumDegree(CsrMatrix a, Random random) {
        int n = a.rows();
        BitSet[] beside = new BitSet[n];
        for (int i = 0; i < n; i++) {
            beside[i] = new BitSet(n);
        }
        for (int i = 0; i < n; i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                int j = a.colIdx()[k];
                if (i != j) {
                    beside[i].set(j);
                    beside[j].set(i);
                }
            }
        }
        int[] ties = Samples.shuffled(n, random);
        BitSet left = new BitSet(n);
        left.set(0, n);
        long entries = 0;
        for (int step = 0; step < n; step++) {
            int p = -1;
            for (int i : ties) {
                if (left.get(i) && (p < 0 || beside[i].cardinality() < beside[p].cardinality())) {
                    p = i;
                }
            }
            left.clear(p);
            entries += 1 + beside[p].cardinality();
            for (int i = beside[p].nextSetBit(0); i >= 0; i = beside[p].nextSetBit(i + 1)) {
                beside[i].or(beside[p]);
                beside[i].clear(i);
                beside[i].clear(p);
            }
        }
        return entries;
    }

    private static CsrMatrix randomGraph(int n, double perRow, Random random) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (random.nextDouble() < perRow / n) {
                    rows.add(j, 1);
                }
            }
            rows.endRow();
        }
        return rows.build();
    }

    @Test
    void theCountOfFillKnowsGridsAndDenseFactors() {
        CsrMatrix path = Samples.poisson(1, 30);
        assertThat(fill(path, natural(30))).isEqualTo(59);
        CsrMatrix grid = Samples.poisson(3, 3); // row by row: 9 + 8 + 2 · 6, and what the band fills
        assertThat(fill(grid, natural(9))).isEqualTo(9 + 12 + 8);
        double[][] full = new double[6][6];
        for (double[] row : full) {
            Arrays.fill(row, 1);
        }
        assertThat(fill(CsrMatrix.fromDense(full), natural(6))).isEqualTo(21);
    }

    @Test
    void gridsFillFarLessThanInNaturalOrderOrByBandwidth() {
        CsrMatrix grid = Samples.poisson(100, 100);
        long least = fillByMinimumDegree(grid);
        long byBand = fill(grid, ReverseCuthillMcKee.order(grid.pattern()));
        assertThat(least).isLessThan(fill(grid, natural(10_000)) / 3).isLessThan(byBand / 2);
        assertThat(least).isLessThan(21 * 10_000L); // measured: 19.7 a row; SuperLU's multiple minimum degree: 18.6
        CsrMatrix shuffled = grid.permute(Samples.shuffled(10_000, new Random(0x3d7)));
        assertThat(fillByMinimumDegree(shuffled)).isLessThan(22 * 10_000L);
    }

    @Test
    void smallGraphsFillHardlyMoreThanWithExactDegrees() {
        Random random = new Random(0x4a3d);
        long all = 0;
        long exact = 0;
        for (int trial = 0; trial < 150; trial++) {
            int n = 2 + random.nextInt(60);
            CsrMatrix a = randomGraph(n, 0.5 + 2 * random.nextDouble(), random);
            long own = fillByMinimumDegree(a);
            long reference = exactMinimumDegree(a, random);
            assertThat((double) own).as("trial " + trial).isLessThanOrEqualTo(1.3 * reference);
            all += own;
            exact += reference;
        }
        assertThat((double) all).isLessThanOrEqualTo(1.02 * exact);
        CsrMatrix grid = Samples.poisson(16, 16);
        assertThat((double) fillByMinimumDegree(grid)).isLessThan(1.15 * exactMinimumDegree(grid, random));
    }

    @Test
    void treesFillNothing() {
        Random random = new Random(0x7ee);
        for (int trial = 0; trial < 40; trial++) {
            int n = 1 + random.nextInt(400);
            int[] above = new int[n];
            for (int i = 1; i < n; i++) {
                above[i] = random.nextInt(i);
            }
            int[] name = Samples.shuffled(n, random);
            double[][] edges = new double[n][n];
            for (int i = 1; i < n; i++) {
                edges[name[i]][name[above[i]]] = 1; // one triangle is enough
            }
            assertThat(fillByMinimumDegree(CsrMatrix.fromDense(edges)))
                    .as("trial " + trial)
                    .isEqualTo(2L * n - 1);
        }
    }

    @Test
    void anArrowFillsNothingWhereverItPoints() {
        for (int n : new int[] {5, 12, 1000}) {
            for (int hub : new int[] {0, n / 2, n - 1}) {
                CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
                for (int i = 0; i < n; i++) {
                    rows.add(i, 2).add(hub, 1).endRow();
                }
                CsrMatrix a = rows.build();
                assertThat(fillByMinimumDegree(a)).isEqualTo(2L * n - 1);
            }
        }
    }

    @Test
    void denseRowsComeLastInTheirOwnOrder() {
        CsrMatrix grid = Samples.poisson(40, 40);
        double[][] with = grid.toDense();
        int n = with.length;
        for (int i = 0; i < n; i++) {
            with[700][i] = 1;
            with[i][3] = 1;
        }
        int[] p = MinimumDegree.order(CsrMatrix.fromDense(with).pattern());
        assertThat(p[n - 2]).isEqualTo(3);
        assertThat(p[n - 1]).isEqualTo(700);
        assertThat(fillByMinimumDegree(CsrMatrix.fromDense(with))).isLessThan(fillByMinimumDegree(grid) + 2L * n);
    }

    @Test
    void allRowsDense() {
        double[][] full = new double[400][400];
        for (double[] row : full) {
            Arrays.fill(row, 1);
        }
        assertThat(MinimumDegree.order(CsrMatrix.fromDense(full).pattern())).containsExactly(natural(400));
    }

    @Test
    void partsThatHaveNothingToDoWithEachOther() {
        int parts = 7;
        CsrMatrix grid = Samples.poisson(9, 9);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(81 * parts + 2); // and two rows without entries
        for (int i = 0; i < 81 * parts; i++) {
            for (int k = grid.rowPtr()[i / parts]; k < grid.rowPtr()[i / parts + 1]; k++) {
                rows.add(grid.colIdx()[k] * parts + i % parts, 1);
            }
            rows.endRow();
        }
        CsrMatrix a = rows.endRow().endRow().build();
        long own = fillByMinimumDegree(a);
        assertThat(own).isBetween(parts * 81L, parts * (fillByMinimumDegree(grid) + 40));
        assertThat(fill(a, natural(a.rows()))).isGreaterThan(own);
    }

    /** Complete blocks on a path: their variables have equal neighbours and are merged, whatever their number. */
    @Test
    void variablesWithEqualNeighboursGoTogether() {
        int blocks = 30;
        int size = 8;
        int n = blocks * size;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (Math.abs(i / size - j / size) <= 1) {
                    rows.add(j, 1);
                }
            }
            rows.endRow();
        }
        CsrMatrix band = rows.build();
        CsrMatrix a = band.permute(Samples.shuffled(n, new Random(0xb10c)));
        assertThat(fillByMinimumDegree(a)).isEqualTo(fill(band, natural(n))); // the least there is
    }

    @Test
    void everyRandomPatternGivesAPermutationAndTheSameOneAgain() {
        Random random = new Random(0x90d);
        for (int trial = 0; trial < 300; trial++) {
            int n = 1 + random.nextInt(trial < 250 ? 30 : 300);
            SparsityPattern pattern =
                    randomGraph(n, random.nextDouble() * 12, random).pattern();
            int[] p = MinimumDegree.order(pattern);
            int[] sorted = p.clone();
            Arrays.sort(sorted);
            assertThat(sorted).as("trial " + trial).containsExactly(natural(n));
            assertThat(MinimumDegree.order(pattern)).containsExactly(p);
        }
    }

    @Test
    void oneTriangleIsEnough() {
        CsrMatrix grid = Samples.poisson(15, 11);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(grid.cols());
        for (int i = 0; i < grid.rows(); i++) {
            for (int k = grid.rowPtr()[i]; k < grid.rowPtr()[i + 1]; k++) {
                if (grid.colIdx()[k] > i) {
                    rows.add(grid.colIdx()[k], 1);
                }
            }
            rows.endRow();
        }
        CsrMatrix upper = rows.build();
        assertThat(fillByMinimumDegree(upper)).isLessThan(fill(grid, ReverseCuthillMcKee.order(grid.pattern())));
    }

    @Test
    void sizesZeroAndOneNoEntriesAndNotSquare() {
        assertThat(MinimumDegree.order(CsrMatrix.identity(0).pattern())).isEmpty();
        assertThat(MinimumDegree.order(CsrMatrix.identity(1).pattern())).containsExactly(0);
        CsrMatrix zero = CsrMatrix.of(3, 3, new int[4], new int[0], new double[0]);
        assertThat(MinimumDegree.order(zero.pattern())).containsExactlyInAnyOrder(0, 1, 2);
        assertThatThrownBy(() -> MinimumDegree.order(
                        CsrMatrix.fromDense(new double[][] {{1, 2}}).pattern()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 by 2");
    }

    @Test
    void realMatricesFillLessThanByBandwidth() throws IOException {
        for (String file : new String[] {"bcsstk14.mtx", "orani678.mtx.gz", "add32.mtx", "sherman5.mtx"}) {
            Optional<CsrMatrix> a = Samples.real(file);
            if (a.isPresent()) {
                CsrMatrix m = a.get();
                assertThat(fillByMinimumDegree(m)).as(file).isLessThan(fill(m, ReverseCuthillMcKee.order(m.pattern())));
            }
        }
    }
}
