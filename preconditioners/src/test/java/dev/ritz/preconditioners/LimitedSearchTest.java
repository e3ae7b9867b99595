package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LimitedSearchTest {
    private static final CsrMatrix A = SampleMatrices.random(60, 2, 0x5ea1);

    /** All entries of |A|^p are positive where its pattern has an entry, since the diagonal is stored. */
    @Test
    void throughAnyVertexItGivesThePatternOfAPower() {
        CsrMatrix ones = A.withValues(filled(A.nnz()));
        CsrMatrix power = ones;
        for (int p = 1; p <= 4; p++) {
            SparsityPattern all = LimitedSearch.of(A.pattern(), WorkerPool.shared(), p, false, LimitedSearch.Keep.ALL);
            assertThat(all.sameAs(power.pattern())).as("power %d", p).isTrue();
            SparsityPattern lower =
                    LimitedSearch.of(A.pattern(), WorkerPool.shared(), p, false, LimitedSearch.Keep.LOWER_AND_DIAGONAL);
            for (int i = 0; i < A.rows(); i++) {
                for (int j = 0; j < A.rows(); j++) {
                    assertThat(lower.position(i, j) >= 0).isEqualTo(j <= i && all.position(i, j) >= 0);
                }
            }
            power = power.times(ones);
        }
    }

    @Test
    void addsADiagonalThatIsNotStored() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0, 1}, {1, 0}});
        SparsityPattern all = LimitedSearch.of(a.pattern(), WorkerPool.shared(), 1, false, LimitedSearch.Keep.ALL);
        assertThat(all.nnz()).isEqualTo(4);
    }

    @Test
    void saysWhenThePatternIsTooLarge() {
        for (int most : new int[] {1, 100, 1000}) {
            assertThatThrownBy(() ->
                            LimitedSearch.of(A.pattern(), WorkerPool.shared(), 4, false, LimitedSearch.Keep.ALL, most))
                    .isInstanceOfSatisfying(BuildException.class, e -> {
                        assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
                        assertThat(e.getMessage()).contains("more than " + most + " entries", "lower level");
                    });
        }
    }

    private static double[] filled(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
