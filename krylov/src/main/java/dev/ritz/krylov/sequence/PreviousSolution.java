package dev.ritz.krylov.sequence;

import dev.ritz.api.kernel.WorkerPool;

/** Starts each system from the solution of the one before: n doubles, no products. */
public record PreviousSolution() implements InitialGuess {

    @Override
    public Memory newMemory(int n, WorkerPool pool) {
        return new Extrapolation(0).newMemory(n, pool);
    }
}
