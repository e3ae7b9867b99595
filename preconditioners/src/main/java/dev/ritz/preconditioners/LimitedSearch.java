package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which columns every row reaches in a few steps of the graph of a square pattern: breadth-first searches, one per row,
 * independent of each other and so shared among threads. Through any vertex they give the pattern of a power of A;
 * through earlier vertices only, the fill of an incomplete factorisation by levels.
 */
final class LimitedSearch {
    /** Which of the columns found are kept. */
    enum Keep {
        /** Right of the diagonal. */
        UPPER,
        /** Left of the diagonal and the diagonal itself, stored or not. */
        LOWER_AND_DIAGONAL,
        /** All and the diagonal, stored or not. */
        ALL
    }

    /** The longest array a Java virtual machine reliably allocates. */
    static final int MAX_ENTRIES = Integer.MAX_VALUE - 8;

    private static final int BLOCK = 2048;

    private final SparsityPattern pattern;
    private final int depth;
    private final boolean earlierOnly;
    private final Keep keep;
    private final long most;
    /** The columns found from the rows of a block, one after the other. */
    private final int[][] found;
    /** How many were found from row i − 1. */
    private final int[] counts;

    private final AtomicLong total = new AtomicLong();
    private final Queue<Scratch> idle = new ConcurrentLinkedQueue<>();

    private LimitedSearch(SparsityPattern pattern, int depth, boolean earlierOnly, Keep keep, long most) {
        this.pattern = pattern;
        this.depth = depth;
        this.earlierOnly = earlierOnly;
        this.keep = keep;
        this.most = most;
        int n = pattern.rows();
        this.found = new int[n / BLOCK + (n % BLOCK == 0 ? 0 : 1)][];
        this.counts = new int[n + 1];
    }

    /** One thread's memory. */
    private static final class Scratch {
        /** The last row whose search has seen a vertex. */
        final int[] seenFrom;

        final int[] queue;

        Scratch(int n) {
            seenFrom = new int[n];
            Arrays.fill(seenFrom, -1);
            queue = new int[n];
        }
    }

    /**
     * The columns that rows reach.
     *
     * @param depth the most steps, at least 1
     * @param earlierOnly whether the vertices between row i and the column all have numbers below i
     * @return the pattern of what is kept
     */
    static SparsityPattern of(SparsityPattern pattern, WorkerPool pool, int depth, boolean earlierOnly, Keep keep) {
        return of(pattern, pool, depth, earlierOnly, keep, MAX_ENTRIES);
    }

    /** The same with another limit on the entries. */
    static SparsityPattern of(
            SparsityPattern pattern, WorkerPool pool, int depth, boolean earlierOnly, Keep keep, long most) {
        LimitedSearch search = new LimitedSearch(pattern, depth, earlierOnly, keep, most);
        pool.run(search.found.length, (s, x, y, block) -> s.block(block), search, null, null);
        return search.gathered();
    }

    private void block(int block) {
        Scratch scratch = idle.poll();
        if (scratch == null) {
            scratch = new Scratch(pattern.rows());
        }
        int from = block * BLOCK;
        int to = from + Math.min(pattern.rows() - from, BLOCK);
        int[] columns = new int[2 * (pattern.rowPtr()[to] - pattern.rowPtr()[from]) + 16];
        int count = 0;
        for (int i = from; i < to; i++) {
            int reached = search(i, scratch);
            if (count + (long) reached + 1 > most) {
                throw tooLarge(most);
            }
            if (count + reached + 1 > columns.length) {
                columns = Arrays.copyOf(columns, (int) Math.min(MAX_ENTRIES, 2L * columns.length + reached));
            }
            int begin = count;
            if (keep != Keep.UPPER) {
                columns[count++] = i;
            }
            for (int k = 0; k < reached; k++) {
                int j = scratch.queue[k];
                if (keep == Keep.ALL || (keep == Keep.UPPER) == (j > i)) {
                    columns[count++] = j;
                }
            }
            Arrays.sort(columns, begin, count);
            counts[i + 1] = count - begin;
        }
        if (total.addAndGet(count) > most) {
            throw tooLarge(most);
        }
        found[block] = Arrays.copyOf(columns, count);
        idle.add(scratch);
    }

    /** Fills the queue with what row i reaches, itself apart; returns how many. */
    private int search(int i, Scratch scratch) {
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] seenFrom = scratch.seenFrom;
        int[] queue = scratch.queue;
        seenFrom[i] = i;
        int tail = visit(i, i, rowPtr, colIdx, seenFrom, queue, 0);
        int head = 0;
        for (int step = 1; step < depth && head < tail; step++) {
            for (int end = tail; head < end; head++) {
                int v = queue[head];
                if (!earlierOnly || v < i) {
                    tail = visit(v, i, rowPtr, colIdx, seenFrom, queue, tail);
                }
            }
        }
        return tail;
    }

    private static int visit(int v, int i, int[] rowPtr, int[] colIdx, int[] seenFrom, int[] queue, int tail) {
        int at = tail;
        for (int k = rowPtr[v], end = rowPtr[v + 1]; k < end; k++) {
            int j = colIdx[k];
            if (seenFrom[j] != i) {
                seenFrom[j] = i;
                queue[at++] = j;
            }
        }
        return at;
    }

    private SparsityPattern gathered() {
        int n = pattern.rows();
        for (int i = 0; i < n; i++) {
            counts[i + 1] += counts[i];
        }
        int[] columns = new int[counts[n]];
        for (int block = 0; block < found.length; block++) {
            System.arraycopy(found[block], 0, columns, counts[block * BLOCK], found[block].length);
        }
        return SparsityPattern.of(n, n, counts, columns);
    }

    static BuildException tooLarge(long most) {
        return new BuildException(
                BuildException.Reason.TOO_LARGE,
                -1,
                "the pattern has more than " + most + " entries",
                "try a lower level or power, or Ilut, whose fill is limited");
    }
}
