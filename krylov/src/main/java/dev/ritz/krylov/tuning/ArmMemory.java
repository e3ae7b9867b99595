package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** What the memories share: checks at the door, sampling, and the frame of their files. */
abstract class ArmMemory implements Tuner.Memory {
    private static final int MAGIC = 0x5249_5442; // "RITB"

    private final Tuner tuner;
    private final int arms;
    private final SplitMix random;

    ArmMemory(Tuner tuner, int arms, long seed) {
        if (arms < 1) {
            throw new IllegalArgumentException("arms = " + arms + ", expected at least 1");
        }
        this.tuner = tuner;
        this.arms = arms;
        this.random = new SplitMix(SplitMix.mix(seed));
    }

    /** The distribution of the next choice: this memory's own array, nonnegative, of sum 1. */
    abstract double[] distribution(double[] context);

    /** Learns from arguments that were checked. */
    abstract void update(double[] context, int arm, double cost);

    /** Writes what only this memory knows. */
    abstract void writeState(DataOutputStream out) throws IOException;

    /** Reads and checks what {@link #writeState} wrote; takes it over when what is returned is run. */
    abstract Runnable readState(DataInputStream in) throws IOException;

    @Override
    public final int arms() {
        return arms;
    }

    @Override
    public final int choose(double[] context) {
        check(context);
        return draw(distribution(context), random.nextDouble());
    }

    @Override
    public final double[] probabilities(double[] context) {
        check(context);
        return distribution(context).clone();
    }

    @Override
    public final void learn(double[] context, int arm, double cost) {
        check(context);
        if (arm < 0 || arm >= arms) {
            throw new IllegalArgumentException("arm = " + arm + ", expected 0 to " + (arms - 1));
        }
        if (!(cost >= 0 && cost < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("cost = " + cost + ", expected a finite number, at least 0");
        }
        update(context, arm, cost);
    }

    /** The arm at which the sum of probabilities passes u; never one of probability 0. */
    static int draw(double[] p, double u) {
        double sum = 0;
        int last = 0;
        for (int i = 0; i < p.length; i++) {
            if (p[i] > 0) {
                sum += p[i];
                last = i;
                if (u < sum) {
                    return i;
                }
            }
        }
        return last; // u above a sum that was rounded down
    }

    private void check(double[] context) {
        int size = tuner.contextSize();
        if (context.length < size) {
            throw new IllegalArgumentException(
                    "context has length " + context.length + ", " + tuner.name() + " reads " + size);
        }
        for (int j = 0; j < size; j++) {
            if (!Double.isFinite(context[j])) {
                throw new IllegalArgumentException("context[" + j + "] = " + context[j] + ", expected a finite number");
            }
        }
    }

    @Override
    public final void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeUTF(tuner.toString()); // a record: its options, every digit of them
        out.writeInt(arms);
        out.writeLong(random.state);
        writeState(out);
    }

    @Override
    public final void read(DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException("not the memory of a tuner");
        }
        String written = in.readUTF();
        int count = in.readInt();
        if (!written.equals(tuner.toString()) || count != arms) {
            throw new IOException("the memory is that of " + written + " with " + count + " arms, expected " + tuner
                    + " with " + arms);
        }
        long state = in.readLong();
        Runnable take = readState(in);
        random.state = state;
        take.run();
    }

    static void writeArray(DataOutputStream out, double[] v) throws IOException {
        for (double value : v) {
            out.writeDouble(value);
        }
    }

    /** Numbers of which none is NaN or infinite, and none below the given least. */
    static double[] readArray(DataInputStream in, int length, double least) throws IOException {
        double[] v = new double[length];
        for (int i = 0; i < length; i++) {
            v[i] = readNumber(in, least);
        }
        return v;
    }

    static double readNumber(DataInputStream in, double least) throws IOException {
        double value = in.readDouble();
        if (!(value >= least && value < Double.POSITIVE_INFINITY)) {
            throw new IOException(
                    "the memory is damaged: " + value + " where a finite number, at least " + least + ", is expected");
        }
        return value;
    }

    static long readCount(DataInputStream in) throws IOException {
        long count = in.readLong();
        if (count < 0) {
            throw new IOException("the memory is damaged: a count of " + count);
        }
        return count;
    }
}
