package dev.ritz.benchmarks.reproduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.benchmarks.reproduction.SequenceRun.Prepared;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.SequenceSystem;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The parts of the reproduction that its counts rest on. */
class KrylovRecyclingTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withRtol(1e-8);

    @Test
    void theLeftPreconditionedOperatorIsTheInverseTimesTheMatrix() {
        SequenceSystem s = DriftingSequences.convection(5, 1).toList().get(0);
        Prepared left = Prepared.left(s, new Jacobi());
        double[] x = new double[25];
        x[7] = 2;
        double[] y = new double[25];
        left.a().apply(x, y);
        double diagonal = s.system().a().get(7, 7);
        assertThat(y[7]).isCloseTo(2, within(1e-15));
        assertThat(y[8]).isCloseTo(2 * s.system().a().get(8, 7) / s.system().a().get(8, 8), within(1e-15));
        assertThat(left.b()[7]).isCloseTo(s.system().b()[7] / diagonal, within(1e-15));
    }

    @Test
    void whatIsNotSolvedIsChargedWithTheCap() {
        List<Prepared> systems = DriftingSequences.convection(20, 2)
                .map(s -> Prepared.right(s, new Jacobi()))
                .toList();
        SequenceRun run = SequenceRun.alone(new Gmres(CRITERIA.withMaxIterations(5), 40), 1000, systems);
        assertThat(run.unsolved()).isEqualTo(2);
        assertThat(run.iterations()).containsExactly(1000, 1000);
        assertThat(run.mean()).isEqualTo(1000);
        assertThat(run.products()).isGreaterThanOrEqualTo(2000);
    }

    @Test
    void recyclingCountsAsAnIndependentImplementationDoes() {
        List<Prepared> systems = DriftingSequences.convection(48, 10)
                .map(s -> Prepared.right(s, new Ilu0()))
                .toList();
        GcroDr method = new GcroDr(CRITERIA, 40, 20, false);
        SequenceRun recycled = SequenceRun.recycled(method, 10_000, systems);
        assertThat(recycled.sum()).isBetween(283, 301); // 292 and 3 %
        assertThat(recycled.products()).isGreaterThanOrEqualTo(recycled.sum() + 9 * 20);
        assertThat(SequenceRun.alone(method, 10_000, systems).sum()).isBetween(386, 410);
    }

    @Test
    void sortedSystemsAreTheSameOnesInAnotherOrder() {
        List<SequenceSystem> systems =
                RecyclingCase.all().get(0).systems(5, 0x7e57).stream().toList();
        List<SequenceSystem> sorted = SequenceRun.sorted(systems);
        assertThat(sorted).containsExactlyInAnyOrderElementsOf(systems);
        assertThat(sorted.get(0)).isSameAs(systems.get(0));
        assertThat(systems.get(0).system().size()).isEqualTo(48 * 48);
    }
}
