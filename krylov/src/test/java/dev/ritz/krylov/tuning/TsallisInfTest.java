package dev.ritz.krylov.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TsallisInfTest {
    private static final double[] NONE = {};

    @Test
    void theNewtonIterationSolvesForTheNormalisation() {
        SplittableRandom random = new SplittableRandom(0x7a01);
        for (int trial = 0; trial < 200; trial++) {
            int d = 1 + trial % 30;
            double eta = Math.pow(10, -3 * random.nextDouble());
            double[] gaps = new double[d];
            for (int i = 1; i < d; i++) {
                gaps[i] = Math.pow(10, 8 * random.nextDouble() - 3);
            }
            double[] p = new double[d];
            TsallisInf.distribution(gaps, eta, p);
            // the stationarity of ⟨k,p⟩ − (4/η) Σ √p on the simplex: gᵢ − 2/(η √pᵢ) is the same x for all arms
            double x = gaps[0] - 2 / (eta * Math.sqrt(p[0]));
            double sum = 0;
            for (int i = 0; i < d; i++) {
                sum += p[i];
                double xi = gaps[i] - 2 / (eta * Math.sqrt(p[i]));
                assertThat(xi).isCloseTo(x, within(1e-12 * (Math.abs(x) + gaps[i])));
            }
            assertThat(sum).isCloseTo(1, within(1e-14));
        }
    }

    @Test
    void theDistributionMinimisesTheRegularisedCost() {
        double[] gaps = {0, 1, 3, 0.2};
        double eta = 0.3;
        double[] p = new double[4];
        TsallisInf.distribution(gaps, eta, p);
        SplittableRandom random = new SplittableRandom(0x7a02);
        double least = objective(gaps, eta, p);
        for (int trial = 0; trial < 500; trial++) {
            double[] q = new double[4];
            double sum = 0;
            for (int i = 0; i < 4; i++) {
                q[i] = p[i] * (0.5 + random.nextDouble());
                sum += q[i];
            }
            for (int i = 0; i < 4; i++) {
                q[i] /= sum;
            }
            assertThat(objective(gaps, eta, q)).isGreaterThanOrEqualTo(least - 1e-14);
        }
    }

    private static double objective(double[] k, double eta, double[] p) {
        double value = 0;
        for (int i = 0; i < p.length; i++) {
            value += k[i] * p[i] - 4 / eta * Math.sqrt(p[i]);
        }
        return value;
    }

    @Test
    void theFirstStepsAreThoseComputedByHand() {
        Tuner.Memory memory = new TsallisInf().newMemory(2, 0x7a03);
        assertThat(memory.probabilities(NONE)).containsExactly(0.5, 0.5);
        memory.learn(NONE, 0, 3); // k = (3/½, 0), S = 3: gaps (2, 0), η = 2/√2
        double[] p = memory.probabilities(NONE);
        double eta = Math.sqrt(2);
        double x = -2 / (eta * Math.sqrt(p[1]));
        assertThat(p[0]).isCloseTo(4 / Math.pow(eta * (2 - x), 2), within(1e-14));
        assertThat(p[0] + p[1]).isCloseTo(1, within(1e-15));
    }

    @Test
    void theMeanEstimateOverTheDrawIsTheCost() throws IOException {
        double[] costs = {1, 1.02, 1.05};
        for (TsallisInf.Estimator estimator : TsallisInf.Estimator.values()) {
            TsallisInf tuner = new TsallisInf(estimator);
            Tuner.Memory memory = tuner.newMemory(3, 0x7a04);
            double paid = 0;
            int rounds = 90; // so that the baseline is in use
            for (int t = 0; t < rounds; t++) {
                int arm = memory.choose(NONE);
                memory.learn(NONE, arm, costs[arm]);
                paid += costs[arm];
            }
            double[] p = memory.probabilities(NONE);
            assertThat(Arrays.stream(p).max().orElseThrow() * (rounds + 1)).isGreaterThan(16);
            ByteArrayOutputStream saved = new ByteArrayOutputStream();
            memory.write(new DataOutputStream(saved));
            for (int j = 1; j < 3; j++) {
                double mean = 0;
                for (int arm = 0; arm < 3; arm++) {
                    Tuner.Memory next = tuner.newMemory(3, 0);
                    next.read(new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
                    next.learn(NONE, arm, costs[arm]);
                    mean += p[arm] * gap(next, estimator, j, rounds + 1, (paid + costs[arm]) / (rounds + 1));
                }
                double growth = mean - gap(memory, estimator, j, rounds, paid / rounds);
                assertThat(growth).as(estimator.toString()).isCloseTo(costs[j] - costs[0], within(1e-9));
            }
        }
    }

    /** kⱼ − k₀ from the distribution. */
    private static double gap(Tuner.Memory memory, TsallisInf.Estimator estimator, int j, int rounds, double mean) {
        double eta = (estimator == TsallisInf.Estimator.IMPORTANCE_WEIGHTED ? 2 : 4) / Math.sqrt(rounds + 1.0);
        double[] p = memory.probabilities(NONE);
        return mean * (2 / (eta * Math.sqrt(p[j])) - 2 / (eta * Math.sqrt(p[0])));
    }

    /** Regret against the best arm after each of some horizons. */
    private static double[] regret(Tuner tuner, int[] horizons, boolean adversarial) {
        double[] regret = new double[horizons.length];
        int trials = 10;
        for (int trial = 0; trial < trials; trial++) {
            Tuner.Memory memory = tuner.newMemory(5, 0x7a05 + trial);
            SplittableRandom random = new SplittableRandom(0x7a06 + trial);
            double[] sums = new double[5];
            double paid = 0;
            int next = 0;
            double phase = 1;
            boolean high = false;
            for (int t = 1; t <= horizons[horizons.length - 1]; t++) {
                if (adversarial && t > phase) { // Zimmert & Seldin: the level of all costs jumps, the gaps stay
                    phase *= 1.6;
                    high = !high;
                }
                int arm = memory.choose(NONE);
                double u = random.nextDouble();
                for (int i = 0; i < 5; i++) {
                    double mean = (high ? 0.85 : 0) + (i == 3 ? 0 : 0.15);
                    double cost = 1 + (adversarial ? mean : u < 0.3 + mean ? 1 : 0);
                    sums[i] += cost;
                    paid += i == arm ? cost : 0;
                    if (i == arm) {
                        memory.learn(NONE, arm, cost);
                    }
                }
                if (t == horizons[next]) {
                    regret[next++] += (paid - sums[3]) / trials;
                }
            }
        }
        return regret;
    }

    @Test
    void theRegretIsSublinearForDrawnAndForSwitchingCosts() {
        int[] horizons = {500, 2000, 8000, 20_000};
        for (boolean adversarial : new boolean[] {false, true}) {
            for (TsallisInf.Estimator estimator : TsallisInf.Estimator.values()) {
                double[] regret = regret(new TsallisInf(estimator), horizons, adversarial);
                double slope = Math.log(regret[3] / regret[0]) / Math.log(20_000 / 500.0);
                System.out.printf(
                        "Tsallis-INF, %s, %s costs: regret %.1f after 500, %.1f after 20000 rounds, slope %.2f%n",
                        estimator, adversarial ? "switching" : "drawn", regret[0], regret[3], slope);
                assertThat(slope).isLessThan(0.7);
                assertThat(regret[3]).isPositive().isLessThan(0.3 * 20_000 * 0.12); // of a random choice
            }
        }
    }

    @Test
    void itRecoversWhenTheBestArmChanges() {
        Tuner.Memory memory = new TsallisInf().newMemory(3, 0x7a07);
        double paid = 0;
        for (int t = 0; t < 12_000; t++) {
            int arm = memory.choose(NONE);
            int best = t < 3000 ? 0 : 2;
            double cost = arm == best ? 1 : 2;
            memory.learn(NONE, arm, cost);
            paid += cost;
        }
        assertThat(paid).isLessThan(12_000 + 0.6 * 9000); // the best fixed arm costs 15,000
        Tuner.Memory committed = new ExploreThenCommit(20).newMemory(3, 0x7a07);
        double baseline = 0;
        for (int t = 0; t < 12_000; t++) {
            int arm = committed.choose(NONE);
            double cost = arm == (t < 3000 ? 0 : 2) ? 1 : 2;
            committed.learn(NONE, arm, cost);
            baseline += cost;
        }
        assertThat(baseline).isGreaterThan(20_000);
    }

    @Test
    void binsLearnIndependently() {
        Tuner.Memory memory = new BinnedTsallisInf(0, 1, 2).newMemory(2, 0x7a08);
        double[] low = {0.2};
        double[] high = {0.7};
        for (int t = 0; t < 3000; t++) {
            double[] c = t % 2 == 0 ? low : high;
            int arm = memory.choose(c);
            memory.learn(c, arm, (arm == 0) == (t % 2 == 0) ? 1 : 2);
        }
        assertThat(memory.probabilities(low)[0]).isGreaterThan(0.95);
        assertThat(memory.probabilities(high)[1]).isGreaterThan(0.95);
        assertThat(memory.probabilities(new double[] {-5})).containsExactly(memory.probabilities(low));
        assertThat(memory.probabilities(new double[] {0.5})).containsExactly(memory.probabilities(high));
    }

    @Test
    void theBaselinesFollowTheirRules() {
        Tuner.Memory ucb = new Ucb().newMemory(3, 0);
        Tuner.Memory etc = new ExploreThenCommit(2).newMemory(3, 0);
        double[] costs = {3, 1, 2};
        int[] counts = new int[3];
        int[] order = new int[8];
        for (int t = 0; t < 4000; t++) {
            int arm = ucb.choose(NONE);
            counts[arm]++;
            ucb.learn(NONE, arm, costs[arm]);
            if (t < 8) {
                order[t] = etc.choose(NONE);
                etc.learn(NONE, order[t], costs[order[t]]);
            }
        }
        assertThat(order).containsExactly(0, 1, 2, 0, 1, 2, 1, 1);
        assertThat(counts[1]).isGreaterThan(3500);
        assertThat(counts[0]).isPositive().isLessThan(counts[2]);
    }
}
