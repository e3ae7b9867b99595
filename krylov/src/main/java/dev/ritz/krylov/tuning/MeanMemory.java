package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** How often each arm was played and its mean cost; the next arm follows from these, without a draw. */
abstract class MeanMemory extends ArmMemory {
    final long[] plays;
    final double[] means;
    long rounds;
    double largest; // cost so far
    private final double[] p;

    MeanMemory(Tuner tuner, int arms, long seed) {
        super(tuner, arms, seed);
        plays = new long[arms];
        means = new double[arms];
        p = new double[arms];
    }

    /** The arm to play next. */
    abstract int next();

    @Override
    double[] distribution(double[] context) {
        Arrays.fill(p, 0);
        p[next()] = 1;
        return p;
    }

    @Override
    void update(double[] context, int arm, double cost) {
        rounds++;
        plays[arm]++;
        means[arm] += (cost - means[arm]) / plays[arm];
        largest = Math.max(largest, cost);
    }

    @Override
    void writeState(DataOutputStream out) throws IOException {
        out.writeDouble(largest);
        for (long count : plays) {
            out.writeLong(count);
        }
        writeArray(out, means);
    }

    @Override
    Runnable readState(DataInputStream in) throws IOException {
        double newLargest = readNumber(in, 0);
        long[] newPlays = new long[plays.length];
        for (int i = 0; i < newPlays.length; i++) {
            newPlays[i] = readCount(in);
        }
        double[] newMeans = readArray(in, means.length, 0);
        return () -> {
            largest = newLargest;
            System.arraycopy(newPlays, 0, plays, 0, plays.length);
            System.arraycopy(newMeans, 0, means, 0, means.length);
            rounds = Arrays.stream(plays).sum();
        };
    }

    /** The first arm of least value. */
    static int least(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[best]) {
                best = i;
            }
        }
        return best;
    }
}
