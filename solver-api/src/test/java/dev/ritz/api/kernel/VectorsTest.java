package dev.ritz.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Allocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {
    private static final int MARGIN = 3; // entries beyond n, which no kernel may touch

    /** Lengths around the borders of a block and of the serial range. */
    static int[] lengths() {
        int b = Vectors.BLOCK;
        int s = Vectors.SERIAL_BELOW;
        return new int[] {0, 1, 3, 4, 5, b - 1, b, b + 1, 2 * b, s - 1, s, s + 1, s + b + 5};
    }

    /** On small integers every order of summation is exact, so the twins must agree to the last bit. */
    @ParameterizedTest
    @MethodSource("lengths")
    void everyKernelAgreesWithItsPlainTwin(int n) {
        try (WorkerPool pool = WorkerPool.of(2)) {
            Vectors v = new Vectors(n, pool);
            double[] x = integers(n, 1);
            double[] y = integers(n, 2);
            double[] z = integers(n, 3);

            assertThat(v.dot(x, y)).isEqualTo(dot(n, x, y));
            assertThat(Vectors.serialDot(x, y, n)).isEqualTo(dot(n, x, y));
            assertThat(v.norm(x)).isEqualTo(Math.sqrt(dot(n, x, x)));
            assertThat(v.norm(x, dot(n, x, x))).isEqualTo(Math.sqrt(dot(n, x, x)));

            double[] w = z.clone();
            v.copy(x, w);
            assertThat(w).isEqualTo(combined(n, z, (i) -> x[i]));

            w = x.clone();
            v.scale(3, w);
            assertThat(w).isEqualTo(combined(n, x, i -> 3 * x[i]));

            w = z.clone();
            v.scale(-2, x, w);
            assertThat(w).isEqualTo(combined(n, z, i -> -2 * x[i]));

            w = y.clone();
            v.axpy(5, x, w);
            assertThat(w).isEqualTo(combined(n, y, i -> y[i] + 5 * x[i]));

            w = y.clone();
            v.xpby(x, 4, w);
            assertThat(w).isEqualTo(combined(n, y, i -> x[i] + 4 * y[i]));

            w = y.clone();
            double square = v.axpySquare(-3, x, w);
            assertThat(w).isEqualTo(combined(n, y, i -> y[i] - 3 * x[i]));
            assertThat(square).isEqualTo(dot(n, w, w));

            w = z.clone();
            square = v.waxpySquare(x, 2, y, w);
            assertThat(w).isEqualTo(combined(n, z, i -> x[i] + 2 * y[i]));
            assertThat(square).isEqualTo(dot(n, w, w));
            double[] first = x.clone();
            assertThat(v.waxpySquare(first, 2, y, first)).isEqualTo(square);
            double[] second = y.clone();
            assertThat(v.waxpySquare(x, 2, second, second)).isEqualTo(square);

            w = z.clone();
            v.multiply(y, x, w);
            assertThat(w).isEqualTo(combined(n, z, i -> y[i] * x[i]));
            double[] inPlace = x.clone();
            v.multiply(y, inPlace, inPlace);
            assertThat(inPlace).isEqualTo(combined(n, x, i -> y[i] * x[i]));
            w = z.clone();
            double product = v.multiplyDot(y, x, w);
            assertThat(w).isEqualTo(combined(n, z, i -> y[i] * x[i]));
            assertThat(product).isEqualTo(dot(n, x, w));

            w = x.clone();
            double[] other = y.clone();
            v.rotate(3, -2, w, other);
            assertThat(w).isEqualTo(combined(n, x, i -> 3 * x[i] - 2 * y[i]));
            assertThat(other).isEqualTo(combined(n, y, i -> 3 * y[i] + 2 * x[i]));

            double[] p = y.clone();
            w = x.clone();
            v.update(2, w, z, -3, p);
            assertThat(w).isEqualTo(combined(n, x, i -> x[i] + 2 * y[i]));
            assertThat(p).isEqualTo(combined(n, y, i -> z[i] - 3 * y[i]));

            double[][] basis = {x, y, z};
            double[] h = {7, 7, 7};
            double[] q = integers(n, 4);
            v.dots(basis, 2, q, h);
            assertThat(h).containsExactly(dot(n, x, q), dot(n, y, q), 7);
            v.dots(basis, 3, q, h);
            assertThat(h).containsExactly(dot(n, x, q), dot(n, y, q), dot(n, z, q));

            double[] c = {2, -1, 3};
            w = q.clone();
            square = v.subtract(basis, 3, c, w);
            assertThat(w).isEqualTo(combined(n, q, i -> q[i] - (2 * x[i] - y[i] + 3 * z[i])));
            assertThat(square).isEqualTo(dot(n, w, w));
            w = q.clone();
            square = v.add(basis, 2, c, w);
            assertThat(w).isEqualTo(combined(n, q, i -> q[i] + (2 * x[i] - y[i])));
            assertThat(square).isEqualTo(dot(n, w, w));
            w = q.clone();
            assertThat(v.add(basis, 0, c, w)).isEqualTo(dot(n, q, q));
            assertThat(w).isEqualTo(q);
        }
    }

    /** Four vectors at a time and the rest one by one; again exact on small integers. */
    @ParameterizedTest
    @MethodSource("lengths")
    void kernelsOnSetsOfVectorsAgreeWithTheirPlainTwinsForAnyNumberOfThem(int n) {
        try (WorkerPool pool = WorkerPool.of(2)) {
            Vectors v = new Vectors(n, pool);
            double[][] basis = new double[9][];
            double[] h = {2, -1, 3, 1, -2, 1, -3, 2, 1};
            for (int j = 0; j < basis.length; j++) {
                basis[j] = integers(n, 10 + j);
            }
            double[] q = integers(n, 4);
            for (int k = 0; k <= basis.length; k++) {
                int count = k;
                double[] w = combined(n, q, i -> q[i] - sum(basis, count, h, i));
                double[] expected = new double[9];
                double[] after = new double[9];
                for (int j = 0; j < k; j++) {
                    expected[j] = dot(n, basis[j], q);
                    after[j] = dot(n, basis[j], w);
                }
                double[] dots = new double[9];
                v.dots(basis, k, q, dots);
                assertThat(dots).isEqualTo(expected);
                double[] p = q.clone();
                assertThat(v.subtract(basis, k, h, p)).isEqualTo(dot(n, w, w));
                assertThat(p).isEqualTo(w);
                assertThat(v.add(basis, k, h, p)).isEqualTo(dot(n, q, q));
                assertThat(p).isEqualTo(q);
                dots = new double[9];
                assertThat(v.subtractDots(basis, k, h, p, dots)).isEqualTo(dot(n, w, w));
                assertThat(p).isEqualTo(w);
                assertThat(dots).isEqualTo(after);
            }
        }
    }

    private static double sum(double[][] v, int k, double[] h, int i) {
        double sum = 0;
        for (int j = 0; j < k; j++) {
            sum += h[j] * v[j][i];
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void bitsDoNotDependOnTheNumberOfThreads(int n) {
        double[][] reference = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                double[][] bits = everything(n, pool);
                if (reference == null) {
                    reference = bits;
                }
                assertThat(Arrays.deepEquals(bits, reference))
                        .as("%d threads", threads)
                        .isTrue();
            }
        }
    }

    /** Runs every kernel once on data for which the order of summation matters. */
    private static double[][] everything(int n, WorkerPool pool) {
        Vectors v = new Vectors(n, pool);
        Random random = new Random(1_618_033);
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] y = random.doubles(n, -1, 1).toArray();
        double[] z = random.doubles(n, -1, 1).toArray();
        double[] p = random.doubles(n, -1, 1).toArray();
        double[] w = new double[n];
        double[] h = new double[3];
        double[] s = new double[9];
        double[][] basis = {x, y, z};
        s[0] = v.dot(x, y);
        assertThat(s[0]).isEqualTo(Vectors.serialDot(x, y, n));
        s[1] = v.norm(z);
        s[2] = v.waxpySquare(x, 0.3, y, w);
        v.dots(basis, 3, w, h);
        s[3] = v.subtract(basis, 3, h, w);
        double[][] five = {x, y, z, p, w.clone()};
        double[] c = new double[5];
        double[] d = new double[5];
        v.dots(five, 5, w, c);
        s[8] = v.subtractDots(five, 5, c, w, d);
        s[4] = v.add(basis, 2, h, w);
        v.update(0.7, x, z, -0.1, p);
        s[5] = v.axpySquare(0.9, p, y);
        v.xpby(x, 0.2, y);
        v.axpy(-0.4, y, z);
        v.scale(1.1, z);
        v.scale(0.9, z, p);
        s[6] = v.dot(z, p);
        double[] copy = new double[n];
        v.copy(p, copy);
        s[7] = v.multiplyDot(x, p, copy);
        v.multiply(y, copy, p);
        return new double[][] {x, y, z, p, w, h, s, copy, c, d};
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e300, 1e-300, 1e308, 1e-310, 1e154, 1e-162, Double.MIN_NORMAL})
    void theNormHoldsWhereSquaresLeaveTheRange(double size) {
        Vectors v = new Vectors(5, WorkerPool.of(1));
        double norm = v.norm(new double[] {0.3 * size, 0, -0.4 * size, 0, 0});
        assertThat(norm / size).isCloseTo(0.5, within(size < Double.MIN_NORMAL ? 1e-12 : 1e-15));
    }

    @Test
    void theNormAtTheVeryEnds() {
        Vectors v = new Vectors(2, WorkerPool.of(1));
        double max = Double.MAX_VALUE;
        double min = Double.MIN_VALUE;
        assertThat(v.norm(new double[] {0, -max})).isEqualTo(max);
        assertThat(v.norm(new double[] {min, 0})).isEqualTo(min);
        assertThat(v.norm(new double[] {3 * min, 4 * min})).isEqualTo(5 * min);
        assertThat(v.norm(new double[] {max, max})).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(v.norm(new double[] {max, min})).isEqualTo(max);
        assertThat(v.norm(new double[] {1, Double.NaN})).isNaN();
        assertThat(v.norm(new double[] {1e300, Double.NaN})).isNaN();
        assertThat(v.norm(new double[] {1, Double.NEGATIVE_INFINITY})).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(v.norm(new double[2])).isZero();
        assertThat(v.norm(new double[] {3, 4}, Double.NaN)).isEqualTo(5); // a square that lies is not believed
        assertThat(new Vectors(0, WorkerPool.of(1)).norm(new double[0])).isZero();
    }

    @Test
    void sumsAreNaNWhenAnEntryIs() {
        int n = Vectors.SERIAL_BELOW + 1;
        double[] x = new double[n];
        x[n - 1] = Double.NaN;
        try (WorkerPool pool = WorkerPool.of(2)) {
            Vectors v = new Vectors(n, pool);
            assertThat(v.dot(x, new double[n])).isNaN();
            assertThat(v.norm(x)).isNaN();
            assertThat(v.axpySquare(0, x, new double[n])).isNaN();
        }
    }

    @Test
    void blocksReachTheEndOfTheLongestVector() {
        for (int n : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 8, Integer.MAX_VALUE - Vectors.BLOCK}) {
            int blocks = Loops.blocks(n);
            assertThat(Loops.to(blocks - 1, n)).isEqualTo(n);
            assertThat(Loops.to(blocks - 2, n)).isEqualTo((blocks - 1) * Vectors.BLOCK);
        }
    }

    @Test
    void countsReductions() {
        Vectors v = new Vectors(2, WorkerPool.of(1));
        double[] x = {1, 2};
        v.dot(x, x);
        v.norm(x);
        v.norm(x, 5); // at hand already
        v.axpySquare(1, x, x.clone());
        v.waxpySquare(x, 1, x, x.clone());
        v.dots(new double[][] {x, x}, 2, x, new double[2]);
        v.subtract(new double[][] {x}, 1, new double[1], x.clone());
        v.add(new double[][] {x}, 1, new double[1], x.clone());
        v.axpy(1, x, x.clone());
        v.multiply(x, x, x.clone());
        v.multiplyDot(x, x, x.clone());
        assertThat(v.reductions()).isEqualTo(9);
        assertThat(v.moved()).isEqualTo(1 + 1 + 8 * 3);
    }

    @Test
    void guardsItsArguments() {
        WorkerPool pool = WorkerPool.of(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Vectors(-1, pool))
                .withMessage("n = -1, expected at least 0");
        assertThatThrownBy(() -> new Vectors(1, null)).hasMessage("pool");
        assertThat(new Vectors(3, pool).pool()).isSameAs(pool);
        assertThat(new Vectors(3, pool).length()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void allocatesNothingPerCall(int threads) {
        int n = Vectors.SERIAL_BELOW + 7;
        try (WorkerPool pool = WorkerPool.of(threads)) {
            Vectors v = new Vectors(n, pool);
            List<double[]> a = new ArrayList<>();
            for (int k = 0; k < 4; k++) {
                a.add(new double[n]);
            }
            double[] x = a.get(0);
            double[] y = a.get(1);
            double[] z = a.get(2);
            double[] w = a.get(3);
            double[][] basis = {x, y};
            double[] h = new double[2];
            assertThat(Allocation.perCall(() -> {
                        v.dot(x, y);
                        v.norm(x); // of zeros: the second pass as well
                        v.copy(x, y);
                        v.scale(2, x);
                        v.scale(2, x, y);
                        v.axpy(2, x, y);
                        v.xpby(x, 2, y);
                        v.axpySquare(2, x, y);
                        v.waxpySquare(x, 2, y, w);
                        v.update(2, x, z, 2, y);
                        v.multiply(x, y, z);
                        v.multiplyDot(x, y, z);
                        v.dots(basis, 2, w, h);
                        v.subtract(basis, 2, h, w);
                        v.add(basis, 2, h, w);
                    }))
                    .isZero();
        }
    }

    // ---------------------------------------------------------------- plain twins

    @FunctionalInterface
    private interface Entry {
        double at(int i);
    }

    /** The first n entries from a formula, the rest as before. */
    private static double[] combined(int n, double[] before, Entry entry) {
        double[] v = before.clone();
        for (int i = 0; i < n; i++) {
            v[i] = entry.at(i) + 0.0;
        }
        return v;
    }

    private static double dot(int n, double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    private static double[] integers(int n, int seed) {
        Random random = new Random(271_828 + seed);
        double[] v = new double[n + MARGIN];
        Arrays.setAll(v, i -> 1 + random.nextInt(9));
        return v;
    }
}
