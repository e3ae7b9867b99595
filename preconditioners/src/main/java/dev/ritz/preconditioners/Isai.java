package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;

/**
 * Incomplete sparse approximate inverse of a general matrix: M⁻¹ A agrees with the identity on the pattern of A^power.
 * Every row comes from a small dense system of its own and an application is one product, so both run on all threads.
 *
 * <pre>
 * Needs   A square, of which the local matrices are nonsingular
 * Gives   M⁻¹ with the pattern of A^power and (M⁻¹ A − I)_ij = 0 there; FIXED
 * Set-up  for each row with m entries a dense LU factorisation, 2 m³/3 operations; about 10 products for the format
 * Step    1 product with a sparse matrix
 * Memory  12 bytes an entry of M⁻¹, 16 where the format has columns of its own, and 4 n
 * Fails   ZERO_PIVOT (a singular local matrix), NOT_FINITE, TOO_LARGE (a local matrix above 1024 by 1024)
 * Source  Anzt, Huckle, Bräckle &amp; Dongarra 2018, doi:10.1016/j.parco.2017.10.003; powers: Chow 2000,
 *         doi:10.1137/S106482759833913X
 * </pre>
 *
 * @param power which power of A gives M⁻¹ its pattern, at least 1
 */
public record Isai(int power) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param power which power of A gives M⁻¹ its pattern, at least 1
     */
    public Isai {
        if (power < 1) {
            throw new IllegalArgumentException("power = " + power + ", expected at least 1");
        }
    }

    /** Power 1. */
    public Isai() {
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
        double[] values = LocalSystems.solve(a, where, Isai::row);
        return new SparseInverse(name(), Preconditioner.Kind.FIXED, a, power, where, values, false, fitting);
    }

    @Override
    public String name() {
        return "Isai(" + power + ")";
    }

    /** Solves m A[J, J] = e_iᵀ, with J the columns of row i of M⁻¹, by Gaussian elimination with partial pivoting. */
    private static void row(
            CsrMatrix a, int i, int[] colIdx, int from, int to, double[] values, LocalSystems.Scratch scratch) {
        int m = to - from;
        double[] b = scratch.dense(i, m, m); // A[J, J]ᵀ by rows, its columns and rows scaled
        double[] w = scratch.vector(2 * m); // the right-hand side; from m on the factors of the columns
        int[] local = scratch.local;
        scratch.number(colIdx, from, to);
        for (int c = 0; c < m; c++) {
            int row = colIdx[from + c];
            w[m + c] = LocalSystems.rowScale(a, row);
            for (int k = a.rowPtr()[row]; k < a.rowPtr()[row + 1]; k++) {
                int r = local[a.colIdx()[k]];
                if (r >= 0) {
                    b[r * m + c] = a.values()[k] * w[m + c];
                }
            }
        }
        int self = local[i];
        scratch.forget(colIdx, from, to);
        for (int r = 0; r < m; r++) {
            double largest = 0;
            for (int c = 0; c < m; c++) {
                largest = Math.max(largest, Math.abs(b[r * m + c]));
            }
            double factor = LocalSystems.power(largest);
            for (int c = 0; c < m; c++) {
                b[r * m + c] *= factor;
            }
            w[r] = r == self ? factor : 0;
        }
        eliminate(i, b, w, m);
        for (int r = m - 1; r >= 0; r--) {
            double sum = w[r];
            for (int c = r + 1; c < m; c++) {
                sum -= b[r * m + c] * w[c];
            }
            w[r] = sum / b[r * m + r];
        }
        for (int c = 0; c < m; c++) {
            values[from + c] = w[c] * w[m + c];
        }
    }

    private static void eliminate(int i, double[] b, double[] w, int m) {
        for (int k = 0; k < m; k++) {
            int best = k;
            for (int r = k + 1; r < m; r++) {
                best = Math.abs(b[r * m + k]) > Math.abs(b[best * m + k]) ? r : best;
            }
            double pivot = b[best * m + k];
            if (!(Math.abs(pivot) > 1e-14)) { // of entries near 1; what is left below is rounding
                throw new BuildException(
                        BuildException.Reason.ZERO_PIVOT,
                        i,
                        "the " + m + " by " + m + " submatrix on the columns of row " + i + " is singular",
                        "try Spai, whose least squares need no such submatrix, or Matched");
            }
            for (int c = k; c < m && best != k; c++) {
                double t = b[best * m + c];
                b[best * m + c] = b[k * m + c];
                b[k * m + c] = t;
            }
            double t = w[best];
            w[best] = w[k];
            w[k] = t;
            for (int r = k + 1; r < m; r++) {
                double l = b[r * m + k] / pivot;
                if (l != 0) {
                    for (int c = k + 1; c < m; c++) {
                        b[r * m + c] -= l * b[k * m + c];
                    }
                    w[r] -= l * w[k];
                }
            }
        }
    }
}
