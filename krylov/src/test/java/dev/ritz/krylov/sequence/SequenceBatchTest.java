package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Sequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SequenceBatchTest {
    private static final List<LinearSystem> SYSTEMS =
            Sequences.darcy(12, 23, 0.5, 0.05, 0xba7c_4001L).toList();
    private static final int[] ORDER =
            IntStream.range(0, 23).map(i -> (7 * i + 3) % 23).toArray();
    private static final Supplier<SequenceSession.Builder> SESSIONS =
            () -> SequenceSession.builder(new RecyclingCg(), new Ic0())
                    .guess(new Extrapolation(1))
                    .pool(WorkerPool.of(1));

    private static SequenceBatch.Item item(int index) {
        LinearSystem s = SYSTEMS.get(index);
        return new SequenceBatch.Item(s.a(), s.b(), null);
    }

    /** Keeps everything. */
    private static class Kept implements SequenceBatch.Sink {
        private final double[][] x = new double[SYSTEMS.size()][];
        private final SystemRecord[] records = new SystemRecord[SYSTEMS.size()];
        private final Exception[] failures = new Exception[SYSTEMS.size()];
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void solved(int index, SystemRecord record, double[] solution) throws IOException {
            x[index] = solution.clone();
            records[index] = record;
            count.incrementAndGet();
        }

        @Override
        public void failed(int index, Exception failure) {
            failures[index] = failure;
            count.incrementAndGet();
        }
    }

    private static Kept run(SequenceBatch batch) throws IOException {
        Kept kept = new Kept();
        List<SequenceReport> reports = batch.run(ORDER, SequenceBatchTest::item, kept, () -> false);
        assertThat(reports.stream().mapToInt(SequenceReport::converged).sum()).isEqualTo(23);
        return kept;
    }

    @Test
    void theResultsDependOnTheChunksAndNotOnTheWorkers() throws IOException {
        for (int chunks : new int[] {1, 4, 23}) {
            Kept first = run(new SequenceBatch(SESSIONS, 1, chunks, null, 5));
            for (int workers : new int[] {2, 3, 8}) {
                Kept other = run(new SequenceBatch(SESSIONS, workers, chunks, null, 5));
                for (int i = 0; i < 23; i++) {
                    assertThat(other.x[i]).isEqualTo(first.x[i]);
                    assertThat(other.records[i].iterations()).isEqualTo(first.records[i].iterations());
                }
            }
        }
    }

    @Test
    void aBatchThatWasStoppedGoesOnAndLosesNothing(@TempDir Path folder) throws IOException {
        Kept whole = run(new SequenceBatch(SESSIONS, 1, 3, Files.createDirectory(folder.resolve("whole")), 4));
        for (int stopAfter : new int[] {0, 1, 6, 9, 22}) {
            Path checkpoints = Files.createDirectory(folder.resolve("stopped" + stopAfter));
            SequenceBatch batch = new SequenceBatch(SESSIONS, 2, 3, checkpoints, 4);
            Kept kept = new Kept();
            batch.run(ORDER, SequenceBatchTest::item, kept, () -> kept.count.get() >= stopAfter);
            int before = kept.count.get();
            List<SequenceReport> reports = batch.run(ORDER, SequenceBatchTest::item, kept, () -> false);
            assertThat(reports.stream().mapToInt(SequenceReport::systems).sum()).isEqualTo(23);
            assertThat(kept.count.get() - before).isLessThanOrEqualTo(23);
            for (int i = 0; i < 23; i++) {
                assertThat(kept.x[i]).isEqualTo(whole.x[i]);
            }
            int done = kept.count.get();
            batch.run(ORDER, SequenceBatchTest::item, kept, () -> false);
            assertThat(kept.count.get()).isEqualTo(done); // nothing is left to do
        }
    }

    @Test
    void aSystemThatCannotBeLoadedIsReportedAndTheOthersAreSolved() throws IOException {
        Kept kept = new Kept();
        new SequenceBatch(SESSIONS, 2, 2, null, 5)
                .run(
                        ORDER,
                        index -> {
                            if (index == 5) {
                                throw new IOException("no such system");
                            }
                            LinearSystem s = SYSTEMS.get(index);
                            return new SequenceBatch.Item(s.a(), index == 6 ? new double[3] : s.b(), null);
                        },
                        kept,
                        () -> false);
        assertThat(kept.failures[5]).hasMessage("no such system");
        assertThat(kept.failures[6]).isInstanceOf(IllegalArgumentException.class);
        assertThat(Arrays.stream(kept.records)
                        .filter(r -> r != null && r.converged())
                        .count())
                .isEqualTo(21);
    }

    @Test
    void aGuessOfTheCallersOwnIsUsed() throws IOException {
        Kept first = run(new SequenceBatch(SESSIONS, 1, 1, null, 5));
        Kept second = new Kept();
        new SequenceBatch(SESSIONS, 1, 1, null, 5)
                .run(
                        ORDER,
                        i -> new SequenceBatch.Item(
                                SYSTEMS.get(i).a(), SYSTEMS.get(i).b(), first.x[i]),
                        second,
                        () -> false);
        assertThat(Arrays.stream(second.records)
                        .mapToInt(SystemRecord::iterations)
                        .sum())
                .isZero();
    }

    @Test
    void whatCannotBeKeptEndsTheBatch() {
        SequenceBatch.Sink full = new Kept() {
            @Override
            public void solved(int index, SystemRecord record, double[] solution) throws IOException {
                throw new IOException("disk full");
            }
        };
        for (int workers : new int[] {1, 3}) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> new SequenceBatch(SESSIONS, workers, 4, null, 5)
                            .run(ORDER, SequenceBatchTest::item, full, () -> false))
                    .withMessage("disk full");
        }
    }

    @Test
    void checkpointsOfAnotherBatchAreRefused(@TempDir Path folder) throws IOException {
        run(new SequenceBatch(SESSIONS, 1, 2, folder, 4));
        int[] other = ORDER.clone();
        other[0] = ORDER[1];
        other[1] = ORDER[0];
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new SequenceBatch(SESSIONS, 1, 2, folder, 4)
                        .run(other, SequenceBatchTest::item, new Kept(), () -> false))
                .withMessageContaining("another batch");
    }

    @Test
    void anEmptyBatchIsDone() throws IOException {
        List<SequenceReport> reports = new SequenceBatch(SESSIONS, 2, 4, null, 5)
                .run(new int[0], SequenceBatchTest::item, new Kept(), () -> false);
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).systems()).isZero();
    }

    @Test
    void numbersBelowOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceBatch(SESSIONS, 0, 1, null, 1))
                .withMessageContaining("workers = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceBatch(SESSIONS, 1, 0, null, 1))
                .withMessageContaining("chunks = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SequenceBatch(SESSIONS, 1, 1, null, 0))
                .withMessageContaining("every = 0");
    }
}
