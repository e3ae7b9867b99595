package dev.ritz.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.Allocation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every merged update against the textbook's separate ones, to the last bit. */
class RecurrencesTest {
    private static final int MARGIN = 3; // entries beyond n, which no kernel may touch

    static int[] lengths() {
        return VectorsTest.lengths();
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void everyUpdateHasTheBitsOfItsPlainTwins(int n) {
        try (WorkerPool pool = WorkerPool.of(2)) {
            Vectors v = new Vectors(n, pool);
            Recurrences u = new Recurrences(v);
            List<double[]> inputs = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                inputs.add(random(n, k));
            }
            double[] x = inputs.get(0);
            double[] y = inputs.get(1);
            double[] z = inputs.get(2);
            double[] d = inputs.get(3);
            double[] e = inputs.get(4);
            double[] st = {7, 7};

            double[] w = y.clone();
            double[] twin = y.clone();
            double square = u.residual(x, -0.3, w, z, st);
            assertThat(square).isEqualTo(v.waxpySquare(x, -0.3, y, twin));
            assertThat(w).isEqualTo(twin);
            assertThat(st).containsExactly(v.dot(z, twin), 7);

            w = x.clone();
            u.add(0.7, y, -1.3, z, w);
            twin = x.clone();
            v.axpy(0.7, y, twin);
            v.axpy(-1.3, z, twin);
            assertThat(w).isEqualTo(twin);

            w = y.clone();
            u.direction(x, 0.9, 0.4, z, w);
            twin = y.clone();
            v.axpy(-0.4, z, twin);
            v.xpby(x, 0.9, twin);
            assertThat(w).isEqualTo(twin);

            w = y.clone();
            double[] step = e.clone();
            u.threeTerm(z, 0.2, -0.6, d, w, 1.7, step);
            twin = y.clone();
            double[] stepTwin = e.clone();
            v.xpby(z, 0.2, twin);
            v.axpy(-0.6, d, twin);
            v.axpy(1.7, twin, stepTwin);
            assertThat(w).isEqualTo(twin);
            assertThat(step).isEqualTo(stepTwin);

            double[][] basis = {y, z, d};
            double[] h = {0.3, -0.8, 1.1};
            for (int k = 0; k <= 3; k++) {
                w = x.clone();
                square = u.scaleSubtract(0.7, basis, k, h, w);
                twin = x.clone();
                v.scale(0.7, twin);
                assertThat(square).isEqualTo(v.subtract(basis, k, h, twin));
                assertThat(w).isEqualTo(twin);

                w = e.clone();
                u.subtract(x, basis, k, h, w);
                twin = e.clone();
                v.copy(x, twin);
                v.subtract(basis, k, h, twin);
                assertThat(w).isEqualTo(twin);

                w = x.clone();
                step = e.clone();
                square = u.subtractAxpy(basis, k, h, w, -0.9, step);
                twin = x.clone();
                stepTwin = e.clone();
                v.subtract(basis, k, h, twin);
                assertThat(square).isEqualTo(v.axpySquare(-0.9, twin, stepTwin));
                assertThat(w).isEqualTo(twin);
                assertThat(step).isEqualTo(stepTwin);
            }

            for (int k = 1; k <= 3; k++) {
                w = y.clone();
                u.replaceFirst(0.4, x, new double[][] {w, z, d}, k, h);
                twin = y.clone();
                v.scale(h[0], twin);
                v.axpy(0.4, x, twin);
                v.add(new double[][] {z, d}, k - 1, new double[] {h[1], h[2]}, twin);
                assertThat(w).isEqualTo(twin);
            }
            for (int k = 0; k < 5; k++) {
                assertThat(inputs.get(k)).as("input %d is unchanged", k).isEqualTo(random(n, k));
            }
        }
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

    private static double[][] everything(int n, WorkerPool pool) {
        Recurrences u = new Recurrences(new Vectors(n, pool));
        double[][] a = new double[6][];
        for (int k = 0; k < a.length; k++) {
            a[k] = random(n, k);
        }
        double[][] basis = {a[3], a[4], a[5]};
        double[] h = {0.3, -0.8, 1.1};
        double[] s = new double[4];
        double[] st = new double[1];
        s[0] = u.residual(a[0], -0.3, a[1], a[2], st);
        s[1] = st[0];
        u.add(0.7, a[1], -1.3, a[2], a[0]);
        u.direction(a[0], 0.9, 0.4, a[1], a[2]);
        u.threeTerm(a[0], 0.2, -0.6, a[1], a[2], 1.7, a[3]);
        s[2] = u.scaleSubtract(0.7, basis, 3, h, a[0]);
        u.subtract(a[0], basis, 2, h, a[1]);
        u.replaceFirst(0.4, a[0], basis, 3, h);
        s[3] = u.subtractAxpy(basis, 3, h, a[1], -0.9, a[0]);
        return new double[][] {a[0], a[1], a[2], a[3], a[4], a[5], s};
    }

    @Test
    void countsReductionsWhereItSums() {
        Vectors v = new Vectors(2, WorkerPool.of(1));
        Recurrences u = new Recurrences(v);
        double[] x = {1, 2};
        double[][] basis = {x.clone()};
        u.residual(x, 1, x.clone(), x, new double[1]);
        u.scaleSubtract(1, basis, 1, new double[1], x.clone());
        u.subtractAxpy(basis, 1, new double[1], x.clone(), 1, x.clone());
        assertThat(v.reductions()).isEqualTo(4);
        u.add(1, x, 1, x, x.clone());
        u.direction(x, 1, 1, x, x.clone());
        u.threeTerm(x, 1, 1, x, x.clone(), 1, x.clone());
        u.subtract(x, basis, 1, new double[1], x.clone());
        u.replaceFirst(1, x, basis, 1, new double[1]);
        assertThat(v.reductions()).isEqualTo(4);
    }

    @Test
    void needsVectors() {
        assertThatThrownBy(() -> new Recurrences(null)).hasMessage("vectors");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void allocatesNothingPerCall(int threads) {
        int n = Vectors.SERIAL_BELOW + 7;
        try (WorkerPool pool = WorkerPool.of(threads)) {
            Recurrences u = new Recurrences(new Vectors(n, pool));
            double[][] a = new double[6][n];
            double[][] basis = {a[0], a[1]};
            double[] h = {0.1, 0.2};
            double[] st = new double[1];
            assertThat(Allocation.perCall(() -> {
                        u.residual(a[2], 1, a[3], a[4], st);
                        u.add(1, a[2], 1, a[3], a[4]);
                        u.direction(a[2], 1, 1, a[3], a[4]);
                        u.threeTerm(a[2], 1, 1, a[3], a[4], 1, a[5]);
                        u.scaleSubtract(1, basis, 2, h, a[2]);
                        u.subtract(a[2], basis, 2, h, a[3]);
                        u.replaceFirst(1, a[2], basis, 2, h);
                        u.subtractAxpy(basis, 2, h, a[2], 1, a[3]);
                    }))
                    .isZero();
        }
    }

    private static double[] random(int n, int seed) {
        return new Random(577_215 + seed).doubles(n + MARGIN, -1, 1).toArray();
    }
}
