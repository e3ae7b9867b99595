package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.kernel.WorkerPool;
import org.junit.jupiter.api.Test;

class SignSketchTest {

    private static double[] sketch(SignSketch s, double[] x) {
        double[] y = new double[s.rows()];
        java.util.Arrays.fill(y, Double.NaN);
        s.apply(x, y);
        return y;
    }

    @Test
    void aColumnHasOneHalfInEachQuarterAndLengthOne() {
        int n = 9000; // three blocks, the last one short
        SignSketch s = new SignSketch(n, 30, 0x5d02, WorkerPool.shared());
        assertThat(s.rows()).isEqualTo(128);
        int negative = 0;
        int[] perRow = new int[128];
        for (int j = 0; j < n; j++) {
            double[] e = new double[n];
            e[j] = 1;
            double[] y = sketch(s, e);
            for (int quarter = 0; quarter < 4; quarter++) {
                int entries = 0;
                for (int i = 32 * quarter; i < 32 * (quarter + 1); i++) {
                    if (y[i] != 0) {
                        assertThat(Math.abs(y[i])).isEqualTo(0.5);
                        entries++;
                        perRow[i]++;
                        negative += y[i] < 0 ? 1 : 0;
                    }
                }
                assertThat(entries).isEqualTo(1);
            }
        }
        assertThat(negative / (4.0 * n)).isCloseTo(0.5, within(0.01)); // four standard deviations
        for (int entries : perRow) {
            assertThat(entries).isBetween(190, 380); // 281 on average, six standard deviations
        }
    }

    @Test
    void isLinear() {
        SignSketch s = new SignSketch(5000, 20, 0x5d03, WorkerPool.shared());
        double[] x = Systems.random(5000, 0x5d04);
        double[] y = Systems.random(5000, 0x5d05);
        double[] sum = new double[5000];
        for (int i = 0; i < 5000; i++) {
            sum[i] = 2 * x[i] - y[i];
        }
        double[] sx = sketch(s, x);
        double[] sy = sketch(s, y);
        double[] ssum = sketch(s, sum);
        for (int i = 0; i < s.rows(); i++) {
            assertThat(ssum[i]).isCloseTo(2 * sx[i] - sy[i], within(1e-11));
        }
    }

    @Test
    void keepsTheLengthsOfSmoothRoughAndSparseVectors() {
        int n = 40_000;
        SignSketch s = new SignSketch(n, 64, 0x5d06, WorkerPool.shared()); // s = 256: a length is off by 1 / √512
        for (int k = 1; k <= 40; k++) {
            double[] smooth = new double[n];
            double[] sparse = new double[n];
            for (int i = 0; i < n; i++) {
                smooth[i] = Math.sin(Math.PI * k * (i + 0.5) / n);
                sparse[i] = i % (97 * k) == 0 ? 1 : 0;
            }
            for (double[] x : new double[][] {smooth, sparse, Systems.random(n, 0x5d07 + k)}) {
                assertThat(Systems.norm(sketch(s, x)) / Systems.norm(x)).isCloseTo(1, within(5 / Math.sqrt(512)));
            }
        }
    }

    @Test
    void isTheIdentityWhereItWouldNotBeShorter() {
        SignSketch s = new SignSketch(128, 32, 0x5d08, WorkerPool.shared());
        assertThat(s.exact()).isTrue();
        double[] x = Systems.random(128, 0x5d09);
        assertThat(sketch(s, x)).containsExactly(x);
        assertThat(new SignSketch(129, 32, 0x5d08, WorkerPool.shared()).exact()).isFalse();
        assertThat(new SignSketch(1, 1, 0x5d08, WorkerPool.shared()).rows()).isEqualTo(1);
        assertThat(new SignSketch(0, 1, 0x5d08, WorkerPool.shared()).rows()).isZero();
    }

    @Test
    void bitsDependOnTheSeedAndNotOnThreads() {
        int n = 70_001;
        double[] x = Systems.random(n, 0x5d0a);
        double[] expected = sketch(new SignSketch(n, 50, 0x5d0b, WorkerPool.shared()), x);
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                assertThat(sketch(new SignSketch(n, 50, 0x5d0b, pool), x)).containsExactly(expected);
            }
        }
        assertThat(sketch(new SignSketch(n, 50, 0x5d0c, WorkerPool.shared()), x))
                .isNotEqualTo(expected);
    }

    @Test
    void aSingleNonFiniteEntryIsSeen() {
        SignSketch s = new SignSketch(5000, 20, 0x5d0d, WorkerPool.shared());
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            double[] x = Systems.random(5000, 0x5d0e);
            x[4321] = bad;
            assertThat(Systems.norm(sketch(s, x))).isNotFinite();
        }
    }
}
