package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;

/** What factories ask of a matrix before any work. */
final class Checks {
    /** Relative to the geometric mean of both diagonal entries. */
    private static final double ASYMMETRY = 1e-6;

    /** Rows per block of a parallel loop. */
    private static final int BLOCK = 4096;
    /** With fewer entries than this, a pass over a matrix is done before another thread has come. */
    private static final int SERIAL_BELOW = 500_000;

    private static final WorkerPool.BlockSum<CsrMatrix> NOT_FINITE = Checks::notFinite;
    private static final WorkerPool.BlockSum<Triangles> UNPAIRED = Triangles::unpaired;

    private Checks() {}

    private static int blocks(int rows) {
        return rows / BLOCK + (rows % BLOCK == 0 ? 0 : 1);
    }

    private static int to(int block, int rows) {
        return block * BLOCK + Math.min(rows - block * BLOCK, BLOCK);
    }

    /** Whether a single pass over so many entries is worth other threads. */
    static boolean large(long entries) {
        return entries >= SERIAL_BELOW;
    }

    /** The sum over all blocks of rows, on threads where the matrix is large. */
    private static <C> double sum(CsrMatrix a, WorkerPool.BlockSum<C> loop, C on, double[] v) {
        int blocks = blocks(a.rows());
        if (large(a.nnz())) {
            return a.pool().sum(blocks, loop, on, v, null);
        }
        double total = 0;
        for (int block = 0; block < blocks; block++) {
            total += loop.run(on, v, null, block);
        }
        return total;
    }

    static void square(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
    }

    static void finite(CsrMatrix a) {
        if (sum(a, NOT_FINITE, a, a.values()) == 0) {
            return;
        }
        int[] rowPtr = a.rowPtr();
        double[] values = a.values();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + values[k]);
                }
            }
        }
    }

    private static double notFinite(CsrMatrix a, double[] values, double[] unused, int block) {
        int count = 0;
        for (int k = a.rowPtr()[block * BLOCK], end = a.rowPtr()[to(block, a.rows())]; k < end; k++) {
            if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                count++;
            }
        }
        return count;
    }

    static void positiveDiagonal(CsrMatrix a, int[] diagonal) {
        for (int i = 0; i < diagonal.length; i++) {
            double d = diagonal[i] < 0 ? 0 : a.values()[diagonal[i]];
            if (!(d > 0)) {
                throw new BuildException(
                        BuildException.Reason.NOT_POSITIVE,
                        i,
                        "diagonal entry " + i + " is " + d + ", expected a positive one",
                        "try Ilu0, or Matched with it");
            }
        }
    }

    /**
     * Where row {@code j} has column {@code i}: a search in sorted positions from … to − 1, mostly few.
     *
     * @return the position, −1 when there is none
     */
    static int position(int[] colIdx, int from, int to, int i) {
        int low = from;
        int high = to;
        while (high - low > 8) {
            int middle = (low + high) >>> 1;
            if (colIdx[middle] <= i) {
                low = middle;
            } else {
                high = middle;
            }
        }
        while (low < high && colIdx[low] < i) {
            low++;
        }
        return low < high && colIdx[low] == i ? low : -1;
    }

    /** Both triangles of a matrix. */
    private record Triangles(CsrMatrix a, int[] diagonal) {

        /** Whether each entry below the diagonal has a partner like it above, and none above is left over. */
        boolean mirrored() {
            long below = 0;
            for (int i = 0; i < diagonal.length; i++) {
                below += diagonal[i] - a.rowPtr()[i];
            }
            return 2 * below == a.nnz() - (long) diagonal.length && sum(a, UNPAIRED, this, null) == 0;
        }

        private double unpaired(double[] unused, double[] none, int block) {
            int[] rowPtr = a.rowPtr();
            int[] colIdx = a.colIdx();
            double[] values = a.values();
            int count = 0;
            for (int i = block * BLOCK, to = to(block, a.rows()); i < to; i++) {
                for (int k = rowPtr[i]; k < diagonal[i]; k++) {
                    int j = colIdx[k];
                    int at = position(colIdx, diagonal[j] + 1, rowPtr[j + 1], i);
                    if (at < 0 || differ(values[k], values[at], values[diagonal[i]], values[diagonal[j]])) {
                        count++;
                    }
                }
            }
            return count;
        }
    }

    /**
     * Looks at every pair of entries that mirror each other.
     *
     * @throws IllegalArgumentException naming the first pair that differs
     */
    static void symmetric(CsrMatrix a, int[] diagonal) {
        if (large(a.nnz()) && new Triangles(a, diagonal).mirrored()) {
            return;
        }
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int[] cursor = new int[a.rows()]; // next entry right of the diagonal
        for (int i = 0; i < a.rows(); i++) {
            cursor[i] = diagonal[i] + 1;
        }
        for (int i = 0; i < a.rows(); i++) {
            for (int k = rowPtr[i]; k < diagonal[i]; k++) {
                int j = colIdx[k];
                int at = cursor[j];
                int end = rowPtr[j + 1];
                while (at < end && colIdx[at] < i) {
                    mirrorless(a, j, at++, diagonal);
                }
                double mirror = at < end && colIdx[at] == i ? values[at++] : 0;
                cursor[j] = at;
                if (values[k] != mirror) {
                    compare(i, j, values[k], mirror, values[diagonal[i]], values[diagonal[j]]);
                }
            }
        }
        for (int j = 0; j < a.rows(); j++) {
            while (cursor[j] < rowPtr[j + 1]) {
                mirrorless(a, j, cursor[j]++, diagonal);
            }
        }
    }

    private static void mirrorless(CsrMatrix a, int j, int k, int[] diagonal) {
        int i = a.colIdx()[k];
        compare(i, j, 0, a.values()[k], a.values()[diagonal[i]], a.values()[diagonal[j]]);
    }

    private static void compare(int i, int j, double lower, double upper, double di, double dj) {
        if (differ(lower, upper, di, dj)) {
            throw new IllegalArgumentException("a is not symmetric: entry (" + i + ", " + j + ") is " + lower
                    + ", entry (" + j + ", " + i + ") is " + upper + "; use Ilu0 or Milu0");
        }
    }

    private static boolean differ(double lower, double upper, double di, double dj) {
        return lower != upper && !(Math.abs(lower - upper) <= ASYMMETRY * (Math.sqrt(di) * Math.sqrt(dj)));
    }
}
