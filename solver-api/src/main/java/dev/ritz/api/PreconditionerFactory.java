package dev.ritz.api;

/**
 * Builds preconditioners for assembled matrices. Immutable and shareable: it holds options, never a matrix.
 */
public interface PreconditionerFactory {

    /**
     * Builds a preconditioner from scratch.
     *
     * @param a a square matrix
     * @return a preconditioner for {@code a}
     * @throws IllegalArgumentException when {@code a} is not square
     * @throws BuildException when the construction breaks down; it names the row and what to try
     */
    Preconditioner build(CsrMatrix a);

    /**
     * Builds a preconditioner for a matrix with new values, reusing what depends on the pattern alone.
     *
     * @param old what an earlier {@code build} or {@code rebuild} of an equal factory returned; it may be overwritten
     *     and must not be used afterwards
     * @param a a square matrix; where its pattern differs from the old one, this is a {@link #build}
     * @return a preconditioner for {@code a}; {@link #build} and {@code rebuild} give the same bits, unless an option of
     *     the factory keeps more than depends on the pattern
     * @throws BuildException when the construction breaks down; {@code old} is then unusable
     */
    default Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        return build(a);
    }

    /** {@return a short name for reports} */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * What a build asks of its matrix before any work.
     *
     * @param a a matrix
     * @throws IllegalArgumentException when {@code a} is not square
     * @throws BuildException naming the row of the first entry that is not finite
     */
    static void requireSquareAndFinite(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        double[] values = a.values();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            i,
                            "entry (" + i + ", " + a.colIdx()[k] + ") is " + values[k]);
                }
            }
        }
    }
}
