package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * z ← z + ω_k C (r − A z) with a diagonal C, step by step: with one ω a plain iteration, with the inverse roots of
 * Chebyshev's polynomial his iteration, which in this form needs no vector beside z. Products of few factors are stable;
 * small and large roots alternate.
 *
 * <p>Source: Saad 2003, section 12.3.2.
 */
final class PolynomialSmoother extends LevelSmoother {
    /** The lower end of Chebyshev's interval over the upper one. */
    static final double LOWER = 0.3;

    private static final WorkerPool.BlockKernel<PolynomialSmoother> FIRST = PolynomialSmoother::first;
    private static final WorkerPool.BlockKernel<PolynomialSmoother> NEXT = PolynomialSmoother::next;

    private final BlockRows a;
    private final double[] c;
    private final double[] omegas;

    // the step at hand
    private double[] r;
    private double omega;

    private PolynomialSmoother(BlockRows a, double[] c, double[] omegas) {
        this.a = a;
        this.c = c;
        this.omegas = omegas;
    }

    /** So many steps with C alone. */
    static PolynomialSmoother plain(BlockRows a, double[] c, int steps) {
        double[] omegas = new double[steps];
        Arrays.fill(omegas, 1);
        return new PolynomialSmoother(a, c, omegas);
    }

    /** Chebyshev's polynomial for the spectrum of C A from {@value #LOWER} times its upper bound to the bound. */
    static PolynomialSmoother chebyshev(BlockRows a, double[] c, double bound, int degree) {
        double theta = 0.5 * (1 + LOWER) * bound;
        double delta = 0.5 * (1 - LOWER) * bound;
        double[] omegas = new double[degree];
        for (int k = 0; k < degree; k++) {
            int root = k % 2 == 0 ? k / 2 : degree - 1 - k / 2;
            omegas[k] = 1 / (theta + delta * Math.cos(Math.PI * (root + 0.5) / degree));
        }
        return new PolynomialSmoother(a, c, omegas);
    }

    @Override
    int steps() {
        return omegas.length;
    }

    @Override
    void down(double[] rhs, double[] z, double[] t) {
        double[] start = start(t, z); // z after an odd number of steps, since the first changes no array
        r = rhs;
        omega = omegas[0];
        a.run(FIRST, this, z, start);
        iterate(1, start, start == z ? t : z);
    }

    @Override
    void up(double[] rhs, double[] z, double[] t) {
        double[] start = start(z, t);
        r = rhs;
        iterate(0, start, start == z ? t : z);
    }

    private void iterate(int first, double[] start, double[] other) {
        double[] from = start;
        double[] to = other;
        for (int k = first; k < omegas.length; k++) {
            omega = omegas[k];
            a.run(NEXT, this, from, to);
            double[] swap = from;
            from = to;
            to = swap;
        }
        r = null;
    }

    // y ← ω C r
    private static void first(PolynomialSmoother s, double[] unused, double[] y, int block) {
        double[] r = s.r;
        double[] c = s.c;
        double omega = s.omega;
        for (int i = s.a.from(block), to = s.a.to(block); i < to; i++) {
            y[i] = omega * c[i] * r[i];
        }
    }

    // y ← z + ω C (r − A z)
    private static void next(PolynomialSmoother s, double[] z, double[] y, int block) {
        double[] r = s.r;
        double[] c = s.c;
        double omega = s.omega;
        s.a.set(block, z, y);
        for (int i = s.a.from(block), to = s.a.to(block); i < to; i++) {
            y[i] = z[i] + omega * c[i] * (r[i] - y[i]);
        }
    }

    @Override
    long bytes() {
        return 8L * (c.length + omegas.length);
    }
}
