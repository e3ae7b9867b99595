package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.SparsityPattern;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaximumTransversalTest {

    /** The greatest number of rows from {@code i} on that find a column outside {@code taken}. */
    static int bruteForce(SparsityPattern p, int i, int taken) {
        if (i == p.rows()) {
            return 0;
        }
        int best = bruteForce(p, i + 1, taken);
        for (int k = p.rowPtr()[i]; k < p.rowPtr()[i + 1]; k++) {
            int bit = 1 << p.colIdx()[k];
            if ((taken & bit) == 0) {
                best = Math.max(best, 1 + bruteForce(p, i + 1, taken | bit));
            }
        }
        return best;
    }

    private static void assertConsistent(MaximumTransversal m, SparsityPattern p) {
        int matched = 0;
        for (int i = 0; i < p.rows(); i++) {
            int j = m.columnOfRow()[i];
            if (j >= 0) {
                matched++;
                assertThat(p.position(i, j)).isNotNegative();
                assertThat(m.rowOfColumn()[j]).isEqualTo(i);
            }
        }
        assertThat(m.structuralRank()).isEqualTo(matched);
        assertThat(m.unmatchedRows()).hasSize(p.rows() - matched);
        assertThat(m.unmatchedColumns()).hasSize(p.cols() - matched);
    }

    @Test
    void rankIsThatOfExhaustiveSearch() {
        Random random = new Random(0x7ea5e1);
        for (int trial = 0; trial < 600; trial++) {
            int rows = random.nextInt(8);
            int cols = random.nextInt(8);
            SparsityPattern p = Samples.random(rows, cols, 0.05 + 0.5 * random.nextDouble(), random)
                    .pattern();
            MaximumTransversal m = MaximumTransversal.of(p);
            assertThat(m.structuralRank()).as("trial " + trial).isEqualTo(bruteForce(p, 0, 0));
            assertConsistent(m, p);
        }
    }

    /** Only the anti-diagonal chain is perfect; greedy choices have to be undone along a path through all rows. */
    @Test
    void aPathThroughAllRowsIsFoundWithoutRecursion() {
        int n = 100_000;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n - 1; i++) {
            rows.add(i, 1).add(i + 1, 1).endRow();
        }
        SparsityPattern p = rows.add(0, 1).endRow().build().pattern();
        MaximumTransversal m = MaximumTransversal.of(p);
        assertThat(m.structuralRank()).isEqualTo(n);
        assertThat(m.columnOfRow()[n - 1]).isZero();
        assertThat(m.columnOfRow()[0]).isEqualTo(1);
    }

    @Test
    void emptyRowsAndColumnsStayUnmatched() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0, 1, 0}, {0, 0, 0}, {0, 1, 1}});
        MaximumTransversal m = MaximumTransversal.of(a.pattern());
        assertThat(m.unmatchedRows()).containsExactly(1);
        assertThat(m.unmatchedColumns()).containsExactly(0);
        assertThat(MaximumTransversal.of(CsrMatrix.identity(0).pattern()).structuralRank())
                .isZero();
    }

    @Test
    void realMatricesAreStructurallyRegular() throws IOException {
        for (String file : new String[] {
            "west0479.mtx", "sequences/bp/bp_0.mtx", "adder_dcop_05.mtx", "basker_matrix1.mtx.gz", "bayer10.mtx.gz"
        }) {
            Optional<CsrMatrix> a = Samples.real(file);
            if (a.isPresent()) {
                assertThat(MaximumTransversal.of(a.get().pattern()).structuralRank())
                        .as(file)
                        .isEqualTo(a.get().rows());
            }
        }
    }
}
