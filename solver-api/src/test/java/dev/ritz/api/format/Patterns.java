package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import java.util.Random;
import java.util.TreeMap;

/** Matrices of every shape the formats treat differently. */
final class Patterns {
    private Patterns() {}

    /** A stencil on a cube with variable, nonsymmetric coefficients; periodic in the first direction when asked. */
    static CsrMatrix grid(int side, int depth, boolean periodic, boolean symmetric) {
        int n = side * side * depth;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            int u = i % side;
            int v = i / side % side;
            int w = i / (side * side);
            TreeMap<Integer, Double> row = new TreeMap<>();
            row.put(i, 7 + 0.1 * (i % 5));
            couple(row, i, u > 0 ? i - 1 : periodic ? i + side - 1 : i, symmetric);
            couple(row, i, u < side - 1 ? i + 1 : periodic ? i - side + 1 : i, symmetric);
            couple(row, i, v > 0 ? i - side : i, symmetric);
            couple(row, i, v < side - 1 ? i + side : i, symmetric);
            couple(row, i, w > 0 ? i - side * side : i, symmetric);
            couple(row, i, w < depth - 1 ? i + side * side : i, symmetric);
            row.forEach(rows::add);
            rows.endRow();
        }
        return rows.build();
    }

    private static void couple(TreeMap<Integer, Double> row, int i, int j, boolean symmetric) {
        if (i != j) {
            int key = symmetric ? i + j : 2 * i + j;
            row.put(j, -1 - 0.01 * (key % 13));
        }
    }

    /** Every diagonal from −below to above, random values; rows and columns may differ. */
    static CsrMatrix band(int m, int n, int below, int above, long seed) {
        Random random = new Random(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < m; i++) {
            for (int j = Math.max(0, i - below); j <= Math.min(n - 1, i + above); j++) {
                rows.add(j, random.nextGaussian());
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** Random columns, row lengths from 0 to {@code most}. */
    static CsrMatrix scattered(int m, int n, int most, long seed) {
        Random random = new Random(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < m; i++) {
            random.ints(n == 0 ? 0 : random.nextInt(most + 1), 0, Math.max(1, n))
                    .distinct()
                    .sorted()
                    .forEach(j -> rows.add(j, random.nextGaussian()));
            rows.endRow();
        }
        return rows.build();
    }

    /** A block tridiagonal matrix of full or, where {@code holes}, not quite full blocks of b by b. */
    static CsrMatrix blocks(int nodes, int b, boolean holes, long seed) {
        Random random = new Random(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(nodes * b);
        for (int i = 0; i < nodes * b; i++) {
            int node = i / b;
            for (int j = Math.max(0, node - 1) * b; j < Math.min(nodes, node + 2) * b; j++) {
                if (!holes || i == j || random.nextInt(6) > 0) {
                    rows.add(j, random.nextGaussian());
                }
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** Renumbers at random. */
    static CsrMatrix shuffled(CsrMatrix a, long seed) {
        Random random = new Random(seed);
        int[] p = new int[a.rows()];
        for (int i = 0; i < p.length; i++) {
            int j = random.nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return a.permute(p);
    }

    /** Adds entries of value v at (i, j) for each triple. */
    static CsrMatrix with(CsrMatrix a, double[]... entries) {
        TreeMap<Long, Double> all = new TreeMap<>();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                all.put((long) i * a.cols() + a.colIdx()[k], a.values()[k]);
            }
        }
        for (double[] e : entries) {
            all.put((long) e[0] * a.cols() + (long) e[1], e[2]);
        }
        int[] rowIdx = new int[all.size()];
        int[] colIdx = new int[all.size()];
        double[] values = new double[all.size()];
        int at = 0;
        for (var e : all.entrySet()) {
            rowIdx[at] = (int) (e.getKey() / a.cols());
            colIdx[at] = (int) (e.getKey() % a.cols());
            values[at++] = e.getValue();
        }
        return CsrMatrix.fromCoo(a.rows(), a.cols(), rowIdx, colIdx, values);
    }

    /** Each entry becomes a full block of b by b. */
    static CsrMatrix blown(CsrMatrix a, int b) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(a.cols() * b);
        for (int i = 0; i < a.rows() * b; i++) {
            for (int k = a.rowPtr()[i / b]; k < a.rowPtr()[i / b + 1]; k++) {
                for (int q = 0; q < b; q++) {
                    rows.add(a.colIdx()[k] * b + q, a.values()[k] + 0.1 * q + 0.01 * (i % b));
                }
            }
            rows.endRow();
        }
        return rows.build();
    }

    /** Keeps that share of the couplings, the same ones on both sides of the diagonal. */
    static CsrMatrix thinned(CsrMatrix a, double share) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(a.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                int j = a.colIdx()[k];
                if (i == j
                        || new Random(0x9E3779B97F4A7C15L * Math.min(i, j) + 0x5eedL * Math.abs(i - j)).nextDouble()
                                < share) {
                    rows.add(j, a.values()[k]);
                }
            }
            rows.endRow();
        }
        return rows.build();
    }
}
