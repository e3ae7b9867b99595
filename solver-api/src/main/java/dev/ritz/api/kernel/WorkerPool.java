package dev.ritz.api.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A few threads that share loops over blocks of a vector or matrix.
 *
 * <p>A loop of {@code blocks} independent blocks is cut into one range per thread; whoever finishes early takes blocks
 * from the others' ranges. The calling thread works too and never waits for a helper that has not started. Which thread
 * runs a block has no influence on its result, and sums are combined in block order, so the bits are the same for any
 * number of threads.
 *
 * <p>One loop runs at a time. A call that finds the pool busy, closed, or of one thread runs on the calling thread
 * alone, with the same result. An exception in a block ends the loop and reaches the caller.
 *
 * <p>Helpers are daemon threads. They spin for some tenths of a millisecond after a loop, since solvers call again at once,
 * then sleep; much shorter where there are more threads than processors.
 */
public final class WorkerPool implements AutoCloseable {
    /** The most blocks a loop can have: counters run past the end of a range without overflow. */
    private static final int MAX_BLOCKS = 1 << 30;
    /** Counters stand a cache-line pair apart. */
    private static final int STRIDE = 32;
    /**
     * Rounds of spinning before a helper sleeps, about 0.4 ms: longer than a serial sweep of ten thousand rows between two
     * products, since to wake a helper takes as long as a small product.
     */
    private static final int SPINS = 20_000;
    /** The same where there are more threads than processors, so that a spinning one keeps another from its work. */
    private static final int CROWDED_SPINS = 1_000;

    // gate: epoch in the upper half, OPEN while helpers may join, below the number that have
    private static final long OPEN = 1L << 16;
    private static final long JOINED = OPEN - 1;
    private static final long EPOCH = 1L << 32;

    /**
     * One block of a loop.
     *
     * @param <C> what the loop works on
     */
    @FunctionalInterface
    public interface BlockKernel<C> {
        /**
         * Runs block number {@code block}; touches only what belongs to it.
         *
         * @param context what the loop works on
         * @param x a first vector, for the kernel to interpret
         * @param y a second vector
         * @param block from 0
         */
        void run(C context, double[] x, double[] y, int block);
    }

    /**
     * One block of a loop that adds up a number.
     *
     * @param <C> what the loop works on
     */
    @FunctionalInterface
    public interface BlockSum<C> {
        /**
         * Runs block number {@code block} and returns its share of the sum.
         *
         * @param context what the loop works on
         * @param x a first vector, for the kernel to interpret
         * @param y a second vector
         * @param block from 0
         * @return the block's share
         */
        double run(C context, double[] x, double[] y, int block);
    }

    private final int threads;
    private final int spins;
    private final Thread[] helpers;
    private final AtomicBoolean[] asleep;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicLong gate = new AtomicLong();
    private final AtomicIntegerArray next;
    private final int[] end;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final boolean closeable;
    private volatile boolean closed;

    // the loop at hand; written before the gate opens, read after joining
    private BlockKernel<Object> kernel;
    private BlockSum<Object> sum;
    private Object context;
    private double[] x;
    private double[] y;
    private double[] partials = new double[64];

    private WorkerPool(int threads, boolean closeable) {
        this.threads = threads;
        this.spins = threads <= Runtime.getRuntime().availableProcessors() ? SPINS : CROWDED_SPINS;
        this.closeable = closeable;
        this.next = new AtomicIntegerArray((threads + 1) * STRIDE);
        this.end = new int[threads];
        this.helpers = new Thread[threads - 1];
        this.asleep = new AtomicBoolean[threads - 1];
        for (int h = 0; h < helpers.length; h++) {
            int helper = h;
            asleep[h] = new AtomicBoolean();
            helpers[h] = new Thread(null, () -> serve(helper), "ritz-worker-" + (h + 1), 0, false);
            helpers[h].setDaemon(true);
        }
    }

    /**
     * A pool of its own.
     *
     * @param threads how many threads work on a loop, the caller included; 1 means no helpers
     * @return a pool; close it to end its helpers
     */
    public static WorkerPool of(int threads) {
        return start(threads, true);
    }

    private static WorkerPool start(int threads, boolean closeable) {
        if (threads < 1 || threads > JOINED) {
            throw new IllegalArgumentException("threads = " + threads + ", expected 1 to " + JOINED);
        }
        WorkerPool pool = new WorkerPool(threads, closeable);
        for (Thread helper : pool.helpers) {
            helper.start();
        }
        return pool;
    }

    /**
     * The process's default pool, made at first use: as many threads as the system property {@code ritz.threads} says,
     * otherwise one per processor, at most 8, since memory bandwidth saturates before the cores do.
     *
     * @return the shared pool, which cannot be closed
     */
    public static WorkerPool shared() {
        return Shared.POOL;
    }

    /** {@return how many threads work on a loop, the caller included} */
    public int threads() {
        return threads;
    }

    /** {@return whether a loop that starts now may find helpers: there are some, and no other loop has them} */
    public boolean available() {
        return threads > 1 && !closed && !busy.get();
    }

    /**
     * Runs a loop to its end.
     *
     * @param <C> what the loop works on
     * @param blocks how many blocks, at least 0
     * @param loop one block; stateless, so that a call allocates nothing
     * @param on what the loop works on
     * @param v a first vector for the kernel, may be null
     * @param w a second vector for the kernel, may be null
     */
    @SuppressWarnings("unchecked")
    public <C> void run(int blocks, BlockKernel<C> loop, C on, double[] v, double[] w) {
        if (!enter(blocks)) {
            for (int i = 0; i < blocks; i++) {
                loop.run(on, v, w, i);
            }
            return;
        }
        try {
            kernel = (BlockKernel<Object>) loop;
            share(blocks, on, v, w);
        } finally {
            leave();
        }
    }

    /**
     * Runs a loop that adds up a number, in block order.
     *
     * @param <C> what the loop works on
     * @param blocks how many blocks, at least 0
     * @param loop one block; stateless, so that a call allocates nothing
     * @param on what the loop works on
     * @param v a first vector for the kernel, may be null
     * @param w a second vector for the kernel, may be null
     * @return the sum of the blocks' shares, added from block 0 upwards
     */
    @SuppressWarnings("unchecked")
    public <C> double sum(int blocks, BlockSum<C> loop, C on, double[] v, double[] w) {
        double total = 0;
        if (!enter(blocks)) {
            for (int i = 0; i < blocks; i++) {
                total += loop.run(on, v, w, i);
            }
            return total;
        }
        try {
            if (partials.length < blocks) {
                partials = new double[blocks + blocks / 2];
            }
            sum = (BlockSum<Object>) loop;
            share(blocks, on, v, w);
            for (int i = 0; i < blocks; i++) {
                total += partials[i];
            }
            return total;
        } finally {
            leave();
        }
    }

    /** Ends the helpers. Loops of this pool then run on the calling thread alone. */
    @Override
    public void close() {
        if (!closeable) {
            throw new UnsupportedOperationException("the shared pool serves the whole process");
        }
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private boolean enter(int blocks) {
        if (blocks < 0 || blocks > MAX_BLOCKS) {
            throw new IllegalArgumentException("blocks = " + blocks + ", expected 0 to " + MAX_BLOCKS);
        }
        return blocks > 1 && threads > 1 && !closed && busy.compareAndSet(false, true);
    }

    private void share(int blocks, Object on, double[] v, double[] w) {
        context = on;
        x = v;
        y = w;
        for (int t = 0; t < threads; t++) {
            next.setPlain(t * STRIDE, (int) ((long) blocks * t / threads));
            end[t] = (int) ((long) blocks * (t + 1) / threads);
        }
        try {
            gate.set((gate.get() & -EPOCH) + EPOCH + OPEN);
            for (int h = 0; h < helpers.length; h++) {
                if (asleep[h].get()) {
                    LockSupport.unpark(helpers[h]);
                }
            }
            work(0);
        } finally {
            shut(); // even after an error of the machine: helpers must not outlive their loop
        }
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw WorkerPool.<RuntimeException>asIs(thrown);
        }
    }

    /** Lets no helper join any more and waits for those that have. */
    private void shut() {
        long g = gate.get();
        while (!gate.compareAndSet(g, g & ~OPEN)) {
            g = gate.get();
        }
        for (int rounds = 0; (gate.get() & JOINED) != 0; ) {
            if (rounds < CROWDED_SPINS) {
                rounds++;
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    private void leave() {
        kernel = null;
        sum = null;
        context = null;
        x = null;
        y = null;
        busy.set(false);
    }

    /** Runs blocks of range {@code self}, then of the others, until none is left. */
    private void work(int self) {
        try {
            for (int k = 0; k < threads; k++) {
                int t = self + k < threads ? self + k : self + k - threads;
                int last = end[t];
                int i = next.getAndIncrement(t * STRIDE);
                while (i < last) {
                    if (sum != null) {
                        partials[i] = sum.run(context, x, y, i);
                    } else {
                        kernel.run(context, x, y, i);
                    }
                    i = next.getAndIncrement(t * STRIDE);
                }
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            for (int t = 0; t < threads; t++) {
                next.set(t * STRIDE, end[t]);
            }
        }
    }

    private void serve(int helper) {
        long seen = 0;
        int rounds = 0;
        while (!closed) {
            long g = gate.get();
            if ((g & OPEN) != 0 && (g & -EPOCH) != seen) {
                if (gate.compareAndSet(g, g + 1)) {
                    seen = g & -EPOCH;
                    work(helper + 1);
                    gate.getAndDecrement();
                    rounds = 0;
                }
            } else if (rounds < spins) {
                rounds++;
                Thread.onSpinWait();
            } else {
                asleep[helper].set(true);
                g = gate.get();
                if (((g & OPEN) == 0 || (g & -EPOCH) == seen) && !closed) {
                    LockSupport.park(this);
                    Thread.interrupted(); // a pending interrupt would make every park return at once
                }
                asleep[helper].set(false);
                rounds = 0;
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T asIs(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** How many threads the shared pool has: what the property asks for, else a number for the processors. */
    static int sharedThreads(String asked, int processors) {
        if (asked == null) {
            return Math.min(processors, 8);
        }
        try {
            int threads = Integer.parseInt(asked.strip());
            if (threads >= 1 && threads <= JOINED) {
                return threads;
            }
        } catch (NumberFormatException e) {
            // reported below, like a number out of range
        }
        throw new IllegalArgumentException(
                "system property ritz.threads = \"" + asked + "\", expected a number from 1 to " + JOINED);
    }

    /** Made at first use. */
    private static final class Shared {
        private static final WorkerPool POOL = start(
                sharedThreads(
                        System.getProperty("ritz.threads"), Runtime.getRuntime().availableProcessors()),
                false);
    }
}
