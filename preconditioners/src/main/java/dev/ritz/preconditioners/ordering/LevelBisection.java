package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;

/** Cuts a graph in two across the levels of a breadth-first search, and the halves again. */
final class LevelBisection {
    private final Adjacency graph;
    private final int[] labels;
    /** The vertices; those of a set stand next to each other. */
    private final int[] order;
    /** The set of each vertex: the part in which its vertices are numbered first. */
    private final int[] set;

    private final int[] mark;
    private final int[] queue;
    private int stamp;
    private int reached;
    private int lastLevel;

    private LevelBisection(Adjacency graph) {
        int n = graph.vertices();
        this.graph = graph;
        this.labels = new int[n];
        this.order = new int[n];
        this.set = new int[n];
        this.mark = new int[n];
        this.queue = new int[n];
    }

    /** The part of each vertex; {@code parts} of them, at most one a vertex. */
    static int[] labels(SparsityPattern pattern, int parts) {
        int n = pattern.rows();
        if (parts <= 1 || parts == n) {
            int[] labels = new int[n];
            for (int i = 0; parts > 1 && i < n; i++) {
                labels[i] = i;
            }
            return labels;
        }
        LevelBisection bisection = new LevelBisection(Adjacency.of(pattern));
        for (int i = 0; i < n; i++) {
            bisection.order[i] = i;
        }
        bisection.cut(0, n, 0, parts);
        return bisection.labels;
    }

    /** Labels the vertices at {@code from} … {@code to} − 1 with some parts from {@code first} on. */
    private void cut(int from, int to, int first, int parts) {
        for (int k = from; k < to; k++) {
            set[order[k]] = first;
        }
        if (parts == 1) {
            for (int k = from; k < to; k++) {
                labels[order[k]] = first;
            }
            return;
        }
        sort(from, to, first);
        int left = parts / 2;
        int middle = from + (int) ((long) (to - from) * left / parts);
        cut(middle, to, first + left, parts - left); // first, so that its vertices leave this set
        cut(from, middle, first, left);
    }

    /** Puts the vertices of a set into breadth-first order, one component after the other. */
    private void sort(int from, int to, int id) {
        int at = 0;
        int[] sorted = new int[to - from];
        for (int k = from; k < to; k++) {
            int vertex = order[k];
            if (set[vertex] == id) {
                levels(peripheral(vertex, id), id);
                for (int q = 0; q < reached; q++) {
                    sorted[at++] = queue[q];
                    set[queue[q]] = -1; // done
                }
            }
        }
        System.arraycopy(sorted, 0, order, from, sorted.length);
        for (int vertex : sorted) {
            set[vertex] = id;
        }
    }

    /** A vertex of nearly the greatest distance from some other in the component of {@code start}. */
    private int peripheral(int start, int id) {
        int depth = levels(start, id);
        while (true) {
            int candidate = queue[lastLevel];
            int deeper = levels(candidate, id);
            if (deeper <= depth) {
                return candidate;
            }
            depth = deeper;
        }
    }

    /** Breadth first within a set: fills the queue and returns the number of levels. */
    private int levels(int root, int id) {
        int[] ptr = graph.ptr();
        int[] idx = graph.idx();
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
                for (int k = ptr[queue[head]]; k < ptr[queue[head] + 1]; k++) {
                    int j = idx[k];
                    if (mark[j] != stamp && set[j] == id) {
                        mark[j] = stamp;
                        queue[reached++] = j;
                    }
                }
            }
        }
        return depth;
    }
}
