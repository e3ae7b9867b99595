package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sequences of systems that resemble one another, as lazy streams: a system exists from when the stream reaches it.
 * All systems of a stream share one {@link dev.ritz.api.SparsityPattern} object.
 */
public final class Sequences {

    /** How the shifts of {@link #shiftedLaplacians} are distributed. */
    public enum Shift {
        /** c ~ Beta(2, 6): little spread. */
        LOW(4, 12),
        /** c ~ Beta(½, 3/2): much spread. */
        HIGH(1, 3);

        /** Twice the first parameter of the beta distribution. */
        private final int p;
        /** Twice the second parameter. */
        private final int q;

        Shift(int p, int q) {
            this.p = p;
            this.q = q;
        }
    }

    private Sequences() {}

    /**
     * A + (12 c_t − 3)/20 · I, where A is the five-point stencil (4, −1) on side × side points, natural order, and b is
     * standard normal, drawn again until ‖b‖₂ ≤ √n. Positive definite for sides up to 10, since the shift is at least
     * −0.15; the source uses 10. Source: Khodak et al. 2024, arXiv:2310.02246.
     *
     * @param side points each way, n = side²
     * @param steps how many systems, at least 0
     * @param shift how c_t is distributed
     * @param seed of c and b; system t depends on seed and t alone
     * @return the systems
     */
    public static Stream<LinearSystem> shiftedLaplacians(int side, int steps, Shift shift, long seed) {
        CsrMatrix a = Poisson.poisson2d(side).a();
        int n = a.rows();
        int[] diagonal = a.pattern().diagonalPositions();
        return steps(steps).mapToObj(t -> {
            Draws draws = draws(seed, t);
            double sigma = (12 * draws.beta(shift.p, shift.q) - 3) / 20;
            double[] values = a.values().clone();
            for (int k : diagonal) {
                values[k] += sigma;
            }
            double[] b;
            double square;
            do {
                b = draws.normals(n);
                square = 0;
                for (double v : b) {
                    square += v * v;
                }
            } while (square > n);
            return new LinearSystem(
                    "shifted-laplacian-" + t, a.withValues(values), b, null, "a Laplacian under a random shift");
        });
    }

    /**
     * Crank–Nicolson steps of u_t = κ(t) Δu + f on the unit square, u = 0 on the boundary: I − ½ κ(t + Δt/2) Δt Δ_h with
     * N = side interior points each way and t = step · Δt, κ(t) = max(0.1 sin 2πt, −10 sin 2πt). The solution is
     * prescribed, so that no system waits for the one before: a bump exp(1 − 1/(1 − s²)), s &lt; 1, of radius ¼ around
     * (½ + ¼ cos 16πt, ½ + ¼ sin 16πt), where s is the distance over the radius; b = A u.
     *
     * @param side N, n = N²
     * @param steps how many systems, at least 0
     * @param dt Δt, positive
     * @return the systems
     */
    public static Stream<LinearSystem> heat(int side, int steps, double dt) {
        Diffusion.requirePositive(dt, "dt");
        CsrMatrix laplacian = Poisson.poisson2d(side).a();
        int[] diagonal = laplacian.pattern().diagonalPositions();
        return steps(steps).mapToObj(step -> {
            double t = step * dt;
            double sine = StrictMath.sin(2 * Math.PI * (t + dt / 2));
            double kappa = Math.max(0.1 * sine, -10 * sine);
            double factor = 0.5 * kappa * dt * (side + 1.0) * (side + 1.0);
            double[] values = laplacian.values().clone();
            for (int k = 0; k < values.length; k++) {
                values[k] *= factor;
            }
            for (int k : diagonal) {
                values[k] += 1;
            }
            return LinearSystem.prescribed(
                    "heat-" + step, laplacian.withValues(values), bump(side, t), "a step of the heat equation");
        });
    }

    /** Of {@link #heat}. */
    static double[] bump(int side, double t) {
        double cx = 0.5 + 0.25 * StrictMath.cos(16 * Math.PI * t);
        double cy = 0.5 + 0.25 * StrictMath.sin(16 * Math.PI * t);
        double[] u = new double[side * side];
        for (int i = 0; i < u.length; i++) {
            int x = i % side;
            int y = i / side;
            double dx = (x + 1.0) / (side + 1) - cx;
            double dy = (y + 1.0) / (side + 1) - cy;
            double s = 16 * (dx * dx + dy * dy); // squared, radius ¼
            u[i] = s < 1 ? StrictMath.exp(1 - 1 / (1 - s)) : 0;
        }
        return u;
    }

    /**
     * Darcy flow −∇·(k_t ∇u) = 1 through a log-normal field that drifts: k_t = exp(strength · g_t) with g_t = (1 − drift)
     * g_{t−1} + √(1 − (1 − drift)²) η_t, where g_0 and η_t are independent smooth noises of mean 0 and variance 1 as in
     * {@link Diffusion#lognormal2d} with correlation 0.06. Drift 0 repeats one system, drift 1 draws anew.
     *
     * @param side N, n = N²
     * @param steps how many systems, at least 0
     * @param strength how much k varies, finite and at least 0
     * @param drift 0 to 1
     * @param seed of all fields
     * @return the systems
     */
    public static Stream<LinearSystem> darcy(int side, int steps, double strength, double drift, long seed) {
        if (!(drift >= 0 && drift <= 1)) {
            throw new IllegalArgumentException("drift = " + drift + ", expected a number from 0 to 1");
        }
        Diffusion.requireNonnegative(strength, "strength");
        requireSteps(steps);
        Grid grid = Grid.square(side);
        CsrMatrix pattern = Poisson.poisson2d(side).a();
        double keep = 1 - drift;
        double renew = Math.sqrt(1 - keep * keep);
        return Stream.iterate(new Field(0, noise(side, seed, 0)), field -> field.next(keep, renew, side, seed))
                .limit(steps)
                .map(field -> new LinearSystem(
                        "darcy-" + field.step(),
                        pattern.withValues(Diffusion.matrix(2, grid, Diffusion.exponential(strength, field.g()))
                                .values()),
                        Diffusion.load(grid.points(), side),
                        null,
                        "flow through a random field that drifts"));
    }

    private record Field(int step, double[] g) {
        private Field next(double keep, double renew, int side, long seed) {
            double[] eta = noise(side, seed, step + 1);
            double[] changed = new double[g.length];
            for (int i = 0; i < changed.length; i++) {
                changed[i] = keep * g[i] + renew * eta[i];
            }
            return new Field(step + 1, changed);
        }
    }

    private static double[] noise(int side, long seed, int step) {
        return Diffusion.smoothNoise(side, 0.06 * side, draws(seed, step));
    }

    static IntStream steps(int steps) {
        requireSteps(steps);
        return IntStream.range(0, steps);
    }

    private static void requireSteps(int steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps = " + steps + ", expected at least 0");
        }
    }

    /** The source of numbers of one system. */
    static Draws draws(long seed, int step) {
        return new Draws(seed ^ 0x9e3779b97f4a7c15L * (step + 1L));
    }
}
