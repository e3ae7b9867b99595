package dev.ritz.preconditioners.subspace;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Vectors;

/** N vectors of length n, full or sparse. */
interface Basis {
    /** The most vectors: a coarse matrix of 32 MB, and N³/3 operations to factor it. */
    int MOST = 2048;

    /** {@return N} */
    int count();

    /** c ← Vᵀ w. */
    void project(double[] w, double[] c);

    /** w ← w + V c. */
    void add(double[] c, double[] w);

    /** w ← w − V c. */
    void subtract(double[] c, double[] w);

    /** {@return A V} */
    Basis image(CsrMatrix a);

    /** {@return Vᵀ W for other vectors in the same form} */
    double[][] products(Basis other);

    /** {@return Σ_i |d_i| v_ij² for each j} */
    double[] squares(double[] d);

    long bytes();

    /** The vectors of a space for a matrix. */
    static Basis of(CoarseSpace space, CsrMatrix a) {
        Vectors vectors = new Vectors(a.rows(), a.pool());
        Basis basis;
        int rows;
        if (space instanceof GivenVectors given) {
            rows = given.vectors.length == 0 ? a.rows() : given.vectors[0].length;
            basis = new DenseBasis(given.vectors, vectors);
        } else {
            CsrMatrix v = space.basis(a);
            rows = v.rows();
            for (double value : v.values()) {
                if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                    throw new IllegalArgumentException(
                            "the coarse space has an entry " + value + ", expected finite numbers");
                }
            }
            basis = new SparseBasis(v.on(a.pool()), vectors);
        }
        if (rows != a.rows()) {
            throw new IllegalArgumentException(
                    "the coarse space has vectors of length " + rows + ", expected n = " + a.rows());
        }
        if (basis.count() > MOST) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    -1,
                    "the coarse space has " + basis.count() + " vectors, expected at most " + MOST,
                    "try fewer parts, or Amg");
        }
        return basis;
    }
}
