package dev.ritz.preconditioners.subspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Dense;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class NystromTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Nystrom(5, 0, 0x41f);
    }

    /** A dense matrix of which only products are known. */
    private static final class Products implements LinearOperator {
        private final double[][] a;
        private final double shift;
        private int count;

        Products(double[][] a, double shift) {
            this.a = a;
            this.shift = shift;
        }

        @Override
        public int rows() {
            return a.length;
        }

        @Override
        public int cols() {
            return a.length;
        }

        @Override
        public void apply(double[] x, double[] y) {
            count++;
            for (int i = 0; i < a.length; i++) {
                y[i] = shift * x[i] + ThermalBlockBasis.dot(a[i], x);
            }
        }
    }

    /** H diag(λ) Hᵀ with H = I − 2hhᵀ, symmetric to the last bit. */
    private static double[][] withSpectrum(double[] lambda, long seed) {
        int n = lambda.length;
        Random random = new Random(seed);
        double[] h = random.doubles(n, -1, 1).toArray();
        double norm = Math.sqrt(ThermalBlockBasis.dot(h, h));
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = 0; k < n; k++) {
                    double hik = (i == k ? 1 : 0) - 2 * h[i] * h[k] / norm / norm;
                    double hjk = (j == k ? 1 : 0) - 2 * h[j] * h[k] / norm / norm;
                    a[i][j] += hik * lambda[k] * hjk;
                }
                a[j][i] = a[i][j];
            }
        }
        return a;
    }

    private static Preconditioner build(Nystrom factory, double[][] a) {
        return factory.build(new Products(a, 0), WorkerPool.shared());
    }

    /** max / min eigenvalue of M⁻¹(A + μ I), by way of the symmetric M^−½ (A + μ I) M^−½ ~ Lᵀ(A + μ I) L. */
    private static double condition(Preconditioner m, double[][] a, double mu) {
        int n = a.length;
        double[][] c = Dense.of(m);
        double[][] l = new double[n][n]; // M⁻¹ = L Lᵀ
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = c[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        DMatrixRMaj s = new DMatrixRMaj(n, n);
        double[] t = new double[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                t[i] = 0;
                for (int k = j; k < n; k++) {
                    t[i] += (a[i][k] + (i == k ? mu : 0)) * l[k][j];
                }
            }
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += l[k][i] * t[k];
                }
                s.set(i, j, sum);
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        assertThat(eigen.decompose(s)).isTrue();
        double least = Double.MAX_VALUE;
        double most = 0;
        for (int i = 0; i < n; i++) {
            least = Math.min(least, eigen.getEigenvalue(i).getReal());
            most = Math.max(most, eigen.getEigenvalue(i).getReal());
        }
        assertThat(least).isPositive();
        return most / least;
    }

    /** On the range of a matrix of low rank M⁻¹ is the pseudo-inverse, times the smallest eigenvalue; elsewhere I. */
    @Test
    void invertsAMatrixOfLowRankOnItsRange() {
        double[] lambda = new double[30];
        double[] few = {100, 20, 3, 2, 0.5};
        System.arraycopy(few, 0, lambda, 0, 5);
        double[][] a = withSpectrum(lambda, 0x10a);
        Random random = new Random(0x10b);
        for (int rank : new int[] {5, 12}) {
            Preconditioner m = build(new Nystrom(rank, 0, 3), a);
            double[] g = random.doubles(30, -1, 1).toArray();
            double[] x = new double[30]; // A g, in the range
            double[] ax = new double[30];
            double[] z = new double[30];
            new Products(a, 0).apply(g, x);
            new Products(a, 0).apply(x, ax);
            m.apply(ax, z);
            for (int i = 0; i < 30; i++) {
                assertThat(z[i]).as("rank %d", rank).isCloseTo(0.5 * x[i], within(1e-9));
            }
            assertThat(m.note()).contains("from 100 to 0.5");
            if (rank == 12) {
                assertThat(m.note()).startsWith("5 of 12 eigenvalues kept");
            }
        }
    }

    @Test
    void allVectorsGiveTheInverse() {
        double[] lambda = {8, 7, 5, 4, 3, 2, 1, 0.5};
        double[][] a = withSpectrum(lambda, 0x20a);
        double[][] m = Dense.of(build(new Nystrom().withShift(0.25), a));
        double[][] shifted =
                CsrMatrix.fromDense(a).plus(1, 0.25, CsrMatrix.identity(8)).toDense();
        double[][] expected = Dense.inverse(shifted);
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                assertThat(m[i][j]).isCloseTo(0.75 * expected[i][j], within(1e-12)); // λ_l + μ = 0.75
            }
        }
    }

    /** The expected condition number is below 28 with 2 ⌈1.5 d_eff(μ)⌉ + 1 vectors, d_eff = Σ λ/(λ + μ). */
    @Test
    void theConditionNumberIsBoundedAsTheTheoremSays() {
        int n = 120;
        double mu = 1e-4;
        double[] lambda = new double[n];
        double dimension = 0;
        for (int j = 0; j < n; j++) {
            lambda[j] = Math.pow(j + 1, -4);
            dimension += lambda[j] / (lambda[j] + mu);
        }
        int rank = 2 * (int) Math.ceil(1.5 * dimension) + 1;
        double[][] a = withSpectrum(lambda, 0x30a);
        assertThat(condition(Preconditioner.identity(n), a, mu)).isGreaterThan(9000);
        double mean = 0;
        for (int seed = 1; seed <= 10; seed++) {
            mean += condition(build(new Nystrom(rank, mu, seed), a), a, mu) / 10;
        }
        assertThat(rank).isLessThan(n / 2);
        assertThat(mean).isBetween(1.0, 28.0);
    }

    /** Gaussian kernel on random points of a square, with regularisation, as in kernel ridge regression. */
    private static double[][] kernel(int n) {
        Random random = new Random(0x6a55);
        double[] x = random.doubles(n).toArray();
        double[] y = random.doubles(n).toArray();
        double[][] k = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double dx = x[i] - x[j];
                double dy = y[i] - y[j];
                k[i][j] = Math.exp(-(dx * dx + dy * dy) / (2 * 0.2 * 0.2));
            }
        }
        return k;
    }

    private static int iterations(LinearOperator a, Preconditioner m) {
        int n = a.rows();
        double[] r = new Random(0xb0b).doubles(n, -1, 1).toArray();
        double[] z = new double[n];
        double[] p = new double[n];
        double[] q = new double[n];
        double target = 1e-16 * ThermalBlockBasis.dot(r, r);
        double rho = 1;
        for (int k = 0; k < 3000; k++) {
            if (ThermalBlockBasis.dot(r, r) <= target) {
                return k;
            }
            m.apply(r, z);
            double next = ThermalBlockBasis.dot(r, z);
            for (int i = 0; i < n; i++) {
                p[i] = z[i] + (k == 0 ? 0 : next / rho) * p[i];
            }
            rho = next;
            a.apply(p, q);
            double alpha = rho / ThermalBlockBasis.dot(p, q);
            for (int i = 0; i < n; i++) {
                r[i] -= alpha * q[i];
            }
        }
        return 3000;
    }

    @Test
    void iterationsOnAKernelMatrixFallSeveralTimes() {
        double[][] k = kernel(400);
        double mu = 1e-4;
        LinearOperator shifted = new Products(k, mu);
        int plain = iterations(shifted, Preconditioner.identity(400));
        int before = plain;
        for (int rank : new int[] {20, 40, 80}) {
            Products products = new Products(k, 0);
            Preconditioner m = new Nystrom(rank, mu, 7).build(products, WorkerPool.shared());
            assertThat(products.count).isEqualTo(rank);
            int with = iterations(shifted, m);
            assertThat(with).as("rank %d", rank).isLessThan(before);
            before = with;
        }
        assertThat(before).isLessThan(plain / 8);
    }

    @Test
    void seedsRepeat() {
        double[][] k = kernel(60);
        double[][] first = Dense.of(build(new Nystrom(8, 1e-3, 5), k));
        assertThat(Dense.of(build(new Nystrom(8, 1e-3, 5), k))).isDeepEqualTo(first);
        assertThat(Dense.of(build(new Nystrom(8, 1e-3, 5).withSeed(6), k))[0]).isNotEqualTo(first[0]);
    }

    @Test
    void operatorsThatAreNotPositiveOrSymmetricAreRefused() {
        double[] lambda = {3, 2, 1, -1, -2};
        double[][] general = {{1, 2, 0}, {-2, 1, 0}, {0, 0, 1}};
        for (double[][] a : new double[][][] {withSpectrum(lambda, 0x40a), general, new double[3][3]}) {
            assertThatThrownBy(() -> build(new Nystrom(5, 1, 1), a))
                    .as(Arrays.deepToString(a))
                    .isInstanceOfSatisfying(BuildException.class, e -> {
                        assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_POSITIVE);
                        assertThat(e.advice()).isNotEmpty();
                    });
        }
    }

    @Test
    void productsThatAreNotFiniteAreNamed() {
        assertThatThrownBy(() -> build(new Nystrom(), new double[][] {{Double.NaN}}))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE));
    }

    @Test
    void oneVectorDoesNotHideThatAMatrixIsNotSymmetric() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{4, 1, 0}, {0, 4, 1}, {0, 0, 4}});
        assertThatThrownBy(() -> new Nystrom().withRank(1).build(a))
                .isInstanceOf(BuildException.class)
                .hasMessageContaining("not symmetric")
                .hasMessageNotContaining("fewer vectors");
    }

    @Test
    void moreVectorsThanFitAreRefusedBeforeAnyProduct() {
        assertThatThrownBy(() -> new Nystrom().withRank(Integer.MAX_VALUE).build(CsrMatrix.identity(40_000)))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE));
    }

    @Test
    void countsItsBytes() {
        double[] lambda = {8, 7, 5, 4, 3, 2, 1, 0.5};
        Preconditioner m = build(new Nystrom().withRank(3), withSpectrum(lambda, 1));
        assertThat(m.bytes()).isEqualTo(8 * (3 * 8 + 6));
        assertThat(m.name()).isEqualTo("Nystrom(3)");
    }

    @Test
    void refusesOtherOptions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Nystrom(0, 0, 1))
                .withMessage("rank = 0, expected at least 1");
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Nystrom(1, bad, 1))
                    .withMessage("shift = " + bad + ", expected a finite number of at least 0");
        }
        CsrMatrix wide = CsrMatrix.fromDense(new double[][] {{1, 2}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Nystrom().build(wide, WorkerPool.shared()))
                .withMessage("a is 1 by 2, expected a square operator");
    }
}
