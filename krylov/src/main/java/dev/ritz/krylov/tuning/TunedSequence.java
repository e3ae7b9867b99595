package dev.ritz.krylov.tuning;

import dev.ritz.api.BuildException;
import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.SharedWorkspaces;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The memory of a {@link TunedMethod} for one sequence: what its tuner has learned, a workspace for each method among
 * the arms (one for all stationary methods), and the preconditioner of each arm that was played. Belongs to one thread
 * at a time.
 */
public final class TunedSequence {
    private static final double[] NO_CONTEXT = {};

    private final TunedMethod method;
    private final Tuner.Memory memory;
    private final Preconditioner[] preconditioners;
    private final SharedWorkspaces workspaces;
    private final Budget budget;
    private double setupSeconds; // of the preconditioner in the last run

    TunedSequence(TunedMethod method, int n, long seed, WorkerPool pool) {
        this.method = method;
        this.workspaces = new SharedWorkspaces(n, pool);
        this.memory = method.tuner().newMemory(method.choice().size(), seed);
        this.preconditioners = new Preconditioner[method.choice().size()];
        this.budget = new Budget(method.backstop(), method.choice().size());
    }

    /** {@return what the tuner has learned; also for reading and writing it} */
    public Tuner.Memory memory() {
        return memory;
    }

    /**
     * Solves the next system without a context.
     *
     * @param a its matrix
     * @param b its right-hand side, unchanged
     * @param x on entry the initial guess, on return the best finite iterate
     * @return what it came to
     */
    public TunedResult solve(CsrMatrix a, double[] b, double[] x) {
        return solve(a, b, x, NO_CONTEXT, IterationListener.NONE);
    }

    /**
     * Solves the next system. A solve that the caller cancels teaches the tuner nothing.
     *
     * @param a its matrix
     * @param b its right-hand side, unchanged
     * @param x on entry the initial guess, on return the best finite iterate
     * @param context what is known of the system before it is solved, in the order the tuner expects
     * @param listener called once per iteration, with iterations counted from 1 also in a continuation
     * @return what it came to
     * @throws BuildException when the preconditioner of the arm cannot be built and there is no other arm to fall back to;
     *     the tuner is charged the cap
     */
    public TunedResult solve(CsrMatrix a, double[] b, double[] x, double[] context, IterationListener listener) {
        int arm =
                budget.calibrated() ? memory.choose(context) : method.backstop().arm();
        boolean fallback = method.backstop() != null && arm != method.backstop().arm();
        SolveResult first = null;
        TunedResult.Rescue rescue = null;
        double spent = 0;
        try {
            Limit limit = new Limit(fallback ? budget.iterations(arm) : Long.MAX_VALUE, listener);
            first = run(arm, a, b, x, limit);
            spent = cost(first);
            budget.learn(arm, spent, first.report().iterations(), first.converged());
            if (limit.reached && first.cause() == Cause.CANCELLED) {
                rescue = TunedResult.Rescue.OVERRUN;
            } else if (fallback && helpless(first)) {
                rescue = TunedResult.Rescue.NOT_CONVERGED;
            }
        } catch (BuildException e) {
            if (!fallback) {
                memory.learn(context, arm, method.charge().of(0, false));
                throw e;
            }
            rescue = TunedResult.Rescue.BUILD_FAILED;
        }
        SolveResult result = first;
        if (rescue != null) {
            result = proceed(a, b, x, context, listener, arm, spent);
            double continuation = cost(result);
            budget.harder(continuation, result.converged());
            spent += continuation;
        }
        double cost = method.charge().of(spent, result.converged());
        if (result.cause() != Cause.CANCELLED) {
            memory.learn(context, arm, cost);
        }
        return new TunedResult(result, arm, method.choice().labels().get(arm), cost, rescue);
    }

    private SolveResult proceed(
            CsrMatrix a, double[] b, double[] x, double[] context, IterationListener listener, int arm, double spent) {
        try {
            return run(method.backstop().arm(), a, b, x, listener);
        } catch (BuildException e) {
            memory.learn(context, arm, method.charge().of(spent, false));
            throw e;
        }
    }

    /** Whether an end without convergence is the arm's: not the caller's wish, nor the operator's or listener's fault. */
    private static boolean helpless(SolveResult result) {
        Part part = result.report().part();
        return !result.converged()
                && result.cause() != Cause.CANCELLED
                && result.cause() != Cause.DEADLINE
                && !(result.cause() == Cause.PART_FAILED && (part == Part.OPERATOR || part == Part.LISTENER));
    }

    private SolveResult run(int arm, CsrMatrix a, double[] b, double[] x, IterationListener listener) {
        Configuration configuration = method.choice().arms().get(arm);
        PreconditionerFactory factory = configuration.preconditioner();
        Preconditioner old = preconditioners[arm];
        preconditioners[arm] = null; // a failed rebuild leaves nothing to use
        long t = System.nanoTime();
        Preconditioner m = old == null ? factory.build(a) : factory.rebuild(old, a);
        setupSeconds = (System.nanoTime() - t) * 1e-9;
        preconditioners[arm] = m;
        return run(configuration.method(), a, m, b, x, listener);
    }

    private <W extends Workspace> SolveResult run(
            IterativeSolver<W> solver, CsrMatrix a, Preconditioner m, double[] b, double[] x, IterationListener l) {
        return solver.solve(a, m, b, x, workspaces.of(solver), l);
    }

    /** What the last run cost, set-up included. */
    private double cost(SolveResult result) {
        Cost cost = method.charge().cost();
        return cost.of(result.report()) + cost.ofSetup(setupSeconds);
    }

    /**
     * Writes what later choices depend on: the tuner's memory and the backstop's means.
     *
     * @param out the target
     * @throws IOException when it cannot be written
     */
    public void write(DataOutputStream out) throws IOException {
        budget.write(out);
        memory.write(out);
    }

    /**
     * Takes over what {@link #write} wrote for an equal method.
     *
     * @param in the source
     * @throws IOException when it cannot be read or does not fit; nothing is then changed
     */
    public void read(DataInputStream in) throws IOException {
        Budget read = new Budget(method.backstop(), method.choice().size());
        read.read(in);
        memory.read(in);
        budget.copy(read);
    }

    /** Lets an arm run for a number of iterations. */
    private static final class Limit implements IterationListener {
        private final long limit;
        private final IterationListener listener;
        private boolean reached;

        private Limit(long limit, IterationListener listener) {
            this.limit = limit;
            this.listener = listener;
        }

        @Override
        public boolean onIteration(int k, double residualNorm) {
            if (!listener.onIteration(k, residualNorm)) {
                return false;
            }
            reached = k >= limit;
            return !reached;
        }
    }
}
