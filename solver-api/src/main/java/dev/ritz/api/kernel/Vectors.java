package dev.ritz.api.kernel;

import java.util.Objects;

/**
 * Kernels on vectors of length n: fused where a method reads the same vectors twice, parallel from a measured length on.
 *
 * <p>An instance holds the arguments of the kernel at hand and so belongs to one thread at a time; it allocates nothing
 * per call. Vectors may be longer than n; only the first n entries are read or written.
 */
public final class Vectors {
    /** Entries per block, 32 KiB: what an update wrote is still in a near cache for the sum that follows. */
    public static final int BLOCK = 4096;
    /** Below this length a loop runs on the calling thread alone; measured, as are the others. */
    public static final int SERIAL_BELOW = 32_768;

    private final int n;
    private final int blocks;
    private final WorkerPool pool;
    private long reductions;
    private long moved;

    // the arguments of the kernel at hand, for VectorLoops
    double alpha;
    double beta;
    double[] third;
    double[][] basis;
    int count;
    double[] coefficients;
    double sign;
    double[] partials = new double[0];

    /**
     * Kernels for one length.
     *
     * @param n the length of the vectors, at least 0
     * @param pool the threads
     */
    public Vectors(int n, WorkerPool pool) {
        if (n < 0) {
            throw new IllegalArgumentException("n = " + n + ", expected at least 0");
        }
        this.n = n;
        this.blocks = Loops.blocks(n);
        this.pool = Objects.requireNonNull(pool, "pool");
    }

    /** {@return the length of the vectors} */
    public int length() {
        return n;
    }

    /** {@return the threads} */
    public WorkerPool pool() {
        return pool;
    }

    /** {@return inner products and norms taken so far} */
    public long reductions() {
        return reductions;
    }

    /** {@return vectors read and written so far, one for each pass over one: the traffic of the kernels in units of n} */
    public long moved() {
        return moved;
    }

    /**
     * The inner product on the calling thread, with the bits of {@link #dot}.
     *
     * @param x first vector
     * @param y second vector, may be the first
     * @param n length
     * @return xᵀ y
     */
    public static double serialDot(double[] x, double[] y, int n) {
        double total = 0;
        for (int block = 0, blocks = Loops.blocks(n); block < blocks; block++) {
            total += Loops.dot(x, y, Loops.from(block), Loops.to(block, n));
        }
        return total;
    }

    /**
     * The inner product.
     *
     * @param x first vector
     * @param y second vector, may be the first
     * @return xᵀ y
     */
    public double dot(double[] x, double[] y) {
        moved += x == y ? 1 : 2;
        reductions++;
        return sum(VectorLoops.DOT, x, y);
    }

    /**
     * The Euclidean norm, also where the squares leave the range of a double.
     *
     * @param x the vector
     * @return ‖x‖₂; NaN or infinite when an entry is, infinite also when the norm itself exceeds every double
     */
    public double norm(double[] x) {
        return norm(x, dot(x, x));
    }

    /**
     * The Euclidean norm of a vector whose square sum is at hand; a further pass only where that left the range.
     *
     * @param x the vector
     * @param square xᵀ x as computed
     * @return ‖x‖₂; NaN or infinite when an entry is, infinite also when the norm itself exceeds every double
     */
    public double norm(double[] x, double square) {
        return Loops.norm(x, n, square);
    }

    /**
     * y ← x.
     *
     * @param x source
     * @param y target
     */
    public void copy(double[] x, double[] y) {
        moved += 2;
        run(VectorLoops.COPY, x, y);
    }

    /**
     * x ← α x.
     *
     * @param a α
     * @param x overwritten
     */
    public void scale(double a, double[] x) {
        moved += 2;
        alpha = a;
        run(VectorLoops.SCALE, x, x);
    }

    /**
     * y ← α x.
     *
     * @param a α
     * @param x source
     * @param y target; may be x
     */
    public void scale(double a, double[] x, double[] y) {
        moved += 2;
        alpha = a;
        run(VectorLoops.SCALE, x, y);
    }

    /**
     * z ← D x with a diagonal matrix D.
     *
     * @param d the diagonal
     * @param x source
     * @param z target; may be d or x
     */
    public void multiply(double[] d, double[] x, double[] z) {
        moved += 3;
        third = d;
        run(VectorLoops.MULTIPLY, x, z);
        third = null;
    }

    /**
     * z ← D x with a diagonal matrix D, and xᵀz in the same pass.
     *
     * @param d the diagonal
     * @param x source
     * @param z target; not the same array as {@code x}
     * @return xᵀ z
     */
    public double multiplyDot(double[] d, double[] x, double[] z) {
        moved += 3;
        reductions++;
        third = d;
        double dot = sum(VectorLoops.MULTIPLY_DOT, x, z);
        third = null;
        return dot;
    }

    /**
     * y ← y + α x.
     *
     * @param a α
     * @param x added
     * @param y overwritten
     */
    public void axpy(double a, double[] x, double[] y) {
        moved += 3;
        alpha = a;
        run(VectorLoops.AXPY, x, y);
    }

    /**
     * y ← x + β y.
     *
     * @param x added
     * @param b β
     * @param y overwritten
     */
    public void xpby(double[] x, double b, double[] y) {
        moved += 3;
        beta = b;
        run(VectorLoops.XPBY, x, y);
    }

    /**
     * y ← y + α x, and yᵀ y in the same pass.
     *
     * @param a α
     * @param x added
     * @param y overwritten
     * @return yᵀ y of the new y
     */
    public double axpySquare(double a, double[] x, double[] y) {
        moved += 3;
        reductions++;
        alpha = a;
        return sum(VectorLoops.AXPY_SQUARE, x, y);
    }

    /**
     * w ← x + α y, and wᵀ w in the same pass.
     *
     * @param x first vector
     * @param a α
     * @param y second vector
     * @param w overwritten; may be x or y
     * @return wᵀ w
     */
    public double waxpySquare(double[] x, double a, double[] y, double[] w) {
        moved += 3;
        reductions++;
        alpha = a;
        third = w;
        double square = sum(VectorLoops.WAXPY_SQUARE, x, y);
        third = null;
        return square;
    }

    /**
     * x ← x + α p, then p ← z + β p, in one pass: the deferred update of conjugate gradients.
     *
     * @param a α
     * @param x overwritten
     * @param z added; may be neither x nor p
     * @param b β
     * @param p overwritten
     */
    public void update(double a, double[] x, double[] z, double b, double[] p) {
        moved += 5;
        alpha = a;
        beta = b;
        third = z;
        run(VectorLoops.UPDATE, x, p);
        third = null;
    }

    /**
     * The plane rotation x ← c x + s y, y ← c y − s x of the old x, in one pass.
     *
     * @param c cosine
     * @param s sine
     * @param x overwritten
     * @param y overwritten; not the same array as {@code x}
     */
    public void rotate(double c, double s, double[] x, double[] y) {
        moved += 4;
        alpha = c;
        beta = s;
        run(VectorLoops.ROTATE, x, y);
    }

    /**
     * h_j ← v_jᵀ w for several vectors in one pass over w.
     *
     * @param v vectors
     * @param k how many of them
     * @param w the vector they are multiplied with
     * @param h overwritten in its first k entries
     */
    public void dots(double[][] v, int k, double[] w, double[] h) {
        moved += k + 1;
        reductions += k;
        reservePartials(v, k);
        basis = v;
        count = k;
        run(VectorLoops.DOTS, w, w);
        basis = null;
        addPartials(k, h);
    }

    /**
     * w ← w − Σ h_j v_j, and wᵀ w in the same pass.
     *
     * @param v vectors
     * @param k how many of them
     * @param h coefficients
     * @param w overwritten
     * @return wᵀ w of the new w
     */
    public double subtract(double[][] v, int k, double[] h, double[] w) {
        return combine(v, k, h, -1, w);
    }

    /**
     * w ← w − Σ h_j v_j, then c_j ← v_jᵀ w and wᵀ w of the new w, in one pass over the vectors: the middle of a twofold
     * Gram-Schmidt, with the bits of {@link #subtract} and {@link #dots}.
     *
     * @param v vectors
     * @param k how many of them
     * @param h coefficients
     * @param w overwritten
     * @param c overwritten in its first k entries; not the same array as {@code h}
     * @return wᵀ w of the new w
     */
    public double subtractDots(double[][] v, int k, double[] h, double[] w, double[] c) {
        moved += k + 2;
        reductions += k + 1;
        reservePartials(v, k);
        basis = v;
        count = k;
        coefficients = h;
        sign = -1;
        double square = sum(VectorLoops.COMBINE_DOTS, w, w);
        basis = null;
        coefficients = null;
        addPartials(k, c);
        return square;
    }

    private void reservePartials(double[][] v, int k) {
        if (partials.length < blocks * k) {
            partials = new double[Math.multiplyExact(blocks, v.length)];
        }
    }

    private void addPartials(int k, double[] h) {
        for (int j = 0; j < k; j++) {
            double total = 0;
            for (int block = 0; block < blocks; block++) {
                total += partials[block * k + j];
            }
            h[j] = total;
        }
    }

    /**
     * w ← w + Σ h_j v_j, and wᵀ w in the same pass.
     *
     * @param v vectors
     * @param k how many of them
     * @param h coefficients
     * @param w overwritten
     * @return wᵀ w of the new w
     */
    public double add(double[][] v, int k, double[] h, double[] w) {
        return combine(v, k, h, 1, w);
    }

    private double combine(double[][] v, int k, double[] h, double s, double[] w) {
        moved += k + 2;
        reductions++;
        basis = v;
        count = k;
        coefficients = h;
        sign = s;
        double square = sum(VectorLoops.COMBINE, w, w);
        basis = null;
        coefficients = null;
        return square;
    }

    private void run(WorkerPool.BlockKernel<Vectors> kernel, double[] x, double[] y) {
        Loops.run(pool, n, kernel, this, x, y);
    }

    private double sum(WorkerPool.BlockSum<Vectors> kernel, double[] x, double[] y) {
        return Loops.sum(pool, n, kernel, this, x, y);
    }

    /** Counts what {@link Recurrences} sum up. */
    void count(int sums, int vectors) {
        reductions += sums;
        moved += vectors;
    }

    int to(int block) {
        return Loops.to(block, n);
    }
}
