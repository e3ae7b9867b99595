package dev.ritz.preconditioners.multigrid;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The inverse of a small matrix, stored dense. A matrix that is singular to rounding gets its pseudo-inverse; what it
 * annihilates is then multiplied by 1, in the scale of the diagonal, so that a semidefinite matrix has a definite
 * inverse.
 */
final class DenseInverse {
    /** Pivots below this, relative to a unit diagonal, mean a singular matrix. */
    private static final double SINGULAR = 1e-12;

    private final int n;
    private final double[] inverse;
    private final boolean definite;

    private DenseInverse(int n, double[] inverse, boolean definite) {
        this.n = n;
        this.inverse = inverse;
        this.definite = definite;
    }

    /**
     * Inverts.
     *
     * @param diagonal the scale of each row, not 0; where the matrix stores less, as in a row of zeros, it counts as its
     *     diagonal entry
     */
    static DenseInverse of(CsrMatrix a, double[] diagonal, boolean symmetric) {
        int n = a.rows();
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = 1 / Math.sqrt(Math.abs(diagonal[i]));
        }
        DMatrixRMaj dense = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            boolean empty = true;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                empty &= a.values()[k] == 0;
                dense.set(i, a.colIdx()[k], scale[i] * a.values()[k] * scale[a.colIdx()[k]]);
            }
            if (empty) {
                dense.set(i, i, 1);
            }
        }
        boolean definite = false;
        DMatrixRMaj inverse = null;
        if (symmetric) {
            CommonOps_DDRM.addEquals(dense, CommonOps_DDRM.transpose(dense, null));
            CommonOps_DDRM.scale(0.5, dense);
            inverse = byCholesky(dense);
            definite = inverse != null;
            if (inverse == null) {
                double[] smallest = new double[1];
                inverse = byEigenvalues(dense, smallest);
                definite = smallest[0] > -SINGULAR * n;
            }
        } else {
            inverse = new DMatrixRMaj(n, n);
            if (!CommonOps_DDRM.invert(dense, inverse) || !(CommonOps_DDRM.elementMaxAbs(inverse) < 1 / SINGULAR)) {
                CommonOps_DDRM.pinv(dense, inverse);
            }
        }
        double[] values = inverse.data;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                values[i * n + j] *= scale[i] * scale[j];
                if (!(Math.abs(values[i * n + j]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            -1,
                            "the inverse of the coarsest matrix, of " + n + " unknowns, overflows",
                            "try Scaled");
                }
            }
        }
        return new DenseInverse(n, values, definite);
    }

    private static DMatrixRMaj byCholesky(DMatrixRMaj dense) {
        int n = dense.numRows;
        CholeskyDecomposition_F64<DMatrixRMaj> cholesky = DecompositionFactory_DDRM.chol(n, true);
        DMatrixRMaj l = dense.copy();
        if (!cholesky.decompose(l)) {
            return null;
        }
        cholesky.getT(l);
        for (int i = 0; i < n; i++) {
            if (!(l.get(i, i) * l.get(i, i) > SINGULAR)) {
                return null;
            }
        }
        DMatrixRMaj half = new DMatrixRMaj(n, n); // L⁻¹
        for (int j = 0; j < n; j++) {
            half.set(j, j, 1 / l.get(j, j));
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= l.get(i, k) * half.get(k, j);
                }
                half.set(i, j, sum / l.get(i, i));
            }
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        CommonOps_DDRM.multInner(half, inverse); // L⁻ᵀ L⁻¹
        return inverse;
    }

    private static DMatrixRMaj byEigenvalues(DMatrixRMaj dense, double[] smallest) {
        int n = dense.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        if (!eigen.decompose(dense.copy())) {
            smallest[0] = Double.NaN;
            CommonOps_DDRM.pinv(dense, inverse);
            return inverse;
        }
        smallest[0] = Double.POSITIVE_INFINITY;
        for (int e = 0; e < n; e++) {
            double lambda = eigen.getEigenvalue(e).getReal();
            smallest[0] = Math.min(smallest[0], lambda);
            DMatrixRMaj u = eigen.getEigenVector(e);
            double weight = Math.abs(lambda) <= SINGULAR * n ? 1 : 1 / lambda;
            VectorVectorMult_DDRM.rank1Update(weight, inverse, u, u);
        }
        return inverse;
    }

    /** Whether the matrix was symmetric and has no negative eigenvalue. */
    boolean isDefinite() {
        return definite;
    }

    /** z ← A⁻¹ r, */
    void apply(double[] r, double[] z) {
        double[] v = inverse;
        for (int i = 0; i < n; i++) {
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int row = i * n;
            int j = 0;
            for (; j < n - 3; j += 4) {
                s0 += v[row + j] * r[j];
                s1 += v[row + j + 1] * r[j + 1];
                s2 += v[row + j + 2] * r[j + 2];
                s3 += v[row + j + 3] * r[j + 3];
            }
            for (; j < n; j++) {
                s0 += v[row + j] * r[j];
            }
            z[i] = s0 + s1 + (s2 + s3);
        }
    }

    long bytes() {
        return 8L * inverse.length;
    }
}
