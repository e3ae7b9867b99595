package dev.ritz.krylov;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import java.util.Arrays;

/**
 * Ten systems whose coefficients drift: −∇·(a ∇u) + b·∇u = 1 on the unit square, u = 0 on its boundary, N² interior
 * points, a = exp(½ sin(2πX + 0.1 i) cos(2πY + 0.05 i)) at the midpoints of the edges, b = (20 (1 + 0.05 i), 10) or 0,
 * central differences, times h².
 */
final class DriftingSystems {
    static final int COUNT = 10;

    private DriftingSystems() {}

    static CsrMatrix diffusion(int side, int i) {
        return matrix(side, i, 0, 0);
    }

    static CsrMatrix convection(int side, int i) {
        double h = 1.0 / (side + 1);
        return matrix(side, i, 10 * (1 + 0.05 * i) * h, 5 * h);
    }

    static double[] rightHandSide(int side) {
        double[] b = new double[side * side];
        Arrays.fill(b, 1.0 / ((side + 1.0) * (side + 1.0)));
        return b;
    }

    private static CsrMatrix matrix(int side, int i, double alongX, double alongY) {
        double h = 1.0 / (side + 1);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(side * side);
        for (int p = 0; p < side; p++) { // X is the slow index
            for (int q = 0; q < side; q++) {
                double x = (p + 1) * h;
                double y = (q + 1) * h;
                double west = coefficient(x - h / 2, y, i);
                double east = coefficient(x + h / 2, y, i);
                double south = coefficient(x, y - h / 2, i);
                double north = coefficient(x, y + h / 2, i);
                int at = p * side + q;
                if (p > 0) {
                    rows.add(at - side, -west - alongX);
                }
                if (q > 0) {
                    rows.add(at - 1, -south - alongY);
                }
                rows.add(at, west + east + south + north);
                if (q < side - 1) {
                    rows.add(at + 1, -north + alongY);
                }
                if (p < side - 1) {
                    rows.add(at + side, -east + alongX);
                }
                rows.endRow();
            }
        }
        return rows.build();
    }

    private static double coefficient(double x, double y, int i) {
        return StrictMath.exp(
                0.5 * StrictMath.sin(2 * Math.PI * x + 0.1 * i) * StrictMath.cos(2 * Math.PI * y + 0.05 * i));
    }
}
