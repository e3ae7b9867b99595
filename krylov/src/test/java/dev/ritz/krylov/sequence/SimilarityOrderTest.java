package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.krylov.Systems;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimilarityOrderTest {
    private static final int SIDE = 12;

    @Test
    void greedyGoesToTheNearestAndBreaksTiesByIndex() {
        double[][] f = {{5}, {1}, {6}, {4}, {9}, {6}};
        assertThat(SimilarityOrder.greedy(f)).containsExactly(0, 2, 5, 3, 1, 4);
        assertThat(SimilarityOrder.greedy(f, 2)).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(SimilarityOrder.greedy(f, 4)).containsExactly(0, 2, 3, 1, 4, 5);
    }

    /** Distances far above any fixed starting minimum, and squares beyond the range of a double. */
    @Test
    void greedyHasNoLargestDistance() {
        double[][] f = {{0}, {3e5}, {1e5}, {1e200}, {-1e200}};
        assertThat(SimilarityOrder.greedy(f)).containsExactly(0, 2, 1, 3, 4);
    }

    @Test
    void sortedFieldsAreNearerToEachOther() {
        double[][] f = fields(300);
        double random = SimilarityOrder.meanDistance(identity(300), i -> f[i]);
        double greedy = SimilarityOrder.meanDistance(SimilarityOrder.greedy(f), i -> f[i]);
        assertThat(greedy).isLessThan(0.5 * random);
        for (SimilarityKeys keys : new SimilarityKeys[] {
            SimilarityKeys.principalComponents(4, 32, 0x0dd5eedL), SimilarityKeys.lowFrequencies(SIDE, 2, 4)
        }) {
            int[] order = SimilarityOrder.spaceFilling(300, i -> f[i], keys, 1);
            isPermutation(order);
            assertThat(SimilarityOrder.meanDistance(order, i -> f[i])).isLessThan(0.7 * random);
            int[] again = SimilarityOrder.spaceFilling(300, i -> f[i], keys, 1);
            assertThat(again).isEqualTo(order);
            int[] refined = SimilarityOrder.spaceFilling(300, i -> f[i], keys, 100);
            isPermutation(refined);
            assertThat(SimilarityOrder.meanDistance(refined, i -> f[i])).isLessThan(0.65 * random);
        }
    }

    @Test
    void aCurveThroughFewParametersIsNearlyAsGoodAsGreedy() {
        for (int d = 1; d <= 3; d++) {
            double[][] f = new double[2000][];
            for (int i = 0; i < f.length; i++) {
                f[i] = Systems.random(d, 0x7e57L * (i + 1));
            }
            double greedy = SimilarityOrder.meanDistance(SimilarityOrder.greedy(f), i -> f[i]);
            double random = SimilarityOrder.meanDistance(identity(f.length), i -> f[i]);
            int[] curve = SimilarityOrder.spaceFilling(f.length, i -> f[i], SimilarityKeys.features(), 1);
            int[] refined = SimilarityOrder.spaceFilling(f.length, i -> f[i], SimilarityKeys.features(), 500);
            isPermutation(curve);
            assertThat(SimilarityOrder.meanDistance(curve, i -> f[i]))
                    .isLessThan(1.6 * greedy)
                    .isLessThan(0.3 * random);
            assertThat(SimilarityOrder.meanDistance(refined, i -> f[i])).isLessThan(1.25 * greedy);
        }
    }

    /** The property that defines the curve, and that it passes every cell once. */
    @Test
    void consecutiveCellsOfTheHilbertCurveShareAFace() {
        for (int[] shape : new int[][] {{1, 5}, {2, 4}, {3, 3}, {4, 2}, {5, 1}}) {
            int d = shape[0];
            int bits = shape[1];
            int cells = 1 << (d * bits);
            int[][] at = new int[cells][];
            for (int c = 0; c < cells; c++) {
                int[] x = new int[d];
                for (int a = 0; a < d; a++) {
                    x[a] = c >> (a * bits) & ((1 << bits) - 1);
                }
                int position = (int) HilbertCurve.position(x.clone(), bits);
                assertThat(at[position]).isNull();
                at[position] = x;
            }
            for (int c = 1; c < cells; c++) {
                int steps = 0;
                for (int a = 0; a < d; a++) {
                    steps += Math.abs(at[c][a] - at[c - 1][a]);
                }
                assertThat(steps).isEqualTo(1);
            }
        }
    }

    /** Parseval: a field of low frequencies only has the norm of its coefficients; others add nothing. */
    @Test
    void lowFrequenciesKeepTheNormOfWhatTheyHold() {
        double[] field = new double[SIDE * SIDE];
        double[] rough = new double[SIDE * SIDE];
        for (int i = 0; i < SIDE; i++) {
            for (int j = 0; j < SIDE; j++) {
                double u = 2 * Math.PI * i / SIDE;
                double w = 2 * Math.PI * j / SIDE;
                field[i * SIDE + j] = 0.7 + Math.sin(u) - 2 * Math.cos(2 * u - w) + 0.3 * Math.sin(2 * u + 2 * w);
                rough[i * SIDE + j] = Math.cos(3 * u) + Math.sin(4 * w + u);
            }
        }
        LowFrequencies low = new LowFrequencies(SIDE, 2);
        assertThat(low.of(field)).hasSize(25);
        assertThat(Systems.norm(low.of(field))).isCloseTo(Systems.norm(field), within(1e-12));
        assertThat(Systems.norm(low.of(rough))).isLessThan(1e-12);
    }

    /** In the plane of two parameters the components are those parameters: distances are kept. */
    @Test
    void principalComponentsKeepTheDistancesOfAPlane() {
        double[] e = Systems.random(500, 71);
        double[] g = Systems.random(500, 72);
        double[][] f = new double[40][500];
        double[][] c = new double[40][];
        for (int i = 0; i < 40; i++) {
            c[i] = Systems.random(2, 900 + i);
            for (int j = 0; j < 500; j++) {
                f[i][j] = 3 + c[i][0] * e[j] + c[i][1] * g[j];
            }
        }
        double[][] keys = SimilarityKeys.principalComponents(2, 64, 0xfee1L).of(40, i -> f[i]);
        double[][] three = SimilarityKeys.principalComponents(3, 64, 0xfee1L).of(40, i -> f[i]);
        for (int i = 1; i < 40; i++) {
            double exact = Systems.norm(Systems.minus(f[i], f[0]));
            double sketched = Systems.norm(Systems.minus(keys[i], keys[0])) / 2; // four entries each: a factor 2
            assertThat(sketched).isBetween(0.6 * exact, 1.4 * exact);
            assertThat(three[i][2]).isCloseTo(0, within(1e-9)); // a plane has no third component
        }
    }

    @Test
    void chunksAreContiguousAndEven() {
        int[] order = identity(11);
        int[][] chunks = SimilarityOrder.chunks(order, 4);
        assertThat(Arrays.stream(chunks).flatMapToInt(Arrays::stream).toArray()).isEqualTo(order);
        assertThat(chunks).hasNumberOfRows(4);
        assertThat(Arrays.stream(chunks).mapToInt(c -> c.length)).allMatch(length -> length == 2 || length == 3);
        assertThat(SimilarityOrder.chunks(order, 20)).hasNumberOfRows(11);
        assertThat(SimilarityOrder.chunks(new int[0], 3)).isEmpty();
    }

    @Test
    void smallAndEqualSetsKeepTheirOrder() {
        for (int n : new int[] {0, 1, 2, 7}) {
            double[][] same = new double[n][SIDE * SIDE];
            assertThat(SimilarityOrder.greedy(same)).isEqualTo(identity(n));
            assertThat(SimilarityOrder.spaceFilling(n, i -> new double[3], SimilarityKeys.features(), 3))
                    .isEqualTo(identity(n));
            for (SimilarityKeys keys : new SimilarityKeys[] {
                SimilarityKeys.principalComponents(3, 8, 1), SimilarityKeys.lowFrequencies(SIDE, 1, 3)
            }) {
                assertThat(SimilarityOrder.spaceFilling(n, i -> same[i], keys, 3))
                        .isEqualTo(identity(n));
            }
            assertThat(SimilarityOrder.meanDistance(identity(n), i -> same[i])).isZero();
        }
    }

    @Test
    void refusesWhatCannotBeSorted() {
        double[][] nan = {{1, 2}, {1, Double.NaN}};
        double[][] ragged = {{1, 2}, {1}};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimilarityOrder.greedy(nan))
                .withMessageContaining("feature 1 of system 1 is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityOrder.greedy(ragged));
        for (SimilarityKeys keys :
                new SimilarityKeys[] {SimilarityKeys.features(), SimilarityKeys.principalComponents(1, 2, 3)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SimilarityOrder.spaceFilling(2, i -> nan[i], keys, 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SimilarityOrder.spaceFilling(2, i -> ragged[i], keys, 1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SimilarityOrder.spaceFilling(1, i -> new double[5], SimilarityKeys.lowFrequencies(4, 1, 1), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimilarityOrder.spaceFilling(1, i -> new double[32], SimilarityKeys.features(), 1))
                .withMessageContaining("32");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimilarityOrder.spaceFilling(3, i -> nan[0], (n, f) -> new double[2][1], 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimilarityOrder.spaceFilling(-1, i -> nan[0], SimilarityKeys.features(), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimilarityOrder.spaceFilling(0, i -> nan[0], SimilarityKeys.features(), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityOrder.greedy(ragged, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityOrder.chunks(new int[3], 0));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityKeys.principalComponents(0, 4, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityKeys.principalComponents(5, 4, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityKeys.lowFrequencies(4, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityKeys.lowFrequencies(4, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> SimilarityKeys.lowFrequencies(4, 1, 0));
    }

    /** Smooth periodic fields: a few random low modes, shuffled. */
    private static double[][] fields(int count) {
        double[][] f = new double[count][SIDE * SIDE];
        SplittableRandom random = new SplittableRandom(0xf1e1d5L);
        for (double[] field : f) {
            double p = random.nextDouble() - 0.5;
            double q = random.nextDouble() - 0.5;
            double s = random.nextDouble() - 0.5;
            for (int i = 0; i < SIDE; i++) {
                for (int j = 0; j < SIDE; j++) {
                    double u = 2 * Math.PI * i / SIDE;
                    double w = 2 * Math.PI * j / SIDE;
                    field[i * SIDE + j] = Math.exp(2 * p * Math.sin(u) + 2 * q * Math.cos(w) + s * Math.sin(u - w));
                }
            }
        }
        return f;
    }

    private static int[] identity(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static void isPermutation(int[] order) {
        assertThat(Arrays.stream(order).sorted().toArray()).isEqualTo(identity(order.length));
    }
}
