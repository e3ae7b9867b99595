package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LargestTest {
    /** Against a sort, on sizes with and without many equal ones, sorted either way, and of two kinds. */
    @Test
    void whatStandsInFrontIsNotSmallerThanTheRest() {
        Random random = new Random(0x1a26);
        for (int trial = 0; trial < 3000; trial++) {
            int n = 1 + random.nextInt(40);
            int kinds = 1 + random.nextInt(trial % 3 == 0 ? 3 : 1000);
            double[] size = new double[n + 5];
            for (int i = 0; i < n; i++) {
                size[i + 5] = random.nextInt(kinds);
            }
            if (trial % 5 == 0) {
                Arrays.sort(size, 5, n + 5);
            }
            int[] index = new int[n + 3];
            for (int i = 0; i < n; i++) {
                index[i] = trial % 2 == 0 ? i + 5 : n + 4 - i;
            }
            int most = random.nextInt(n + 3) - 1;
            int kept = Largest.toFront(index, n, most, size);
            assertThat(kept).isEqualTo(Math.max(0, Math.min(n, most)));
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < kept; i++) {
                least = Math.min(least, size[index[i]]);
            }
            for (int i = kept; i < n; i++) {
                assertThat(size[index[i]]).isLessThanOrEqualTo(least);
            }
            int[] sorted = Arrays.copyOf(index, n);
            Arrays.sort(sorted);
            for (int i = 0; i < n; i++) {
                assertThat(sorted[i]).isEqualTo(i + 5);
            }
            assertThat(index[n]).isZero();
        }
    }
}
