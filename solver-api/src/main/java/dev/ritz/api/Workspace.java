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
    private boolean dropsPoorGuesses;

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

    /**
     * Whether solves drop a guess with ‖b − A x₀‖₂ ≥ ‖b‖₂, one that is worse than nothing, and start from x₀ = 0. It takes
     * no product: ‖b − A x₀‖₂ is what every solve begins with. Off at first, since a caller may know better.
     *
     * @param drop from the next solve on
     */
    public final void dropPoorGuesses(boolean drop) {
        dropsPoorGuesses = drop;
    }

    /** {@return products with A so far, in the solve at hand or else the last} */
    public final int operatorApplications() {
        return monitor.operatorApplications;
    }

    /** {@return applications of M⁻¹ so far, in the solve at hand or else the last} */
    public final int preconditionerApplications() {
        return monitor.preconditionerApplications;
    }

    /** {@return whether a guess that is worse than nothing is dropped} */
    final boolean dropsPoorGuesses() {
        return dropsPoorGuesses;
    }

    /** {@return the bookkeeping of the current solve} */
    final SolveMonitor monitor() {
        return monitor;
    }
}
