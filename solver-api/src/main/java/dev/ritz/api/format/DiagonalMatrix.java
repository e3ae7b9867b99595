package dev.ritz.api.format;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.ServiceLoader;

/**
 * Values by diagonal, for matrices whose rows share few distinct offsets j − i: grids in any dimension, with variable
 * coefficients and several unknowns per node.
 *
 * <pre>
 * Needs   blocks of 2048 rows that use few diagonals each; the symmetric form, A = Aᵀ to the last bit and few diagonals
 *         in the whole matrix
 * Step    one loop over rows for up to eight diagonals at once: no index read, no sum carried from entry to entry
 * Memory  8 bytes per stored value: each block's diagonals, zeros filled in where a row has no entry; the symmetric form
 *         keeps the main diagonal and those above and reads a_{i,i−k} as a_{i−k,i}, from the cache
 * Source  diagonal storage: Saad 2003, section 3.4, here by blocks of rows
 * </pre>
 *
 * A row with an entry off the diagonals of its block, or so near the border that one of them leaves the matrix, is kept
 * in compressed rows.
 */
public final class DiagonalMatrix extends FormattedMatrix {
    /** Loaded with the first diagonal matrix, fixed from then on. */
    private static final class Loop {
        static final DiagonalLoop BEST = best();

        private static DiagonalLoop best() {
            for (DiagonalLoop loop : ServiceLoader.load(DiagonalLoop.class, DiagonalLoop.class.getClassLoader())) {
                if (loop.usable()) {
                    return loop;
                }
            }
            return new PlainDiagonalLoop();
        }
    }

    private final DiagonalLayout layout;
    private final double[] diagonals;
    private final double[] apart;

    private DiagonalMatrix(DiagonalLayout layout, double[] diagonals, double[] apart, WorkerPool pool) {
        super(layout.pattern(), pool, DiagonalLayout.BLOCK_ROWS, layout.stored());
        this.layout = layout;
        this.diagonals = diagonals;
        this.apart = apart;
    }

    /**
     * Stores every diagonal of every block.
     *
     * @param a any matrix
     * @return the same matrix by diagonals
     * @throws IllegalArgumentException when the diagonals would take more than four times the entries of the matrix
     */
    public static DiagonalMatrix of(CsrMatrix a) {
        return filled(checked(DiagonalLayout.of(a.pattern(), false, a.pool()), a), a);
    }

    /**
     * Stores the main diagonal and those above.
     *
     * @param a a matrix that equals its transpose to the last bit; rows apart may differ
     * @return the same matrix by diagonals, in about half the bytes
     * @throws IllegalArgumentException when the matrix is not square, when a row would read from above the diagonal what
     *     it does not have below, or when the diagonals would take more than four times the entries of the matrix
     */
    public static DiagonalMatrix symmetric(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException(
                    "a is " + a.rows() + " by " + a.cols() + ", expected a square matrix for the symmetric form");
        }
        return symmetric(checked(DiagonalLayout.of(a.pattern(), true, a.pool()), a), a);
    }

    private static DiagonalLayout checked(DiagonalLayout layout, CsrMatrix a) {
        if (layout == null) {
            throw new IllegalArgumentException("a has " + a.nnz() + " entries on too many diagonals, expected at most "
                    + DiagonalLayout.MAX_FILL + " stored values per entry");
        }
        return layout;
    }

    /** Values in a layout; the symmetric form leaves out those below the diagonal, whatever they are. */
    static DiagonalMatrix filled(DiagonalLayout layout, CsrMatrix a) {
        DiagonalMatrix m =
                new DiagonalMatrix(layout, new double[layout.length()], new double[layout.colIdx().length], a.pool());
        Filling filling = new Filling(m, a);
        a.pool().run(m.blocks(), Filling::fill, filling, null, null);
        return m;
    }

    /** The symmetric form; null when a row would read from above the diagonal what A does not have below it. */
    static DiagonalMatrix symmetricOrNull(DiagonalLayout layout, CsrMatrix a) {
        DiagonalMatrix m = filled(layout, a);
        double broken = a.pool().sum(m.blocks(), Filling::unsymmetricRows, new Filling(m, a), null, null);
        return broken == 0 ? m : null;
    }

    private static DiagonalMatrix symmetric(DiagonalLayout layout, CsrMatrix a) {
        DiagonalMatrix m = symmetricOrNull(layout, a);
        if (m == null) {
            throw new IllegalArgumentException(
                    "a is not symmetric, expected equal values on both sides of the diagonal");
        }
        return m;
    }

    /**
     * How the loop over the diagonals runs, the same for all matrices of a process: "" in plain Java, "vectors of 8"
     * for instance with {@code ritz-vector}.
     *
     * @return the {@link DiagonalLoop#description()} of the loop in use
     */
    public static String loop() {
        return Loop.BEST.description();
    }

    /** {@return whether only the main diagonal and those above are stored} */
    public boolean isSymmetricForm() {
        return layout.shared();
    }

    /** {@return the largest number of diagonals of a block of rows} */
    public int diagonals() {
        return layout.diagonals();
    }

    /** {@return how many rows are kept in compressed rows, apart from the diagonals} */
    public int rowsApart() {
        return layout.apart().length;
    }

    @Override
    public long bytes() {
        return layout.bytes();
    }

    @Override
    public DiagonalMatrix on(WorkerPool workers) {
        return new DiagonalMatrix(layout, diagonals, apart, workers);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The symmetric form expects a symmetric matrix again.
     */
    @Override
    public DiagonalMatrix withValues(CsrMatrix a) {
        checkPattern(a);
        return (layout.shared() ? symmetric(layout, a) : filled(layout, a)).on(pool());
    }

    /** New values for the symmetric form; null when they are not symmetric. */
    DiagonalMatrix withValuesOrNull(CsrMatrix a) {
        checkPattern(a);
        DiagonalMatrix m = symmetricOrNull(layout, a);
        return m == null ? null : m.on(pool());
    }

    @Override
    void accumulate(int block, boolean clear, double[] x, int xShift, double[] y, int yShift) {
        int from = layout.from()[block];
        int to = layout.to()[block];
        if (clear) {
            loop(block, true, from, to, x, xShift, y, yShift);
        }
        int row = from;
        for (int r = layout.apartPtr()[block]; r < layout.apartPtr()[block + 1]; r++) {
            int i = layout.apart()[r];
            if (!clear && i >= from && i < to) { // y_i holds a summand: keep the loop away from it
                loop(block, false, row, i, x, xShift, y, yShift);
                row = i + 1;
            }
            double sum = clear ? 0.0 : y[yShift + i];
            for (int k = layout.apartStart()[r]; k < layout.apartStart()[r + 1]; k++) {
                sum += apart[k] * x[xShift + layout.colIdx()[k]];
            }
            y[yShift + i] = sum;
        }
        if (!clear) {
            loop(block, false, row, to, x, xShift, y, yShift);
        }
    }

    private void loop(int block, boolean clear, int from, int to, double[] x, int xShift, double[] y, int yShift) {
        Loop.BEST.accumulate(
                clear,
                diagonals,
                layout.start(),
                layout.offset(),
                layout.listPtr()[block],
                layout.listPtr()[block + 1],
                -yShift,
                xShift - yShift,
                x,
                y,
                from + yShift,
                to + yShift);
    }

    @Override
    public void applyTranspose(double[] x, double[] y) {
        checkTransposed(x, y);
        Arrays.fill(y, 0, cols(), 0.0);
        for (int block = 0; block < blocks(); block++) {
            int row = layout.from()[block];
            for (int r = layout.apartPtr()[block]; r < layout.apartPtr()[block + 1]; r++) {
                int i = layout.apart()[r];
                if (i >= row && i < layout.to()[block]) {
                    scatter(block, row, i, x, y);
                    row = i + 1;
                }
                for (int k = layout.apartStart()[r]; k < layout.apartStart()[r + 1]; k++) {
                    y[layout.colIdx()[k]] += apart[k] * x[i];
                }
            }
            scatter(block, row, layout.to()[block], x, y);
        }
    }

    private void scatter(int block, int from, int to, double[] x, double[] y) {
        double[] v = diagonals;
        for (int k = layout.listPtr()[block]; k < layout.listPtr()[block + 1]; k++) {
            int start = layout.start()[k];
            int offset = layout.offset()[k];
            for (int i = from; i < to; i++) {
                y[offset + i] += v[start + i] * x[i];
            }
        }
    }

    /** Copies values to their places; the layout knows rows by block. */
    private record Filling(DiagonalMatrix m, CsrMatrix a) {

        void fill(double[] x, double[] y, int block) {
            DiagonalLayout layout = m.layout;
            int r = layout.apartPtr()[block];
            int rEnd = layout.apartPtr()[block + 1];
            for (int i = m.from(block), to = m.to(block); i < to; i++) {
                boolean isApart = r < rEnd && layout.apart()[r] == i;
                if (isApart) {
                    System.arraycopy(
                            a.values(),
                            a.rowPtr()[i],
                            m.apart,
                            layout.apartStart()[r],
                            layout.apartStart()[r + 1] - layout.apartStart()[r]);
                    r++;
                }
                if (layout.shared()) {
                    fillUpper(i);
                } else if (!isApart) {
                    fillRow(block, i);
                }
            }
        }

        private void fillRow(int block, int i) {
            int[] offset = m.layout.offset();
            int at = m.layout.listPtr()[block];
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                while (offset[at] + i < a.colIdx()[k]) { // every column of the row is listed
                    at++;
                }
                m.diagonals[m.layout.start()[at] + i] = a.values()[k];
            }
        }

        private void fillUpper(int i) {
            int[] common = m.layout.common();
            int at = 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                int d = a.colIdx()[k] - i;
                while (at < common.length && common[at] < d) {
                    at++;
                }
                if (at < common.length && common[at] == d) {
                    m.diagonals[m.layout.commonStart()[at] + i] = a.values()[k];
                }
            }
        }

        /** How many rows of a block read from above the diagonal what A does not have below it. */
        double unsymmetricRows(double[] x, double[] y, int block) {
            DiagonalLayout layout = m.layout;
            int r = layout.apartPtr()[block];
            int rEnd = layout.apartPtr()[block + 1];
            int broken = 0;
            for (int i = m.from(block), to = m.to(block); i < to; i++) {
                if (r < rEnd && layout.apart()[r] == i) {
                    r++;
                } else if (!readsItself(block, i)) {
                    broken++;
                }
            }
            return broken;
        }

        private boolean readsItself(int block, int i) {
            int k = a.rowPtr()[i];
            int end = a.rowPtr()[i + 1];
            for (int at = m.layout.listPtr()[block]; at < m.layout.listPtr()[block + 1]; at++) {
                boolean entry = k < end && a.colIdx()[k] == m.layout.offset()[at] + i;
                double value = entry ? a.values()[k++] : 0.0;
                if (!(m.diagonals[m.layout.start()[at] + i] == value)) {
                    return false;
                }
            }
            return true;
        }
    }
}
