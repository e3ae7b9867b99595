package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * Sparse approximate inverse of a general matrix by least squares: of all matrices with the pattern of A^power, M⁻¹ is
 * the one with the least ‖I − M⁻¹ A‖ in the Frobenius norm. More work than {@link Isai}, and it exists for every
 * nonsingular A with M⁻¹ A rarely far from I. All rows are independent, so set-up and application run on all threads.
 *
 * <pre>
 * Needs   A square and nonsingular
 * Gives   M⁻¹ with the pattern of A^power and the least Frobenius norm of I − M⁻¹ A; FIXED
 * Set-up  for each row with m entries, whose rows of A touch q columns, a QR factorisation of q by m, 2 q m² operations;
 *         about 10 products for the format
 * Step    1 product with a sparse matrix
 * Memory  12 bytes an entry of M⁻¹, 16 where the format has columns of its own, and 4 n
 * Fails   ZERO_PIVOT (dependent rows, or a row of M⁻¹ that would be zero), NOT_FINITE, TOO_LARGE (q m above 2²⁰)
 * Source  Grote &amp; Huckle 1997, doi:10.1137/S1064827594276552, with a fixed pattern; powers: Chow 2000,
 *         doi:10.1137/S106482759833913X
 * </pre>
 *
 * @param power which power of A gives M⁻¹ its pattern, at least 1
 */
public record Spai(int power) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param power which power of A gives M⁻¹ its pattern, at least 1
     */
    public Spai {
        if (power < 1) {
            throw new IllegalArgumentException("power = " + power + ", expected at least 1");
        }
    }

    /** Power 1. */
    public Spai() {
        this(1);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        SparseInverse fitting = SparseInverse.fitting(old, a, power, false);
        SparsityPattern where =
                fitting == null ? LocalSystems.pattern(a, power, LimitedSearch.Keep.ALL) : fitting.where();
        double[] values = LocalSystems.solve(a, where, Spai::row);
        return new SparseInverse(name(), Preconditioner.Kind.FIXED, a, power, where, values, false, fitting);
    }

    @Override
    public String name() {
        return "Spai(" + power + ")";
    }

    /** Minimises ‖m A[J, :] − e_iᵀ‖₂, with J the columns of row i of M⁻¹, by Householder reflections. */
    private static void row(
            CsrMatrix a, int i, int[] colIdx, int from, int to, double[] values, LocalSystems.Scratch scratch) {
        int m = to - from;
        int q = number(a, colIdx, from, to, scratch);
        int[] local = scratch.local;
        int self = local[i];
        if (self < 0 || q < m) {
            throw dependent(i, self < 0 ? "column " + i + " is empty" : "rows of A are dependent");
        }
        double[] b = scratch.dense(i, q, m); // A[J, :]ᵀ by columns, scaled
        double[] w = scratch.vector(q + 2 * m); // right-hand side, factors of the columns, diagonal of R
        for (int c = 0; c < m; c++) {
            int row = colIdx[from + c];
            w[q + c] = LocalSystems.rowScale(a, row);
            for (int k = a.rowPtr()[row]; k < a.rowPtr()[row + 1]; k++) {
                b[c * q + local[a.colIdx()[k]]] = a.values()[k] * w[q + c];
            }
        }
        w[self] = 1;
        scratch.forget(scratch.numbered, 0, q);
        reflect(i, b, w, q, m);
        boolean zero = true;
        for (int r = m - 1; r >= 0; r--) {
            double sum = w[r];
            for (int c = r + 1; c < m; c++) {
                sum -= b[c * q + r] * w[c];
            }
            w[r] = sum / w[q + m + r];
            values[from + r] = w[r] * w[q + r];
            zero &= values[from + r] == 0;
        }
        if (zero) {
            throw dependent(i, "column " + i + " has no entry in the rows that the pattern allows");
        }
    }

    /** Numbers the columns that the rows J of A have, and returns how many there are. */
    private static int number(CsrMatrix a, int[] colIdx, int from, int to, LocalSystems.Scratch scratch) {
        int q = 0;
        for (int c = from; c < to; c++) {
            int begin = a.rowPtr()[colIdx[c]];
            int end = a.rowPtr()[colIdx[c] + 1];
            if (q + end - begin > scratch.numbered.length) {
                scratch.numbered = Arrays.copyOf(scratch.numbered, 2 * (q + end - begin));
            }
            for (int k = begin; k < end; k++) {
                int j = a.colIdx()[k];
                if (scratch.local[j] < 0) {
                    scratch.local[j] = q;
                    scratch.numbered[q++] = j;
                }
            }
        }
        return q;
    }

    /** Q R = B: R above the diagonal of B and its diagonal in w from q + m on; w ← Qᵀ w. */
    private static void reflect(int i, double[] b, double[] w, int q, int m) {
        for (int k = 0; k < m; k++) {
            double square = 0;
            for (int r = k; r < q; r++) {
                square += b[k * q + r] * b[k * q + r];
            }
            double norm = Math.sqrt(square);
            if (!(norm > 1e-14)) { // of columns with entries near 1; what is left below is rounding
                throw dependent(i, "rows of A are dependent");
            }
            double diagonal = b[k * q + k] > 0 ? -norm : norm;
            w[q + m + k] = diagonal;
            b[k * q + k] -= diagonal; // v = b_k − r_kk e_k, and H = I − v vᵀ / (−r_kk v_k)
            double half = -diagonal * b[k * q + k];
            for (int c = k + 1; c <= m; c++) {
                double[] y = c < m ? b : w;
                int at = c < m ? c * q : 0;
                double dot = 0;
                for (int r = k; r < q; r++) {
                    dot += b[k * q + r] * y[at + r];
                }
                double t = dot / half;
                for (int r = k; r < q; r++) {
                    y[at + r] -= t * b[k * q + r];
                }
            }
        }
    }

    private static BuildException dependent(int i, String what) {
        return new BuildException(
                BuildException.Reason.ZERO_PIVOT,
                i,
                "row " + i + " of the approximate inverse does not exist: " + what,
                "the matrix is singular, or needs a higher power or Matched");
    }
}
