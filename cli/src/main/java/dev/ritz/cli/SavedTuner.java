package dev.ritz.cli;

import dev.ritz.api.io.BinaryFile;
import dev.ritz.krylov.tuning.Interval;
import dev.ritz.krylov.tuning.Tuner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tuner has learned, in a file.
 *
 * @param tuner a word of {@link TunerWords}
 * @param context the ranges it was made for, empty for a tuner that reads no context
 * @param labels the names of the arms
 * @param cost the unit
 * @param pulls how often each arm was played
 * @param means what it cost on average; NaN where it was not played
 * @param memory what the tuner wrote
 */
record SavedTuner(
        String tuner,
        List<Interval> context,
        List<String> labels,
        String cost,
        long[] pulls,
        double[] means,
        byte[] memory) {
    private static final String KIND = "tuner";
    private static final int VERSION = 1;
    private static final int MOST = 1 << 20;

    void write(Path file) throws CommandException {
        try {
            BinaryFile.write(file, KIND, VERSION, this::write);
        } catch (IOException e) {
            throw OutputFile.writing(file, e);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeUTF(tuner);
        out.writeUTF(cost);
        out.writeInt(context.size());
        for (Interval range : context) {
            out.writeDouble(range.lower());
            out.writeDouble(range.upper());
        }
        out.writeInt(labels.size());
        for (int i = 0; i < pulls.length; i++) {
            out.writeUTF(labels.get(i));
            out.writeLong(pulls[i]);
            out.writeDouble(means[i]);
        }
        out.writeInt(memory.length);
        out.write(memory);
    }

    static SavedTuner read(Path file) throws CommandException {
        try {
            SavedTuner saved = BinaryFile.read(file, KIND, VERSION, SavedTuner::read);
            saved.newMemory();
            return saved;
        } catch (IOException | IllegalArgumentException e) {
            throw CommandException.badInput("cannot read the tuner " + file + ": "
                    + (e instanceof IOException io ? InputSystem.why(io) : e.getMessage()));
        }
    }

    private static SavedTuner read(DataInputStream in) throws IOException {
        String tuner = in.readUTF();
        String cost = in.readUTF();
        List<Interval> context = new ArrayList<>();
        for (int left = count(in); left > 0; left--) {
            context.add(new Interval(in.readDouble(), in.readDouble()));
        }
        int arms = count(in);
        List<String> labels = new ArrayList<>();
        long[] pulls = new long[arms];
        double[] means = new double[arms];
        for (int i = 0; i < arms; i++) {
            labels.add(in.readUTF());
            pulls[i] = in.readLong();
            means[i] = in.readDouble();
        }
        int length = in.readInt();
        byte[] memory = in.readNBytes(Math.max(0, length));
        if (memory.length != length) {
            throw new IOException("it ends early");
        }
        return new SavedTuner(tuner, context, labels, cost, pulls, means, memory);
    }

    private static int count(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > MOST) {
            throw new IOException("it is damaged: a count of " + count);
        }
        return count;
    }

    /** The tuner with its options. */
    Tuner options() throws CommandException {
        return TunerWords.tuner(tuner, context);
    }

    /** A memory that has learned all this; its draws go on where they ended. */
    Tuner.Memory newMemory() throws CommandException, IOException {
        Tuner.Memory learned = options().newMemory(labels.size(), 0);
        restore(learned);
        return learned;
    }

    /** Takes all this over into a memory of an equal tuner. */
    void restore(Tuner.Memory learned) throws IOException {
        learned.read(new DataInputStream(new ByteArrayInputStream(memory)));
    }

    static byte[] bytes(Tuner.Memory learned) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            learned.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
