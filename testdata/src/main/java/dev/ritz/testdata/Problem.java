package dev.ritz.testdata;

import java.util.List;

/** A model problem of the {@link Gallery}: a name, what it models, its parameters, and a generator. */
public final class Problem {

    /**
     * One parameter of a problem.
     *
     * @param name as the command line spells it
     * @param value its value, at first the default
     * @param meaning what it is
     */
    public record Parameter(String name, double value, String meaning) {

        /**
         * The same parameter with another value.
         *
         * @param other the new value
         * @return the copy
         */
        public Parameter with(double other) {
            return new Parameter(name, other, meaning);
        }
    }

    /** Makes a system; {@code values} are in the order of the parameters. */
    @FunctionalInterface
    interface Generator {
        LinearSystem generate(int size, long seed, double[] values);
    }

    private final String name;
    private final String description;
    private final ParameterList parameters;
    private final Generator generator;

    Problem(String name, String description, Generator generator, Parameter... parameters) {
        this.name = name;
        this.description = description;
        this.generator = generator;
        this.parameters = new ParameterList(name, List.of(parameters));
    }

    /** {@return its name in the gallery} */
    public String name() {
        return name;
    }

    /** {@return what it models and what {@code size} counts, in one sentence} */
    public String description() {
        return description;
    }

    /** {@return its parameters with their defaults, beside size and seed} */
    public List<Parameter> parameters() {
        return parameters.all();
    }

    /**
     * A parameter by name, for {@link Parameter#with}.
     *
     * @param wanted its name
     * @return the parameter with its default
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public Parameter parameter(String wanted) {
        return parameters.get(wanted);
    }

    /**
     * Makes the system.
     *
     * @param size what the description says: points per side, or unknowns
     * @param seed of whatever is random; the others ignore it
     * @param changed parameters that differ from their defaults
     * @return the system, the same for equal arguments
     * @throws IllegalArgumentException when a parameter does not belong here or a value is out of range
     */
    public LinearSystem generate(int size, long seed, Parameter... changed) {
        return generator.generate(size, seed, parameters.values(changed));
    }

    @Override
    public String toString() {
        return name + ": " + description;
    }
}
