package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/** Convection–diffusion and Helmholtz problems: what makes the Poisson matrix nonsymmetric or indefinite. */
public final class Waves {

    /** How the convective term is discretised. */
    public enum Scheme {
        /** Central differences: second order, an M-matrix only up to a cell Péclet number of 2. */
        CENTRAL,
        /** Upwind differences: first order, an M-matrix always. */
        UPWIND
    }

    private Waves() {}

    /**
     * Convection–diffusion −ε Δu + w·∇u = 1 on the unit square, u = 0 on the boundary, with a constant wind w.
     *
     * <p>N interior points each way, h = 1/(N + 1), natural order, n = N². The matrix is h²/ε times the operator: with
     * p = Pe (cos θ, sin θ) and the cell Péclet number Pe = |w| h / ε, the x direction contributes −1 ∓ p_x/2 to the
     * west and east and 2 to the centre (central), or −1 − p_x, −1 and 2 + p_x where p_x ≥ 0 and the mirror image
     * otherwise (upwind). b is h² times 1.
     *
     * @param side N
     * @param peclet Pe, finite and at least 0
     * @param degrees θ, the angle of the wind to the x axis
     * @param scheme how the convective term is discretised
     * @return the system
     */
    public static LinearSystem convectionDiffusion2d(int side, double peclet, double degrees, Scheme scheme) {
        double angle = Math.toRadians(degrees);
        double[] p = {peclet * Math.cos(angle), peclet * Math.sin(angle), 0};
        return convectionDiffusion(2, side, peclet, p, scheme);
    }

    /**
     * Convection–diffusion −ε Δu + w·∇u = 1 on the unit cube with the wind along (1, 1, 1): as
     * {@link #convectionDiffusion2d}, with n = N³ and p = Pe (1, 1, 1)/√3.
     *
     * @param side N
     * @param peclet Pe, finite and at least 0
     * @param scheme how the convective term is discretised
     * @return the system
     */
    public static LinearSystem convectionDiffusion3d(int side, double peclet, Scheme scheme) {
        double each = peclet / Math.sqrt(3);
        return convectionDiffusion(3, side, peclet, new double[] {each, each, each}, scheme);
    }

    private static LinearSystem convectionDiffusion(int d, int side, double peclet, double[] p, Scheme scheme) {
        if (!(peclet >= 0 && peclet < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("peclet = " + peclet + ", expected a finite number, at least 0");
        }
        double[] stencil = new double[7];
        int[] before = {Grid.WEST, Grid.SOUTH, Grid.DOWN};
        int[] after = {Grid.EAST, Grid.NORTH, Grid.UP};
        for (int k = 0; k < d; k++) {
            boolean central = scheme == Scheme.CENTRAL;
            double fromBefore = central ? p[k] / 2 : Math.max(p[k], 0);
            double fromAfter = central ? -p[k] / 2 : Math.max(-p[k], 0);
            stencil[before[k]] = -1 - fromBefore;
            stencil[after[k]] = -1 - fromAfter;
            stencil[Grid.CENTRE] += 2 + fromBefore + fromAfter;
        }
        Grid grid = d == 2 ? Grid.square(side) : Grid.cube(side);
        CsrMatrix a = grid.matrix((x, y, z, s) -> System.arraycopy(stencil, 0, s, 0, 7));
        return new LinearSystem(
                "convection-diffusion" + d + "d-" + side,
                a,
                Diffusion.load(a.rows(), side),
                null,
                "heat carried by a constant wind, not symmetric");
    }

    /**
     * Helmholtz −Δu − κ² u = δ on the unit square, u = 0 on the boundary, with a point source in the middle.
     *
     * <p>N interior points each way, h = 1/(N + 1), natural order, n = N². The matrix is h² times the operator: 4 − κ²h²
     * in the centre, −1 beside. Its eigenvalues are those of the Poisson matrix less κ²h², so it is indefinite from
     * κ² &gt; 2π² on, and singular where κ² meets one. b is 1 at point ((N − 1)/2, (N − 1)/2), rounded down, 0 elsewhere.
     *
     * @param side N
     * @param wavenumber κ, finite and at least 0; some 0.6/h resolves a wave by ten points
     * @return the system
     */
    public static LinearSystem helmholtz2d(int side, double wavenumber) {
        if (!(wavenumber >= 0 && wavenumber < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("wavenumber = " + wavenumber + ", expected a finite number, at least 0");
        }
        double kh = wavenumber / (side + 1);
        Grid grid = Grid.square(side);
        CsrMatrix a = grid.matrix((x, y, z, s) -> {
            Arrays.fill(s, -1);
            s[Grid.CENTRE] = 4 - kh * kh;
        });
        double[] b = new double[a.rows()];
        b[grid.index((side - 1) / 2, (side - 1) / 2, 0)] = 1;
        return new LinearSystem("helmholtz2d-" + side, a, b, null, "waves from a point source, symmetric indefinite");
    }
}
