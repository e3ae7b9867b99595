package dev.ritz.krylov;

import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;

/**
 * A method that carries a subspace from one system of a sequence to the next. {@link #solve} starts from an empty space,
 * as every method does; {@link #solveNext} starts from the space that the workspace holds. Both leave there the space
 * for the next system. A space that has become useless or dependent is reduced or dropped, never trusted.
 *
 * @param <W> the method's workspace, which holds the space
 */
public interface RecyclingSolver<W extends Workspace> extends IterativeSolver<W> {

    /**
     * Solves the next system of a sequence.
     *
     * @param a a square operator
     * @param m a preconditioner of a kind this method {@linkplain #accepts accepts}
     * @param b right-hand side, length n, unchanged
     * @param x on entry the initial guess, on return the best finite iterate; length n, not the same array as b
     * @param ws a workspace of size n, with the space of the system before
     * @param change how this system differs from the one before; {@link Change#SAME_OPERATOR} is a promise of the caller
     * @param listener called once per iteration
     * @return what it came to; products that renew the space are counted in its report
     * @throws IllegalArgumentException when an argument does not fit, before any work; x and the space are then untouched
     */
    SolveResult solveNext(
            LinearOperator a,
            Preconditioner m,
            double[] b,
            double[] x,
            W ws,
            Change change,
            IterationListener listener);

    /**
     * The space that the workspace holds.
     *
     * @param ws a workspace of this method
     * @return a copy, which no later solve changes; empty before the first solve
     */
    RecycleSpace space(W ws);

    /**
     * Gives a workspace the space for its next {@link #solveNext}; {@link RecycleSpace#empty} drops what it holds.
     *
     * @param ws a workspace of this method
     * @param space of the workspace's size; where it has more vectors than the method keeps, the first ones are taken
     * @throws IllegalArgumentException when the space is of another size
     */
    void recycle(W ws, RecycleSpace space);

    /**
     * Products with A that the last solve spent on renewing the space, beside those of its iterations.
     *
     * @param ws a workspace of this method
     * @return their number, counted in the report's operator applications too
     */
    int refreshApplications(W ws);

    /**
     * The dimension of the recycled space that the last solve began with, dependent directions dropped.
     *
     * @param ws a workspace of this method
     * @return 0 to k
     */
    int recycledDimension(W ws);
}
