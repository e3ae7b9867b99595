package dev.ritz.krylov.tuning;

/**
 * Bounds what a bad arm can cost. An arm that has cost {@code factor} times what the default arm usually costs is
 * stopped; then, and also when it fails or its preconditioner cannot be built, the solve goes on with the default from
 * the best iterate. The whole is charged to the arm.
 *
 * <p>The usual cost is the mean over the solves of the default. The first system is always solved with the default.
 * When a continuation costs more than that mean, the systems have become harder, and the mean restarts from it.
 * Source: Khodak et al. 2025, PCGBandit (the rule maxIter · cost(default)/cost(arm)).
 *
 * @param arm the default, counted from 0; it is never stopped
 * @param factor at least 1; +∞ for continuing failed solves only
 */
public record Backstop(int arm, double factor) {

    /**
     * Checks both.
     *
     * @param arm the default, counted from 0; it is never stopped
     * @param factor at least 1; +∞ for continuing failed solves only
     */
    public Backstop {
        if (arm < 0) {
            throw new IllegalArgumentException("arm = " + arm + ", expected at least 0");
        }
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("factor = " + factor + ", expected at least 1");
        }
    }
}
