package dev.ritz.benchmarks;

import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;

/**
 * Two other ways through memory for {@link OrthogonalisationBenchmark}: Gram-Schmidt twice in three passes that take one
 * vector of the basis at a time, as the library did once; and in two passes with a lag of one step (Bielich et al. 2022,
 * doi:10.1016/j.parco.2022.102940), which makes v_j orthogonal for the second time while A v_j is for the first.
 */
final class GramSchmidtTwins {
    private static final WorkerPool.BlockKernel<GramSchmidtTwins> DOTS = (t, w, unused, block) -> t.dots(w, block);
    private static final WorkerPool.BlockKernel<GramSchmidtTwins> SUBTRACT = (t, w, unused, block) -> {
        t.subtract(w, block);
        t.partials[block * t.stride + t.stride - 1] = dot(w, w, t.from(block), t.to(block));
    };
    private static final WorkerPool.BlockKernel<GramSchmidtTwins> SUBTRACT_DOTS = (t, w, unused, block) -> {
        t.subtract(w, block);
        t.dots(w, block);
    };
    private static final WorkerPool.BlockKernel<GramSchmidtTwins> PROJECT_BOTH = GramSchmidtTwins::projectBoth;
    private static final WorkerPool.BlockKernel<GramSchmidtTwins> SUBTRACT_BOTH = GramSchmidtTwins::subtractBoth;

    private final int n;
    private final int blocks;
    private final int stride;
    private final WorkerPool pool;
    private final double[] partials;
    private final double[] c;
    private final double[] d;
    private double[][] v;
    private int k;
    private double[] h;
    private double scale;
    private double along;

    /** For bases of at most m + 1 vectors of length n. */
    GramSchmidtTwins(int n, int m, WorkerPool pool) {
        this.n = n;
        this.blocks = (n + Vectors.BLOCK - 1) / Vectors.BLOCK;
        this.stride = 2 * m + 4;
        this.pool = pool;
        this.partials = new double[blocks * stride];
        this.c = new double[m + 2];
        this.d = new double[m + 2];
    }

    private int from(int block) {
        return block * Vectors.BLOCK;
    }

    private int to(int block) {
        return Math.min(n, from(block) + Vectors.BLOCK);
    }

    private double total(int at) {
        double total = 0;
        for (int block = 0; block < blocks; block++) {
            total += partials[block * stride + at];
        }
        return total;
    }

    private void totals(int first, int count, double[] sums) {
        for (int j = 0; j < count; j++) {
            sums[j] = total(first + j);
        }
    }

    /** w ← (I − V Vᵀ)² w, one vector at a time; returns ‖w‖₂. */
    double oneByOne(double[][] basis, int count, double[] w) {
        v = basis;
        k = count;
        pool.run(blocks, DOTS, this, w, w);
        totals(0, k, c);
        h = c;
        pool.run(blocks, SUBTRACT_DOTS, this, w, w);
        totals(0, k, d);
        h = d;
        pool.run(blocks, SUBTRACT, this, w, w);
        return Math.sqrt(total(stride - 1));
    }

    /** v_j ← u made orthogonal again and of unit length, w = A u ← A v_j made orthogonal once; j = count. */
    void lagged(double[][] basis, int count, double[] u, double[] w) {
        v = basis;
        k = count;
        pool.run(blocks, PROJECT_BOTH, this, u, w); // c = Vᵀ u, d = Vᵀ w
        totals(0, k, c);
        totals(k, k, d);
        double square = total(2 * k);
        double product = total(2 * k + 1);
        for (int i = 0; i < k; i++) {
            square -= c[i] * c[i];
            product -= c[i] * d[i];
        }
        scale = 1 / Math.sqrt(square);
        along = product / square; // v_jᵀ A v_j, but for what c changes
        pool.run(blocks, SUBTRACT_BOTH, this, u, w);
    }

    /** Makes the last vector orthogonal again and of unit length, which with the lag of one step is still to come. */
    void finish(double[][] basis) {
        int last = basis.length - 1;
        lagged(basis, last, basis[last], new double[n]);
    }

    private void dots(double[] w, int block) {
        for (int j = 0; j < k; j++) {
            partials[block * stride + j] = dot(v[j], w, from(block), to(block));
        }
    }

    private void subtract(double[] w, int block) {
        for (int j = 0; j < k; j++) {
            axpy(-h[j], v[j], w, from(block), to(block));
        }
    }

    private void projectBoth(double[] u, double[] w, int block) {
        int from = from(block);
        int to = to(block);
        int at = block * stride;
        int j = 0;
        for (; j < k - 3; j += 4) {
            dotsOfTwo(v[j], v[j + 1], v[j + 2], v[j + 3], u, w, from, to, partials, at + j, at + k + j);
        }
        for (; j < k; j++) {
            partials[at + j] = dot(v[j], u, from, to);
            partials[at + k + j] = dot(v[j], w, from, to);
        }
        partials[at + 2 * k] = dot(u, u, from, to);
        partials[at + 2 * k + 1] = dot(u, w, from, to);
    }

    private void subtractBoth(double[] u, double[] w, int block) {
        int from = from(block);
        int to = to(block);
        int j = 0;
        for (; j < k - 3; j += 4) {
            addFour(c, v, j, u, from, to);
            addFour(d, v, j, w, from, to);
        }
        for (; j < k; j++) {
            axpy(-c[j], v[j], u, from, to);
            axpy(-d[j], v[j], w, from, to);
        }
        finish(scale, along, u, w, from, to);
    }

    private static void finish(double scale, double along, double[] u, double[] w, int from, int to) {
        for (int i = from; i < to; i++) {
            double vi = scale * u[i];
            u[i] = vi;
            w[i] = scale * w[i] - along * vi;
        }
    }

    private static void dotsOfTwo(
            double[] v0,
            double[] v1,
            double[] v2,
            double[] v3,
            double[] u,
            double[] w,
            int from,
            int to,
            double[] sums,
            int ofU,
            int ofW) {
        double u0 = 0;
        double u1 = 0;
        double u2 = 0;
        double u3 = 0;
        double w0 = 0;
        double w1 = 0;
        double w2 = 0;
        double w3 = 0;
        for (int i = from; i < to; i++) {
            double ui = u[i];
            double wi = w[i];
            u0 += v0[i] * ui;
            w0 += v0[i] * wi;
            u1 += v1[i] * ui;
            w1 += v1[i] * wi;
            u2 += v2[i] * ui;
            w2 += v2[i] * wi;
            u3 += v3[i] * ui;
            w3 += v3[i] * wi;
        }
        sums[ofU] = u0;
        sums[ofU + 1] = u1;
        sums[ofU + 2] = u2;
        sums[ofU + 3] = u3;
        sums[ofW] = w0;
        sums[ofW + 1] = w1;
        sums[ofW + 2] = w2;
        sums[ofW + 3] = w3;
    }

    private static void addFour(double[] h, double[][] v, int j, double[] w, int from, int to) {
        double h0 = -h[j];
        double h1 = -h[j + 1];
        double h2 = -h[j + 2];
        double h3 = -h[j + 3];
        double[] v0 = v[j];
        double[] v1 = v[j + 1];
        double[] v2 = v[j + 2];
        double[] v3 = v[j + 3];
        for (int i = from; i < to; i++) {
            w[i] += (h0 * v0[i] + h1 * v1[i]) + (h2 * v2[i] + h3 * v3[i]);
        }
    }

    private static void axpy(double a, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] += a * x[i];
        }
    }

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
}
