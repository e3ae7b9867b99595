package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.Vectors;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** The largest Ritz value of S A from a few steps of conjugate gradients. Source: Saad 2003, section 6.7.3. */
final class LargestEigenvalue {
    private static final int STEPS = 12;

    private LargestEigenvalue() {}

    /** A value that the largest eigenvalue exceeds by a few per cent at most as a rule; NaN where A or S is seen indefinite. */
    static double of(CsrMatrix a, Preconditioner s) {
        int n = a.rows();
        Vectors v = new Vectors(n, a.pool());
        double[] r = new double[n];
        double[] z = new double[n];
        double[] p = new double[n];
        double[] q = new double[n];
        long state = 0x5851f42d4c957f2dL;
        for (int i = 0; i < n; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            r[i] = (state >> 11) * 0x1p-53;
        }
        DMatrixRMaj t = new DMatrixRMaj(STEPS, STEPS);
        double first = v.norm(r);
        double before = 0; // ρ / (pᵀAp), β of the step before
        double beta = 0;
        double rho = 1;
        int k = 0;
        while (k < STEPS && v.norm(r) > 1e-10 * first) {
            s.apply(r, z);
            double next = v.dot(r, z);
            if (!(next > 0 && next <= Double.MAX_VALUE)) {
                return Double.NaN;
            }
            if (k > 0) {
                beta = next / rho;
                t.set(k, k - 1, Math.sqrt(beta) / before);
                t.set(k - 1, k, Math.sqrt(beta) / before);
            }
            v.xpby(z, beta, p); // p ← z + β p
            rho = next;
            a.apply(p, q);
            double pq = v.dot(p, q);
            if (!(pq > 0 && pq <= Double.MAX_VALUE)) {
                return Double.NaN;
            }
            double alpha = rho / pq;
            t.set(k, k, 1 / alpha + (k == 0 ? 0 : beta / before));
            v.axpy(-alpha, q, r);
            before = alpha;
            k++;
        }
        return k == 0 ? 0 : largest(t, k);
    }

    private static double largest(DMatrixRMaj t, int k) {
        DMatrixRMaj small = new DMatrixRMaj(k, k);
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                small.set(i, j, t.get(i, j));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, false, true);
        if (!eigen.decompose(small)) {
            return Double.NaN;
        }
        double largest = 0;
        for (int i = 0; i < k; i++) {
            largest = Math.max(largest, eigen.getEigenvalue(i).getReal());
        }
        return largest;
    }
}
