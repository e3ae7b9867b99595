package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;

/** One level of a hierarchy: its matrix, how it smooths, how it reaches the next level, and its vectors. */
final class Level {
    private static final WorkerPool.BlockKernel<Level> RESTRICT =
            (on, t, coarse, block) -> on.transfer.restrict().set(block, t, coarse);
    private static final WorkerPool.BlockKernel<Level> PROLONG = Level::prolong;
    private static final WorkerPool.BlockKernel<Level> RESIDUAL = Level::residual;

    final int n;
    final int nnz;
    final BlockRows a;
    final LevelSmoother smoother;
    final Transfer transfer;
    final double[] t;
    /** Right-hand side and iterate; on the finest level the caller's. */
    double[] r;

    double[] z;

    Level(CsrMatrix matrix, BlockRows a, LevelSmoother smoother, Transfer transfer) {
        this.n = matrix.rows();
        this.nnz = matrix.nnz();
        this.a = a;
        this.smoother = smoother;
        this.transfer = transfer;
        this.t = smoother == null ? new double[0] : new double[n];
    }

    /** coarse.r ← Pᵀ (r − A z). */
    void restrict(Level coarse) {
        a.run(RESIDUAL, this, z, t);
        transfer.restrict().run(RESTRICT, this, t, coarse.r);
    }

    /** y ← z + P x, where y may be z. */
    void prolong(double[] x, double[] y) {
        transfer.prolong().run(PROLONG, this, x, y);
    }

    /** s ← r − A z. */
    void residual(double[] s) {
        a.run(RESIDUAL, this, z, s);
    }

    private static void residual(Level on, double[] z, double[] s, int block) {
        on.a.set(block, z, s);
        double[] r = on.r;
        for (int i = on.a.from(block), to = on.a.to(block); i < to; i++) {
            s[i] = r[i] - s[i];
        }
    }

    private static void prolong(Level on, double[] x, double[] y, int block) {
        BlockRows.Compressed p = on.transfer.prolong();
        double[] z = on.z;
        if (y != z) {
            System.arraycopy(z, p.from(block), y, p.from(block), p.to(block) - p.from(block));
        }
        p.add(block, x, y);
    }

    /** {@return the bytes of a pass of the smoother: matrix, diagonal, right-hand side and both iterates} */
    double sweep() {
        return 12.0 * nnz + 48.0 * n;
    }

    long bytes() {
        return a.bytes()
                + (smoother == null ? 0 : smoother.bytes())
                + (transfer == null ? 0 : transfer.bytes())
                + 8L * t.length;
    }
}
