package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.SweepSchedule;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;
import dev.ritz.testdata.Gallery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepScheduleTest {

    @Test
    void everyRowBelongsToOneBlockAndWaitsForWhatItNeeds() {
        for (CsrMatrix a : matrices()) {
            for (int threads : new int[] {1, 2, 3, 7}) {
                for (boolean lower : new boolean[] {true, false}) {
                    check(a, lower, threads);
                }
            }
        }
    }

    /** Replays the schedule: at each point only blocks whose waits are met may run. */
    private static void check(CsrMatrix a, boolean lower, int threads) {
        int n = a.rows();
        SweepSchedule s = SweepSchedule.of(a.pattern(), a.pattern().diagonalPositions(), lower, threads, 0, 1);
        assertThat(s.threads()).isEqualTo(threads);
        assertThat(s.size()).isEqualTo(n);
        boolean[] done = new boolean[n];
        int[] next = new int[s.threads()];
        int covered = 0;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int t = 0; t < s.threads(); t++) {
                while (next[t] < s.bounds(t).length / 2 && met(s, t, next)) {
                    int from = s.bounds(t)[2 * next[t]];
                    int to = s.bounds(t)[2 * next[t] + 1];
                    for (int p = from; p < to; p++) {
                        needsAreDone(a, lower, p, done);
                        assertThat(done[p]).isFalse();
                        done[p] = true;
                        covered++;
                    }
                    next[t]++;
                    moved = true;
                }
            }
        }
        assertThat(covered).isEqualTo(n);
    }

    private static boolean met(SweepSchedule s, int t, int[] next) {
        for (int u = 0; u < s.threads(); u++) {
            if (next[u] < s.waits(t)[next[t] * s.threads() + u]) {
                return false;
            }
        }
        return true;
    }

    private static void needsAreDone(CsrMatrix a, boolean lower, int place, boolean[] done) {
        int n = a.rows();
        int i = lower ? place : n - 1 - place;
        boolean any = false;
        for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
            int j = a.colIdx()[k];
            if (lower ? j < i : j > i) {
                any = true;
                if (!done[lower ? j : n - 1 - j]) {
                    throw new AssertionError("row " + i + " before row " + j);
                }
            }
        }
        if (!any && place > 0 && !done[0]) {
            throw new AssertionError("row " + i + ", whose idle slots read the first row, before that");
        }
    }

    @Test
    void widePlanesAreShared() {
        CsrMatrix a = gallery("poisson3d", 80);
        assertThat(schedule(a, true).threads()).isEqualTo(2);
        assertThat(schedule(a, false).threads()).isEqualTo(2);
    }

    @Test
    void whereThreadsWouldMostlyWaitOneKeepsAll() {
        for (boolean lower : new boolean[] {true, false}) {
            for (CsrMatrix a : List.of(
                    gallery("poisson1d", 200_000),
                    gallery("poisson2d", 300),
                    gallery("poisson3d", 20),
                    gallery("elasticity2d", 150),
                    CsrMatrix.identity(0))) {
                assertThat(schedule(a, lower).threads()).isEqualTo(1);
            }
        }
    }

    private static SweepSchedule schedule(CsrMatrix a, boolean lower) {
        return SweepSchedule.of(a.pattern(), a.pattern().diagonalPositions(), lower, 2);
    }

    private static CsrMatrix gallery(String name, int size) {
        return Gallery.problem(name).generate(size, 5).a();
    }

    private static List<CsrMatrix> matrices() {
        List<CsrMatrix> all = new ArrayList<>();
        all.add(gallery("poisson2d", 280));
        all.add(gallery("poisson3d", 36));
        all.add(gallery("elasticity2d", 120));
        CsrMatrix fem = gallery("fem2d", 250);
        all.add(fem);
        all.add(fem.permute(ReverseCuthillMcKee.order(fem.pattern())));
        all.add(gallery("random-nonsymmetric", 30_000));
        all.add(gallery("poisson1d", 1));
        all.add(CsrMatrix.identity(60_000));
        return all;
    }
}
