package dev.ritz.preconditioners.multigrid;

import java.util.Arrays;

/**
 * The tentative prolongator P̂ of a partition: in the rows of each aggregate an orthonormal basis of the near-null space
 * there, so that P̂ B_c = B. Row i is dense over the columns of its aggregate.
 *
 * <p>A vector that depends on those before it, as on an aggregate of too few nodes, gets a column of zeros.
 *
 * @param columns per aggregate: the vectors of the near-null space
 * @param values of row i at i · columns
 * @param coarse B_c, row by row: the triangular factor of each aggregate
 */
record Tentative(int columns, double[] values, double[] coarse) {
    /** How small a vector may become by orthogonalisation before it counts as dependent. */
    private static final double DEPENDENT = 1e-10;

    /**
     * Orthogonalises on each aggregate.
     *
     * @param b the near-null space row by row; overwritten
     * @param unknowns rows per node
     */
    static Tentative of(Aggregates aggregates, double[] b, int unknowns, int columns) {
        double[] coarse = new double[Math.multiplyExact(aggregates.count(), columns * columns)];
        int[] of = aggregates.of();
        for (int i = 0; i < of.length; i++) {
            if (of[i] < 0) {
                Arrays.fill(b, i * unknowns * columns, (i + 1) * unknowns * columns, 0);
            }
        }
        if (columns == 1) {
            normalise(of, b, unknowns, coarse);
            return new Tentative(1, b, coarse);
        }
        int[] start = new int[aggregates.count() + 1];
        for (int a : of) {
            if (a >= 0) {
                start[a + 1]++;
            }
        }
        for (int a = 0; a < aggregates.count(); a++) {
            start[a + 1] += start[a];
        }
        int[] members = new int[start[aggregates.count()]];
        int[] next = start.clone();
        for (int i = 0; i < of.length; i++) {
            if (of[i] >= 0) {
                members[next[of[i]]++] = i;
            }
        }
        for (int a = 0; a < aggregates.count(); a++) {
            orthogonalise(members, start[a], start[a + 1], b, unknowns, columns, coarse, a * columns * columns);
        }
        return new Tentative(columns, b, coarse);
    }

    private static void normalise(int[] of, double[] b, int unknowns, double[] coarse) {
        for (int i = 0; i < b.length; i++) {
            int a = of[i / unknowns];
            if (a >= 0) {
                coarse[a] += b[i] * b[i];
            }
        }
        for (int a = 0; a < coarse.length; a++) {
            coarse[a] = Math.sqrt(coarse[a]);
        }
        for (int i = 0; i < b.length; i++) {
            int a = of[i / unknowns];
            b[i] = a >= 0 && coarse[a] > 0 ? b[i] / coarse[a] : 0;
        }
    }

    /** Modified Gram-Schmidt, twice, over the rows of the nodes members[from … to). */
    private static void orthogonalise(
            int[] members, int from, int to, double[] b, int unknowns, int columns, double[] r, int at) {
        for (int c = 0; c < columns; c++) {
            double before = norm(members, from, to, b, unknowns, columns, c);
            for (int pass = 0; pass < 2; pass++) {
                for (int d = 0; d < c; d++) {
                    double dot = 0;
                    for (int m = from; m < to; m++) {
                        for (int i = members[m] * unknowns, end = i + unknowns; i < end; i++) {
                            dot += b[i * columns + d] * b[i * columns + c];
                        }
                    }
                    r[at + d * columns + c] += dot;
                    for (int m = from; m < to; m++) {
                        for (int i = members[m] * unknowns, end = i + unknowns; i < end; i++) {
                            b[i * columns + c] -= dot * b[i * columns + d];
                        }
                    }
                }
            }
            double norm = norm(members, from, to, b, unknowns, columns, c);
            boolean independent = norm > DEPENDENT * before;
            r[at + c * columns + c] = independent ? norm : 0;
            for (int m = from; m < to; m++) {
                for (int i = members[m] * unknowns, end = i + unknowns; i < end; i++) {
                    b[i * columns + c] = independent ? b[i * columns + c] / norm : 0;
                }
            }
        }
    }

    private static double norm(int[] members, int from, int to, double[] b, int unknowns, int columns, int c) {
        double square = 0;
        for (int m = from; m < to; m++) {
            for (int i = members[m] * unknowns, end = i + unknowns; i < end; i++) {
                square += b[i * columns + c] * b[i * columns + c];
            }
        }
        return Math.sqrt(square);
    }
}
