package dev.ritz.testdata;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import java.util.Arrays;

/** Systems without geometry: random matrices and graphs. */
public final class RandomSystems {

    private RandomSystems() {}

    /**
     * A = M Mᵀ + shift · I, where each row of the n × n matrix M has {@code perRow} standard normal entries in columns
     * drawn with repetition (repeats add up). SPD, eigenvalues at least shift; x = (1, …, 1).
     *
     * @param n the number of unknowns, at least 1
     * @param perRow entries per row of M, 1 to 1000
     * @param shift positive
     * @param seed of M
     * @return the system
     */
    public static LinearSystem randomSpd(int n, int perRow, double shift, long seed) {
        requireSize(n, 1);
        requirePerRow(perRow);
        Diffusion.requirePositive(shift, "shift");
        Draws draws = new Draws(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < perRow; k++) {
                rows.add(draws.index(n), draws.normal());
            }
            rows.endRow();
        }
        CsrMatrix m = rows.build();
        CsrMatrix a =
                m.times(m.transpose()).plus(1, shift, CsrMatrix.identity(n)).symmetricPart();
        return LinearSystem.prescribed("random-spd-" + n, a, ones(n), "a random Gram matrix with a shift");
    }

    /**
     * Each row has {@code perRow} standard normal entries in columns drawn with repetition, and on the diagonal
     * {@code dominance} times the sum of the others' absolute values plus 0.1. Nonsingular for dominance of at least 1;
     * x = (1, …, 1).
     *
     * @param n the number of unknowns, at least 1
     * @param perRow entries per row beside the diagonal, 1 to 1000
     * @param dominance at least 0
     * @param seed of the matrix
     * @return the system
     */
    public static LinearSystem randomNonsymmetric(int n, int perRow, double dominance, long seed) {
        requireSize(n, 1);
        requirePerRow(perRow);
        if (!(dominance >= 0 && dominance < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("dominance = " + dominance + ", expected a finite number, at least 0");
        }
        Draws draws = new Draws(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int k = 0; k < perRow; k++) {
                int j = draws.index(n);
                double value = draws.normal();
                if (j != i) {
                    rows.add(j, value);
                    sum += Math.abs(value);
                }
            }
            rows.add(i, 0.1 + dominance * sum).endRow();
        }
        return LinearSystem.prescribed(
                "random-nonsymmetric-" + n, rows.build(), ones(n), "a random sparse matrix with a heavy diagonal");
    }

    /**
     * The Laplacian D − W of a connected weighted graph: a ring of all vertices and {@code chords} further edges per
     * vertex to partners drawn at random, weights uniform in [½, 3/2). A current of 1 enters at vertex 0 and leaves at the
     * last vertex.
     *
     * @param vertices at least 3
     * @param chords edges drawn per vertex, 0 to 1000
     * @param grounded whether the last vertex is held at 0 and dropped, which leaves n = vertices − 1 unknowns and an
     *     SPD matrix; otherwise n = vertices and constants are the null space
     * @param seed of edges and weights
     * @return the system, consistent in both cases
     */
    public static LinearSystem graphLaplacian(int vertices, int chords, boolean grounded, long seed) {
        requireSize(vertices, 3);
        if (chords < 0 || chords > 1000) {
            throw new IllegalArgumentException("chords = " + chords + ", expected 0 to 1000");
        }
        Draws draws = new Draws(seed);
        int n = grounded ? vertices - 1 : vertices;
        long most = (1L + chords) * vertices;
        if (4 * most > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(most + " edges, expected at most " + (Integer.MAX_VALUE - 8) / 4);
        }
        int[] rows = new int[(int) (4 * most)];
        int[] cols = new int[rows.length];
        double[] values = new double[rows.length];
        int k = 0;
        for (int i = 0; i < vertices; i++) {
            for (int e = 0; e <= chords; e++) {
                int j = e == 0 ? (i + 1) % vertices : draws.index(vertices);
                double w = 0.5 + draws.uniform();
                if (i == j) {
                    continue;
                }
                int[] r = {i, j, i, j};
                int[] c = {i, j, j, i};
                for (int q = 0; q < 4; q++) {
                    if (r[q] < n && c[q] < n) {
                        rows[k] = r[q];
                        cols[k] = c[q];
                        values[k++] = q < 2 ? w : -w;
                    }
                }
            }
        }
        double[] b = new double[n];
        b[0] = 1;
        if (!grounded) {
            b[n - 1] = -1;
        }
        return new LinearSystem(
                "graph-laplacian-" + n,
                CsrMatrix.fromCoo(n, n, k, rows, cols, values),
                b,
                null,
                "potentials in a random network of resistors");
    }

    private static double[] ones(int n) {
        double[] x = new double[n];
        Arrays.fill(x, 1);
        return x;
    }

    private static void requireSize(int n, int least) {
        if (n < least) {
            throw new IllegalArgumentException("n = " + n + ", expected at least " + least);
        }
    }

    private static void requirePerRow(int perRow) {
        if (perRow < 1 || perRow > 1000) {
            throw new IllegalArgumentException("perRow = " + perRow + ", expected 1 to 1000");
        }
    }
}
