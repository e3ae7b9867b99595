package dev.ritz.krylov.sequence;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Orders of independent systems in which neighbours are alike, so that what is recycled from one serves the next.
 * Distances are Euclidean distances of features: parameters, or the coefficient fields themselves. Every order is a
 * permutation of 0 … n − 1, and equal arguments give equal orders.
 *
 * <p>Greedy sorting takes O(n²) distances and suits up to about ten thousand systems; beyond, a Hilbert curve through a
 * few key numbers sorts in O(n log n). Source: Wang et al., ICLR 2024, "Accelerating data generation for neural operators
 * via Krylov subspace recycling".
 */
public final class SimilarityOrder {
    private static final int KEY_BITS = 63;
    private static final int COORDINATE_BITS = 20;

    private SimilarityOrder() {}

    /**
     * Goes from system 0 always to the nearest one left; among equals to the lowest index.
     *
     * @param features one row per system, finite, of equal lengths
     * @return the order
     */
    public static int[] greedy(double[][] features) {
        return greedy(features, Math.max(1, features.length));
    }

    /**
     * Sorts group by group, each of consecutive indices and from its first one, and strings the groups together.
     *
     * @param features one row per system, finite, of equal lengths
     * @param group the systems of a group, at least 1
     * @return the order
     */
    public static int[] greedy(double[][] features, int group) {
        if (group < 1) {
            throw new IllegalArgumentException("group = " + group + ", expected at least 1");
        }
        int n = features.length;
        int[] order = identity(n);
        for (int i = 0; i < n; i++) {
            checked(features[i], i, features[0].length);
        }
        for (int from = 0; from < n; from += Math.min(group, n - from)) {
            chain(features, order, from, from + Math.min(group, n - from));
        }
        return order;
    }

    /**
     * Sorts along a Hilbert curve through the keys. Only the keys of all systems are held, never all features.
     *
     * @param count n, the number of systems
     * @param features the features of a system, asked for once each; finite, of equal lengths
     * @param keys what to sort by
     * @param cell consecutive systems of the curve that are then sorted greedily by their keys, at least 1; 1 leaves the
     *     curve as it is
     * @return the order
     */
    public static int[] spaceFilling(int count, IntFunction<double[]> features, SimilarityKeys keys, int cell) {
        if (count < 0 || cell < 1) {
            throw new IllegalArgumentException(
                    "count = " + count + ", cell = " + cell + ", expected at least 0 and at least 1");
        }
        double[][] k = keys.of(count, features);
        if (k.length != count) {
            throw new IllegalArgumentException("there are " + k.length + " keys, expected " + count);
        }
        for (int i = 0; i < count; i++) {
            checked(k[i], i, k[0].length);
        }
        int[] order = alongCurve(k);
        for (int from = 0; from < count; from += Math.min(cell, count - from)) {
            int to = from + Math.min(cell, count - from);
            if (from > 0) { // enter the cell next to where the last one was left
                swap(order, from, nearest(k, order, from - 1, from, to));
            }
            chain(k, order, from, to);
        }
        return order;
    }

    /**
     * Cuts an order into contiguous pieces whose lengths differ by at most one, one per worker.
     *
     * @param order an order
     * @param workers how many, at least 1
     * @return the pieces in order, none empty: fewer than workers where there are fewer systems
     */
    public static int[][] chunks(int[] order, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers = " + workers + ", expected at least 1");
        }
        int pieces = Math.min(workers, order.length);
        int[][] chunks = new int[pieces][];
        for (int p = 0; p < pieces; p++) {
            int from = (int) ((long) order.length * p / pieces);
            int to = (int) ((long) order.length * (p + 1) / pieces);
            chunks[p] = Arrays.copyOfRange(order, from, to);
        }
        return chunks;
    }

    /**
     * How good an order is: the mean distance between neighbours.
     *
     * @param order an order
     * @param features the features of a system, asked for once each, in this order
     * @return the mean, 0 for fewer than two systems
     */
    public static double meanDistance(int[] order, IntFunction<double[]> features) {
        if (order.length < 2) {
            return 0;
        }
        double total = 0;
        double[] last = checked(features.apply(order[0]), order[0], -1).clone();
        for (int i = 1; i < order.length; i++) {
            double[] f = checked(features.apply(order[i]), order[i], last.length);
            total += Math.sqrt(square(last, f, Double.POSITIVE_INFINITY));
            System.arraycopy(f, 0, last, 0, last.length);
        }
        return total / (order.length - 1);
    }

    /** Refuses features of another length (negative: any) or with an entry that is not finite. */
    static double[] checked(double[] features, int system, int length) {
        if (length >= 0 && features.length != length) {
            throw new IllegalArgumentException(
                    "system " + system + " has " + features.length + " features, expected " + length);
        }
        for (int j = 0; j < features.length; j++) {
            if (!Double.isFinite(features[j])) {
                throw new IllegalArgumentException(
                        "feature " + j + " of system " + system + " is " + features[j] + ", expected a finite number");
            }
        }
        return features;
    }

    private static int[] identity(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        return order;
    }

    /** Sorts order[from … to − 1] from its first entry on. */
    private static void chain(double[][] features, int[] order, int from, int to) {
        for (int i = from; i < to - 2; i++) {
            swap(order, i + 1, nearest(features, order, i, i + 1, to));
        }
    }

    /** Where in order[from … to − 1] the system nearest to order[at] stands; among equals the lowest index. */
    private static int nearest(double[][] features, int[] order, int at, int from, int to) {
        double[] f = features[order[at]];
        int best = from;
        double least = square(f, features[order[from]], Double.POSITIVE_INFINITY);
        for (int i = from + 1; i < to; i++) {
            double square = square(f, features[order[i]], least);
            if (square < least || square == least && order[i] < order[best]) {
                least = square;
                best = i;
            }
        }
        return best;
    }

    private static void swap(int[] order, int i, int j) {
        int t = order[i];
        order[i] = order[j];
        order[j] = t;
    }

    /** ‖f − g‖², or something above the limit as soon as that is certain. */
    private static double square(double[] f, double[] g, double limit) {
        double sum = 0;
        for (int j = 0; j < f.length && sum <= limit; j++) {
            double d = f[j] - g[j];
            sum += d * d;
        }
        return sum;
    }

    private static int[] alongCurve(double[][] keys) {
        int n = keys.length;
        int d = n == 0 ? 0 : keys[0].length;
        if (d == 0) {
            return identity(n);
        }
        if (d > KEY_BITS / 2) {
            throw new IllegalArgumentException("keys have " + d + " entries, expected at most " + KEY_BITS / 2);
        }
        int bits = Math.min(COORDINATE_BITS, KEY_BITS / d);
        double[] low = keys[0].clone();
        double range = 0;
        for (int a = 0; a < d; a++) {
            double high = low[a];
            for (double[] key : keys) {
                low[a] = Math.min(low[a], key[a]);
                high = Math.max(high, key[a]);
            }
            range = Math.max(range, high / 2 - low[a] / 2); // half of it, which cannot overflow
        }
        int last = (1 << bits) - 1;
        long[] position = new long[n];
        int[] cell = new int[d];
        for (int i = 0; i < n; i++) {
            for (int a = 0; a < d; a++) { // the same scale in all directions, so that cells are cubes
                double t = range > 0 ? (keys[i][a] / 2 - low[a] / 2) / range : 0;
                cell[a] = (int) Math.min(last, t * (1L << bits));
            }
            position[i] = HilbertCurve.position(cell, bits);
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (i, j) -> Long.compare(position[i], position[j])); // stable: ties by index
        int[] result = new int[n];
        Arrays.setAll(result, i -> order[i]);
        return result;
    }
}
