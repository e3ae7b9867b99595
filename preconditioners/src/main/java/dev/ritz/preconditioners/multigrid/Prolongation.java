package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.preconditioners.multigrid.SparseProduct.Markers;
import dev.ritz.preconditioners.multigrid.SparseProduct.RowCollector;

/**
 * The smoothed prolongator P = (I − ω D⁻¹ A_F) P̂ with the filtered matrix A_F: A without its weak entries, which are
 * added to the diagonal, so that A_F and A agree on constants. Where nodes have several unknowns nothing is filtered, since
 * no sum of weak blocks keeps rotations.
 *
 * <p>Source: Vaněk, Mandel and Brezina 1996, doi:10.1007/BF02238511, section 5.
 */
final class Prolongation {
    private final CsrMatrix a;
    private final double[] diagonal;
    private final StrongGraph graph;
    private final Aggregates aggregates;
    private final Tentative tentative;
    private final int unknowns;
    private final boolean filtered;
    private final double omega;

    private Prolongation(
            CsrMatrix a,
            double[] diagonal,
            StrongGraph graph,
            Aggregates aggregates,
            Tentative tentative,
            int unknowns,
            double omega) {
        this.a = a;
        this.diagonal = diagonal;
        this.graph = graph;
        this.aggregates = aggregates;
        this.tentative = tentative;
        this.unknowns = unknowns;
        this.filtered = unknowns == 1;
        this.omega = omega;
    }

    /**
     * P, with sorted rows.
     *
     * @param diagonal D, without zeros
     * @param unknowns rows per node
     */
    static CsrMatrix smooth(
            CsrMatrix a,
            double[] diagonal,
            StrongGraph graph,
            Aggregates aggregates,
            Tentative tentative,
            int unknowns,
            double omega) {
        return new Prolongation(a, diagonal, graph, aggregates, tentative, unknowns, omega).smooth();
    }

    private CsrMatrix smooth() {
        int nodes = graph.pattern().rows();
        SparsityPattern neighbours = RowCollector.collect(nodes, aggregates.count(), this::aggregatesNear, a.pool());
        SparsityPattern pattern = unknowns == 1 && tentative.columns() == 1 ? neighbours : expanded(neighbours);
        double[] values = new double[pattern.nnz()];
        Markers markers = new Markers(aggregates.count());
        a.pool()
                .run(
                        SparseProduct.blocks(nodes),
                        (on, x, y, block) -> {
                            int[] at = markers.take();
                            for (int i = block * SparseProduct.ROWS, to = SparseProduct.to(block, nodes); i < to; i++) {
                                node(i, neighbours, pattern, at, values);
                            }
                            markers.give(at);
                        },
                        this,
                        null,
                        null);
        return CsrMatrix.of(pattern, values).on(a.pool());
    }

    private void aggregatesNear(int i, int[] marker, RowCollector into) {
        int[] of = aggregates.of();
        if (of[i] < 0) {
            return;
        }
        into.add(of[i]);
        marker[of[i]] = i;
        int[] colIdx = graph.pattern().colIdx();
        boolean[] strong = graph.strong();
        for (int k = graph.pattern().rowPtr()[i], end = graph.pattern().rowPtr()[i + 1]; k < end; k++) {
            int to = strong[k] || !filtered ? of[colIdx[k]] : -1;
            if (to >= 0 && marker[to] != i) {
                marker[to] = i;
                into.add(to);
            }
        }
    }

    /** Each entry a block of unknowns × columns. */
    private SparsityPattern expanded(SparsityPattern blocks) {
        int columns = tentative.columns();
        int nodes = blocks.rows();
        int[] rowPtr = new int[nodes * unknowns + 1];
        int[] colIdx = new int[Math.multiplyExact(blocks.nnz(), unknowns * columns)];
        int at = 0;
        for (int i = 0; i < nodes; i++) {
            for (int u = 0; u < unknowns; u++) {
                for (int k = blocks.rowPtr()[i]; k < blocks.rowPtr()[i + 1]; k++) {
                    for (int c = 0; c < columns; c++) {
                        colIdx[at++] = blocks.colIdx()[k] * columns + c;
                    }
                }
                rowPtr[i * unknowns + u + 1] = at;
            }
        }
        return SparsityPattern.of(nodes * unknowns, blocks.cols() * columns, rowPtr, colIdx);
    }

    private void node(int node, SparsityPattern neighbours, SparsityPattern pattern, int[] at, double[] p) {
        int own = aggregates.of()[node];
        if (own < 0) {
            return;
        }
        int first = neighbours.rowPtr()[node];
        for (int k = first; k < neighbours.rowPtr()[node + 1]; k++) {
            at[neighbours.colIdx()[k]] = (k - first) * tentative.columns();
        }
        for (int i = node * unknowns; i < (node + 1) * unknowns; i++) {
            row(i, own, pattern.rowPtr()[i], at, p);
        }
    }

    private void row(int i, int own, int begin, int[] at, double[] p) {
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int columns = tentative.columns();
        double[] hat = tentative.values();
        int[] of = aggregates.of();
        boolean[] strong = graph.strong();
        int from = a.rowPtr()[i];
        int to = a.rowPtr()[i + 1];
        double d = diagonal[i];
        double kept = d;
        if (filtered) {
            for (int k = from; k < to; k++) {
                kept += strong[k] || colIdx[k] == i ? 0 : values[k];
            }
        }
        if (!(kept / d > 0.1)) { // weak entries outweigh the diagonal: they are left out
            kept = d;
        }
        double factor = omega / kept;
        for (int k = from; k < to; k++) {
            int j = colIdx[k];
            int to2 = of[filtered ? j : j / unknowns];
            if (to2 >= 0 && (!filtered || strong[k]) && j != i) {
                double value = factor * values[k];
                int target = begin + at[to2];
                for (int c = 0; c < columns; c++) {
                    p[target + c] -= value * hat[j * columns + c];
                }
            }
        }
        int target = begin + at[own];
        double rest = 1 - omega; // of the diagonal, kept / kept
        for (int c = 0; c < columns; c++) {
            p[target + c] += rest * hat[i * columns + c];
        }
    }
}
