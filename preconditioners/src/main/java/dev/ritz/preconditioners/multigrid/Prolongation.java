package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.preconditioners.multigrid.RowBlocks.Accumulator;

/**
 * The smoothed prolongator P = (I − ω D⁻¹ A_F) P̂ with the filtered matrix A_F: A without its weak entries, which are
 * added to the diagonal, so that A_F and A agree on constants. Where nodes have several unknowns nothing is filtered, since
 * no sum of weak blocks keeps rotations.
 *
 * <p>Source: Vaněk, Mandel and Brezina 1996, doi:10.1007/BF02238511, section 5.
 *
 * @param diagonal D, without zeros
 * @param unknowns rows per node
 */
record Prolongation(
        CsrMatrix a,
        double[] diagonal,
        StrongGraph graph,
        Aggregates aggregates,
        Tentative tentative,
        int unknowns,
        double omega) {
    /** What must be left of a diagonal entry that weak entries were added to. */
    private static final double LEFT = 0.1;

    /** P, with sorted rows. */
    CsrMatrix matrix() {
        int cols = Math.multiplyExact(aggregates.count(), tentative.columns());
        RowBlocks.Rule rule = unknowns == 1 ? this::filteredRow : this::row;
        return RowBlocks.of(a.rows(), cols, true, rule, a.pool()).toMatrix();
    }

    private void row(int i, Accumulator p) {
        int[] of = aggregates.of();
        if (of[i / unknowns] < 0) {
            return;
        }
        add(1, i, of[i / unknowns], p);
        for (int k = a.rowPtr()[i], to = a.rowPtr()[i + 1]; k < to; k++) {
            int j = a.colIdx()[k];
            if (of[j / unknowns] >= 0) {
                add(-omega * a.values()[k] / diagonal[i], j, of[j / unknowns], p);
            }
        }
    }

    private void filteredRow(int i, Accumulator p) {
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int[] of = aggregates.of();
        if (of[i] < 0) {
            return;
        }
        boolean[] strong = graph.strong();
        int from = a.rowPtr()[i];
        int to = a.rowPtr()[i + 1];
        double kept = diagonal[i];
        for (int k = from; k < to; k++) {
            kept += strong[k] || colIdx[k] == i ? 0 : values[k];
        }
        if (!(kept / diagonal[i] > LEFT)) { // weak entries outweigh the diagonal: they are left out
            kept = diagonal[i];
        }
        add(1 - omega, i, of[i], p); // the diagonal of D⁻¹ A_F is 1
        for (int k = from; k < to; k++) {
            if (strong[k] && of[colIdx[k]] >= 0) {
                add(-omega * values[k] / kept, colIdx[k], of[colIdx[k]], p);
            }
        }
    }

    /** Adds a multiple of row j of P̂, which lies in the columns of an aggregate. */
    private void add(double factor, int j, int aggregate, Accumulator p) {
        int columns = tentative.columns();
        for (int c = 0; c < columns; c++) {
            p.add(aggregate * columns + c, factor * tentative.values()[j * columns + c]);
        }
    }
}
