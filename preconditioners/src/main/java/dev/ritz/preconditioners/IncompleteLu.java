package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Pipeline;
import java.util.Arrays;
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
    /** Of each thread: where in lu the columns of its row are; −1 elsewhere. */
    private final int[][] positions;

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
        this.longRows = omega == 0 && anyLong();
        this.pipeline = new Pipeline(symbolic.pool, new Pipeline.Stage(symbolic.lower.schedule, true, this::rows));
        this.positions = new int[pipeline.threads()][];
    }

    /**
     * Factors A + shift·diag(A).
     *
     * @return the first row whose pivot is not acceptable, or −1
     */
    int factor(double newShift) {
        shift = newShift;
        failed = false;
        pipeline.run(a.values(), lu);
        return failed ? rows(0, a.values(), lu, 0, a.rows(), true) : -1;
    }

    /** A + α diag(A) with growing α until all pivots are positive; returns α, or NaN when none served. */
    double factorShifted() {
        for (double alpha = 0; alpha <= 16; alpha = alpha == 0 ? 1e-3 : 2 * alpha) {
            shift = alpha;
            failed = false;
            pipeline.run(a.values(), lu);
            if (!failed) {
                return alpha;
            }
        }
        return Double.NaN;
    }

    /** How many pivots were too small. */
    int shifted() {
        return shifted.get();
    }

    private void rows(int thread, double[] values, double[] into, int from, int to) {
        if (!failed && rows(thread, values, into, from, to, false) >= 0) {
            failed = true; // which row was first is found out afterwards, if anybody asks
        }
    }

    private int rows(int thread, double[] values, double[] into, int from, int to, boolean again) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        int[] position = positions[thread];
        if (position == null || again) {
            position = new int[a.rows()];
            Arrays.fill(position, -1);
            positions[thread] = position;
        }
        for (int i = from; i < to; i++) {
            int end = rowPtr[i + 1];
            int di = diagonal[i];
            for (int k = rowPtr[i]; k < end; k++) {
                position[colIdx[k]] = k;
            }
            double scale = Math.abs(values[di] * (1 + shift));
            double dropped =
                    symmetric ? eliminateUpper(i, values, into, position) : eliminate(i, values, into, position);
            into[di] -= omega * dropped;
            if (least > 0) {
                moveAwayFromZero(into, di, values, rowPtr[i], end);
            }
            for (int k = rowPtr[i]; k < end; k++) {
                position[colIdx[k]] = -1;
            }
            double pivot = symmetric ? into[di] : Math.abs(into[di]);
            // a symmetric factor with a pivot that cancelled away is useless even where its sign is right
            if (!(pivot > (symmetric ? 1e-12 * scale : 0) && pivot <= Double.MAX_VALUE)) {
                return i;
            }
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

    /** Row i of L and U; returns the sum of what fell off the pattern. */
    private double eliminate(int i, double[] values, double[] into, int[] position) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        int begin = rowPtr[i];
        int di = diagonal[i];
        System.arraycopy(values, begin, into, begin, rowPtr[i + 1] - begin);
        into[di] *= 1 + shift;
        if (longRows) {
            searchLong(i, into, position);
            return 0;
        }
        double dropped = 0;
        for (int k = begin; k < di; k++) {
            int j = colIdx[k];
            double l = into[k] / into[diagonal[j]]; // l_ij = a_ij / u_jj
            into[k] = l;
            for (int q = diagonal[j] + 1, last = rowPtr[j + 1]; q < last; q++) {
                int p = position[colIdx[q]];
                if (p >= 0) {
                    into[p] -= l * into[q]; // a_i: ← a_i: − l_ij u_j:
                } else {
                    dropped += l * into[q];
                }
            }
        }
        return dropped;
    }

    /** The same where some rows of U are long and nothing that is dropped counts. */
    private void searchLong(int i, double[] into, int[] position) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        int end = rowPtr[i + 1];
        for (int k = rowPtr[i]; k < diagonal[i]; k++) {
            int j = colIdx[k];
            into[k] /= into[diagonal[j]];
            subtract(colIdx, into, position, into[k], k + 1, end, diagonal[j] + 1, rowPtr[j + 1]);
        }
    }

    /** The same where A is symmetric: l_ij is u_ji / u_jj, so nothing left of the diagonal is worked out. */
    private double eliminateUpper(int i, double[] values, double[] into, int[] position) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = symbolic.diagonal;
        int di = diagonal[i];
        int end = rowPtr[i + 1];
        System.arraycopy(values, di, into, di, end - di);
        into[di] *= 1 + shift;
        boolean search = longRows;
        double dropped = 0;
        for (int k = rowPtr[i]; k < di; k++) {
            int j = colIdx[k];
            int first = diagonal[j] + 1;
            int last = rowPtr[j + 1];
            int at = Checks.position(colIdx, first, last, i);
            double l = at < 0 ? 0 : into[at] * (1 / into[diagonal[j]]); // as D⁻¹ U is scaled later
            into[k] = l;
            if (search) {
                subtract(colIdx, into, position, l, di, end, at < 0 ? last : at, last);
                continue;
            }
            if (omega != 0) {
                for (int q = first; q < at; q++) {
                    dropped += position[colIdx[q]] < 0 ? l * into[q] : 0; // fill left of the diagonal
                }
            }
            for (int q = at < 0 ? last : at; q < last; q++) {
                int p = position[colIdx[q]];
                if (p >= 0) {
                    into[p] -= l * into[q]; // a_i: ← a_i: − l_ij u_j:
                } else {
                    dropped += l * into[q];
                }
            }
        }
        return dropped;
    }

    /**
     * a_i: ← a_i: − l_ij u_j: in the entries of row i from begin to end − 1, with those of row j from first to last − 1.
     * Where row j is much the longer, as that of a hub with an early number is, each entry of row i is looked for in it.
     */
    private static void subtract(
            int[] colIdx, double[] into, int[] position, double l, int begin, int end, int first, int last) {
        if ((last - first) / MUCH_LONGER <= end - begin) {
            for (int q = first; q < last; q++) {
                int p = position[colIdx[q]];
                if (p >= 0) {
                    into[p] -= l * into[q];
                }
            }
            return;
        }
        int from = first;
        for (int p = begin; p < end; p++) {
            int q = Checks.position(colIdx, from, last, colIdx[p]);
            if (q >= 0) {
                into[p] -= l * into[q];
                from = q + 1;
            }
        }
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
