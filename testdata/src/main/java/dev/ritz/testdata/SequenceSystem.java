package dev.ritz.testdata;

import java.util.Objects;

/**
 * One system of a parametrised family, and where in the space of parameters it lies.
 *
 * @param system the system
 * @param parameters μ, the numbers the matrix depends on; of one length in a sequence, not to be changed
 */
public record SequenceSystem(LinearSystem system, double[] parameters) {

    /**
     * Checks that both are there.
     *
     * @param system the system
     * @param parameters μ, the numbers the matrix depends on; of one length in a sequence, not to be changed
     */
    public SequenceSystem {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(parameters, "parameters");
    }
}
