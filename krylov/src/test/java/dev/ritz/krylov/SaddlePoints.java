package dev.ritz.krylov;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/** Saddle point systems (A, Bᵀ; B, 0) on m × m cells of the unit square, unknowns field by field. */
final class SaddlePoints {
    /** The matrix and how many unknowns its two fields have. */
    record System(CsrMatrix a, int first, int second) {}

    private SaddlePoints() {}

    /**
     * Stokes' equations on a staggered grid (MAC), no slip: velocities on the inner faces, pressures in the cells. The
     * constant pressure is its null space.
     */
    static System stokes(int m) {
        int faces = m * (m - 1);
        Triplets t = new Triplets();
        for (int line = 0; line < m; line++) {
            for (int k = 0; k < m - 1; k++) {
                int u = line * (m - 1) + k; // between cells (k, line) and (k + 1, line)
                int v = faces + u; // between cells (line, k) and (line, k + 1)
                for (int unknown : new int[] {u, v}) {
                    // beside a wall along the flow the ghost value is −u
                    t.add(unknown, unknown, 4 + (line == 0 ? 1 : 0) + (line == m - 1 ? 1 : 0));
                    if (k > 0) {
                        t.both(unknown, unknown - 1, -1);
                    }
                    if (line > 0) {
                        t.both(unknown, unknown - (m - 1), -1);
                    }
                }
                double h = 1.0 / m;
                t.both(2 * faces + line * m + k, u, h);
                t.both(2 * faces + line * m + k + 1, u, -h);
                t.both(2 * faces + k * m + line, v, h);
                t.both(2 * faces + (k + 1) * m + line, v, -h);
            }
        }
        return new System(t.matrix(2 * faces + m * m), 2 * faces, m * m);
    }

    /** Darcy's law with a conductivity that varies by 100, fluxes through all faces with the pressure 0 outside. */
    static System darcy(int m) {
        int faces = m * (m + 1);
        Triplets t = new Triplets();
        for (int line = 0; line < m; line++) {
            for (int k = 0; k <= m; k++) {
                int u = line * (m + 1) + k;
                int v = faces + u;
                t.add(u, u, Math.pow(10, Math.sin(3.0 * line / m + 5.0 * k / m)));
                t.add(v, v, Math.pow(10, Math.cos(4.0 * line / m - 2.0 * k / m)));
                for (int side = 0; side < 2; side++) {
                    int cell = k - side;
                    if (cell >= 0 && cell < m) {
                        t.both(2 * faces + line * m + cell, u, side == 0 ? -1 : 1);
                        t.both(2 * faces + cell * m + line, v, side == 0 ? -1 : 1);
                    }
                }
            }
        }
        return new System(t.matrix(2 * faces + m * m), 2 * faces, m * m);
    }

    /** A right-hand side that is consistent. */
    static double[] image(CsrMatrix a) {
        double[] x = new double[a.rows()];
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.sin(3 * i + 1) + 0.2;
        }
        double[] b = new double[x.length];
        a.apply(x, b);
        return b;
    }

    private static final class Triplets {
        private int count;
        private int[] rows = new int[64];
        private int[] cols = new int[64];
        private double[] values = new double[64];

        void add(int i, int j, double value) {
            if (count == rows.length) {
                rows = Arrays.copyOf(rows, 2 * count);
                cols = Arrays.copyOf(cols, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            rows[count] = i;
            cols[count] = j;
            values[count++] = value;
        }

        void both(int i, int j, double value) {
            add(i, j, value);
            add(j, i, value);
        }

        CsrMatrix matrix(int n) {
            return CsrMatrix.fromCoo(n, n, count, rows, cols, values);
        }
    }
}
