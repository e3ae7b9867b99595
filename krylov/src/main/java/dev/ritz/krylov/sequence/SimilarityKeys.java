package dev.ritz.krylov.sequence;

import java.util.function.IntFunction;

/** A few numbers per system that are close where the systems are: what a space-filling curve can sort. */
@FunctionalInterface
public interface SimilarityKeys {

    /**
     * The keys of all systems.
     *
     * @param count the number of systems
     * @param features the features of a system, asked for once each, in order; all of one length
     * @return count rows of equal length
     */
    double[][] of(int count, IntFunction<double[]> features);

    /** {@return the features themselves: right for two to six parameters} */
    static SimilarityKeys features() {
        return (count, features) -> {
            double[][] keys = new double[count][];
            int length = -1;
            for (int i = 0; i < count; i++) {
                double[] f = SimilarityOrder.checked(features.apply(i), i, length);
                length = f.length;
                keys[i] = f.clone();
            }
            return keys;
        };
    }

    /**
     * The leading principal components of a sparse random projection: each feature enters four of the
     * sketch's entries with a random sign, so that one pass over the features is all (Kane &amp; Nelson 2014,
     * doi:10.1145/2559902).
     *
     * @param dimensions the length of a key, at least 1; 3 to 6 suit a space-filling curve
     * @param sketch the length of the projection, at least {@code dimensions}; 32 is enough for smooth fields
     * @param seed equal seeds give equal keys
     * @return keys for features of any length
     */
    static SimilarityKeys principalComponents(int dimensions, int sketch, long seed) {
        if (dimensions < 1 || sketch < dimensions) {
            throw new IllegalArgumentException("dimensions = " + dimensions + ", sketch = " + sketch
                    + ", expected at least 1 and at least as many");
        }
        return (count, features) ->
                PrincipalComponents.of(PrincipalComponents.sketches(count, features, sketch, seed), dimensions);
    }

    /**
     * The leading principal components of the low frequencies of square periodic fields: the coefficients of the discrete
     * Fourier transform with wave numbers up to {@code largest} in both directions, and no others, are computed.
     *
     * @param side the fields have side · side entries
     * @param largest the largest wave number, at least 0, below side / 2
     * @param dimensions the length of a key, at least 1; fewer where there are fewer coefficients
     * @return keys for such fields
     */
    static SimilarityKeys lowFrequencies(int side, int largest, int dimensions) {
        if (largest < 0 || 2 * largest >= side) {
            throw new IllegalArgumentException(
                    "largest = " + largest + ", expected at least 0 and below side / 2, side = " + side);
        }
        if (dimensions < 1) {
            throw new IllegalArgumentException("dimensions = " + dimensions + ", expected at least 1");
        }
        return (count, features) -> {
            LowFrequencies transform = new LowFrequencies(side, largest);
            double[][] coefficients = new double[count][];
            for (int i = 0; i < count; i++) {
                double[] field = SimilarityOrder.checked(features.apply(i), i, side * side);
                coefficients[i] = transform.of(field);
            }
            return PrincipalComponents.of(coefficients, dimensions);
        };
    }
}
