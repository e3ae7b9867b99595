package dev.ritz.benchmarks.rivals;

/**
 * The tolerance a contender is given. All are held to ‖b − A x‖₂ ≤ {@value #TARGET} ‖b‖₂, recomputed; a library that
 * stops on another norm, or on a recurrence that has drifted, gets a smaller tolerance until the true residual holds.
 */
final class Tolerance {
    static final double TARGET = 1e-8;
    /** So often a tolerance is tightened before the contender counts as failed. */
    private static final int MOST = 20;

    private double rtol = TARGET;
    private int tightened;

    /** {@return what the contender is to be given next} */
    double rtol() {
        return rtol;
    }

    /**
     * Judges a run, and tightens the tolerance when it does not hold.
     *
     * @param residual ‖b − A x‖₂ / ‖b‖₂; NaN does not hold
     * @return whether it holds
     */
    boolean holds(double residual) {
        if (residual <= TARGET) {
            return true;
        }
        // by what is missing and a little more, at least by half; Math.min would let a NaN through
        double factor = 0.9 * TARGET / residual;
        rtol *= factor < 0.5 && factor > 0 ? factor : 0.5;
        tightened++;
        return false;
    }

    /** {@return whether further attempts are pointless} */
    boolean exhausted() {
        return tightened >= MOST;
    }
}
