package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Arrays;

/**
 * Incomplete LU factorisation on the pattern of A.
 *
 * <pre>
 * Needs   A square, the whole diagonal stored
 * Gives   M = L U on the pattern of A, (M − A)_ij = 0 there; FIXED
 * Step    2 triangular solves
 * Memory  nnz doubles
 * Fails   ZERO_PIVOT, NOT_FINITE
 * Source  Meijerink &amp; van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4; Saad 2003, Alg. 10.4
 * </pre>
 */
public record Ilu0() implements PreconditionerFactory {

    @Override
    public Preconditioner build(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        int n = a.rows();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] diagonal = a.pattern().diagonalPositions();
        double[] lu = a.values().clone();
        int[] position = new int[n];
        Arrays.fill(position, -1);
        for (int i = 0; i < n; i++) {
            if (diagonal[i] < 0) {
                throw zeroPivot(i);
            }
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                position[colIdx[k]] = k;
            }
            for (int k = rowPtr[i]; k < diagonal[i]; k++) {
                int j = colIdx[k];
                double l = lu[k] / lu[diagonal[j]]; // l_ij = a_ij / u_jj
                lu[k] = l;
                for (int q = diagonal[j] + 1; q < rowPtr[j + 1]; q++) {
                    int p = position[colIdx[q]];
                    if (p >= 0) {
                        lu[p] -= l * lu[q];
                    }
                }
            }
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                position[colIdx[k]] = -1;
            }
            double pivot = lu[diagonal[i]];
            if (!Double.isFinite(pivot)) {
                throw new BuildException(BuildException.Reason.NOT_FINITE, i, "the pivot of row " + i + " is " + pivot);
            }
            if (pivot == 0) {
                throw zeroPivot(i);
            }
        }
        return new Factors(a, lu, diagonal);
    }

    private static BuildException zeroPivot(int i) {
        return new BuildException(
                BuildException.Reason.ZERO_PIVOT,
                i,
                "the pivot of row " + i + " is zero; try Matched(Ilu0), which moves large entries to the diagonal");
    }

    /** z = U⁻¹ L⁻¹ r. */
    private record Factors(CsrMatrix pattern, double[] lu, int[] diagonal) implements Preconditioner {
        @Override
        public int size() {
            return diagonal.length;
        }

        @Override
        public Kind kind() {
            return Kind.FIXED;
        }

        @Override
        public void apply(double[] r, double[] z) {
            int[] rowPtr = pattern.rowPtr();
            int[] colIdx = pattern.colIdx();
            double[] v = lu;
            int[] d = diagonal;
            for (int i = 0; i < d.length; i++) {
                double sum = r[i];
                for (int k = rowPtr[i]; k < d[i]; k++) {
                    sum -= v[k] * z[colIdx[k]];
                }
                z[i] = sum;
            }
            for (int i = d.length - 1; i >= 0; i--) {
                double sum = z[i];
                for (int k = d[i] + 1; k < rowPtr[i + 1]; k++) {
                    sum -= v[k] * z[colIdx[k]];
                }
                z[i] = sum / v[d[i]];
            }
        }

        @Override
        public String name() {
            return "Ilu0";
        }

        @Override
        public long bytes() {
            return 8L * lu.length + 4L * diagonal.length;
        }
    }
}
