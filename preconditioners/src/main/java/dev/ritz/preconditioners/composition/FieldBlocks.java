package dev.ritz.preconditioners.composition;

import dev.ritz.api.CsrMatrix;

/**
 * The blocks of a matrix by fields.
 *
 * @param rows for each field its unknowns, ascending
 * @param at block (f, g); null where nobody asks for it
 */
record FieldBlocks(int[][] rows, Block[][] at) {

    /** Finds those blocks that a form needs. */
    static FieldBlocks of(CsrMatrix a, Fields fields, FieldSplit.Form form) {
        int[][] rows = fields.of(a.rows());
        double[] positions = new double[a.nnz()];
        for (int k = 0; k < positions.length; k++) {
            positions[k] = k;
        }
        CsrMatrix numbered = a.withValues(positions);
        Block[][] at = new Block[rows.length][rows.length];
        for (int f = 0; f < rows.length; f++) {
            for (int g = 0; g < rows.length; g++) {
                if (f == g || form.schur() || form.couples(f, g)) {
                    at[f][g] = Block.of(numbered, rows[f], rows[g]);
                }
            }
        }
        return new FieldBlocks(rows, at);
    }

    /** The blocks with the values of a matrix of the same pattern. */
    CsrMatrix[][] of(CsrMatrix a) {
        CsrMatrix[][] values = new CsrMatrix[rows.length][rows.length];
        for (int f = 0; f < rows.length; f++) {
            for (int g = 0; g < rows.length; g++) {
                values[f][g] = at[f][g] == null ? null : at[f][g].of(a);
            }
        }
        return values;
    }

    long bytes() {
        long bytes = 0;
        for (int f = 0; f < rows.length; f++) {
            bytes += 4L * rows[f].length;
            for (Block block : at[f]) {
                bytes += block == null ? 0 : block.bytes();
            }
        }
        return bytes;
    }
}
