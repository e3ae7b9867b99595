package dev.ritz.api.kernel;

import java.util.Objects;

/**
 * The merged updates of short recurrences: each is one pass over its vectors where the textbook has two to four, with
 * the bits of the textbook.
 *
 * <p>Belongs to one thread at a time, as its {@link Vectors} do, and allocates nothing per call.
 */
public final class Recurrences {
    private static final WorkerPool.BlockSum<Recurrences> RESIDUAL = Recurrences::residualBlock;
    private static final WorkerPool.BlockKernel<Recurrences> ADD = Recurrences::addBlock;
    private static final WorkerPool.BlockKernel<Recurrences> DIRECTION = Recurrences::directionBlock;
    private static final WorkerPool.BlockKernel<Recurrences> THREE_TERM = Recurrences::threeTermBlock;
    private static final WorkerPool.BlockSum<Recurrences> SCALE_SUBTRACT = Recurrences::scaleSubtractBlock;
    private static final WorkerPool.BlockKernel<Recurrences> SUBTRACT = Recurrences::subtractBlock;
    private static final WorkerPool.BlockKernel<Recurrences> REPLACE_FIRST = Recurrences::replaceFirstBlock;
    private static final WorkerPool.BlockSum<Recurrences> SUBTRACT_AXPY = Recurrences::subtractAxpyBlock;

    private final Vectors vectors;
    private final int n;
    private final double[] partials;

    private double alpha;
    private double beta;
    private double gamma;
    private double[] third;
    private double[] fourth;
    private double[][] basis;
    private int count;
    private double[] coefficients;

    /**
     * Updates of vectors of one length.
     *
     * @param vectors kernels of that length, whose threads and count of reductions these share
     */
    public Recurrences(Vectors vectors) {
        this.vectors = Objects.requireNonNull(vectors, "vectors");
        this.n = vectors.length();
        this.partials = new double[Loops.blocks(n)];
    }

    /**
     * t ← r + α t, tᵀt, and sᵀt, in one pass: a residual, its norm and its product with the shadow residual.
     *
     * @param r added; not the same array as t
     * @param a α
     * @param t overwritten
     * @param s the vector to multiply with; not the same array as t
     * @param st its first entry is overwritten with sᵀt
     * @return tᵀt
     */
    public double residual(double[] r, double a, double[] t, double[] s, double[] st) {
        vectors.count(2, 4);
        alpha = a;
        third = s;
        double square = sum(RESIDUAL, r, t);
        double total = 0;
        for (double partial : partials) {
            total += partial;
        }
        st[0] = total;
        return square;
    }

    /**
     * x ← x + α p + ω r in one pass.
     *
     * @param a α
     * @param p added
     * @param o ω
     * @param r added
     * @param x overwritten; neither p nor r
     */
    public void add(double a, double[] p, double o, double[] r, double[] x) {
        vectors.count(0, 4);
        alpha = a;
        beta = o;
        third = r;
        run(ADD, p, x);
    }

    /**
     * p ← r + β (p − ω q) in one pass.
     *
     * @param r added
     * @param b β
     * @param o ω
     * @param q subtracted
     * @param p overwritten; neither r nor q
     */
    public void direction(double[] r, double b, double o, double[] q, double[] p) {
        vectors.count(0, 4);
        alpha = -o;
        beta = b;
        third = r;
        run(DIRECTION, q, p);
    }

    /**
     * w ← z + β w + γ d, then x ← x + α w, in one pass: a direction from the two before it, and the step along it.
     *
     * @param z added
     * @param b β
     * @param c γ
     * @param d the direction before
     * @param w the direction before that, overwritten
     * @param a α
     * @param x overwritten; none of the others
     */
    public void threeTerm(double[] z, double b, double c, double[] d, double[] w, double a, double[] x) {
        vectors.count(0, 6);
        alpha = a;
        beta = b;
        gamma = c;
        third = z;
        fourth = d;
        run(THREE_TERM, w, x);
    }

    /**
     * w ← α w − Σ h_j v_j, and wᵀw in the same pass.
     *
     * @param a α
     * @param v vectors
     * @param k how many of them
     * @param h coefficients
     * @param w overwritten; none of v
     * @return wᵀw of the new w
     */
    public double scaleSubtract(double a, double[][] v, int k, double[] h, double[] w) {
        vectors.count(1, k + 2);
        alpha = a;
        hold(v, k, h);
        return sum(SCALE_SUBTRACT, w, w);
    }

    /**
     * w ← x − Σ h_j v_j in one pass.
     *
     * @param x source
     * @param v vectors
     * @param k how many of them
     * @param h coefficients
     * @param w overwritten; neither x nor any of v
     */
    public void subtract(double[] x, double[][] v, int k, double[] h, double[] w) {
        vectors.count(0, k + 2);
        hold(v, k, h);
        run(SUBTRACT, x, w);
    }

    /**
     * w ← h₀ w + α x + h₁ v₁ + … in one pass, where w is v₀.
     *
     * @param a α
     * @param x added; none of v
     * @param v vectors, the first of which is overwritten
     * @param k how many of them, at least 1
     * @param h coefficients
     */
    public void replaceFirst(double a, double[] x, double[][] v, int k, double[] h) {
        vectors.count(0, k + 2);
        alpha = a;
        hold(v, k, h);
        run(REPLACE_FIRST, x, v[0]);
    }

    /**
     * w ← w − Σ h_j v_j, then y ← y + α w, and yᵀy, in one pass.
     *
     * @param v vectors
     * @param k how many of them
     * @param h coefficients
     * @param w overwritten; none of v
     * @param a α
     * @param y overwritten; none of the others
     * @return yᵀy of the new y
     */
    public double subtractAxpy(double[][] v, int k, double[] h, double[] w, double a, double[] y) {
        vectors.count(1, k + 4);
        alpha = a;
        hold(v, k, h);
        return sum(SUBTRACT_AXPY, w, y);
    }

    private void hold(double[][] v, int k, double[] h) {
        basis = v;
        count = k;
        coefficients = h;
    }

    private void run(WorkerPool.BlockKernel<Recurrences> kernel, double[] x, double[] y) {
        Loops.run(vectors.pool(), n, kernel, this, x, y);
        forget();
    }

    private double sum(WorkerPool.BlockSum<Recurrences> kernel, double[] x, double[] y) {
        double total = Loops.sum(vectors.pool(), n, kernel, this, x, y);
        forget();
        return total;
    }

    private void forget() {
        third = null;
        fourth = null;
        basis = null;
        coefficients = null;
    }

    private int to(int block) {
        return Loops.to(block, n);
    }

    private void combine(double sign, int first, double[] w, int from, int to) {
        for (int j = first; j < count; j++) {
            Loops.axpy(sign * coefficients[j], basis[j], w, from, to);
        }
    }

    // several short loops over one block, which stays in a near cache: each of them runs at full width

    private static double residualBlock(Recurrences u, double[] r, double[] t, int block) {
        int from = Loops.from(block);
        int to = u.to(block);
        Loops.waxpy(r, u.alpha, t, t, from, to);
        u.partials[block] = Loops.dot(u.third, t, from, to);
        return Loops.dot(t, t, from, to);
    }

    private static void addBlock(Recurrences u, double[] p, double[] x, int block) {
        double a = u.alpha;
        double o = u.beta;
        double[] r = u.third;
        for (int i = Loops.from(block), to = u.to(block); i < to; i++) {
            x[i] = x[i] + a * p[i] + o * r[i];
        }
    }

    private static void directionBlock(Recurrences u, double[] q, double[] p, int block) {
        double a = u.alpha;
        double b = u.beta;
        double[] r = u.third;
        for (int i = Loops.from(block), to = u.to(block); i < to; i++) {
            p[i] = r[i] + b * (p[i] + a * q[i]);
        }
    }

    private static void threeTermBlock(Recurrences u, double[] w, double[] x, int block) {
        double a = u.alpha;
        double b = u.beta;
        double c = u.gamma;
        double[] z = u.third;
        double[] d = u.fourth;
        for (int i = Loops.from(block), to = u.to(block); i < to; i++) {
            double wi = z[i] + b * w[i] + c * d[i];
            w[i] = wi;
            x[i] += a * wi;
        }
    }

    private static double scaleSubtractBlock(Recurrences u, double[] w, double[] unused, int block) {
        int from = Loops.from(block);
        int to = u.to(block);
        Loops.scale(u.alpha, w, w, from, to);
        u.combine(-1, 0, w, from, to);
        return Loops.dot(w, w, from, to);
    }

    private static void subtractBlock(Recurrences u, double[] x, double[] w, int block) {
        int from = Loops.from(block);
        int to = u.to(block);
        System.arraycopy(x, from, w, from, to - from);
        u.combine(-1, 0, w, from, to);
    }

    private static void replaceFirstBlock(Recurrences u, double[] x, double[] w, int block) {
        int from = Loops.from(block);
        int to = u.to(block);
        double a = u.alpha;
        double h = u.coefficients[0];
        for (int i = from; i < to; i++) {
            w[i] = h * w[i] + a * x[i];
        }
        u.combine(1, 1, w, from, to);
    }

    private static double subtractAxpyBlock(Recurrences u, double[] w, double[] y, int block) {
        int from = Loops.from(block);
        int to = u.to(block);
        u.combine(-1, 0, w, from, to);
        Loops.axpy(u.alpha, w, y, from, to);
        return Loops.dot(y, y, from, to);
    }
}
