package dev.ritz.krylov.tuning;

import dev.ritz.api.Report;

/**
 * A cost that can be told from others.
 *
 * @param solve the cost of a solve
 * @param perSetupSecond what a second of set-up counts
 */
record NamedCost(String name, Cost solve, double perSetupSecond) implements Cost {
    @Override
    public double of(Report report) {
        return solve.of(report);
    }

    @Override
    public double ofSetup(double seconds) {
        return perSetupSecond * seconds;
    }
}
