package dev.ritz.vector;

import dev.ritz.api.format.DiagonalLoop;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loop over diagonals with vector instructions: four vectors of rows stay in registers while all diagonals pass, so
 * y is touched once, however many diagonals there are.
 *
 * <p>A product is rounded before it is added, so the bits are those of plain Java. The compiler does not make this loop
 * from plain Java, which has to fear that x and y overlap where they are read and written at different shifts.
 */
public final class VectorDiagonalLoop implements DiagonalLoop {
    /** Makes the loop; {@link java.util.ServiceLoader} does that. */
    public VectorDiagonalLoop() {}

    /**
     * {@inheritDoc}
     *
     * <p>That is one with the module {@code jdk.incubator.vector} and vectors of at least four doubles.
     */
    @Override
    public boolean usable() {
        // asked before a class of the incubator module is touched
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Lanes.S.length() >= 4;
    }

    @Override
    public String description() {
        return "vectors of " + Lanes.S.length();
    }

    @Override
    public void accumulate(
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
            int to) {
        int i = Lanes.accumulate(clear, v, start, offset, first, last, startShift, offsetShift, x, y, from, to);
        for (; i < to; i++) {
            double sum = clear ? 0.0 : y[i];
            for (int k = first; k < last; k++) {
                sum += v[start[k] + startShift + i] * x[offset[k] + offsetShift + i];
            }
            y[i] = sum;
        }
    }

    /** All that needs the incubator module: a class of its own, loaded only where that is there. */
    private static final class Lanes {
        static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

        /** Runs over four vectors of rows at a time; returns the first row left over. */
        static int accumulate(
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
                int to) {
            int lanes = S.length();
            int i = from;
            for (; i <= to - 4 * lanes; i += 4 * lanes) {
                DoubleVector y0 = clear ? DoubleVector.zero(S) : DoubleVector.fromArray(S, y, i);
                DoubleVector y1 = clear ? DoubleVector.zero(S) : DoubleVector.fromArray(S, y, i + lanes);
                DoubleVector y2 = clear ? DoubleVector.zero(S) : DoubleVector.fromArray(S, y, i + 2 * lanes);
                DoubleVector y3 = clear ? DoubleVector.zero(S) : DoubleVector.fromArray(S, y, i + 3 * lanes);
                for (int k = first; k < last; k++) {
                    int p = start[k] + startShift + i;
                    int o = offset[k] + offsetShift + i;
                    y0 = y0.add(product(v, p, x, o));
                    y1 = y1.add(product(v, p + lanes, x, o + lanes));
                    y2 = y2.add(product(v, p + 2 * lanes, x, o + 2 * lanes));
                    y3 = y3.add(product(v, p + 3 * lanes, x, o + 3 * lanes));
                }
                y0.intoArray(y, i);
                y1.intoArray(y, i + lanes);
                y2.intoArray(y, i + 2 * lanes);
                y3.intoArray(y, i + 3 * lanes);
            }
            return i;
        }

        private static DoubleVector product(double[] v, int p, double[] x, int o) {
            return DoubleVector.fromArray(S, v, p).mul(DoubleVector.fromArray(S, x, o));
        }
    }
}
