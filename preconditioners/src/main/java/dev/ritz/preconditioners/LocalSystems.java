package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The rows of a sparse approximate inverse on a given pattern, each from a small dense system of its own, shared among
 * threads.
 */
final class LocalSystems {
    /** Entries of the largest dense system: 8 MB for every thread, a second or two for a row. */
    static final int LARGEST = 1 << 20;

    private static final int BLOCK = 128;

    private final CsrMatrix a;
    private final SparsityPattern where;
    private final Solver solver;
    private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();
    private volatile BuildException first;

    private LocalSystems(CsrMatrix a, SparsityPattern where, Solver solver) {
        this.a = a;
        this.where = where;
        this.solver = solver;
    }

    /** How one row is worked out. */
    @FunctionalInterface
    interface Solver {
        /**
         * Fills positions {@code from} … {@code to} − 1 of the values: row i, whose columns stand there in {@code colIdx}.
         */
        void solve(CsrMatrix a, int i, int[] colIdx, int from, int to, double[] values, Scratch scratch);
    }

    /** One thread's memory. */
    static final class Scratch {
        /** The number of a column within the system at hand, −1 for none; every solver leaves it as it found it. */
        final int[] local;
        /** The columns that were numbered. */
        int[] numbered = new int[16];

        private double[] dense = new double[0];
        private double[] vector = new double[0];

        Scratch(int n) {
            local = new int[n];
            Arrays.fill(local, -1);
        }

        /** Zeros for a system of some rows and columns, for row i of the inverse. */
        double[] dense(int i, long rows, long cols) {
            if (rows * cols > LARGEST) {
                throw tooLarge(i, "is", rows, cols);
            }
            int length = (int) (rows * cols);
            if (dense.length < length) {
                dense = new double[Math.max(length, 2 * dense.length)];
            }
            Arrays.fill(dense, 0, length, 0.0);
            return dense;
        }

        /** Zeros. */
        double[] vector(int length) {
            if (vector.length < length) {
                vector = new double[Math.max(length, 2 * vector.length)];
            }
            Arrays.fill(vector, 0, length, 0.0);
            return vector;
        }

        /** Numbers the columns of a row in their order. */
        void number(int[] colIdx, int from, int to) {
            for (int k = from; k < to; k++) {
                local[colIdx[k]] = k - from;
            }
        }

        /** Takes the numbers away. */
        void forget(int[] colIdx, int from, int to) {
            for (int k = from; k < to; k++) {
                local[colIdx[k]] = -1;
            }
        }
    }

    /**
     * The pattern of a power of A, or of its lower triangle with the diagonal. A row of A that is too long by itself is
     * refused before the search.
     */
    static SparsityPattern pattern(CsrMatrix a, int power, LimitedSearch.Keep keep) {
        SparsityPattern origin = a.pattern();
        for (int i = 0; i < a.rows(); i++) {
            int begin = origin.rowPtr()[i];
            int m = origin.rowPtr()[i + 1] - begin;
            if (tooLong(m) && keep == LimitedSearch.Keep.LOWER_AND_DIAGONAL) {
                int all = m;
                m = 0;
                while (m < all && origin.colIdx()[begin + m] <= i) {
                    m++;
                }
            }
            checkLength(i, m);
        }
        return LimitedSearch.of(origin, a.pool(), power, false, keep);
    }

    private static boolean tooLong(int m) {
        return (long) m * m > LARGEST;
    }

    /** A row with m entries has a system with m columns and no fewer rows. */
    private static void checkLength(int i, int m) {
        if (tooLong(m)) {
            throw tooLarge(i, "is at least", m, m);
        }
    }

    private static BuildException tooLarge(int i, String is, long rows, long cols) {
        return new BuildException(
                BuildException.Reason.TOO_LARGE,
                i,
                "the local system of row " + i + " " + is + " " + rows + " by " + cols + ", expected at most " + LARGEST
                        + " entries",
                "try a lower power, or Ilut");
    }

    /**
     * All values; where some rows fail, the failure of the first, unless one is seen to be too long: no work is done
     * then.
     */
    static double[] solve(CsrMatrix a, SparsityPattern where, Solver solver) {
        for (int i = 0; i < a.rows(); i++) {
            checkLength(i, where.rowPtr()[i + 1] - where.rowPtr()[i]);
        }
        LocalSystems systems = new LocalSystems(a, where, solver);
        double[] values = new double[where.nnz()];
        int n = a.rows();
        int blocks = n / BLOCK + (n % BLOCK == 0 ? 0 : 1);
        a.pool().run(blocks, (s, v, unused, block) -> s.block(v, block), systems, values, null);
        if (systems.first != null) {
            throw systems.first;
        }
        return values;
    }

    private void block(double[] values, int block) {
        BuildException known = first;
        if (known != null && known.row() < block * BLOCK) {
            return; // no failure here would be the first
        }
        Scratch scratch = idle.poll();
        if (scratch == null) {
            scratch = new Scratch(a.rows());
        }
        int[] rowPtr = where.rowPtr();
        try {
            for (int i = block * BLOCK, to = i + Math.min(a.rows() - i, BLOCK); i < to; i++) {
                solver.solve(a, i, where.colIdx(), rowPtr[i], rowPtr[i + 1], values, scratch);
                checkFinite(i, values, rowPtr[i], rowPtr[i + 1]);
            }
            idle.add(scratch); // not after a failure, when columns may be left numbered
        } catch (BuildException e) {
            failed(e);
        }
    }

    private static void checkFinite(int i, double[] values, int from, int to) {
        for (int k = from; k < to; k++) {
            if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                throw new BuildException(
                        BuildException.Reason.NOT_FINITE,
                        i,
                        "row " + i + " of the approximate inverse overflows at " + values[k],
                        "try Scaled or Matched");
            }
        }
    }

    private synchronized void failed(BuildException e) {
        if (first == null || e.row() < first.row()) {
            first = e;
        }
    }

    /** 2 to a power, such that the largest entry of row j of A is multiplied into [1, 2); 1 for a row of zeros. */
    static double rowScale(CsrMatrix a, int j) {
        double largest = 0;
        for (int k = a.rowPtr()[j]; k < a.rowPtr()[j + 1]; k++) {
            largest = Math.max(largest, Math.abs(a.values()[k]));
        }
        return power(largest);
    }

    /** 2 to a power, such that a size is multiplied into [1, 2), as far as there is such a number; 1 for zero. */
    static double power(double size) {
        return size > 0 ? Math.scalb(1.0, Math.min(1023, -Math.getExponent(size))) : 1;
    }
}
