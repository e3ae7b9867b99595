package dev.ritz.preconditioners.subspace;

import dev.ritz.api.BuildException;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** B = Q R of some long vectors, by Gram-Schmidt done twice. Source: Giraud et al. 2005, doi:10.1007/s00211-005-0615-4. */
record OrthonormalFactor(double[][] r) {
    /** What is left of a vector, relative to it, when it depends on those before. */
    private static final double DEPENDENT = 0x1p-48;

    /** Overwrites B by Q; a vector that depends on those before becomes 0. */
    static OrthonormalFactor of(double[][] b, Vectors v) {
        int l = b.length;
        double[][] r = new double[l][l]; // by columns
        double[] c = new double[l];
        for (int j = 0; j < l; j++) {
            double before = v.norm(b[j]);
            for (int pass = 0; pass < 2; pass++) {
                v.dots(b, j, b[j], c);
                v.subtract(b, j, c, b[j]);
                for (int i = 0; i < j; i++) {
                    r[j][i] += c[i];
                }
            }
            double norm = v.norm(b[j]);
            if (norm > DEPENDENT * before) {
                r[j][j] = norm;
                v.scale(1 / norm, b[j]);
            } else {
                v.scale(0, b[j]);
            }
        }
        return new OrthonormalFactor(r);
    }

    /**
     * With R = W Σ Xᵀ: Q ← Q W, in the order of the singular values.
     *
     * @return Σ, descending
     */
    double[] rotate(double[][] q) {
        int l = r.length;
        if (l == 0) {
            return new double[0];
        }
        DMatrixRMaj small = new DMatrixRMaj(l, l);
        for (int j = 0; j < l; j++) {
            for (int i = 0; i < l; i++) {
                small.set(i, j, r[j][i]);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(l, l, true, false, false);
        if (!svd.decompose(small)) {
            throw new BuildException(
                    BuildException.Reason.NOT_FINITE,
                    -1,
                    "the singular values of a matrix of order " + l + " were not found",
                    "try another rank or seed");
        }
        DMatrixRMaj w = svd.getU(null, false);
        Integer[] order = new Integer[l];
        Arrays.setAll(order, i -> i);
        double[] found = svd.getSingularValues();
        Arrays.sort(order, (i, j) -> Double.compare(found[j], found[i]));
        double[] sigma = new double[l];
        double[] row = new double[l];
        for (int k = 0; k < l; k++) {
            sigma[k] = found[order[k]];
        }
        int n = q[0].length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < l; j++) {
                row[j] = q[j][i];
            }
            for (int k = 0; k < l; k++) {
                double sum = 0;
                for (int j = 0; j < l; j++) {
                    sum += row[j] * w.get(j, order[k]);
                }
                q[k][i] = sum;
            }
        }
        return sigma;
    }
}
