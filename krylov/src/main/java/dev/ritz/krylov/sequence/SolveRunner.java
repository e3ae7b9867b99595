package dev.ritz.krylov.sequence;

import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.RecycleSpace;
import dev.ritz.krylov.RecyclingSolver;
import dev.ritz.krylov.SharedWorkspaces;

/** A method with its workspace, for systems of one size. */
final class SolveRunner<W extends Workspace> {
    private final IterativeSolver<W> method;
    private final RecyclingSolver<W> recycling; // the same, or null
    private final W workspace;

    private SolveRunner(IterativeSolver<W> method, SharedWorkspaces workspaces) {
        this.method = method;
        this.recycling = method instanceof RecyclingSolver<W> r ? r : null;
        this.workspace = recycling == null ? workspaces.of(method) : workspaces.own(method);
        workspace.dropPoorGuesses(true);
    }

    static <W extends Workspace> SolveRunner<W> of(IterativeSolver<W> method, SharedWorkspaces workspaces) {
        return new SolveRunner<>(method, workspaces);
    }

    /** Solves from x, with the recycled space where the method has one. */
    SolveResult solve(
            LinearOperator a, Preconditioner m, double[] b, double[] x, Change change, IterationListener listener) {
        return recycling == null
                ? method.solve(a, m, b, x, workspace, listener)
                : recycling.solveNext(a, m, b, x, workspace, change, listener);
    }

    /** {@return whether the method can work with an operator other than the matrix itself} */
    boolean takes(LinearOperator operator, Preconditioner m) {
        try {
            method.check(operator, m);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** {@return the memory, which counts} */
    Workspace workspace() {
        return workspace;
    }

    int refreshApplications() {
        return recycling == null ? 0 : recycling.refreshApplications(workspace);
    }

    /** {@return the dimension of the space that the last solve began with} */
    int recycledDimension() {
        return recycling == null ? 0 : recycling.recycledDimension(workspace);
    }

    /** {@return a copy of the space held, null for a method without} */
    RecycleSpace space() {
        return recycling == null ? null : recycling.space(workspace);
    }

    /** Reduces what the method holds to the space that {@link #space} gives. */
    void settle() {
        if (recycling != null) {
            recycle(space());
        }
    }

    void recycle(RecycleSpace space) {
        recycling.recycle(workspace, space);
    }
}
