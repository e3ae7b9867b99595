package dev.ritz.api;

import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * An iterative method with its parameters: immutable and shareable. Its memory is a {@link Workspace}.
 *
 * <p>A method implements {@link #iterate}, the algebra between two true residuals; checks, counting, limits,
 * verification and the result are {@link SolveMonitor}'s and the same for all.
 *
 * @param <W> the method's workspace
 */
public interface IterativeSolver<W extends Workspace> {

    /** {@return the class name of the method, for reports} */
    default String name() {
        return getClass().getSimpleName();
    }

    /** {@return when a solve ends} */
    StoppingCriteria criteria();

    /** {@return the most general kind of preconditioner this method takes} */
    Preconditioner.Kind accepts();

    /**
     * Memory for systems of n unknowns.
     *
     * @param n the number of unknowns
     * @param pool the threads the vector kernels use
     * @return a workspace
     */
    W newWorkspace(int n, WorkerPool pool);

    /**
     * Memory for systems of n unknowns, on the process's default threads.
     *
     * @param n the number of unknowns
     * @return a workspace
     */
    default W newWorkspace(int n) {
        return newWorkspace(n, WorkerPool.shared());
    }

    /**
     * The method's algebra: from the current iterate until {@link SolveMonitor#unfinished} says no.
     *
     * @param s the solve at hand: operator, preconditioner, iterate, limits
     * @param ws the method's memory
     */
    void iterate(SolveMonitor s, W ws);

    /**
     * Checks what only this method asks of its input, before any work.
     *
     * @param a the operator
     * @param m the preconditioner
     * @throws IllegalArgumentException naming argument, value and expectation
     */
    default void check(LinearOperator a, Preconditioner m) {}

    /**
     * Solves A x = b.
     *
     * @param a a square operator
     * @param m a preconditioner of a kind this method {@linkplain #accepts accepts}
     * @param b right-hand side, length n, unchanged
     * @param x on entry the initial guess, on return the best finite iterate; length n, not the same array as b
     * @param ws a workspace of size n
     * @param listener called once per iteration
     * @return what it came to; never null, and x is finite wherever it was finite on entry
     * @throws IllegalArgumentException when an argument does not fit, before any work; x is then untouched
     * @throws IllegalStateException when the workspace is in use by another solve
     */
    default SolveResult solve(
            LinearOperator a, Preconditioner m, double[] b, double[] x, W ws, IterationListener listener) {
        if (ws == null) {
            throw new IllegalArgumentException("ws is null");
        }
        SolveMonitor s = ws.monitor();
        s.begin(this, a, m, b, x, listener);
        try {
            iterate(s, ws);
            return s.result();
        } catch (Exception e) {
            return s.partFailed(e);
        } finally {
            s.release();
        }
    }

    /**
     * Solves A x = b from x₀ = 0 in memory of its own.
     *
     * @param a a square operator
     * @param m a preconditioner of a kind this method {@linkplain #accepts accepts}
     * @param b right-hand side, unchanged
     * @return what it came to
     */
    default SolveResult solve(LinearOperator a, Preconditioner m, double[] b) {
        W ws = newWorkspace(a.rows());
        return solve(a, m, b, new double[a.rows()], ws, IterationListener.NONE);
    }

    /**
     * Solves A x = b from a given guess in memory of its own.
     *
     * @param a a square operator
     * @param m a preconditioner of a kind this method {@linkplain #accepts accepts}
     * @param b right-hand side, unchanged
     * @param x0 initial guess, unchanged
     * @return what it came to
     */
    default SolveResult solveFrom(LinearOperator a, Preconditioner m, double[] b, double[] x0) {
        W ws = newWorkspace(a.rows());
        return solve(a, m, b, Arrays.copyOf(x0, x0.length), ws, IterationListener.NONE);
    }
}
