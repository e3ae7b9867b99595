package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/**
 * L U on the pattern of A, row by row (IKJ), with dropped fill added to the diagonal in part. Source: Saad 2003,
 * Alg. 10.4 and section 10.3.5; Gustafsson 1978, doi:10.1007/BF01931691.
 */
final class IncompleteLu {
    private IncompleteLu() {}

    /**
     * Factors A + shift·diag(A), relaxed: a share omega of what is dropped from a row is taken from its diagonal.
     *
     * @param diagonal positions of the diagonal, all stored
     * @param positive whether pivots must be positive, not just different from zero
     * @param lu overwritten: strict L (unit diagonal) and U on the pattern
     * @return the first row whose pivot is not acceptable, or −1
     */
    static int factor(CsrMatrix a, int[] diagonal, double omega, double shift, boolean positive, double[] lu) {
        int n = a.rows();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        System.arraycopy(a.values(), 0, lu, 0, a.nnz());
        int[] position = new int[n];
        Arrays.fill(position, -1);
        for (int i = 0; i < n; i++) {
            int begin = rowPtr[i];
            int end = rowPtr[i + 1];
            int di = diagonal[i];
            for (int k = begin; k < end; k++) {
                position[colIdx[k]] = k;
            }
            lu[di] *= 1 + shift;
            double scale = Math.abs(lu[di]);
            double dropped = 0;
            for (int k = begin; k < di; k++) {
                int j = colIdx[k];
                double l = lu[k] / lu[diagonal[j]]; // l_ij = a_ij / u_jj
                lu[k] = l;
                for (int q = diagonal[j] + 1, to = rowPtr[j + 1]; q < to; q++) {
                    int p = position[colIdx[q]];
                    if (p >= 0) {
                        lu[p] -= l * lu[q]; // a_i: ← a_i: − l_ij u_j:
                    } else {
                        dropped += l * lu[q];
                    }
                }
            }
            lu[di] -= omega * dropped;
            for (int k = begin; k < end; k++) {
                position[colIdx[k]] = -1;
            }
            double pivot = positive ? lu[di] : Math.abs(lu[di]);
            // a symmetric factor with a pivot that cancelled away is useless even where its sign is right
            if (!(pivot > (positive ? 1e-12 * scale : 0) && pivot <= Double.MAX_VALUE)) {
                return i;
            }
        }
        return -1;
    }

    /** A + α diag(A) with growing α until all pivots are positive; returns α, or NaN when none served. */
    static double factorShifted(CsrMatrix a, int[] diagonal, double omega, double[] lu) {
        for (double shift = 0; shift <= 16; shift = shift == 0 ? 1e-3 : 2 * shift) {
            if (factor(a, diagonal, omega, shift, true, lu) < 0) {
                return shift;
            }
        }
        return Double.NaN;
    }
}
