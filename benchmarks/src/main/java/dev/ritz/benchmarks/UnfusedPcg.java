package dev.ritz.benchmarks;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.Vectors;

/**
 * Jacobi-preconditioned conjugate gradients with a pass of its own for each line of the textbook, on the same parallel
 * kernels: 17 vectors a step beside A. What fusing is measured against.
 */
final class UnfusedPcg {
    private final Vectors v;
    private final LinearOperator a;
    private final double[] inverse;
    private final double[] r;
    private final double[] z;
    private final double[] p;
    private final double[] q;

    UnfusedPcg(LinearOperator a, double[] inverseDiagonal, Vectors v) {
        int n = v.length();
        this.v = v;
        this.a = a;
        this.inverse = inverseDiagonal;
        this.r = new double[n];
        this.z = new double[n];
        this.p = new double[n];
        this.q = new double[n];
    }

    /** Takes that many steps from x and returns the norm of the last residual. */
    double steps(int count, double[] b, double[] x) {
        a.apply(x, r);
        v.xpby(b, -1, r); // r ← b − A x
        v.multiply(inverse, r, z);
        double rho = v.dot(r, z);
        v.copy(z, p);
        double norm = v.norm(r);
        for (int k = 0; k < count; k++) {
            a.apply(p, q);
            double alpha = rho / v.dot(p, q);
            v.axpy(alpha, p, x);
            v.axpy(-alpha, q, r);
            norm = v.norm(r);
            v.multiply(inverse, r, z);
            double rhoOld = rho;
            rho = v.dot(r, z);
            v.xpby(z, rho / rhoOld, p);
        }
        return norm;
    }
}
