package dev.ritz.krylov.stationary;

import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.WorkerPool;

/** The memory of a stationary method: r, W⁻¹r, A W⁻¹r, and how threads share the sweeps of the last pattern. */
public final class StationaryWorkspace extends Workspace {
    final double[] r = newVector();
    final double[] d = newVector();
    final double[] q = newVector();
    /** Null before the first solve by SOR or SSOR. */
    Relaxation relaxation;

    StationaryWorkspace(int n, WorkerPool pool) {
        super(n, pool);
    }
}
