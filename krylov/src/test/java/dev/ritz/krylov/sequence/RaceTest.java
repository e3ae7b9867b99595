package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class RaceTest {

    /** Runs systems first, …, last − 1 of constant costs; returns what they cost, and how often each arm was used. */
    private static double run(Race race, int first, int last, double[] costs, int[] used) {
        double total = 0;
        for (int t = first; t < last; t++) {
            int arm = race.next();
            used[arm]++;
            double limit = race.limit(arm);
            boolean broken = costs[arm] > limit;
            total += broken ? limit + costs[race.favourite()] : costs[arm];
            race.learn(arm, broken ? Double.POSITIVE_INFINITY : costs[arm], 0);
        }
        return total;
    }

    @Test
    void theCheapestWins() {
        for (double[] costs : new double[][] {{1, 2, 3}, {3, 2, 1}, {1.05, 1, 1.1}, {100, 1, 50}}) {
            Race race = new Race(3, true);
            int[] used = new int[3];
            double total = run(race, 0, 150, costs, used);
            assertThat(race.settled()).isTrue();
            double least = Math.min(costs[0], Math.min(costs[1], costs[2]));
            assertThat(costs[race.favourite()]).isEqualTo(least);
            double first = costs[0]; // nothing bounds the very first turn
            assertThat(total).isLessThanOrEqualTo(150 * least + first + 10 * least);
        }
    }

    @Test
    void whoIsFarBehindHasOneTurn() {
        Race race = new Race(3, true);
        int[] used = new int[3];
        run(race, 0, 50, new double[] {1, 10, 2}, used);
        assertThat(used).containsExactly(48, 1, 1);
    }

    @Test
    void aWinnerThatBecomesDearIsChallenged() {
        Race race = new Race(2, true);
        int[] used = new int[2];
        run(race, 0, 20, new double[] {1, 2}, used);
        assertThat(race.favourite()).isZero();
        run(race, 20, 60, new double[] {4, 2}, used);
        assertThat(race.favourite()).isEqualTo(1);
    }

    @Test
    void theSearchIsAVanishingShare() {
        Race race = new Race(4, true);
        int[] used = new int[4];
        int systems = 20_000;
        double total = run(race, 0, systems, new double[] {1.4, 1, 2.9, 1.2}, used);
        assertThat(total / systems).isLessThan(1.01);
        assertThat(used[1]).isGreaterThan(systems * 98 / 100);
    }

    @Test
    void aSetUpIsSharedAmongTheSystemsItServes() {
        Race race = new Race(2, true);
        int[] built = new int[2];
        IntUnaryOperator arms = t -> race.next();
        for (int t = 0; t < 12; t++) { // arm 0: 1 + 0.6 once; arm 1: 1.4 each time
            int arm = arms.applyAsInt(t);
            race.learn(arm, arm == 0 ? 1 : 1.4, arm == 0 && built[0]++ == 0 ? 0.6 : 0);
        }
        assertThat(race.settled()).isTrue();
        assertThat(race.favourite()).isZero();
    }

    @Test
    void whereAllFailEverybodyKeepsTakingTurns() {
        Race race = new Race(2, true);
        int[] used = new int[2];
        for (int t = 0; t < 10; t++) {
            used[race.next()]++;
            race.learn(race.next(), Double.POSITIVE_INFINITY, 0);
        }
        assertThat(used).containsExactly(5, 5);
        assertThat(race.settled()).isFalse();
    }

    @Test
    void oneArmIsNoRace() {
        Race race = new Race(1, true);
        assertThat(race.next()).isZero();
        assertThat(race.limit(0)).isInfinite();
        race.learn(0, Double.POSITIVE_INFINITY, 0);
        assertThat(race.next()).isZero();
    }

    @Test
    void aRaceReadBackGoesOnAlike() throws IOException {
        double[] costs = {1.2, 1, 1.1};
        for (int cut : new int[] {0, 1, 4, 7, 12, 205}) {
            Race race = new Race(3, true);
            run(race, 0, cut, costs, new int[3]);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            race.write(new DataOutputStream(bytes));
            Race again = new Race(3, true);
            again.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            for (int t = 0; t < 300; t++) {
                assertThat(again.next()).isEqualTo(race.next());
                assertThat(again.limit(again.next())).isEqualTo(race.limit(race.next()));
                int arm = race.next();
                race.learn(arm, costs[arm], 0);
                again.learn(arm, costs[arm], 0);
            }
        }
    }
}
