package dev.ritz.api.kernel;

import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * How a triangular sweep is shared among threads: an owner for every row, blocks of consecutive rows of one owner, and
 * for each block how far the other owners must be before it may start.
 *
 * <p>Rows keep their order. They are cut into waves, planes or lines of a grid, so that the first rows of a wave need
 * only the first rows of the wave before; each thread owns one piece of every wave. While one thread is in the second
 * piece of a wave, the other is already in the first piece of the next. A vector entry that one thread writes and another
 * reads travels between their caches, which costs as much as hundreds of rows: a simulation counts that, and where it
 * promises little, one thread keeps all.
 *
 * <p>Source: point-to-point waiting after Park, Smelyanskiy, Sundaram and Dubey 2014, doi:10.1007/978-3-319-07518-1_8.
 * docs/decisions/0002-triangular-solves.md has the figures.
 *
 * <p>Row numbers are places of the sweep: i for a lower triangle, n − 1 − i for an upper one.
 */
public final class SweepSchedule {
    /** Rows of the smallest and the largest wave. */
    private static final int SHORTEST_WAVE = 256;

    private static final int LONGEST_WAVE = 1 << 17;
    /** Blocks of a piece of a wave, and rows of the smallest block. */
    private static final int BLOCKS = 4;

    private static final int SMALLEST_BLOCK = 32;
    /** What a wait for another thread costs, in entries of a row. */
    private static final int WAIT = 500;
    /** What a block costs more when it reads, or has read, entries that travel between caches. */
    private static final int READS = 2_000;

    private static final int IS_READ = 500;
    /** With less work than this a sweep stays on one thread. */
    private static final int SERIAL_BELOW = 200_000;
    /** The least simulated gain for which threads are worth it. */
    private static final double GAIN = 1.25;

    private final int threads;
    private final int[][] bounds;
    private final int[][] waits;

    private final int n;

    private SweepSchedule(int n, int[][] bounds, int[][] waits) {
        this.n = n;
        this.threads = bounds.length;
        this.bounds = bounds;
        this.waits = waits;
    }

    /**
     * A schedule for so many threads, or for one where that is better.
     *
     * @param pattern a square pattern with a full diagonal
     * @param diagonal the positions of its diagonal entries
     * @param lower which triangle
     * @param threads at most so many; more than there are processors would keep each other from working
     * @return the schedule
     */
    public static SweepSchedule of(SparsityPattern pattern, int[] diagonal, boolean lower, int threads) {
        return of(pattern, diagonal, lower, threads, GAIN, SERIAL_BELOW);
    }

    /**
     * The same with other thresholds.
     *
     * @param pattern a square pattern with a full diagonal
     * @param diagonal the positions of its diagonal entries
     * @param lower which triangle
     * @param threads at most so many
     * @param gain how many times faster than one thread a simulation must be
     * @param serialBelow with fewer entries and rows one thread keeps all
     * @return the schedule
     */
    public static SweepSchedule of(
            SparsityPattern pattern, int[] diagonal, boolean lower, int threads, double gain, long serialBelow) {
        Triangle triangle = new Triangle(pattern, diagonal, lower);
        int n = triangle.n;
        double work = triangle.work(0, n);
        if (threads > 1 && work >= serialBelow) {
            Draft draft = new Draft(triangle, owners(n, waves(triangle), threads), threads);
            if (work > gain * draft.makespan) {
                return draft.schedule();
            }
        }
        return new SweepSchedule(n, new int[][] {{0, n}}, new int[][] {{0}});
    }

    /** {@return the number of rows} */
    public int size() {
        return n;
    }

    /** {@return how many threads share the rows} */
    public int threads() {
        return threads;
    }

    /**
     * Where the blocks of a thread begin and end.
     *
     * @param thread from 0
     * @return block k covers the places from entry 2k up to, not including, entry 2k + 1; not to be changed
     */
    public int[] bounds(int thread) {
        return bounds[thread];
    }

    /**
     * What the blocks of a thread wait for.
     *
     * @param thread from 0
     * @return at k · threads + u: how many of its blocks thread u has done before block k begins; not to be changed
     */
    public int[] waits(int thread) {
        return waits[thread];
    }

    /** {@return the bytes of the schedule} */
    public long bytes() {
        long ints = 0;
        for (int t = 0; t < threads; t++) {
            ints += bounds[t].length + waits[t].length;
        }
        return 4 * ints;
    }

    private static int[] waves(Triangle triangle) {
        int n = triangle.n;
        int[] cuts = new int[n / SHORTEST_WAVE + 2];
        int count = 1;
        int s = 0;
        while (n - s > SHORTEST_WAVE) {
            int best = -1;
            long last = Math.min(n - 1, (long) s + LONGEST_WAVE);
            for (int e = s + SHORTEST_WAVE; e <= last; e++) {
                if (triangle.reach(e) - s <= (e - s) / 4) {
                    best = e;
                    last = Math.min(last, s + 2L * (e - s)); // a much longer wave will hardly follow
                }
            }
            s = best < 0 ? (int) last + 1 : best;
            cuts[count++] = s;
        }
        if (s < n) {
            cuts[count++] = n;
        }
        return Arrays.copyOf(cuts, count);
    }

    private static int[] owners(int n, int[] waves, int threads) {
        int[] owner = new int[n];
        for (int w = 0; w + 1 < waves.length; w++) {
            long size = (long) waves[w + 1] - waves[w];
            for (int t = 0; t < threads; t++) {
                int from = waves[w] + (int) (size * t / threads);
                int to = waves[w] + (int) (size * (t + 1) / threads);
                Arrays.fill(owner, from, to, t);
            }
        }
        return owner;
    }

    /** The strict triangle of a pattern in sweep order. */
    private static final class Triangle {
        final int n;
        private final int[] rowPtr;
        private final int[] colIdx;
        private final int[] diagonal;
        private final boolean lower;

        Triangle(SparsityPattern pattern, int[] diagonal, boolean lower) {
            this.n = diagonal.length;
            this.rowPtr = pattern.rowPtr();
            this.colIdx = pattern.colIdx();
            this.diagonal = diagonal;
            this.lower = lower;
        }

        int begin(int place) {
            return lower ? rowPtr[place] : diagonal[n - 1 - place] + 1;
        }

        int end(int place) {
            return lower ? diagonal[place] : rowPtr[n - place];
        }

        /** The place that entry k needs. */
        int needs(int k) {
            return lower ? colIdx[k] : n - 1 - colIdx[k];
        }

        /** The last place that a place needs, −1 when it needs none. */
        int reach(int place) {
            int begin = begin(place);
            int end = end(place);
            return begin == end ? -1 : needs(lower ? end - 1 : begin);
        }

        long work(int from, int to) {
            long entries = 0;
            for (int p = from; p < to; p++) {
                entries += end(p) - begin(p);
            }
            return entries + 2L * (to - from);
        }
    }

    /** Blocks and waits for given owners, and the time they take in a simulation. */
    private static final class Draft {
        private final Triangle triangle;
        private final int threads;
        int count;
        private int[] start;
        private int[] owner;
        /** Of a block among those of its owner. */
        private final int[] number;
        /** Of block b from thread u: the number of its last block that b needs, plus 1. */
        private final int[] needed;

        double makespan;

        Draft(Triangle triangle, int[] owners, int threads) {
            this.triangle = triangle;
            this.threads = threads;
            cut(owners);
            this.number = new int[count];
            this.needed = new int[count * threads];
            simulate();
        }

        /** Runs of one owner, and long ones in several blocks. */
        private void cut(int[] owners) {
            int n = triangle.n;
            start = new int[n / 4 + 2];
            owner = new int[n / 4 + 2];
            int from = 0;
            while (from < n) {
                int to = from + 1;
                while (to < n && owners[to] == owners[from]) {
                    to++;
                }
                int pieces = Math.max(1, Math.min(BLOCKS, (to - from) / SMALLEST_BLOCK));
                if (count + pieces >= start.length) {
                    start = Arrays.copyOf(start, 2 * start.length + pieces);
                    owner = Arrays.copyOf(owner, start.length);
                }
                for (int j = 0; j < pieces; j++) {
                    owner[count] = owners[from];
                    start[count++] = from + (int) ((long) (to - from) * j / pieces);
                }
                from = to;
            }
            start[count] = n;
        }

        private void simulate() {
            int[] blockOf = new int[triangle.n];
            for (int b = 0; b < count; b++) {
                Arrays.fill(blockOf, start[b], start[b + 1], b);
            }
            double[] finish = new double[count];
            double[] clock = new double[threads];
            int[] sizes = new int[threads];
            int[] last = new int[threads * threads];
            for (int b = 0; b < count; b++) {
                int t = owner[b];
                number[b] = sizes[t]++;
                double begin = clock[t];
                double work = triangle.work(start[b], start[b + 1]);
                boolean reads = false;
                for (int p = start[b]; p < start[b + 1]; p++) {
                    int end = triangle.end(p);
                    int k = triangle.begin(p);
                    for (int more = k == end ? 1 : 0; k < end + more; k++) { // a row without entries reads the first
                        int c = more > 0 ? 0 : blockOf[triangle.needs(k)];
                        int u = owner[c];
                        if (u != t && number[c] >= last[t * threads + u]) {
                            last[t * threads + u] = number[c] + 1;
                            begin = Math.max(begin, finish[c] + WAIT);
                            needed[b * threads + u] = number[c] + 1;
                            clock[u] += IS_READ;
                            reads = true;
                        }
                    }
                }
                finish[b] = begin + work + (reads ? READS : 0);
                clock[t] = finish[b];
            }
            makespan = Arrays.stream(clock).max().orElse(0);
        }

        /** The blocks by owner; those that neither wait nor are waited for join the block before. */
        SweepSchedule schedule() {
            boolean[][] awaited = new boolean[threads][count + 1];
            for (int b = 0; b < count; b++) {
                for (int u = 0; u < threads; u++) {
                    awaited[u][needed[b * threads + u]] = true;
                }
            }
            int[][] bounds = new int[threads][2 * count];
            int[][] waits = new int[threads][threads * count];
            int[][] renumbered = new int[threads][count + 1]; // how many joined blocks are done with so many blocks
            int[] sizes = new int[threads];
            for (int b = 0; b < count; b++) {
                int t = owner[b];
                boolean waiting = false;
                for (int u = 0; u < threads; u++) {
                    waiting |= needed[b * threads + u] > 0;
                }
                int k = sizes[t];
                if (k > 0 && !waiting && !awaited[t][number[b]] && bounds[t][2 * k - 1] == start[b]) {
                    bounds[t][2 * k - 1] = start[b + 1];
                } else {
                    bounds[t][2 * k] = start[b];
                    bounds[t][2 * k + 1] = start[b + 1];
                    for (int u = 0; u < threads; u++) {
                        waits[t][k * threads + u] = renumbered[u][needed[b * threads + u]];
                    }
                    sizes[t]++;
                }
                renumbered[t][number[b] + 1] = sizes[t];
            }
            for (int t = 0; t < threads; t++) {
                bounds[t] = Arrays.copyOf(bounds[t], 2 * sizes[t]);
                waits[t] = Arrays.copyOf(waits[t], threads * sizes[t]);
            }
            return new SweepSchedule(triangle.n, bounds, waits);
        }
    }
}
