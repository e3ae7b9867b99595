package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import org.junit.jupiter.api.Test;

class ArnoldiTest {

    /** An orthonormal basis of K_m(A, v₀) and the Hessenberg matrix, h[j] its column j. */
    private record Basis(double[][] v, double[][] h) {

        static Basis of(CsrMatrix a, double[] start, int m) {
            int n = a.rows();
            Vectors vectors = new Vectors(n, WorkerPool.shared());
            double[][] v = new double[m + 1][n];
            double[][] h = new double[m][m + 1];
            vectors.scale(1 / Systems.norm(start), start, v[0]);
            for (int j = 0; j < m; j++) {
                a.apply(v[j], v[j + 1]);
                h[j][j + 1] = Arnoldi.orthogonalise(vectors, v, j + 1, v[j + 1], h[j], new double[m + 1]);
                vectors.scale(1 / h[j][j + 1], v[j + 1]);
            }
            return new Basis(v, h);
        }

        double lossOfOrthogonality() {
            double loss = 0;
            for (int i = 0; i < v.length; i++) {
                for (int j = 0; j <= i; j++) {
                    loss = Math.max(loss, Math.abs(Systems.dot(v[i], v[j]) - (i == j ? 1 : 0)));
                }
            }
            return loss;
        }
    }

    private static CsrMatrix geometric(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add(i, Math.pow(10, -14.0 * i / (n - 1))).endRow();
        }
        return rows.build();
    }

    private static CsrMatrix hilbert(int n) {
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = 1.0 / (i + j + 1);
            }
        }
        return CsrMatrix.fromDense(a);
    }

    @Test
    void basisIsOrthonormalToRoundingWhereOnePassLosesDigitsOrAll() {
        double[] start = Systems.random(200, 0xa1);
        CsrMatrix nearIdentity = CsrMatrix.identity(200).plus(1, 1e-9, Systems.tridiagonal(200, -1.5, 4, -0.5));
        for (CsrMatrix a : new CsrMatrix[] {geometric(200), hilbert(200), nearIdentity}) {
            assertThat(Basis.of(a, start, 40).lossOfOrthogonality()).isLessThan(5e-15);
        }
    }

    @Test
    void hessenbergMatrixSatisfiesTheArnoldiRelation() {
        CsrMatrix a = hilbert(60);
        Basis basis = Basis.of(a, Systems.random(60, 0xa2), 20);
        for (int j = 0; j < 20; j++) {
            double[] r = Systems.times(a, basis.v[j]); // A v_j = Σ h_ij v_i
            for (int i = 0; i <= j + 1; i++) {
                for (int k = 0; k < 60; k++) {
                    r[k] -= basis.h[j][i] * basis.v[i][k];
                }
            }
            assertThat(Systems.norm(r)).isLessThan(1e-15);
        }
    }

    @Test
    void theFusedPassGivesTheBitsOfTheTwoItReplaces() {
        for (int n : new int[] {1, 5000, 40_000}) {
            Vectors vectors = new Vectors(n, WorkerPool.shared());
            double[][] v = new double[6][];
            for (int j = 0; j < 6; j++) {
                v[j] = Systems.random(n, 0xa7 + j);
            }
            double[] h = {0.3, -0.2, 0.7, 0.1, -0.4, 0.5};
            double[] w = Systems.random(n, 0xa6);
            double[] expected = w.clone();
            double square = vectors.subtract(v, 6, h, expected);
            double[] dots = new double[6];
            vectors.dots(v, 6, expected, dots);
            double[] c = new double[6];
            assertThat(vectors.subtractDots(v, 6, h, w, c)).isEqualTo(square);
            assertThat(w).containsExactly(expected);
            assertThat(c).containsExactly(dots);
        }
    }

    @Test
    void theNormOfAColumnSurvivesSquaresThatLeaveTheRange() {
        for (double scale : new double[] {1, 1e-200, 1e200, 1e-300, 1e300}) {
            assertThat(Arnoldi.norm(new double[] {3 * scale, -4 * scale, 12 * scale, 99}, 3))
                    .isCloseTo(13 * scale, withinPercentage(1e-12));
        }
        assertThat(Arnoldi.norm(new double[] {0, 0}, 2)).isZero();
        assertThat(Arnoldi.norm(new double[] {1, Double.NaN}, 2)).isNaN();
    }
}
