package dev.ritz.preconditioners.multigrid;

import java.util.Objects;

/**
 * Vectors that the matrix nearly annihilates and that coarse levels must therefore represent: constants for diffusion,
 * rigid motions for elasticity.
 *
 * <p>Rows that belong to one node, as the displacements of a point, are aggregated together.
 */
public final class NearNullSpace {
    /** One constant vector, whatever the size: for one unknown per node. */
    public static final NearNullSpace CONSTANT = new NearNullSpace(1, null);

    private final int unknowns;
    private final double[][] vectors;

    private NearNullSpace(int unknowns, double[][] vectors) {
        this.unknowns = unknowns;
        this.vectors = vectors;
    }

    /**
     * Vectors of one's own.
     *
     * @param unknownsPerNode how many consecutive rows belong to a node, at least 1
     * @param vectors at least one, all of the length of the matrix, not to be changed afterwards
     * @return the space they span
     * @throws IllegalArgumentException naming the vector that is too short, or the entry that is not finite
     */
    public static NearNullSpace of(int unknownsPerNode, double[]... vectors) {
        if (unknownsPerNode < 1) {
            throw new IllegalArgumentException("unknownsPerNode = " + unknownsPerNode + ", expected at least 1");
        }
        if (vectors.length == 0) {
            throw new IllegalArgumentException("vectors is empty, expected at least one vector");
        }
        for (int c = 0; c < vectors.length; c++) {
            if (vectors[c].length != vectors[0].length) {
                throw new IllegalArgumentException("vector " + c + " has length " + vectors[c].length + ", expected "
                        + vectors[0].length + " like vector 0");
            }
            for (int i = 0; i < vectors[c].length; i++) {
                if (!(Math.abs(vectors[c][i]) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "entry " + i + " of vector " + c + " is " + vectors[c][i] + ", expected a finite number");
                }
            }
        }
        if (vectors[0].length % unknownsPerNode != 0) {
            throw new IllegalArgumentException("the vectors have length " + vectors[0].length
                    + ", expected a multiple of unknownsPerNode = " + unknownsPerNode);
        }
        return new NearNullSpace(unknownsPerNode, vectors.clone());
    }

    /**
     * One constant vector for each of several fields, which stand side by side at each node.
     *
     * @param nodes how many nodes
     * @param unknownsPerNode how many consecutive rows belong to a node
     * @return as many vectors as unknowns per node
     */
    public static NearNullSpace constants(int nodes, int unknownsPerNode) {
        double[][] vectors = new double[unknownsPerNode][Math.multiplyExact(nodes, unknownsPerNode)];
        for (int i = 0; i < nodes * unknownsPerNode; i++) {
            vectors[i % unknownsPerNode][i] = 1;
        }
        return of(unknownsPerNode, vectors);
    }

    /**
     * The rigid motions of a body: displacements in 2 or 3 directions, node by node.
     *
     * @param coordinates x of all nodes, y of all nodes, and in three dimensions z
     * @return 3 motions in the plane, 6 in space
     */
    public static NearNullSpace rigidMotions(double[]... coordinates) {
        int d = coordinates.length;
        if (d != 2 && d != 3) {
            throw new IllegalArgumentException("coordinates has " + d + " arrays, expected 2 or 3");
        }
        int nodes = coordinates[0].length;
        double[] middle = new double[d]; // rotations about the middle are far from translations
        for (int c = 0; c < d; c++) {
            Objects.requireNonNull(coordinates[c], "coordinates");
            if (coordinates[c].length != nodes) {
                throw new IllegalArgumentException("coordinate " + c + " has length " + coordinates[c].length
                        + ", expected " + nodes + " like coordinate 0");
            }
            for (double x : coordinates[c]) {
                middle[c] += x / nodes;
            }
        }
        double[][] vectors = new double[d == 2 ? 3 : 6][Math.multiplyExact(d, nodes)];
        for (int i = 0; i < nodes; i++) {
            for (int c = 0; c < d; c++) {
                vectors[c][d * i + c] = 1;
            }
            int rotation = d;
            for (int p = 0; p < d; p++) {
                for (int q = p + 1; q < d; q++) { // in the plane of the axes p and q
                    vectors[rotation][d * i + p] = middle[q] - coordinates[q][i];
                    vectors[rotation][d * i + q] = coordinates[p][i] - middle[p];
                    rotation++;
                }
            }
        }
        return of(d, vectors);
    }

    /** {@return how many consecutive rows belong to a node} */
    public int unknownsPerNode() {
        return unknowns;
    }

    /** {@return how many vectors there are} */
    public int count() {
        return vectors == null ? 1 : vectors.length;
    }

    /** The vectors row by row, for a matrix with n rows. */
    double[] rowMajor(int n) {
        int k = count();
        double[] b = new double[Math.multiplyExact(n, k)];
        if (vectors == null) {
            java.util.Arrays.fill(b, 1);
            return b;
        }
        if (vectors[0].length != n) {
            throw new IllegalArgumentException(
                    "the near-null space has vectors of length " + vectors[0].length + ", expected n = " + n);
        }
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < k; c++) {
                b[i * k + c] = vectors[c][i];
            }
        }
        return b;
    }

    @Override
    public String toString() {
        return vectors == null
                ? "constant"
                : vectors.length + (vectors.length == 1 ? " vector, " : " vectors, ") + unknowns + " unknowns per node";
    }
}
