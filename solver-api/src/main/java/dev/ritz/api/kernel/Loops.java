package dev.ritz.api.kernel;

/**
 * The loops behind the vector kernels: plain ones over a range of entries, and the one place that cuts a vector into
 * blocks and decides who runs them. Sums combine blocks in order, so bits do not depend on the number of threads.
 */
final class Loops {
    private static final double SQUARE_MIN = 1e-280;
    private static final double SQUARE_MAX = 1e280;

    private Loops() {}

    // ---------------------------------------------------------------- blocks

    static int blocks(int n) {
        return n / Vectors.BLOCK + (n % Vectors.BLOCK == 0 ? 0 : 1);
    }

    static int from(int block) {
        return block * Vectors.BLOCK;
    }

    /** The end of a block; from(block) + BLOCK may overflow. */
    static int to(int block, int n) {
        return Math.min(n - from(block), Vectors.BLOCK) + from(block);
    }

    static <C> void run(WorkerPool pool, int n, WorkerPool.BlockKernel<C> kernel, C on, double[] x, double[] y) {
        int blocks = blocks(n);
        if (n < Vectors.SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                kernel.run(on, x, y, block);
            }
        } else {
            pool.run(blocks, kernel, on, x, y);
        }
    }

    static <C> double sum(WorkerPool pool, int n, WorkerPool.BlockSum<C> kernel, C on, double[] x, double[] y) {
        int blocks = blocks(n);
        if (n < Vectors.SERIAL_BELOW) {
            double total = 0;
            for (int block = 0; block < blocks; block++) {
                total += kernel.run(on, x, y, block);
            }
            return total;
        }
        return pool.sum(blocks, kernel, on, x, y);
    }

    // ---------------------------------------------------------------- ranges

    /** xᵀ y with four accumulators: the compiler keeps the order of a sum, so one would wait on itself. */
    static double dot(double[] x, double[] y, int from, int to) {
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

    /** y ← a x. */
    static void scale(double a, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a * x[i];
        }
    }

    /** z ← d x, entry by entry. */
    static void multiply(double[] d, double[] x, double[] z, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] = d[i] * x[i];
        }
    }

    /** y ← y + a x. */
    static void axpy(double a, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] += a * x[i];
        }
    }

    /** y ← x + b y. */
    static void xpby(double[] x, double b, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = x[i] + b * y[i];
        }
    }

    /** w ← x + a y. */
    static void waxpy(double[] x, double a, double[] y, double[] w, int from, int to) {
        for (int i = from; i < to; i++) {
            w[i] = x[i] + a * y[i];
        }
    }

    /** x ← c x + s y, y ← c y − s x. */
    static void rotate(double c, double s, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            double xi = x[i];
            double yi = y[i];
            x[i] = c * xi + s * yi;
            y[i] = c * yi - s * xi;
        }
    }

    /** w ← w + sign Σ h_j v_j. */
    static void combine(double sign, double[][] v, int k, double[] h, double[] w, int from, int to) {
        for (int j = 0; j < k; j++) {
            axpy(sign * h[j], v[j], w, from, to);
        }
    }

    // ---------------------------------------------------------------- norm

    /** ‖x‖₂, given xᵀx as computed; a further pass only where that left the range. */
    static double norm(double[] x, int n, double square) {
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
}
