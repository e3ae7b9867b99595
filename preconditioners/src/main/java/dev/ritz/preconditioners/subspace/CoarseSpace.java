package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.preconditioners.ordering.Partition;

/** The space that a two-level method solves exactly on, as the columns of V. */
public interface CoarseSpace {

    /**
     * V for a matrix.
     *
     * @param a a square matrix
     * @return n × N, finite
     */
    CsrMatrix basis(CsrMatrix a);

    /**
     * One vector for each part, 1 there and 0 elsewhere: for diffusion and the like, whose slow errors are smooth.
     *
     * @param partition the parts
     * @return the space
     */
    static CoarseSpace piecewiseConstant(Partition partition) {
        return new PiecewiseConstant(partition);
    }

    /**
     * One vector for each of some parts.
     *
     * @param parts how many, 0 for parts of about 1500 rows
     * @return the space
     */
    static CoarseSpace piecewiseConstant(int parts) {
        return new PiecewiseConstant(Partition.into(parts));
    }

    /**
     * Vectors of one's own: a reduced basis, approximate eigenvectors, rigid motions.
     *
     * @param vectors all of length n, not to be changed afterwards
     * @return the space they span
     * @throws IllegalArgumentException naming the vector that is too short, or the entry that is not finite
     */
    static CoarseSpace of(double[]... vectors) {
        return new GivenVectors(vectors.clone());
    }

    /**
     * Vectors of one's own in one array.
     *
     * @param n their length, at least 1
     * @param columns column j at {@code j * n}; copied
     * @return the space they span
     * @throws IllegalArgumentException when the length of {@code columns} is no multiple of n, or naming an entry that is
     *     not finite
     */
    static CoarseSpace of(int n, double[] columns) {
        return new GivenVectors(GivenVectors.split(n, columns));
    }
}
