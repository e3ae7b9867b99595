package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;

/** Starts every system from x₀ = 0: no memory, no products. */
public record ZeroGuess() implements InitialGuess {

    @Override
    public InitialGuess.Memory newMemory(int n, WorkerPool pool) {
        return new Memory(n, pool);
    }

    private static final class Memory extends GuessMemory {
        private Memory(int n, WorkerPool pool) {
            super(n, pool, 0);
        }

        @Override
        int guess(LinearOperator a, Change change, double[] b, double[] x) {
            return 0;
        }

        @Override
        void keep(LinearOperator a, double[] x, double norm) {}

        @Override
        public void forget() {}

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        void writeState(DataOutputStream out) {}

        @Override
        void readState(DataInputStream in) {}
    }
}
