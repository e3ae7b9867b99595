package dev.ritz.preconditioners.composition;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** M = c A, inverted densely, of whatever kind is claimed: the algebra of compositions is tested on it. */
record Exact(Preconditioner.Kind kind, double c) implements PreconditionerFactory {
    Exact(Preconditioner.Kind kind) {
        this(kind, 1);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        DMatrixRMaj dense = new DMatrixRMaj(a.toDense());
        DMatrixRMaj inverse = new DMatrixRMaj(a.rows(), a.rows());
        if (a.rows() > 0 && !CommonOps_DDRM.invert(dense, inverse)) {
            throw new BuildException(BuildException.Reason.ZERO_PIVOT, 0, "singular");
        }
        CommonOps_DDRM.scale(1 / c, inverse);
        return new Inverse(inverse, kind);
    }

    /** M⁻¹ as a dense matrix. */
    static DMatrixRMaj inverse(Preconditioner m) {
        int n = m.size();
        DMatrixRMaj b = new DMatrixRMaj(n, n);
        double[] z = new double[n];
        for (int j = 0; j < n; j++) {
            double[] e = new double[n];
            e[j] = 1;
            m.apply(e, z);
            for (int i = 0; i < n; i++) {
                b.set(i, j, z[i]);
            }
        }
        return b;
    }

    static DMatrixRMaj dense(CsrMatrix a) {
        return new DMatrixRMaj(a.toDense());
    }

    static DMatrixRMaj times(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj z = new DMatrixRMaj(x.numRows, y.numCols);
        CommonOps_DDRM.mult(x, y, z);
        return z;
    }

    /** I − B A. */
    static DMatrixRMaj error(DMatrixRMaj b, DMatrixRMaj a) {
        DMatrixRMaj e = CommonOps_DDRM.identity(a.numRows);
        CommonOps_DDRM.subtractEquals(e, times(b, a));
        return e;
    }

    static double distance(DMatrixRMaj x, DMatrixRMaj y) {
        DMatrixRMaj d = x.copy();
        CommonOps_DDRM.subtractEquals(d, y);
        return CommonOps_DDRM.elementMaxAbs(d);
    }

    static double asymmetry(DMatrixRMaj b) {
        return distance(b, CommonOps_DDRM.transpose(b, null)) / CommonOps_DDRM.elementMaxAbs(b);
    }

    /** The smallest and the largest real part of the eigenvalues. */
    static double[] range(DMatrixRMaj b, boolean symmetric) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(b.numRows, false, symmetric);
        if (!eigen.decompose(b.copy())) {
            throw new AssertionError("no eigenvalues");
        }
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int i = 0; i < b.numRows; i++) {
            range[0] = Math.min(range[0], eigen.getEigenvalue(i).getReal());
            range[1] = Math.max(range[1], eigen.getEigenvalue(i).getReal());
        }
        return range;
    }

    private record Inverse(DMatrixRMaj inverse, Kind kind) implements Preconditioner {
        @Override
        public int size() {
            return inverse.numRows;
        }

        @Override
        public void apply(double[] r, double[] z) {
            for (int i = 0; i < size(); i++) {
                double sum = 0;
                for (int j = 0; j < size(); j++) {
                    sum += inverse.get(i, j) * r[j];
                }
                z[i] = sum;
            }
        }

        @Override
        public long bytes() {
            return 8L * size() * size();
        }

        @Override
        public String note() {
            return "exact";
        }
    }
}
