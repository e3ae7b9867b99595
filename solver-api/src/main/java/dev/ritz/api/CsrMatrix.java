package dev.ritz.api;

import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sparse matrix in compressed rows: an immutable {@link SparsityPattern} and values. It wraps its arrays without
 * copying; a changed matrix is a new object ({@link #withValues}), so identity tells versions apart.
 *
 * <p>Products run on a {@link WorkerPool} from a measured size on; each row is summed in the order of its columns, so
 * the bits do not depend on the number of threads. Instances are shareable between threads.
 */
public final class CsrMatrix implements LinearOperator {
    /** Rows per block of a parallel loop. */
    private static final int ROW_BLOCK = 1024;
    /** With fewer entries than this a product runs on the calling thread alone. */
    private static final int SERIAL_BELOW = 80_000;

    private static final WorkerPool.BlockKernel<CsrMatrix> APPLY = CsrMatrix::applyRows;
    private static final WorkerPool.BlockKernel<Several> SEVERAL = Several::rows;
    private static final WorkerPool.BlockSum<CsrMatrix> APPLY_DOT = CsrMatrix::applyDotRows;
    private static final WorkerPool.BlockSum<CsrMatrix> RESIDUAL = CsrMatrix::residualRows;

    private final SparsityPattern pattern;
    private final double[] values;
    private final WorkerPool pool;
    private final int blocks;

    private CsrMatrix(SparsityPattern pattern, double[] values, WorkerPool pool) {
        this.pattern = pattern;
        this.values = values;
        this.pool = pool;
        int rows = pattern.rows();
        this.blocks = rows / ROW_BLOCK + (rows % ROW_BLOCK == 0 ? 0 : 1);
    }

    // ---------------------------------------------------------------- making one

    /**
     * Wraps a pattern and its values.
     *
     * @param pattern where the entries are
     * @param values what they are, in the order of the pattern; length at least its nnz, not to be changed while the
     *     matrix is in use
     * @return the matrix
     */
    public static CsrMatrix of(SparsityPattern pattern, double[] values) {
        Objects.requireNonNull(pattern, "pattern");
        Objects.requireNonNull(values, "values");
        if (values.length < pattern.nnz()) {
            throw new IllegalArgumentException(
                    "values has length " + values.length + ", expected at least nnz = " + pattern.nnz());
        }
        return new CsrMatrix(pattern, values, WorkerPool.shared());
    }

    /**
     * Wraps and checks the three arrays of compressed rows.
     *
     * @param rows number of rows
     * @param cols number of columns
     * @param rowPtr length rows + 1
     * @param colIdx 0-based columns, strictly increasing in each row
     * @param values values in the same order
     * @return the matrix
     * @throws IllegalArgumentException naming the first offending index
     */
    public static CsrMatrix of(int rows, int cols, int[] rowPtr, int[] colIdx, double[] values) {
        return of(SparsityPattern.of(rows, cols, rowPtr, colIdx), values);
    }

    /**
     * Sorts coordinates into rows and sums duplicates in the order given.
     *
     * @param rows number of rows
     * @param cols number of columns
     * @param rowIdx 0-based rows
     * @param colIdx 0-based columns, same length
     * @param values values, same length
     * @return the matrix
     * @throws IllegalArgumentException naming the first offending index
     */
    public static CsrMatrix fromCoo(int rows, int cols, int[] rowIdx, int[] colIdx, double[] values) {
        if (rowIdx.length != values.length || colIdx.length != values.length) {
            throw new IllegalArgumentException("rowIdx, colIdx and values have lengths " + rowIdx.length + ", "
                    + colIdx.length + " and " + values.length + ", expected equal ones");
        }
        return fromCoo(rows, cols, values.length, rowIdx, colIdx, values);
    }

    /**
     * Sorts the first {@code count} coordinates into rows and sums duplicates in the order given.
     *
     * @param rows number of rows
     * @param cols number of columns
     * @param count how many coordinates
     * @param rowIdx 0-based rows
     * @param colIdx 0-based columns
     * @param values values
     * @return the matrix
     * @throws IllegalArgumentException naming the first offending index
     */
    public static CsrMatrix fromCoo(int rows, int cols, int count, int[] rowIdx, int[] colIdx, double[] values) {
        return SparseAlgebra.fromCoo(rows, cols, count, rowIdx, colIdx, values);
    }

    /**
     * Keeps the nonzero entries of a dense array of rows.
     *
     * @param dense rows of equal length
     * @return the matrix
     */
    public static CsrMatrix fromDense(double[][] dense) {
        return SparseAlgebra.fromDense(dense);
    }

    /**
     * A builder that takes one row after the other.
     *
     * @param cols number of columns
     * @return an empty builder
     */
    public static CsrRowBuilder rowBuilder(int cols) {
        return new CsrRowBuilder(cols);
    }

    /**
     * The identity matrix.
     *
     * @param n size
     * @return I
     */
    public static CsrMatrix identity(int n) {
        return SparseAlgebra.identity(n);
    }

    /**
     * The same pattern with new values: a new matrix that shares the pattern.
     *
     * @param newValues length at least nnz, wrapped
     * @return the matrix
     */
    public CsrMatrix withValues(double[] newValues) {
        if (newValues.length < nnz()) {
            throw new IllegalArgumentException(
                    "values has length " + newValues.length + ", expected at least nnz = " + nnz());
        }
        return new CsrMatrix(pattern, newValues, pool);
    }

    /**
     * The same matrix with its products on other threads.
     *
     * @param workers the threads
     * @return a matrix that shares pattern and values
     */
    public CsrMatrix on(WorkerPool workers) {
        return new CsrMatrix(pattern, values, Objects.requireNonNull(workers, "workers"));
    }

    // ---------------------------------------------------------------- looking at one

    @Override
    public int rows() {
        return pattern.rows();
    }

    @Override
    public int cols() {
        return pattern.cols();
    }

    /** {@return the number of stored entries, explicit zeros included} */
    public int nnz() {
        return pattern.nnz();
    }

    /** {@return where the entries are} */
    public SparsityPattern pattern() {
        return pattern;
    }

    /** {@return the wrapped row starts; not to be changed} */
    public int[] rowPtr() {
        return pattern.rowPtr();
    }

    /** {@return the wrapped columns; not to be changed} */
    public int[] colIdx() {
        return pattern.colIdx();
    }

    /** {@return the wrapped values; not to be changed while the matrix is in use} */
    public double[] values() {
        return values;
    }

    /** {@return the threads of its products} */
    public WorkerPool pool() {
        return pool;
    }

    /**
     * One entry.
     *
     * @param i row, 0-based
     * @param j column, 0-based
     * @return a_ij, 0 where nothing is stored
     */
    public double get(int i, int j) {
        Objects.checkIndex(i, rows());
        Objects.checkIndex(j, cols());
        int k = pattern.position(i, j);
        return k < 0 ? 0 : values[k];
    }

    /** {@return the diagonal, 0 where nothing is stored} */
    public double[] diagonal() {
        int[] at = pattern.diagonalPositions();
        double[] d = new double[at.length];
        for (int i = 0; i < d.length; i++) {
            d[i] = at[i] < 0 ? 0 : values[at[i]];
        }
        return d;
    }

    /** {@return the matrix as rows of a dense array; for small matrices} */
    public double[][] toDense() {
        double[][] dense = new double[rows()][cols()];
        int[] rowPtr = rowPtr();
        int[] colIdx = colIdx();
        for (int i = 0; i < dense.length; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                dense[i][colIdx[k]] = values[k];
            }
        }
        return dense;
    }

    /**
     * How far the matrix is from being symmetric.
     *
     * @return max |a_ij − a_ji| / max |a_ij|; 0 for a matrix of zeros; NaN when a value is not finite
     * @throws IllegalArgumentException when the matrix is not square
     */
    public double asymmetry() {
        return SparseAlgebra.asymmetry(this);
    }

    // ---------------------------------------------------------------- algebra, each a new matrix

    /** {@return Aᵀ} */
    public CsrMatrix transpose() {
        return SparseAlgebra.transpose(this);
    }

    /** {@return (A + Aᵀ) / 2 of a square matrix, symmetric to the last bit} */
    public CsrMatrix symmetricPart() {
        return SparseAlgebra.symmetricPart(this);
    }

    /**
     * Expands a symmetric matrix of which one triangle is stored: the other becomes its mirror image.
     *
     * @return the full matrix
     * @throws IllegalArgumentException when both triangles hold entries, naming one of each
     */
    public CsrMatrix mirrored() {
        return SparseAlgebra.mirrored(this);
    }

    /**
     * The submatrix of given rows and columns.
     *
     * @param rowSet which rows, in the order wanted; repeats allowed
     * @param colSet which columns, in the order wanted; no repeats
     * @return the submatrix
     */
    public CsrMatrix submatrix(int[] rowSet, int[] colSet) {
        return SparseAlgebra.submatrix(this, rowSet, colSet);
    }

    /**
     * The same permutation of rows and columns.
     *
     * @param p a permutation of 0 … n − 1
     * @return B with b_ij = a_{p(i) p(j)}
     * @throws IllegalArgumentException when p is not a permutation, naming the offending index
     */
    public CsrMatrix permute(int[] p) {
        if (rows() != cols()) {
            throw new IllegalArgumentException(
                    "the matrix is " + rows() + " by " + cols() + ", expected a square one; use submatrix");
        }
        SparseAlgebra.checkPermutation(p, rows());
        return SparseAlgebra.submatrix(this, p, p);
    }

    /**
     * Scaling by diagonal matrices.
     *
     * @param left factors of the rows, or null for ones
     * @param right factors of the columns, or null for ones
     * @return diag(left) A diag(right), on the same pattern
     */
    public CsrMatrix scale(double[] left, double[] right) {
        return SparseAlgebra.scale(this, left, right);
    }

    /**
     * A linear combination.
     *
     * @param alpha α
     * @param beta β
     * @param other B, of the same size
     * @return α A + β B on the union of both patterns
     */
    public CsrMatrix plus(double alpha, double beta, CsrMatrix other) {
        return SparseAlgebra.sum(alpha, this, beta, other);
    }

    /**
     * The product with another sparse matrix.
     *
     * @param other B, with as many rows as A has columns
     * @return A B
     */
    public CsrMatrix times(CsrMatrix other) {
        return SparseAlgebra.product(this, other);
    }

    // ---------------------------------------------------------------- products with vectors

    @Override
    public void apply(double[] x, double[] y) {
        checkVectors(x, y);
        if (nnz() < SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                applyRows(this, x, y, block);
            }
        } else {
            pool.run(blocks, APPLY, this, x, y);
        }
    }

    @Override
    public double applyDot(double[] x, double[] y) {
        checkVectors(x, y);
        if (rows() != cols()) {
            throw new IllegalArgumentException(
                    "the matrix is " + rows() + " by " + cols() + ", expected a square one for x'Ax");
        }
        if (nnz() < SERIAL_BELOW) {
            double total = 0;
            for (int block = 0; block < blocks; block++) {
                total += applyDotRows(this, x, y, block);
            }
            return total;
        }
        return pool.sum(blocks, APPLY_DOT, this, x, y);
    }

    /**
     * {@inheritDoc}
     *
     * <p>One pass over A serves all vectors: the entries of a block of rows stay in the cache from one to the next. Allocates
     * one small object.
     */
    @Override
    public void applyBlock(int count, double[] x, double[] y) {
        if (count < 0) {
            throw new IllegalArgumentException("count = " + count + ", expected at least 0");
        }
        if (x.length < (long) count * cols() || y.length < (long) count * rows()) {
            throw new IllegalArgumentException("x and y have lengths " + x.length + " and " + y.length
                    + ", expected at least count * cols = " + (long) count * cols() + " and count * rows = "
                    + (long) count * rows());
        }
        if (x == y && y.length > 0) {
            throw new IllegalArgumentException("x and y are the same array, expected distinct ones");
        }
        Several several = new Several(this, count);
        if (nnz() < SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                several.rows(x, y, block);
            }
        } else {
            pool.run(blocks, SEVERAL, several, x, y);
        }
    }

    /** A matrix and how many vectors it is applied to at once. */
    private record Several(CsrMatrix a, int count) {
        void rows(double[] x, double[] y, int block) {
            int[] rowPtr = a.rowPtr();
            int[] colIdx = a.colIdx();
            double[] v = a.values;
            int rows = a.rows();
            int from = block * ROW_BLOCK;
            int to = from + Math.min(rows - from, ROW_BLOCK);
            for (int j = 0; j < count; j++) {
                int in = j * a.cols();
                int out = j * rows;
                for (int i = from; i < to; i++) {
                    double sum = 0;
                    for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                        sum += v[k] * x[in + colIdx[k]];
                    }
                    y[out + i] = sum;
                }
            }
        }
    }

    @Override
    public double residual(double[] b, double[] x, double[] r) {
        checkLength("b", b, rows(), "rows");
        checkLength("x", x, cols(), "cols");
        checkLength("r", r, rows(), "rows");
        checkDistinct(b, r);
        checkDistinct(x, r);
        System.arraycopy(b, 0, r, 0, rows()); // an operand less to hand over, so nothing to allocate
        if (nnz() < SERIAL_BELOW) {
            double total = 0;
            for (int block = 0; block < blocks; block++) {
                total += residualRows(this, x, r, block);
            }
            return total;
        }
        return pool.sum(blocks, RESIDUAL, this, x, r);
    }

    @Override
    public boolean hasTranspose() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Runs on the calling thread: rows scatter into y. Who multiplies often takes {@link #transpose()} once.
     */
    @Override
    public void applyTranspose(double[] x, double[] y) {
        checkLength("x", x, rows(), "rows");
        checkLength("y", y, cols(), "cols");
        checkDistinct(x, y);
        int[] rowPtr = rowPtr();
        int[] colIdx = colIdx();
        double[] v = values;
        Arrays.fill(y, 0, cols(), 0.0);
        for (int i = 0, rows = rows(); i < rows; i++) {
            double xi = x[i];
            for (int k = rowPtr[i], end = rowPtr[i + 1]; k < end; k++) {
                y[colIdx[k]] += v[k] * xi;
            }
        }
    }

    private static void applyRows(CsrMatrix a, double[] x, double[] y, int block) {
        int[] rowPtr = a.pattern.rowPtr();
        int[] colIdx = a.pattern.colIdx();
        double[] v = a.values;
        int to = a.rowsEnd(block);
        int k = rowPtr[block * ROW_BLOCK];
        for (int i = block * ROW_BLOCK; i < to; i++) {
            double sum = 0;
            for (int end = rowPtr[i + 1]; k < end; k++) {
                sum += v[k] * x[colIdx[k]];
            }
            y[i] = sum;
        }
    }

    private static double applyDotRows(CsrMatrix a, double[] x, double[] y, int block) {
        int[] rowPtr = a.pattern.rowPtr();
        int[] colIdx = a.pattern.colIdx();
        double[] v = a.values;
        int to = a.rowsEnd(block);
        int k = rowPtr[block * ROW_BLOCK];
        double dot = 0;
        for (int i = block * ROW_BLOCK; i < to; i++) {
            double sum = 0;
            for (int end = rowPtr[i + 1]; k < end; k++) {
                sum += v[k] * x[colIdx[k]];
            }
            y[i] = sum;
            dot += x[i] * sum;
        }
        return dot;
    }

    // r ← r − A x, with b in r
    private static double residualRows(CsrMatrix a, double[] x, double[] r, int block) {
        int[] rowPtr = a.pattern.rowPtr();
        int[] colIdx = a.pattern.colIdx();
        double[] v = a.values;
        int to = a.rowsEnd(block);
        int k = rowPtr[block * ROW_BLOCK];
        double square = 0;
        for (int i = block * ROW_BLOCK; i < to; i++) {
            double sum = r[i];
            for (int end = rowPtr[i + 1]; k < end; k++) {
                sum -= v[k] * x[colIdx[k]];
            }
            r[i] = sum;
            square += sum * sum;
        }
        return square;
    }

    private void checkVectors(double[] x, double[] y) {
        checkLength("x", x, cols(), "cols");
        checkLength("y", y, rows(), "rows");
        checkDistinct(x, y);
    }

    private static void checkLength(String name, double[] v, int n, String what) {
        if (v.length < n) {
            throw new IllegalArgumentException(
                    name + " has length " + v.length + ", expected at least " + what + " = " + n);
        }
    }

    private static void checkDistinct(double[] x, double[] y) {
        if (x == y && y.length > 0) {
            throw new IllegalArgumentException("input and output are the same array, expected distinct ones");
        }
    }

    private int rowsEnd(int block) {
        return Math.min(pattern.rows() - block * ROW_BLOCK, ROW_BLOCK) + block * ROW_BLOCK;
    }

    @Override
    public String toString() {
        return rows() + " by " + cols() + " matrix with " + nnz() + " entries";
    }
}
