package dev.ritz.krylov;

import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/**
 * y ← S x with a random s×n matrix that hardly changes the lengths of the vectors of any one space of low dimension.
 *
 * <p>A column of S has four entries ±½, one in each quarter of its rows; their places and signs are the bits of a number
 * made from seed and column, so S takes no memory. Where S would not be shorter than x, S = I. Blocks of x are sketched
 * apart and added in order: bits do not depend on threads. Source: Cohen 2016, doi:10.1137/1.9781611974331.ch21; the
 * numbers: Steele, Lea &amp; Flood 2014, doi:10.1145/2660193.2660195.
 */
final class SignSketch {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;
    private static final long SIGN = Long.MIN_VALUE;
    /** Of the 16 bits for an entry one is the sign. */
    private static final int MAX_QUARTER = 1 << 15;

    private static final WorkerPool.BlockKernel<SignSketch> KERNEL =
            (sketch, x, unused, block) -> sketch.block(x, block);

    private final int n;
    private final int quarter;
    private final int rows;
    private final long seed;
    private final WorkerPool pool;
    private final double[] partials;

    /**
     * A sketch for spaces of a given dimension: s is between 4 and 8 times that.
     *
     * @param n the length of the vectors
     * @param dimension of the spaces, at least 1
     * @param seed of S
     * @param pool whose threads take part
     */
    SignSketch(int n, int dimension, long seed, WorkerPool pool) {
        this.n = n;
        int least = Math.min(dimension, MAX_QUARTER);
        this.quarter = Integer.highestOneBit(2 * least - 1);
        this.rows = Math.min(4 * quarter, n);
        this.seed = seed;
        this.pool = pool;
        this.partials = new double[exact() ? 0 : Math.multiplyExact(blocks(), rows)];
    }

    private int blocks() {
        return n / Vectors.BLOCK + (n % Vectors.BLOCK == 0 ? 0 : 1);
    }

    /** {@return s} */
    int rows() {
        return rows;
    }

    /** {@return whether S = I} */
    boolean exact() {
        return rows == n;
    }

    /** y ← S x. */
    void apply(double[] x, double[] y) {
        if (exact()) {
            System.arraycopy(x, 0, y, 0, n);
            return;
        }
        int blocks = blocks();
        if (n < Vectors.SERIAL_BELOW) {
            for (int block = 0; block < blocks; block++) {
                block(x, block);
            }
        } else {
            pool.run(blocks, KERNEL, this, x, x);
        }
        Arrays.fill(y, 0, rows, 0);
        for (int block = 0; block < blocks; block++) {
            int at = block * rows;
            for (int i = 0; i < rows; i++) {
                y[i] += 0.5 * partials[at + i];
            }
        }
    }

    private void block(double[] x, int block) {
        double[] p = partials;
        int from = block * Vectors.BLOCK;
        int to = from + Math.min(n - from, Vectors.BLOCK);
        int mask = quarter - 1;
        int first = block * rows;
        int second = first + quarter;
        int third = second + quarter;
        int fourth = third + quarter;
        Arrays.fill(p, first, first + rows, 0);
        long state = seed + GAMMA * from;
        for (int i = from; i < to; i++) {
            state += GAMMA;
            long z = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            z ^= z >>> 31;
            long bits = Double.doubleToRawLongBits(x[i]);
            p[first + ((int) z & mask)] += Double.longBitsToDouble(bits ^ (z << 48 & SIGN));
            p[second + ((int) (z >>> 16) & mask)] += Double.longBitsToDouble(bits ^ (z << 32 & SIGN));
            p[third + ((int) (z >>> 32) & mask)] += Double.longBitsToDouble(bits ^ (z << 16 & SIGN));
            p[fourth + ((int) (z >>> 48) & mask)] += Double.longBitsToDouble(bits ^ (z & SIGN));
        }
    }
}
