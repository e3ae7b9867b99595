package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecyclingControlTest {

    /** How many of the systems are solved with a space that costs so much, refresh included, against so much without. */
    private static int recycled(RecyclingControl control, int systems, double with, int refresh, double without) {
        int count = 0;
        control.learn(without, 0, 0); // the first has none
        for (int t = 1; t < systems; t++) {
            boolean on = control.recycles();
            count += on ? 1 : 0;
            control.learn(on ? with : without, on ? 10 : 0, on ? refresh : 0);
        }
        return count;
    }

    @Test
    void aSpaceThatPaysIsKept() {
        assertThat(recycled(new RecyclingControl(), 200, 25, 20, 60)).isEqualTo(199);
    }

    @Test
    void aSpaceWhoseRefreshCostsMoreThanItSavesIsLeftOutEverLonger() {
        assertThat(recycled(new RecyclingControl(), 1000, 25, 20, 40)).isBetween(2, 30);
    }

    @Test
    void theSameOperatorTellsNothing() {
        RecyclingControl control = new RecyclingControl();
        control.learn(40, 0, 0);
        for (int t = 0; t < 50; t++) {
            control.learn(1000, 10, 0);
        }
        assertThat(control.recycles()).isTrue();
    }
}
