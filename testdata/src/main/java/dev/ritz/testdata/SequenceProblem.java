package dev.ritz.testdata;

import dev.ritz.testdata.Problem.Parameter;
import java.util.List;
import java.util.stream.Stream;

/** A sequence of the {@link SequenceGallery}: a name, what it models, its parameters, and a generator. */
public final class SequenceProblem {

    /** Makes the systems; {@code values} are in the order of the parameters. */
    @FunctionalInterface
    interface Generator {
        Stream<SequenceSystem> generate(int size, int count, long seed, double[] values);
    }

    private final String name;
    private final String description;
    private final ParameterList parameters;
    private final Generator generator;

    SequenceProblem(String name, String description, Generator generator, Parameter... parameters) {
        this.name = name;
        this.description = description;
        this.generator = generator;
        this.parameters = new ParameterList(name, List.of(parameters));
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return what it models and what its size counts, in one sentence} */
    public String description() {
        return description;
    }

    /** {@return its parameters with their defaults} */
    public List<Parameter> parameters() {
        return parameters.all();
    }

    /**
     * A parameter of this sequence, to be changed by {@link Parameter#with}.
     *
     * @param wanted its name
     * @return the parameter with its default
     * @throws IllegalArgumentException when there is none; the message lists those there are
     */
    public Parameter parameter(String wanted) {
        return parameters.get(wanted);
    }

    /**
     * Makes the systems, each when the stream reaches it. They share one {@link dev.ritz.api.SparsityPattern} object.
     *
     * @param size what the description says
     * @param count how many systems, at least 0
     * @param seed of whatever is random; the others ignore it
     * @param changed parameters that differ from their defaults
     * @return the systems, the same for equal arguments
     * @throws IllegalArgumentException when a parameter does not belong here or a value is out of range
     */
    public Stream<SequenceSystem> generate(int size, int count, long seed, Parameter... changed) {
        return generator.generate(size, count, seed, parameters.values(changed));
    }

    @Override
    public String toString() {
        return name + ": " + description;
    }
}
