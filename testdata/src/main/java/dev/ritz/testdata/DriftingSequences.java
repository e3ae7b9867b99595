package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Systems whose coefficient is a smooth wave that drifts, without randomness: k = exp(strength sin(2πX + φ) cos(2πY + ψ))
 * on the unit square, u = 0 on the boundary, N interior points each way, h = 1/(N + 1), n = N², Y the fast direction. The
 * flux stencil takes k in the middle between two points; the matrix is h² times the operator, b = h².
 */
public final class DriftingSequences {

    private DriftingSequences() {}

    /**
     * Diffusion −∇·(k_t ∇u) = 1 with strength ½, φ = 0.1 t and ψ = 0.05 t; parameters (φ, ψ). Symmetric positive
     * definite.
     *
     * @param side N
     * @param steps how many systems, at least 0
     * @return the systems
     */
    public static Stream<SequenceSystem> diffusion(int side, int steps) {
        Family family = new Family(side);
        return Sequences.steps(steps).mapToObj(t -> {
            double[] values = family.diffusion(0.5, 0.1 * t, 0.05 * t);
            return family.loaded("diffusion-" + t, values, "a coefficient that drifts", 0.1 * t, 0.05 * t);
        });
    }

    /**
     * The matrices of {@link #diffusion} plus a growing wind by central differences: speed 20 (1 + 0.05 t) along X and 10
     * along Y, so ± speed · h/2 on the entries beside the diagonal. Parameters (φ, ψ, speed). The symmetric part is that
     * of {@link #diffusion}, positive definite.
     *
     * @param side N
     * @param steps how many systems, at least 0
     * @return the systems
     */
    public static Stream<SequenceSystem> convection(int side, int steps) {
        Family family = new Family(side);
        return Sequences.steps(steps).mapToObj(t -> {
            double[] values = family.diffusion(0.5, 0.1 * t, 0.05 * t);
            double speed = 20 * (1 + 0.05 * t);
            family.addWind(values, 10, speed);
            return family.loaded(
                    "convection-" + t, values, "a coefficient that drifts, and a wind", 0.1 * t, 0.05 * t, speed);
        });
    }

    /**
     * Implicit Euler steps of u_t = ∇·(k(t) ∇u) + f: I + (Δt/h²) K(t) with K that of {@link #diffusion}, t = (step + 1)
     * Δt, φ = 2πt and ψ = πt; parameters (t). The solution is prescribed, so that no system waits for the one before: a
     * bump that circles the middle once in a unit of time; b = A u, which is what f would have to give.
     *
     * @param side N
     * @param steps how many systems, at least 0
     * @param dt Δt, positive
     * @param strength how much k varies, finite and at least 0
     * @return the systems
     */
    public static Stream<SequenceSystem> heat(int side, int steps, double dt, double strength) {
        Diffusion.requirePositive(dt, "dt");
        Diffusion.requireNonnegative(strength, "strength");
        Family family = new Family(side);
        int[] diagonal = family.shared.pattern().diagonalPositions();
        return Sequences.steps(steps).mapToObj(step -> {
            double t = (step + 1) * dt;
            double[] values = family.diffusion(strength, 2 * Math.PI * t, Math.PI * t);
            double factor = dt * (side + 1.0) * (side + 1.0);
            for (int k = 0; k < values.length; k++) {
                values[k] *= factor;
            }
            for (int at : diagonal) {
                values[at] += 1;
            }
            LinearSystem system = LinearSystem.prescribed(
                    "heat-" + step,
                    family.shared.withValues(values),
                    Sequences.bump(side, t / 8), // that one circles eight times in a unit of time
                    "a step of the heat equation in a changing material");
            return new SequenceSystem(system, new double[] {t});
        });
    }

    /** What the systems of one size share. */
    private static final class Family {
        private final int side;
        private final Grid grid;
        private final CsrMatrix shared;

        Family(int side) {
            this.side = side;
            grid = Grid.square(side);
            shared = Poisson.poisson2d(side).a();
        }

        double[] diffusion(double strength, double phi, double psi) {
            double half = 0.5 / (side + 1.0);
            // the grid's y is X, its x is Y; in halves of h both points of a face name it alike
            double[] sine = table(i -> StrictMath.sin(2 * Math.PI * i * half + phi));
            double[] cosine = table(i -> StrictMath.cos(2 * Math.PI * i * half + psi));
            return grid.matrix((x, y, z, s) -> {
                        int fast = 2 * x + 2;
                        int slow = 2 * y + 2;
                        s[Grid.SOUTH] = -StrictMath.exp(strength * sine[slow - 1] * cosine[fast]);
                        s[Grid.NORTH] = -StrictMath.exp(strength * sine[slow + 1] * cosine[fast]);
                        s[Grid.WEST] = -StrictMath.exp(strength * sine[slow] * cosine[fast - 1]);
                        s[Grid.EAST] = -StrictMath.exp(strength * sine[slow] * cosine[fast + 1]);
                        s[Grid.CENTRE] = -(s[Grid.SOUTH] + s[Grid.NORTH] + s[Grid.WEST] + s[Grid.EAST]);
                    })
                    .values();
        }

        private double[] table(IntToDoubleFunction f) {
            return IntStream.range(0, 2 * side + 3).mapToDouble(f).toArray();
        }

        void addWind(double[] values, double fast, double slow) {
            Winds.add(shared.pattern(), values, fast / (2 * (side + 1.0)), slow / (2 * (side + 1.0)));
        }

        SequenceSystem loaded(String name, double[] values, String description, double... parameters) {
            double[] b = new double[grid.points()];
            Arrays.fill(b, 1 / ((side + 1.0) * (side + 1.0)));
            return new SequenceSystem(
                    new LinearSystem(name, shared.withValues(values), b, null, description), parameters);
        }
    }
}
