package dev.ritz.krylov.sequence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** How a session chooses among its configurations. */
interface Chooser {

    /**
     * Chooses for the next system.
     *
     * @param context what is known of it
     * @return the place of a configuration in their list
     * @throws IllegalArgumentException when the context does not fit; nothing has then changed
     */
    int next(double[] context);

    /** Says what the configuration chosen may cost. */
    void begin(int arm, SystemSolve s);

    /** {@return who takes over where a configuration was broken off or failed, in this order} */
    int[] fallbacks(int tried);

    /** Learns from what the configuration chosen came to, before another takes over. */
    void tried(int arm, SystemSolve s);

    /**
     * Learns from the whole.
     *
     * @param arm the configuration chosen
     * @param by who went on last: another one where that was broken off or failed
     */
    void ended(int arm, int by, SystemSolve s);

    /** {@return what a session and the one that resumes it have to have in common} */
    String fingerprint();

    void write(DataOutputStream out) throws IOException;

    void read(DataInputStream in) throws IOException;

    /** {@return whether a configuration may be asked to solve with a stale part, so that its cost then says less of it} */
    boolean mayKeep(int arm);
}
