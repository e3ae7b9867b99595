package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.testdata.LinearSystem;

/** Textbook GMRES without restarts, M on the right, to count iterations. */
public final class ReferenceGmres {
    private static final int MOST = 500;

    private ReferenceGmres() {}

    /** Iterations from x = 0 until the residual is 1e-8 of the right-hand side; at most 500. */
    public static int iterations(LinearSystem system, Preconditioner m) {
        CsrMatrix a = system.a();
        int n = a.rows();
        double[][] v = new double[MOST + 1][];
        double[][] h = new double[MOST + 1][MOST];
        double[] c = new double[MOST];
        double[] s = new double[MOST];
        double beta = Math.sqrt(dot(system.b(), system.b()));
        double g = beta;
        v[0] = system.b().clone();
        double[] z = new double[n];
        for (int k = 0; k < MOST; k++) {
            if (Math.abs(g) <= 1e-8 * beta) {
                return k;
            }
            double norm = Math.sqrt(dot(v[k], v[k]));
            for (int i = 0; i < n; i++) {
                v[k][i] /= norm;
            }
            m.apply(v[k], z);
            double[] w = new double[n];
            a.apply(z, w);
            for (int j = 0; j <= k; j++) {
                h[j][k] = dot(v[j], w);
                for (int i = 0; i < n; i++) {
                    w[i] -= h[j][k] * v[j][i];
                }
            }
            for (int j = 0; j < k; j++) {
                double t = c[j] * h[j][k] + s[j] * h[j + 1][k];
                h[j + 1][k] = -s[j] * h[j][k] + c[j] * h[j + 1][k];
                h[j][k] = t;
            }
            double below = Math.sqrt(dot(w, w));
            double r = Math.hypot(h[k][k], below);
            c[k] = h[k][k] / r;
            s[k] = below / r;
            g *= -s[k];
            v[k + 1] = w;
        }
        return MOST;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
