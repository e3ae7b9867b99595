package dev.ritz.api.io;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Binary files that keep state from one process to the next: written whole or not at all, and damage does not go
 * unnoticed. A file begins with a mark, its kind and a version and ends with a checksum (CRC-32); numbers are big-endian.
 */
public final class BinaryFile {
    private static final int MARK = 0x5249_545a; // "RITZ"
    private static final int CHUNK = 8192;

    private BinaryFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes.
         *
         * @param out the target
         * @throws IOException when it cannot be written
         */
        void write(DataOutputStream out) throws IOException;
    }

    /**
     * Reads the content of a file.
     *
     * @param <T> what it makes of it
     */
    @FunctionalInterface
    public interface Reader<T> {
        /**
         * Reads.
         *
         * @param in the source
         * @return what was read
         * @throws IOException when it cannot be read or does not make sense
         */
        T read(DataInputStream in) throws IOException;
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param file the target
     * @param kind what the file holds, in a word
     * @param version of the content's form
     * @param content writes the content
     * @throws IOException when it cannot be written
     */
    public static void write(Path file, String kind, int version, Writer content) throws IOException {
        AtomicFile.write(file, out -> {
            CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32());
            DataOutputStream data = new DataOutputStream(checked);
            data.writeInt(MARK);
            data.writeUTF(kind);
            data.writeInt(version);
            content.write(data);
            data.flush();
            data.writeLong(checked.getChecksum().getValue());
            data.flush();
        });
    }

    /**
     * Reads a file that {@link #write} wrote.
     *
     * @param file the source
     * @param kind what it has to hold
     * @param version the version that is understood
     * @param content reads the content, all of it and no more
     * @param <T> what the content is
     * @return what was read
     * @throws IOException when it cannot be read, is of another kind or version, or is damaged
     */
    public static <T> T read(Path file, String kind, int version, Reader<T> content) throws IOException {
        try (CheckedInputStream checked =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), new CRC32())) {
            DataInputStream in = new DataInputStream(checked);
            if (in.readInt() != MARK) {
                throw new IOException(file + " is no file of this program");
            }
            String found = in.readUTF();
            if (!found.equals(kind)) {
                throw new IOException(file + " holds a " + found + ", expected a " + kind);
            }
            int written = in.readInt();
            if (written != version) {
                throw new IOException(file + " has version " + written + ", expected " + version);
            }
            T value = content.read(in);
            long sum = checked.getChecksum().getValue();
            if (in.readLong() != sum || in.read() >= 0) {
                throw new IOException(file + " is damaged: its checksum is wrong");
            }
            return value;
        } catch (EOFException e) {
            throw new IOException(file + " is damaged: it ends early", e);
        }
    }

    /**
     * Writes numbers without their count.
     *
     * @param out the target
     * @param values the numbers
     * @param count how many of them, from the first
     * @throws IOException when they cannot be written
     */
    public static void writeDoubles(DataOutputStream out, double[] values, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8 * Math.max(1, Math.min(CHUNK, count)));
        for (int from = 0; from < count; from += CHUNK) {
            buffer.clear();
            for (int i = from; i < Math.min(count, from + CHUNK); i++) {
                buffer.putDouble(values[i]);
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }

    /**
     * Reads numbers that {@link #writeDoubles} wrote. Memory grows with what the file holds, so that a damaged count
     * cannot ask for more.
     *
     * @param in the source
     * @param count how many
     * @return the numbers
     * @throws IOException when they cannot be read
     */
    public static double[] readDoubles(DataInputStream in, int count) throws IOException {
        checkCount(count);
        double[] values = new double[Math.min(count, CHUNK)];
        byte[] bytes = new byte[8 * values.length];
        for (int from = 0; from < count; from += CHUNK) {
            int some = Math.min(CHUNK, count - from);
            in.readFully(bytes, 0, 8 * some);
            if (from + some > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * (from + some)));
            }
            ByteBuffer.wrap(bytes, 0, 8 * some).asDoubleBuffer().get(values, from, some);
        }
        return values;
    }

    /**
     * Writes whole numbers without their count.
     *
     * @param out the target
     * @param values the numbers
     * @param count how many of them, from the first
     * @throws IOException when they cannot be written
     */
    public static void writeInts(DataOutputStream out, int[] values, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4 * Math.max(1, Math.min(CHUNK, count)));
        for (int from = 0; from < count; from += CHUNK) {
            buffer.clear();
            for (int i = from; i < Math.min(count, from + CHUNK); i++) {
                buffer.putInt(values[i]);
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }

    /**
     * Reads whole numbers that {@link #writeInts} wrote, as {@link #readDoubles} does.
     *
     * @param in the source
     * @param count how many
     * @return the numbers
     * @throws IOException when they cannot be read
     */
    public static int[] readInts(DataInputStream in, int count) throws IOException {
        checkCount(count);
        int[] values = new int[Math.min(count, CHUNK)];
        byte[] bytes = new byte[4 * values.length];
        for (int from = 0; from < count; from += CHUNK) {
            int some = Math.min(CHUNK, count - from);
            in.readFully(bytes, 0, 4 * some);
            if (from + some > values.length) {
                values = Arrays.copyOf(values, (int) Math.min(count, 2L * (from + some)));
            }
            ByteBuffer.wrap(bytes, 0, 4 * some).asIntBuffer().get(values, from, some);
        }
        return values;
    }

    private static void checkCount(int count) throws IOException {
        if (count < 0) {
            throw new IOException("a count of " + count + " numbers, expected at least 0");
        }
    }
}
