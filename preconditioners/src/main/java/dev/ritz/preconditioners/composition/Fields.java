package dev.ritz.preconditioners.composition;

import java.util.Arrays;
import java.util.Objects;

/** Which unknown belongs to which field: velocity and pressure, the components of a displacement, phases. */
public final class Fields {
    /** The most fields: there is a block for each pair of them. */
    public static final int MOST = 64;

    private final int count;
    private final int blockSize;
    private final int[] labels;

    private Fields(int count, int blockSize, int[] labels) {
        this.count = count;
        this.blockSize = blockSize;
        this.labels = labels;
    }

    /**
     * Unknowns numbered node by node: unknown i belongs to field i mod b.
     *
     * @param b unknowns a node, at least 1
     * @return b fields
     */
    public static Fields interleaved(int b) {
        if (b < 1 || b > MOST) {
            throw new IllegalArgumentException("b = " + b + ", expected 1 to " + MOST);
        }
        return new Fields(b, b, null);
    }

    /**
     * Unknowns numbered field by field.
     *
     * @param sizes how many unknowns each field has, at least 0
     * @return as many fields, whose sizes add up to n
     */
    public static Fields ranges(int... sizes) {
        long n = 0;
        for (int f = 0; f < sizes.length; f++) {
            if (sizes[f] < 0) {
                throw new IllegalArgumentException("sizes[" + f + "] = " + sizes[f] + ", expected at least 0");
            }
            n += sizes[f];
        }
        if (n > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the sizes add up to " + n + ", expected at most 2^31 - 9");
        }
        int[] labels = new int[(int) n];
        int at = 0;
        for (int f = 0; f < sizes.length; f++) {
            Arrays.fill(labels, at, at + sizes[f], f);
            at += sizes[f];
        }
        return new Fields(sizes.length, 0, labels).checked();
    }

    /**
     * A field for each unknown.
     *
     * @param labels the number of its field, from 0; copied
     * @return as many fields as the largest label says
     */
    public static Fields labels(int... labels) {
        Objects.requireNonNull(labels, "labels");
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] == Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        "labels[" + i + "] = " + labels[i] + ", expected the number of a field, from 0");
            }
            count = Math.max(count, labels[i] + 1);
        }
        return new Fields(count, 0, labels.clone()).checked();
    }

    private Fields checked() {
        if (count == 0 || count > MOST) {
            throw new IllegalArgumentException(count + " fields, expected 1 to " + MOST);
        }
        return this;
    }

    /** {@return the number of fields} */
    public int count() {
        return count;
    }

    /** {@return for each field the unknowns, ascending} */
    int[][] of(int n) {
        if (labels != null && labels.length != n) {
            throw new IllegalArgumentException(
                    "the fields are of " + labels.length + " unknowns, the matrix has " + n + " rows");
        }
        int[] size = new int[count];
        for (int i = 0; i < n; i++) {
            size[field(i)]++;
        }
        int[][] rows = new int[count][];
        for (int f = 0; f < count; f++) {
            rows[f] = new int[size[f]];
        }
        Arrays.fill(size, 0);
        for (int i = 0; i < n; i++) {
            int f = field(i);
            rows[f][size[f]++] = i;
        }
        return rows;
    }

    private int field(int i) {
        return labels == null ? i % blockSize : labels[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields f
                && f.count == count
                && f.blockSize == blockSize
                && Arrays.equals(f.labels, labels);
    }

    @Override
    public int hashCode() {
        return 31 * count + Arrays.hashCode(labels);
    }

    @Override
    public String toString() {
        return labels == null ? "interleaved(" + blockSize + ")" : count + " fields of " + labels.length + " unknowns";
    }
}
