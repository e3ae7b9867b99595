package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/**
 * L U on the pattern of A, row by row (IKJ), with dropped fill added to the diagonal in part. A row needs the rows that
 * its lower triangle names, as in a forward sweep, so it is shared among threads by the same schedule. Source: Saad
 * 2003, Alg. 10.4 and section 10.3.5; Gustafsson 1978, doi:10.1007/BF01931691.
 */
final class IncompleteLu {
    private final CsrMatrix a;
    private final TriangularPattern symbolic;
    private final double omega;
    private final boolean positive;
    /** Strict L (unit diagonal) and U on the pattern. */
    private final double[] lu;
    /** Of each thread: where in lu the columns of its row are; −1 elsewhere. */
    private final int[][] positions;

    private final Pipeline pipeline;
    private double shift;
    private volatile boolean failed;

    /**
     * A factorisation to be done.
     *
     * @param omega relaxation: the share of what is dropped from a row that is taken from its diagonal
     * @param positive whether pivots must be positive, not just different from zero
     * @param lu to be overwritten by the factors
     */
    IncompleteLu(CsrMatrix a, TriangularPattern symbolic, double omega, boolean positive, double[] lu) {
        this.a = a;
        this.symbolic = symbolic;
        this.omega = omega;
        this.positive = positive;
        this.lu = lu;
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
            int begin = rowPtr[i];
            int end = rowPtr[i + 1];
            int di = diagonal[i];
            System.arraycopy(values, begin, into, begin, end - begin);
            for (int k = begin; k < end; k++) {
                position[colIdx[k]] = k;
            }
            into[di] *= 1 + shift;
            double scale = Math.abs(into[di]);
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
            into[di] -= omega * dropped;
            for (int k = begin; k < end; k++) {
                position[colIdx[k]] = -1;
            }
            double pivot = positive ? into[di] : Math.abs(into[di]);
            // a symmetric factor with a pivot that cancelled away is useless even where its sign is right
            if (!(pivot > (positive ? 1e-12 * scale : 0) && pivot <= Double.MAX_VALUE)) {
                return i;
            }
        }
        return -1;
    }
}
