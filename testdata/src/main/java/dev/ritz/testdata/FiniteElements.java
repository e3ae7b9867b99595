package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/** Finite elements: Poisson's equation on triangles in disorder, and plane elasticity on squares. */
public final class FiniteElements {

    private FiniteElements() {}

    /**
     * −Δu = 2π² sin(πx) sin(πy) on the unit square, u = 0 on the boundary, by linear elements (P1).
     *
     * <p>The mesh starts from (N + 2)² points i h, h = 1/(N + 1). Each interior point moves by up to {@code jitter} · h
     * in both directions, each square is cut along one of its diagonals, drawn at random, and the n = N² interior
     * points are numbered in random order. Stiffness is exact, and symmetric to the last bit; the load is f at each
     * point times a third of the area around it. The nodal error is of second order in h.
     *
     * @param side N
     * @param jitter at least 0, below 0.25, so that no triangle turns over
     * @param seed of points, diagonals and order
     * @return the system
     */
    public static LinearSystem fem2d(int side, double jitter, long seed) {
        Triangles mesh = Triangles.unstructured(side, jitter, seed);
        int n = side * side;
        int[] rows = new int[9 * mesh.count()];
        int[] cols = new int[9 * mesh.count()];
        double[] values = new double[9 * mesh.count()];
        double[] area = new double[n];
        double[] gx = new double[3];
        double[] gy = new double[3];
        int entries = 0;
        for (int t = 0; t < mesh.count(); t++) {
            double doubled = mesh.gradients(t, gx, gy);
            for (int i = 0; i < 3; i++) {
                int row = mesh.unknown(t, i);
                if (row < 0) {
                    continue;
                }
                area[row] += doubled / 6;
                for (int j = 0; j < 3; j++) {
                    int col = mesh.unknown(t, j);
                    if (col >= 0) {
                        rows[entries] = row;
                        cols[entries] = col;
                        values[entries++] = (gx[i] * gx[j] + gy[i] * gy[j]) / (2 * doubled);
                    }
                }
            }
        }
        CsrMatrix a = CsrMatrix.fromCoo(n, n, entries, rows, cols, values);
        double[] b = new double[n];
        for (int v = 0; v < mesh.points(); v++) {
            int i = mesh.unknown(v);
            if (i >= 0) {
                double f = 2 * Math.PI * Math.PI * Math.sin(Math.PI * mesh.x(v)) * Math.sin(Math.PI * mesh.y(v));
                b[i] = f * area[i];
            }
        }
        return new LinearSystem("fem2d-" + side, a, b, null, "Poisson's equation on an unstructured triangulation");
    }

    /**
     * Linear elasticity in plane stress on the unit square, thickness and Young's modulus 1, by bilinear elements (Q1)
     * with exact integration; gravity (0, −1), every edge free except x = 0, which is clamped.
     *
     * <p>N × N elements; nodes in natural order, x fastest, without the clamped ones; the unknowns 2i and 2i + 1 are the
     * displacements of node i in x and y; n = 2 N (N + 1). In two dimensions the matrix does not depend on h, and b is
     * h² times gravity, shared equally by the four corners of an element.
     *
     * @param elements N
     * @param poisson Poisson's ratio, above −1 and below 1
     * @return the system
     */
    public static LinearSystem elasticity2d(int elements, double poisson) {
        return elasticity(elements, poisson, true);
    }

    /**
     * As {@link #elasticity2d} with the edge x = 0 free too: n = 2 (N + 1)², and the null space is spanned by two
     * translations and a rotation, so that this load, which has a resultant, is inconsistent.
     *
     * @param elements N
     * @param poisson Poisson's ratio, above −1 and below 1
     * @return the singular system
     */
    public static LinearSystem freeElasticity2d(int elements, double poisson) {
        return elasticity(elements, poisson, false);
    }

    private static LinearSystem elasticity(int elements, double poisson, boolean clamped) {
        if (!(poisson > -1 && poisson < 1)) {
            throw new IllegalArgumentException("poisson = " + poisson + ", expected a number above -1 and below 1");
        }
        if (elements < 1 || elements > 5_000) {
            throw new IllegalArgumentException("elements = " + elements + ", expected 1 to 5000");
        }
        double[][] element = planeStressSquare(poisson);
        int skipped = clamped ? 1 : 0;
        int width = elements + 1 - skipped;
        int n = 2 * width * (elements + 1);
        int[] rows = new int[64 * elements * elements];
        int[] cols = new int[rows.length];
        double[] values = new double[rows.length];
        double[] b = new double[n];
        int[] dof = new int[8];
        int entries = 0;
        for (int y = 0; y < elements; y++) {
            for (int x = 0; x < elements; x++) {
                for (int corner = 0; corner < 4; corner++) {
                    int column = x + corner % 2 - skipped;
                    int node = column + width * (y + corner / 2);
                    dof[2 * corner] = column < 0 ? -1 : 2 * node;
                    dof[2 * corner + 1] = column < 0 ? -1 : 2 * node + 1;
                }
                for (int i = 0; i < 8; i++) {
                    if (dof[i] < 0) {
                        continue;
                    }
                    b[dof[i]] -= i % 2 == 0 ? 0 : 0.25 / ((double) elements * elements);
                    for (int j = 0; j < 8; j++) {
                        if (dof[j] >= 0) {
                            rows[entries] = dof[i];
                            cols[entries] = dof[j];
                            values[entries++] = element[i][j];
                        }
                    }
                }
            }
        }
        CsrMatrix a = CsrMatrix.fromCoo(n, n, entries, rows, cols, values).symmetricPart();
        return new LinearSystem(
                (clamped ? "elasticity2d-" : "free-elasticity2d-") + elements,
                a,
                b,
                null,
                clamped ? "a plate clamped at one edge under its own weight" : "a plate that nothing holds, singular");
    }

    /** ∫ Bᵀ D B over the unit square by 2 × 2 Gauss points, which are exact for bilinear shapes. */
    private static double[][] planeStressSquare(double poisson) {
        double d = 1 / (1 - poisson * poisson);
        double shear = 0.5 * (1 - poisson) * d;
        double[][] k = new double[8][8];
        double offset = 0.5 / Math.sqrt(3);
        for (int point = 0; point < 4; point++) {
            double x = 0.5 + (point % 2 == 0 ? -offset : offset);
            double y = 0.5 + (point / 2 == 0 ? -offset : offset);
            double[] dx = {-(1 - y), 1 - y, -y, y};
            double[] dy = {-(1 - x), -x, 1 - x, x};
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    k[2 * i][2 * j] += 0.25 * (d * dx[i] * dx[j] + shear * dy[i] * dy[j]);
                    k[2 * i][2 * j + 1] += 0.25 * (d * poisson * dx[i] * dy[j] + shear * dy[i] * dx[j]);
                    k[2 * i + 1][2 * j] += 0.25 * (d * poisson * dy[i] * dx[j] + shear * dx[i] * dy[j]);
                    k[2 * i + 1][2 * j + 1] += 0.25 * (d * dy[i] * dy[j] + shear * dx[i] * dx[j]);
                }
            }
        }
        return k;
    }

    /** A triangulation of the unit square. */
    record Triangles(double[] px, double[] py, int[] corners, int[] unknowns) {

        static Triangles unstructured(int side, double jitter, long seed) {
            if (!(jitter >= 0 && jitter < 0.25)) {
                throw new IllegalArgumentException("jitter = " + jitter + ", expected at least 0 and below 0.25");
            }
            if (side < 1 || side > 10_000) {
                throw new IllegalArgumentException("side = " + side + ", expected 1 to 10000");
            }
            Draws draws = new Draws(seed);
            int width = side + 2;
            double h = 1.0 / (side + 1);
            int[] order = draws.permutation(side * side);
            double[] px = new double[width * width];
            double[] py = new double[width * width];
            int[] unknowns = new int[width * width];
            Arrays.fill(unknowns, -1);
            int interior = 0;
            for (int y = 0; y < width; y++) {
                for (int x = 0; x < width; x++) {
                    int v = x + width * y;
                    boolean moves = x > 0 && x <= side && y > 0 && y <= side;
                    px[v] = h * (x + (moves ? jitter * (2 * draws.uniform() - 1) : 0));
                    py[v] = h * (y + (moves ? jitter * (2 * draws.uniform() - 1) : 0));
                    if (moves) {
                        unknowns[v] = order[interior++];
                    }
                }
            }
            int[] corners = new int[6 * (side + 1) * (side + 1)];
            int k = 0;
            for (int y = 0; y <= side; y++) {
                for (int x = 0; x <= side; x++) {
                    int v = x + width * y;
                    int[] cut = draws.uniform() < 0.5
                            ? new int[] {v, v + 1, v + width + 1, v, v + width + 1, v + width}
                            : new int[] {v, v + 1, v + width, v + 1, v + width + 1, v + width};
                    System.arraycopy(cut, 0, corners, k, 6);
                    k += 6;
                }
            }
            return new Triangles(px, py, corners, unknowns);
        }

        int count() {
            return corners.length / 3;
        }

        int points() {
            return px.length;
        }

        double x(int v) {
            return px[v];
        }

        double y(int v) {
            return py[v];
        }

        /** The row of a point, −1 on the boundary. */
        int unknown(int v) {
            return unknowns[v];
        }

        int unknown(int t, int corner) {
            return unknowns[corners[3 * t + corner]];
        }

        /** The gradients of the three hat functions times twice the area; returns twice the area. */
        double gradients(int t, double[] gx, double[] gy) {
            for (int i = 0; i < 3; i++) {
                int next = corners[3 * t + (i + 1) % 3];
                int last = corners[3 * t + (i + 2) % 3];
                gx[i] = py[next] - py[last];
                gy[i] = px[last] - px[next];
            }
            return gx[1] * gy[2] - gx[2] * gy[1];
        }
    }
}
