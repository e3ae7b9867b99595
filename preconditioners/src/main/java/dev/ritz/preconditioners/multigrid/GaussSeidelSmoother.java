package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;

/**
 * Gauss-Seidel within blocks of {@value #ROWS} rows, Jacobi between them: entries that leave a block see the old
 * iterate, and their absolute sum is added to the diagonal, so that the iteration contracts for every SPD matrix.
 * Blocks do not depend on the number of threads. Forward going down, backward going up.
 *
 * <p>Source: Baker, Falgout, Kolev and Yang 2011, doi:10.1137/100798806, section 6.
 */
final class GaussSeidelSmoother extends LevelSmoother {
    private static final int ROWS = 4096;
    private static final int SERIAL_BELOW = 60_000;

    private static final WorkerPool.BlockKernel<GaussSeidelSmoother> FIRST = GaussSeidelSmoother::first;
    private static final WorkerPool.BlockKernel<GaussSeidelSmoother> FORWARD =
            (s, z, y, block) -> s.sweep(block, true, z, y);
    private static final WorkerPool.BlockKernel<GaussSeidelSmoother> BACKWARD =
            (s, z, y, block) -> s.sweep(block, false, z, y);

    private final CsrMatrix a;
    private final double[] inverse;
    private final int steps;
    private final int blocks;

    private double[] r;

    /**
     * Sweeps over a matrix.
     *
     * @param diagonal the diagonal to divide by, which may differ from that of A; overwritten
     */
    GaussSeidelSmoother(CsrMatrix a, double[] diagonal, int steps) {
        this.a = a;
        this.steps = steps;
        int n = a.rows();
        this.blocks = n / ROWS + (n % ROWS == 0 ? 0 : 1);
        this.inverse = diagonal;
        for (int block = 0; block < blocks; block++) {
            for (int i = block * ROWS; i < to(block); i++) {
                double outside = 0;
                for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                    outside += isInside(a.colIdx()[k], block) ? 0 : Math.abs(a.values()[k]);
                }
                inverse[i] = 1 / (diagonal[i] + Math.copySign(outside, diagonal[i]));
            }
        }
    }

    private int to(int block) {
        return Math.min(a.rows() - block * ROWS, ROWS) + block * ROWS;
    }

    private static boolean isInside(int j, int block) {
        return j / ROWS == block;
    }

    @Override
    int steps() {
        return steps;
    }

    @Override
    void down(double[] rhs, double[] z, double[] t) {
        double[] from = steps % 2 == 0 ? t : z;
        double[] to = steps % 2 == 0 ? z : t;
        r = rhs;
        run(FIRST, to, from);
        for (int k = 1; k < steps; k++) {
            run(FORWARD, from, to);
            double[] swap = from;
            from = to;
            to = swap;
        }
        r = null;
    }

    @Override
    void up(double[] rhs, double[] z, double[] t) {
        double[] from = start(z, t);
        double[] to = steps % 2 == 0 ? t : z;
        r = rhs;
        for (int k = 0; k < steps; k++) {
            run(BACKWARD, from, to);
            double[] swap = from;
            from = to;
            to = swap;
        }
        r = null;
    }

    private void run(WorkerPool.BlockKernel<GaussSeidelSmoother> kernel, double[] z, double[] y) {
        if (a.nnz() < SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                kernel.run(this, z, y, block);
            }
        } else {
            a.pool().run(blocks, kernel, this, z, y);
        }
    }

    // (D + L) y = r in the block
    private static void first(GaussSeidelSmoother s, double[] unused, double[] y, int block) {
        int[] rowPtr = s.a.rowPtr();
        int[] colIdx = s.a.colIdx();
        double[] v = s.a.values();
        int begin = block * ROWS;
        for (int i = begin, to = s.to(block); i < to; i++) {
            double sum = s.r[i];
            for (int k = rowPtr[i]; k < rowPtr[i + 1] && colIdx[k] < i; k++) {
                sum -= colIdx[k] < begin ? 0 : v[k] * y[colIdx[k]];
            }
            y[i] = sum * s.inverse[i];
        }
    }

    // y_i ← z_i + (r − A (z outside, y inside))_i / d_i, row by row
    private void sweep(int block, boolean forward, double[] z, double[] y) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] v = a.values();
        int begin = block * ROWS;
        int end = to(block);
        System.arraycopy(z, begin, y, begin, end - begin);
        int step = forward ? 1 : -1;
        for (int i = forward ? begin : end - 1, left = end - begin; left > 0; left--, i += step) {
            double sum = r[i];
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = colIdx[k];
                sum -= v[k] * (j >= begin && j < end ? y[j] : z[j]);
            }
            y[i] += sum * inverse[i];
        }
    }

    @Override
    long bytes() {
        return 8L * inverse.length;
    }
}
