package dev.ritz.krylov.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every tuner must do, whatever its rule. */
class TunerTest {
    private static final Interval UNIT = new Interval(0, 1);

    private static final List<Tuner> ALL = List.of(
            new TsallisInf(),
            new TsallisInf(TsallisInf.Estimator.REDUCED_VARIANCE),
            new BinnedTsallisInf(0, 1, 4),
            new BinnedTsallisInf(List.of(UNIT, UNIT), 3, new TsallisInf()),
            new ChebCb(0, 1),
            new ChebCb(List.of(UNIT, UNIT), 3),
            new FixedArm(0),
            new ExploreThenCommit(3),
            new Ucb());

    /** Costs between 1 and 3 of arm i in context c. */
    private static double cost(int i, double c, SplittableRandom random) {
        return 1 + Math.abs(i / 4.0 - c) + random.nextDouble();
    }

    private static int[] play(Tuner.Memory memory, int rounds, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] chosen = new int[rounds];
        for (int t = 0; t < rounds; t++) {
            double[] context = {random.nextDouble(), random.nextDouble()};
            chosen[t] = memory.choose(context);
            memory.learn(context, chosen[t], cost(chosen[t], context[0], random));
        }
        return chosen;
    }

    private static byte[] bytes(Tuner.Memory memory) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(out));
        return out.toByteArray();
    }

    private static DataInputStream stream(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Test
    void theProbabilitiesAreADistribution() {
        for (Tuner tuner : ALL) {
            Tuner.Memory memory = tuner.newMemory(5, 0x7e01);
            for (int t = 0; t < 300; t++) {
                play(memory, 1, 0x7e02 + t);
                double[] p = memory.probabilities(new double[] {0.3, 0.9});
                assertThat(Arrays.stream(p).sum()).as(tuner.name()).isCloseTo(1, within(1e-14));
                assertThat(Arrays.stream(p).min().orElseThrow())
                        .as(tuner.name())
                        .isNotNegative();
            }
        }
    }

    @Test
    void choicesFollowTheProbabilities() {
        for (Tuner tuner : ALL) {
            Tuner.Memory memory = tuner.newMemory(4, 0x7e03);
            play(memory, 200, 0x7e04);
            double[] context = {0.6, 0.1};
            double[] p = memory.probabilities(context);
            int draws = 20_000;
            int[] counts = new int[4];
            for (int k = 0; k < draws; k++) {
                counts[memory.choose(context)]++;
            }
            for (int i = 0; i < 4; i++) {
                double deviation = Math.sqrt(p[i] * (1 - p[i]) / draws);
                assertThat(counts[i] / (double) draws)
                        .as(tuner.name())
                        .isCloseTo(p[i], within(4.5 * deviation + 1e-12));
            }
        }
    }

    @Test
    void equalSeedsGiveEqualChoicesAndOtherSeedsOthers() {
        for (Tuner tuner : ALL) {
            int[] first = play(tuner.newMemory(5, 0x7e05), 400, 0x7e06);
            assertThat(play(tuner.newMemory(5, 0x7e05), 400, 0x7e06))
                    .as(tuner.name())
                    .containsExactly(first);
        }
        assertThat(play(new TsallisInf().newMemory(5, 0x7e07), 400, 0x7e06))
                .isNotEqualTo(play(new TsallisInf().newMemory(5, 0x7e05), 400, 0x7e06));
    }

    @Test
    void aMemoryThatWasSavedGoesOnWithTheSameBits() throws IOException {
        for (Tuner tuner : ALL) {
            Tuner.Memory memory = tuner.newMemory(5, 0x7e08);
            play(memory, 150, 0x7e09);
            byte[] saved = bytes(memory);
            Tuner.Memory resumed = tuner.newMemory(5, 0x1);
            resumed.read(stream(saved));
            assertThat(play(resumed, 150, 0x7e0a)).as(tuner.name()).containsExactly(play(memory, 150, 0x7e0a));
            assertThat(bytes(resumed)).as(tuner.name()).containsExactly(bytes(memory));
        }
    }

    @Test
    void aFileThatDoesNotFitChangesNothing() throws IOException {
        for (Tuner tuner : ALL) {
            Tuner.Memory memory = tuner.newMemory(5, 0x7e0b);
            play(memory, 60, 0x7e0c);
            byte[] before = bytes(memory);
            byte[] other = bytes(tuner.newMemory(6, 0x7e0d));
            byte[] stranger = bytes(new Ucb(0.3).newMemory(5, 0x7e0d));
            byte[] cut = Arrays.copyOf(before, before.length - 1);
            byte[] noise = new byte[100];
            for (byte[] wrong : List.of(other, stranger, cut, noise)) {
                assertThatThrownBy(() -> memory.read(stream(wrong)))
                        .as(tuner.name())
                        .isInstanceOf(IOException.class);
                assertThat(bytes(memory)).as(tuner.name()).containsExactly(before);
            }
            if (!(tuner instanceof FixedArm)) {
                byte[] nan = before.clone(); // the last number of every state is a double
                Arrays.fill(nan, nan.length - 8, nan.length, (byte) 0xff);
                if (!(tuner instanceof BinnedTsallisInf)) {
                    assertThatThrownBy(() -> memory.read(stream(nan))).hasMessageContaining("damaged");
                    assertThat(bytes(memory)).containsExactly(before);
                }
            }
        }
    }

    @Test
    void badArgumentsAreRefusedAndTeachNothing() throws IOException {
        double[] context = {0.5, 0.5};
        for (Tuner tuner : ALL) {
            Tuner.Memory memory = tuner.newMemory(3, 0x7e0e);
            byte[] before = bytes(memory);
            for (double cost : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> memory.learn(context, 0, cost))
                        .withMessageContaining("cost = " + cost);
            }
            for (int arm : new int[] {-1, 3}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> memory.learn(context, arm, 1))
                        .withMessageContaining("arm = " + arm);
            }
            if (tuner.contextSize() > 0) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> memory.choose(new double[0]))
                        .withMessageContaining("length 0");
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> memory.choose(new double[] {Double.NaN, 0}))
                        .withMessageContaining("NaN");
            }
            assertThat(bytes(memory)).as(tuner.name()).containsExactly(before);
            assertThatIllegalArgumentException().isThrownBy(() -> tuner.newMemory(0, 1));
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedArm(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new FixedArm(2).newMemory(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExploreThenCommit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Ucb(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Interval(0, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> new BinnedTsallisInf(0, 1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BinnedTsallisInf(List.of(UNIT, UNIT, UNIT), 1000, new TsallisInf()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChebCb(List.of(UNIT), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChebCb(List.of(UNIT), 128));
        assertThatIllegalArgumentException().isThrownBy(() -> new ChebCb(List.of(), 1));
    }

    @Test
    void oneArmIsAlwaysPlayed() {
        for (Tuner tuner : ALL) {
            assertThat(play(tuner.newMemory(1, 0x7e0f), 50, 0x7e10)).containsOnly(0);
        }
    }

    @Test
    void costsOfZeroAndHugeCostsLeaveADistribution() {
        double[] context = {0.25, 0.75};
        for (Tuner tuner : ALL) {
            for (double[] costs : new double[][] {{0}, {1e300}, {0, 1e300}, {1e300, 1e-300, Double.MIN_VALUE}}) {
                Tuner.Memory memory = tuner.newMemory(4, 0x7e11);
                for (int t = 0; t < 500; t++) {
                    memory.learn(context, memory.choose(context), costs[t % costs.length]);
                }
                double[] p = memory.probabilities(context);
                assertThat(Arrays.stream(p).sum()).as(tuner.name()).isCloseTo(1, within(1e-13));
            }
        }
    }

    @Test
    void theUnitOfTheCostDoesNotMatter() {
        for (Tuner tuner : ALL) {
            Tuner.Memory iterations = tuner.newMemory(5, 0x7e12);
            Tuner.Memory seconds = tuner.newMemory(5, 0x7e12);
            SplittableRandom random = new SplittableRandom(0x7e13);
            for (int t = 0; t < 500; t++) {
                double[] context = {random.nextDouble(), random.nextDouble()};
                int arm = iterations.choose(context);
                assertThat(seconds.choose(context)).as(tuner.name()).isEqualTo(arm);
                double cost = cost(arm, context[0], random);
                iterations.learn(context, arm, cost);
                seconds.learn(context, arm, Math.scalb(cost, -40));
            }
        }
    }

    @Test
    void equalArmsStayEqual() {
        for (Tuner tuner : List.of(new TsallisInf(), new BinnedTsallisInf(0, 1, 2), new Ucb())) {
            Tuner.Memory memory = tuner.newMemory(4, 0x7e14);
            int[] counts = new int[4];
            for (int t = 0; t < 8000; t++) {
                int arm = memory.choose(new double[] {0.5});
                counts[arm]++;
                memory.learn(new double[] {0.5}, arm, 7);
            }
            assertThat(Arrays.stream(counts).min().orElseThrow())
                    .as(tuner.name())
                    .isGreaterThan(400);
        }
    }
}
