package dev.ritz.krylov.sequence;

import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** Principal components of many short rows, and sketches that make long rows short. */
final class PrincipalComponents {
    /** How many entries of a sketch a feature enters. */
    private static final int SKETCH_ENTRIES = 4;

    private PrincipalComponents() {}

    static double[][] sketches(int count, IntFunction<double[]> features, int sketch, long seed) {
        double[][] sketches = new double[count][sketch];
        int length = -1;
        int[] target = new int[0]; // ~entry for a negative sign
        for (int i = 0; i < count; i++) {
            double[] f = SimilarityOrder.checked(features.apply(i), i, length);
            if (length < 0) {
                length = f.length;
                target = new int[SKETCH_ENTRIES * length];
                SplittableRandom random = new SplittableRandom(seed);
                for (int t = 0; t < target.length; t++) {
                    int entry = random.nextInt(sketch);
                    target[t] = random.nextBoolean() ? entry : ~entry;
                }
            }
            double[] s = sketches[i];
            for (int j = 0, t = 0; j < length; j++) {
                for (int k = 0; k < SKETCH_ENTRIES; k++, t++) {
                    if (target[t] >= 0) {
                        s[target[t]] += f[j];
                    } else {
                        s[~target[t]] -= f[j];
                    }
                }
            }
        }
        return sketches;
    }

    /** Rows in the basis of the leading eigenvectors of their covariance. */
    static double[][] of(double[][] rows, int dimensions) {
        int count = rows.length;
        if (count == 0) {
            return rows;
        }
        int k = rows[0].length;
        double[] mean = new double[k];
        double largest = Double.MIN_NORMAL;
        for (double[] row : rows) {
            for (int j = 0; j < k; j++) {
                mean[j] += row[j] / count;
                largest = Math.max(largest, Math.abs(row[j]));
            }
        }
        DMatrixRMaj covariance = new DMatrixRMaj(k, k);
        double[] centred = new double[k];
        for (double[] row : rows) {
            for (int j = 0; j < k; j++) {
                centred[j] = (row[j] - mean[j]) / largest; // squares stay in range
            }
            for (int i = 0; i < k; i++) {
                for (int j = 0; j <= i; j++) {
                    covariance.data[i * k + j] += centred[i] * centred[j];
                }
            }
        }
        for (int i = 0; i < k; i++) {
            for (int j = i + 1; j < k; j++) {
                covariance.data[i * k + j] = covariance.data[j * k + i];
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(k, true, true);
        if (!eigen.decompose(covariance)) {
            throw new ArithmeticException("the eigenvalues of the features' covariance did not converge");
        }
        DMatrixRMaj[] axes = IntStream.range(0, k)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
                .limit(dimensions)
                .map(eigen::getEigenVector)
                .toArray(DMatrixRMaj[]::new);
        double[][] keys = new double[count][axes.length];
        for (int i = 0; i < count; i++) {
            for (int a = 0; a < axes.length; a++) {
                for (int j = 0; j < k; j++) {
                    keys[i][a] += (rows[i][j] - mean[j]) * axes[a].data[j];
                }
            }
        }
        return keys;
    }
}
