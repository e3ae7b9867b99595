package dev.ritz.preconditioners.ordering;

import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/** The undirected graph of A + Aᵀ without loops: neighbours of vertex i at {@code ptr[i]} to {@code ptr[i + 1] − 1}. */
record Adjacency(int[] ptr, int[] idx) {

    static Adjacency of(SparsityPattern pattern) {
        int n = pattern.rows();
        int[] rowPtr = pattern.rowPtr();
        int[] colIdx = pattern.colIdx();
        int[] count = new int[n + 1];
        long total = 0;
        for (int i = 0; i < n; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = colIdx[k];
                boolean mirrored = i < j && pattern.position(j, i) >= 0; // its mirror image adds the edge
                if (i != j && !mirrored) {
                    count[i + 1]++;
                    count[j + 1]++;
                    total += 2;
                }
            }
        }
        if (total > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("A + A' has " + total + " entries, expected at most 2^31 - 9");
        }
        for (int i = 0; i < n; i++) {
            count[i + 1] += count[i];
        }
        int[] idx = new int[count[n]];
        int[] cursor = Arrays.copyOf(count, n);
        for (int i = 0; i < n; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int j = colIdx[k];
                boolean mirrored = i < j && pattern.position(j, i) >= 0;
                if (i != j && !mirrored) {
                    idx[cursor[i]++] = j;
                    idx[cursor[j]++] = i;
                }
            }
        }
        return new Adjacency(count, idx);
    }

    int vertices() {
        return ptr.length - 1;
    }

    int degree(int i) {
        return ptr[i + 1] - ptr[i];
    }

    /** {@return the number of connected components} */
    int components() {
        boolean[] seen = new boolean[vertices()];
        int[] queue = new int[vertices()];
        int components = 0;
        for (int root = 0; root < seen.length; root++) {
            if (!seen[root]) {
                components++;
                seen[root] = true;
                queue[0] = root;
                int tail = 1;
                for (int head = 0; head < tail; head++) {
                    for (int k = ptr[queue[head]]; k < ptr[queue[head] + 1]; k++) {
                        if (!seen[idx[k]]) {
                            seen[idx[k]] = true;
                            queue[tail++] = idx[k];
                        }
                    }
                }
            }
        }
        return components;
    }
}
