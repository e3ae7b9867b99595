package dev.ritz.krylov.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ChebCbTest {
    private static final int M = 6;
    private static final double N = 2 + 4 * (1 + Math.log(M));

    private static double[] chebyshev(double c) {
        double x = 2 * c - 1;
        double[] f = new double[M];
        for (int j = 0; j < M; j++) {
            f[j] = Math.cos(j * Math.acos(x));
        }
        return f;
    }

    /** X⁺ y from a singular value decomposition of X itself. */
    private static double[] leastSquares(double[][] x, double[] y) {
        DMatrixRMaj inverse = new DMatrixRMaj(M, y.length);
        CommonOps_DDRM.pinv(new DMatrixRMaj(x), inverse);
        double[] theta = new double[M];
        for (int j = 0; j < M; j++) {
            for (int t = 0; t < y.length; t++) {
                theta[j] += inverse.get(j, t) * y[t];
            }
        }
        return theta;
    }

    private static ChebCb.Memory memory(int arms) {
        return (ChebCb.Memory) new ChebCb(0, 1).newMemory(arms, 0xceb1);
    }

    @Test
    void theFitIsThatOfTheHistory() {
        ChebCb.Memory memory = memory(1);
        SplittableRandom random = new SplittableRandom(0xceb2);
        double[][] x = new double[80][];
        double[] costs = new double[80];
        double largest = 0;
        for (int t = 0; t < 80; t++) {
            double c = random.nextDouble();
            x[t] = chebyshev(c);
            // small enough coefficients beside the largest cost that the box does not bind
            costs[t] = t == 40 ? 5 : 0.6 + 0.3 * c + 0.2 * c * c + 0.01 * random.nextDouble();
            largest = Math.max(largest, costs[t]);
            memory.learn(new double[] {c}, 0, costs[t]);
        }
        double[] y = new double[80];
        for (int t = 0; t < 80; t++) {
            y[t] = costs[t] / (N * largest);
        }
        double[] direct = leastSquares(x, y);
        for (int j = 0; j < M; j++) {
            assertThat(memory.theta(0)[j]).isCloseTo(direct[j], within(1e-12));
        }
    }

    @Test
    void withFewPlaysTheFitIsTheSolutionOfLeastNorm() {
        ChebCb.Memory memory = memory(1);
        double[] contexts = {0.1, 0.35, 0.8};
        double[] costs = {1, 0.2, 0.3};
        double[][] x = new double[3][];
        double[] y = new double[3];
        for (int t = 0; t < 3; t++) {
            x[t] = chebyshev(contexts[t]);
            y[t] = costs[t] / N;
            memory.learn(new double[] {contexts[t]}, 0, costs[t]);
        }
        double[] least = leastSquares(x, y);
        for (int j = 0; j < M; j++) {
            assertThat(memory.theta(0)[j]).isCloseTo(least[j], within(1e-12));
        }
    }

    @Test
    void whereTheBoxBindsTheFitIsTheBestInIt() {
        SplittableRandom random = new SplittableRandom(0xceb3);
        double[] bounds = {0.1, 0.2, 0.1, 0.2 / 3};
        BoxLeastSquares fit = new BoxLeastSquares(bounds);
        int bound = 0;
        double[] last = new double[4];
        for (int trial = 0; trial < 400; trial++) {
            double[] gram = new double[16];
            double[] moments = new double[4];
            for (int t = 0; t < (trial % 4 == 3 ? 3 : 9); t++) { // singular at times
                double[] f = {1, random.nextDouble() - 0.5, random.nextDouble(), random.nextDouble() - 0.3};
                double y = random.nextDouble();
                for (int i = 0; i < 4; i++) {
                    moments[i] += f[i] * y;
                    for (int j = 0; j < 4; j++) {
                        gram[i * 4 + j] += f[i] * f[j];
                    }
                }
            }
            double[] theta = trial % 2 == 0 ? new double[4] : last; // also from the solution of another problem
            last = theta;
            if (fit.solve(gram, moments, 1, theta)) {
                bound++;
            }
            for (int j = 0; j < 4; j++) { // Karush–Kuhn–Tucker
                double gradient = -moments[j];
                for (int k = 0; k < 4; k++) {
                    gradient += gram[j * 4 + k] * theta[k];
                }
                assertThat(Math.abs(theta[j])).isLessThanOrEqualTo(bounds[j]);
                if (theta[j] == bounds[j]) {
                    assertThat(gradient).isLessThan(1e-7);
                } else if (theta[j] == -bounds[j]) {
                    assertThat(gradient).isGreaterThan(-1e-7);
                } else {
                    assertThat(gradient).isCloseTo(0, within(1e-7));
                }
            }
        }
        assertThat(bound).isGreaterThan(200);
    }

    @Test
    void armsAreExploredByTheInverseOfTheirGaps() {
        ChebCb.Memory memory = memory(4);
        assertThat(memory.probabilities(new double[] {0.4})).containsExactly(0.25, 0.25, 0.25, 0.25);
        SplittableRandom random = new SplittableRandom(0xceb4);
        for (int t = 0; t < 60; t++) {
            double c = random.nextDouble();
            memory.learn(new double[] {c}, t % 4, 0.5 + 0.1 * (t % 4) * c);
        }
        double[] f = chebyshev(0.4);
        double[] y = new double[4];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < M; j++) {
                y[i] += memory.theta(i)[j] * f[j];
            }
        }
        int best = MeanMemory.least(y);
        double[] p = memory.probabilities(new double[] {0.4});
        double rest = 1;
        for (int i = 0; i < 4; i++) {
            if (i != best) {
                assertThat(p[i]).isCloseTo(1 / (4 + memory.eta() * (y[i] - y[best])), within(1e-12));
                rest -= p[i];
            }
        }
        assertThat(p[best]).isCloseTo(rest, within(1e-14));
    }

    @Test
    void itLearnsTheBestArmOfEveryContext() {
        ChebCb.Memory memory = memory(5);
        SplittableRandom random = new SplittableRandom(0xceb5);
        double late = 0;
        double early = 0;
        for (int t = 0; t < 20_000; t++) {
            double[] c = {random.nextDouble()};
            int arm = memory.choose(c);
            double gap = Math.pow(arm / 4.0 - c[0], 2); // the best arm is the nearest
            memory.learn(c, arm, 1 + gap + 0.2 * random.nextDouble());
            double best = Math.pow(Math.round(4 * c[0]) / 4.0 - c[0], 2);
            if (t < 500) {
                early += gap - best;
            }
            late += gap - best;
        }
        double slope = Math.log(late / early) / Math.log(20_000 / 500.0);
        System.out.printf("ChebCB: regret %.1f after 500, %.1f after 20000 rounds, slope %.2f%n", early, late, slope);
        assertThat(slope).isLessThan(0.7);
    }

    @Test
    void featuresOfSeveralNumbersAreProducts() {
        ChebyshevFeatures features = new ChebyshevFeatures(List.of(new Interval(-1, 1), new Interval(-1, 1)), 2);
        assertThat(features.count()).isEqualTo(6);
        double[] f = new double[6];
        features.evaluate(new double[] {0.5, -0.25}, f);
        assertThat(f).containsExactly(1, 0.5, -0.25, -0.5, -0.125, -0.875); // 1, x, y, T₂(x), x y, T₂(y)
        assertThat(features.degree(0)).isZero();
        assertThat(features.degree(2)).isEqualTo(1);
        assertThat(features.degree(4)).isEqualTo(2);
        features.evaluate(new double[] {7, -9}, f);
        assertThat(f).containsExactly(1, 1, -1, 1, -1, 1); // the nearest corner
    }
}
