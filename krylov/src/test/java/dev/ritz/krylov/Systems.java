package dev.ritz.krylov;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import java.util.SplittableRandom;

/** Small systems, preconditioners and dense references for the tests of methods. */
public final class Systems {

    private Systems() {}

    /** tridiag(−1, 2, −1): eigenvalues 2 − 2 cos(kπ/(n + 1)). */
    public static CsrMatrix poisson1d(int n) {
        return tridiagonal(n, -1, 2, -1);
    }

    public static CsrMatrix tridiagonal(int n, double lower, double diagonal, double upper) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, lower);
            }
            rows.add(i, diagonal);
            if (i < n - 1) {
                rows.add(i + 1, upper);
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** The five-point Laplacian on a square grid, times h². */
    public static CsrMatrix poisson2d(int side) {
        return convectionDiffusion(side, 0);
    }

    /** Five-point central differences of −Δu + 2p/h (u_x + u_y), times h², with mesh Péclet number p. */
    public static CsrMatrix convectionDiffusion(int side, double p) {
        int n = side * side;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i >= side) {
                rows.add(i - side, -1 - p);
            }
            if (i % side > 0) {
                rows.add(i - 1, -1 - p);
            }
            rows.add(i, 4);
            if (i % side < side - 1) {
                rows.add(i + 1, -1 + p);
            }
            if (i < n - side) {
                rows.add(i + side, -1 + p);
            }
            rows.endRow();
        }
        return rows.build();
    }

    public static CsrMatrix diagonal(double... d) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(d.length);
        for (int i = 0; i < d.length; i++) {
            rows.add(i, d[i]).endRow();
        }
        return rows.build();
    }

    /** A symmetric matrix with the eigenvalues of d in a basis that two reflections mix. */
    public static CsrMatrix symmetric(long seed, double... d) {
        int n = d.length;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            a[i][i] = d[i];
        }
        for (int k = 0; k < 2; k++) {
            double[] w = random(n, seed + k);
            double square = dot(w, w);
            double[] aw = new double[n];
            for (int i = 0; i < n; i++) {
                aw[i] = dot(a[i], w);
            }
            double waw = dot(w, aw);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) { // H A H with H = I − 2 w wᵀ / wᵀw
                    a[i][j] += (-2 * (w[i] * aw[j] + aw[i] * w[j]) + 4 * waw / square * w[i] * w[j]) / square;
                }
            }
        }
        return CsrMatrix.fromDense(a).symmetricPart();
    }

    public static double[] random(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextDouble() - 0.5;
        }
        return x;
    }

    public static double[] times(LinearOperator a, double[] x) {
        double[] y = new double[a.rows()];
        a.apply(x, y);
        return y;
    }

    public static double[] minus(double[] x, double[] y) {
        double[] z = new double[x.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = x[i] - y[i];
        }
        return z;
    }

    public static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    public static double norm(double[] x) {
        return Math.sqrt(dot(x, x));
    }

    public static double residual(LinearOperator a, double[] b, double[] x) {
        return norm(minus(b, times(a, x)));
    }

    /** min ‖b − B y‖₂ over the columns given, by Gram-Schmidt done three times. */
    public static double leastSquares(double[][] columns, double[] b) {
        double[] r = b.clone();
        double[][] q = new double[columns.length][];
        for (int k = 0; k < columns.length; k++) {
            double[] w = columns[k].clone();
            for (int pass = 0; pass < 3; pass++) {
                for (int j = 0; j < k; j++) {
                    subtract(dot(q[j], w), q[j], w);
                }
            }
            double norm = norm(w);
            for (int i = 0; i < w.length; i++) {
                w[i] /= norm;
            }
            q[k] = w;
            subtract(dot(w, r), w, r);
        }
        return norm(r);
    }

    private static void subtract(double c, double[] v, double[] w) {
        for (int i = 0; i < w.length; i++) {
            w[i] -= c * v[i];
        }
    }

    /** z = D⁻¹ r. */
    public static Preconditioner diagonalPreconditioner(Preconditioner.Kind kind, double... d) {
        return preconditioner(d.length, kind, (r, z) -> {
            for (int i = 0; i < d.length; i++) {
                z[i] = r[i] / d[i];
            }
        });
    }

    /** The diagonal of a, alternating with a slightly different one: symmetric positive definite at every call. */
    public static Preconditioner alternating(CsrMatrix a, double change) {
        double[] d = a.diagonal();
        int[] calls = {0};
        return preconditioner(d.length, Preconditioner.Kind.VARIABLE, (r, z) -> {
            calls[0]++;
            for (int i = 0; i < d.length; i++) {
                z[i] = r[i] / d[i] * ((i + calls[0]) % 2 == 0 ? 1 + change : 1);
            }
        });
    }

    /** What a preconditioner does. */
    @FunctionalInterface
    public interface Action {
        void apply(double[] r, double[] z);
    }

    public static Preconditioner preconditioner(int n, Preconditioner.Kind kind, Action action) {
        return new Preconditioner() {
            @Override
            public int size() {
                return n;
            }

            @Override
            public Kind kind() {
                return kind;
            }

            @Override
            public void apply(double[] r, double[] z) {
                action.apply(r, z);
            }

            @Override
            public String name() {
                return "test";
            }
        };
    }
}
