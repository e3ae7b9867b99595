package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.Workspace;
import dev.ritz.api.format.FormattedMatrix;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A system solved in another order than its caller's: the matrix is permuted once, b and x once per solve at the door,
 * so that products, sweeps and the method itself run on neighbours that lie near each other in memory.
 *
 * <pre>
 * Needs   A square; b, x: length n, distinct arrays, in the caller's order
 * Gives   what the solver gives, with the caller's x. Norms do not depend on the order, so the stopping test and every
 *         residual keep their meaning
 * Order   reverse Cuthill-McKee where most rows differ from the row before, so that this is no grid in its natural
 *         order, and where the mean |i − j| of the entries exceeds {@value #NEAR} and at least halves; otherwise none,
 *         and nothing is copied
 * Memory  the permuted matrix, n ints, 2n doubles
 * Source  see {@link ReverseCuthillMcKee}
 * </pre>
 *
 * A preconditioner for {@link #solve} belongs to the permuted matrix: {@link #build} makes one. Solves of one system, and
 * of those that {@link #withMatrix} derives from it, run one after the other.
 */
public final class ReorderedSystem {
    /** Entries of x this far apart, 32 KiB, still share a near cache: no order can be much better. */
    static final int NEAR = 4096;

    /** How many rows are looked at, about. */
    private static final int SAMPLE = 4096;

    /** An order has to bring the mean |i − j| below this share of the old one to be worth the copies. */
    private static final double GAIN = 0.5;

    private final SparsityPattern original;
    private final CsrMatrix matrix;
    private final int[] order;
    private final String note;
    private final Door door;

    /** The vectors in the new order, for one solve at a time. */
    private record Door(double[] b, double[] x, AtomicBoolean busy) {}

    private ReorderedSystem(SparsityPattern original, CsrMatrix matrix, int[] order, String note, Door door) {
        this.original = original;
        this.matrix = matrix;
        this.order = order;
        this.note = note;
        this.door = door;
    }

    /**
     * Reorders where that pays by the rule above.
     *
     * @param a the caller's matrix
     * @return the system
     * @throws IllegalArgumentException when the matrix is not square
     */
    public static ReorderedSystem of(CsrMatrix a) {
        Checks.square(a);
        if (a.rows() <= NEAR) {
            return natural(a, "order kept: " + a.rows() + " unknowns are near each other in any order");
        }
        if (repeats(a.pattern())) {
            return natural(a, "order kept: rows repeat the offsets of the row before, as a grid in its natural order");
        }
        double most = greatestDistance(a.pattern());
        if (most <= NEAR) {
            return natural(a, String.format(Locale.ROOT, "order kept: mean |i - j| is at most %.0f", most));
        }
        double before = meanDistance(a.pattern(), null);
        if (!(before > NEAR)) {
            return natural(a, String.format(Locale.ROOT, "order kept: mean |i - j| is %.0f", before));
        }
        int[] order = ReverseCuthillMcKee.order(a.pattern());
        double after = meanDistance(a.pattern(), inverse(order));
        if (!(after <= GAIN * before)) {
            return natural(
                    a,
                    String.format(
                            Locale.ROOT,
                            "order kept: mean |i - j| is %.0f, reverse Cuthill-McKee makes it %.0f",
                            before,
                            after));
        }
        return of(a, order, String.format(Locale.ROOT, "mean |i - j| from %.0f to %.0f", before, after));
    }

    /**
     * Takes the caller's order as it is.
     *
     * @param a the caller's matrix
     * @return the system
     * @throws IllegalArgumentException when the matrix is not square
     */
    public static ReorderedSystem natural(CsrMatrix a) {
        Checks.square(a);
        return natural(a, "order kept as asked for");
    }

    private static ReorderedSystem natural(CsrMatrix a, String note) {
        return new ReorderedSystem(a.pattern(), a, null, note, null);
    }

    /**
     * Reorders by reverse Cuthill-McKee, whatever the rule says.
     *
     * @param a the caller's matrix
     * @return the system
     * @throws IllegalArgumentException when the matrix is not square
     */
    public static ReorderedSystem reverseCuthillMcKee(CsrMatrix a) {
        Checks.square(a);
        return of(a, ReverseCuthillMcKee.order(a.pattern()), "as asked for");
    }

    private static ReorderedSystem of(CsrMatrix a, int[] order, String why) {
        Door door = new Door(new double[a.rows()], new double[a.rows()], new AtomicBoolean());
        return new ReorderedSystem(
                a.pattern(), a.permute(order), order, "ordered by reverse Cuthill-McKee: " + why, door);
    }

    /**
     * The same order for other values: no new search, and the permuted pattern is shared, so that preconditioners can
     * be rebuilt.
     *
     * @param a a matrix with the pattern of the first
     * @return a system that shares the order and the vectors of this one
     * @throws IllegalArgumentException when the pattern differs
     */
    public ReorderedSystem withMatrix(CsrMatrix a) {
        if (!a.pattern().sameAs(original)) {
            throw new IllegalArgumentException(
                    "a is a " + a + " of another pattern, expected that of the matrix that was ordered");
        }
        if (order == null) {
            return natural(a, note);
        }
        int[] rowPtr = matrix.rowPtr();
        int[] colIdx = matrix.colIdx();
        double[] values = new double[matrix.nnz()];
        for (int i = 0; i < order.length; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                values[k] = a.values()[a.pattern().position(order[i], order[colIdx[k]])];
            }
        }
        return new ReorderedSystem(original, matrix.withValues(values).on(a.pool()), order, note, door);
    }

    /** {@return the permuted matrix, or the caller's own where its order is kept} */
    public CsrMatrix matrix() {
        return matrix;
    }

    /** {@return whether the order changed} */
    public boolean reordered() {
        return order != null;
    }

    /** {@return what was decided and on which figures, one clause} */
    public String note() {
        return note;
    }

    /**
     * Builds a preconditioner for {@link #solve}.
     *
     * @param factory of the preconditioner
     * @return the preconditioner of the permuted matrix
     * @throws BuildException as the factory does, rows named as the caller numbers them
     */
    public Preconditioner build(PreconditionerFactory factory) {
        return rebuild(factory, null);
    }

    /**
     * Builds a preconditioner out of an old one of the same pattern.
     *
     * @param factory of the preconditioner
     * @param old what an earlier build returned, null for none
     * @return the preconditioner of the permuted matrix
     * @throws BuildException as the factory does, rows named as the caller numbers them
     * @throws IllegalArgumentException as the factory does, with a word on the numbering
     */
    public Preconditioner rebuild(PreconditionerFactory factory, Preconditioner old) {
        try {
            return old == null ? factory.build(matrix) : factory.rebuild(old, matrix);
        } catch (BuildException e) {
            if (order == null || e.row() < 0) {
                throw e;
            }
            int row = order[e.row()];
            BuildException seen = new BuildException(
                    e.reason(),
                    row,
                    "row " + row + ", which is row " + e.row() + " of the reordered matrix: " + e.getMessage());
            seen.initCause(e);
            throw seen;
        } catch (IllegalArgumentException e) {
            if (order == null) {
                throw e;
            }
            throw new IllegalArgumentException(e.getMessage() + "; rows and columns are numbered as " + note, e);
        }
    }

    /**
     * Solves with the permuted matrix itself as the operator.
     *
     * @param <W> the method's workspace
     * @param solver the method
     * @param m a preconditioner of {@link #matrix()}
     * @param b right-hand side in the caller's order, length n, unchanged
     * @param x on entry the initial guess, on return the best finite iterate, both in the caller's order
     * @param ws a workspace of size n
     * @param listener called once per iteration
     * @return what it came to
     * @throws IllegalArgumentException when an argument does not fit, before any work; x is then untouched
     * @throws IllegalStateException when the workspace or this system is in use by another solve
     */
    public <W extends Workspace> SolveResult solve(
            IterativeSolver<W> solver, Preconditioner m, double[] b, double[] x, W ws, IterationListener listener) {
        return solve(solver, matrix, m, b, x, ws, listener);
    }

    /**
     * Solves with an operator made from the permuted matrix, such as a faster storage of it.
     *
     * @param <W> the method's workspace
     * @param solver the method
     * @param a an operator that acts in the new order as {@link #matrix()} does
     * @param m a preconditioner of {@link #matrix()}
     * @param b right-hand side in the caller's order, length n, unchanged
     * @param x on entry the initial guess, on return the best finite iterate, both in the caller's order
     * @param ws a workspace of size n
     * @param listener called once per iteration
     * @return what it came to
     * @throws IllegalArgumentException when an argument does not fit, before any work; x is then untouched
     * @throws IllegalStateException when the workspace or this system is in use by another solve
     */
    public <W extends Workspace> SolveResult solve(
            IterativeSolver<W> solver,
            LinearOperator a,
            Preconditioner m,
            double[] b,
            double[] x,
            W ws,
            IterationListener listener) {
        Objects.requireNonNull(solver, "solver");
        if (order == null) {
            return solver.solve(a, m, b, x, ws, listener);
        }
        check(b, "b");
        check(x, "x");
        check(a);
        if (b == x && x.length > 0) {
            throw new IllegalArgumentException("b and x are the same array, expected distinct ones");
        }
        if (!door.busy.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "the reordered system is in use by another solve; give each thread its own");
        }
        try {
            gather(b, door.b);
            gather(x, door.x);
            SolveResult inner = solver.solve(a, m, door.b, door.x, ws, listener);
            scatter(door.x, x);
            if (inner instanceof SolveResult.Converged) {
                return new SolveResult.Converged(x, inner.report());
            } else if (inner instanceof SolveResult.Stopped) {
                return new SolveResult.Stopped(x, inner.report());
            }
            return new SolveResult.Failed(x, inner.report());
        } finally {
            door.busy.set(false);
        }
    }

    /** An assembled operator must be in the new order; of another kind nobody can tell. */
    private void check(LinearOperator a) {
        SparsityPattern pattern = a instanceof CsrMatrix c
                ? c.pattern()
                : a instanceof FormattedMatrix f ? f.pattern() : matrix.pattern();
        boolean sized = pattern.rows() == order.length && pattern.cols() == order.length; // else the solver says so
        if (sized && !pattern.sameAs(matrix.pattern())) {
            throw new IllegalArgumentException(
                    "a has another pattern than the reordered matrix, expected matrix() or an"
                            + " operator made from it");
        }
    }

    private void check(double[] v, String name) {
        if (v == null) {
            throw new IllegalArgumentException(name + " is null");
        }
        if (v.length != order.length) {
            throw new IllegalArgumentException(name + " has length " + v.length + ", expected " + order.length);
        }
    }

    /** to ← P from. */
    private void gather(double[] from, double[] to) {
        int[] p = order;
        for (int k = 0; k < p.length; k++) {
            to[k] = from[p[k]];
        }
    }

    /** to ← Pᵀ from. */
    private void scatter(double[] from, double[] to) {
        int[] p = order;
        for (int k = 0; k < p.length; k++) {
            to[p[k]] = from[k];
        }
    }

    private static int[] inverse(int[] p) {
        int[] inverse = new int[p.length];
        for (int k = 0; k < p.length; k++) {
            inverse[p[k]] = k;
        }
        return inverse;
    }

    /** Whether more than half of some thousand rows have their entries where the row before has them, one column on. */
    static boolean repeats(SparsityPattern pattern) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int rows = pattern.rows();
        int step = rows / SAMPLE + 1;
        int looked = 0;
        int same = 0;
        for (int i = 1; i < rows; i += step) {
            int width = rowPtr[i + 1] - rowPtr[i];
            boolean repeats = rowPtr[i] - rowPtr[i - 1] == width;
            for (int k = rowPtr[i]; repeats && k < rowPtr[i + 1]; k++) {
                repeats = colIdx[k] - colIdx[k - width] == 1;
            }
            looked++;
            same += repeats ? 1 : 0;
        }
        return 2 * same > looked;
    }

    /** Not below the mean |i − j|: the first and the last entry of a row stand for all of it. */
    private static double greatestDistance(SparsityPattern pattern) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        long total = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            int begin = rowPtr[i];
            int end = rowPtr[i + 1];
            if (begin < end) {
                total += (long) (end - begin) * Math.max(Math.abs(i - colIdx[begin]), Math.abs(colIdx[end - 1] - i));
            }
        }
        return (double) total / Math.max(1, pattern.nnz());
    }

    /** The mean |i − j| of the entries, numbered anew by {@code place} unless that is null. */
    static double meanDistance(SparsityPattern pattern, int[] place) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        long total = 0;
        for (int i = 0; i < pattern.rows(); i++) {
            int at = place == null ? i : place[i];
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                total += Math.abs(at - (place == null ? colIdx[k] : place[colIdx[k]]));
            }
        }
        return (double) total / Math.max(1, pattern.nnz());
    }
}
