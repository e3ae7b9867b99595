package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.Poisson;

/**
 * The time stepping of the heat experiment in Khodak et al. 2024 as their code has it: u_t = κ(t) Δu + f on the unit
 * square, u = 0 on the boundary, Crank–Nicolson; each right-hand side depends on the solution before.
 */
final class HeatEquation {
    private final int nx;
    private final double dt;
    private final CsrMatrix laplacian; // −Δ times h²
    private final int[] diagonal;
    private final double[] u;
    private final double[] b;
    private int steps;

    HeatEquation(int nx, double dt) {
        this.nx = nx;
        this.dt = dt;
        laplacian = Poisson.poisson2d(nx - 1).a();
        diagonal = laplacian.pattern().diagonalPositions();
        u = new double[laplacian.rows()];
        b = new double[u.length];
        for (int k = 0; k < u.length; k++) {
            u[k] = bump(x(k), y(k), 0.5, 0.5, 0.25);
        }
    }

    static double kappa(double t) {
        double sine = Math.sin(2 * Math.PI * t);
        return Math.max(0.1 * sine, -10 * sine);
    }

    /** κ at the time reached: the context. */
    double context() {
        return kappa(steps * dt);
    }

    int size() {
        return u.length;
    }

    /** The solution, which a solve of {@link #matrix} and {@link #rightHandSide} overwrites: a warm start. */
    double[] u() {
        return u;
    }

    /** I − ½ κ(t + Δt/2) Δt Δ_h. */
    CsrMatrix matrix() {
        double factor = 0.5 * kappa((steps + 0.5) * dt) * dt * nx * nx;
        double[] values = laplacian.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
        for (int k : diagonal) {
            values[k] += 1;
        }
        return laplacian.withValues(values);
    }

    /** (I + ½ κ Δt Δ_h) u + Δt f(t + Δt/2). */
    double[] rightHandSide(CsrMatrix a) {
        double t = (steps + 0.5) * dt;
        double cx = 0.5 + Math.cos(16 * Math.PI * t) / 4;
        double cy = 0.5 + Math.sin(16 * Math.PI * t) / 4;
        a.apply(u, b);
        for (int k = 0; k < b.length; k++) {
            b[k] = 2 * u[k] - b[k] + dt * 32 * bump(x(k), y(k), cx, cy, 0.125);
        }
        return b;
    }

    void advance() {
        steps++;
    }

    // Points are numbered from the last to the first: our SSOR sweeps downwards first, theirs upwards.
    private double x(int k) {
        int row = (u.length - 1 - k) / (nx - 1);
        return (row + 1.0) / nx;
    }

    private double y(int k) {
        int place = (u.length - 1 - k) % (nx - 1);
        return (place + 1.0) / nx;
    }

    private static double bump(double x, double y, double cx, double cy, double radius) {
        double s = ((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (radius * radius);
        return s < 1 ? Math.exp(1 - 1 / (1 - s)) : 0;
    }
}
