package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Proposes the first iterate of each system of a sequence. Immutable options; what it remembers is a {@link Memory}.
 *
 * <p>A proposal may be bad: a session uses it only when ‖b − A x₀‖ &lt; ‖b‖.
 */
public interface InitialGuess {

    /** {@return a short name for reports} */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * Memory for systems of n unknowns.
     *
     * @param n the number of unknowns
     * @param pool the threads its vector kernels use
     * @return memory of no system
     */
    Memory newMemory(int n, WorkerPool pool);

    /** What a guess remembers of the systems so far. Belongs to one thread at a time. */
    interface Memory {

        /**
         * x ← the guess for the next system; 0 where nothing is known. Called once before each system, in order.
         *
         * @param a the operator of the next system
         * @param change how that system differs from the one before
         * @param b its right-hand side, unchanged
         * @param x overwritten with a finite guess; its old content is never read
         * @return how many products with {@code a} it took
         */
        int propose(LinearOperator a, Change change, double[] b, double[] x);

        /**
         * Learns a solution.
         *
         * @param a the operator of the system solved
         * @param b its right-hand side, unchanged
         * @param x its solution, unchanged, copied where it is kept; ignored when an entry is not finite
         */
        void learn(LinearOperator a, double[] b, double[] x);

        /** Forgets all systems. */
        void forget();

        /** {@return the bytes of the vectors held} */
        long bytes();

        /**
         * Writes everything that later guesses depend on.
         *
         * @param out the target
         * @throws IOException when it cannot be written
         */
        void write(DataOutputStream out) throws IOException;

        /**
         * Takes over what {@link #write} wrote for equal options and size; later guesses have the same bits.
         *
         * @param in the source
         * @throws IOException when it cannot be read or does not fit; nothing is then remembered
         */
        void read(DataInputStream in) throws IOException;
    }
}
