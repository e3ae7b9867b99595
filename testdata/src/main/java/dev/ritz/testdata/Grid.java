package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;

/**
 * A rectangular grid of nx × ny × nz points in natural order, x fastest: point (x, y, z) is row x + nx (y + ny z).
 * Matrices are counted, then filled.
 */
record Grid(int nx, int ny, int nz) {
    static final int DOWN = 0;
    static final int SOUTH = 1;
    static final int WEST = 2;
    static final int CENTRE = 3;
    static final int EAST = 4;
    static final int NORTH = 5;
    static final int UP = 6;

    /** The most entries one matrix can hold. */
    private static final long MOST = Integer.MAX_VALUE - 8;

    /** The stencil of one point. */
    interface Stencil {
        /** Writes the seven coefficients of a point; those that lead out of the grid are dropped. */
        void at(int x, int y, int z, double[] s);
    }

    Grid {
        if (nx < 1 || ny < 1 || nz < 1) {
            throw new IllegalArgumentException(
                    "the grid has " + nx + " by " + ny + " by " + nz + " points, expected at least 1 each way");
        }
        double entries = entries((double) nx, ny, nz);
        if (entries > MOST) {
            throw new IllegalArgumentException("a grid of " + nx + " by " + ny + " by " + nz + " points has "
                    + Math.round(entries) + " matrix entries, expected at most " + MOST);
        }
    }

    static Grid line(int n) {
        return new Grid(n, 1, 1);
    }

    static Grid square(int n) {
        return new Grid(n, n, 1);
    }

    static Grid cube(int n) {
        return new Grid(n, n, n);
    }

    private static double entries(double nx, double ny, double nz) {
        return 7 * nx * ny * nz - 2 * (ny * nz + nx * nz + nx * ny);
    }

    int points() {
        return nx * ny * nz;
    }

    int index(int x, int y, int z) {
        return x + nx * (y + ny * z);
    }

    CsrMatrix matrix(Stencil stencil) {
        int n = points();
        int nnz = (int) entries(nx, ny, nz);
        int[] rowPtr = new int[n + 1];
        int[] colIdx = new int[nnz];
        double[] values = new double[nnz];
        double[] s = new double[7];
        int i = 0;
        int k = 0;
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    stencil.at(x, y, z, s);
                    if (z > 0) {
                        colIdx[k] = i - nx * ny;
                        values[k++] = s[DOWN];
                    }
                    if (y > 0) {
                        colIdx[k] = i - nx;
                        values[k++] = s[SOUTH];
                    }
                    if (x > 0) {
                        colIdx[k] = i - 1;
                        values[k++] = s[WEST];
                    }
                    colIdx[k] = i;
                    values[k++] = s[CENTRE];
                    if (x < nx - 1) {
                        colIdx[k] = i + 1;
                        values[k++] = s[EAST];
                    }
                    if (y < ny - 1) {
                        colIdx[k] = i + nx;
                        values[k++] = s[NORTH];
                    }
                    if (z < nz - 1) {
                        colIdx[k] = i + nx * ny;
                        values[k++] = s[UP];
                    }
                    rowPtr[++i] = k;
                }
            }
        }
        return CsrMatrix.of(SparsityPattern.of(n, n, rowPtr, colIdx), values);
    }
}
