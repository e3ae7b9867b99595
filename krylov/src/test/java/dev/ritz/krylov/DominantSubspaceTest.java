package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DominantSubspaceTest {

    /** X D X⁻¹ with X = (I − w wᵀ / 2)(I + upper triangle), so far from normal. */
    private static double[][] similar(double[][] d, long seed) {
        int p = d.length;
        double[][] f = new double[p][];
        for (int i = 0; i < p; i++) {
            f[i] = d[i].clone();
        }
        double[] s = Systems.random(p * p, seed);
        for (int k = 0; k < p * p; k++) {
            int i = k / p;
            int j = k % p;
            if (i != j) { // E F E⁻¹ with E = I + s e_i e_jᵀ
                for (int c = 0; c < p; c++) {
                    f[i][c] += s[k] * f[j][c];
                }
                for (int r = 0; r < p; r++) {
                    f[r][j] -= s[k] * f[r][i];
                }
            }
        }
        return f;
    }

    private static double[][] blocks(double... moduli) {
        int p = 2 * moduli.length;
        double[][] d = new double[p][p];
        for (int b = 0; b < moduli.length; b++) {
            double c = moduli[b] * Math.cos(b + 1);
            double s = moduli[b] * Math.sin(b + 1);
            d[2 * b][2 * b] = c;
            d[2 * b + 1][2 * b + 1] = c;
            d[2 * b][2 * b + 1] = -s;
            d[2 * b + 1][2 * b] = s;
        }
        return d;
    }

    private static double[][] diagonal(double... values) {
        double[][] d = new double[values.length][values.length];
        for (int i = 0; i < values.length; i++) {
            d[i][i] = values[i];
        }
        return d;
    }

    private static double[][] find(double[][] f, int wanted, int expected) {
        int p = f.length;
        double[][] y = new double[p][p];
        assertThat(new DominantSubspace(p + 3).find(f, p, wanted, y)).isEqualTo(expected);
        double[][] basis = java.util.Arrays.copyOf(y, expected);
        for (int i = 0; i < expected; i++) {
            for (int j = 0; j < expected; j++) {
                assertThat(Systems.dot(basis[i], basis[j])).isCloseTo(i == j ? 1 : 0, within(1e-13));
            }
        }
        return basis;
    }

    /** The largest ‖F y − Y Yᵀ F y‖ over the basis. */
    private static double defect(double[][] f, double[][] y) {
        double worst = 0;
        for (double[] v : y) {
            double[] fv = new double[f.length];
            for (int i = 0; i < f.length; i++) {
                fv[i] = Systems.dot(f[i], v);
            }
            for (double[] u : y) {
                double dot = Systems.dot(u, fv);
                for (int i = 0; i < fv.length; i++) {
                    fv[i] -= dot * u[i];
                }
            }
            worst = Math.max(worst, Systems.norm(fv));
        }
        return worst;
    }

    private static double trace(double[][] f, double[][] y) {
        double trace = 0;
        for (double[] v : y) {
            for (int i = 0; i < f.length; i++) {
                trace += v[i] * Systems.dot(f[i], v);
            }
        }
        return trace;
    }

    @Test
    void realEigenvaluesLargestFirst() {
        double[][] f = similar(diagonal(1, -9, 4, 0.5, -6, 2, 0), 0xd501);
        double[] sums = {-9, -15, -11, -9, -8, -7.5, -7.5};
        for (int k = 1; k <= 7; k++) {
            double[][] y = find(f, k, k);
            assertThat(defect(f, y)).isLessThan(1e-11);
            assertThat(trace(f, y)).isCloseTo(sums[k - 1], within(1e-11));
        }
    }

    @Test
    void pairsAreKeptTogetherAndHalfOfOneFillsTheLastPlace() {
        double[][] f = similar(blocks(1, 5, 3, 2), 0xd502);
        double both = 2 * 5 * Math.cos(2);
        assertThat(trace(f, find(f, 2, 2))).isCloseTo(both, within(1e-11));
        both += 2 * 3 * Math.cos(3);
        double[][] four = find(f, 4, 4);
        assertThat(trace(f, four)).isCloseTo(both, within(1e-11));
        assertThat(defect(f, four)).isLessThan(1e-11);
        double[][] three = find(f, 3, 3);
        assertThat(defect(f, new double[][] {three[0], three[1]})).isLessThan(1e-11);
        assertThat(defect(f, three)).isGreaterThan(0.1);
        for (double[] v : three) { // the third lies in the plane of the second pair
            double left = Systems.dot(v, v);
            for (double[] u : four) {
                left -= Math.pow(Systems.dot(u, v), 2);
            }
            assertThat(left).isCloseTo(0, within(1e-11));
        }
    }

    @Test
    void largeMatricesOfEveryKind() {
        double[][] f = new double[50][];
        for (int i = 0; i < 50; i++) {
            f[i] = Systems.random(50, 0xd503 + i);
        }
        double[][] all = find(f, 50, 50);
        double trace = 0;
        for (int i = 0; i < 50; i++) {
            trace += f[i][i];
        }
        assertThat(trace(f, all)).isCloseTo(trace, within(1e-11));
        for (int k = 2; k < 50; k += 6) { // of two neighbours at least one does not cut a pair
            double a = defect(f, find(f, k, k));
            double b = defect(f, find(f, k - 1, k - 1));
            assertThat(Math.min(a, b)).isLessThan(1e-9);
        }
    }

    @Test
    void defectiveAndMultipleEigenvalues() {
        double[][] jordan = new double[4][4];
        for (int i = 0; i < 4; i++) {
            jordan[i][i] = 3;
            if (i < 3) {
                jordan[i][i + 1] = 1;
            }
        }
        double[][] y = new double[4][4];
        assertThat(new DominantSubspace(4).find(jordan, 4, 4, y)).isBetween(1, 4);
        find(diagonal(2, 2, 2, 2), 3, 3);
        find(diagonal(0, 0, 0), 2, 2);
        find(diagonal(7), 1, 1);
        assertThat(defect(similar(diagonal(2, 2, 1, 1), 0xd504), find(similar(diagonal(2, 2, 1, 1), 0xd504), 2, 2)))
                .isLessThan(1e-7);
    }

    @Test
    void aCyclicShiftNeedsTheExceptionalShift() {
        double[][] f = new double[8][8];
        for (int i = 0; i < 8; i++) {
            f[i][(i + 1) % 8] = 1;
        }
        assertThat(defect(f, find(f, 8, 8))).isLessThan(1e-12);
    }

    @Test
    void aMatrixThatIsNotFiniteHasNone() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            find(new double[][] {{1, 2}, {bad, 1}}, 1, 0);
        }
    }
}
