package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PivotedCholeskyTest {

    private static PivotedCholesky of(double[][] e) {
        PivotedCholesky factor = new PivotedCholesky(e.length);
        for (int i = 0; i < e.length; i++) {
            System.arraycopy(e[i], 0, factor.row(i), 0, i + 1);
        }
        return factor;
    }

    private static double[][] gram(double[][] v) {
        double[][] e = new double[v.length][v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                e[i][j] = Systems.dot(v[i], v[j]);
            }
        }
        return e;
    }

    @Test
    void solvesWithTheMatrixItsExchangesGive() {
        double[][] v = new double[7][];
        for (int i = 0; i < 7; i++) {
            v[i] = Systems.random(9, 0xc401 + i);
            for (int j = 0; j < 9; j++) {
                v[i][j] *= Math.pow(10, 3 * (i % 3)); // scale must not decide
            }
        }
        PivotedCholesky factor = of(gram(v));
        assertThat(factor.factor(7)).isEqualTo(7);
        int moved = 0;
        for (int t = 0; t < 7; t++) {
            int j = factor.exchanged(t);
            moved += j == t ? 0 : 1;
            double[] w = v[t];
            v[t] = v[j];
            v[j] = w;
        }
        assertThat(moved).isPositive();
        double[][] e = gram(v);
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int l = 0; l <= j; l++) {
                    sum += factor.row(i)[l] * factor.row(j)[l];
                }
                assertThat(sum).isCloseTo(e[i][j], within(1e-13 * Math.sqrt(e[i][i] * e[j][j])));
            }
        }
        double[] x = Systems.random(7, 0xc409);
        double[] b = new double[7];
        for (int i = 0; i < 7; i++) {
            b[i] = Systems.dot(e[i], x);
        }
        factor.solve(b);
        assertThat(Systems.norm(Systems.minus(b, x))).isLessThan(1e-6 * Systems.norm(x));
    }

    @Test
    void leavesOutWhatIsDependentNotPositiveOrNotFinite() {
        double[] one = Systems.random(5, 0xc40a);
        double[] two = Systems.random(5, 0xc40b);
        double[] near = one.clone();
        near[0] += 1e-6;
        assertThat(of(gram(new double[][] {one, near, two, one})).factor(4)).isEqualTo(2);
        assertThat(of(new double[][] {{-1, 0}, {0, 2}}).factor(2)).isEqualTo(1);
        assertThat(of(new double[][] {{0, 0}, {0, 0}}).factor(2)).isZero();
        assertThat(of(new double[][] {{1, Double.NaN}, {Double.NaN, 1}}).factor(2))
                .isEqualTo(1);
        assertThat(of(new double[][] {{Double.POSITIVE_INFINITY}}).factor(1)).isZero();
        assertThat(of(new double[][] {{1, 2}, {2, 1}}).factor(2)).isEqualTo(1);
    }
}
