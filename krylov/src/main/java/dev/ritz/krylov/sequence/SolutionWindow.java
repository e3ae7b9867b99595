package dev.ritz.krylov.sequence;

import dev.ritz.api.kernel.Vectors;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** The last solutions, oldest first, each times a factor. Memory for one is allocated when it is first needed. */
final class SolutionWindow {
    private final Vectors v;
    private final double[][] x;
    private int size;
    private int allocated;

    SolutionWindow(int capacity, Vectors v) {
        this.v = v;
        this.x = new double[capacity][];
    }

    int size() {
        return size;
    }

    boolean full() {
        return size == x.length;
    }

    /** {@return the vectors, oldest first; those from {@link #size} on are not in use} */
    double[][] vectors() {
        return x;
    }

    long bytes() {
        return 8L * v.length() * allocated;
    }

    /** Appends factor · solution; there must be room. */
    void add(double factor, double[] solution) {
        v.scale(factor, solution, slot(size));
        size++;
    }

    /** Takes out vector j; the later ones move up. */
    void remove(int j) {
        double[] free = x[j];
        System.arraycopy(x, j + 1, x, j, size - 1 - j);
        x[--size] = free;
    }

    void clear() {
        size = 0;
    }

    private double[] slot(int j) {
        if (x[j] == null) {
            x[j] = new double[v.length()];
            allocated++;
        }
        return x[j];
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(size);
        for (int j = 0; j < size; j++) {
            VectorData.write(out, x[j], v.length());
        }
    }

    void read(DataInputStream in) throws IOException {
        clear();
        int count = VectorData.readCount(in, "the number of solutions", x.length);
        for (int j = 0; j < count; j++) {
            VectorData.read(in, slot(j), v.length());
        }
        size = count;
    }
}
