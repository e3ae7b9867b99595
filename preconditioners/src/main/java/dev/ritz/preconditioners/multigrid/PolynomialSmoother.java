package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.kernel.WorkerPool;

/**
 * z_{k+1} = z_k + β_k (z_k − z_{k−1}) + γ_k C (r − A z_k) with a diagonal C: Chebyshev's iteration, or with β = 0 and
 * γ = 1 a plain one.
 *
 * <p>The new iterate overwrites the last but one. Its rows first hold the other terms, divided by −γ C, so that the
 * product with A adds to them and one pass over r, C, z and A does the whole step.
 *
 * <p>Source of the coefficients: Saad 2003, Alg. 12.1.
 */
final class PolynomialSmoother extends LevelSmoother {
    /** The lower end of Chebyshev's interval over the upper one. */
    static final double LOWER = 0.3;

    private static final WorkerPool.BlockKernel<PolynomialSmoother> FIRST = PolynomialSmoother::first;
    private static final WorkerPool.BlockKernel<PolynomialSmoother> SECOND = PolynomialSmoother::second;
    private static final WorkerPool.BlockKernel<PolynomialSmoother> NEXT = PolynomialSmoother::next;

    private final BlockRows a;
    private final double[] c;
    private final double[] betas;
    private final double[] gammas;

    // the step at hand
    private double[] r;
    private double beta;
    private double gamma;

    private PolynomialSmoother(BlockRows a, double[] c, double[] betas, double[] gammas) {
        this.a = a;
        this.c = c;
        this.betas = betas;
        this.gammas = gammas;
    }

    /** So many steps with C alone. */
    static PolynomialSmoother plain(BlockRows a, double[] c, int steps) {
        double[] gammas = new double[steps];
        java.util.Arrays.fill(gammas, 1);
        return new PolynomialSmoother(a, c, new double[steps], gammas);
    }

    /** Chebyshev's polynomial for the spectrum of C A from {@value #LOWER} times its upper bound to the bound. */
    static PolynomialSmoother chebyshev(BlockRows a, double[] c, double bound, int degree) {
        double theta = 0.5 * (1 + LOWER) * bound;
        double delta = 0.5 * (1 - LOWER) * bound;
        double sigma = theta / delta;
        double rho = 1 / sigma;
        double[] betas = new double[degree];
        double[] gammas = new double[degree];
        gammas[0] = 1 / theta;
        for (int k = 1; k < degree; k++) {
            double next = 1 / (2 * sigma - rho);
            betas[k] = next * rho;
            gammas[k] = 2 * next / delta;
            rho = next;
        }
        return new PolynomialSmoother(a, c, betas, gammas);
    }

    @Override
    int steps() {
        return gammas.length;
    }

    @Override
    void down(double[] rhs, double[] z, double[] t) {
        double[] from = steps() % 2 == 0 ? t : z; // z_1
        double[] to = steps() % 2 == 0 ? z : t;
        r = rhs;
        gamma = gammas[0];
        a.run(FIRST, this, z, from);
        for (int k = 1; k < gammas.length; k++) {
            beta = betas[k];
            gamma = gammas[k];
            a.run(k == 1 || beta == 0 ? SECOND : NEXT, this, from, to); // z_0 = 0
            double[] swap = from;
            from = to;
            to = swap;
        }
        r = null;
    }

    @Override
    void up(double[] rhs, double[] z, double[] t) {
        double[] from = start(z, t);
        double[] to = steps() % 2 == 0 ? t : z;
        r = rhs;
        for (int k = 0; k < gammas.length; k++) {
            beta = betas[k];
            gamma = gammas[k];
            a.run(beta == 0 ? SECOND : NEXT, this, from, to);
            double[] swap = from;
            from = to;
            to = swap;
        }
        r = null;
    }

    // y ← γ C r
    private static void first(PolynomialSmoother s, double[] unused, double[] y, int block) {
        double[] r = s.r;
        double[] c = s.c;
        double gamma = s.gamma;
        for (int i = s.a.from(block), to = s.a.to(block); i < to; i++) {
            y[i] = gamma * c[i] * r[i];
        }
    }

    // y ← (1 + β) z + γ C (r − A z)
    private static void second(PolynomialSmoother s, double[] z, double[] y, int block) {
        double[] r = s.r;
        double[] c = s.c;
        double gamma = s.gamma;
        double inverse = (1 + s.beta) / gamma;
        int from = s.a.from(block);
        int to = s.a.to(block);
        for (int i = from; i < to; i++) {
            y[i] = -r[i] - inverse * z[i] / c[i];
        }
        s.a.add(block, z, y);
        for (int i = from; i < to; i++) {
            y[i] *= -gamma * c[i];
        }
    }

    // y ← z + β (z − y) + γ C (r − A z)
    private static void next(PolynomialSmoother s, double[] z, double[] y, int block) {
        double[] r = s.r;
        double[] c = s.c;
        double beta = s.beta;
        double gamma = s.gamma;
        double inverse = 1 / gamma;
        int from = s.a.from(block);
        int to = s.a.to(block);
        for (int i = from; i < to; i++) {
            y[i] = -r[i] - inverse * (z[i] + beta * (z[i] - y[i])) / c[i];
        }
        s.a.add(block, z, y);
        for (int i = from; i < to; i++) {
            y[i] *= -gamma * c[i];
        }
    }

    @Override
    long bytes() {
        return 8L * (c.length + betas.length + gammas.length);
    }
}
