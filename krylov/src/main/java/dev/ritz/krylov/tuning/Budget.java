package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What a {@link Backstop} remembers: the usual cost of the default, and the cost of an iteration of every arm. */
final class Budget {
    private final Backstop backstop;
    private final double[] perIteration; // 0: not known yet
    private double usual; // mean cost of the default
    private long solves; // in that mean

    Budget(Backstop backstop, int arms) {
        this.backstop = backstop;
        this.perIteration = new double[arms];
    }

    /** Whether the default has been run, or is never needed. */
    boolean calibrated() {
        return backstop == null || solves > 0;
    }

    /** How many iterations an arm gets; at least 1. An arm never played counts as costly as the default. */
    long iterations(int arm) {
        double unit = perIteration[arm] > 0 ? perIteration[arm] : perIteration[backstop.arm()];
        double limit = unit > 0 ? Math.floor(backstop.factor() * usual / unit) : Double.POSITIVE_INFINITY;
        return (long) Math.max(1, limit);
    }

    void learn(int arm, double cost, int iterations, boolean converged) {
        if (backstop == null) {
            return;
        }
        if (iterations > 0) {
            perIteration[arm] = cost / iterations;
        }
        if (arm == backstop.arm() && (converged || solves == 0)) {
            solves++;
            usual += (cost - usual) / solves;
        }
    }

    /** A continuation by the default that cost more than the default from the start usually does. */
    void harder(double continuation, boolean converged) {
        if (converged && continuation > usual) {
            usual = continuation;
            solves = 1;
        }
    }

    void copy(Budget other) {
        usual = other.usual;
        solves = other.solves;
        System.arraycopy(other.perIteration, 0, perIteration, 0, perIteration.length);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(perIteration.length);
        out.writeDouble(usual);
        out.writeLong(solves);
        ArmMemory.writeArray(out, perIteration);
    }

    void read(DataInputStream in) throws IOException {
        int arms = in.readInt();
        if (arms != perIteration.length) {
            throw new IOException("the memory is that of " + arms + " arms, expected " + perIteration.length);
        }
        usual = ArmMemory.readNumber(in, 0);
        solves = ArmMemory.readCount(in);
        System.arraycopy(ArmMemory.readArray(in, arms, 0), 0, perIteration, 0, arms);
    }
}
