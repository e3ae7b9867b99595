package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;

/** Upper bounds for the spectrum of C A with a diagonal C. */
final class Spectrum {
    private static final int STEPS = 10;
    private static final double SAFETY = 1.1;

    private static final WorkerPool.BlockKernel<Scaled> SCALED = Scaled::product;

    private Spectrum() {}

    /**
     * A bound: Gershgorin's, or where that says little 1.1 times the largest Ritz value of ten Lanczos steps.
     *
     * <p>For a matrix without positive entries off the diagonal Gershgorin's is nearly sharp.
     */
    static double bound(CsrMatrix a, BlockRows rows, double[] c, boolean symmetric) {
        double gershgorin = gershgorin(a, c);
        if (!symmetric || gershgorin <= 1 || (gershgorin <= 2 * (1 + 1e-8) && hasNoPositivePair(a))) {
            return gershgorin;
        }
        return Math.min(gershgorin, SAFETY * lanczos(a, rows, c));
    }

    /** max_i |c_i| Σ_j |a_ij|. */
    static double gershgorin(CsrMatrix a, double[] c) {
        int n = a.rows();
        double[] largest = new double[RowBlocks.blocks(n)];
        a.pool()
                .run(
                        largest.length,
                        (on, x, y, block) -> {
                            double most = 0;
                            for (int i = block * RowBlocks.ROWS, to = RowBlocks.to(block, n); i < to; i++) {
                                double sum = 0;
                                for (int k = on.rowPtr()[i]; k < on.rowPtr()[i + 1]; k++) {
                                    sum += Math.abs(on.values()[k]);
                                }
                                most = Math.max(most, sum * Math.abs(x[i]));
                            }
                            y[block] = most;
                        },
                        a,
                        c,
                        largest);
        double bound = 0;
        for (double most : largest) {
            bound = Math.max(bound, most);
        }
        return bound;
    }

    private static boolean hasNoPositivePair(CsrMatrix a) {
        int n = a.rows();
        return a.pool()
                        .sum(
                                RowBlocks.blocks(n),
                                (on, x, y, block) -> {
                                    int count = 0;
                                    for (int i = block * RowBlocks.ROWS, to = RowBlocks.to(block, n); i < to; i++) {
                                        for (int k = on.rowPtr()[i]; k < on.rowPtr()[i + 1]; k++) {
                                            count += on.values()[k] > 0 && on.colIdx()[k] != i ? 1 : 0;
                                        }
                                    }
                                    return count;
                                },
                                a,
                                null,
                                null)
                == 0;
    }

    /** The largest Ritz value of C^½ A C^½ from a start that has a share of every frequency. */
    private static double lanczos(CsrMatrix a, BlockRows rows, double[] c) {
        int n = a.rows();
        Scaled scaled = new Scaled(rows, new double[n], new double[n]);
        Vectors v = new Vectors(n, a.pool());
        double[] q = new double[n];
        double[] last = new double[n];
        double[] w = new double[n];
        long state = 0x5851f42d4c957f2dL;
        for (int i = 0; i < n; i++) {
            scaled.root[i] = Math.sqrt(c[i]);
            state = state * 6364136223846793005L + 1442695040888963407L;
            q[i] = (state >> 11) * 0x1p-53;
        }
        v.scale(1 / v.norm(q), q);
        double[] alpha = new double[STEPS];
        double[] beta = new double[STEPS];
        int steps = 0;
        while (steps < STEPS) {
            v.multiply(scaled.root, q, scaled.half);
            rows.run(SCALED, scaled, scaled.half, w); // w ← C^½ A C^½ q
            if (steps > 0) {
                v.axpy(-beta[steps - 1], last, w);
            }
            alpha[steps] = v.dot(q, w);
            double norm = Math.sqrt(v.axpySquare(-alpha[steps], q, w));
            beta[steps++] = norm;
            if (!(norm > 1e-12 * Math.abs(alpha[0]))) {
                break;
            }
            double[] swap = last;
            last = q;
            q = w;
            w = swap;
            v.scale(1 / norm, q);
        }
        return largest(alpha, beta, steps);
    }

    private record Scaled(BlockRows a, double[] root, double[] half) {
        void product(double[] x, double[] y, int block) {
            int from = a.from(block);
            int to = a.to(block);
            a.set(block, x, y);
            for (int i = from; i < to; i++) {
                y[i] *= root[i];
            }
        }
    }

    /** The largest eigenvalue of a symmetric tridiagonal matrix, by bisection with Sturm's sequence. */
    static double largest(double[] alpha, double[] beta, int n) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < n; i++) {
            double radius = (i > 0 ? beta[i - 1] : 0) + (i < n - 1 ? beta[i] : 0);
            low = Math.max(low, alpha[i]);
            high = Math.max(high, alpha[i] + radius);
        }
        for (int step = 0; step < 60 && high - low > 1e-6 * Math.abs(high); step++) {
            double middle = 0.5 * (low + high);
            boolean above = false; // whether an eigenvalue lies above: a pivot of T − middle I is positive
            double pivot = alpha[0] - middle;
            for (int i = 1; i < n && !above; i++) {
                above = pivot >= 0;
                pivot = alpha[i] - middle - beta[i - 1] * beta[i - 1] / pivot;
            }
            if (above || pivot >= 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
