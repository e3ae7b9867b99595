package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;

/** Small matrices for the suites, written down entry by entry. */
final class Matrices {

    private Matrices() {}

    static CsrMatrix tridiagonal(int n, double lower, double diagonal, double upper) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, lower);
            }
            rows.add(i, diagonal);
            if (i < n - 1) {
                rows.add(i + 1, upper);
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** Tridiagonal with ones beside a diagonal of 3, −3, 3, …: spectrum within ±[1, 5]. */
    static CsrMatrix alternating(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, 1);
            }
            rows.add(i, i % 2 == 0 ? 3 : -3);
            if (i < n - 1) {
                rows.add(i + 1, 1);
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** The five-point Laplacian on side × side points, Dirichlet, plus a shift. */
    static CsrMatrix grid(int side, double shift) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(side * side);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int i = y * side + x;
                if (y > 0) {
                    rows.add(i - side, -1);
                }
                if (x > 0) {
                    rows.add(i - 1, -1);
                }
                rows.add(i, 4 + shift);
                if (x < side - 1) {
                    rows.add(i + 1, -1);
                }
                if (y < side - 1) {
                    rows.add(i + side, -1);
                }
                rows.endRow();
            }
        }
        return rows.build();
    }

    /** The one-dimensional Laplacian with Neumann conditions: constants are its null space. */
    static CsrMatrix neumann(int n) {
        CsrMatrix a = tridiagonal(n, -1, 2, -1);
        double[] values = a.values().clone();
        values[a.pattern().position(0, 0)] = 1;
        values[a.pattern().position(n - 1, n - 1)] = 1;
        return a.withValues(values);
    }

    static CsrMatrix diagonal(double... d) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(d.length);
        for (int i = 0; i < d.length; i++) {
            rows.add(i, d[i]).endRow();
        }
        return rows.build();
    }

    /** Ones at (i, i + 1) and (n − 1, 0): orthogonal, and a residual of one unit vector only moves around. */
    static CsrMatrix cyclicShift(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add((i + 1) % n, 1).endRow();
        }
        return rows.build();
    }

    static CsrMatrix scaled(CsrMatrix a, double factor) {
        double[] values = a.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] *= factor;
        }
        return a.withValues(values);
    }

    static CsrMatrix with(CsrMatrix a, int position, double value) {
        double[] values = a.values().clone();
        values[position] = value;
        return a.withValues(values);
    }
}
