package dev.ritz.krylov.tuning;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * min ‖X θ − s y‖₂ from G = XᵀX and h = Xᵀy alone: the solution of least norm, or where that leaves a box |θⱼ| ≤ boundⱼ,
 * the best in the box.
 */
final class BoxLeastSquares {
    /** Directions of G that the data determine only below this share of the largest are not fitted. */
    private static final double RANK = 1e-12;

    private static final int MAX_SWEEPS = 1000;

    private final double[] bounds;
    private final int m;
    private final double[] factor;

    BoxLeastSquares(double[] bounds) {
        this.bounds = bounds;
        this.m = bounds.length;
        this.factor = new double[m * m];
    }

    /**
     * Solves in place.
     *
     * @param theta overwritten; what stood there is never read
     * @return whether the box was needed
     */
    boolean solve(double[] gram, double[] moments, double scale, double[] theta) {
        if (!cholesky(gram, moments, theta)) {
            leastNorm(gram, moments, theta);
        }
        boolean boxed = false;
        for (int j = 0; j < m; j++) {
            theta[j] *= scale;
            if (!(Math.abs(theta[j]) <= bounds[j])) {
                boxed = true;
                theta[j] = Math.max(-bounds[j], Math.min(bounds[j], theta[j]));
            }
        }
        if (boxed) {
            descend(gram, moments, scale, theta);
        }
        return boxed;
    }

    /** Coordinate descent: exact minimisation along one axis after the other. */
    private void descend(double[] gram, double[] moments, double scale, double[] theta) {
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            double change = 0;
            for (int j = 0; j < m; j++) {
                double diagonal = gram[j * m + j];
                if (!(diagonal > 0)) {
                    continue;
                }
                double gradient = -scale * moments[j];
                for (int k = 0; k < m; k++) {
                    gradient += gram[j * m + k] * theta[k];
                }
                double value = Math.max(-bounds[j], Math.min(bounds[j], theta[j] - gradient / diagonal));
                change = Math.max(change, Math.abs(value - theta[j]) / bounds[j]);
                theta[j] = value;
            }
            if (change < 1e-9) {
                return;
            }
        }
    }

    /** False when G is too close to singular. */
    private boolean cholesky(double[] gram, double[] moments, double[] theta) {
        for (int j = 0; j < m; j++) {
            for (int i = j; i < m; i++) {
                double sum = gram[i * m + j];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * m + k] * factor[j * m + k];
                }
                if (i > j) {
                    factor[i * m + j] = sum / factor[j * m + j];
                } else if (sum > 1e-8 * gram[j * m + j]) {
                    factor[j * m + j] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        for (int i = 0; i < m; i++) {
            double sum = moments[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * m + k] * theta[k];
            }
            theta[i] = sum / factor[i * m + i];
        }
        for (int i = m - 1; i >= 0; i--) {
            double sum = theta[i];
            for (int k = i + 1; k < m; k++) {
                sum -= factor[k * m + i] * theta[k];
            }
            theta[i] = sum / factor[i * m + i];
        }
        return true;
    }

    /** θ = G⁺ h. */
    private void leastNorm(double[] gram, double[] moments, double[] theta) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(m, true, true);
        Arrays.fill(theta, 0);
        if (!eigen.decompose(DMatrixRMaj.wrap(m, m, gram.clone()))) {
            return; // a constant prediction of 0 explores
        }
        double largest = 0;
        for (int j = 0; j < m; j++) {
            largest = Math.max(largest, eigen.getEigenvalue(j).getReal());
        }
        for (int j = 0; j < m; j++) {
            double lambda = eigen.getEigenvalue(j).getReal();
            DMatrixRMaj v = eigen.getEigenVector(j);
            if (lambda > RANK * largest && v != null) {
                double component = 0;
                for (int i = 0; i < m; i++) {
                    component += v.data[i] * moments[i];
                }
                for (int i = 0; i < m; i++) {
                    theta[i] += component / lambda * v.data[i];
                }
            }
        }
    }
}
