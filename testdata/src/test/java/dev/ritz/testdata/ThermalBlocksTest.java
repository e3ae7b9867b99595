package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThermalBlocksTest {

    @Test
    void withoutWindItIsTheSymmetricThermalBlock() {
        int side = 48;
        CsrMatrix a = ThermalBlocks.diffusion(side, 2, new double[] {.2, .5, .8, .3});
        assertThat(a.rows()).isEqualTo(2304);
        assertThat(a.nnz()).isEqualTo(11328);
        assertThat(a.asymmetry()).isZero();
        assertThat(a.get(0, 0)).isCloseTo(2 * .2 + 2 * 2 * .2, within(1e-15)); // two half cells at the corner
        assertThat(a.get(23, 24)).isCloseTo(-2 * .2 * .5 / .7, within(1e-15)); // lower-x to upper-x
        assertThat(a.get(23 * side, 24 * side)).isCloseTo(-2 * .2 * .8 / 1.0, within(1e-15)); // lower-y to upper-y
        assertThat(a.get(side * side - 1, side * side - 2)).isCloseTo(-.3, within(1e-15));
        assertThat(a.get(100, 101)).isCloseTo(-.2, within(1e-15));
    }

    @Test
    void windIsSkewSymmetricSoThatTheRealPartIsPositive() {
        int side = 8;
        double speed = 500;
        for (SequenceSystem s :
                ThermalBlocks.convection(side, 2, 3, 0.1, speed, 30, 0x7b1).toList()) {
            CsrMatrix a = s.system().a();
            CsrMatrix diffusion = ThermalBlocks.diffusion(side, 2, s.parameters());
            assertThat(a.asymmetry()).isGreaterThan(0.1);
            assertThat(Dense.distance(a.symmetricPart().values(), diffusion.values()))
                    .isLessThan(1e-13);
            assertThat(Dense.negativeEigenvalues(a.symmetricPart())).isZero();
            double east = speed * Math.cos(Math.PI / 6) / side / 2;
            double north = speed * Math.sin(Math.PI / 6) / side / 2;
            assertThat(a.get(9, 10) - diffusion.get(9, 10)).isCloseTo(east, within(1e-12));
            assertThat(a.get(9, 8) - diffusion.get(9, 8)).isCloseTo(-east, within(1e-12));
            assertThat(a.get(9, 17) - diffusion.get(9, 17)).isCloseTo(north, within(1e-12));
            assertThat(a.get(9, 1) - diffusion.get(9, 1)).isCloseTo(-north, within(1e-12));
            assertThat(s.system().b()).containsOnly(1.0 / 64);
        }
    }

    @Test
    void conductivitiesAreLogUniformAndRepeat() {
        List<SequenceSystem> systems =
                ThermalBlocks.convection(3, 3, 200, 0.01, 1, 0, 0x7b2).toList();
        double mean = 0;
        for (SequenceSystem s : systems) {
            assertThat(s.parameters()).hasSize(9);
            for (double a : s.parameters()) {
                assertThat(a).isBetween(0.01, 1.0);
                mean += Math.log10(a) / 1800;
            }
        }
        assertThat(mean).isCloseTo(-1, within(0.05));
        assertThat(systems.get(0).parameters()).isNotEqualTo(systems.get(1).parameters());
        SequenceSystem again = ThermalBlocks.convection(3, 3, 9, 0.01, 1, 0, 0x7b2)
                .skip(7)
                .findFirst()
                .orElseThrow();
        assertThat(again.system().a().values())
                .containsExactly(systems.get(7).system().a().values());
        assertThat(again.parameters()).containsExactly(systems.get(7).parameters());
    }

    @Test
    void blocksNeedNotDivideTheCells() {
        CsrMatrix a = ThermalBlocks.diffusion(5, 2, new double[] {.1, 1, .1, 1});
        assertThat(a.get(1, 2)).isCloseTo(-.1, within(1e-15)); // cells 0, 1, 2 start below ½
        assertThat(a.get(2, 3)).isCloseTo(-2 * .1 / 1.1, within(1e-15));
        assertThat(a.get(3, 4)).isCloseTo(-1, within(1e-15));
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 5, 1, .1, 1, 0, 1)).hasMessageContaining("blocks = 5");
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 0, 1, .1, 1, 0, 1)).hasMessageContaining("blocks = 0");
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 2, 1, 0, 1, 0, 1)).hasMessageContaining("lowest = 0");
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 2, 1, 2, 1, 0, 1)).hasMessageContaining("lowest = 2");
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 2, 1, .1, Double.NaN, 0, 1))
                .hasMessageContaining("speed = NaN");
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 2, 1, .1, 1, Double.NaN, 1))
                .hasMessageContaining("degrees = NaN");
        assertThatThrownBy(() -> ThermalBlocks.convection(4, 2, -1, .1, 1, 0, 1))
                .hasMessageContaining("steps = -1");
    }
}
