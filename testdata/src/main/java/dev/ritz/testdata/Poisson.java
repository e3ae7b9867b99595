package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/**
 * Poisson's equation −Δu = f on the unit interval, square or cube by central differences.
 *
 * <p>Dirichlet: N interior points each way at i h, i = 1 … N, h = 1/(N + 1), u = 0 on the boundary; stencil 2d in the
 * centre, −1 beside, that is h² times the operator; n = N^d. Load f = d π² Π sin(π x_k), so that u = Π sin(π x_k); b is
 * h² f, and since f is an eigenvector the discrete solution is u (π h / 2)² / sin²(π h / 2), which is second-order
 * accurate. Eigenvalues: 4 Σ sin²(j_k π h / 2), j_k = 1 … N.
 *
 * <p>Neumann: N cells each way with midpoints (i − ½) h, h = 1/N, no flux through the boundary; the centre is the number
 * of neighbours, constants are the null space. Load f = 2 π² cos(π x) cos(π y), whose sum is 0.
 *
 * <p>Natural order, x fastest.
 */
public final class Poisson {

    private Poisson() {}

    /**
     * The 3-point problem.
     *
     * @param points N, n = N
     * @return the system
     */
    public static LinearSystem poisson1d(int points) {
        return dirichlet(1, Grid.line(points), points);
    }

    /**
     * The 5-point problem.
     *
     * @param side N, n = N²
     * @return the system
     */
    public static LinearSystem poisson2d(int side) {
        return dirichlet(2, Grid.square(side), side);
    }

    /**
     * The 7-point problem.
     *
     * @param side N, n = N³
     * @return the system
     */
    public static LinearSystem poisson3d(int side) {
        return dirichlet(3, Grid.cube(side), side);
    }

    /**
     * The 5-point problem with Neumann conditions: singular and consistent.
     *
     * @param side N, n = N²
     * @return the system; its solution given is the one of mean 0
     */
    public static LinearSystem neumann2d(int side) {
        Grid grid = Grid.square(side);
        CsrMatrix a = grid.matrix((x, y, z, s) -> {
            Arrays.fill(s, -1);
            s[Grid.CENTRE] = (x > 0 ? 1 : 0) + (x < side - 1 ? 1 : 0) + (y > 0 ? 1 : 0) + (y < side - 1 ? 1 : 0);
        });
        double h = 1.0 / side;
        double lambda = 8 * square(Math.sin(Math.PI * h / 2)); // of cos(πx) cos(πy)
        double[] b = new double[a.rows()];
        double[] exact = new double[a.rows()];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                double mode = cosine(x, side) * cosine(y, side);
                int i = grid.index(x, y, 0);
                b[i] = 2 * Math.PI * Math.PI * h * h * mode;
                exact[i] = b[i] / lambda;
            }
        }
        return new LinearSystem(
                "neumann2d-" + side, a, b, exact, "Poisson's equation without flux through the boundary, singular");
    }

    /** cos(π (i + ½) / n), odd about the middle to the last bit, so that sums over all i vanish. */
    private static double cosine(int i, int n) {
        int mirrored = n - 1 - i;
        if (i == mirrored) {
            return 0;
        }
        return i < mirrored ? Math.cos(Math.PI * (i + 0.5) / n) : -Math.cos(Math.PI * (mirrored + 0.5) / n);
    }

    private static LinearSystem dirichlet(int d, Grid grid, int side) {
        CsrMatrix a = grid.matrix((x, y, z, s) -> {
            Arrays.fill(s, -1);
            s[Grid.CENTRE] = 2 * d;
        });
        double h = 1.0 / (side + 1);
        double ratio = square(Math.PI * h / 2 / Math.sin(Math.PI * h / 2));
        double[] sine = new double[side];
        for (int i = 0; i < side; i++) {
            sine[i] = Math.sin(Math.PI * (i + 1) * h);
        }
        double[] b = new double[a.rows()];
        double[] exact = new double[a.rows()];
        for (int i = 0; i < b.length; i++) {
            double u = sine[i % side];
            if (d > 1) {
                u *= sine[i / side % side];
            }
            if (d > 2) {
                u *= sine[i / side / side];
            }
            b[i] = d * square(Math.PI * h) * u;
            exact[i] = ratio * u;
        }
        return new LinearSystem(
                "poisson" + d + "d-" + side, a, b, exact, "Poisson's equation, u = 0 on the boundary, a sine as load");
    }

    private static double square(double v) {
        return v * v;
    }
}
