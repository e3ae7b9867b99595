package dev.ritz.krylov;

import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.stationary.GaussSeidel;
import dev.ritz.krylov.stationary.Jacobi;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.krylov.stationary.Ssor;
import dev.ritz.krylov.stationary.StationaryWorkspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Workspaces of many methods for systems of one size, of which one solves at a time: equal methods share one, so do all
 * stationary methods. Belongs to one thread at a time.
 */
public final class SharedWorkspaces {
    private final int n;
    private final WorkerPool pool;
    private final Map<Object, Workspace> shared = new HashMap<>();
    private final List<Workspace> all = new ArrayList<>();

    /**
     * No workspaces yet.
     *
     * @param n the number of unknowns
     * @param pool the threads the vector kernels use
     */
    public SharedWorkspaces(int n, WorkerPool pool) {
        this.n = n;
        this.pool = pool;
    }

    /**
     * The workspace that a method shares with equal ones.
     *
     * @param method the method
     * @param <W> its workspace
     * @return the same at every call
     */
    public <W extends Workspace> W of(IterativeSolver<W> method) {
        Object kind = stationary(method) ? StationaryWorkspace.class : method;
        @SuppressWarnings("unchecked") // made by an equal method, or serving all of its kind
        W workspace = (W) shared.get(kind);
        if (workspace == null) {
            workspace = own(method);
            shared.put(kind, workspace);
        }
        return workspace;
    }

    /**
     * A workspace that nothing else uses, as a method needs that leaves there what it recycles.
     *
     * @param method the method
     * @param <W> its workspace
     * @return a new one at every call
     */
    public <W extends Workspace> W own(IterativeSolver<W> method) {
        W workspace = method.newWorkspace(n, pool);
        all.add(workspace);
        return workspace;
    }

    private static boolean stationary(IterativeSolver<?> method) {
        return method instanceof Sor
                || method instanceof Ssor
                || method instanceof GaussSeidel
                || method instanceof Jacobi;
    }

    /** {@return the bytes of all of them} */
    public long bytes() {
        return all.stream().mapToLong(Workspace::bytes).sum();
    }
}
