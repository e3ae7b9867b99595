package dev.ritz.api.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkerPoolTest {
    /** Not associative: another order of the blocks shows in the bits. */
    private static final WorkerPool.BlockSum<double[]> SHARE = (c, x, y, block) -> c[block];

    private static final WorkerPool.BlockKernel<AtomicIntegerArray> COUNT =
            (c, x, y, block) -> c.incrementAndGet(block);

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void aHundredThousandShortLoopsGiveTheSerialSums(int threads) {
        Random random = new Random(42_424_243);
        double[] shares = random.doubles(97, -1, 1).map(v -> v * 1e8 * v * v).toArray();
        double[] serial = new double[shares.length + 1];
        for (int i = 0; i < shares.length; i++) {
            serial[i + 1] = serial[i] + shares[i];
        }
        double[] target = new double[8];
        try (WorkerPool pool = WorkerPool.of(threads)) {
            for (int k = 0; k < 100_000; k++) {
                int blocks = k % serial.length;
                double sum = pool.sum(blocks, SHARE, shares, null, null);
                if (sum != serial[blocks]) {
                    assertThat(sum).as("loop %d of %d blocks", k, blocks).isEqualTo(serial[blocks]);
                }
                if (k % 5 == 0) { // plain writes of helpers are visible to the caller
                    double value = k;
                    target[0] = Double.NaN;
                    pool.run(
                            8, (double[] c, double[] x, double[] y, int block) -> x[block] = value, null, target, null);
                    for (double t : target) {
                        if (t != value) {
                            assertThat(target).as("loop %d", k).containsOnly(value);
                        }
                    }
                }
            }
        }
    }

    @Test
    void loopsBetweenPausesWakeSleepingHelpers() {
        double[] shares = {1, 2, 3, 4};
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        try (WorkerPool pool = WorkerPool.of(2)) {
            for (int k = 0; k < 200; k++) {
                LockSupport.parkNanos(k % 4 * 100_000L); // around the time at which a helper falls asleep
                assertThat(pool.sum(4, SHARE, shares, null, null)).isEqualTo(10);
            }
            // two blocks that wait for each other end only when a sleeping helper does wake up
            for (int k = 0; k < 20; k++) {
                LockSupport.parkNanos(2_000_000);
                pool.run(2, WorkerPoolTest::meet, new CountDownLatch(2), null, null);
            }
            pool.run(
                    2,
                    (CountDownLatch c, double[] x, double[] y, int block) -> {
                        seen.add(Thread.currentThread());
                        meet(c, x, y, block);
                    },
                    new CountDownLatch(2),
                    null,
                    null);
        }
        seen.remove(Thread.currentThread());
        assertThat(seen).singleElement().satisfies(helper -> {
            assertThat(helper.isDaemon()).isTrue();
            assertThat(helper.getName()).isEqualTo("ritz-worker-1");
        });
    }

    private static void meet(CountDownLatch both, double[] x, double[] y, int block) {
        both.countDown();
        try {
            assertThat(both.await(20, TimeUnit.SECONDS)).as("a helper came").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void everyBlockRunsOnce(int threads) {
        try (WorkerPool pool = WorkerPool.of(threads)) {
            assertThat(pool.threads()).isEqualTo(threads);
            for (int blocks : new int[] {0, 1, 2, 3, 8, 100, 1001}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(blocks + 1);
                pool.run(blocks, COUNT, runs, null, null);
                for (int i = 0; i < blocks; i++) {
                    assertThat(runs.get(i)).as("block %d of %d", i, blocks).isEqualTo(1);
                }
                assertThat(runs.get(blocks)).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    void anExceptionSurfacesOnceAndThePoolStaysUsable(int threads) {
        double[] shares = {1, 2, 3, 4, 5, 6, 7, 8};
        try (WorkerPool pool = WorkerPool.of(threads)) {
            for (int k = 0; k < 500; k++) {
                int bad = k % 8;
                IllegalStateException thrown = new IllegalStateException("block " + bad);
                assertThatThrownBy(() -> pool.run(
                                8,
                                (Object c, double[] x, double[] y, int block) -> {
                                    if (block == bad) {
                                        throw thrown;
                                    }
                                },
                                null,
                                null,
                                null))
                        .isSameAs(thrown);
                assertThat(pool.sum(8, SHARE, shares, null, null)).isEqualTo(36);
            }
            assertThatThrownBy(() -> pool.sum(
                            8,
                            (Object c, double[] x, double[] y, int block) -> {
                                throw new AssertionError("an error as well");
                            },
                            null,
                            null,
                            null))
                    .isInstanceOf(AssertionError.class);
            assertThat(pool.sum(8, SHARE, shares, null, null)).isEqualTo(36);
        }
    }

    /** The helper's block throws while the caller's is still at work. */
    @Test
    void anExceptionOfAHelperReachesTheCaller() {
        Thread caller = Thread.currentThread();
        try (WorkerPool pool = WorkerPool.of(2)) {
            assertThatThrownBy(() -> pool.run(
                            2,
                            (CountDownLatch c, double[] x, double[] y, int block) -> {
                                meet(c, x, y, block);
                                if (Thread.currentThread() != caller) {
                                    throw new ArithmeticException("from a helper");
                                }
                            },
                            new CountDownLatch(2),
                            null,
                            null))
                    .isInstanceOf(ArithmeticException.class)
                    .hasMessage("from a helper");
        }
    }

    @Test
    void aLoopInsideABlockRunsThereWithTheSameSum() {
        double[] shares = {1, 2, 3, 4};
        try (WorkerPool pool = WorkerPool.of(3)) {
            for (int k = 0; k < 2_000; k++) {
                double sum = pool.sum(
                        4,
                        (double[] c, double[] x, double[] y, int block) -> pool.sum(4, SHARE, c, null, null),
                        shares,
                        null,
                        null);
                assertThat(sum).isEqualTo(40);
            }
        }
    }

    @Test
    void severalThreadsShareOnePool() throws InterruptedException {
        int callers = 4;
        try (WorkerPool pool = WorkerPool.of(2)) {
            List<Thread> threads = new ArrayList<>();
            AtomicInteger wrong = new AtomicInteger();
            AtomicInteger done = new AtomicInteger();
            for (int t = 0; t < callers; t++) {
                double[] shares = new double[50 + t];
                java.util.Arrays.fill(shares, t + 1);
                Thread thread = new Thread(() -> {
                    for (int k = 0; k < 20_000; k++) {
                        double sum = pool.sum(shares.length, SHARE, shares, null, null);
                        if (sum != shares.length * shares[0]) {
                            wrong.incrementAndGet();
                        }
                    }
                    done.incrementAndGet();
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).hasValue(0);
            assertThat(done).hasValue(callers);
        }
    }

    @Test
    void aClosedPoolRunsOnTheCallerAndItsHelpersEnd() throws InterruptedException {
        WorkerPool pool = WorkerPool.of(2);
        Thread[] helper = new Thread[1];
        Thread caller = Thread.currentThread();
        pool.run(
                2,
                (CountDownLatch c, double[] x, double[] y, int block) -> {
                    meet(c, x, y, block);
                    if (Thread.currentThread() != caller) {
                        helper[0] = Thread.currentThread();
                    }
                },
                new CountDownLatch(2),
                null,
                null);
        LockSupport.parkNanos(5_000_000); // let it fall asleep
        pool.close();
        pool.close();
        helper[0].join(10_000);
        assertThat(helper[0].isAlive()).isFalse();
        assertThat(pool.sum(3, SHARE, new double[] {1, 2, 3}, null, null)).isEqualTo(6);
    }

    @Test
    void closingDuringALoopLetsItFinish() {
        for (int k = 0; k < 200; k++) {
            WorkerPool pool = WorkerPool.of(3);
            AtomicIntegerArray runs = new AtomicIntegerArray(64);
            pool.run(
                    64,
                    (AtomicIntegerArray c, double[] x, double[] y, int block) -> {
                        if (block == 5) {
                            pool.close();
                        }
                        c.incrementAndGet(block);
                    },
                    runs,
                    null,
                    null);
            for (int i = 0; i < 64; i++) {
                assertThat(runs.get(i)).isEqualTo(1);
            }
        }
    }

    @Test
    void theInterruptFlagOfTheCallerIsKept() {
        try (WorkerPool pool = WorkerPool.of(2)) {
            Thread.currentThread().interrupt();
            for (int k = 0; k < 1_000; k++) {
                assertThat(pool.sum(3, SHARE, new double[] {1, 2, 3}, null, null))
                        .isEqualTo(6);
            }
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void anInterruptedHelperGoesBackToSleep() throws InterruptedException {
        try (WorkerPool pool = WorkerPool.of(2)) {
            Thread caller = Thread.currentThread();
            AtomicBoolean interrupted = new AtomicBoolean();
            Thread[] helper = new Thread[1];
            pool.run(
                    2,
                    (CountDownLatch c, double[] x, double[] y, int block) -> {
                        meet(c, x, y, block);
                        if (Thread.currentThread() != caller) {
                            helper[0] = Thread.currentThread();
                            helper[0].interrupt();
                            interrupted.set(true);
                        }
                    },
                    new CountDownLatch(2),
                    null,
                    null);
            assertThat(interrupted).isTrue();
            for (int k = 0;
                    k < 1_000 && (helper[0].isInterrupted() || helper[0].getState() != Thread.State.WAITING);
                    k++) {
                Thread.sleep(5);
            }
            assertThat(helper[0].isInterrupted()).isFalse();
            assertThat(helper[0].getState()).isEqualTo(Thread.State.WAITING);
            pool.run(2, WorkerPoolTest::meet, new CountDownLatch(2), null, null);
        }
    }

    @Test
    void theSharedPoolCannotBeClosed() {
        assertThat(WorkerPool.shared()).isSameAs(WorkerPool.shared());
        assertThatThrownBy(() -> WorkerPool.shared().close())
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("whole process");
        assertThat(WorkerPool.shared().sum(3, SHARE, new double[] {1, 2, 3}, null, null))
                .isEqualTo(6);
    }

    @Test
    void theSizeOfTheSharedPoolComesFromThePropertyOrTheMachine() {
        assertThat(WorkerPool.sharedThreads(null, 3)).isEqualTo(3);
        assertThat(WorkerPool.sharedThreads(null, 64)).isEqualTo(8);
        assertThat(WorkerPool.sharedThreads(" 12 ", 2)).isEqualTo(12);
        for (String bad : new String[] {"0", "-1", "many", "", "65536", "99999999999"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WorkerPool.sharedThreads(bad, 2))
                    .withMessage("system property ritz.threads = \"" + bad + "\", expected a number from 1 to 65535");
        }
    }

    @Test
    void guardsItsNumbers() {
        for (int bad : new int[] {0, -3, 65_536}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WorkerPool.of(bad))
                    .withMessage("threads = " + bad + ", expected 1 to 65535");
        }
        WorkerPool pool = WorkerPool.of(1);
        for (int bad : new int[] {-1, (1 << 30) + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pool.run(bad, COUNT, null, null, null))
                    .withMessage("blocks = " + bad + ", expected 0 to 1073741824");
            assertThatIllegalArgumentException().isThrownBy(() -> pool.sum(bad, SHARE, null, null, null));
        }
    }

    @Test
    void aLoopAllocatesNothing() {
        double[] shares = new double[200];
        try (WorkerPool pool = WorkerPool.of(2)) {
            assertThat(Allocation.perCall(() -> pool.sum(200, SHARE, shares, null, null)))
                    .isZero();
        }
    }
}
