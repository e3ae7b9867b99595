package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import dev.ritz.api.kernel.Vectors;
import java.util.Arrays;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.QRDecomposition;

/**
 * The Hessenberg matrix of Arnoldi's process for A M⁻¹, orthogonal in M⁻¹ where A is symmetric and M symmetric positive
 * definite, which makes it symmetric tridiagonal; in the Euclidean product elsewhere. Only small numbers are kept.
 *
 * @param selfAdjoint whether H is symmetric
 * @param steps m
 * @param h (m + 1) × m, divided by the scale
 * @param scale the largest entry
 */
record KrylovBasis(boolean selfAdjoint, int steps, DMatrixRMaj h, double scale) {
    /** What is left of a new direction, relative to H, when the space is invariant. */
    private static final double INVARIANT = 1e-14;

    /**
     * Runs at most the given steps.
     *
     * @param start overwritten, not zero
     */
    static KrylovBasis of(FirstLevel level, double[] start, int degree) {
        int most = Math.min(degree, level.n);
        boolean weighted = level.selfAdjoint();
        Vectors v = level.vectors;
        double[][] u = new double[most + 1][];
        double[][] y = level.plain() ? u : new double[most + 1][];
        double[][] dual = weighted ? y : u;
        double[][] h = new double[most][]; // by columns
        double[] c = new double[most + 1];
        u[0] = start;
        double scale = 0;
        int m = 0;
        normalise(level, u, y, 0, weighted, 0);
        boolean more = true;
        while (more && m < most) {
            double[] w = new double[level.n];
            level.product(y[m], w); // w ← A M⁻¹u
            double[] column = new double[most + 1];
            for (int pass = 0; pass < 2; pass++) {
                v.dots(dual, m + 1, w, c);
                v.subtract(u, m + 1, c, w);
                for (int i = 0; i <= m; i++) {
                    column[i] += c[i];
                }
            }
            for (int i = 0; i <= m; i++) {
                scale = Math.max(scale, Math.abs(column[i]));
            }
            u[m + 1] = w;
            double left = normalise(level, u, y, m + 1, weighted, INVARIANT * scale);
            column[m + 1] = left;
            scale = Math.max(scale, left);
            h[m++] = column;
            more = left > 0;
            if (!weighted && !level.plain()) {
                y[m - 1] = null; // only the weighted product needs it again
            }
        }
        return new KrylovBasis(weighted, m, small(h, m, scale), scale);
    }

    /** Makes u_j a unit vector and y_j = M⁻¹u_j; 0 when what is there is no more than {@code least}. */
    private static double normalise(
            FirstLevel level, double[][] u, double[][] y, int j, boolean weighted, double least) {
        Vectors v = level.vectors;
        double[] preconditioned = level.precondition(u[j], level.newPreconditioned());
        double norm = weighted && !level.plain() ? Math.sqrt(Math.max(0, v.dot(u[j], preconditioned))) : v.norm(u[j]);
        y[j] = preconditioned;
        if (!(norm <= Double.MAX_VALUE)) {
            throw Checks.overflow("the norm of Krylov vector " + j, norm);
        }
        if (!(norm > least)) {
            return 0;
        }
        v.scale(1 / norm, u[j]);
        if (!level.plain()) {
            v.scale(1 / norm, y[j]);
        }
        return norm;
    }

    private static DMatrixRMaj small(double[][] columns, int m, double scale) {
        if (!(scale > 0)) {
            throw new BuildException(
                    BuildException.Reason.ZERO_PIVOT, -1, "A times a random vector is zero", "expected A nonzero");
        }
        DMatrixRMaj h = new DMatrixRMaj(m + 1, m);
        for (int j = 0; j < m; j++) {
            for (int i = 0; i <= Math.min(j + 1, m); i++) {
                h.set(i, j, columns[j][i] / scale);
            }
        }
        return h;
    }

    /** {@return the square part, symmetric to the last bit where it is symmetric} */
    private DMatrixRMaj square() {
        DMatrixRMaj s = CommonOps_DDRM.extract(h, 0, steps, 0, steps);
        return selfAdjoint ? symmetricPart(s) : s;
    }

    private static DMatrixRMaj symmetricPart(DMatrixRMaj s) {
        for (int i = 0; i < s.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double mean = 0.5 * (s.get(i, j) + s.get(j, i));
                s.set(i, j, mean);
                s.set(j, i, mean);
            }
        }
        return s;
    }

    /** {@return the Ritz values} */
    Complex_F64[] eigenvalues() {
        EigenDecomposition_F64<DMatrixRMaj> eigen = eigen(square(), selfAdjoint);
        Complex_F64[] values = new Complex_F64[steps];
        for (int i = 0; i < steps; i++) {
            Complex_F64 theta = eigen.getEigenvalue(i);
            values[i] = new Complex_F64(scale * theta.getReal(), scale * theta.getImaginary());
        }
        return values;
    }

    /**
     * The roots of the residual polynomial of GMRES: with H = Q R, 1/θ are the eigenvalues of R⁻ᵀ H_mᵀ R⁻¹, which is
     * symmetric where H is and has no trouble with a singular H_m, whose root at infinity is left out.
     *
     * @param repeat whether roots are repeated where the product of the others amplifies
     */
    Roots harmonicRoots(boolean repeat) {
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(steps + 1, steps);
        DMatrixRMaj k = new DMatrixRMaj(steps, steps);
        DMatrixRMaj half = new DMatrixRMaj(steps, steps);
        boolean solved = qr.decompose(h.copy());
        if (solved) {
            DMatrixRMaj rt = CommonOps_DDRM.transpose(qr.getR(null, true), null);
            solved = CommonOps_DDRM.solve(rt, CommonOps_DDRM.transpose(square(), null), half)
                    && CommonOps_DDRM.solve(rt, CommonOps_DDRM.transpose(half, null), k);
        }
        double size = CommonOps_DDRM.elementMaxAbs(k);
        if (!(solved && size * 10 * Math.ulp(1.0) < 1)) { // |θ| < 10 ε
            throw new BuildException(
                    BuildException.Reason.ZERO_PIVOT,
                    -1,
                    "A M⁻¹ is singular on the Krylov space of " + steps + " steps",
                    "try a lower degree or another first level");
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = eigen(selfAdjoint ? symmetricPart(k) : k, selfAdjoint);
        double[] re = new double[steps];
        double[] im = new double[steps];
        int count = 0;
        for (int i = 0; i < steps; i++) {
            Complex_F64 mu = eigen.getEigenvalue(i);
            double magnitude = mu.getMagnitude();
            if (magnitude > Math.ulp(1.0) * size) {
                re[count] = scale * (mu.getReal() / magnitude / magnitude); // 1/μ
                im[count++] = scale * (-mu.getImaginary() / magnitude / magnitude);
            }
        }
        return Roots.ordered(Arrays.copyOf(re, count), Arrays.copyOf(im, count), repeat);
    }

    private EigenDecomposition_F64<DMatrixRMaj> eigen(DMatrixRMaj matrix, boolean symmetric) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(steps, false, symmetric);
        if (!eigen.decompose(matrix)) {
            throw new BuildException(
                    BuildException.Reason.NOT_FINITE,
                    -1,
                    "the eigenvalues of a matrix of order " + steps + " were not found",
                    "try another degree or seed");
        }
        return eigen;
    }
}
