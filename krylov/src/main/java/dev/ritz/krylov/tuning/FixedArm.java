package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;

/**
 * Always the same arm: what every tuner is compared with.
 *
 * @param arm the arm, counted from 0
 */
public record FixedArm(int arm) implements Tuner {

    /**
     * The tuner with its option.
     *
     * @param arm the arm, counted from 0
     */
    public FixedArm {
        if (arm < 0) {
            throw new IllegalArgumentException("arm = " + arm + ", expected at least 0");
        }
    }

    @Override
    public Tuner.Memory newMemory(int arms, long seed) {
        if (arm >= arms) {
            throw new IllegalArgumentException("arm = " + arm + ", there are " + arms + " arms, counted from 0");
        }
        return new Memory(this, arms, seed);
    }

    private static final class Memory extends ArmMemory {
        private final double[] p;

        private Memory(FixedArm tuner, int arms, long seed) {
            super(tuner, arms, seed);
            p = new double[arms];
            p[tuner.arm] = 1;
        }

        @Override
        double[] distribution(double[] context) {
            return p;
        }

        @Override
        void update(double[] context, int arm, double cost) {}

        @Override
        void writeState(DataOutputStream out) {}

        @Override
        Runnable readState(DataInputStream in) {
            return () -> {};
        }
    }
}
