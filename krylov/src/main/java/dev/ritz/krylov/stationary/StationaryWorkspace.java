package dev.ritz.krylov.stationary;

import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.WorkerPool;

/** The memory of a stationary method: r, W⁻¹r, A W⁻¹r. */
public final class StationaryWorkspace extends Workspace {
    final double[] r = newVector();
    final double[] d = newVector();
    final double[] q = newVector();

    StationaryWorkspace(int n, WorkerPool pool) {
        super(n, pool);
    }
}
