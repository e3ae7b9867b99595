package dev.ritz.krylov;

import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * U ← [U D] P and C ← W Q for blocks of vectors in place: the old entries of some rows are copied to a tile that stays in
 * the cache, and all new ones are sums of the tile's columns. One pass over all vectors, and no second set of them.
 *
 * <p>Tile and sums are indexed alike, from 0, and there is one sum a loop: only then the compiler vectorises it.
 */
final class ColumnUpdate {
    /** Rows of a tile: sixty columns of them take an eighth of a second-level cache. */
    private static final int ROWS = 256;

    private static final WorkerPool.BlockKernel<ColumnUpdate> KERNEL =
            (update, unused, none, part) -> update.part(part);

    private final int n;
    private final double[][][] tiles; // one for each part of the rows; the last column for a sum

    private double[][] u;
    private double[][] directions;
    private int cols;
    private double[][] w;
    private int rows;
    private double[][] p;
    private double[][] q;
    private int kept;

    /**
     * For vectors of length n.
     *
     * @param n the length
     * @param max the most columns of [U D] or W
     * @param threads how many parts the rows are cut into; bits do not depend on it
     */
    ColumnUpdate(int n, int max, int threads) {
        this.n = n;
        this.tiles = new double[n < Vectors.SERIAL_BELOW ? 1 : threads][max + 1][Math.min(n, ROWS)];
    }

    /** Names [U D], columns that may be those of {@code target}, over whose first ones the new U is written. */
    ColumnUpdate directions(double[][] columns, int count, double[][] target) {
        directions = columns;
        cols = count;
        u = target;
        return this;
    }

    /** Names W, over whose first columns C is written; U has none of them, though D may. */
    ColumnUpdate images(double[][] columns, int count) {
        w = columns;
        rows = count;
        return this;
    }

    /**
     * Overwrites the first columns of U alone.
     *
     * @param pool whose threads take part
     * @param forU columns of P
     * @param columns how many
     */
    void run(WorkerPool pool, double[][] forU, int columns) {
        run(pool, forU, null, columns);
    }

    /**
     * Overwrites the first columns of U and W.
     *
     * @param pool whose threads take part
     * @param forU columns of P
     * @param forC columns of Q; null where W stays as it is
     * @param columns how many
     */
    void run(WorkerPool pool, double[][] forU, double[][] forC, int columns) {
        p = forU;
        q = forC;
        kept = columns;
        pool.run(tiles.length, KERNEL, this, null, null);
    }

    private void part(int part) {
        int to = (int) ((long) n * (part + 1) / tiles.length);
        for (int lo = (int) ((long) n * part / tiles.length); lo < to; lo += ROWS) {
            int count = Math.min(ROWS, to - lo);
            replace(directions, cols, p, u, lo, count, tiles[part]);
            if (q != null) {
                replace(w, rows, q, w, lo, count, tiles[part]);
            }
        }
    }

    /** The first columns of {@code target} ← V H on some rows. */
    private void replace(double[][] v, int k, double[][] h, double[][] target, int lo, int count, double[][] tile) {
        for (int j = 0; j < k; j++) {
            System.arraycopy(v[j], lo, tile[j], 0, count);
        }
        double[] s = tile[tile.length - 1];
        for (int c = 0; c < kept; c++) {
            Arrays.fill(s, 0, count, 0);
            int j = 0;
            for (; j < k - 3; j += 4) {
                addFour(tile, h[c], j, count, s);
            }
            for (; j < k; j++) {
                addOne(h[c][j], tile[j], count, s);
            }
            System.arraycopy(s, 0, target[c], lo, count);
        }
    }

    /** s ← s + Σ h_i v_i for four columns of the tile. */
    private static void addFour(double[][] tile, double[] h, int j, int count, double[] s) {
        double h0 = h[j];
        double h1 = h[j + 1];
        double h2 = h[j + 2];
        double h3 = h[j + 3];
        double[] v0 = tile[j];
        double[] v1 = tile[j + 1];
        double[] v2 = tile[j + 2];
        double[] v3 = tile[j + 3];
        for (int i = 0; i < count; i++) {
            s[i] += (h0 * v0[i] + h1 * v1[i]) + (h2 * v2[i] + h3 * v3[i]);
        }
    }

    private static void addOne(double h, double[] v, int count, double[] s) {
        for (int i = 0; i < count; i++) {
            s[i] += h * v[i];
        }
    }
}
