package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;

/** What a hierarchy asks of its matrix, and what it finds out about it. */
final class Requirements {
    /** Relative to the geometric mean of both diagonal entries. */
    private static final double ASYMMETRY = 1e-12;

    private Requirements() {}

    static void square(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
    }

    static void finite(CsrMatrix a) {
        double count = a.pool().sum(RowBlocks.blocks(a.rows()), Requirements::notFinite, a, a.values(), null);
        for (int i = 0; count > 0 && i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (!(Math.abs(a.values()[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + a.values()[k]);
                }
            }
        }
    }

    private static double notFinite(CsrMatrix a, double[] values, double[] unused, int block) {
        int count = 0;
        int end = a.rowPtr()[RowBlocks.to(block, a.rows())];
        for (int k = a.rowPtr()[block * RowBlocks.ROWS]; k < end; k++) {
            count += Math.abs(values[k]) <= Double.MAX_VALUE ? 0 : 1;
        }
        return count;
    }

    /** The diagonal, which has neither a zero nor an entry whose inverse overflows. */
    static double[] diagonal(CsrMatrix a, int[] positions) {
        double[] d = new double[positions.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = positions[i] < 0 ? 0 : a.values()[positions[i]];
            if (d[i] == 0) {
                throw new BuildException(
                        BuildException.Reason.ZERO_PIVOT,
                        i,
                        "diagonal entry " + i + " is " + (positions[i] < 0 ? "not stored" : "zero"),
                        "try Matched, which moves large entries to the diagonal");
            }
            if (!(Math.abs(1 / d[i]) <= Double.MAX_VALUE)) {
                throw new BuildException(
                        BuildException.Reason.NOT_FINITE,
                        i,
                        "the inverse of diagonal entry " + i + ", " + d[i] + ", overflows",
                        "try Scaled");
            }
        }
        return d;
    }

    /** Whether a_ij = a_ji up to rounding. */
    static boolean isSymmetric(CsrMatrix a, int[] diagonal) {
        long below = 0;
        for (int i = 0; i < diagonal.length; i++) {
            below += diagonal[i] - a.rowPtr()[i];
        }
        return 2 * below == a.nnz() - (long) diagonal.length
                && a.pool()
                                .sum(
                                        RowBlocks.blocks(a.rows()),
                                        (on, x, y, block) -> unpaired(on, diagonal, block),
                                        a,
                                        null,
                                        null)
                        == 0;
    }

    private static double unpaired(CsrMatrix a, int[] diagonal, int block) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] v = a.values();
        int count = 0;
        for (int i = block * RowBlocks.ROWS, to = RowBlocks.to(block, a.rows()); i < to; i++) {
            for (int k = rowPtr[i]; k < diagonal[i]; k++) {
                int j = colIdx[k];
                int at = position(colIdx, diagonal[j] + 1, rowPtr[j + 1], i);
                if (at < 0 || differ(v[k], v[at], v[diagonal[i]], v[diagonal[j]])) {
                    count++;
                }
            }
        }
        return count;
    }

    private static boolean differ(double lower, double upper, double di, double dj) {
        return lower != upper
                && !(Math.abs(lower - upper) <= ASYMMETRY * Math.sqrt(Math.abs(di)) * Math.sqrt(Math.abs(dj)));
    }

    /** Where sorted positions from … to − 1 hold a column: a search by halves, then by steps; −1 when they do not. */
    private static int position(int[] colIdx, int from, int to, int column) {
        int low = from;
        int high = to;
        while (high - low > 8) {
            int middle = (low + high) >>> 1;
            if (colIdx[middle] <= column) {
                low = middle;
            } else {
                high = middle;
            }
        }
        while (low < high && colIdx[low] < column) {
            low++;
        }
        return low < high && colIdx[low] == column ? low : -1;
    }
}
