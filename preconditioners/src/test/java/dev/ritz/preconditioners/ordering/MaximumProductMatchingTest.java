package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MaximumProductMatchingTest {

    /** Σ log |a| of the best matching of rows i, i + 1, …; −∞ where there is none. */
    private static double best(double[][] a, int i, int taken) {
        if (i == a.length) {
            return 0;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < a.length; j++) {
            if ((taken >> j & 1) == 0) {
                best = Math.max(best, Math.log(Math.abs(a[i][j])) + best(a, i + 1, taken | 1 << j));
            }
        }
        return best;
    }

    /** |r_i a_ij c_j| ≤ 1, = 1 on {@code structuralRank} matched entries: by duality the product is then the largest. */
    private static void assertDual(CsrMatrix a, MaximumProductMatching m, String what) {
        double[] r = m.rowScale();
        double[] c = m.colScale();
        boolean[] seen = new boolean[a.rows()];
        int tight = 0;
        for (int i = 0; i < a.rows(); i++) {
            int j = m.columnOfRow()[i];
            assertThat(seen[j]).as(what).isFalse();
            seen[j] = true;
            assertThat(m.rowOfColumn()[j]).isEqualTo(i);
            tight += Math.abs(Math.abs(r[i] * a.get(i, j) * c[j]) - 1) < 1e-11 ? 1 : 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                assertThat(Math.abs(r[i] * a.values()[k] * c[a.colIdx()[k]]))
                        .as(what)
                        .isLessThanOrEqualTo(1 + 1e-11);
            }
        }
        assertThat(tight).as(what).isEqualTo(m.structuralRank());
    }

    @Test
    void productIsTheLargestOfAllPermutations() {
        Random random = new Random(0xd0ffb);
        int regular = 0;
        for (int trial = 0; trial < 500; trial++) {
            int n = 1 + random.nextInt(7);
            CsrMatrix a = Samples.random(n, n, 0.2 + 0.8 * random.nextDouble(), random);
            MaximumProductMatching m = MaximumProductMatching.of(a);
            assertDual(a, m, "trial " + trial);
            double expected = best(a.toDense(), 0, 0);
            if (expected > Double.NEGATIVE_INFINITY) {
                regular++;
                double found = 0;
                for (int i = 0; i < n; i++) {
                    found += Math.log(Math.abs(a.get(i, m.columnOfRow()[i])));
                }
                assertThat(found).as("trial " + trial).isEqualTo(expected, within(1e-10));
                assertThat(m.structuralRank()).isEqualTo(n);
            } else {
                assertThat(m.structuralRank()).as("trial " + trial).isLessThan(n);
                assertBestOfItsRows(a, m, trial);
            }
        }
        assertThat(regular).isBetween(150, 450);
    }

    /** Fills the unmatched rows with ones: what they take costs nothing, so the best of all is the best of the others. */
    private static void assertBestOfItsRows(CsrMatrix a, MaximumProductMatching m, int trial) {
        double[] inverseMax = new double[a.cols()];
        for (int k = 0; k < a.nnz(); k++) {
            int j = a.colIdx()[k];
            double inverse = 1 / Math.abs(a.values()[k]); // of an explicit zero: infinite
            inverseMax[j] = inverseMax[j] == 0 ? inverse : Math.min(inverseMax[j], inverse);
        }
        for (int j = 0; j < a.cols(); j++) {
            inverseMax[j] = Double.isInfinite(inverseMax[j]) ? 1 : inverseMax[j];
        }
        CsrMatrix relative = a.scale(null, inverseMax);
        double[][] filled = relative.toDense();
        double found = 0;
        int matched = 0;
        for (int i = 0; i < a.rows(); i++) {
            double entry = relative.get(i, m.columnOfRow()[i]);
            if (entry == 0) {
                Arrays.fill(filled[i], 1);
            } else {
                found += Math.log(Math.abs(entry));
                matched++;
            }
        }
        assertThat(matched).as("trial " + trial).isEqualTo(m.structuralRank());
        assertThat(found).as("trial " + trial).isEqualTo(best(filled, 0, 0), within(1e-10));
    }

    @Test
    void dualityHoldsOnLargerRandomMatrices() {
        Random random = new Random(0x6057e6);
        for (int trial = 0; trial < 20; trial++) {
            int n = 50 + random.nextInt(300);
            CsrMatrix a = Samples.random(n, n, (1 + 5 * random.nextDouble()) / n, random);
            MaximumProductMatching m = MaximumProductMatching.of(a);
            assertDual(a, m, "trial " + trial);
            assertThat(m.structuralRank())
                    .isEqualTo(PatternDiagnosis.of(a).structuralRank())
                    .isGreaterThan(n / 3);
        }
    }

    /** The diagonal is greedy for each row, but the two small entries of the other pairing multiply to less. */
    @Test
    void aLargeEntryIsGivenUpWhenTheProductGains() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{10, 9}, {9, 1}});
        assertThat(MaximumProductMatching.of(a).columnOfRow()).containsExactly(1, 0);
    }

    @Test
    void explicitZerosAreAbsentAndLeftoversKeepTheirNumberWhereTheyCan() {
        CsrMatrix a = CsrMatrix.of(3, 3, new int[] {0, 1, 2, 3}, new int[] {0, 1, 1}, new double[] {0, 5, 7});
        MaximumProductMatching m = MaximumProductMatching.of(a);
        assertThat(m.structuralRank()).isEqualTo(1);
        assertThat(m.columnOfRow()).containsExactly(0, 1, 2);
        MaximumProductMatching nothing = MaximumProductMatching.of(a.withValues(new double[3]));
        assertThat(nothing.structuralRank()).isZero();
        assertThat(nothing.columnOfRow()).containsExactly(0, 1, 2);
        assertThat(nothing.rowScale()).containsOnly(1);
        assertThat(nothing.colScale()).containsOnly(1);
    }

    @Test
    void sizesZeroAndOneAndTheEdgesOfTheRange() {
        assertThat(MaximumProductMatching.of(CsrMatrix.identity(0)).columnOfRow())
                .isEmpty();
        for (double value : new double[] {1e300, -1e-300, 5e-324, Double.MAX_VALUE}) {
            CsrMatrix a = CsrMatrix.fromDense(new double[][] {{value}});
            assertDual(a, MaximumProductMatching.of(a), "value " + value);
        }
        CsrMatrix wide = CsrMatrix.fromDense(new double[][] {{1e150, 1e-150, 0}, {1, 1e-150, 0}, {0, 1e100, 1e-100}});
        assertDual(wide, MaximumProductMatching.of(wide), "wide");
        // r_1 c_1 = 1e300, r_2 ≤ 1e-200 / c_1 and c_2 = 1e200 / r_2 leave no c_1 for which r_1 and c_2 are both finite
        CsrMatrix wider = CsrMatrix.fromDense(new double[][] {{1e300, 1e-300, 0}, {1, 1e-300, 0}, {0, 1e200, 1e-200}});
        MaximumProductMatching cut = MaximumProductMatching.of(wider);
        assertThat(cut.columnOfRow()).containsExactly(0, 1, 2);
        for (int i = 0; i < 3; i++) {
            assertThat(cut.rowScale()[i]).isPositive().isFinite();
            assertThat(cut.colScale()[i]).isPositive().isFinite();
        }
    }

    @Test
    void refusesWhatIsNotFiniteOrNotSquare() {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2}, {3, bad}});
            assertThatThrownBy(() -> MaximumProductMatching.of(a))
                    .isInstanceOfSatisfying(BuildException.class, e -> {
                        assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
                        assertThat(e.row()).isEqualTo(1);
                    })
                    .hasMessageContaining("(1, 1)");
        }
        assertThatThrownBy(() -> MaximumProductMatching.of(CsrMatrix.fromDense(new double[][] {{1, 2}})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 by 2");
    }

    @Test
    void realMatricesGetANonzeroDiagonal() throws IOException {
        for (String file : new String[] {
            "west0067.mtx",
            "west0479.mtx",
            "sequences/bp/bp_0.mtx",
            "sequences/bp/bp_1600.mtx",
            "adder_dcop_05.mtx",
            "basker_matrix1.mtx.gz",
            "bayer10.mtx.gz",
            "orani678.mtx.gz",
            "fidapm05.mtx"
        }) {
            Optional<CsrMatrix> a = Samples.real(file);
            if (a.isPresent()) {
                MaximumProductMatching m = MaximumProductMatching.of(a.get());
                assertThat(m.structuralRank()).as(file).isEqualTo(a.get().rows());
                assertDualQuickly(a.get(), m, file);
            }
        }
    }

    private static void assertDualQuickly(CsrMatrix a, MaximumProductMatching m, String file) {
        CsrMatrix scaled = a.scale(m.rowScale(), m.colScale());
        int[] match = m.columnOfRow();
        double largest = 0;
        double off = 0;
        for (int i = 0; i < a.rows(); i++) {
            off = Math.max(off, Math.abs(Math.abs(scaled.get(i, match[i])) - 1));
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                largest = Math.max(largest, Math.abs(scaled.values()[k]));
            }
        }
        assertThat(off).as(file).isLessThan(1e-10);
        assertThat(largest).as(file).isLessThan(1 + 1e-10);
    }
}
