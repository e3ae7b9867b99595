package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * Small dense blocks in compressed rows, for vector-valued problems that number the b unknowns of a node one after the
 * other: one column index serves b² values, and b sums share the values of x.
 *
 * <pre>
 * Needs   b = 2, 3 or 4 that divides both dimensions; pays where the blocks are nearly full
 * Memory  8 b² + 4 bytes per block; zeros filled in where a block has no entry
 * Source  block compressed rows: Saad 2003, section 3.4
 * </pre>
 */
public final class BlockMatrix extends FormattedMatrix {
    /** Unknowns per block of a parallel loop: a multiple of 2, 3 and 4. */
    private static final int BLOCK_ROWS = 1020;

    private final int size;
    private final int[] rowPtr;
    private final int[] colIdx;
    private final double[] values;

    private BlockMatrix(
            SparsityPattern pattern, int size, int[] rowPtr, int[] colIdx, double[] values, WorkerPool pool) {
        super(pattern, pool, BLOCK_ROWS, values.length);
        this.size = size;
        this.rowPtr = rowPtr;
        this.colIdx = colIdx;
        this.values = values;
    }

    /**
     * Stores a matrix in blocks.
     *
     * @param a a matrix whose dimensions are multiples of {@code size}
     * @param size b, the rows and columns of a block: 2, 3 or 4
     * @return the same matrix
     * @throws IllegalArgumentException when b does not fit the matrix, or the blocks hold too many values for one array
     */
    public static BlockMatrix of(CsrMatrix a, int size) {
        if (size < 2 || size > 4) {
            throw new IllegalArgumentException("size = " + size + ", expected 2, 3 or 4");
        }
        if (a.rows() % size != 0 || a.cols() % size != 0) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols()
                    + ", expected dimensions that are multiples of size = " + size);
        }
        int[] rowPtr = new int[a.rows() / size + 1];
        int[] colIdx = new int[Math.max(1, a.nnz() / size)];
        int at = 0;
        int[] next = new int[size];
        for (int r = 0; r < rowPtr.length - 1; r++) {
            System.arraycopy(a.rowPtr(), r * size, next, 0, size);
            int column = smallest(a, size, r, next);
            while (column < Integer.MAX_VALUE) {
                if (at == colIdx.length) {
                    colIdx = Arrays.copyOf(colIdx, (int) Math.min(2L * at, Integer.MAX_VALUE - 8));
                }
                colIdx[at++] = column;
                for (int q = 0; q < size; q++) {
                    while (next[q] < a.rowPtr()[r * size + q + 1] && a.colIdx()[next[q]] / size == column) {
                        next[q]++;
                    }
                }
                column = smallest(a, size, r, next);
            }
            rowPtr[r + 1] = at;
        }
        long stored = (long) at * size * size;
        if (stored > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "the blocks hold " + stored + " values, expected at most " + (Integer.MAX_VALUE - 8));
        }
        return filled(a, size, rowPtr, Arrays.copyOf(colIdx, at));
    }

    /**
     * Stored values per entry of the matrix, without storing anything.
     *
     * @param pattern a pattern whose dimensions are multiples of {@code size}
     * @param size rows and columns of a block
     * @return b² times the number of blocks over the number of entries; NaN without entries
     */
    static double fill(SparsityPattern pattern, int size) {
        long blocks = 0;
        int[] seen = new int[pattern.cols() / size];
        for (int i = 0; i < pattern.rows(); i++) {
            int mark = i / size + 1;
            for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                int column = pattern.colIdx()[k] / size;
                if (seen[column] != mark) {
                    seen[column] = mark;
                    blocks++;
                }
            }
        }
        return (double) blocks * size * size / pattern.nnz();
    }

    private static int smallest(CsrMatrix a, int size, int r, int[] next) {
        int column = Integer.MAX_VALUE;
        for (int q = 0; q < size; q++) {
            if (next[q] < a.rowPtr()[r * size + q + 1]) {
                column = Math.min(column, a.colIdx()[next[q]] / size);
            }
        }
        return column;
    }

    private static BlockMatrix filled(CsrMatrix a, int size, int[] rowPtr, int[] colIdx) {
        double[] values = new double[colIdx.length * size * size];
        BlockMatrix m = new BlockMatrix(a.pattern(), size, rowPtr, colIdx, values, a.pool());
        a.pool()
                .run(
                        m.blocks(),
                        (on, x, y, block) -> {
                            for (int i = m.from(block); i < m.to(block); i++) {
                                m.fillRow(a, i);
                            }
                        },
                        m,
                        null,
                        null);
        return m;
    }

    private void fillRow(CsrMatrix a, int i) {
        int at = rowPtr[i / size];
        for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
            int j = a.colIdx()[k];
            while (colIdx[at] < j / size) {
                at++;
            }
            values[(at * size + i % size) * size + j % size] = a.values()[k];
        }
    }

    /** {@return b, the rows and columns of a block} */
    public int size() {
        return size;
    }

    @Override
    public long bytes() {
        return 8L * values.length + 4L * (colIdx.length + rowPtr.length);
    }

    @Override
    public BlockMatrix on(WorkerPool workers) {
        return new BlockMatrix(pattern(), size, rowPtr, colIdx, values, workers);
    }

    @Override
    public BlockMatrix withValues(CsrMatrix a) {
        checkPattern(a);
        return filled(a, size, rowPtr, colIdx).on(pool());
    }

    @Override
    void accumulate(int block, boolean clear, double[] x, int xShift, double[] y, int yShift) {
        if (clear) {
            Arrays.fill(y, from(block) + yShift, to(block) + yShift, 0.0);
        }
        int first = from(block) / size;
        int last = to(block) / size;
        switch (size) {
            case 2 -> add2(first, last, x, xShift, y, yShift);
            case 3 -> add3(first, last, x, xShift, y, yShift);
            default -> add4(first, last, x, xShift, y, yShift);
        }
    }

    private void add2(int first, int last, double[] x, int xShift, double[] y, int yShift) {
        double[] v = values;
        for (int r = first; r < last; r++) {
            int i = yShift + 2 * r;
            double s0 = y[i];
            double s1 = y[i + 1];
            for (int k = rowPtr[r], end = rowPtr[r + 1]; k < end; k++) {
                int j = xShift + 2 * colIdx[k];
                int p = 4 * k;
                double x0 = x[j];
                double x1 = x[j + 1];
                s0 = s0 + v[p] * x0 + v[p + 1] * x1;
                s1 = s1 + v[p + 2] * x0 + v[p + 3] * x1;
            }
            y[i] = s0;
            y[i + 1] = s1;
        }
    }

    private void add3(int first, int last, double[] x, int xShift, double[] y, int yShift) {
        double[] v = values;
        for (int r = first; r < last; r++) {
            int i = yShift + 3 * r;
            double s0 = y[i];
            double s1 = y[i + 1];
            double s2 = y[i + 2];
            for (int k = rowPtr[r], end = rowPtr[r + 1]; k < end; k++) {
                int j = xShift + 3 * colIdx[k];
                int p = 9 * k;
                double x0 = x[j];
                double x1 = x[j + 1];
                double x2 = x[j + 2];
                s0 = s0 + v[p] * x0 + v[p + 1] * x1 + v[p + 2] * x2;
                s1 = s1 + v[p + 3] * x0 + v[p + 4] * x1 + v[p + 5] * x2;
                s2 = s2 + v[p + 6] * x0 + v[p + 7] * x1 + v[p + 8] * x2;
            }
            y[i] = s0;
            y[i + 1] = s1;
            y[i + 2] = s2;
        }
    }

    private void add4(int first, int last, double[] x, int xShift, double[] y, int yShift) {
        double[] v = values;
        for (int r = first; r < last; r++) {
            int i = yShift + 4 * r;
            double s0 = y[i];
            double s1 = y[i + 1];
            double s2 = y[i + 2];
            double s3 = y[i + 3];
            for (int k = rowPtr[r], end = rowPtr[r + 1]; k < end; k++) {
                int j = xShift + 4 * colIdx[k];
                int p = 16 * k;
                double x0 = x[j];
                double x1 = x[j + 1];
                double x2 = x[j + 2];
                double x3 = x[j + 3];
                s0 = s0 + v[p] * x0 + v[p + 1] * x1 + v[p + 2] * x2 + v[p + 3] * x3;
                s1 = s1 + v[p + 4] * x0 + v[p + 5] * x1 + v[p + 6] * x2 + v[p + 7] * x3;
                s2 = s2 + v[p + 8] * x0 + v[p + 9] * x1 + v[p + 10] * x2 + v[p + 11] * x3;
                s3 = s3 + v[p + 12] * x0 + v[p + 13] * x1 + v[p + 14] * x2 + v[p + 15] * x3;
            }
            y[i] = s0;
            y[i + 1] = s1;
            y[i + 2] = s2;
            y[i + 3] = s3;
        }
    }

    @Override
    public void applyTranspose(double[] x, double[] y) {
        checkTransposed(x, y);
        Arrays.fill(y, 0, cols(), 0.0);
        for (int r = 0; r < rowPtr.length - 1; r++) {
            for (int k = rowPtr[r]; k < rowPtr[r + 1]; k++) {
                for (int q = 0; q < size; q++) {
                    for (int t = 0; t < size; t++) {
                        y[colIdx[k] * size + t] += values[(k * size + q) * size + t] * x[r * size + q];
                    }
                }
            }
        }
    }
}
