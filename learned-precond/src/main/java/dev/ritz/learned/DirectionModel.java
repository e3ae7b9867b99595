package dev.ritz.learned;

/** A model that is run in every iteration and turns a residual into a correction. */
public interface DirectionModel extends AutoCloseable {

    /** {@return what the model says of itself} */
    ModelCard card();

    /**
     * Runs the model on a residual.
     *
     * @param residual length n, unchanged
     * @param correction length n, overwritten; not the same array; unchecked: the caller validates it
     */
    void apply(double[] residual, double[] correction);

    @Override
    void close();
}
