package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Systems whose coefficients are independent random fields: training data of neural operators. The field a = exp(g) on
 * s × s points, g a periodic Gaussian random field with α = 2.5 and τ = 7; unknowns at the m × m inner points, m = s − 2,
 * row by row, n = m²; b = h² with h = 1/(m − 1). The parameters of a system are a, row by row, s² numbers.
 *
 * <p>Source: Wang et al. 2024, Accelerating Data Generation for Neural Operators via Krylov Subspace Recycling, and its
 * code, github.com/wanghong1700/NO-DataGen-SKR. The paper labels its sizes n = s².
 */
public final class FieldSequences {

    /** How the coefficient enters a row; entries that lead out of the inner points are dropped in each case. */
    public enum Stencil {
        /**
         * The fluxes of −∇·(a ∇u): harmonic means of a at a point and its four neighbours, and their sum on the diagonal.
         * Symmetric positive definite.
         */
        FLUX,
        /** 4a at the point itself, −a of each neighbour at that neighbour: nonsymmetric, columns a multiple of Poisson's. */
        CORRECTED,
        /**
         * What the source's code does: as {@link #CORRECTED}, but the coefficient of the upper neighbour is read two
         * entries too early among the m × m upper neighbours row by row. Nonsymmetric, and hard for restarted methods.
         */
        PUBLISHED
    }

    private FieldSequences() {}

    /**
     * Darcy flow.
     *
     * @param s points each way, rim included, at least 4
     * @param steps how many systems, at least 0
     * @param stencil how a enters
     * @param seed of the fields; system t depends on seed and t alone
     * @return the systems
     */
    public static Stream<SequenceSystem> darcy(int s, int steps, Stencil stencil, long seed) {
        return systems("darcy-", "flow through a random field", s, steps, stencil, 0, seed);
    }

    /**
     * Helmholtz' equation: the matrix of {@link #darcy} with the same seed minus h² k² I, k uniform in [0, highest). The
     * parameters have k behind a.
     *
     * @param s points each way, rim included, at least 4
     * @param steps how many systems, at least 0
     * @param stencil how a enters
     * @param highest bound of the wave numbers, positive; the source has 1, which shifts little
     * @param seed of fields and wave numbers; system t depends on seed and t alone
     * @return the systems
     */
    public static Stream<SequenceSystem> helmholtz(int s, int steps, Stencil stencil, double highest, long seed) {
        Diffusion.requirePositive(highest, "highest");
        return systems("helmholtz-", "waves in a random field", s, steps, stencil, highest, seed);
    }

    private static Stream<SequenceSystem> systems(
            String name, String description, int s, int steps, Stencil stencil, double highest, long seed) {
        if (s < 4) {
            throw new IllegalArgumentException("s = " + s + ", expected at least 4");
        }
        Grid grid = Grid.square(s - 2);
        CsrMatrix shared = Poisson.poisson2d(s - 2).a();
        int[] diagonal = shared.pattern().diagonalPositions();
        GaussianField field = new GaussianField(s, 2.5, 7);
        double h = 1.0 / (s - 3);
        return Sequences.steps(steps).mapToObj(t -> {
            Draws draws = Sequences.draws(seed, t);
            double[] a = Diffusion.exponential(1, field.sample(draws));
            double[] values = matrix(grid, stencil, a).values();
            double[] parameters = a;
            if (highest > 0) {
                double k = highest * draws.uniform();
                for (int at : diagonal) {
                    values[at] -= h * h * k * k;
                }
                parameters = Arrays.copyOf(a, a.length + 1);
                parameters[a.length] = k;
            }
            double[] b = new double[grid.points()];
            Arrays.fill(b, h * h);
            return new SequenceSystem(
                    new LinearSystem(name + t, shared.withValues(values), b, null, description), parameters);
        });
    }

    private static CsrMatrix matrix(Grid grid, Stencil stencil, double[] a) {
        int m = grid.nx();
        int s = m + 2;
        return grid.matrix((x, y, z, w) -> {
            int i = (y + 1) * s + x + 1;
            boolean flux = stencil == Stencil.FLUX;
            w[Grid.SOUTH] = flux ? -Diffusion.harmonic(a[i], a[i - s]) : -a[i - s];
            w[Grid.WEST] = flux ? -Diffusion.harmonic(a[i], a[i - 1]) : -a[i - 1];
            w[Grid.EAST] = flux ? -Diffusion.harmonic(a[i], a[i + 1]) : -a[i + 1];
            w[Grid.NORTH] = flux ? -Diffusion.harmonic(a[i], a[i + s]) : -a[i + s];
            w[Grid.CENTRE] = flux ? -(w[Grid.SOUTH] + w[Grid.WEST] + w[Grid.EAST] + w[Grid.NORTH]) : 4 * a[i];
            if (stencil == Stencil.PUBLISHED && y > 0) {
                int early = grid.index(x, y, 0) - 2; // the upper neighbour of row r is entry r of rows 0 … m − 1
                w[Grid.SOUTH] = -a[early / m * s + early % m + 1];
            }
        });
    }
}
