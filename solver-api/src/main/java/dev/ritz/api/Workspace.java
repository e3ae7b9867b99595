package dev.ritz.api;

import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;

/**
 * The memory of a method: everything a solve of size n needs, allocated once. A workspace belongs to one thread at a
 * time and serves any number of solves, one after the other; nothing of one solve reaches the next.
 */
public abstract class Workspace {
    private final int n;
    private final Vectors vectors;
    private long bytes;
    private final SolveMonitor monitor;

    /**
     * Memory for systems of n unknowns.
     *
     * @param n the number of unknowns, at least 0
     * @param pool the threads its vector kernels use
     */
    protected Workspace(int n, WorkerPool pool) {
        if (n < 0) {
            throw new IllegalArgumentException("n = " + n + ", expected at least 0");
        }
        this.n = n;
        this.vectors = new Vectors(n, pool);
        this.monitor = new SolveMonitor(this, newVector());
    }

    /**
     * A vector of length n, counted in {@link #bytes()}.
     *
     * @return zeros
     */
    protected final double[] newVector() {
        bytes += 8L * n;
        return new double[n];
    }

    /**
     * A set of vectors of length n, counted in {@link #bytes()}.
     *
     * @param count how many
     * @return zeros
     */
    protected final double[][] newVectors(int count) {
        double[][] v = new double[count][];
        for (int j = 0; j < count; j++) {
            v[j] = newVector();
        }
        return v;
    }

    /** {@return n, the number of unknowns} */
    public final int size() {
        return n;
    }

    /** {@return the bytes of all vectors of length n held, one of them for the best iterate} */
    public final long bytes() {
        return bytes;
    }

    /** {@return the vector kernels of this workspace} */
    public final Vectors vectors() {
        return vectors;
    }

    /** {@return the bookkeeping of the current solve} */
    final SolveMonitor monitor() {
        return monitor;
    }
}
