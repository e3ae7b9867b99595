package dev.ritz.preconditioners.multigrid;

import java.util.Arrays;

/**
 * A partition of the nodes into aggregates, from left to right: a node none of whose strong neighbours belongs to one
 * founds an aggregate with all of them; whoever is left joins the neighbour it is tied to most strongly; those without
 * such a neighbour form aggregates among themselves. A node without strong connections belongs to none: smoothing alone
 * takes care of it.
 *
 * <p>Source: Vaněk, Mandel and Brezina 1996, doi:10.1007/BF02238511, algorithm 5.1.
 *
 * @param of the aggregate of each node, −1 for none
 * @param count how many there are
 */
record Aggregates(int[] of, int count) {
    private static final int OPEN = -2;

    static Aggregates of(StrongGraph graph) {
        int nodes = graph.pattern().rows();
        int[] of = new int[nodes];
        Arrays.fill(of, OPEN);
        int count = 0;
        for (int i = 0; i < nodes; i++) {
            if (of[i] == OPEN && isFree(graph, i, of)) {
                count = found(graph, i, of, count);
            }
        }
        int[] first = of.clone();
        for (int i = 0; i < nodes; i++) {
            if (first[i] == OPEN) {
                int neighbour = strongest(graph, i, first);
                of[i] = neighbour < 0 ? OPEN : first[neighbour];
            }
        }
        for (int i = 0; i < nodes; i++) {
            if (of[i] == OPEN) {
                count = found(graph, i, of, count);
            }
        }
        return new Aggregates(of, count);
    }

    /** Whether no strong neighbour has an aggregate. */
    private static boolean isFree(StrongGraph graph, int i, int[] of) {
        int[] colIdx = graph.pattern().colIdx();
        boolean[] strong = graph.strong();
        for (int k = graph.pattern().rowPtr()[i], end = graph.pattern().rowPtr()[i + 1]; k < end; k++) {
            if (strong[k] && of[colIdx[k]] >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Puts i and its free neighbours into a new aggregate; i alone has none. */
    private static int found(StrongGraph graph, int i, int[] of, int count) {
        int[] colIdx = graph.pattern().colIdx();
        boolean[] strong = graph.strong();
        boolean alone = true;
        for (int k = graph.pattern().rowPtr()[i], end = graph.pattern().rowPtr()[i + 1]; k < end; k++) {
            if (strong[k]) {
                alone = false;
                if (of[colIdx[k]] == OPEN) {
                    of[colIdx[k]] = count;
                }
            }
        }
        of[i] = alone ? -1 : count;
        return alone ? count : count + 1;
    }

    /** The neighbour with an aggregate and the largest connection, −1 when there is none. */
    private static int strongest(StrongGraph graph, int i, int[] of) {
        int best = -1;
        double largest = 0;
        for (int k = graph.pattern().rowPtr()[i]; k < graph.pattern().rowPtr()[i + 1]; k++) {
            int j = graph.pattern().colIdx()[k];
            double size = Math.abs(graph.weights()[k]);
            if (graph.strong()[k] && of[j] >= 0 && size > largest) {
                best = j;
                largest = size;
            }
        }
        return best;
    }
}
