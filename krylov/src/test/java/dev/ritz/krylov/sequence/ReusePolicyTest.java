package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReusePolicyTest {
    private static final int SYSTEMS = 400;
    private static final ReusePolicy[] FIXED = {
        new AlwaysRebuild(),
        new KeepAlways(),
        new EveryN(2),
        new EveryN(3),
        new EveryN(5),
        new EveryN(10),
        new EveryN(20),
        new EveryN(50)
    };

    /** What system t costs with the preconditioner built for system b, before noise. */
    private interface Cost {
        double of(int t, int b);
    }

    private record Sequence(double setup, double noise, double outliers, Cost cost) {

        double total(ReusePolicy policy) {
            double total = 0;
            for (int seed = 0; seed < 6; seed++) {
                total += total(policy, new Random(0x5eed_0042L + seed));
            }
            return total;
        }

        private double total(ReusePolicy policy, Random random) {
            double[] costs = new double[SYSTEMS];
            int[] iterations = new int[SYSTEMS];
            double total = 0;
            int built = 0;
            double[] earlier = {};
            int since = 0;
            for (int t = 0; t < SYSTEMS; t++) {
                int k = t - built;
                if (t == 0
                        || !policy.keep(new ReuseHistory(
                                setup, Arrays.copyOf(iterations, k), Arrays.copyOf(costs, k), earlier, since))) {
                    if (k > 1) {
                        earlier = Arrays.copyOf(costs, k);
                        since = 0;
                    }
                    since += earlier.length > 0 ? 1 : 0;
                    built = t;
                    k = 0;
                    total += setup;
                }
                double c = cost.of(t, built) * Math.max(0.1, 1 + noise * random.nextGaussian());
                if (random.nextDouble() < outliers) {
                    c *= 5;
                }
                costs[k] = c;
                iterations[k] = (int) Math.rint(c);
                total += c;
            }
            return total;
        }
    }

    private static Map<String, Sequence> sequences() {
        Map<String, Sequence> s = new LinkedHashMap<>();
        s.put("drift", new Sequence(100, 0, 0, (t, b) -> 20 + 2 * (t - b)));
        s.put("noisy drift", new Sequence(100, 0.1, 0, (t, b) -> 20 + 2 * (t - b)));
        s.put("slow drift", new Sequence(200, 0.05, 0, (t, b) -> 20 + 0.1 * (t - b)));
        s.put("fast drift", new Sequence(30, 0.05, 0, (t, b) -> 20 + 30 * (t - b)));
        s.put("independent systems", new Sequence(8, 0.05, 0, (t, b) -> t == b ? 20 : 60));
        s.put("root", new Sequence(100, 0.03, 0, (t, b) -> 20 + 8 * Math.sqrt(t - b)));
        s.put("square", new Sequence(100, 0.03, 0, (t, b) -> 20 + 0.3 * (t - b) * (t - b)));
        s.put("no ageing", new Sequence(100, 0.1, 0, (t, b) -> 20));
        s.put("rare jumps", new Sequence(100, 0.03, 0, (t, b) -> 20 + 40 * (t / 40 - b / 40)));
        s.put("large jumps", new Sequence(60, 0.1, 0, (t, b) -> 20 + 100 * (t / 15 - b / 15)));
        s.put("small jumps", new Sequence(100, 0.03, 0, (t, b) -> 20 + 3 * (t / 40 - b / 40)));
        s.put("harder at times", new Sequence(100, 0.03, 0, (t, b) -> 20 + 40 * (t / 40 % 2) + 0.2 * (t - b)));
        s.put("periodic", new Sequence(100, 0.03, 0, (t, b) -> 20 + 40 * phase(t, b, 50)));
        s.put("outliers", new Sequence(100, 0.03, 0.05, (t, b) -> 20 + 0.5 * (t - b)));
        return s;
    }

    private static double phase(int t, int b, int period) {
        return Math.abs(Math.sin(Math.PI * t / period) - Math.sin(Math.PI * b / period));
    }

    /** The best fixed policy differs from sequence to sequence; the adaptive one is at home in all. */
    @Test
    void adaptiveIsAsGoodAsTheBestFixedPolicy() {
        sequences().forEach((name, sequence) -> {
            double best =
                    Arrays.stream(FIXED).mapToDouble(sequence::total).min().orElseThrow();
            assertThat(sequence.total(new AdaptiveReuse()) / best).as(name).isLessThan(1.06);
        });
    }

    @Test
    void adaptiveBeatsTheRuleOfHypredrive() {
        double[] ratios = sequences().entrySet().stream()
                .mapToDouble(e -> {
                    double ratio = e.getValue().total(new AdaptiveReuse())
                            / e.getValue().total(new HypredriveReuse());
                    assertThat(ratio).as(e.getKey()).isLessThan(1.06);
                    return ratio;
                })
                .toArray();
        assertThat(Arrays.stream(ratios).average().orElseThrow()).isLessThan(0.96);
        assertThat(Arrays.stream(ratios).min().orElseThrow()).isLessThan(0.75);
    }

    /** Linear ageing c₀ + a j: the optimal number of systems is √(2 S / a). */
    @Test
    void adaptiveFindsTheOptimalPeriodOfLinearAgeing() {
        for (double a : new double[] {0.1, 1, 5}) {
            double setup = 300;
            double[] costs = new double[1000];
            Arrays.setAll(costs, j -> 20 + a * j);
            int k = 1;
            while (new AdaptiveReuse().keep(new ReuseHistory(setup, new int[k], Arrays.copyOf(costs, k)))) {
                k++;
            }
            assertThat((double) k).isBetween(Math.sqrt(2 * setup / a) - 1, Math.sqrt(2 * setup / a) + 2);
        }
    }

    @Test
    void adaptiveNeverThrashes() {
        Sequence same = new Sequence(100, 0.2, 0.02, (t, b) -> 20);
        double rebuilds = (same.total(new AdaptiveReuse()) - same.total(new KeepAlways())) / (6 * same.setup());
        assertThat(rebuilds).isLessThan(SYSTEMS / 40.0);
    }

    @Test
    void fixedPoliciesDoWhatTheySay() {
        assertThat(keep(new AlwaysRebuild(), 10)).isFalse();
        assertThat(keep(new KeepAlways(), 10, 1000)).isTrue();
        assertThat(keep(new EveryN(3), 5, 5)).isTrue();
        assertThat(keep(new EveryN(3), 5, 5, 5)).isFalse();
        assertThat(keep(new WhenIterationsGrow(1.5, 2), 10, 17)).isTrue();
        assertThat(keep(new WhenIterationsGrow(1.5, 2), 10, 18)).isFalse();
        assertThat(keep(new WhenIterationsGrow(1.5, 2), 10, 18, 17)).isTrue(); // the last one counts
        for (ReusePolicy policy : new ReusePolicy[] {
            new AlwaysRebuild(), new EveryN(1), new WhenIterationsGrow(1, 0), new AdaptiveReuse(), new HypredriveReuse()
        }) {
            assertThat(keep(policy)).isTrue(); // unused as yet
            assertThat(policy.name()).isEqualTo(policy.getClass().getSimpleName());
        }
    }

    /** Set-up 100, window 10: a budget of 10 a system; baseline 20. */
    @Test
    void hypredriveFollowsItsPublishedScore() {
        ReusePolicy rule = new HypredriveReuse();
        assertThat(keep(rule, 20, 59)).isTrue(); // no baseline yet
        assertThat(keep(rule, 20, 20, 20, 60)).isFalse(); // guard: 3 times the baseline
        assertThat(keep(rule, 20, 20, 20, 59)).isTrue(); // below it, and the first bad score
        assertThat(keep(rule, 20, 20, 20, 20, 20, 58, 58)).isTrue(); // bad, but the one before was good: s = 1.58
        assertThat(keep(rule, 20, 20, 20, 59, 59, 59)).isFalse(); // two bad scores
        assertThat(keep(new HypredriveReuse(1000), 20, 20, 20, 21, 21, 21)).isFalse(); // 1000 systems to pay 100
        assertThat(keep(rule, 20, 20, 20, 21, 21, 21)).isTrue();
    }

    @Test
    void refusesOptionsOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EveryN(0)).withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> new WhenIterationsGrow(0.9, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WhenIterationsGrow(Double.NaN, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new WhenIterationsGrow(2, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new HypredriveReuse(0));
    }

    private static boolean keep(ReusePolicy policy, int... iterations) {
        return policy.keep(new ReuseHistory(
                100, iterations, Arrays.stream(iterations).asDoubleStream().toArray()));
    }
}
