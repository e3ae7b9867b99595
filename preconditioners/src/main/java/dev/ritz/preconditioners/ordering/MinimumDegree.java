package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * Approximate minimum degree ordering of the pattern of A + Aᵀ: what is eliminated next is what has the fewest
 * neighbours then, so that factors fill little.
 *
 * <pre>
 * Needs   a square pattern, which need not be symmetric
 * Gives   p, with B = A.permute(p) of small fill; the same p for the same pattern
 * Work    nearly O(nnz) on grids, at most O(n nnz)
 * Memory  1.2 nnz + 11 n ints, 2 n longs
 * Source  Amestoy, Davis &amp; Duff 1996, doi:10.1137/S0895479894278952
 * </pre>
 *
 * <p>The graph of what is left is kept as variables and elements: an element stands for the clique that an eliminated
 * variable leaves, and is absorbed by the next one that covers it. Variables with the same neighbours are eliminated
 * together. Degrees count weights of elements one by one, so they are bounds. Rows with more than 10 √n neighbours, and
 * more than 16, come last in their own order. The rest is in post order of the tree of elements, which changes no fill
 * and keeps together what is eliminated together.
 */
public final class MinimumDegree {
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final int n;

    /**
     * Of a variable that is left: its elements, then the variables beside it that no element covers. Of an element: its
     * variables. From start[i] on, length[i] entries; start is −1 where i is neither.
     */
    private int[] idx;

    private int free;
    private final int[] start;
    private final int[] length;
    /** How many elements a variable has. */
    private final int[] elements;
    /** How many variables of A stand behind i, 0 where it has been merged; negative while in the element at hand. */
    private final int[] weight;
    /** Of a variable: a bound of the weight of its neighbours. Of an element: the weight of its variables. */
    private final int[] degree;

    /** Lists of the variables of each degree, linked both ways. */
    private final int[] first;

    private final int[] next;
    private final int[] previous;
    /** Variables of the element at hand by a hash of their lists. */
    private final int[] bucket;
    /** What absorbed an element or a variable, −1 for nothing. */
    private final int[] parent;
    /** Against the stamp; 0 for an element that is gone. */
    private final long[] mark;

    private long stamp = 1;
    private long largest;
    private int least;
    /** The weight of what is not eliminated. */
    private int left;
    /** The weight of the element at hand. */
    private int size;

    private MinimumDegree(Adjacency graph) {
        n = graph.vertices();
        start = new int[n];
        length = new int[n];
        elements = new int[n];
        weight = new int[n];
        degree = new int[n];
        first = new int[n];
        next = new int[n];
        previous = new int[n];
        bucket = new int[n];
        parent = new int[n];
        mark = new long[n];
        Arrays.fill(first, -1);
        Arrays.fill(bucket, -1);
        Arrays.fill(parent, -1);
        Arrays.fill(start, -1);
        int entries = graph.idx().length;
        idx = new int[(int) Math.min(MOST, entries + entries / 5L + n)];
        double dense = Math.max(16, 10 * Math.sqrt(n));
        for (int i = 0; i < n; i++) {
            weight[i] = graph.degree(i) > dense ? 0 : 1;
        }
        for (int i = n - 1; i >= 0; i--) { // lists are stacks: of equal degrees the first row comes first
            if (weight[i] == 1) {
                start[i] = free;
                for (int k = graph.ptr()[i]; k < graph.ptr()[i + 1]; k++) {
                    int j = graph.idx()[k];
                    if (weight[j] == 1) {
                        idx[free++] = j;
                    }
                }
                length[i] = free - start[i];
                insert(i, length[i]);
                left++;
            }
        }
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
        MinimumDegree elimination = new MinimumDegree(Adjacency.of(pattern));
        boolean[] dense = new boolean[elimination.n];
        for (int i = 0; i < dense.length; i++) {
            dense[i] = elimination.weight[i] == 0;
        }
        while (elimination.left > 0) {
            elimination.eliminate(elimination.leastDegree());
        }
        return elimination.postOrder(dense);
    }

    private int leastDegree() {
        while (first[least] < 0) {
            least++;
        }
        return first[least];
    }

    private void insert(int i, int d) {
        degree[i] = d;
        next[i] = first[d];
        previous[i] = -1;
        if (first[d] >= 0) {
            previous[first[d]] = i;
        }
        first[d] = i;
        least = Math.min(least, d);
    }

    private void remove(int i) {
        if (previous[i] >= 0) {
            next[previous[i]] = next[i];
        } else {
            first[degree[i]] = next[i];
        }
        if (next[i] >= 0) {
            previous[next[i]] = previous[i];
        }
    }

    /** Turns variable p into an element. */
    private void eliminate(int p) {
        remove(p);
        reserve(degree[p]);
        int own = weight[p];
        left -= own;
        weight[p] = -own; // not its own neighbour
        int begin = free;
        gather(p);
        measureOthers(begin);
        int merged = 0;
        for (int k = begin; k < free; k++) {
            merged += update(idx[k], p);
        }
        weight[p] = own + merged;
        degree[p] = size;
        mark[p] = stamp;
        largest = Math.max(largest, size);
        stamp += largest + 1; // above all that measureOthers has marked
        for (int k = begin; k < free; k++) {
            mergeEqual(idx[k]);
        }
        int to = begin;
        for (int k = begin; k < free; k++) {
            int i = idx[k];
            int w = -weight[i];
            if (w > 0) {
                weight[i] = w;
                insert(i, (int) Math.min((long) degree[i] + size - w, left - w));
                idx[to++] = i;
            }
        }
        free = to;
        start[p] = begin;
        length[p] = to - begin;
        if (to == begin) {
            dissolve(p, -1);
        }
    }

    /** Appends the variables beside p, negates their weights, and absorbs the elements of p. */
    private void gather(int p) {
        size = 0;
        int elementsEnd = start[p] + elements[p];
        for (int k = start[p]; k < elementsEnd; k++) {
            int e = idx[k];
            append(start[e], start[e] + length[e]);
            dissolve(e, p);
        }
        append(elementsEnd, start[p] + length[p]);
    }

    private void append(int from, int to) {
        for (int k = from; k < to; k++) {
            int i = idx[k];
            if (weight[i] > 0) {
                size += weight[i];
                weight[i] = -weight[i];
                remove(i);
                idx[free++] = i;
            }
        }
    }

    /** Element e is no more; what it stood for is in element p, if any. */
    private void dissolve(int e, int p) {
        parent[e] = p;
        mark[e] = 0;
        start[e] = -1;
    }

    /** For each element e beside the one at hand: mark[e] ← stamp + the weight of e outside of it. */
    private void measureOthers(int begin) {
        stamp++;
        for (int k = begin; k < free; k++) {
            int i = idx[k];
            int w = -weight[i];
            for (int q = start[i], end = start[i] + elements[i]; q < end; q++) {
                int e = idx[q];
                if (mark[e] >= stamp) {
                    mark[e] -= w;
                } else if (mark[e] != 0) {
                    mark[e] = stamp + degree[e] - w;
                }
            }
        }
    }

    /**
     * The list of variable i with p in the place of what p has absorbed, and its degree without p.
     *
     * @return the weight of i where it has no other neighbours, so that it is eliminated with p; else 0
     */
    private int update(int i, int p) {
        int to = start[i];
        long hash = 0;
        long outside = 0;
        int variables = start[i] + elements[i];
        int end = start[i] + length[i];
        for (int k = start[i]; k < variables; k++) {
            int e = idx[k];
            if (mark[e] > stamp) {
                outside += mark[e] - stamp;
                idx[to++] = e;
                hash += e;
            } else if (mark[e] == stamp) {
                dissolve(e, p); // p covers it
            }
        }
        int own = to;
        for (int k = variables; k < end; k++) {
            int j = idx[k];
            if (weight[j] > 0) {
                outside += weight[j];
                idx[to++] = j;
                hash += j;
            }
        }
        if (outside == 0) {
            int w = -weight[i];
            merge(i, p);
            left -= w;
            size -= w;
            return w;
        }
        degree[i] = (int) Math.min(degree[i], outside);
        idx[to] = idx[own]; // p was among its variables, or something has gone
        idx[own] = p;
        elements[i] = own + 1 - start[i];
        length[i] = to + 1 - start[i];
        int h = (int) (hash % n);
        previous[i] = h;
        next[i] = bucket[h];
        bucket[h] = i;
        return 0;
    }

    private void merge(int j, int into) {
        parent[j] = into;
        weight[j] = 0;
        start[j] = -1;
    }

    /** Merges the variables with equal lists in the bucket of i. */
    private void mergeEqual(int i) {
        if (weight[i] == 0) {
            return;
        }
        int head = bucket[previous[i]];
        bucket[previous[i]] = -1;
        for (int kept = head; kept >= 0 && next[kept] >= 0; kept = next[kept]) {
            stamp++;
            for (int k = start[kept], end = start[kept] + length[kept]; k < end; k++) {
                mark[idx[k]] = stamp;
            }
            int before = kept;
            for (int j = next[kept]; j >= 0; j = next[j]) {
                if (elements[j] == elements[kept] && length[j] == length[kept] && marked(j)) {
                    weight[kept] += weight[j];
                    merge(j, kept);
                    next[before] = next[j];
                } else {
                    before = j;
                }
            }
        }
    }

    private boolean marked(int j) {
        for (int k = start[j], end = start[j] + length[j]; k < end; k++) {
            if (mark[idx[k]] != stamp) {
                return false;
            }
        }
        return true;
    }

    /** Room for so many more entries. What is left of the graph with them never exceeds what it was at first. */
    private void reserve(int more) {
        if (free + (long) more <= idx.length) {
            return;
        }
        long live = more;
        for (int i = 0; i < n; i++) {
            live += start[i] < 0 ? 0 : length[i];
        }
        int[] packed = new int[(int) Math.min(MOST, Math.max(live, idx.length))];
        free = 0;
        for (int i = 0; i < n; i++) {
            if (start[i] >= 0) {
                System.arraycopy(idx, start[i], packed, free, length[i]);
                start[i] = free;
                free += length[i];
            }
        }
        idx = packed;
    }

    /** What each element has absorbed before itself, elements first; dense rows at the end. */
    private int[] postOrder(boolean[] dense) {
        Arrays.fill(first, -1);
        link(dense, false);
        link(dense, true); // in front of the others
        int[] p = new int[n];
        int[] stack = bucket;
        int at = 0;
        for (int root = 0; root < n; root++) {
            if (parent[root] < 0 && !dense[root]) {
                int top = 0;
                stack[0] = root;
                while (top >= 0) {
                    int i = stack[top];
                    if (first[i] >= 0) {
                        stack[++top] = first[i];
                        first[i] = next[first[i]];
                    } else {
                        p[at++] = i;
                        top--;
                    }
                }
            }
        }
        for (int i = 0; i < n; i++) {
            if (dense[i]) {
                p[at++] = i;
            }
        }
        return p;
    }

    private void link(boolean[] dense, boolean ofElements) {
        for (int i = n - 1; i >= 0; i--) {
            if (!dense[i] && weight[i] > 0 == ofElements && parent[i] >= 0) {
                next[i] = first[parent[i]];
                first[parent[i]] = i;
            }
        }
    }
}
