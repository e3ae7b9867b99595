package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Traces of the powers of B = M⁻¹A, divided by those of tr B so that nothing overflows: p_i = tr B^i / (tr B)^i, with
 * p_1 = 1.
 *
 * @param scale tr B
 * @param p p_1, p_2, …
 * @param exactOrders how many of them are exact up to rounding
 * @param n the number of unknowns
 */
record Traces(double scale, double[] p, int exactOrders, int n) {
    private static final int EXACT = 3;

    /**
     * Computes them.
     *
     * @param orders how many
     * @param jacobi whether M is the diagonal of A, else I
     * @param exact whether M is one of these two, so that three traces are exact
     */
    static Traces of(FirstLevel level, int orders, boolean jacobi, boolean exact, int probes, long seed) {
        int sure = exact ? Math.min(EXACT, orders) : 0;
        double[] p = new double[orders];
        CsrMatrix a = level.matrix();
        double scale = 0;
        if (exact) {
            double[] d = a.diagonal();
            for (double entry : d) {
                scale += jacobi ? 1 : entry;
            }
            requirePositive(scale);
            p[0] = 1;
            sparse(a, jacobi ? d : null, scale, sure, p);
        }
        if (sure < orders) {
            double[] estimated = hutchinson(level, orders, probes, seed, scale);
            double first = exact ? 1 : estimated[0];
            if (!exact) {
                scale = first;
                requirePositive(scale);
            }
            double power = 1; // estimates come relative to the trace that was known, else absolute
            for (int i = 0; i < orders; i++) {
                power *= first;
                p[i] = i < sure ? p[i] : estimated[i] / power;
            }
        }
        return new Traces(scale, p, sure, level.n);
    }

    private static void requirePositive(double trace) {
        if (!(Math.abs(trace) <= Double.MAX_VALUE)) {
            throw Checks.overflow("the trace", trace);
        }
        if (!(trace > 0)) {
            throw new BuildException(
                    BuildException.Reason.NOT_POSITIVE, -1, "the trace is " + trace, "expected A positive definite");
        }
    }

    boolean exact() {
        return exactOrders == p.length;
    }

    /** Σ b_ij b_ji and Σ b_ij b_jk b_ki over the pattern: rows are spread out one at a time. */
    private static void sparse(CsrMatrix a, double[] d, double scale, int orders, double[] p) {
        int n = a.rows();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double[] column = new double[n]; // of row i: b_ji = b_ij d_j / d_i is symmetric after scaling by √d
        for (int i = 0; orders > 1 && i < n; i++) {
            double si = d == null ? 1 : Math.sqrt(Math.abs(d[i]));
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                column[colIdx[k]] = symmetric(values[k], si, d, colIdx[k], scale);
            }
            double square = 0;
            double cube = 0;
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = colIdx[k];
                double bij = column[j];
                square += bij * bij;
                double dot = 0;
                double sj = d == null ? 1 : Math.sqrt(Math.abs(d[j]));
                for (int e = rowPtr[j]; orders > 2 && e < rowPtr[j + 1]; e++) {
                    double bil = column[colIdx[e]];
                    dot += bil == 0 ? 0 : symmetric(values[e], sj, d, colIdx[e], scale) * bil;
                }
                cube += bij * dot;
            }
            p[1] += square;
            if (orders > 2) {
                p[2] += cube;
            }
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                column[colIdx[k]] = 0;
            }
        }
    }

    private static double symmetric(double value, double si, double[] d, int j, double scale) {
        return d == null ? value / scale : value / si / Math.sqrt(Math.abs(d[j])) / scale;
    }

    /** Means of zᵀ B^i z; B is divided by {@code scale} where that is known. */
    private static double[] hutchinson(FirstLevel level, int orders, int probes, long seed, double scale) {
        int n = level.n;
        RandomGenerator generator =
                RandomGeneratorFactory.of("SplittableRandom").create(seed);
        double[] z = new double[n];
        double[] x = new double[n];
        double[] y = new double[n];
        double[] buffer = level.newPreconditioned();
        double[] sum = new double[orders];
        for (int probe = 0; probe < probes; probe++) {
            for (int i = 0; i < n; i++) {
                z[i] = generator.nextBoolean() ? 1 : -1;
            }
            level.vectors.copy(z, x);
            for (int i = 0; i < orders; i++) {
                level.product(x, y);
                double[] b = level.precondition(y, buffer);
                level.vectors.scale(scale > 0 ? 1 / scale : 1, b, x);
                sum[i] += level.vectors.dot(z, x) / probes;
            }
        }
        return sum;
    }

    /**
     * ρ_k = e_k / e_{k−1} of B by Newton's identities, as long as they obey Newton's inequalities ρ_{k+1} ≤ ρ_k k (n −
     * k) / ((k + 1)(n − k + 1)); beyond, traces were too noisy, and the last ratio, a mere factor, is replaced by its
     * bound.
     *
     * @return ρ_1 … ρ_{τ+1} for the largest τ the traces allow
     */
    double[] ratios() {
        int orders = p.length;
        double[] e = new double[orders + 1];
        double[] rho = new double[orders];
        e[0] = 1;
        for (int k = 1; k <= orders; k++) {
            for (int i = 1; i <= k; i++) {
                e[k] += (i % 2 == 0 ? -1 : 1) * e[k - i] * p[i - 1] / k;
            }
            double ratio = e[k] / e[k - 1];
            double most = k == 1 ? 1 : rho[k - 2] * (k - 1) * (n - k + 1) / (k * (n - k + 2.0));
            boolean fits = ratio > 0 && ratio <= most * (1 + 1e-9);
            rho[k - 1] = fits ? ratio : most;
            if (!fits) {
                rho = Arrays.copyOf(rho, k);
                break;
            }
        }
        for (int k = 0; k < rho.length; k++) {
            rho[k] *= scale;
            if (!(rho[k] > 0 && rho[k] <= Double.MAX_VALUE && 1 / rho[k] <= Double.MAX_VALUE)) {
                throw Checks.overflow("the ratio of symmetric polynomials " + (k + 1), rho[k]);
            }
        }
        return rho;
    }
}
