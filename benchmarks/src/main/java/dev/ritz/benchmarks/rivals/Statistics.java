package dev.ritz.benchmarks.rivals;

import java.util.Arrays;
import java.util.List;

/** The arithmetic of the tables. */
final class Statistics {

    private Statistics() {}

    /**
     * The median.
     *
     * @param values at least one
     * @return the middle one, or the mean of both middle ones
     */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("values is empty, expected at least one");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /**
     * The runs that count as warm: the later half of them, the only one if it is.
     *
     * @param values in the order they were taken
     * @return a part of them
     */
    static List<Double> warm(List<Double> values) {
        return values.subList(values.size() / 2, values.size());
    }
}
