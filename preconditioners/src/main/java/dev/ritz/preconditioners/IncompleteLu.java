package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Pipeline;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * L U on the pattern of A, row by row (IKJ), with dropped fill added to the diagonal in part. A row needs the rows that
 * its lower triangle names, as in a forward sweep, so it is shared among threads by the same schedule. Source: Saad
 * 2003, Alg. 10.4 and section 10.3.5; Gustafsson 1978, doi:10.1007/BF01931691.
 */
final class IncompleteLu {
    /** A row of U so many times longer than what it is subtracted from is searched, not walked. */
    private static final int MUCH_LONGER = 16;

    /** The longest row of U that is always walked. */
    private static final int LONG = 128;

    private final CsrMatrix a;
    private final TriangularPattern symbolic;
    private final double omega;
    private final boolean symmetric;
    /** The least pivot, as a share of the largest entry of its row of A; 0 for none. */
    private final double least;
    /** How many pivots were below it. */
    private final AtomicInteger shifted = new AtomicInteger();
    /** Strict L (unit diagonal) and U on the pattern. */
    private final double[] lu;
    /** The reciprocals of the pivots. */
    private final double[] inverse;
    /** Of each thread: its row by columns, with what fell off the pattern wherever that fell. */
    private final double[][] rows;
    /** Of each thread: i + 1 where row i, the last it worked on, is stored; only where what is dropped counts. */
    private final int[][] marks;
    /** Of each row of U, where the next row that it is subtracted from stands, or null where rows are shared. */
    private final int[] next;

    private final Pipeline pipeline;
    /** Whether rows of U may be searched: never where all that is dropped counts. */
    private final boolean longRows;

    private double shift;
    private volatile boolean failed;

    /**
     * A factorisation to be done.
     *
     * @param omega relaxation: the share of what is dropped from a row that is taken from its diagonal
     * @param symmetric whether A is symmetric and pivots must be positive, not just different from zero: L is then the
     *     mirror image of D⁻¹ U to the last bit, and what A has below its diagonal is not read
     * @param lu to be overwritten by the factors
     */
    IncompleteLu(CsrMatrix a, TriangularPattern symbolic, double omega, boolean symmetric, double[] lu) {
        this(a, symbolic, omega, symmetric, 0, lu);
    }

    /**
     * A factorisation that moves small pivots away from zero.
     *
     * @param least the least pivot, as a share of the largest entry of its row of A; 0 for none
     */
    IncompleteLu(CsrMatrix a, TriangularPattern symbolic, double omega, boolean symmetric, double least, double[] lu) {
        this.least = least;
        this.a = a;
        this.symbolic = symbolic;
        this.omega = omega;
        this.symmetric = symmetric;
        this.lu = lu;
        this.inverse = new double[a.rows()];
        this.longRows = omega == 0 && anyLong();
        this.pipeline = new Pipeline(symbolic.pool, new Pipeline.Stage(symbolic.lower.schedule, true, this::rows));
        this.rows = new double[pipeline.threads()][];
        this.marks = new int[pipeline.threads()][];
        this.next = symmetric && pipeline.threads() == 1 ? new int[a.rows()] : null;
    }

    /**
     * Factors A + shift·diag(A).
     *
     * @return the first row whose pivot is not acceptable, or −1
     */
    int factor(double newShift) {
        return factored(newShift) ? -1 : firstBad(0, a.values(), lu, 0, a.rows());
    }

    /** A + α diag(A) with growing α until all pivots are positive; returns α, or NaN when none served. */
    double factorShifted() {
        for (double alpha = 0; alpha <= 16; alpha = alpha == 0 ? 1e-3 : 2 * alpha) {
            if (factored(alpha)) {
                return alpha;
            }
        }
        return Double.NaN;
    }

    private boolean factored(double newShift) {
        shift = newShift;
        failed = false;
        pipeline.run(a.values(), lu);
        return !failed;
    }

    /**
     * The diagonal of D⁻¹ after a factorisation that went well.
     *
     * @throws BuildException where a pivot is so small that its reciprocal overflows
     */
    double[] inverse() {
        for (int i = 0; i < inverse.length; i++) {
            if (!(Math.abs(inverse[i]) <= Double.MAX_VALUE)) {
                throw IncompleteFactors.notFinite(i, lu[symbolic.diagonal[i]]);
            }
        }
        return inverse;
    }

    /** How many pivots were too small. */
    int shifted() {
        return shifted.get();
    }

    private void rows(int thread, double[] values, double[] into, int from, int to) {
        if (!failed && firstBad(thread, values, into, from, to) >= 0) {
            failed = true; // which row was first is found out afterwards, if anybody asks
        }
    }

    /** Factors rows from … to − 1, or as far as pivots are acceptable; returns the first that is not, or −1. */
    private int firstBad(int thread, double[] values, double[] into, int from, int to) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        if (rows[thread] == null) {
            rows[thread] = new double[a.rows()];
            marks[thread] = omega == 0 ? null : new int[a.rows()];
        }
        if (next != null && from == 0) {
            for (int j = 0; j < next.length; j++) {
                next[j] = diagonal[j] + 1;
            }
        }
        double[] row = rows[thread];
        int[] mark = marks[thread];
        double grown = 1 + shift;
        for (int i = from; i < to; i++) {
            int begin = rowPtr[i];
            int end = rowPtr[i + 1];
            int di = diagonal[i];
            for (int k = symmetric ? di : begin; k < end; k++) {
                row[colIdx[k]] = values[k];
            }
            row[i] *= grown;
            double dropped = 0;
            if (mark != null) {
                for (int k = begin; k < end; k++) {
                    mark[colIdx[k]] = i + 1;
                }
                dropped = symmetric ? relaxUpper(i, into, row, mark) : relax(i, into, row, mark);
            } else if (symmetric) {
                eliminateUpper(i, into, row);
            } else {
                eliminate(i, into, row);
            }
            for (int k = di; k < end; k++) {
                into[k] = row[colIdx[k]];
            }
            into[di] -= omega * dropped;
            if (least > 0) {
                moveAwayFromZero(into, di, values, begin, end);
            }
            double pivot = symmetric ? into[di] : Math.abs(into[di]);
            // a symmetric factor with a pivot that cancelled away is useless even where its sign is right
            double bound = symmetric ? 1e-12 * Math.abs(values[di] * grown) : 0;
            if (!(pivot > bound && pivot <= Double.MAX_VALUE)) {
                return i;
            }
            inverse[i] = 1 / into[di];
        }
        return -1;
    }

    private void moveAwayFromZero(double[] into, int di, double[] values, int begin, int end) {
        double largest = 0;
        for (int k = begin; k < end; k++) {
            largest = Math.max(largest, Math.abs(values[k]));
        }
        if (Math.abs(into[di]) < least * largest) {
            into[di] = Math.copySign(least * largest, into[di]);
            shifted.incrementAndGet();
        }
    }

    /** Row i of L, and in {@code row} that of U. */
    private void eliminate(int i, double[] into, double[] row) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        int end = rowPtr[i + 1];
        for (int k = rowPtr[i], di = diagonal[i]; k < di; k++) {
            int j = colIdx[k];
            int dj = diagonal[j];
            double l = row[j] / into[dj]; // l_ij = a_ij / u_jj
            into[k] = l;
            subtract(colIdx, into, row, l, k + 1, end, dj + 1, rowPtr[j + 1]);
        }
    }

    /** The same where A is symmetric: l_ij is u_ji / u_jj, so nothing left of the diagonal is worked out. */
    private void eliminateUpper(int i, double[] into, double[] row) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        int di = diagonal[i];
        int end = rowPtr[i + 1];
        for (int k = rowPtr[i]; k < di; k++) {
            int j = colIdx[k];
            int last = rowPtr[j + 1];
            int at = mirror(i, j, diagonal[j] + 1, last);
            double l = at < 0 ? 0 : into[at] * inverse[j]; // as D⁻¹ U is scaled later
            into[k] = l;
            subtract(colIdx, into, row, l, di, end, at < 0 ? last : at, last);
        }
    }

    /** Where in row j of U, from first to last − 1, column i stands; −1 where it does not. */
    private int mirror(int i, int j, int first, int last) {
        int[] colIdx = a.colIdx();
        if (next == null) {
            return Checks.position(colIdx, first, last, i);
        }
        int at = next[j]; // rows come in their order, and so do the columns of row j
        while (at < last && colIdx[at] < i) {
            at++;
        }
        boolean there = at < last && colIdx[at] == i;
        next[j] = there ? at + 1 : at;
        return there ? at : -1;
    }

    /**
     * a_i: ← a_i: − l_ij u_j: where row i has the entries from begin to end − 1, and row j those from first to last − 1.
     * Where row j is much the longer, as that of a hub with an early number is, each entry of row i is looked for in it.
     */
    private void subtract(
            int[] colIdx, double[] into, double[] row, double l, int begin, int end, int first, int last) {
        if (!longRows || (last - first) / MUCH_LONGER <= end - begin) {
            for (int q = first; q < last; q++) {
                row[colIdx[q]] -= l * into[q]; // also off the pattern, where nobody looks
            }
            return;
        }
        int from = first;
        for (int p = begin; p < end; p++) {
            int q = Checks.position(colIdx, from, last, colIdx[p]);
            if (q >= 0) {
                row[colIdx[p]] -= l * into[q];
                from = q + 1;
            }
        }
    }

    /** As {@link #eliminate}; returns the sum of what fell off the pattern. */
    private double relax(int i, double[] into, double[] row, int[] mark) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        double dropped = 0;
        for (int k = rowPtr[i], di = diagonal[i]; k < di; k++) {
            int j = colIdx[k];
            double l = row[j] / into[diagonal[j]];
            into[k] = l;
            dropped = relax(i, dropped, l, into, row, mark, diagonal[j] + 1, rowPtr[j + 1]);
        }
        return dropped;
    }

    /** As {@link #eliminateUpper}; returns the sum of what fell off the pattern. */
    private double relaxUpper(int i, double[] into, double[] row, int[] mark) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        double dropped = 0;
        for (int k = rowPtr[i], di = diagonal[i]; k < di; k++) {
            int j = colIdx[k];
            int last = rowPtr[j + 1];
            int at = mirror(i, j, diagonal[j] + 1, last);
            double l = at < 0 ? 0 : into[at] * inverse[j];
            into[k] = l;
            for (int q = diagonal[j] + 1; q < at; q++) {
                dropped += mark[colIdx[q]] == i + 1 ? 0 : l * into[q]; // fill left of the diagonal
            }
            dropped = relax(i, dropped, l, into, row, mark, at < 0 ? last : at, last);
        }
        return dropped;
    }

    /** a_i: ← a_i: − l_ij u_j: in the entries of row j from first to last − 1; adds what row i has no place for. */
    private double relax(
            int i, double dropped, double l, double[] into, double[] row, int[] mark, int first, int last) {
        int[] colIdx = a.colIdx();
        double sum = dropped;
        for (int q = first; q < last; q++) {
            int c = colIdx[q];
            if (mark[c] == i + 1) {
                row[c] -= l * into[q];
            } else {
                sum += l * into[q];
            }
        }
        return sum;
    }

    /** Whether some row of U is so long that it pays to look whether the others that use it are much shorter. */
    private boolean anyLong() {
        for (int i = 0; i < symbolic.diagonal.length; i++) {
            if (a.rowPtr()[i + 1] - symbolic.diagonal[i] > LONG) {
                return true;
            }
        }
        return false;
    }
}
