package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/**
 * Diffusion −∇·(k ∇u) = f with a coefficient that jumps, varies or prefers a direction.
 *
 * <p>N interior points each way at i h, h = 1/(N + 1), u = 0 on the boundary, natural order, n = N^d. The coefficient
 * lives at the points; between two of them it is the harmonic mean 2 k k′ / (k + k′), and towards the boundary the
 * point's own value. The matrix is h² times the operator (5 or 7 points) and symmetric to the last bit.
 */
public final class Diffusion {

    private Diffusion() {}

    /**
     * A square of another material: k = jump in [¼, ¾]², 1 elsewhere; f = 1.
     *
     * @param side N
     * @param jump the coefficient inside, positive
     * @return the system
     */
    public static LinearSystem jump2d(int side, double jump) {
        requirePositive(jump, "jump");
        double[] k = coefficient(Grid.square(side), (x, y, z) -> inside(x) && inside(y) ? jump : 1);
        return loaded("jump2d-" + side, 2, Grid.square(side), k, side, "diffusion through a square inclusion");
    }

    /**
     * A cube of another material: k = jump in [¼, ¾]³, 1 elsewhere; f = 1.
     *
     * @param side N
     * @param jump the coefficient inside, positive
     * @return the system
     */
    public static LinearSystem jump3d(int side, double jump) {
        requirePositive(jump, "jump");
        double[] k = coefficient(Grid.cube(side), (x, y, z) -> inside(x) && inside(y) && inside(z) ? jump : 1);
        return loaded("jump3d-" + side, 3, Grid.cube(side), k, side, "diffusion through a cubic inclusion");
    }

    /**
     * A checkerboard: k = jump on black cells, 1 on white ones; f = 1.
     *
     * @param side N
     * @param cells fields each way, at least 1
     * @param jump the coefficient of black fields, positive
     * @return the system
     */
    public static LinearSystem checkerboard2d(int side, int cells, double jump) {
        requirePositive(jump, "jump");
        if (cells < 1) {
            throw new IllegalArgumentException("cells = " + cells + ", expected at least 1");
        }
        double[] k = coefficient(
                Grid.square(side), (x, y, z) -> ((int) (x * cells) + (int) (y * cells)) % 2 == 0 ? jump : 1);
        return loaded("checkerboard2d-" + side, 2, Grid.square(side), k, side, "diffusion through a checkerboard");
    }

    /**
     * One direction preferred: −u_xx − ε u_yy = 1.
     *
     * @param side N
     * @param epsilon ε, positive
     * @return the system
     */
    public static LinearSystem anisotropic2d(int side, double epsilon) {
        requirePositive(epsilon, "epsilon");
        CsrMatrix a = Grid.square(side).matrix((x, y, z, s) -> {
            s[Grid.WEST] = -1;
            s[Grid.EAST] = -1;
            s[Grid.SOUTH] = -epsilon;
            s[Grid.NORTH] = -epsilon;
            s[Grid.CENTRE] = 2 + 2 * epsilon;
        });
        return new LinearSystem(
                "anisotropic2d-" + side, a, load(a.rows(), side), null, "diffusion that prefers the x direction");
    }

    /**
     * A log-normal coefficient k = exp(strength · g) with a smooth random field g ({@link #smoothNoise}), and
     * independent standard normal entries of b.
     *
     * @param side N
     * @param strength how much k varies, at least 0
     * @param correlation the width of the Gaussian filter in units of N, positive
     * @param seed of both g and b
     * @return the system
     */
    public static LinearSystem lognormal2d(int side, double strength, double correlation, long seed) {
        requireNonnegative(strength, "strength");
        requirePositive(correlation, "correlation");
        Grid grid = Grid.square(side);
        Draws draws = new Draws(seed);
        double[] g = smoothNoise(side, correlation * side, draws);
        CsrMatrix a = matrix(2, grid, exponential(strength, g));
        return new LinearSystem(
                "lognormal2d-" + side, a, draws.normals(a.rows()), null, "diffusion through a log-normal random field");
    }

    /**
     * White noise on side × side points under a Gaussian filter of width sigma points (cut at 4 sigma, mirrored at the
     * border with the border point repeated), shifted and scaled to mean 0 and variance 1.
     */
    static double[] smoothNoise(int side, double sigma, Draws draws) {
        double[] g = draws.normals(side * side);
        int radius = (int) Math.ceil(4 * sigma);
        double[] weight = new double[radius + 1];
        for (int d = 0; d <= radius; d++) {
            weight[d] = StrictMath.exp(-0.5 * d * d / (sigma * sigma));
        }
        double[] line = new double[side];
        for (int direction = 0; direction < 2; direction++) {
            int step = direction == 0 ? 1 : side;
            int across = direction == 0 ? side : 1;
            for (int l = 0; l < side; l++) {
                for (int i = 0; i < side; i++) {
                    double sum = 0;
                    for (int d = -radius; d <= radius; d++) {
                        sum += weight[Math.abs(d)] * g[l * across + mirrored(i + d, side) * step];
                    }
                    line[i] = sum;
                }
                for (int i = 0; i < side; i++) {
                    g[l * across + i * step] = line[i];
                }
            }
        }
        return standardised(g);
    }

    private static int mirrored(int i, int n) {
        int k = Math.floorMod(i, 2 * n);
        return k < n ? k : 2 * n - 1 - k;
    }

    private static double[] standardised(double[] g) {
        double mean = 0;
        for (double v : g) {
            mean += v / g.length;
        }
        double variance = 0;
        for (double v : g) {
            variance += (v - mean) * (v - mean) / g.length;
        }
        double scale = variance > 0 ? 1 / Math.sqrt(variance) : 0; // a single point does not vary
        for (int i = 0; i < g.length; i++) {
            g[i] = (g[i] - mean) * scale;
        }
        return g;
    }

    static double[] exponential(double strength, double[] g) {
        double[] k = new double[g.length];
        for (int i = 0; i < k.length; i++) {
            k[i] = StrictMath.exp(strength * g[i]);
        }
        return k;
    }

    /** h² times −∇·(k ∇·) on a grid of {@code d} dimensions. */
    static CsrMatrix matrix(int d, Grid grid, double[] k) {
        int layer = grid.nx() * grid.ny();
        return grid.matrix((x, y, z, s) -> {
            int i = grid.index(x, y, z);
            s[Grid.WEST] = -mean(k, i, x > 0 ? i - 1 : i);
            s[Grid.EAST] = -mean(k, i, x < grid.nx() - 1 ? i + 1 : i);
            s[Grid.SOUTH] = -mean(k, i, y > 0 ? i - grid.nx() : i);
            s[Grid.NORTH] = -mean(k, i, y < grid.ny() - 1 ? i + grid.nx() : i);
            s[Grid.CENTRE] = -(s[Grid.WEST] + s[Grid.EAST] + s[Grid.SOUTH] + s[Grid.NORTH]);
            if (d == 3) {
                s[Grid.DOWN] = -mean(k, i, z > 0 ? i - layer : i);
                s[Grid.UP] = -mean(k, i, z < grid.nz() - 1 ? i + layer : i);
                s[Grid.CENTRE] -= s[Grid.DOWN] + s[Grid.UP];
            }
        });
    }

    private static double mean(double[] k, int i, int j) {
        return i == j ? k[i] : harmonic(k[i], k[j]);
    }

    static double harmonic(double a, double b) {
        return 2 * a * b / (a + b);
    }

    private interface Field {
        double at(double x, double y, double z);
    }

    private static double[] coefficient(Grid grid, Field field) {
        double[] k = new double[grid.points()];
        double h = 1.0 / (grid.nx() + 1);
        for (int z = 0; z < grid.nz(); z++) {
            for (int y = 0; y < grid.ny(); y++) {
                for (int x = 0; x < grid.nx(); x++) {
                    k[grid.index(x, y, z)] = field.at((x + 1) * h, (y + 1) * h, (z + 1) * h);
                }
            }
        }
        return k;
    }

    private static boolean inside(double x) {
        return x >= 0.25 && x <= 0.75;
    }

    private static LinearSystem loaded(String name, int d, Grid grid, double[] k, int side, String description) {
        CsrMatrix a = matrix(d, grid, k);
        return new LinearSystem(name, a, load(a.rows(), side), null, description);
    }

    /** h² f with f = 1. */
    static double[] load(int n, int side) {
        double[] b = new double[n];
        Arrays.fill(b, 1.0 / ((side + 1.0) * (side + 1.0)));
        return b;
    }

    static void requireNonnegative(double value, String name) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " = " + value + ", expected a finite number, at least 0");
        }
    }

    static void requirePositive(double value, String name) {
        if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(name + " = " + value + ", expected a finite positive number");
        }
    }
}
