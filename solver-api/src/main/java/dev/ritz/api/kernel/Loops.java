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

    /** sums[at + j] ← v_jᵀ w, four vectors at a time: an entry of w is loaded once for four. */
    static void dots(double[][] v, int k, double[] w, int from, int to, double[] sums, int at) {
        int j = 0;
        for (; j < k - 3; j += 4) {
            fourDots(v[j], v[j + 1], v[j + 2], v[j + 3], w, from, to, sums, at + j);
        }
        for (; j < k; j++) {
            sums[at + j] = dot(v[j], w, from, to);
        }
    }

    private static void fourDots(
            double[] v0, double[] v1, double[] v2, double[] v3, double[] w, int from, int to, double[] sums, int at) {
        double even0 = 0;
        double even1 = 0;
        double even2 = 0;
        double even3 = 0;
        double odd0 = 0;
        double odd1 = 0;
        double odd2 = 0;
        double odd3 = 0;
        int i = from;
        for (; i < to - 1; i += 2) {
            double even = w[i];
            double odd = w[i + 1];
            even0 += v0[i] * even;
            even1 += v1[i] * even;
            even2 += v2[i] * even;
            even3 += v3[i] * even;
            odd0 += v0[i + 1] * odd;
            odd1 += v1[i + 1] * odd;
            odd2 += v2[i + 1] * odd;
            odd3 += v3[i + 1] * odd;
        }
        if (i < to) {
            double last = w[i];
            even0 += v0[i] * last;
            even1 += v1[i] * last;
            even2 += v2[i] * last;
            even3 += v3[i] * last;
        }
        sums[at] = even0 + odd0;
        sums[at + 1] = even1 + odd1;
        sums[at + 2] = even2 + odd2;
        sums[at + 3] = even3 + odd3;
    }

    /** w ← w + sign Σ h_j v_j, four vectors at a time: an entry of w is loaded and stored once for four. */
    static void combine(double sign, double[][] v, int k, double[] h, double[] w, int from, int to) {
        int j = 0;
        for (; j < k - 3; j += 4) {
            addFour(
                    sign * h[j],
                    v[j],
                    sign * h[j + 1],
                    v[j + 1],
                    sign * h[j + 2],
                    v[j + 2],
                    sign * h[j + 3],
                    v[j + 3],
                    w,
                    from,
                    to);
        }
        for (; j < k; j++) {
            axpy(sign * h[j], v[j], w, from, to);
        }
    }

    private static void addFour(
            double h0,
            double[] v0,
            double h1,
            double[] v1,
            double h2,
            double[] v2,
            double h3,
            double[] v3,
            double[] w,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            w[i] += (h0 * v0[i] + h1 * v1[i]) + (h2 * v2[i] + h3 * v3[i]);
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
