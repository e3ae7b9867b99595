package dev.ritz.krylov.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleFunction;

/**
 * The arms of a parameter: what each stands for, and its name in reports.
 *
 * @param parameter what is chosen, for reports
 * @param labels one name for each arm, in order
 * @param arms what they stand for; at least one
 * @param <T> a number, a factory, a method with its preconditioner, or anything else
 */
public record Choice<T>(String parameter, List<String> labels, List<T> arms) {

    /**
     * Checks and copies.
     *
     * @param parameter what is chosen, for reports
     * @param labels one name for each arm, in order
     * @param arms what they stand for; at least one
     */
    public Choice {
        Objects.requireNonNull(parameter, "parameter");
        labels = List.copyOf(labels);
        arms = List.copyOf(arms);
        if (arms.isEmpty() || labels.size() != arms.size()) {
            throw new IllegalArgumentException(parameter + " has " + arms.size() + " arms and " + labels.size()
                    + " labels, expected at least one arm and as many labels");
        }
    }

    /**
     * One arm for each of some numbers.
     *
     * @param parameter what is chosen
     * @param values the numbers, which are also the labels
     * @param arm what a number stands for
     * @param <T> the type of an arm
     * @return the choice
     */
    public static <T> Choice<T> ofNumbers(String parameter, double[] values, DoubleFunction<T> arm) {
        List<String> labels = new ArrayList<>();
        List<T> arms = new ArrayList<>();
        for (double value : values) {
            labels.add(parameter + " = " + value);
            arms.add(arm.apply(value));
        }
        return new Choice<>(parameter, labels, arms);
    }

    /**
     * The relaxation parameters of Khodak et al. 2024: 1, 1.05, … 1.95.
     *
     * @return twenty numbers
     */
    public static double[] omegas() {
        double[] grid = new double[20];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = (20 + i) / 20.0;
        }
        return grid;
    }

    /** {@return the number of arms} */
    public int size() {
        return arms.size();
    }
}
