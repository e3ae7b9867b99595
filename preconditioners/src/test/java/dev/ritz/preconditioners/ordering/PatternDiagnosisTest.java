package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatternDiagnosisTest {

    @Test
    void aGridIsAllItShouldBe() {
        PatternDiagnosis d = PatternDiagnosis.of(Samples.poisson(4, 6));
        assertThat(d.entries()).isEqualTo(5 * 24 - 2 * 4 - 2 * 6);
        assertThat(d.bandwidth()).isEqualTo(4);
        assertThat(d.profile()).isEqualTo(3 + 20 * 4); // row 0 starts at home, 1 to 3 one left, the rest at i − 4
        assertThat(d.components()).isEqualTo(1);
        assertThat(d.diagonalBlocks()).isEqualTo(1);
        assertThat(d.largestBlock()).isEqualTo(24);
        assertThat(d.patternSymmetry()).isEqualTo(1);
        assertThat(d.structuralRank()).isEqualTo(24);
        assertThat(d.blockSize()).isEqualTo(1);
        assertThat(d.zeroDiagonals() + d.emptyRows() + d.emptyCols() + d.explicitZeros())
                .isZero();
    }

    @Test
    void explicitZerosAreAbsentAndNaNIsNot() {
        CsrMatrix a =
                CsrMatrix.of(3, 3, new int[] {0, 2, 3, 4}, new int[] {0, 2, 1, 0}, new double[] {Double.NaN, 1, 0, 2});
        PatternDiagnosis d = PatternDiagnosis.of(a);
        assertThat(d.explicitZeros()).isEqualTo(1);
        assertThat(d.emptyRows()).isEqualTo(1);
        assertThat(d.emptyCols()).isEqualTo(1);
        assertThat(d.zeroDiagonals()).isEqualTo(2);
        assertThat(d.structuralRank()).isEqualTo(2);
        assertThat(d.components()).isEqualTo(2);
        assertThat(d.diagonalBlocks()).isZero(); // structurally singular
    }

    @Test
    void shuffledRowsAndColumnsHideNoTriangularForm() {
        // diagonal blocks of 1, 4, 2 and 5 rows, each a cycle, coupled upwards only
        int[] sizes = {1, 4, 2, 5};
        double[][] a = new double[12][12];
        int at = 0;
        for (int size : sizes) {
            for (int k = 0; k < size; k++) {
                a[at + k][at + k] = 1;
                a[at + k][at + (k + 1) % size] = 1;
                a[at + k][11] = 1;
            }
            at += size;
        }
        Random random = new Random(0xb7f);
        CsrMatrix hidden = CsrMatrix.fromDense(a).submatrix(Samples.shuffled(12, random), Samples.shuffled(12, random));
        PatternDiagnosis d = PatternDiagnosis.of(hidden);
        assertThat(d.diagonalBlocks()).isEqualTo(4);
        assertThat(d.largestBlock()).isEqualTo(5);
    }

    /** Two vertices share a diagonal block when each reaches the other: the closure says so without any search. */
    @Test
    void diagonalBlocksAreThoseOfTheTransitiveClosure() {
        Random random = new Random(0x7a2);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(12);
            boolean[][] reach = new boolean[n][n];
            double[][] a = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    reach[i][j] = i == j || random.nextDouble() < 1.3 / n;
                    a[i][j] = reach[i][j] ? 1 : 0;
                }
            }
            for (int k = 0; k < n; k++) {
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        reach[i][j] |= reach[i][k] && reach[k][j];
                    }
                }
            }
            int count = 0;
            int largest = 0;
            for (int i = 0; i < n; i++) {
                int size = 0;
                boolean first = true;
                for (int j = 0; j < n; j++) {
                    if (reach[i][j] && reach[j][i]) {
                        size++;
                        first &= j >= i;
                    }
                }
                count += first ? 1 : 0;
                largest = Math.max(largest, size);
            }
            PatternDiagnosis d = PatternDiagnosis.of(CsrMatrix.fromDense(a));
            assertThat(d.diagonalBlocks()).as("trial " + trial).isEqualTo(count);
            assertThat(d.largestBlock()).as("trial " + trial).isEqualTo(largest);
        }
    }

    @Test
    void blocksOnAnAlignedGridAreFound() {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(12);
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                if (Math.abs(i / 3 - j / 3) <= 1) {
                    rows.add(j, i + j);
                }
            }
            rows.endRow();
        }
        CsrMatrix a = rows.build();
        assertThat(PatternDiagnosis.of(a).blockSize()).isEqualTo(3);
        int[] shifted = {11, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        assertThat(PatternDiagnosis.of(a.permute(shifted)).blockSize()).isEqualTo(1);
        assertThat(PatternDiagnosis.of(CsrMatrix.identity(12)).blockSize()).isEqualTo(1);
    }

    @Test
    void emptyAndRectangularMatrices() {
        PatternDiagnosis nothing = PatternDiagnosis.of(CsrMatrix.identity(0));
        assertThat(nothing.components() + nothing.structuralRank() + nothing.bandwidth())
                .isZero();
        assertThat(nothing.blockSize()).isEqualTo(1);
        PatternDiagnosis zero = PatternDiagnosis.of(CsrMatrix.of(3, 3, new int[4], new int[0], new double[0]));
        assertThat(zero.components()).isEqualTo(3);
        assertThat(zero.emptyRows()).isEqualTo(3);
        assertThat(zero.structuralRank()).isZero();
        PatternDiagnosis one = PatternDiagnosis.of(CsrMatrix.identity(1));
        assertThat(one.diagonalBlocks()).isEqualTo(1);
        PatternDiagnosis wide = PatternDiagnosis.of(CsrMatrix.fromDense(new double[][] {{0, 1, 1}, {0, 1, 0}}));
        assertThat(wide.structuralRank()).isEqualTo(2);
        assertThat(wide.emptyCols()).isEqualTo(1);
        assertThat(wide.components() + wide.zeroDiagonals() + wide.diagonalBlocks())
                .isZero();
    }

    /** Pattern symmetry counted by a few lines of Python over the set of nonzero positions, diagonal left out. */
    @Test
    void realMatricesHaveTheirFigures() throws IOException {
        check("adder_dcop_05.mtx", 0.6474, 1, 12);
        check("sherman5.mtx", 0.7386, 1, 0);
        check("steam2.mtx", 0.5494, 4, 0);
        check("orani678.mtx.gz", 0.0707, 1, 2318);
        check("SPE01.mtx", 0.3044, 3, 0);
    }

    private static void check(String file, double symmetry, int block, int zeroDiagonals) throws IOException {
        Optional<CsrMatrix> a = Samples.real(file);
        if (a.isPresent()) {
            PatternDiagnosis d = PatternDiagnosis.of(a.get());
            assertThat(d.patternSymmetry()).as(file).isEqualTo(symmetry, within(1e-4));
            assertThat(d.blockSize()).as(file).isEqualTo(block);
            assertThat(d.zeroDiagonals()).as(file).isEqualTo(zeroDiagonals);
            assertThat(d.structuralRank()).as(file).isEqualTo(a.get().rows());
        }
    }
}
