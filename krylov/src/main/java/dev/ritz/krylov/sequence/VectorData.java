package dev.ritz.krylov.sequence;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Doubles in files, bit for bit, through a buffer that does not grow with their number. */
final class VectorData {
    private static final int CHUNK = 8192;

    private VectorData() {}

    static void write(DataOutputStream out, double[] x, int n) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8 * Math.min(CHUNK, n));
        for (int from = 0; from < n; from += CHUNK) {
            int count = Math.min(CHUNK, n - from);
            buffer.clear();
            buffer.asDoubleBuffer().put(x, from, count);
            out.write(buffer.array(), 0, 8 * count);
        }
    }

    /** Reads n finite numbers into x. */
    static void read(DataInputStream in, double[] x, int n) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(8 * Math.min(CHUNK, n));
        for (int from = 0; from < n; from += CHUNK) {
            int count = Math.min(CHUNK, n - from);
            in.readFully(buffer.array(), 0, 8 * count);
            buffer.clear();
            buffer.asDoubleBuffer().get(x, from, count);
        }
        for (int i = 0; i < n; i++) {
            if (!Double.isFinite(x[i])) {
                throw new IOException("entry " + i + " of a vector is " + x[i] + ", expected a finite number");
            }
        }
    }

    /** A number from the file that must be the one this memory has. */
    static void expect(DataInputStream in, String name, int expected) throws IOException {
        int found = in.readInt();
        if (found != expected) {
            throw new IOException(name + " in the file is " + found + ", expected " + expected);
        }
    }

    /** A number from the file between 0 and a largest one. */
    static int readCount(DataInputStream in, String name, int largest) throws IOException {
        int found = in.readInt();
        if (found < 0 || found > largest) {
            throw new IOException(name + " in the file is " + found + ", expected 0 to " + largest);
        }
        return found;
    }
}
