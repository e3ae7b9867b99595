package dev.ritz.krylov.sequence;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.io.BinaryFile;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.tuning.Charge;
import dev.ritz.krylov.tuning.Choice;
import dev.ritz.krylov.tuning.Tuner;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Solves a sequence of related systems and learns from every solve: the initial guess, the recycled space, the
 * preconditioner and the storage format of one system serve the next. Every answer is verified like that of a single
 * solve: whatever the session carries over can cost time, never correctness.
 *
 * <pre>{@code
 * SequenceSession session = SequenceSession.builder(new GcroDr(), new Ilu0())
 *         .guess(new Extrapolation(1))
 *         .reuse(new WhenIterationsGrow(1.5, 2))
 *         .build();
 * for (...) {
 *     SolveResult result = session.solve(a, b, x);
 * }
 * System.out.println(session.report());
 * }</pre>
 *
 * Where the best configuration, or the best value of a parameter, is not known, {@link Builder#tune} learns it:
 *
 * <pre>{@code
 * Choice<Configuration> omegas = Choice.ofNumbers("omega", Choice.omegas(), w -> new Configuration(new Sor(criteria, w)));
 * SequenceSession session = SequenceSession.builder(omegas)
 *         .tune(new ChebCb(-0.15, 0.65), new Charge(Cost.ITERATIONS, 10_000), seed)
 *         .build();
 * session.context(shift).solve(a, b, x);
 * }</pre>
 *
 * What is the same from one system to the next is found out by looking: the same matrix, the same pattern with other
 * values, another pattern, another size. A recycled space whose products have to be renewed is carried over only while
 * that pays. A matrix must not be changed in place; new values are a new
 * {@link CsrMatrix#withValues}.
 *
 * <p>Where a solve with a stale preconditioner or a recycled space fails, the session solves the system once more
 * without them, from the best iterate. A build that fails leaves the system without a preconditioner. A system that
 * fails for good is reported and leaves the session usable.
 *
 * <p>A session belongs to one thread at a time.
 */
public final class SequenceSession {
    private static final String KIND = "sequence session";
    private static final int VERSION = 3;
    private static final double[] NO_CONTEXT = {};

    private final List<Configuration> configurations;
    private final InitialGuess guess;
    private final ReusePolicy reuse;
    private final Costs costs;
    private final WorkerPool pool;
    private final SequenceReport report;
    private final Chooser chooser;
    private double[] context = NO_CONTEXT; // of the next system
    private SessionState state;
    private int index;
    private SystemRecord lastRecord;

    /** The unit in which a session weighs its decisions. */
    public enum Costs {
        /** Bytes that matrices, preconditioners and vectors move: the same decisions at every run. */
        COUNTED,
        /** Seconds: what the user pays, but a run may decide otherwise than the one before. */
        MEASURED
    }

    private SequenceSession(Builder builder) {
        configurations = builder.configurations;
        guess = builder.guess;
        reuse = builder.reuse;
        costs = builder.costs;
        pool = builder.pool;
        report = new SequenceReport();
        chooser = builder.tuner == null
                ? new Race(configurations.size(), costs == Costs.COUNTED)
                : new TunedChooser(builder.tuner, builder.charge, builder.seed, configurations.size());
    }

    /**
     * A session with a method and its preconditioner.
     *
     * @param method a method; one that is a {@link dev.ritz.krylov.RecyclingSolver} recycles
     * @param preconditioner builds its preconditioners
     * @return a builder with the previous solution as guess and a preconditioner for each matrix
     */
    public static Builder builder(IterativeSolver<?> method, PreconditionerFactory preconditioner) {
        return builder(List.of(new Configuration(method, preconditioner)));
    }

    /**
     * A session that finds the cheapest of several configurations while the sequence runs: the first of them
     * solves until another is worth a trial, the others are tried in their order, and who costs more than the one before is
     * broken off and the system solved by that one. Where a
     * configuration fails on a system, the others are tried. {@link Builder#tune} lets a tuner choose instead.
     *
     * @param configurations the one expected to be the cheapest first, at least one
     * @return a builder with the previous solution as guess and a preconditioner for each matrix
     */
    public static Builder builder(List<Configuration> configurations) {
        return new Builder(configurations);
    }

    /**
     * A session for the arms of a choice, each under its label: for {@link Builder#tune}.
     *
     * @param choice the configurations
     * @return a builder with the previous solution as guess and a preconditioner for each matrix
     */
    public static Builder builder(Choice<Configuration> choice) {
        List<Configuration> named = new ArrayList<>();
        for (int i = 0; i < choice.size(); i++) {
            named.add(choice.arms().get(i).withName(choice.labels().get(i)));
        }
        return new Builder(named);
    }

    /**
     * Solves the next system.
     *
     * @param a a square matrix, not changed as long as the session lives
     * @param b right-hand side, length n, unchanged
     * @param x overwritten with the best finite iterate; length n, not the same array as b
     * @return what it came to
     * @throws IllegalArgumentException when an argument does not fit, before any work; session and x are untouched
     */
    public SolveResult solve(CsrMatrix a, double[] b, double[] x) {
        return solve(a, b, x, IterationListener.NONE);
    }

    /**
     * Solves the next system.
     *
     * @param a a square matrix, not changed as long as the session lives
     * @param b right-hand side, length n, unchanged
     * @param x overwritten with the best finite iterate; length n, not the same array as b
     * @param listener called once per iteration
     * @return what it came to
     * @throws IllegalArgumentException when an argument does not fit, before any work; session and x are untouched
     */
    public SolveResult solve(CsrMatrix a, double[] b, double[] x, IterationListener listener) {
        return solve(null, a, b, x, listener);
    }

    /**
     * Solves the next system from a guess of the caller's own, where that is better than nothing.
     *
     * @param x0 the guess, length n, unchanged
     * @param a a square matrix, not changed as long as the session lives
     * @param b right-hand side, length n, unchanged
     * @param x overwritten with the best finite iterate; length n, not the same array as b or x0
     * @param listener called once per iteration
     * @return what it came to
     * @throws IllegalArgumentException when an argument does not fit, before any work; session and x are untouched
     */
    public SolveResult solveFrom(double[] x0, CsrMatrix a, double[] b, double[] x, IterationListener listener) {
        if (x0 == null || x0.length != x.length || x0 == x) {
            throw new IllegalArgumentException("x0 "
                    + (x0 == null ? "is null" : x0 == x ? "is the array x" : "has length " + x0.length)
                    + ", expected an array of its own of length " + x.length);
        }
        return solve(x0, a, b, x, listener);
    }

    private SolveResult solve(double[] x0, CsrMatrix a, double[] b, double[] x, IterationListener listener) {
        check(a, b, x, listener);
        int turn = chooser.next(context);
        context = NO_CONTEXT;
        SessionState state = enter(a.rows());
        long t = System.nanoTime();
        LinearOperator fast = state.format.operator(a);
        long bytes = fast instanceof FormattedMatrix f ? f.bytes() : PreconditionerKeeper.bytes(a);
        SystemSolve s = new SystemSolve(bytes, b, x, listener);
        s.addSetup((System.nanoTime() - t) * 1e-9);
        state.next(a);
        if (x0 == null) {
            s.guess(state.memory, fast == a ? a : new KnownMatrix(a, fast), state.asked());
        } else {
            s.guess(x0);
        }
        chooser.begin(turn, s);
        boolean alone = configurations.size() == 1;
        boolean attempted = state.arm(turn).solve(a, fast, s, chooser.mayKeep(turn), alone);
        boolean converged = attempted && s.result().converged();
        boolean others = !converged && !alone && (!attempted || s.overrun() || s.worn() || mayTryOthers(s.result()));
        if (converged || others) {
            chooser.tried(turn, s);
        }
        int by = others ? others(state, turn, a, fast, s) : turn;
        chooser.ended(turn, by, s);
        state.format.learn(s.operatorApplications());
        finish(state, state.arm(by), a, b, x, s);
        return s.result();
    }

    /** One configuration after the other goes on, until the system is solved; returns the last that made an attempt. */
    private int others(SessionState state, int tried, CsrMatrix a, LinearOperator fast, SystemSolve s) {
        s.note(configurations.get(tried).name() + " was "
                + (s.attempts() == 0 ? "passed over" : s.overrun() ? "broken off" : "given up"));
        int by = tried;
        for (int next : chooser.fallbacks(tried)) {
            s.limit(Double.POSITIVE_INFINITY, true);
            if (state.arm(next).solve(a, fast, s, chooser.mayKeep(next), false)) {
                by = next;
                if (!s.worn() && !mayTryOthers(s.result())) {
                    break;
                }
            }
        }
        if (s.attempts() == 0 || s.worn()) { // nobody has a preconditioner for this matrix
            s.limit(Double.POSITIVE_INFINITY, true);
            state.arm(tried).solve(a, fast, s, false, true);
        }
        return by;
    }

    private static boolean mayTryOthers(SolveResult result) {
        return !result.converged()
                && result.cause() != Cause.CANCELLED
                && result.cause() != Cause.DEADLINE
                && result.report().part() != Part.RIGHT_HAND_SIDE
                && result.report().part() != Part.LISTENER;
    }

    /**
     * Solves the next system with an operator and a preconditioner that the caller holds.
     *
     * @param a a square operator
     * @param m a preconditioner of a kind that the method takes
     * @param b right-hand side, length n, unchanged
     * @param x overwritten with the best finite iterate; length n, not the same array as b
     * @param change how operator and preconditioner differ from those of the system before
     * @param listener called once per iteration
     * @return what it came to
     * @throws IllegalArgumentException when an argument does not fit, before any work; session and x are untouched
     */
    public SolveResult solve(
            LinearOperator a, Preconditioner m, double[] b, double[] x, Change change, IterationListener listener) {
        Objects.requireNonNull(change, "change");
        if (m == null) {
            throw new IllegalArgumentException("m is null");
        }
        if (configurations.size() > 1) {
            throw new IllegalArgumentException("the session chooses among " + configurations.size()
                    + " configurations, expected one where the caller gives the preconditioner");
        }
        Preconditioner.Kind accepted = configurations.get(0).method().accepts();
        if (m.size() != b.length || !accepted.admits(m.kind())) {
            throw new IllegalArgumentException("m has size " + m.size() + " and kind " + m.kind() + ", expected size "
                    + b.length + " and a kind that " + accepted + " admits");
        }
        check(a, b, x, listener);
        context = NO_CONTEXT;
        SessionState state = enter(a.rows());
        SystemSolve s = new SystemSolve(0, b, x, listener);
        state.next(change);
        s.guess(state.memory, a, state.asked());
        Arm arm = state.arm(0);
        arm.solve(a, m, change, s);
        finish(state, arm, a, b, x, s);
        return s.result();
    }

    private static void check(LinearOperator a, double[] b, double[] x, IterationListener listener) {
        Objects.requireNonNull(listener, "listener");
        if (a == null || b == null || x == null) {
            throw new IllegalArgumentException((a == null ? "a" : b == null ? "b" : "x") + " is null");
        }
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square operator");
        }
        int n = a.rows();
        if (b.length != n || x.length != n) {
            throw new IllegalArgumentException(
                    "b and x have lengths " + b.length + " and " + x.length + ", expected " + n);
        }
        if (b == x && n > 0) {
            throw new IllegalArgumentException("b and x are the same array, expected distinct ones");
        }
    }

    private SessionState enter(int n) {
        if (state == null || state.n != n) {
            state = newState(n);
        }
        return state;
    }

    private SessionState newState(int n) {
        return new SessionState(n, configurations, reuse, costs == Costs.COUNTED, guess.newMemory(n, pool), pool);
    }

    private void finish(SessionState state, Arm arm, LinearOperator a, double[] b, double[] x, SystemSolve s) {
        if (s.result().converged()) {
            state.memory.learn(a, b, x);
        }
        lastRecord = s.record(index++);
        report.add(lastRecord);
        if (lastRecord.converged() && lastRecord.attempts() == 1) {
            arm.learn(lastRecord);
        }
    }

    /**
     * Says what is known of the next system, for a tuner that reads it; systems after that one are again without.
     *
     * @param values at least as many finite numbers as the tuner reads, in its order
     * @return this
     */
    public SequenceSession context(double... values) {
        context = values.clone();
        return this;
    }

    /** {@return what the tuner has learned, also for reading and writing it; null for a session without} */
    public Tuner.Memory tuner() {
        return chooser instanceof TunedChooser tuned ? tuned.memory() : null;
    }

    /** {@return what happened to the last system; null before the first} */
    public SystemRecord lastRecord() {
        return lastRecord;
    }

    /** {@return what the systems so far have cost, and what each part saved} */
    public SequenceReport report() {
        return report;
    }

    /** {@return the bytes of all vectors of length n held: workspaces, shared by equal methods, and the guess's memory} */
    public long bytes() {
        return state == null ? 0 : state.bytes();
    }

    /**
     * Writes everything that later solves depend on, so that {@link Builder#resume} in another process goes on with the
     * same results. What the file does not hold, such as the storage format, is made anew, in this session as in the resumed one.
     *
     * @param file the target, written whole or not at all
     * @throws IOException when it cannot be written; the session is usable all the same
     */
    public void checkpoint(Path file) throws IOException {
        settle();
        BinaryFile.write(file, KIND, VERSION, this::write);
    }

    /** Drops what {@link #write} does not write. */
    void settle() {
        if (state != null) {
            state.settle();
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(fingerprint());
        out.writeInt(index);
        report.write(out);
        chooser.write(out);
        out.writeBoolean(state != null);
        if (state != null) {
            out.writeInt(state.n);
            state.write(out);
        }
    }

    void read(DataInputStream in) throws IOException {
        String of = in.readUTF();
        if (!of.equals(fingerprint())) {
            throw new IOException("the checkpoint is of a session with " + of + ", expected " + fingerprint());
        }
        index = in.readInt();
        report.read(in);
        chooser.read(in);
        if (in.readBoolean()) {
            SessionState read = newState(in.readInt());
            read.read(in);
            state = read;
        }
    }

    /** What a checkpoint and the session that resumes it must have in common. */
    private String fingerprint() {
        StringBuilder text = new StringBuilder();
        for (Configuration c : configurations) {
            text.append(c.method()).append(" with ").append(c.preconditioner()).append(", ");
        }
        return text.append(guess)
                .append(", ")
                .append(reuse)
                .append(", ")
                .append(costs)
                .append(", ")
                .append(chooser.fingerprint())
                .toString();
    }

    /** Collects the options of a session. */
    public static final class Builder {
        private final List<Configuration> configurations;
        private InitialGuess guess = new PreviousSolution();
        private ReusePolicy reuse = new AlwaysRebuild();
        private Costs costs = Costs.COUNTED;
        private WorkerPool pool = WorkerPool.shared();
        private Tuner tuner; // null: a race
        private Charge charge;
        private long seed;

        private Builder(List<Configuration> configurations) {
            this.configurations = List.copyOf(configurations);
            if (this.configurations.isEmpty()) {
                throw new IllegalArgumentException("configurations is empty, expected at least one");
            }
        }

        /**
         * Chooses how first iterates are proposed.
         *
         * @param value the guess
         * @return this
         */
        public Builder guess(InitialGuess value) {
            guess = Objects.requireNonNull(value, "guess");
            return this;
        }

        /**
         * Chooses when a preconditioner serves a further matrix.
         *
         * @param value the policy
         * @return this
         */
        public Builder reuse(ReusePolicy value) {
            reuse = Objects.requireNonNull(value, "reuse");
            return this;
        }

        /**
         * Chooses the unit in which decisions are weighed.
         *
         * @param value counted or measured
         * @return this
         */
        public Builder costs(Costs value) {
            costs = Objects.requireNonNull(value, "costs");
            return this;
        }

        /**
         * Chooses the threads of all vector kernels.
         *
         * @param value the pool
         * @return this
         */
        public Builder pool(WorkerPool value) {
            pool = Objects.requireNonNull(value, "pool");
            return this;
        }

        /**
         * Lets a tuner choose the configuration for each system, instead of the race that finds the one cheapest for all.
         * Where the best one goes from system to system with what is known beforehand, say so by
         * {@link SequenceSession#context}, and take a tuner that reads it.
         *
         * <p>A configuration that has cost four times what the best one usually costs is broken off, and that one
         * goes on, as it does where a configuration fails; the whole is charged to the configuration chosen.
         *
         * @param tuner how a configuration is chosen
         * @param charge what a solve costs; of the guess nothing is charged
         * @param seed of the tuner's draws
         * @return this
         * @throws IllegalArgumentException when two configurations have one name, which reports could not tell apart, or
         *     the tuner does not fit their number
         */
        public Builder tune(Tuner tuner, Charge charge, long seed) {
            Set<String> names = new HashSet<>();
            for (Configuration c : configurations) {
                if (!names.add(c.name())) {
                    throw new IllegalArgumentException(
                            "two configurations are called " + c.name() + ", expected names of their own");
                }
            }
            this.charge = Objects.requireNonNull(charge, "charge");
            this.tuner = Objects.requireNonNull(tuner, "tuner");
            this.seed = seed;
            return this;
        }

        /** {@return the session} */
        public SequenceSession build() {
            return new SequenceSession(this);
        }

        /**
         * A session that goes on where another left off.
         *
         * @param checkpoint what {@link SequenceSession#checkpoint} of a session with the same options wrote
         * @return the session
         * @throws IOException when the file cannot be read, is damaged, or is of a session with other options
         */
        public SequenceSession resume(Path checkpoint) throws IOException {
            return BinaryFile.read(checkpoint, KIND, VERSION, in -> {
                SequenceSession session = build();
                session.read(in);
                return session;
            });
        }
    }
}
