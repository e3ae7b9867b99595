package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.preconditioners.multigrid.SparseProduct.RowCollector;

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
        SparsityPattern pattern = unknowns == 1 ? a.pattern() : condensed(a, unknowns);
        double[] weights = unknowns == 1 ? a.values() : norms(a, unknowns, pattern);
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
                        SparseProduct.blocks(nodes),
                        (on, x, y, block) -> {
                            for (int i = block * SparseProduct.ROWS, to = SparseProduct.to(block, nodes); i < to; i++) {
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

    private static SparsityPattern condensed(CsrMatrix a, int unknowns) {
        int nodes = a.rows() / unknowns;
        RowCollector.Row union = (node, marker, into) -> {
            for (int k = a.rowPtr()[node * unknowns]; k < a.rowPtr()[(node + 1) * unknowns]; k++) {
                int j = a.colIdx()[k] / unknowns;
                if (marker[j] != node) {
                    marker[j] = node;
                    into.add(j);
                }
            }
        };
        return RowCollector.collect(nodes, nodes, union, a.pool());
    }

    private static double[] norms(CsrMatrix a, int unknowns, SparsityPattern pattern) {
        double[] norms = new double[pattern.nnz()];
        double unit =
                Math.scalb(1.0, -Math.max(Math.getExponent(largest(a)), Double.MIN_EXPONENT)); // squares stay finite
        int nodes = pattern.rows();
        SparseProduct.Markers markers = new SparseProduct.Markers(nodes);
        a.pool()
                .run(
                        SparseProduct.blocks(nodes),
                        (on, x, y, block) -> {
                            int[] at = markers.take();
                            for (int i = block * SparseProduct.ROWS, to = SparseProduct.to(block, nodes); i < to; i++) {
                                for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                                    at[pattern.colIdx()[k]] = k;
                                }
                                int end = a.rowPtr()[(i + 1) * unknowns];
                                for (int k = a.rowPtr()[i * unknowns]; k < end; k++) {
                                    int p = at[a.colIdx()[k] / unknowns];
                                    double value = unit * a.values()[k];
                                    norms[p] += value * value;
                                }
                                for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                                    norms[k] = Math.sqrt(norms[k]);
                                }
                            }
                            markers.give(at);
                        },
                        pattern,
                        null,
                        null);
        return norms;
    }

    private static double largest(CsrMatrix a) {
        double largest = 0;
        for (int k = 0; k < a.nnz(); k++) {
            largest = Math.max(largest, Math.abs(a.values()[k]));
        }
        return largest;
    }
}
