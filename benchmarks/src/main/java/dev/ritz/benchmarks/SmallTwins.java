package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import java.util.Arrays;

/**
 * The arithmetic of {@code Cg} with Jacobi and of {@code Gmres}, each in one method on bare arrays: no counting, no
 * timing, no limits, no report. What is slower than these is overhead.
 */
final class SmallTwins {
    private final int n;
    private final int[] rowPtr;
    private final int[] colIdx;
    private final double[] values;
    private final double[] r;
    private final double[] z;
    private final double[] p;
    private final double[] q;
    private final double[] inverse;

    SmallTwins(CsrMatrix a) {
        n = a.rows();
        rowPtr = a.rowPtr();
        colIdx = a.colIdx();
        values = a.values();
        r = new double[n];
        z = new double[n];
        p = new double[n];
        q = new double[n];
        inverse = a.diagonal();
        for (int i = 0; i < n; i++) {
            inverse[i] = 1 / inverse[i];
        }
    }

    /** Solves from x to the relative residual rtol, which is recomputed, and returns the number of iterations. */
    int cg(double[] b, double[] x, double rtol) {
        double tolerance = rtol * Math.sqrt(dot(b, b));
        double rr = residual(b, x);
        int k = 0;
        double rho = 0;
        while (Math.sqrt(rr) > tolerance) {
            double alpha = 0;
            double rhoOld = 0;
            while (Math.sqrt(rr) > tolerance) {
                for (int i = 0; i < n; i++) {
                    z[i] = inverse[i] * r[i];
                }
                rho = dot(r, z);
                if (rhoOld == 0) {
                    System.arraycopy(z, 0, p, 0, n);
                } else {
                    double beta = rho / rhoOld;
                    for (int i = 0; i < n; i++) {
                        x[i] += alpha * p[i];
                        p[i] = z[i] + beta * p[i];
                    }
                }
                rhoOld = rho;
                double pq = 0;
                for (int i = 0, e = 0; i < n; i++) {
                    double sum = 0;
                    for (int end = rowPtr[i + 1]; e < end; e++) {
                        sum += values[e] * p[colIdx[e]];
                    }
                    q[i] = sum;
                    pq += p[i] * sum;
                }
                alpha = rho / pq;
                for (int i = 0; i < n; i++) {
                    r[i] -= alpha * q[i];
                }
                rr = dot(r, r);
                k++;
            }
            for (int i = 0; i < n; i++) {
                x[i] += alpha * p[i];
            }
            rr = residual(b, x);
        }
        return k;
    }

    /** One cycle of GMRES from x, right preconditioned, Gram-Schmidt twice; the residual is recomputed at its end. */
    int gmres(Preconditioner m, double[] b, double[] x, double rtol, double[][] v, double[][] h) {
        double tolerance = rtol * Math.sqrt(dot(b, b));
        double beta = Math.sqrt(residual(b, x));
        int restart = v.length - 1;
        double[] cs = h[restart];
        double[] sn = h[restart + 1];
        double[] g = h[restart + 2];
        double[] c = h[restart + 3];
        Arrays.fill(g, 0);
        g[0] = beta;
        for (int i = 0; i < n; i++) {
            v[0][i] = r[i] / beta;
        }
        int k = 0;
        while (Math.abs(g[k]) > tolerance && k < restart) {
            double[] w = v[k + 1];
            m.apply(v[k], z);
            product(z, w);
            double[] column = h[k];
            for (int pass = 0; pass < 2; pass++) {
                for (int j = 0; j <= k; j++) {
                    c[j] = dot(v[j], w);
                }
                for (int j = 0; j <= k; j++) {
                    column[j] = pass == 0 ? c[j] : column[j] + c[j];
                    for (int i = 0; i < n; i++) {
                        w[i] -= c[j] * v[j][i];
                    }
                }
            }
            double left = Math.sqrt(dot(w, w));
            for (int i = 0; i < n; i++) {
                w[i] /= left;
            }
            for (int j = 0; j < k; j++) {
                double t = cs[j] * column[j] + sn[j] * column[j + 1];
                column[j + 1] = cs[j] * column[j + 1] - sn[j] * column[j];
                column[j] = t;
            }
            double length = Math.hypot(column[k], left);
            cs[k] = column[k] / length;
            sn[k] = left / length;
            column[k] = length;
            g[k + 1] = -sn[k] * g[k];
            g[k] *= cs[k];
            k++;
        }
        for (int j = k - 1; j >= 0; j--) {
            for (int i = j + 1; i < k; i++) {
                g[j] -= h[i][j] * g[i];
            }
            g[j] /= h[j][j];
        }
        Arrays.fill(p, 0);
        for (int j = 0; j < k; j++) {
            for (int i = 0; i < n; i++) {
                p[i] += g[j] * v[j][i];
            }
        }
        m.apply(p, z);
        for (int i = 0; i < n; i++) {
            x[i] += z[i];
        }
        if (Math.sqrt(residual(b, x)) > tolerance) {
            throw new IllegalStateException("one cycle was not enough");
        }
        return k;
    }

    private double residual(double[] b, double[] x) {
        double square = 0;
        for (int i = 0, e = 0; i < n; i++) {
            double sum = b[i];
            for (int end = rowPtr[i + 1]; e < end; e++) {
                sum -= values[e] * x[colIdx[e]];
            }
            r[i] = sum;
            square += sum * sum;
        }
        return square;
    }

    private void product(double[] x, double[] y) {
        for (int i = 0, e = 0; i < n; i++) {
            double sum = 0;
            for (int end = rowPtr[i + 1]; e < end; e++) {
                sum += values[e] * x[colIdx[e]];
            }
            y[i] = sum;
        }
    }

    private double dot(double[] x, double[] y) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i < n - 3; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < n; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }
}
