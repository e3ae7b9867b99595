package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.preconditioners.domain.Direct;
import dev.ritz.testdata.LinearSystem;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The 2 × 2 thermal block with conductivities in [0.1, 1] on 48 × 48 cells, and its proper orthogonal decomposition in
 * the energy product of unit conductivities, from 81 snapshots.
 */
final class ThermalBlockBasis {
    static final int SIDE = 48;
    static final double[][] TEST = {
        {0.2, 0.5, 0.8, 0.3},
        {0.9, 0.15, 0.4, 0.6},
        {0.12, 0.95, 0.7, 0.25},
        {0.6, 0.6, 0.13, 0.9},
        {0.35, 0.22, 0.98, 0.11}
    };

    private ThermalBlockBasis() {}

    /** Harmonic means between cells, half cells at the boundary, b = h²; blocks by x fastest. */
    static LinearSystem system(double... mu) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(SIDE * SIDE);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                double a = at(mu, x, y);
                double south = y == 0 ? 2 * a : mean(a, at(mu, x, y - 1));
                double west = x == 0 ? 2 * a : mean(a, at(mu, x - 1, y));
                double east = x == SIDE - 1 ? 2 * a : mean(a, at(mu, x + 1, y));
                double north = y == SIDE - 1 ? 2 * a : mean(a, at(mu, x, y + 1));
                int i = x + SIDE * y;
                add(rows, y > 0, i - SIDE, -south);
                add(rows, x > 0, i - 1, -west);
                rows.add(i, south + west + east + north);
                add(rows, x < SIDE - 1, i + 1, -east);
                add(rows, y < SIDE - 1, i + SIDE, -north);
                rows.endRow();
            }
        }
        double[] b = new double[SIDE * SIDE];
        Arrays.fill(b, 1.0 / SIDE / SIDE);
        return new LinearSystem("thermal block", rows.build(), b, null, "four conductivities");
    }

    private static void add(CsrRowBuilder rows, boolean inside, int j, double value) {
        if (inside) {
            rows.add(j, value);
        }
    }

    private static double at(double[] mu, int x, int y) {
        return mu[(x < SIDE / 2 ? 0 : 1) + (y < SIDE / 2 ? 0 : 2)];
    }

    private static double mean(double a, double b) {
        return 2 * a * b / (a + b);
    }

    /** The first modes, and the singular values relative to the first. */
    record Pod(double[][] modes, double[] sigma) {}

    static Pod pod(int most) {
        CsrMatrix x = system(1, 1, 1, 1).a();
        int n = x.rows();
        double[] values = {0.1, Math.sqrt(0.1), 1};
        double[][] q = new double[81][];
        DMatrixRMaj r = new DMatrixRMaj(81, 81); // snapshots = Q R, Q orthonormal in X
        int rank = 0;
        double first = 0;
        for (int s = 0; s < 81; s++) {
            LinearSystem system = system(values[s % 3], values[s / 3 % 3], values[s / 9 % 3], values[s / 27]);
            Preconditioner solve = new Direct().build(system.a());
            double[] u = new double[n];
            solve.apply(system.b(), u);
            double[] xu = new double[n];
            for (int pass = 0; pass < 3; pass++) {
                for (int j = 0; j < rank; j++) {
                    x.apply(u, xu);
                    double h = dot(q[j], xu);
                    r.add(j, s, h);
                    for (int i = 0; i < n; i++) {
                        u[i] -= h * q[j][i];
                    }
                }
            }
            x.apply(u, xu);
            double norm = Math.sqrt(dot(u, xu));
            first = s == 0 ? norm : first;
            if (norm > 1e-14 * first) {
                r.set(rank, s, norm);
                for (int i = 0; i < n; i++) {
                    u[i] /= norm;
                }
                q[rank++] = u;
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(81, 81, true, false, false);
        svd.decompose(r.copy());
        DMatrixRMaj w = svd.getU(null, false);
        double[] sigma = svd.getSingularValues();
        Integer[] order = new Integer[81];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Double.compare(sigma[j], sigma[i]));
        double[][] modes = new double[most][n];
        double[] relative = new double[81];
        for (int k = 0; k < 81; k++) {
            relative[k] = sigma[order[k]] / sigma[order[0]];
            for (int j = 0; k < most && j < rank; j++) {
                for (int i = 0; i < n; i++) {
                    modes[k][i] += q[j][i] * w.get(j, order[k]);
                }
            }
        }
        return new Pod(modes, relative);
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
