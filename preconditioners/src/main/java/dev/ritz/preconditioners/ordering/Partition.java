package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * The rows of a matrix in disjoint parts: as many as asked for, as many as its size suggests, or by labels of one's own.
 *
 * <p>Where no labels are given the graph of A + Aᵀ is cut in two again and again, each time across the levels of a
 * breadth-first search from a vertex far out. The parts differ in size by little more than one row and none is empty.
 *
 * <pre>
 * Needs   a square pattern
 * Work    O(nnz log parts); the same pattern gives the same parts
 * Source  George &amp; Liu 1978, doi:10.1137/0715069 (levels from a pseudo-peripheral vertex)
 * </pre>
 */
public final class Partition {
    /** How many rows a part has where nobody says how many parts there are. */
    static final int ROWS = 1500;

    /** Overlapping parts may hold each row this often on average, */
    private static final int COPIES = 32;

    /** or in all this many rows. */
    private static final long FEW = 1 << 20;

    /** Parts of about 1500 rows. */
    public static final Partition AUTOMATIC = new Partition(0, null);

    private final int parts;
    private final int[] labels;

    private Partition(int parts, int[] labels) {
        this.parts = parts;
        this.labels = labels;
    }

    /**
     * A number of parts.
     *
     * @param parts how many, 0 for parts of about 1500 rows; a matrix with fewer rows gets one part a row
     * @return the partition
     */
    public static Partition into(int parts) {
        if (parts < 0) {
            throw new IllegalArgumentException("parts = " + parts + ", expected at least 0");
        }
        return parts == 0 ? AUTOMATIC : new Partition(parts, null);
    }

    /**
     * Parts of one's own.
     *
     * @param labels the part of each row, from 0 without gaps; copied
     * @return the partition
     */
    public static Partition of(int... labels) {
        int[] own = labels.clone();
        int count = 0;
        for (int i = 0; i < own.length; i++) {
            if (own[i] < 0 || own[i] >= own.length) {
                throw new IllegalArgumentException(
                        "labels[" + i + "] = " + own[i] + ", expected 0 to " + (own.length - 1));
            }
            count = Math.max(count, own[i] + 1);
        }
        boolean[] present = new boolean[count];
        for (int label : own) {
            present[label] = true;
        }
        for (int p = 0; p < count; p++) {
            if (!present[p]) {
                throw new IllegalArgumentException(
                        "labels has no row in part " + p + ", expected one in each of 0 to " + (count - 1));
            }
        }
        return new Partition(count, own);
    }

    /**
     * The part of each row.
     *
     * @param pattern a square pattern
     * @return labels from 0 without gaps, to be changed by nobody
     * @throws IllegalArgumentException when the pattern is not square or labels were given for another size
     */
    public int[] labels(SparsityPattern pattern) {
        int n = pattern.rows();
        if (n != pattern.cols()) {
            throw new IllegalArgumentException(
                    "the pattern is " + n + " by " + pattern.cols() + ", expected a square one");
        }
        if (labels != null) {
            if (labels.length != n) {
                throw new IllegalArgumentException("labels has length " + labels.length + ", expected " + n);
            }
            return labels;
        }
        int wanted = parts == 0 ? Math.max(1, (int) (((long) n + ROWS / 2) / ROWS)) : parts;
        return LevelBisection.labels(pattern, Math.min(wanted, n));
    }

    /** {@return how many parts some labels have} */
    static int count(int[] labels) {
        int count = 0;
        for (int label : labels) {
            count = Math.max(count, label + 1);
        }
        return count;
    }

    /**
     * The rows of each part and those within some steps of it in the graph of A + Aᵀ.
     *
     * @param pattern a square pattern
     * @param labels the part of each row
     * @param layers how many steps, at least 0
     * @return the rows of each part, ascending
     * @throws BuildException when the parts together hold each row more than 32 times and more than a million
     */
    public static int[][] overlapping(SparsityPattern pattern, int[] labels, int layers) {
        int n = labels.length;
        int[][] rows = disjoint(labels);
        if (layers == 0) {
            return rows;
        }
        Adjacency graph = Adjacency.of(pattern);
        int[] mark = new int[n];
        int[] queue = new int[n];
        long total = 0;
        long most = Math.max((long) COPIES * n, FEW);
        for (int p = 0; p < rows.length; p++) {
            int tail = rows[p].length;
            System.arraycopy(rows[p], 0, queue, 0, tail);
            for (int i : rows[p]) {
                mark[i] = p + 1;
            }
            int head = 0;
            for (int layer = 0; layer < layers && head < tail; layer++) {
                for (int end = tail; head < end; head++) {
                    for (int k = graph.ptr()[queue[head]]; k < graph.ptr()[queue[head] + 1]; k++) {
                        int j = graph.idx()[k];
                        if (mark[j] != p + 1) {
                            mark[j] = p + 1;
                            queue[tail++] = j;
                        }
                    }
                }
            }
            total += tail;
            if (total > most) {
                throw new BuildException(
                        BuildException.Reason.TOO_LARGE,
                        -1,
                        "the first " + (p + 1) + " of " + rows.length + " parts hold " + total + " rows with overlap "
                                + layers + ", expected at most " + most + " in all",
                        "try a smaller overlap or fewer parts; a dense row is near to all others");
            }
            rows[p] = Arrays.copyOf(queue, tail);
            Arrays.sort(rows[p]);
        }
        return rows;
    }

    private static int[][] disjoint(int[] labels) {
        int[] size = new int[count(labels)];
        for (int label : labels) {
            size[label]++;
        }
        int[][] rows = new int[size.length][];
        for (int p = 0; p < rows.length; p++) {
            rows[p] = new int[size[p]];
        }
        Arrays.fill(size, 0);
        for (int i = 0; i < labels.length; i++) {
            rows[labels[i]][size[labels[i]]++] = i;
        }
        return rows;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition p && p.parts == parts && Arrays.equals(p.labels, labels);
    }

    @Override
    public int hashCode() {
        return 31 * parts + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return parts == 0 && labels == null ? "automatic" : parts + (parts == 1 ? " part" : " parts");
    }
}
