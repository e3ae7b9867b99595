package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Learns which of several arms is cheap. Immutable options; what it has learned is a {@link Memory}.
 *
 * <p>All a tuner ever sees is the context of a system, the arm that was played and what it cost. What an arm is, and
 * the unit of the cost, is the caller's matter; no tuner depends on the unit.
 */
public interface Tuner {

    /** {@return a short name for reports} */
    default String name() {
        return getClass().getSimpleName();
    }

    /** {@return how many leading numbers of a context it reads; 0 when it needs none} */
    default int contextSize() {
        return 0;
    }

    /**
     * A memory of nothing.
     *
     * @param arms how many arms there are to choose from, at least 1
     * @param seed of every draw; equal seeds and costs give equal choices
     * @return the memory
     */
    Memory newMemory(int arms, long seed);

    /** What a tuner has learned. Belongs to one thread at a time. */
    interface Memory {

        /** {@return how many arms there are to choose from} */
        int arms();

        /**
         * Chooses the arm for the next system.
         *
         * @param context what is known of that system: at least {@link Tuner#contextSize()} finite numbers, unchanged
         * @return 0 to arms − 1
         */
        int choose(double[] context);

        /**
         * The distribution from which {@link #choose} would draw now.
         *
         * @param context as for {@link #choose}
         * @return a fresh array of probabilities, one for each arm; their sum is 1
         */
        double[] probabilities(double[] context);

        /**
         * Learns a cost. Normally of the arm that was just chosen in the same context; estimates that divide by the
         * probability of the choice use the present one.
         *
         * @param context as for {@link #choose}
         * @param arm the arm that was played
         * @param cost what it cost, finite, at least 0; a {@link Charge} gives such numbers for every outcome
         * @throws IllegalArgumentException when the arm does not exist or the cost is negative, NaN or infinite; nothing
         *     is then learned
         */
        void learn(double[] context, int arm, double cost);

        /**
         * Writes everything that later choices depend on.
         *
         * @param out the target
         * @throws IOException when it cannot be written
         */
        void write(DataOutputStream out) throws IOException;

        /**
         * Takes over what {@link #write} wrote for an equal tuner and number of arms; later choices are the same.
         *
         * @param in the source
         * @throws IOException when it cannot be read or does not fit; this memory is then unchanged
         */
        void read(DataInputStream in) throws IOException;
    }
}
