package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridProblemsTest {

    private static double sine(int mode, int i, int n) {
        return Math.sin(Math.PI * mode * (i + 1) / (n + 1));
    }

    private static double eigenvalue(int mode, int n) {
        double s = Math.sin(Math.PI * mode / (2 * (n + 1)));
        return 4 * s * s;
    }

    @Test
    void poissonHasItsEigenvalues() {
        int n = 7;
        List<LinearSystem> systems = List.of(Poisson.poisson1d(n), Poisson.poisson2d(n), Poisson.poisson3d(n));
        for (int d = 1; d <= 3; d++) {
            CsrMatrix a = systems.get(d - 1).a();
            assertThat(a.rows()).isEqualTo((int) Math.pow(n, d));
            for (int[] modes : new int[][] {{1, 1, 1}, {2, 5, 3}, {7, 7, 7}}) {
                double lambda = 0;
                for (int k = 0; k < d; k++) {
                    lambda += eigenvalue(modes[k], n);
                }
                double[] v = new double[a.rows()];
                double square = 0;
                for (int i = 0; i < v.length; i++) {
                    v[i] = sine(modes[0], i % n, n)
                            * (d > 1 ? sine(modes[1], i / n % n, n) : 1)
                            * (d > 2 ? sine(modes[2], i / n / n, n) : 1);
                    square += v[i] * v[i];
                }
                double[] av = Dense.apply(a, v);
                double quotient = 0;
                for (int i = 0; i < v.length; i++) {
                    quotient += v[i] * av[i] / square;
                    assertThat(av[i]).isCloseTo(lambda * v[i], within(1e-13));
                }
                assertThat(quotient).isCloseTo(lambda, within(1e-13));
            }
        }
    }

    @Test
    void poissonGivesItsSolution() {
        for (LinearSystem s : List.of(Poisson.poisson1d(30), Poisson.poisson2d(12), Poisson.poisson3d(6))) {
            assertThat(Dense.distance(Dense.solve(s.a(), s.b()), s.exact())).isLessThan(1e-12);
        }
    }

    @Test
    void poissonConvergesWithSecondOrder() {
        double[] errors = new double[2];
        int[] sides = {7, 15};
        for (int k = 0; k < 2; k++) {
            LinearSystem s = Poisson.poisson2d(sides[k]);
            double[] x = Dense.solve(s.a(), s.b());
            for (int i = 0; i < x.length; i++) {
                double u = sine(1, i % sides[k], sides[k]) * sine(1, i / sides[k], sides[k]);
                errors[k] = Math.max(errors[k], Math.abs(x[i] - u));
            }
        }
        assertThat(errors[0] / errors[1]).isBetween(3.8, 4.2); // h halves
    }

    @Test
    void poissonRowsSumToWhatTheBoundaryTakes() {
        int n = 5;
        CsrMatrix a = Poisson.poisson3d(n).a();
        double[] ones = new double[a.rows()];
        Arrays.fill(ones, 1);
        double[] sums = Dense.apply(a, ones);
        for (int i = 0; i < sums.length; i++) {
            int faces = 0;
            for (int c : new int[] {i % n, i / n % n, i / n / n}) {
                faces += (c == 0 ? 1 : 0) + (c == n - 1 ? 1 : 0);
            }
            assertThat(sums[i]).isEqualTo(faces);
        }
        assertThat(a.nnz()).isEqualTo(7 * 125 - 6 * 25);
    }

    @Test
    void aMillionUnknownsAreCountedAndFilled() {
        LinearSystem s = Poisson.poisson3d(100);
        assertThat(s.size()).isEqualTo(1_000_000);
        assertThat(s.a().nnz()).isEqualTo(6_940_000);
        assertThat(s.a().get(0, 10_000)).isEqualTo(-1);
    }

    @Test
    void sizesBeyondTheIndexRangeAreRefused() {
        assertThatThrownBy(() -> Poisson.poisson3d(700))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("700 by 700 by 700")
                .hasMessageContaining("2398060000");
        assertThatThrownBy(() -> Poisson.poisson2d(Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Poisson.poisson1d(0)).hasMessageContaining("0 by 1 by 1");
    }

    @Test
    void diffusionIsSymmetricPositiveDefinite() {
        List<LinearSystem> systems = List.of(
                Diffusion.jump2d(11, 1e4),
                Diffusion.jump3d(5, 1e4),
                Diffusion.checkerboard2d(12, 4, 1e4),
                Diffusion.anisotropic2d(9, 0.01),
                Diffusion.lognormal2d(12, 2, 0.06, 0x10c));
        for (LinearSystem s : systems) {
            assertThat(s.a().asymmetry()).as(s.name()).isZero();
            assertThat(Dense.negativeEigenvalues(s.a())).as(s.name()).isZero();
        }
    }

    @Test
    void constantCoefficientIsPoisson() {
        assertThat(Diffusion.jump2d(9, 1).a().values())
                .containsExactly(Poisson.poisson2d(9).a().values());
        assertThat(Diffusion.jump3d(4, 1).a().values())
                .containsExactly(Poisson.poisson3d(4).a().values());
        assertThat(Diffusion.lognormal2d(9, 0, 0.06, 5).a().values())
                .containsExactly(Poisson.poisson2d(9).a().values());
        assertThat(Diffusion.anisotropic2d(9, 1).a().values())
                .containsExactly(Poisson.poisson2d(9).a().values());
    }

    @Test
    void coefficientsMeetInHarmonicMeans() {
        // points at 0.1 … 0.9: the inclusion begins at the third
        CsrMatrix a = Diffusion.jump2d(9, 1e4).a();
        int outside = 1 + 9 * 4;
        assertThat(a.get(outside, outside + 1)).isCloseTo(-2e4 / (1 + 1e4), within(1e-12));
        assertThat(a.get(outside, outside - 1)).isEqualTo(-1);
        assertThat(a.get(outside + 1, outside + 2)).isEqualTo(-1e4);
        CsrMatrix board = Diffusion.checkerboard2d(9, 2, 100).a();
        assertThat(board.get(0, 1)).isEqualTo(-100);
        assertThat(board.get(8, 7)).isEqualTo(-1);
        assertThat(board.get(80, 79)).isEqualTo(-100);
    }

    @Test
    void smoothNoiseHasMeanZeroVarianceOneAndIsSmooth() {
        int n = 64;
        double[] g = Diffusion.smoothNoise(n, 0.06 * n, new Draws(0x90153));
        double mean = 0;
        double square = 0;
        double step = 0;
        for (int i = 0; i < g.length; i++) {
            mean += g[i] / g.length;
            square += g[i] * g[i] / g.length;
            if (i % n > 0) {
                step += (g[i] - g[i - 1]) * (g[i] - g[i - 1]) / g.length;
            }
        }
        assertThat(mean).isCloseTo(0, within(1e-12));
        assertThat(square).isCloseTo(1, within(1e-12));
        // correlation exp(−1/(4σ²)) of neighbours: mean square step 2 (1 − exp(…)) ≈ 1/(2σ²)
        assertThat(step).isBetween(0.6 / (2 * 3.84 * 3.84), 1.5 / (2 * 3.84 * 3.84));
    }

    @Test
    void upwindIsAnMMatrixAndCentralIsOneUpToPecletTwo() {
        for (double peclet : new double[] {0, 1, 1.99, 2.01, 50}) {
            for (double angle : new double[] {0, 90, 180, 270}) {
                CsrMatrix up = Waves.convectionDiffusion2d(6, peclet, angle, Waves.Scheme.UPWIND)
                        .a();
                assertThat(hasPositiveOffDiagonal(up)).isFalse();
                assertThat(rowsAreWeaklyDominant(up)).isTrue();
                CsrMatrix central = Waves.convectionDiffusion2d(6, peclet, angle, Waves.Scheme.CENTRAL)
                        .a();
                assertThat(hasPositiveOffDiagonal(central))
                        .as("%s at %s", peclet, angle)
                        .isEqualTo(peclet > 2);
            }
        }
        CsrMatrix three =
                Waves.convectionDiffusion3d(4, 10, Waves.Scheme.UPWIND).a();
        assertThat(rowsAreWeaklyDominant(three)).isTrue();
        assertThat(three.asymmetry()).isGreaterThan(0.1);
    }

    private static boolean hasPositiveOffDiagonal(CsrMatrix a) {
        double[][] d = a.toDense();
        for (int i = 0; i < d.length; i++) {
            for (int j = 0; j < d.length; j++) {
                if (i != j && d[i][j] > 1e-12) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean rowsAreWeaklyDominant(CsrMatrix a) {
        for (double[] row : a.toDense()) {
            double sum = 0;
            double largest = 0;
            for (double v : row) {
                sum += v;
                largest = Math.max(largest, v);
            }
            if (!(sum >= -1e-12 * largest)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void centralConvectionDiffusionIsSecondOrderInOneDirection() {
        // constant in y except for its boundary: compare with Richardson's error ratio at the middle
        double[] middle = new double[3];
        int[] sides = {7, 15, 31};
        for (int k = 0; k < 3; k++) {
            double h = 1.0 / (sides[k] + 1);
            LinearSystem s = Waves.convectionDiffusion2d(sides[k], 4 * h, 30, Waves.Scheme.CENTRAL); // |w| / ε = 4
            double[] x = Dense.solve(s.a(), s.b());
            middle[k] = x[sides[k] / 2 * (sides[k] + 1)];
        }
        assertThat((middle[1] - middle[0]) / (middle[2] - middle[1])).isBetween(3.6, 4.4);
    }

    @Test
    void helmholtzIsPoissonShifted() {
        int n = 11;
        double kappa = 10;
        CsrMatrix a = Waves.helmholtz2d(n, kappa).a();
        double shift = kappa * kappa / ((n + 1) * (n + 1));
        int below = 0;
        for (int j = 1; j <= n; j++) {
            for (int k = 1; k <= n; k++) {
                below += eigenvalue(j, n) + eigenvalue(k, n) < shift ? 1 : 0;
            }
        }
        assertThat(below).isPositive();
        assertThat(Dense.negativeEigenvalues(a)).isEqualTo(below);
        assertThat(a.get(0, 0)).isCloseTo(4 - shift, within(1e-15));
        assertThat(Dense.negativeEigenvalues(Waves.helmholtz2d(n, 4).a())).isZero();
    }

    @Test
    void neumannHasConstantsAsItsNullSpaceAndAConsistentLoad() {
        for (int n : new int[] {1, 2, 7, 8}) {
            LinearSystem s = Poisson.neumann2d(n);
            double[] ones = new double[n * n];
            Arrays.fill(ones, 1);
            assertThat(Dense.apply(s.a(), ones)).containsOnly(0.0);
            double sum = 0;
            for (double v : s.b()) {
                sum += v;
            }
            assertThat(sum).isCloseTo(0, within(1e-14));
            if (n > 1) {
                assertThat(s.exact()).doesNotContain(Double.NaN);
                assertThat(Dense.distance(Dense.apply(s.a(), s.exact()), s.b())).isLessThan(1e-14);
            }
        }
    }
}
