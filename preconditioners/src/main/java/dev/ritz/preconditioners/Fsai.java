package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;

/**
 * Factorised sparse approximate inverse: the lower triangular G on a given pattern for which G L, with A = L Lᵀ, is
 * nearest to the identity, its rows scaled afterwards. Every row comes from a small dense system of its own and an application is two products, so
 * set-up and application run on all threads, where triangular sweeps wait for each other.
 *
 * <pre>
 * Needs   A symmetric positive definite
 * Gives   M⁻¹ = Gᵀ G with the lower triangle of the pattern of A^power, diag(G A Gᵀ) = I; SPD
 * Set-up  for each row with m entries a dense Cholesky factorisation, m³/3 operations; about 20 products for the format
 * Step    2 products with sparse matrices
 * Memory  24 bytes an entry of G, 32 where the format has columns of its own, and 16 n
 * Fails   NOT_POSITIVE (a diagonal entry, or a local system), NOT_FINITE, TOO_LARGE (a local system above 1024 by 1024)
 * Source  Kolotilina &amp; Yeremin 1993, doi:10.1137/0614004; powers: Chow 2000, doi:10.1137/S106482759833913X
 * </pre>
 *
 * @param power which power of A gives G its pattern, at least 1
 */
public record Fsai(int power) implements PreconditionerFactory {
    /**
     * The factory with its options.
     *
     * @param power which power of A gives G its pattern, at least 1
     */
    public Fsai {
        if (power < 1) {
            throw new IllegalArgumentException("power = " + power + ", expected at least 1");
        }
    }

    /** Power 1. */
    public Fsai() {
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
        int[] diagonal = a.pattern().diagonalPositions();
        Checks.positiveDiagonal(a, diagonal);
        Checks.symmetric(a, diagonal);
        SparseInverse fitting = SparseInverse.fitting(old, a, power, true);
        SparsityPattern where = fitting == null
                ? LocalSystems.pattern(a, power, LimitedSearch.Keep.LOWER_AND_DIAGONAL)
                : fitting.where();
        double[] values = LocalSystems.solve(a, where, Fsai::row);
        return new SparseInverse(name(), Preconditioner.Kind.SPD, a, power, where, values, true, fitting);
    }

    @Override
    public String name() {
        return "Fsai(" + power + ")";
    }

    /** With B = A on the columns of row i, scaled to a unit diagonal, and B = L Lᵀ: the row is L⁻ᵀ times the last unit vector. */
    private static void row(
            CsrMatrix a, int i, int[] colIdx, int from, int to, double[] g, LocalSystems.Scratch scratch) {
        int m = to - from;
        double[] b = scratch.dense(i, m, m);
        double[] scale = scratch.vector(m);
        int[] local = scratch.local;
        scratch.number(colIdx, from, to);
        for (int r = 0; r < m; r++) {
            int row = colIdx[from + r];
            int end = a.rowPtr()[row + 1];
            int k = a.rowPtr()[row];
            for (; k < end && a.colIdx()[k] < row; k++) {
                int c = local[a.colIdx()[k]];
                if (c >= 0) {
                    b[r * m + c] = a.values()[k];
                }
            }
            scale[r] = 1 / Math.sqrt(a.values()[k]);
            for (int c = 0; c < r; c++) {
                b[r * m + c] = b[r * m + c] * scale[r] * scale[c];
            }
            b[r * m + r] = 1;
        }
        scratch.forget(colIdx, from, to);
        for (int r = 0; r < m; r++) {
            for (int c = 0; c <= r; c++) {
                double sum = b[r * m + c];
                for (int k = 0; k < c; k++) {
                    sum -= b[r * m + k] * b[c * m + k];
                }
                if (c < r) {
                    b[r * m + c] = sum / b[c * m + c];
                } else if (sum > 1e-14) { // of 1; what is left below is rounding
                    b[r * m + r] = Math.sqrt(sum);
                } else {
                    throw notPositive(i, m, sum);
                }
            }
        }
        for (int r = m - 1; r >= 0; r--) {
            double sum = r == m - 1 ? 1 : 0;
            for (int k = r + 1; k < m; k++) {
                sum -= b[k * m + r] * g[from + k];
            }
            g[from + r] = sum / b[r * m + r];
        }
        for (int r = 0; r < m; r++) {
            g[from + r] *= scale[r];
        }
    }

    private static BuildException notPositive(int i, int m, double pivot) {
        return new BuildException(
                BuildException.Reason.NOT_POSITIVE,
                i,
                "the submatrix of row " + i + " and the " + (m - 1)
                        + " before it in the pattern is not positive definite: a pivot is " + pivot
                        + " of its diagonal",
                "try Ict, which shifts the diagonal, or Isai");
    }
}
