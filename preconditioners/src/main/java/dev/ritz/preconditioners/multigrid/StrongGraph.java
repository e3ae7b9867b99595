package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.preconditioners.multigrid.RowBlocks.Accumulator;

/**
 * Which nodes are strongly connected. A node is one row, or several consecutive ones, whose blocks of the matrix then
 * count by their Frobenius norms.
 *
 * @param pattern which nodes share an entry
 * @param weights the entries, or the norms of their blocks
 * @param strong whether a connection is strong; never one of a node with itself
 */
record StrongGraph(SparsityPattern pattern, double[] weights, boolean[] strong) {

    /**
     * The strong connections of a square matrix.
     *
     * @param unknowns rows per node, a divisor of the number of rows
     * @param diagonal positions of the diagonal entries
     */
    static StrongGraph of(CsrMatrix a, int[] diagonal, int unknowns, Strength measure, double threshold) {
        CsrMatrix nodal = unknowns == 1 ? a : condensed(a, unknowns);
        SparsityPattern pattern = nodal.pattern();
        double[] weights = unknowns == 1 ? a.values() : roots(nodal.values());
        int nodes = pattern.rows();
        double[] scale = new double[nodes]; // √|a_ii|
        for (int i = 0; i < nodes; i++) {
            int k = unknowns == 1 ? diagonal[i] : pattern.position(i, i);
            scale[i] = Math.sqrt(Math.abs(weights[k]));
        }
        boolean[] strong = new boolean[pattern.nnz()];
        StrongGraph graph = new StrongGraph(pattern, weights, strong);
        a.pool()
                .run(
                        RowBlocks.blocks(nodes),
                        (on, x, y, block) -> {
                            for (int i = block * RowBlocks.ROWS, to = RowBlocks.to(block, nodes); i < to; i++) {
                                if (measure == Strength.SYMMETRIC) {
                                    on.symmetric(i, threshold, scale);
                                } else {
                                    on.classical(i, threshold);
                                }
                            }
                        },
                        graph,
                        null,
                        null);
        return graph;
    }

    private static double[] roots(double[] squares) {
        double[] roots = new double[squares.length];
        for (int k = 0; k < roots.length; k++) {
            roots[k] = Math.sqrt(squares[k]);
        }
        return roots;
    }

    private void symmetric(int i, double threshold, double[] scale) {
        int[] colIdx = pattern.colIdx();
        double bound = threshold * scale[i];
        for (int k = pattern.rowPtr()[i], end = pattern.rowPtr()[i + 1]; k < end; k++) {
            int j = colIdx[k];
            strong[k] = j != i && Math.abs(weights[k]) > bound * scale[j];
        }
    }

    private void classical(int i, double threshold) {
        double largest = 0;
        for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
            largest = pattern.colIdx()[k] == i ? largest : Math.max(largest, Math.abs(weights[k]));
        }
        for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
            double size = Math.abs(weights[k]);
            strong[k] = pattern.colIdx()[k] != i && size > 0 && size >= threshold * largest;
        }
    }

    /** The square norms of the blocks, relative to the largest entry so that squares stay finite. */
    private static CsrMatrix condensed(CsrMatrix a, int unknowns) {
        double unit = Math.scalb(1.0, -Math.max(Math.getExponent(largest(a)), Double.MIN_EXPONENT));
        int nodes = a.rows() / unknowns;
        return RowBlocks.of(nodes, nodes, true, (node, into) -> squares(a, unknowns, unit, node, into), a.pool())
                .toMatrix();
    }

    private static void squares(CsrMatrix a, int unknowns, double unit, int node, Accumulator into) {
        into.add(node, 0); // also where nothing is stored
        for (int k = a.rowPtr()[node * unknowns]; k < a.rowPtr()[(node + 1) * unknowns]; k++) {
            double value = unit * a.values()[k];
            into.add(a.colIdx()[k] / unknowns, value * value);
        }
    }

    private static double largest(CsrMatrix a) {
        double largest = 0;
        for (int k = 0; k < a.nnz(); k++) {
            largest = Math.max(largest, Math.abs(a.values()[k]));
        }
        return largest;
    }
}
