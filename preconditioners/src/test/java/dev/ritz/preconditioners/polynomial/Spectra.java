package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import java.util.Arrays;
import java.util.Random;

/** Matrices with known spectra, and textbook iterations that share no code with the library. */
final class Spectra {
    private Spectra() {}

    static CsrMatrix diagonal(double... d) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(d.length);
        for (int i = 0; i < d.length; i++) {
            rows.add(i, d[i]).endRow();
        }
        return rows.build();
    }

    /** −1, 2, −1 of order n; eigenvalues 2 − 2 cos(jπ/(n + 1)). */
    static CsrMatrix laplacian(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, -1);
            }
            rows.add(i, 2);
            if (i < n - 1) {
                rows.add(i + 1, -1);
            }
            rows.endRow();
        }
        return rows.build();
    }

    static double[] laplacianEigenvalues(int n) {
        double[] values = new double[n];
        for (int j = 0; j < n; j++) {
            values[j] = 2 - 2 * Math.cos((j + 1) * Math.PI / (n + 1));
        }
        return values;
    }

    /** {@code count} values from a to b, both included. */
    static double[] equispaced(double a, double b, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = a + (b - a) * i / (count - 1);
        }
        return values;
    }

    /** 1e4 … 1 with constant quotients. */
    static double[] geometric(int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = Math.pow(10, 4 - 4.0 * i / (count - 1));
        }
        return values;
    }

    /** 1e4, 5e3, and 198 values in [1, 10]. */
    static double[] twoOutliers() {
        return join(new double[] {1e4, 5e3}, equispaced(1, 10, 198));
    }

    static double[] join(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    static double[] ones(int n) {
        double[] v = new double[n];
        Arrays.fill(v, 1);
        return v;
    }

    static double[] random(int n, long seed) {
        Random random = new Random(seed);
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = random.nextDouble() * 2 - 1;
        }
        return v;
    }

    static double[] apply(Preconditioner m, double[] r) {
        double[] z = new double[r.length];
        Arrays.fill(z, Double.NaN);
        m.apply(r, z);
        return z;
    }

    /** p(λ_i) for a diagonal matrix and M = I: one application to ones. */
    static double[] values(Preconditioner m) {
        return apply(m, ones(m.size()));
    }

    /** max / min of p(λ) λ. */
    static double condition(double[] lambda, double[] p) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < lambda.length; i++) {
            least = Math.min(least, lambda[i] * p[i]);
            most = Math.max(most, lambda[i] * p[i]);
        }
        return most / least;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    static void axpy(double alpha, double[] x, double[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] += alpha * x[i];
        }
    }

    static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    /** Steps of preconditioned conjugate gradients from zero; flexible: made A-orthogonal to the last direction. */
    static int conjugateGradients(CsrMatrix a, Preconditioner m, double[] b, double rtol, boolean flexible) {
        int n = b.length;
        double[] r = b.clone();
        double[] p = new double[n];
        double[] q = new double[n];
        double rho = 0;
        double pq = 0;
        int k = 0;
        while (norm(r) > rtol * norm(b) && k < 20_000) {
            double[] z = apply(m, r);
            double next = dot(r, z);
            double beta = k == 0 ? 0 : flexible ? -dot(z, q) / pq : next / rho;
            rho = next;
            for (int i = 0; i < n; i++) {
                p[i] = z[i] + beta * p[i];
            }
            a.apply(p, q);
            pq = dot(p, q);
            axpy(-rho / pq, q, r);
            k++;
        }
        return k;
    }

    /** Steps of x ← x + M⁻¹(b − A x) from zero, at most the given number. */
    static int richardson(CsrMatrix a, Preconditioner m, double[] b, double rtol, int most) {
        double[] r = b.clone();
        double[] q = new double[b.length];
        int k = 0;
        while (norm(r) > rtol * norm(b) && k < most) {
            a.apply(apply(m, r), q);
            axpy(-1, q, r);
            k++;
        }
        return k;
    }
}
