package dev.ritz.api.kernel;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Runs triangular sweeps by their schedules, one after the other: each thread works through its own blocks and waits
 * for the few blocks of others that the next one needs, never for all.
 *
 * <p>When not all threads of the pool have come within some two hundred microseconds, whoever is there does everything alone,
 * row by row in order; the arithmetic, and so the bits, are the same. So does a call that finds the pool or the pipeline
 * itself at work.
 */
public final class Pipeline {
    /** Some rows of a sweep. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Runs rows {@code from} … {@code to} − 1, in the order of the sweep; all rows they need are done.
         *
         * @param thread who runs them, from 0: for scratch memory
         * @param x what {@link Pipeline#run} was given
         * @param y what {@link Pipeline#run} was given
         * @param from the first row
         * @param to the row after the last
         */
        void run(int thread, double[] x, double[] y, int from, int to);
    }

    /**
     * A sweep: what to do with rows, and in which order.
     *
     * @param schedule of the triangle that the sweep runs through
     * @param ascending whether it begins with row 0, as through a lower triangle
     * @param rows what to do
     */
    public record Stage(SweepSchedule schedule, boolean ascending, Rows rows) {
        void run(int thread, double[] x, double[] y, int from, int to) {
            if (ascending) {
                rows.run(thread, x, y, from, to);
            } else {
                int n = schedule.size();
                rows.run(thread, x, y, n - to, n - from);
            }
        }
    }

    private static final WorkerPool.BlockKernel<Pipeline> MEMBER = Pipeline::join;
    /** Counters stand a cache-line pair apart. */
    private static final int STRIDE = 32;

    private static final long PATIENCE_NANOS = 200_000;
    private static final int ALONE = -1;

    private final long patience;
    private final WorkerPool pool;
    private final int threads;
    private final Stage[] stages;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicInteger joined = new AtomicInteger();
    private final AtomicIntegerArray done;
    /** Of each thread: how many blocks of the others it knows to be done. */
    private final int[][] seen;

    private volatile boolean broken;

    /**
     * Stages that follow each other; each begins when the one before has ended.
     *
     * @param pool the threads
     * @param stages at least one
     */
    public Pipeline(WorkerPool pool, Stage... stages) {
        this(PATIENCE_NANOS, pool, stages);
    }

    /**
     * The same with another patience.
     *
     * @param patience for how many nanoseconds a thread waits until all have come
     * @param pool the threads
     * @param stages at least one
     */
    public Pipeline(long patience, WorkerPool pool, Stage... stages) {
        int least = pool.threads();
        for (Stage stage : stages) {
            least = Math.min(least, stage.schedule.threads());
        }
        boolean same = true;
        for (Stage stage : stages) {
            same &= stage.schedule.threads() == least;
        }
        this.patience = patience;
        this.pool = pool;
        this.stages = stages;
        this.threads = same ? least : 1;
        this.seen = new int[threads][STRIDE + threads]; // the threads write on lines of their own
        this.done = new AtomicIntegerArray((stages.length * threads + 1) * STRIDE);
    }

    /** {@return how many threads share the sweeps; 1 where schedules of the stages differ in that} */
    public int threads() {
        return threads;
    }

    /**
     * Runs all stages over all rows.
     *
     * @param x handed to the stages
     * @param y handed to the stages
     */
    public void run(double[] x, double[] y) {
        if (threads == 1 || !pool.available() || !busy.compareAndSet(false, true)) {
            alone(x, y); // without any state, so also beside a run of the same pipeline
            return;
        }
        try {
            broken = false;
            joined.set(0);
            for (int c = 0; c < stages.length * threads; c++) {
                done.setPlain(c * STRIDE, 0);
            }
            pool.run(threads, MEMBER, this, x, y);
        } finally {
            busy.set(false);
        }
    }

    private void alone(double[] x, double[] y) {
        for (Stage stage : stages) {
            if (stage.schedule.size() > 0) {
                stage.run(0, x, y, 0, stage.schedule.size());
            }
        }
    }

    /** One thread's part of a run, if all have come. */
    private static void join(Pipeline p, double[] x, double[] y, int thread) {
        int present = p.joined.get();
        while (present != ALONE && !p.joined.compareAndSet(present, present + 1)) {
            present = p.joined.get();
        }
        if (present == ALONE) {
            return;
        }
        long deadline = System.nanoTime() + p.patience;
        while (p.joined.get() < p.threads) {
            present = p.joined.get();
            if (present == ALONE) {
                return;
            }
            if (System.nanoTime() - deadline > 0 && present < p.threads && p.joined.compareAndSet(present, ALONE)) {
                p.alone(x, y);
                return;
            }
            Thread.onSpinWait();
        }
        try {
            p.work(thread, x, y);
        } catch (Throwable e) {
            p.broken = true; // before anybody waits for what will never be done
            throw e;
        }
    }

    private void work(int thread, double[] x, double[] y) {
        int[] known = seen[thread];
        for (int s = 0; s < stages.length; s++) {
            Stage stage = stages[s];
            int[] mine = stage.schedule.bounds(thread);
            int[] waits = stage.schedule.waits(thread);
            int base = s * threads;
            Arrays.fill(known, 0);
            for (int k = 0; k < mine.length / 2; k++) {
                for (int u = 0; u < threads; u++) {
                    int needed = waits[k * threads + u];
                    if (needed > known[u]) { // a look at another thread's counter costs as much as many rows
                        known[u] = await(base + u, needed);
                    }
                }
                stage.run(thread, x, y, mine[2 * k], mine[2 * k + 1]);
                done.setRelease((base + thread) * STRIDE, k + 1);
            }
            if (s + 1 < stages.length) {
                for (int u = 0; u < threads; u++) {
                    await(base + u, stage.schedule.bounds(u).length / 2);
                }
            }
        }
    }

    /** Waits until so many blocks are done; returns how many are. */
    private int await(int counter, int needed) {
        int spins = 0;
        int count = done.getAcquire(counter * STRIDE);
        while (count < needed) {
            if (broken) {
                throw new IllegalStateException("another thread of the sweep failed");
            }
            if (++spins < 10_000) {
                Thread.onSpinWait();
            } else {
                Thread.yield(); // more threads than processors
            }
            count = done.getAcquire(counter * STRIDE);
        }
        return count;
    }
}
