package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftingSequencesTest {

    private static double k(double strength, double x, double y, double phi, double psi) {
        return Math.exp(strength * Math.sin(2 * Math.PI * x + phi) * Math.cos(2 * Math.PI * y + psi));
    }

    @Test
    void diffusionHasTheFacesOfItsDefinition() {
        int side = 48;
        double h = 1.0 / 49;
        List<SequenceSystem> two = DriftingSequences.diffusion(side, 2).toList();
        for (int t = 0; t < 2; t++) {
            CsrMatrix a = two.get(t).system().a();
            assertThat(a.rows()).isEqualTo(2304);
            double phi = 0.1 * t;
            double psi = 0.05 * t;
            int p = 4; // along X, the slow index
            int q = 30;
            int i = p * side + q;
            double x = (p + 1) * h;
            double y = (q + 1) * h;
            double up = k(0.5, x - h / 2, y, phi, psi);
            double down = k(0.5, x + h / 2, y, phi, psi);
            double left = k(0.5, x, y - h / 2, phi, psi);
            double right = k(0.5, x, y + h / 2, phi, psi);
            assertThat(a.get(i, i - side)).isCloseTo(-up, within(1e-14));
            assertThat(a.get(i, i + side)).isCloseTo(-down, within(1e-14));
            assertThat(a.get(i, i - 1)).isCloseTo(-left, within(1e-14));
            assertThat(a.get(i, i + 1)).isCloseTo(-right, within(1e-14));
            assertThat(a.get(i, i)).isCloseTo(up + down + left + right, within(1e-14));
            assertThat(two.get(t).system().b()).containsOnly(1 / (49.0 * 49.0));
            assertThat(two.get(t).parameters()).containsExactly(phi, psi);
        }
    }

    @Test
    void theFirstRowOfTheFirstSystemIsThatOfTheFormula() {
        // h = 1/2: one unknown at (½, ½), faces at X = ¼, ¾ and Y = ¼, ¾, where the exponent is
        // ½ sin(π/2) cos(π) = −½, ½ sin(3π/2) cos(π) = ½, and ½ sin(π) cos(…) = 0 twice
        CsrMatrix a = DriftingSequences.diffusion(1, 1)
                .findFirst()
                .orElseThrow()
                .system()
                .a();
        assertThat(a.get(0, 0)).isCloseTo(Math.exp(-0.5) + Math.exp(0.5) + 2, within(1e-14));
    }

    @Test
    void diffusionIsSymmetricPositiveDefinite() {
        DriftingSequences.diffusion(9, 4).forEach(s -> {
            assertThat(s.system().a().asymmetry()).isZero();
            assertThat(Dense.negativeEigenvalues(s.system().a())).isZero();
        });
    }

    @Test
    void convectionAddsASkewSymmetricWind() {
        int side = 9;
        List<SequenceSystem> still = DriftingSequences.diffusion(side, 3).toList();
        List<SequenceSystem> wind = DriftingSequences.convection(side, 3).toList();
        for (int t = 0; t < 3; t++) {
            double[][] d = still.get(t).system().a().toDense();
            double[][] c = wind.get(t).system().a().toDense();
            double slow = 20 * (1 + 0.05 * t) / 10 / 2; // speed · h/2
            for (int i = 0; i < d.length; i++) {
                for (int j = 0; j < d.length; j++) {
                    double expected = 0;
                    if (d[i][j] != 0 && i != j) {
                        expected = Math.abs(i - j) == 1 ? Math.signum(j - i) * 0.5 : Math.signum(j - i) * slow;
                    }
                    assertThat(c[i][j] - d[i][j]).isCloseTo(expected, within(1e-14));
                }
            }
            assertThat(wind.get(t).parameters()[2]).isEqualTo(20 * (1 + 0.05 * t));
        }
    }

    @Test
    void heatIsTheImplicitEulerMatrix() {
        int side = 9;
        double dt = 0.02;
        SequenceSystem s =
                DriftingSequences.heat(side, 6, dt, 1.5).skip(5).findFirst().orElseThrow();
        double t = 0.12;
        assertThat(s.parameters()[0]).isCloseTo(t, within(1e-15));
        double h = 0.1;
        double below = k(1.5, 3 * h + h / 2, 5 * h, 2 * Math.PI * t, Math.PI * t);
        assertThat(s.system().a().get(2 * 9 + 4, 3 * 9 + 4)).isCloseTo(-dt / h / h * below, within(1e-13));
        assertThat(s.system().a().asymmetry()).isZero();
        assertThat(Dense.negativeEigenvalues(s.system().a())).isZero();
        // a middle row: the sum over its entries is that of the identity
        double[] ones = new double[81];
        Arrays.fill(ones, 1);
        assertThat(Dense.apply(s.system().a(), ones)[40]).isCloseTo(1, within(1e-12));
        assertThat(Dense.distance(
                        Dense.solve(s.system().a(), s.system().b()), s.system().exact()))
                .isLessThan(1e-12);
        assertThat(Dense.max(s.system().exact())).isGreaterThan(0.5);
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> DriftingSequences.heat(5, 1, 0, 1)).hasMessageContaining("dt = 0");
        assertThatThrownBy(() -> DriftingSequences.heat(5, 1, 0.1, Double.NaN)).hasMessageContaining("strength = NaN");
        assertThatThrownBy(() -> DriftingSequences.diffusion(5, -1)).hasMessageContaining("steps = -1");
        assertThatThrownBy(() -> DriftingSequences.convection(0, 1)).hasMessageContaining("expected at least 1");
    }
}
