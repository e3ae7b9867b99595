package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.testdata.LinearSystem;

/** Textbook conjugate gradients, to count iterations. */
public final class ReferenceCg {
    private ReferenceCg() {}

    /** Iterations from x = 0 until the residual is 1e-8 of the right-hand side; at most 2000. */
    public static int iterations(LinearSystem system, Preconditioner m) {
        return iterations(system, m, new double[system.size()]);
    }

    /** Iterations from some x until the residual is 1e-8 of the right-hand side; at most 2000. */
    public static int iterations(LinearSystem system, Preconditioner m, double[] x) {
        CsrMatrix a = system.a();
        int n = a.rows();
        double[] r = new double[n];
        a.residual(system.b(), x, r);
        double[] z = new double[n];
        double[] p = new double[n];
        double[] q = new double[n];
        double target = 1e-16 * dot(system.b(), system.b());
        double rho = 1;
        for (int k = 0; k < 2000; k++) {
            if (dot(r, r) <= target) {
                return k;
            }
            m.apply(r, z);
            double next = dot(r, z);
            double beta = k == 0 ? 0 : next / rho;
            rho = next;
            for (int i = 0; i < n; i++) {
                p[i] = z[i] + beta * p[i];
            }
            a.apply(p, q);
            double alpha = rho / dot(p, q);
            for (int i = 0; i < n; i++) {
                r[i] -= alpha * q[i];
            }
        }
        return 2000;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
