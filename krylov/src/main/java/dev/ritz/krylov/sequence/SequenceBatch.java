package dev.ritz.krylov.sequence;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.SolveResult;
import dev.ritz.api.io.BinaryFile;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Solves many systems with several workers. The order is cut into chunks of neighbours; a worker takes chunk after chunk
 * and goes through each with a session of its own. Nothing passes between chunks, so the results depend on the order and
 * the number of chunks, and neither on the number of workers nor on their timing.
 *
 * <p>Systems are loaded when their turn comes and solutions are handed over at once: memory holds a system, a solution
 * and a session for each worker, however many systems there are.
 *
 * <p>With a folder for checkpoints a batch that was stopped, even by force, goes on where it was: at the last checkpoint
 * of each chunk. Systems solved since are solved again, with the same results.
 *
 * @param sessions makes the session of each chunk; called from several threads
 * @param workers how many threads, at least 1
 * @param chunks pieces of the order, at least 1
 * @param checkpoints an existing folder for checkpoints, null for none
 * @param every systems between two checkpoints of a chunk, at least 1
 */
public record SequenceBatch(
        Supplier<SequenceSession.Builder> sessions, int workers, int chunks, Path checkpoints, int every) {
    private static final String KIND = "chunk of a batch";
    private static final int VERSION = 2;

    /**
     * Checks the numbers.
     *
     * @param sessions makes the session of each chunk; called from several threads
     * @param workers how many threads, at least 1
     * @param chunks pieces of the order, at least 1
     * @param checkpoints an existing folder for checkpoints, null for none
     * @param every systems between two checkpoints of a chunk, at least 1
     */
    public SequenceBatch {
        Objects.requireNonNull(sessions, "sessions");
        if (workers < 1 || chunks < 1 || every < 1) {
            throw new IllegalArgumentException("workers = " + workers + ", chunks = " + chunks + ", every = " + every
                    + ", expected at least 1 each");
        }
    }

    /**
     * One system of a batch.
     *
     * @param a the matrix
     * @param b the right-hand side
     * @param x0 a guess of the caller's own, null for none
     * @param context what is known of the system, for a tuner that reads it
     */
    public record Item(CsrMatrix a, double[] b, double[] x0, double... context) {}

    /** Where the systems come from. Called from several threads. */
    @FunctionalInterface
    public interface Source {
        /**
         * Loads a system.
         *
         * @param index its number, 0-based
         * @return the system
         * @throws Exception when it cannot be had: the batch reports that and goes on
         */
        Item load(int index) throws Exception;
    }

    /** Where the solutions go. Called from several threads; after a restart for some systems once more. */
    public interface Sink {
        /**
         * Takes a result.
         *
         * @param index the number of the system
         * @param record what happened
         * @param x the best iterate, to be copied or written before this returns
         * @throws IOException when it cannot be kept: the batch then ends
         */
        void solved(int index, SystemRecord record, double[] x) throws IOException;

        /**
         * Notes a system that could not be loaded or was refused.
         *
         * @param index the number of the system
         * @param failure why
         * @throws IOException when it cannot be kept: the batch then ends
         */
        void failed(int index, Exception failure) throws IOException;
    }

    /**
     * Solves the systems.
     *
     * @param order the numbers of the systems, each once
     * @param source where they come from
     * @param sink where the solutions go
     * @param cancelled asked at every iteration and between systems
     * @return the reports of the chunks, in their order; where the batch was cancelled, of what was done
     * @throws IOException when a solution or a checkpoint cannot be written, or a checkpoint does not fit
     */
    public List<SequenceReport> run(int[] order, Source source, Sink sink, BooleanSupplier cancelled)
            throws IOException {
        int pieces = Math.max(1, Math.min(chunks, order.length));
        Run run = new Run(order.clone(), pieces, source, sink, cancelled);
        List<Thread> threads = new ArrayList<>();
        for (int w = 1; w < Math.min(workers, pieces); w++) {
            Thread thread = new Thread(run::work, "ritz-batch-" + w);
            thread.start();
            threads.add(thread);
        }
        run.work();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    run.stop();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        run.rethrow();
        return List.of(run.reports);
    }

    /** One run over all chunks. */
    private final class Run {
        private final int[] order;
        private final Source source;
        private final Sink sink;
        private final BooleanSupplier cancelled;
        private final SequenceReport[] reports;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private volatile boolean stopped;

        private Run(int[] order, int pieces, Source source, Sink sink, BooleanSupplier cancelled) {
            this.order = order;
            this.source = source;
            this.sink = sink;
            this.cancelled = cancelled;
            this.reports = new SequenceReport[pieces];
            Arrays.setAll(reports, i -> new SequenceReport());
        }

        private void work() {
            try {
                for (int chunk = next.getAndIncrement(); chunk < reports.length; chunk = next.getAndIncrement()) {
                    if (over()) {
                        return;
                    }
                    work(chunk);
                }
            } catch (Throwable e) { // whatever ends one worker ends all, and reaches the caller
                failure.compareAndSet(null, e);
                stop();
            }
        }

        private void work(int chunk) throws IOException {
            int from = (int) ((long) order.length * chunk / reports.length);
            int to = (int) ((long) order.length * (chunk + 1) / reports.length);
            Path file = checkpoints == null
                    ? null
                    : checkpoints.resolve(String.format(Locale.ROOT, "chunk_%04d.ritz", chunk));
            SequenceSession session = sessions.get().build();
            int at = from;
            if (file != null && Files.exists(file)) {
                at = BinaryFile.read(file, KIND, VERSION, in -> resume(in, session, from, to));
            }
            reports[chunk] = session.report();
            double[] x = new double[0];
            IterationListener listener = (k, norm) -> !over();
            for (int since = 0; at < to && !over(); ) {
                Item item;
                try {
                    item = source.load(order[at]);
                    if (x.length != item.b().length) {
                        x = new double[item.b().length];
                    }
                    session.context(item.context());
                    SolveResult result = item.x0() == null
                            ? session.solve(item.a(), item.b(), x, listener)
                            : session.solveFrom(item.x0(), item.a(), item.b(), x, listener);
                    if (result.cause() == Cause.CANCELLED && over()) {
                        return; // the session has seen half a solve: it is not for a checkpoint
                    }
                } catch (Exception e) {
                    item = null;
                    sink.failed(order[at], e);
                }
                if (item != null) {
                    sink.solved(order[at], session.lastRecord(), x);
                }
                at++;
                since++;
                if (file != null && (since == every || at == to)) {
                    int done = at;
                    session.settle();
                    BinaryFile.write(file, KIND, VERSION, out -> {
                        out.writeInt(from);
                        out.writeInt(to);
                        out.writeInt(Arrays.hashCode(order));
                        out.writeInt(done);
                        session.write(out);
                    });
                    since = 0;
                }
            }
        }

        private int resume(DataInputStream in, SequenceSession session, int from, int to) throws IOException {
            int oldFrom = in.readInt();
            int oldTo = in.readInt();
            int hash = in.readInt();
            int done = in.readInt();
            if (oldFrom != from || oldTo != to || hash != Arrays.hashCode(order) || done < from || done > to) {
                throw new IOException("the checkpoint is of another batch: systems " + oldFrom + " to " + oldTo
                        + " in their order, expected " + from + " to " + to);
            }
            session.read(in);
            return done;
        }

        private boolean over() {
            return stopped || cancelled.getAsBoolean() || Thread.currentThread().isInterrupted();
        }

        private void stop() {
            stopped = true;
        }

        private void rethrow() throws IOException {
            Throwable e = failure.get();
            if (e instanceof IOException io) {
                throw io;
            }
            if (e instanceof RuntimeException runtime) {
                throw runtime;
            }
            if (e instanceof Error error) {
                throw error;
            }
        }
    }
}
