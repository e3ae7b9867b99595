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
    public static final int SERIAL_BELOW = 65_536;

    private static final double SQUARE_MIN = 1e-280;
    private static final double SQUARE_MAX = 1e280;

    private static final WorkerPool.BlockSum<Vectors> DOT = (v, x, y, block) -> dot(x, y, from(block), v.to(block));
    private static final WorkerPool.BlockKernel<Vectors> AXPY = Vectors::axpyBlock;
    private static final WorkerPool.BlockKernel<Vectors> XPBY = Vectors::xpbyBlock;
    private static final WorkerPool.BlockKernel<Vectors> UPDATE = Vectors::updateBlock;
    private static final WorkerPool.BlockSum<Vectors> AXPY_NORM = Vectors::axpyNormBlock;
    private static final WorkerPool.BlockSum<Vectors> AXPBY_NORM = Vectors::axpbyNormBlock;
    private static final WorkerPool.BlockKernel<Vectors> COPY =
            (v, x, y, block) -> System.arraycopy(x, from(block), y, from(block), v.to(block) - from(block));
    private static final WorkerPool.BlockKernel<Vectors> SCALE = Vectors::scaleBlock;
    private static final WorkerPool.BlockKernel<Vectors> DOTS = Vectors::dotsBlock;
    private static final WorkerPool.BlockSum<Vectors> SUBTRACT = Vectors::combineBlock;
    private static final WorkerPool.BlockSum<Vectors> SUBTRACT_DOTS = Vectors::combineDotsBlock;

    private final int n;
    private final int blocks;
    private final WorkerPool pool;
    private long reductions;

    private double alpha;
    private double beta;
    private double[] third;
    private double[][] basis;
    private int count;
    private double[] coefficients;
    private double sign;
    private double[] partials = new double[0];

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
        this.blocks = blocks(n);
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
        for (int block = 0, blocks = blocks(n); block < blocks; block++) {
            total += dot(x, y, from(block), to(block, n));
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
        reductions++;
        return sum(DOT, x, y);
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
        if (square > SQUARE_MIN && square < SQUARE_MAX) {
            return Math.sqrt(square);
        }
        double max = 0;
        for (int i = 0; i < n; i++) {
            double size = Math.abs(x[i]);
            if (!(size < Double.POSITIVE_INFINITY)) {
                return size;
            }
            max = Math.max(max, size);
        }
        if (max == 0) {
            return 0;
        }
        // in two factors, since the reciprocal of a subnormal overflows
        int exponent = Math.max(Math.getExponent(max), Double.MIN_EXPONENT);
        double half = Math.scalb(1.0, -exponent / 2);
        double rest = Math.scalb(1.0, -exponent - (-exponent / 2));
        double total = 0;
        for (int i = 0; i < n; i++) {
            double scaled = x[i] * half * rest;
            total += scaled * scaled;
        }
        return Math.sqrt(total) / half / rest;
    }

    /**
     * y ← x.
     *
     * @param x source
     * @param y target
     */
    public void copy(double[] x, double[] y) {
        run(COPY, x, y);
    }

    /**
     * x ← α x.
     *
     * @param a α
     * @param x overwritten
     */
    public void scale(double a, double[] x) {
        alpha = a;
        run(SCALE, x, x);
    }

    /**
     * y ← α x.
     *
     * @param a α
     * @param x source
     * @param y target; may be x
     */
    public void scale(double a, double[] x, double[] y) {
        alpha = a;
        run(SCALE, x, y);
    }

    /**
     * y ← y + α x.
     *
     * @param a α
     * @param x added
     * @param y overwritten
     */
    public void axpy(double a, double[] x, double[] y) {
        alpha = a;
        run(AXPY, x, y);
    }

    /**
     * y ← x + β y.
     *
     * @param x added
     * @param b β
     * @param y overwritten
     */
    public void xpby(double[] x, double b, double[] y) {
        beta = b;
        run(XPBY, x, y);
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
        reductions++;
        alpha = a;
        return sum(AXPY_NORM, x, y);
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
        reductions++;
        alpha = a;
        third = w;
        double square = sum(AXPBY_NORM, x, y);
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
        alpha = a;
        beta = b;
        third = z;
        run(UPDATE, x, p);
        third = null;
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
        reductions += k;
        reservePartials(v, k);
        basis = v;
        count = k;
        run(DOTS, w, w);
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
        reductions += k + 1;
        reservePartials(v, k);
        basis = v;
        count = k;
        coefficients = h;
        sign = -1;
        double square = sum(SUBTRACT_DOTS, w, w);
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
        reductions++;
        basis = v;
        count = k;
        coefficients = h;
        sign = s;
        double square = sum(SUBTRACT, w, w);
        basis = null;
        coefficients = null;
        return square;
    }

    private void run(WorkerPool.BlockKernel<Vectors> kernel, double[] x, double[] y) {
        if (n < SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                kernel.run(this, x, y, block);
            }
        } else {
            pool.run(blocks, kernel, this, x, y);
        }
    }

    private double sum(WorkerPool.BlockSum<Vectors> kernel, double[] x, double[] y) {
        if (n < SERIAL_BELOW) {
            double total = 0;
            for (int block = 0; block < blocks; block++) {
                total += kernel.run(this, x, y, block);
            }
            return total;
        }
        return pool.sum(blocks, kernel, this, x, y);
    }

    static int blocks(int n) {
        return n / BLOCK + (n % BLOCK == 0 ? 0 : 1);
    }

    private static int from(int block) {
        return block * BLOCK;
    }

    private int to(int block) {
        return to(block, n);
    }

    /** The end of a block; from(block) + BLOCK may overflow. */
    static int to(int block, int n) {
        return Math.min(n - from(block), BLOCK) + from(block);
    }

    /** Four accumulators: the compiler keeps the order of a floating-point sum, so one would wait on itself. */
    private static double dot(double[] x, double[] y, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i < to - 3; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < to; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void scaleBlock(Vectors v, double[] x, double[] y, int block) {
        double a = v.alpha;
        for (int i = from(block), to = v.to(block); i < to; i++) {
            y[i] = a * x[i];
        }
    }

    private static void axpyBlock(Vectors v, double[] x, double[] y, int block) {
        double a = v.alpha;
        for (int i = from(block), to = v.to(block); i < to; i++) {
            y[i] += a * x[i];
        }
    }

    private static void xpbyBlock(Vectors v, double[] x, double[] y, int block) {
        double b = v.beta;
        for (int i = from(block), to = v.to(block); i < to; i++) {
            y[i] = x[i] + b * y[i];
        }
    }

    private static void updateBlock(Vectors v, double[] x, double[] p, int block) {
        double a = v.alpha;
        double b = v.beta;
        double[] z = v.third;
        for (int i = from(block), to = v.to(block); i < to; i++) {
            double pi = p[i];
            x[i] += a * pi;
            p[i] = z[i] + b * pi;
        }
    }

    // update, then sum from the first-level cache: one pass through memory, and both loops run at full width
    private static double axpyNormBlock(Vectors v, double[] x, double[] y, int block) {
        axpyBlock(v, x, y, block);
        return dot(y, y, from(block), v.to(block));
    }

    private static double axpbyNormBlock(Vectors v, double[] x, double[] y, int block) {
        double a = v.alpha;
        double[] w = v.third;
        int from = from(block);
        int to = v.to(block);
        for (int i = from; i < to; i++) {
            w[i] = x[i] + a * y[i];
        }
        return dot(w, w, from, to);
    }

    private static void dotsBlock(Vectors v, double[] w, double[] unused, int block) {
        int from = from(block);
        int to = v.to(block);
        int k = v.count;
        for (int j = 0; j < k; j++) {
            v.partials[block * k + j] = dot(v.basis[j], w, from, to);
        }
    }

    private static double combineDotsBlock(Vectors v, double[] w, double[] unused, int block) {
        double square = combineBlock(v, w, unused, block);
        dotsBlock(v, w, unused, block); // the block of each vector is still in the second-level cache
        return square;
    }

    private static double combineBlock(Vectors v, double[] w, double[] unused, int block) {
        int from = from(block);
        int to = v.to(block);
        for (int j = 0; j < v.count; j++) {
            double h = v.sign * v.coefficients[j];
            double[] vj = v.basis[j];
            for (int i = from; i < to; i++) {
                w[i] += h * vj[i];
            }
        }
        return dot(w, w, from, to);
    }
}
