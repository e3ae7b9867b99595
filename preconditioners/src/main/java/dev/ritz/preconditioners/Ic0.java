package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;

/**
 * Incomplete Cholesky factorisation on the pattern of A. Where a pivot is not positive, it starts again for
 * A + α diag(A) with a larger α.
 *
 * <pre>
 * Needs   A symmetric with a positive diagonal; its lower triangle is read
 * Gives   M = L Lᵀ on the pattern of A; SPD
 * Step    2 triangular solves
 * Memory  nnz / 2 doubles and ints
 * Fails   NOT_POSITIVE (a diagonal entry, or every shift), ZERO_PIVOT, NOT_FINITE
 * Source  Meijerink &amp; van der Vorst 1977, doi:10.1090/S0025-5718-1977-0438681-4; shift: Manteuffel 1980,
 *         doi:10.1090/S0025-5718-1980-0559197-0
 * </pre>
 */
public record Ic0() implements PreconditionerFactory {
    private static final double FIRST_SHIFT = 1e-3;
    private static final double LARGEST_SHIFT = 10;

    @Override
    public Preconditioner build(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        double[] d = a.diagonal();
        for (int i = 0; i < d.length; i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (!Double.isFinite(a.values()[k])) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + a.values()[k]);
                }
            }
            if (!(d[i] > 0)) {
                throw new BuildException(
                        BuildException.Reason.NOT_POSITIVE, i, "diagonal entry " + i + " is " + d[i] + "; try Ilu0");
            }
        }
        int[] ptr = new int[a.rows() + 1];
        int[] idx = new int[a.nnz()];
        double[] lower = new double[a.nnz()];
        int at = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1] && a.colIdx()[k] <= i; k++) {
                idx[at] = a.colIdx()[k];
                lower[at++] = a.values()[k];
            }
            ptr[i + 1] = at;
        }
        double[] l = new double[at];
        int bad = -1;
        for (double shift = 0; shift <= LARGEST_SHIFT; shift = shift == 0 ? FIRST_SHIFT : 2 * shift) {
            System.arraycopy(lower, 0, l, 0, at);
            bad = factor(ptr, idx, l, shift);
            if (bad < 0) {
                return new Factor(ptr, idx, l, shift);
            }
        }
        throw new BuildException(
                BuildException.Reason.NOT_POSITIVE, bad, "the pivot of row " + bad + " is not positive; try Ilu0");
    }

    /** Row by row: l_ij = (a_ij − Σ l_ik l_jk) / l_jj. Returns the first row without a positive pivot, or −1. */
    private static int factor(int[] ptr, int[] idx, double[] l, double shift) {
        int n = ptr.length - 1;
        for (int i = 0; i < n; i++) {
            int end = ptr[i + 1] - 1; // the diagonal
            double pivot = l[end] * (1 + shift);
            double floor = 1e-12 * pivot;
            for (int k = ptr[i]; k < end; k++) {
                int j = idx[k];
                double sum = l[k];
                int p = ptr[i];
                int q = ptr[j];
                while (p < k && q < ptr[j + 1] - 1) {
                    if (idx[p] == idx[q]) {
                        sum -= l[p++] * l[q++];
                    } else if (idx[p] < idx[q]) {
                        p++;
                    } else {
                        q++;
                    }
                }
                l[k] = sum / l[ptr[j + 1] - 1];
                pivot -= l[k] * l[k];
            }
            if (!(pivot > floor)) {
                return i;
            }
            l[end] = Math.sqrt(pivot);
        }
        return -1;
    }

    /** z = L⁻ᵀ L⁻¹ r. */
    private record Factor(int[] ptr, int[] idx, double[] l, double shift) implements Preconditioner {
        @Override
        public int size() {
            return ptr.length - 1;
        }

        @Override
        public Kind kind() {
            return Kind.SPD;
        }

        @Override
        public void apply(double[] r, double[] z) {
            int n = ptr.length - 1;
            for (int i = 0; i < n; i++) {
                int end = ptr[i + 1] - 1;
                double sum = r[i];
                for (int k = ptr[i]; k < end; k++) {
                    sum -= l[k] * z[idx[k]];
                }
                z[i] = sum / l[end];
            }
            for (int i = n - 1; i >= 0; i--) {
                int end = ptr[i + 1] - 1;
                double zi = z[i] / l[end];
                z[i] = zi;
                for (int k = ptr[i]; k < end; k++) {
                    z[idx[k]] -= l[k] * zi;
                }
            }
        }

        @Override
        public String name() {
            return "Ic0";
        }

        @Override
        public long bytes() {
            return 8L * l.length + 4L * idx.length + 4L * ptr.length;
        }

        @Override
        public String note() {
            return shift == 0 ? "" : "factored A + " + shift + " diag(A)";
        }
    }
}
