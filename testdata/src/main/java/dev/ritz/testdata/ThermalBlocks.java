package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The unit square cut into blocks × blocks squares of different conductivity, u = 0 on the boundary: cell-centred finite
 * volumes on side × side cells, h = 1/side, n = side², natural order. Between two cells of conductivity a and a′ the flux
 * has 2aa′/(a + a′), towards the boundary, half a cell away, 2a; the matrix is h² times the operator, b = h².
 */
public final class ThermalBlocks {

    private ThermalBlocks() {}

    /**
     * −∇·(a_t ∇u) + w·∇u = 1 with a constant wind w and conductivities drawn anew for each system, log-uniform in
     * (lowest, 1]. The parameters are the conductivities, x fastest. The wind enters by central differences in their
     * skew-symmetric form, ± w h/2 beside the diagonal, so that the symmetric part is the pure diffusion, positive
     * definite, for any speed. The cell Péclet number is at most speed · h / lowest.
     *
     * @param side cells each way, at least {@code blocks}
     * @param blocks blocks each way, at least 1; a cell belongs to the block with its lower corner where they do not
     *     divide evenly
     * @param steps how many systems, at least 0
     * @param lowest conductivity, positive and at most 1
     * @param speed |w|, finite and at least 0; 0 is the symmetric thermal block
     * @param degrees the angle of the wind to the x axis, finite
     * @param seed of the conductivities; system t depends on seed and t alone
     * @return the systems
     */
    public static Stream<SequenceSystem> convection(
            int side, int blocks, int steps, double lowest, double speed, double degrees, long seed) {
        if (blocks < 1 || blocks > side) {
            throw new IllegalArgumentException("blocks = " + blocks + ", expected 1 to side = " + side);
        }
        if (!(lowest > 0 && lowest <= 1)) {
            throw new IllegalArgumentException("lowest = " + lowest + ", expected above 0 and at most 1");
        }
        Diffusion.requireNonnegative(speed, "speed");
        if (!(Math.abs(degrees) < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("degrees = " + degrees + ", expected a finite number");
        }
        CsrMatrix shared = Poisson.poisson2d(side).a();
        double angle = StrictMath.toRadians(degrees);
        double px = speed * StrictMath.cos(angle) / (2.0 * side);
        double py = speed * StrictMath.sin(angle) / (2.0 * side);
        return Sequences.steps(steps).mapToObj(t -> {
            Draws draws = Sequences.draws(seed, t);
            double[] mu = new double[blocks * blocks];
            for (int k = 0; k < mu.length; k++) {
                mu[k] = StrictMath.pow(lowest, draws.uniform());
            }
            double[] values = diffusion(side, blocks, mu).values();
            Winds.add(shared.pattern(), values, px, py);
            double[] b = new double[side * side];
            Arrays.fill(b, 1.0 / side / side);
            LinearSystem system = new LinearSystem(
                    "thermal-block-" + t, shared.withValues(values), b, null, "blocks of different material in a wind");
            return new SequenceSystem(system, mu);
        });
    }

    /** The matrix without wind. */
    static CsrMatrix diffusion(int side, int blocks, double[] mu) {
        Grid grid = Grid.square(side);
        int[] block = new int[side];
        for (int i = 0; i < side; i++) {
            block[i] = (int) ((long) i * blocks / side);
        }
        return grid.matrix((x, y, z, s) -> {
            double a = mu[block[x] + blocks * block[y]];
            s[Grid.WEST] = x == 0 ? -2 * a : -Diffusion.harmonic(a, mu[block[x - 1] + blocks * block[y]]);
            s[Grid.EAST] = x == side - 1 ? -2 * a : -Diffusion.harmonic(a, mu[block[x + 1] + blocks * block[y]]);
            s[Grid.SOUTH] = y == 0 ? -2 * a : -Diffusion.harmonic(a, mu[block[x] + blocks * block[y - 1]]);
            s[Grid.NORTH] = y == side - 1 ? -2 * a : -Diffusion.harmonic(a, mu[block[x] + blocks * block[y + 1]]);
            s[Grid.CENTRE] = -(s[Grid.WEST] + s[Grid.EAST] + s[Grid.SOUTH] + s[Grid.NORTH]);
        });
    }
}
