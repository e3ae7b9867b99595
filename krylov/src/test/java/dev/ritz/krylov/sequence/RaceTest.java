package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final double FAILS = Double.POSITIVE_INFINITY;

    /** Many applications: there is much to save. */
    private static final double STEPS = 300;

    /** Runs systems first, …, last − 1 of constant costs; returns what they cost, and counts how often each arm was used. */
    private static double run(Race race, int first, int last, double[] costs, int[] used, double steps) {
        double total = 0;
        for (int t = first; t < last; t++) {
            int arm = race.next();
            used[arm]++;
            double limit = race.limit(arm);
            boolean broken = costs[arm] > limit;
            int by = broken ? race.inCharge() : arm;
            double whole = broken ? limit + costs[by] : costs[arm];
            total += whole;
            race.learn(arm, by, broken ? FAILS : costs[arm], 0, steps, whole);
        }
        return total;
    }

    private static double least(double[] costs) {
        double least = costs[0];
        for (double c : costs) {
            least = Math.min(least, c);
        }
        return least;
    }

    @Test
    void theCheapestWins() {
        for (double[] costs : new double[][] {{1, 2, 3}, {3, 2, 1}, {1.05, 1, 1.1}, {100, 1, 50}}) {
            Race race = new Race(3, true);
            double total = run(race, 0, 150, costs, new int[3], STEPS);
            assertThat(costs[race.inCharge()]).isEqualTo(least(costs));
            double slow = 6 * (costs[0] - least(costs)); // until the first trial has shown how dear the first one is
            assertThat(total).isLessThanOrEqualTo(150 * least(costs) + slow + 8 * least(costs));
        }
    }

    @Test
    void anExpectationThatHoldsCostsLittleOnAShortSequence() {
        double total = run(new Race(5, true), 0, 40, new double[] {1, 5, 3, 2, 9}, new int[5], 50);
        assertThat(total).isLessThanOrEqualTo(40 * 1.15);
    }

    @Test
    void whereThereIsNothingToSaveNobodyElseIsTried() {
        int[] used = new int[3];
        run(new Race(3, true), 0, 150, new double[] {2, 1, 1}, used, 25);
        assertThat(used).containsExactly(150, 0, 0);
    }

    @Test
    void theMoreThereIsToSaveTheSoonerOthersAreTried() {
        int[] soon = new int[2];
        run(new Race(2, true), 0, 4, new double[] {1, 5}, soon, 1000);
        assertThat(soon).containsExactly(3, 1);
        int[] late = new int[2];
        run(new Race(2, true), 0, 10, new double[] {1, 5}, late, 36);
        assertThat(late).containsExactly(10, 0);
    }

    @Test
    void whoIsDearerHasOneTurnAndWhoIsCloseThree() {
        Race race = new Race(3, true);
        int[] used = new int[3];
        run(race, 0, 50, new double[] {1, 10, 1.05}, used, STEPS);
        assertThat(used).containsExactly(46, 1, Race.TURNS);
        assertThat(race.inCharge()).isZero();
    }

    @Test
    void aConfigurationInChargeThatBecomesDearIsChallenged() {
        Race race = new Race(2, true);
        int[] used = new int[2];
        run(race, 0, 20, new double[] {1, 2}, used, STEPS);
        assertThat(race.inCharge()).isZero();
        run(race, 20, 60, new double[] {4, 2}, used, STEPS);
        assertThat(race.inCharge()).isEqualTo(1);
    }

    @Test
    void theSearchIsAVanishingShare() {
        Race race = new Race(4, true);
        int[] used = new int[4];
        int systems = 20_000;
        double total = run(race, 0, systems, new double[] {1.4, 1, 2.9, 1.2}, used, STEPS);
        assertThat(total / systems).isLessThan(1.01);
        assertThat(used[1]).isGreaterThan(systems * 98 / 100);
        assertThat(used[2]).isGreaterThan(2); // but it never ends
    }

    @Test
    void aSetUpIsSharedAmongTheSystemsItServes() {
        Race race = new Race(2, true);
        for (int t = 0; t < 12; t++) { // arm 0: 1.3 and nothing to build but once; arm 1: 1 and 0.6 once
            int arm = race.next();
            double setup = t == 0 || arm == 1 && race.mayKeep(1) && !race.mayKeep(0) ? 0.6 : 0;
            race.learn(arm, arm, arm == 0 ? 1.3 : 1, setup, STEPS, (arm == 0 ? 1.3 : 1) + setup);
        }
        assertThat(race.inCharge()).isEqualTo(1);
        race = new Race(2, true);
        for (int t = 0; t < 12; t++) { // arm 1 is built each time, and does not earn that
            int arm = race.next();
            double setup = arm == 1 ? 0.6 : 0;
            race.learn(arm, arm, arm == 0 ? 1.3 : 1, setup, STEPS, (arm == 0 ? 1.3 : 1) + setup);
        }
        assertThat(race.inCharge()).isZero();
    }

    @Test
    void aTrialBeginsWithAPreconditionerOfItsOwn() {
        Race race = new Race(2, true);
        assertThat(race.mayKeep(0)).isTrue();
        while (race.next() == 0) {
            run(race, 0, 1, new double[] {1, 0.5}, new int[2], STEPS);
        }
        assertThat(race.mayKeep(1)).isFalse();
        run(race, 0, 1, new double[] {1, 0.5}, new int[2], STEPS);
        assertThat(race.next()).isEqualTo(1);
        assertThat(race.mayKeep(1)).isTrue();
    }

    @Test
    void whoSolvesWhatTheOneInChargeCannotTakesOver() {
        Race race = new Race(3, true);
        race.learn(0, 2, FAILS, 0.5, STEPS, 3);
        assertThat(race.inCharge()).isEqualTo(2);
        assertThat(race.next()).isEqualTo(2);
        int[] used = new int[3];
        run(race, 1, 40, new double[] {1, 4, 3}, used, STEPS);
        assertThat(race.inCharge()).isZero(); // one failure is not for ever
    }

    @Test
    void oneArmIsNoRace() {
        Race race = new Race(1, true);
        assertThat(race.next()).isZero();
        assertThat(race.limit(0)).isInfinite();
        race.learn(0, 0, FAILS, 0, STEPS, 1);
        assertThat(race.next()).isZero();
        assertThat(race.mayKeep(0)).isTrue();
    }

    @Test
    void aRaceReadBackGoesOnAlike() throws IOException {
        double[] costs = {1.2, 1, 1.1};
        for (int cut : new int[] {0, 1, 4, 5, 7, 12, 205}) {
            Race race = new Race(3, true);
            run(race, 0, cut, costs, new int[3], STEPS);
            Race again = new Race(3, true);
            again.read(new DataInputStream(new ByteArrayInputStream(written(race))));
            for (int t = 0; t < 300; t++) {
                int arm = race.next();
                assertThat(again.next()).isEqualTo(arm);
                assertThat(again.limit(arm)).isEqualTo(race.limit(arm));
                assertThat(again.mayKeep(arm)).isEqualTo(race.mayKeep(arm));
                race.learn(arm, arm, costs[arm], 0, STEPS, costs[arm]);
                again.learn(arm, arm, costs[arm], 0, STEPS, costs[arm]);
            }
        }
    }

    @Test
    void aCheckpointOfMoreConfigurationsIsRefused() throws IOException {
        Race race = new Race(3, true);
        race.learn(0, 2, FAILS, 0, STEPS, 1);
        byte[] bytes = written(race);
        assertThatThrownBy(() -> new Race(2, true).read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("configuration 2");
    }

    private static byte[] written(Race race) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        race.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
