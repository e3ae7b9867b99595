package dev.ritz.krylov;

import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * U ← [U D] P and C ← W Q for blocks of vectors in place: a few rows at a time, all new entries of which wait in
 * scratch until the old ones have been read. One pass over all vectors, and no second set of them.
 *
 * <p>Scratch is a vector that the caller can spare: a block of rows uses its own block of it, so threads do not meet.
 */
final class ColumnUpdate {
    private static final WorkerPool.BlockKernel<ColumnUpdate> KERNEL =
            (update, s, unused, block) -> update.block(s, block);

    private final int n;
    private final double[] tail = new double[Vectors.BLOCK]; // scratch of a last block that is too short for itself

    private double[][] u;
    private double[][] directions;
    private int cols;
    private double[][] w;
    private int rows;
    private double[][] p;
    private double[][] q;
    private int kept;

    /** For vectors of length n. */
    ColumnUpdate(int n) {
        this.n = n;
    }

    /** Names [U D], columns that may be those of {@code target}, over whose first ones the new U is written. */
    ColumnUpdate directions(double[][] columns, int count, double[][] target) {
        directions = columns;
        cols = count;
        u = target;
        return this;
    }

    /** Names W, over whose first columns C is written. */
    ColumnUpdate images(double[][] columns, int count) {
        w = columns;
        rows = count;
        return this;
    }

    /**
     * Overwrites the first columns of U alone.
     *
     * @param v whose threads take part
     * @param forU columns of P
     * @param columns how many, at most half of a block
     * @param scratch overwritten, length n
     */
    void run(Vectors v, double[][] forU, int columns, double[] scratch) {
        run(v, forU, null, columns, scratch);
    }

    /**
     * Overwrites the first columns of U and W.
     *
     * @param v whose threads take part
     * @param forU columns of P
     * @param forC columns of Q; null where W stays as it is
     * @param columns how many, at most half of a block
     * @param scratch overwritten, length n
     */
    void run(Vectors v, double[][] forU, double[][] forC, int columns, double[] scratch) {
        if (columns == 0) {
            return;
        }
        p = forU;
        q = forC;
        kept = columns;
        int blocks = n / Vectors.BLOCK + (n % Vectors.BLOCK == 0 ? 0 : 1);
        if (n < Vectors.SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                block(scratch, block);
            }
        } else {
            v.pool().run(blocks, KERNEL, this, scratch, scratch);
        }
    }

    private void block(double[] scratch, int block) {
        int from = block * Vectors.BLOCK;
        int to = from + Math.min(n - from, Vectors.BLOCK);
        boolean whole = to - from == Vectors.BLOCK;
        double[] s = whole ? scratch : tail;
        int base = whole ? from : 0;
        int chunk = Vectors.BLOCK / (2 * kept);
        for (int lo = from; lo < to; lo += chunk) {
            int count = Math.min(chunk, to - lo);
            int half = base + kept * count;
            for (int c = 0; c < kept; c++) {
                combine(directions, cols, p[c], lo, count, s, base + c * count);
                if (q != null) {
                    combine(w, rows, q[c], lo, count, s, half + c * count);
                }
            }
            for (int c = 0; c < kept; c++) {
                System.arraycopy(s, base + c * count, u[c], lo, count);
                if (q != null) {
                    System.arraycopy(s, half + c * count, w[c], lo, count);
                }
            }
        }
    }

    /** s ← Σ h_j v_j on a range of rows, four vectors at a time. */
    private static void combine(double[][] v, int k, double[] h, int lo, int count, double[] s, int at) {
        Arrays.fill(s, at, at + count, 0);
        int j = 0;
        for (; j < k - 3; j += 4) {
            double h0 = h[j];
            double h1 = h[j + 1];
            double h2 = h[j + 2];
            double h3 = h[j + 3];
            double[] v0 = v[j];
            double[] v1 = v[j + 1];
            double[] v2 = v[j + 2];
            double[] v3 = v[j + 3];
            for (int i = 0; i < count; i++) {
                s[at + i] += (h0 * v0[lo + i] + h1 * v1[lo + i]) + (h2 * v2[lo + i] + h3 * v3[lo + i]);
            }
        }
        for (; j < k; j++) {
            double hj = h[j];
            double[] vj = v[j];
            for (int i = 0; i < count; i++) {
                s[at + i] += hj * vj[lo + i];
            }
        }
    }
}
