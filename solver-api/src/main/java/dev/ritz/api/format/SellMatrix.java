package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * Sliced rows: eight rows of about equal length side by side, entry after entry, so that eight sums run at once.
 *
 * <pre>
 * Needs   any matrix; pays where rows are short and nearly alike
 * Step    windows of 1024 rows, sorted by length within; a slice sums its common part eight rows at a time, then what
 *         longer rows have left, and writes y in its natural order
 * Memory  12 bytes per entry and 6.5 per row; nothing is filled in
 * Source  SELL-C-σ: Kreutzer et al. 2014, doi:10.1137/130930352, with C = 8 and σ = 1024; here without padding
 * </pre>
 */
public final class SellMatrix extends FormattedMatrix {
    private static final int SLICE = 8;
    private static final int WINDOW = 1024;

    private final Layout layout;
    private final double[] values;

    /**
     * Where the entries are.
     *
     * @param local for each place of a window the row it holds, counted from the window's first
     * @param length of the row at each place
     * @param sliceStart where the entries of each slice start; slices do not reach across windows
     * @param colIdx columns in storage order
     */
    private record Layout(char[] local, int[] length, int[] sliceStart, int[] colIdx) {}

    private SellMatrix(SparsityPattern pattern, Layout layout, double[] values, WorkerPool pool) {
        super(pattern, pool, WINDOW, values.length);
        this.layout = layout;
        this.values = values;
    }

    /**
     * Stores a matrix in slices.
     *
     * @param a any matrix
     * @return the same matrix
     */
    public static SellMatrix of(CsrMatrix a) {
        int rows = a.rows();
        int[] sorted = sortedByLength(a.pattern());
        char[] local = new char[rows];
        int[] length = new int[rows];
        int[] sliceStart = new int[rows / SLICE + (rows % SLICE == 0 ? 1 : 2)];
        for (int at = 0; at < rows; at++) {
            int i = sorted[at];
            local[at] = (char) (i % WINDOW);
            length[at] = a.rowPtr()[i + 1] - a.rowPtr()[i];
            sliceStart[at / SLICE + 1] += length[at];
        }
        for (int s = 1; s < sliceStart.length; s++) {
            sliceStart[s] += sliceStart[s - 1];
        }
        Layout layout = new Layout(local, length, sliceStart, new int[a.nnz()]);
        SellMatrix m = new SellMatrix(a.pattern(), layout, new double[a.nnz()], a.pool());
        m.fill(a, true);
        return m;
    }

    /** The rows of each window by falling length, equal ones in their order. */
    private static int[] sortedByLength(SparsityPattern pattern) {
        int rows = pattern.rows();
        int[] rowPtr = pattern.rowPtr();
        int[] sorted = new int[rows];
        long[] keys = new long[WINDOW];
        for (int from = 0; from < rows; from += WINDOW) {
            int count = Math.min(rows - from, WINDOW);
            for (int k = 0; k < count; k++) {
                int length = rowPtr[from + k + 1] - rowPtr[from + k];
                keys[k] = (long) -length << 32 | k;
            }
            Arrays.sort(keys, 0, count);
            for (int k = 0; k < count; k++) {
                sorted[from + k] = from + (int) keys[k];
            }
        }
        return sorted;
    }

    /** Copies values, and columns when asked, from compressed rows; windows are independent. */
    private void fill(CsrMatrix a, boolean columns) {
        a.pool()
                .run(
                        blocks(),
                        (on, x, y, window) -> {
                            for (int at = from(window); at < to(window); at += SLICE) {
                                fillSlice(a, columns, from(window), at, Math.min(at + SLICE, to(window)));
                            }
                        },
                        this,
                        null,
                        null);
    }

    private void fillSlice(CsrMatrix a, boolean columns, int window, int at, int end) {
        int width = width(at, end);
        int slice = layout.sliceStart[at / SLICE];
        int tail = slice + width * SLICE;
        for (int p = at; p < end; p++) {
            int k = a.rowPtr()[window + layout.local[p]];
            for (int q = 0; q < layout.length[p]; q++, k++) {
                int to = q < width ? slice + q * SLICE + p - at : tail++;
                values[to] = a.values()[k];
                if (columns) {
                    layout.colIdx[to] = a.colIdx()[k];
                }
            }
        }
    }

    /** How many entries the rows of a full slice have in common: the length of the last. */
    private int width(int at, int end) {
        return end - at == SLICE ? layout.length[end - 1] : 0;
    }

    @Override
    public long bytes() {
        return 12L * values.length + 2L * rows() + 4L * (layout.length.length + layout.sliceStart.length);
    }

    @Override
    public SellMatrix on(WorkerPool workers) {
        return new SellMatrix(pattern(), layout, values, workers);
    }

    @Override
    public SellMatrix withValues(CsrMatrix a) {
        checkPattern(a);
        SellMatrix m = new SellMatrix(pattern(), layout, new double[values.length], pool());
        m.fill(a, false);
        return m;
    }

    @Override
    void accumulate(int block, boolean clear, double[] x, int xShift, double[] y, int yShift) {
        char[] local = layout.local;
        int to = to(block);
        int base = from(block) + yShift;
        for (int at = from(block); at < to; at += SLICE) {
            int end = Math.min(at + SLICE, to);
            int width = width(at, end);
            int k = layout.sliceStart[at / SLICE];
            if (clear && width == 0) {
                for (int p = at; p < end; p++) {
                    y[base + local[p]] = 0.0;
                }
            } else if (clear) {
                setSlice(k, width, at, x, xShift, y, base);
                k += width * SLICE;
            } else if (width > 0) {
                addSlice(k, width, at, x, xShift, y, base);
                k += width * SLICE;
            }
            if (k < layout.sliceStart[at / SLICE + 1]) {
                addTails(k, width, at, end, x, xShift, y, base);
            }
        }
    }

    private void setSlice(int from, int width, int at, double[] x, int xShift, double[] y, int base) {
        double[] v = values;
        int[] c = layout.colIdx;
        char[] local = layout.local;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int k = from, end = from + width * SLICE; k < end; k += SLICE) {
            s0 += v[k] * x[xShift + c[k]];
            s1 += v[k + 1] * x[xShift + c[k + 1]];
            s2 += v[k + 2] * x[xShift + c[k + 2]];
            s3 += v[k + 3] * x[xShift + c[k + 3]];
            s4 += v[k + 4] * x[xShift + c[k + 4]];
            s5 += v[k + 5] * x[xShift + c[k + 5]];
            s6 += v[k + 6] * x[xShift + c[k + 6]];
            s7 += v[k + 7] * x[xShift + c[k + 7]];
        }
        y[base + local[at]] = s0;
        y[base + local[at + 1]] = s1;
        y[base + local[at + 2]] = s2;
        y[base + local[at + 3]] = s3;
        y[base + local[at + 4]] = s4;
        y[base + local[at + 5]] = s5;
        y[base + local[at + 6]] = s6;
        y[base + local[at + 7]] = s7;
    }

    private void addSlice(int from, int width, int at, double[] x, int xShift, double[] y, int base) {
        double[] v = values;
        int[] c = layout.colIdx;
        char[] local = layout.local;
        double s0 = y[base + local[at]];
        double s1 = y[base + local[at + 1]];
        double s2 = y[base + local[at + 2]];
        double s3 = y[base + local[at + 3]];
        double s4 = y[base + local[at + 4]];
        double s5 = y[base + local[at + 5]];
        double s6 = y[base + local[at + 6]];
        double s7 = y[base + local[at + 7]];
        for (int k = from, end = from + width * SLICE; k < end; k += SLICE) {
            s0 += v[k] * x[xShift + c[k]];
            s1 += v[k + 1] * x[xShift + c[k + 1]];
            s2 += v[k + 2] * x[xShift + c[k + 2]];
            s3 += v[k + 3] * x[xShift + c[k + 3]];
            s4 += v[k + 4] * x[xShift + c[k + 4]];
            s5 += v[k + 5] * x[xShift + c[k + 5]];
            s6 += v[k + 6] * x[xShift + c[k + 6]];
            s7 += v[k + 7] * x[xShift + c[k + 7]];
        }
        y[base + local[at]] = s0;
        y[base + local[at + 1]] = s1;
        y[base + local[at + 2]] = s2;
        y[base + local[at + 3]] = s3;
        y[base + local[at + 4]] = s4;
        y[base + local[at + 5]] = s5;
        y[base + local[at + 6]] = s6;
        y[base + local[at + 7]] = s7;
    }

    private void addTails(int from, int width, int at, int end, double[] x, int xShift, double[] y, int base) {
        int k = from;
        for (int p = at; p < end; p++) {
            double sum = y[base + layout.local[p]];
            for (int last = k + layout.length[p] - width; k < last; k++) {
                sum += values[k] * x[xShift + layout.colIdx[k]];
            }
            y[base + layout.local[p]] = sum;
        }
    }

    @Override
    public void applyTranspose(double[] x, double[] y) {
        checkTransposed(x, y);
        Arrays.fill(y, 0, cols(), 0.0);
        for (int at = 0; at < rows(); at += SLICE) {
            int window = at / WINDOW * WINDOW;
            int end = Math.min(at + SLICE, rows());
            int width = width(at, end);
            int k = layout.sliceStart[at / SLICE];
            for (int q = 0; q < width; q++) {
                for (int p = at; p < end; p++, k++) {
                    y[layout.colIdx[k]] += values[k] * x[window + layout.local[p]];
                }
            }
            for (int p = at; p < end; p++) {
                for (int last = k + layout.length[p] - width; k < last; k++) {
                    y[layout.colIdx[k]] += values[k] * x[window + layout.local[p]];
                }
            }
        }
    }
}
