package dev.ritz.api;

import dev.ritz.api.kernel.Vectors;

/**
 * An approximate inverse: z = M⁻¹ r.
 *
 * <p>M stands for the matrix that resembles A; {@link #apply} acts with its inverse. A preconditioner may hold scratch
 * memory and so belongs to one thread at a time.
 */
public interface Preconditioner {

    /** How many applications a set-up costs unless it says otherwise (docs/decisions/0007-sequences.md). */
    double SETUP = 12;

    /** What a solver may rely on. Each kind admits the ones before it. */
    enum Kind {
        /** The same symmetric positive definite map at every call, up to the rounding of what M stores. */
        SPD,
        /** The same linear map at every call. */
        FIXED,
        /** Anything: it may change between calls or be nonlinear. */
        VARIABLE;

        /**
         * Whether a solver that accepts this kind takes a preconditioner of another.
         *
         * @param offered the kind of the preconditioner
         * @return true when {@code offered} promises at least what this kind asks for
         */
        public boolean admits(Kind offered) {
            return offered.compareTo(this) <= 0;
        }
    }

    /** {@return n, the length of r and z} */
    int size();

    /** {@return what a solver may rely on} */
    Kind kind();

    /**
     * z ← M⁻¹ r. The old content of z is never read.
     *
     * @param r input, length {@link #size()}, unchanged
     * @param z output, length {@link #size()}, overwritten; not the same array as {@code r}
     */
    void apply(double[] r, double[] z);

    /**
     * z ← M⁻¹ r, and the inner product of both vectors; overridden where that saves a pass.
     *
     * @param r input, length {@link #size()}, unchanged
     * @param z output, length {@link #size()}, overwritten; not the same array as {@code r}
     * @param v the kernels of the solve at hand, of length {@link #size()}
     * @return rᵀ M⁻¹ r
     */
    default double applyDot(double[] r, double[] z, Vectors v) {
        apply(r, z);
        return v.dot(r, z);
    }

    /** {@return a short name for reports} */
    default String name() {
        return getClass().getSimpleName();
    }

    /** {@return the bytes this preconditioner holds beyond the matrix itself; 0 where unknown} */
    default long bytes() {
        return 0;
    }

    /**
     * Products with A, or with a matrix of the same rows, that applications have taken inside: reports tell them apart
     * from the solver's own.
     *
     * @return how many so far; 0 where an application takes none
     */
    default long products() {
        return 0;
    }

    /**
     * What an application costs, in bytes that vector kernels move in the same time: for decisions that must not depend on
     * a clock. Overridden where memory is read more than once, or where a row waits for the one before.
     *
     * @return by default the bytes held, r and z
     */
    default double traffic() {
        return bytes() + 16.0 * size();
    }

    /**
     * What a rebuild for new values costs, in the same unit.
     *
     * @return by default {@value #SETUP} applications, about what an incomplete factorisation takes
     */
    default double setupTraffic() {
        return SETUP * traffic();
    }

    /**
     * What a build had to decide, for the report: a diagonal shift, replaced pivots, the ordering chosen.
     *
     * @return one sentence, empty when there is nothing to say
     */
    default String note() {
        return "";
    }

    /**
     * The preconditioner that does nothing: z = r.
     *
     * @param size n
     * @return M = I
     */
    static Preconditioner identity(int size) {
        return new IdentityPreconditioner(size);
    }
}
