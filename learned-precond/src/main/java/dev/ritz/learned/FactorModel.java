package dev.ritz.learned;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SparsityPattern;

/** A model that is run once per matrix and gives values on a pattern: a factor, an inverse or a diagonal. */
public interface FactorModel extends AutoCloseable {

    /** {@return what the model says of itself} */
    ModelCard card();

    /**
     * Runs the model on a matrix.
     *
     * @param a the matrix, unchanged
     * @param pattern where values are wanted, as {@link ModelCard#pattern()} names it
     * @param values overwritten with one value per entry of the pattern; unchecked: the caller validates them
     */
    void evaluate(CsrMatrix a, SparsityPattern pattern, double[] values);

    @Override
    void close();
}
