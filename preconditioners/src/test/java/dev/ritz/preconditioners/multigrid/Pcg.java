package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.Vectors;

/** Conjugate gradients to count iterations with; the module of solvers depends on this one. */
final class Pcg {
    private Pcg() {}

    /** Iterations until ‖r‖ ≤ rtol ‖b‖, 500 at most. */
    static int iterations(CsrMatrix a, Preconditioner m, double[] b, double rtol) {
        int n = a.rows();
        double[] x = new double[n];
        double[] r = b.clone();
        double[] z = new double[n];
        double[] p = new double[n];
        double[] q = new double[n];
        double stop = rtol * Math.sqrt(Vectors.serialDot(b, b, n));
        double rho = 0;
        for (int k = 0; k < 500; k++) {
            if (Math.sqrt(Vectors.serialDot(r, r, n)) <= stop) {
                return k;
            }
            m.apply(r, z);
            double next = Vectors.serialDot(r, z, n);
            for (int i = 0; i < n; i++) {
                p[i] = z[i] + (k == 0 ? 0 : next / rho) * p[i];
            }
            rho = next;
            a.apply(p, q);
            double alpha = rho / Vectors.serialDot(p, q, n);
            for (int i = 0; i < n; i++) {
                x[i] += alpha * p[i];
                r[i] -= alpha * q[i];
            }
        }
        return 500;
    }
}
