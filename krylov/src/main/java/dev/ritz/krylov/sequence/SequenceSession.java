package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.io.BinaryFile;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.RecycleSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Solves a sequence of related systems and learns from every solve: the initial guess, the recycled space, the
 * preconditioner and the storage format of one system serve the next. Every answer is verified like that of a single
 * solve: whatever the session carries over can cost time, never correctness.
 *
 * <pre>{@code
 * SequenceSession session = SequenceSession.builder(new GcroDr(), new Ilu0())
 *         .guess(new Extrapolation(1))
 *         .reuse(new WhenIterationsGrow(1.5))
 *         .build();
 * for (...) {
 *     SolveResult result = session.solve(a, b, x);
 * }
 * System.out.println(session.report());
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
    private static final int VERSION = 1;

    private final Configuration configuration;
    private final InitialGuess guess;
    private final ReusePolicy reuse;
    private final Costs costs;
    private final WorkerPool pool;
    private final SequenceReport report;
    private State state;
    private int index;
    private SystemRecord lastRecord;

    /** The unit in which a session weighs its decisions. */
    public enum Costs {
        /** Applications of A and of M: the same decisions at every run. */
        COUNTED,
        /** Seconds: what the user pays, but a run may decide otherwise than the one before. */
        MEASURED
    }

    /** Everything that depends on the number of unknowns. */
    private static final class State {
        private final int n;
        private final SolveRunner<?> runner;
        private final PreconditionerKeeper keeper;
        private final InitialGuess.Memory memory;
        private final RecyclingControl recycling = new RecyclingControl();
        private FormatKeeper format = new FormatKeeper(0);
        private boolean begun; // a system has been solved
        private LinearOperator lastOperator; // of it, as the caller gave it
        private Preconditioner lastPreconditioner;

        private State(int n, SolveRunner<?> runner, PreconditionerKeeper keeper, InitialGuess.Memory memory) {
            this.n = n;
            this.runner = runner;
            this.keeper = keeper;
            this.memory = memory;
        }
    }

    private SequenceSession(Builder builder) {
        configuration = builder.configuration;
        guess = builder.guess;
        reuse = builder.reuse;
        costs = builder.costs;
        pool = builder.pool;
        report = new SequenceReport();
    }

    /**
     * A session with a method and its preconditioner.
     *
     * @param method a method; one that is a {@link dev.ritz.krylov.RecyclingSolver} recycles
     * @param preconditioner builds its preconditioners
     * @return a builder with the previous solution as guess and a preconditioner for each matrix
     */
    public static Builder builder(IterativeSolver<?> method, PreconditionerFactory preconditioner) {
        return new Builder(new Configuration(method, preconditioner));
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
        State s = enter(a, b, x, listener);
        boolean counted = costs == Costs.COUNTED;
        boolean sameMatrix = s.lastOperator instanceof CsrMatrix last && Matrices.same(last, a);
        Preconditioner m = s.keeper.prepare(a, counted);
        double setup = s.keeper.seconds();
        Preparation preparation = s.keeper.preparation();
        String note = s.keeper.note();
        Change change = !s.begun
                ? Change.UNRELATED
                : sameMatrix && m == s.lastPreconditioner && preparation == Preparation.KEPT
                        ? Change.SAME_OPERATOR
                        : Change.CHANGED;
        long t = System.nanoTime();
        LinearOperator fast = s.format.operator(a);
        setup += (System.nanoTime() - t) * 1e-9;
        Attempt attempt = new Attempt(s.runner, s.memory, s.runner.takes(fast, m) ? fast : a, b, x, listener);
        SolveResult result = attempt.guessAndSolve(x0, m, change, s.recycling.recycles());
        if (attempt.worthAnother(result, preparation)) {
            if (preparation == Preparation.KEPT && !Matrices.same(s.keeper.source(), a)) {
                m = s.keeper.renew(a, counted);
                setup += s.keeper.seconds();
                preparation = s.keeper.preparation();
                note = s.keeper.note();
            }
            result = attempt.solveAgain(m);
        }
        s.keeper.charge(attempt.iterations(), counted ? attempt.applications() : attempt.solveSeconds());
        s.format.learn(attempt.operatorApplications());
        finish(s, a, m, attempt, result, preparation, setup, note);
        return result;
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
        Preconditioner.Kind accepted = configuration.method().accepts();
        if (m.size() != b.length || !accepted.admits(m.kind())) {
            throw new IllegalArgumentException("m has size " + m.size() + " and kind " + m.kind() + ", expected size "
                    + b.length + " and a kind that " + accepted + " admits");
        }
        State s = enter(a, b, x, listener);
        Attempt attempt = new Attempt(s.runner, s.memory, a, b, x, listener);
        Change known = s.begun ? change : Change.UNRELATED;
        SolveResult result = attempt.guessAndSolve(null, m, known, s.recycling.recycles());
        if (attempt.worthAnother(result, Preparation.GIVEN)) {
            result = attempt.solveAgain(m);
        }
        finish(s, a, m, attempt, result, Preparation.GIVEN, 0, "");
        return result;
    }

    private State enter(LinearOperator a, double[] b, double[] x, IterationListener listener) {
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
        if (state == null || state.n != n) {
            state = newState(n);
        }
        return state;
    }

    private State newState(int n) {
        return new State(
                n,
                SolveRunner.of(configuration.method(), n, pool),
                new PreconditionerKeeper(
                        configuration.preconditioner(), configuration.method().accepts(), reuse),
                guess.newMemory(n, pool));
    }

    private void finish(
            State s,
            LinearOperator a,
            Preconditioner m,
            Attempt attempt,
            SolveResult result,
            Preparation preparation,
            double setupSeconds,
            String note) {
        s.begun = true;
        s.lastOperator = a;
        s.lastPreconditioner = m;
        if (result.converged()) {
            attempt.learn();
        }
        lastRecord = attempt.record(index++, configuration.name(), result, preparation, setupSeconds, note);
        report.add(lastRecord);
        double fromZero = lastRecord.iterationsFromZero();
        if (result.converged() && lastRecord.attempts() == 1 && !Double.isNaN(fromZero)) {
            s.recycling.learn(fromZero, lastRecord.recycled(), lastRecord.refreshApplications());
        }
    }

    /** {@return what happened to the last system; null before the first} */
    public SystemRecord lastRecord() {
        return lastRecord;
    }

    /** {@return what the systems so far have cost, and what each part saved} */
    public SequenceReport report() {
        return report;
    }

    /** {@return the bytes of all vectors of length n held: the method's workspace and the guess's memory} */
    public long bytes() {
        return state == null ? 0 : state.runner.bytes() + state.memory.bytes();
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
            state.format = new FormatKeeper(state.format.lastApplications());
            state.runner.settle();
        }
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(fingerprint());
        out.writeInt(index);
        report.write(out);
        out.writeBoolean(state != null);
        if (state == null) {
            return;
        }
        State s = state;
        out.writeInt(s.n);
        out.writeInt(s.format.lastApplications());
        out.writeBoolean(s.begun);
        CsrMatrix last = s.lastOperator instanceof CsrMatrix a ? a : null;
        writeMatrix(out, last);
        CsrMatrix source = s.keeper.source();
        out.writeBoolean(source != null);
        if (source != null) {
            writeMatrix(out, source == last ? null : source);
            s.keeper.write(out);
        }
        out.writeBoolean(source != null && s.keeper.current() == s.lastPreconditioner);
        s.memory.write(out);
        s.recycling.write(out);
        RecycleSpace space = s.runner.space();
        out.writeBoolean(space != null);
        if (space != null) {
            space.write(out);
        }
    }

    private static void writeMatrix(DataOutputStream out, CsrMatrix a) throws IOException {
        out.writeBoolean(a != null);
        if (a != null) {
            MatrixData.write(out, a);
        }
    }

    private static CsrMatrix readMatrix(DataInputStream in) throws IOException {
        return in.readBoolean() ? MatrixData.read(in) : null;
    }

    SequenceSession read(DataInputStream in) throws IOException {
        String of = in.readUTF();
        if (!of.equals(fingerprint())) {
            throw new IOException("the checkpoint is of a session with " + of + ", expected " + fingerprint());
        }
        index = in.readInt();
        report.read(in);
        if (!in.readBoolean()) {
            return this;
        }
        State s = newState(in.readInt());
        s.format = new FormatKeeper(in.readInt());
        s.begun = in.readBoolean();
        CsrMatrix last = readMatrix(in);
        if (in.readBoolean()) {
            CsrMatrix source = readMatrix(in);
            s.keeper.read(in, source == null ? last : source);
        }
        s.lastOperator = last;
        s.lastPreconditioner = in.readBoolean() ? s.keeper.current() : null;
        s.memory.read(in);
        s.recycling.read(in);
        if (in.readBoolean()) {
            s.runner.recycle(RecycleSpace.read(in));
        }
        state = s;
        return this;
    }

    /** What a checkpoint and the session that resumes it must have in common. */
    private String fingerprint() {
        return configuration.method() + ", " + configuration.preconditioner() + ", " + guess + ", " + reuse + ", "
                + costs;
    }

    /** Collects the options of a session. */
    public static final class Builder {
        private final Configuration configuration;
        private InitialGuess guess = new PreviousSolution();
        private ReusePolicy reuse = new AlwaysRebuild();
        private Costs costs = Costs.COUNTED;
        private WorkerPool pool = WorkerPool.shared();

        private Builder(Configuration configuration) {
            this.configuration = configuration;
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
            return BinaryFile.read(checkpoint, KIND, VERSION, in -> build().read(in));
        }
    }
}
