package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * Strongly connected components of the directed graph in which vertex k has the edges of row {@code rowOf[k]}. With the
 * rows of a perfect matching they are the diagonal blocks of the block triangular form.
 *
 * @param count their number
 * @param largest vertices of the largest, 0 where there is none
 */
record StrongComponents(int count, int largest) {

    /** Tarjan 1972, doi:10.1137/0201010, with a stack of its own. */
    static StrongComponents of(SparsityPattern pattern, int[] rowOf) {
        int n = rowOf.length;
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] order = new int[n]; // 0: not seen; n + 1: its component is complete
        int[] low = new int[n];
        int[] next = new int[n];
        int[] path = new int[n];
        int[] stack = new int[n];
        Arrays.setAll(next, k -> rowPtr[rowOf[k]]);
        int seen = 0;
        int count = 0;
        int largest = 0;
        for (int root = 0; root < n; root++) {
            if (order[root] != 0) {
                continue;
            }
            int depth = 0;
            int top = 0;
            path[0] = root;
            while (depth >= 0) {
                int k = path[depth];
                if (order[k] == 0) {
                    order[k] = ++seen;
                    low[k] = seen;
                    stack[top++] = k;
                }
                boolean descend = false;
                while (next[k] < rowPtr[rowOf[k] + 1] && !descend) {
                    int j = colIdx[next[k]];
                    if (order[j] == 0) {
                        path[++depth] = j;
                        descend = true; // and look at j again when it is done
                    } else {
                        if (order[j] <= n) {
                            low[k] = Math.min(low[k], low[j]);
                        }
                        next[k]++;
                    }
                }
                if (descend) {
                    continue;
                }
                if (low[k] == order[k]) {
                    int size = 0;
                    int member;
                    do {
                        member = stack[--top];
                        order[member] = n + 1;
                        size++;
                    } while (member != k);
                    count++;
                    largest = Math.max(largest, size);
                }
                depth--;
            }
        }
        return new StrongComponents(count, largest);
    }
}
