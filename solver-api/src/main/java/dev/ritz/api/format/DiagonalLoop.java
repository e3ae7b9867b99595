package dev.ritz.api.format;

/**
 * The inner loop of {@link DiagonalMatrix}: y_i ← y_i + Σ_k v_{s_k + i} x_{o_k + i} over a range of rows i, the terms of a
 * row added one after the other in the order of the diagonals, each product rounded before it is added.
 *
 * <p>There is one in plain Java, and a faster one may be provided as a service: the artifact {@code ritz-vector} does
 * so with vector instructions, on a Java virtual machine started with {@code --add-modules jdk.incubator.vector}.
 * Every implementation has the same bits.
 *
 * <p>Implementations have no state and are used by many threads at once.
 */
public interface DiagonalLoop {
    /** {@return whether this Java virtual machine can run it} */
    boolean usable();

    /** {@return a few words for reports, such as "vectors of 8"; empty for plain Java} */
    String description();

    /**
     * Runs over the diagonals first ≤ k &lt; last and the rows from ≤ i &lt; to, with s_k = start[k] + startShift and
     * o_k = offset[k] + offsetShift.
     *
     * @param clear whether y starts from zero instead of its old values
     * @param v the values; every s_k + i lies inside
     * @param start where the value of row 0 would stand, for each diagonal
     * @param offset column minus row, for each diagonal
     * @param first the first diagonal
     * @param last the one behind the last diagonal
     * @param startShift added to each start
     * @param offsetShift added to each offset
     * @param x input, unchanged; every o_k + i lies inside
     * @param y written from {@code from} to {@code to - 1}; not the same array as {@code x}
     * @param from the first row
     * @param to the row behind the last
     */
    void accumulate(
            boolean clear,
            double[] v,
            int[] start,
            int[] offset,
            int first,
            int last,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to);
}
