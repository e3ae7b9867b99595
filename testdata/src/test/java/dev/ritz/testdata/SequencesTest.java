package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SequencesTest {

    private static List<LinearSystem> all(int steps) {
        return List.of(
                Sequences.shiftedLaplacians(10, steps, Sequences.Shift.LOW, 0x5e0)
                        .skip(steps - 1L)
                        .findFirst()
                        .get(),
                Sequences.heat(9, steps, 1e-3).skip(steps - 1L).findFirst().get(),
                Sequences.darcy(9, steps, 1, 0.1, 0x5e1)
                        .skip(steps - 1L)
                        .findFirst()
                        .get());
    }

    @Test
    void streamsAreLazy() {
        // eager generation of this many systems would not fit
        assertThat(Sequences.shiftedLaplacians(10, Integer.MAX_VALUE, Sequences.Shift.HIGH, 1)
                        .limit(2))
                .hasSize(2);
        assertThat(Sequences.heat(10, Integer.MAX_VALUE, 1e-3).limit(2)).hasSize(2);
        assertThat(Sequences.darcy(10, Integer.MAX_VALUE, 1, 0.1, 1).limit(2)).hasSize(2);
    }

    @Test
    void systemsShareOnePatternAndRepeat() {
        assertThat(Sequences.darcy(6, 3, 1, 0.1, 2).map(s -> s.a().pattern()).distinct())
                .hasSize(1);
        assertThat(Sequences.heat(6, 3, 1e-3).map(s -> s.a().pattern()).distinct())
                .hasSize(1);
        assertThat(Sequences.shiftedLaplacians(6, 3, Sequences.Shift.LOW, 2)
                        .map(s -> s.a().pattern())
                        .distinct())
                .hasSize(1);
        List<LinearSystem> first = all(3);
        List<LinearSystem> second = all(3);
        for (int k = 0; k < first.size(); k++) {
            assertThat(second.get(k).a().values())
                    .containsExactly(first.get(k).a().values());
            assertThat(second.get(k).b()).containsExactly(first.get(k).b());
        }
    }

    @Test
    void shiftsStayInTheirRangeAndSystemsDefinite() {
        for (Sequences.Shift shift : Sequences.Shift.values()) {
            double[] mean = new double[1];
            Sequences.shiftedLaplacians(10, 400, shift, 0x5f1).forEach(s -> {
                double sigma = s.a().get(0, 0) - 4;
                assertThat(sigma).isBetween(-0.15, 0.45);
                mean[0] += (20 * sigma + 3) / 12 / 400;
                double square = 0;
                for (double v : s.b()) {
                    square += v * v;
                }
                assertThat(square).isLessThanOrEqualTo(100);
            });
            assertThat(mean[0]).as("%s", shift).isBetween(0.22, 0.28); // both have mean ¼
        }
        Sequences.shiftedLaplacians(10, 20, Sequences.Shift.HIGH, 0x5f2)
                .forEach(s -> assertThat(Dense.negativeEigenvalues(s.a())).isZero());
    }

    @Test
    void heatStepsAreTheCrankNicolsonMatrix() {
        int side = 9;
        double dt = 1e-3;
        LinearSystem s = Sequences.heat(side, 601, dt).skip(600).findFirst().get();
        double kappa = -10 * Math.sin(2 * Math.PI * (0.6 + dt / 2)); // the sine is negative there
        double c = 0.5 * kappa * dt * 100;
        assertThat(s.a().get(0, 0)).isCloseTo(1 + 4 * c, within(1e-12));
        assertThat(s.a().get(0, 1)).isCloseTo(-c, within(1e-12));
        assertThat(Dense.distance(Dense.solve(s.a(), s.b()), s.exact())).isLessThan(1e-12);
        assertThat(Dense.max(s.exact())).isGreaterThan(0.5);
    }

    @Test
    void darcyFieldsDriftAtTheirRate() {
        List<LinearSystem> still = Sequences.darcy(12, 2, 1, 0, 3).toList();
        assertThat(still.get(1).a().values()).containsExactly(still.get(0).a().values());
        double slow = change(Sequences.darcy(12, 2, 1, 0.01, 3).toList());
        double fast = change(Sequences.darcy(12, 2, 1, 1, 3).toList());
        assertThat(slow).isPositive().isLessThan(0.5 * fast);
        for (LinearSystem s : Sequences.darcy(10, 3, 1, 0.2, 4).toList()) {
            assertThat(s.a().asymmetry()).isZero();
            assertThat(Dense.negativeEigenvalues(s.a())).isZero();
        }
        assertThat(Sequences.darcy(8, 1, 0, 0.5, 5).findFirst().get().a().values())
                .containsExactly(Poisson.poisson2d(8).a().values());
    }

    private static double change(List<LinearSystem> two) {
        return Dense.distance(two.get(0).a().values(), two.get(1).a().values());
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Sequences.heat(5, -1, 1e-3)).hasMessageContaining("steps = -1");
        assertThatThrownBy(() -> Sequences.heat(5, 1, Double.NaN)).hasMessageContaining("dt = NaN");
        assertThatThrownBy(() -> Sequences.darcy(5, 1, Double.NaN, 0, 1)).hasMessageContaining("strength = NaN");
        assertThatThrownBy(() -> Sequences.darcy(5, 1, 1, 1.5, 1)).hasMessageContaining("drift = 1.5");
        assertThatThrownBy(() -> Sequences.darcy(5, -1, 1, 0.5, 1)).hasMessageContaining("steps = -1");
        assertThatThrownBy(() -> Sequences.shiftedLaplacians(5, -1, Sequences.Shift.LOW, 1))
                .hasMessageContaining("steps = -1");
    }
}
