package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * The reverse Cuthill-McKee ordering of the graph of A + Aᵀ: neighbours get near numbers, the band becomes narrow.
 *
 * <pre>
 * Needs   a square pattern; disconnected parts are ordered one after the other
 * Gives   p, with B = A.permute(p) of small bandwidth and profile
 * Work    O(nnz log nnz)
 * Source  Cuthill &amp; McKee 1969, doi:10.1145/800195.805928; George &amp; Liu 1979, doi:10.1145/355841.355845
 *         (pseudo-peripheral start)
 * </pre>
 */
public final class ReverseCuthillMcKee {
    private final Adjacency graph;
    private final int[] mark;
    private final int[] queue;
    private int stamp;
    private int reached;
    private int lastLevel;

    private ReverseCuthillMcKee(Adjacency graph) {
        this.graph = graph;
        this.mark = new int[graph.vertices()];
        this.queue = new int[graph.vertices()];
    }

    /**
     * Orders a pattern.
     *
     * @param pattern a square pattern
     * @return p with p[k] the row of A that becomes row k, as {@link dev.ritz.api.CsrMatrix#permute} takes it
     * @throws IllegalArgumentException when the pattern is not square
     */
    public static int[] order(SparsityPattern pattern) {
        if (pattern.rows() != pattern.cols()) {
            throw new IllegalArgumentException(
                    "the pattern is " + pattern.rows() + " by " + pattern.cols() + ", expected a square one");
        }
        int n = pattern.rows();
        Adjacency graph = Adjacency.of(pattern);
        ReverseCuthillMcKee search = new ReverseCuthillMcKee(graph);
        int[] p = new int[n];
        boolean[] numbered = new boolean[n];
        int at = n;
        for (int first = 0; first < n; first++) {
            if (!numbered[first]) {
                search.number(search.peripheral(first), numbered);
                for (int k = 0; k < search.reached; k++) {
                    p[--at] = search.queue[k]; // reversed
                }
            }
        }
        return p;
    }

    /** A vertex of nearly the greatest eccentricity in the component of {@code first}. */
    private int peripheral(int first) {
        levels(first); // collects the component
        int root = leastDegree(0);
        int depth = levels(root);
        while (true) {
            int candidate = leastDegree(lastLevel);
            int deeper = levels(candidate);
            if (deeper <= depth) {
                return root;
            }
            root = candidate;
            depth = deeper;
        }
    }

    private int leastDegree(int from) {
        int best = queue[from];
        for (int k = from + 1; k < reached; k++) {
            if (graph.degree(queue[k]) < graph.degree(best)) {
                best = queue[k];
            }
        }
        return best;
    }

    /** Breadth first from {@code root}: fills the queue and returns the number of levels. */
    private int levels(int root) {
        stamp++;
        mark[root] = stamp;
        queue[0] = root;
        reached = 1;
        int depth = 0;
        int head = 0;
        while (head < reached) {
            lastLevel = head;
            depth++;
            for (int end = reached; head < end; head++) {
                for (int k = graph.ptr()[queue[head]]; k < graph.ptr()[queue[head] + 1]; k++) {
                    int j = graph.idx()[k];
                    if (mark[j] != stamp) {
                        mark[j] = stamp;
                        queue[reached++] = j;
                    }
                }
            }
        }
        return depth;
    }

    /** Cuthill-McKee from {@code root}: breadth first, the neighbours of each vertex by ascending degree. */
    private void number(int root, boolean[] numbered) {
        long[] keys = new long[16];
        numbered[root] = true;
        queue[0] = root;
        reached = 1;
        for (int head = 0; head < reached; head++) {
            int count = 0;
            for (int k = graph.ptr()[queue[head]]; k < graph.ptr()[queue[head] + 1]; k++) {
                int j = graph.idx()[k];
                if (!numbered[j]) {
                    numbered[j] = true;
                    if (count == keys.length) {
                        keys = Arrays.copyOf(keys, 2 * count);
                    }
                    keys[count++] = (long) graph.degree(j) << 32 | j; // ties by number
                }
            }
            Arrays.sort(keys, 0, count);
            for (int k = 0; k < count; k++) {
                queue[reached++] = (int) keys[k];
            }
        }
    }
}
