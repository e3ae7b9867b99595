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

    /** Pivots of G below this share of its diagonal count as 0. */
    private static final double PIVOT = 1e-8;

    /** A bound is given up where the sum of squares falls towards the inside by more than rounding. */
    private static final double ROUNDING = 1e-11;

    private static final int MAX_SWEEPS = 1000;

    private final double[] bounds;
    private final int m;
    private final double[] factor;
    private final double[] gradient;
    private final double[] free; // the solution without the box
    private final int[] all; // 0, …, m − 1
    private final int[] inside; // the coordinates off their bounds
    private final boolean[] pinned; // to its bound
    private final double[] step;
    private final double[] start;

    BoxLeastSquares(double[] bounds) {
        this.bounds = bounds;
        this.m = bounds.length;
        this.factor = new double[m * m];
        this.gradient = new double[m];
        this.free = new double[m];
        this.all = new int[m];
        this.inside = new int[m];
        this.pinned = new boolean[m];
        this.step = new double[m];
        this.start = new double[m];
        Arrays.setAll(all, j -> j);
    }

    /**
     * Solves in place.
     *
     * @param theta on entry a point of the box from where to search, such as the solution for fewer data; overwritten
     * @return whether the box was needed
     */
    boolean solve(double[] gram, double[] moments, double scale, double[] theta) {
        boolean definite = cholesky(gram, all, m, moments, free);
        if (!definite) {
            leastNorm(gram, moments, free);
        }
        boolean boxed = false;
        for (int j = 0; j < m; j++) {
            free[j] *= scale;
            boxed |= !(Math.abs(free[j]) <= bounds[j]);
        }
        if (boxed && definite && activeSet(gram, moments, scale, theta)) {
            return true;
        }
        for (int j = 0; j < m; j++) {
            theta[j] = clip(free[j], j);
        }
        if (boxed) {
            descend(gram, moments, scale, theta);
        }
        return boxed;
    }

    private double clip(double value, int j) {
        return Math.max(-bounds[j], Math.min(bounds[j], value));
    }

    /**
     * Newton's step within the face of the box in which θ lies, up to the next bound, which joins the face; at the
     * minimum of a face the bound goes that holds θ back most. Ends, since the sum of squares falls from face to face.
     *
     * @return whether it ended at the minimum; θ is as it was otherwise
     */
    private boolean activeSet(double[] gram, double[] moments, double scale, double[] theta) {
        System.arraycopy(theta, 0, start, 0, m);
        for (int j = 0; j < m; j++) {
            pinned[j] = Math.abs(theta[j]) >= bounds[j];
        }
        for (int round = 0; round < 10 * m; round++) {
            gradient(gram, moments, scale, theta);
            int count = 0;
            for (int j = 0; j < m; j++) {
                if (!pinned[j]) {
                    inside[count++] = j;
                }
            }
            if (!cholesky(gram, inside, count, gradient, step)) {
                break;
            }
            int blocked = -1;
            double length = 1;
            for (int k = 0; k < count; k++) {
                int j = inside[k];
                double room = step[j] > 0 ? theta[j] + bounds[j] : theta[j] - bounds[j];
                if (Math.abs(step[j]) * length > Math.abs(room)) {
                    length = room / step[j];
                    blocked = j;
                }
            }
            for (int k = 0; k < count; k++) {
                int j = inside[k];
                theta[j] = clip(theta[j] - length * step[j], j); // θ ← θ − G⁻¹ g on the face
            }
            if (blocked >= 0) {
                theta[blocked] = step[blocked] > 0 ? -bounds[blocked] : bounds[blocked];
                pinned[blocked] = true;
                continue;
            }
            gradient(gram, moments, scale, theta);
            int worst = -1;
            double most = 0;
            for (int j = 0; j < m; j++) {
                double diagonal = gram[j * m + j] * bounds[j];
                double slope = (theta[j] > 0 ? gradient[j] : -gradient[j]) / diagonal; // falls inwards where positive
                if (pinned[j] && slope > ROUNDING && slope > most) {
                    worst = j;
                    most = slope;
                }
            }
            if (worst < 0) {
                return true;
            }
            pinned[worst] = false;
        }
        System.arraycopy(start, 0, theta, 0, m);
        return false;
    }

    /** Of half the sum of squares: G θ − s h. */
    private void gradient(double[] gram, double[] moments, double scale, double[] theta) {
        for (int j = 0; j < m; j++) {
            double sum = -scale * moments[j];
            for (int k = 0; k < m; k++) {
                sum += gram[j * m + k] * theta[k];
            }
            gradient[j] = sum;
        }
    }

    /** Coordinate descent, where G is singular: exact minimisation along one axis after the other. */
    private void descend(double[] gram, double[] moments, double scale, double[] theta) {
        for (int sweep = 0; sweep < MAX_SWEEPS; sweep++) {
            double change = 0;
            for (int j = 0; j < m; j++) {
                double diagonal = gram[j * m + j];
                if (!(diagonal > 0)) {
                    continue;
                }
                double slope = -scale * moments[j];
                for (int k = 0; k < m; k++) {
                    slope += gram[j * m + k] * theta[k];
                }
                double value = clip(theta[j] - slope / diagonal, j);
                change = Math.max(change, Math.abs(value - theta[j]) / bounds[j]);
                theta[j] = value;
            }
            if (change < 1e-9) {
                return;
            }
        }
    }

    /** Solves with some rows and columns of G; false when they are too close to singular. */
    private boolean cholesky(double[] gram, int[] index, int count, double[] rhs, double[] x) {
        for (int j = 0; j < count; j++) {
            int column = index[j];
            for (int i = j; i < count; i++) {
                double sum = gram[index[i] * m + column];
                for (int k = 0; k < j; k++) {
                    sum -= factor[i * m + k] * factor[j * m + k];
                }
                if (i > j) {
                    factor[i * m + j] = sum / factor[j * m + j];
                } else if (sum > PIVOT * gram[column * m + column]) {
                    factor[j * m + j] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            double sum = rhs[index[i]];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * m + k] * x[index[k]];
            }
            x[index[i]] = sum / factor[i * m + i];
        }
        for (int i = count - 1; i >= 0; i--) {
            double sum = x[index[i]];
            for (int k = i + 1; k < count; k++) {
                sum -= factor[k * m + i] * x[index[k]];
            }
            x[index[i]] = sum / factor[i * m + i];
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
