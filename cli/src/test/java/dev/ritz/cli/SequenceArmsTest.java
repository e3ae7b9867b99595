package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.SequenceSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceArmsTest {

    private static List<Configuration> arms(CsrMatrix a) {
        return SequenceArms.of(StoppingCriteria.DEFAULT, a);
    }

    private static double omega(CsrMatrix a) {
        return arms(a).stream()
                .filter(c -> c.preconditioner() instanceof RelaxedIc0)
                .mapToDouble(c -> ((RelaxedIc0) c.preconditioner()).omega())
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void relaxationFollowsThePointsAlongASideInAnyNumberOfDimensions() {
        assertThat(omega(Poisson.poisson2d(100).a())).isCloseTo(1 - 39.48 / 10_000, within(1e-6));
        assertThat(omega(Poisson.poisson2d(32).a())).isCloseTo(1 - 39.48 / 1024, within(1e-5));
        assertThat(omega(Poisson.poisson3d(30).a())).isCloseTo(1 - 39.48 / 900, within(1e-5));
        assertThat(omega(Poisson.poisson2d(8).a())).isEqualTo(0.9);
        assertThat(omega(CsrMatrix.identity(5))).isBetween(0.9, 1.0);
    }

    @Test
    void multigridComesFirstOnLargeGridsSecondOnSmallerOnesAndNotOnTheSmallest() {
        assertThat(arms(Poisson.poisson2d(120).a()).get(0).preconditioner()).isInstanceOf(Amg.class);
        List<Configuration> second = arms(Poisson.poisson2d(100).a());
        assertThat(second.get(0).preconditioner()).isInstanceOf(RelaxedIc0.class);
        assertThat(second.get(1).preconditioner()).isInstanceOf(Amg.class);
        assertThat(arms(Poisson.poisson3d(25).a()).get(0).preconditioner()).isInstanceOf(RelaxedIc0.class);
        assertThat(arms(Poisson.poisson2d(40).a())).noneMatch(c -> c.preconditioner() instanceof Amg);
    }

    @Test
    void aShortStepInTimeNeedsNoMultigrid() {
        CsrMatrix small = DriftingSequences.heat(210, 1, 1e-4, 1)
                .findFirst()
                .orElseThrow()
                .system()
                .a();
        assertThat(arms(small).get(0).preconditioner()).isInstanceOf(RelaxedIc0.class);
        CsrMatrix large = DriftingSequences.heat(210, 1, 1, 1)
                .findFirst()
                .orElseThrow()
                .system()
                .a();
        assertThat(arms(large).get(0).preconditioner()).isInstanceOf(Amg.class);
    }

    @Test
    void otherClassesHaveListsOfTheirOwn() {
        CsrMatrix wind = DriftingSequences.convection(20, 1)
                .findFirst()
                .orElseThrow()
                .system()
                .a();
        assertThat(arms(wind).get(0).name()).isEqualTo("bicgstab with milu0");
        CsrMatrix weak = wind.plus(1, -wind.diagonal()[0], CsrMatrix.identity(wind.rows()));
        assertThat(arms(weak).get(0).name()).isEqualTo("gmres with matched");
    }

    @Test
    void theChoiceTakesNoMoreProductsThanAnyOfItsPartsAlone() {
        List<LinearSystem> systems =
                DriftingSequences.diffusion(40, 24).map(SequenceSystem::system).toList();
        List<Configuration> all = arms(systems.get(0).a());
        long choice = products(systems, all);
        for (Configuration c : all) {
            assertThat(choice).as(c.name()).isLessThanOrEqualTo(products(systems, List.of(c)) * 11 / 10);
        }
    }

    private static long products(List<LinearSystem> systems, List<Configuration> configurations) {
        SequenceSession session = SequenceSession.builder(configurations).build();
        for (LinearSystem s : systems) {
            assertThat(session.solve(s.a(), s.b(), new double[s.size()]).converged())
                    .isTrue();
        }
        return session.report().operatorApplications();
    }
}
