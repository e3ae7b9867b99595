package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import org.junit.jupiter.api.Test;

class FlexibleCgTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;

    @Test
    void isConjugateGradientsWhenThePreconditionerIsFixed() {
        CsrMatrix a = Systems.poisson2d(15)
                .plus(
                        1,
                        1,
                        Systems.diagonal(Systems.random(225, 0x5eed1))
                                .times(Systems.diagonal(Systems.random(225, 0x5eed1))));
        double[] b = Systems.random(225, 0x5eed2);
        Preconditioner m = Systems.diagonalPreconditioner(Preconditioner.Kind.SPD, a.diagonal());
        double[] reference = new Cg().solve(a, m, b).report().history();
        for (int truncation : new int[] {1, 2, 5}) {
            double[] history =
                    new FlexibleCg(CRITERIA, truncation).solve(a, m, b).report().history();
            assertThat(history).hasSameSizeAs(reference);
            for (int k = 0; k < history.length; k++) {
                assertThat(history[k]).isCloseTo(reference[k], within(1e-6 * reference[k]));
            }
        }
    }

    @Test
    void copesWithAPreconditionerThatAlternates() {
        CsrMatrix a = Systems.poisson2d(30);
        double[] b = Systems.random(900, 0x5eed3);
        SolveResult result = new FlexibleCg(CRITERIA, 1).solve(a, Systems.alternating(a, 0.3), b);
        assertThat(result.converged()).isTrue();
        int one = result.report().iterations();
        int ten = new FlexibleCg(CRITERIA, 10)
                .solve(a, Systems.alternating(a, 0.3), b)
                .report()
                .iterations();
        assertThat(ten).isLessThan(one);
    }

    @Test
    void everyResidualIsOrthogonalToTheDirectionBefore() {
        // ‖e_k‖_A falls at every step, whatever positive definite M does
        CsrMatrix a = Systems.poisson2d(12);
        double[] solution = Systems.random(144, 0x5eed4);
        double[] b = Systems.times(a, solution);
        double before = Double.POSITIVE_INFINITY;
        for (int k = 1; k < 25; k++) {
            SolveResult result =
                    new FlexibleCg(CRITERIA.withMaxIterations(k), 1).solve(a, Systems.alternating(a, 0.9), b);
            double[] e = Systems.minus(solution, result.iterate());
            double energy = Systems.dot(e, Systems.times(a, e));
            assertThat(energy).isLessThan(before);
            before = energy;
        }
    }

    @Test
    void namesTheIndefinitePart() {
        double[] b = {1, 2, 3};
        SolveResult operator = FlexibleCg.solve(Systems.diagonal(1, -1, 1), b);
        assertThat(operator.cause()).isEqualTo(Cause.INDEFINITE_OPERATOR);
        assertThat(operator.report().detail()).startsWith("p'Ap = ");
        SolveResult preconditioner = new FlexibleCg()
                .solve(
                        Systems.diagonal(1, 2, 3),
                        Systems.diagonalPreconditioner(Preconditioner.Kind.FIXED, -1, -1, -1),
                        b);
        assertThat(preconditioner.cause()).isEqualTo(Cause.INDEFINITE_PRECONDITIONER);
        SolveResult notFinite = new FlexibleCg()
                .solve(
                        Systems.diagonal(1, 2, 3),
                        Systems.diagonalPreconditioner(Preconditioner.Kind.VARIABLE, 1, Double.NaN, 1),
                        b);
        assertThat(notFinite.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(notFinite.report().part()).isEqualTo(Part.PRECONDITIONER);
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = Systems.poisson2d(10);
        double[] b = Systems.random(100, 0x5eed5);
        Report report = new FlexibleCg(CRITERIA, 3)
                .solveFrom(a, Systems.alternating(a, 0.1), b, Systems.random(100, 0x5eed6))
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.restarts()).isZero();
        assertThat(report.operatorApplications()).isEqualTo(report.iterations() + 2);
        assertThat(report.preconditionerApplications()).isEqualTo(report.iterations());
        assertThat(report.history()).hasSize(report.iterations() + 1);
        assertThat(new FlexibleCg(CRITERIA, 3).newWorkspace(100).bytes()).isEqualTo((2 * 3 + 3) * 800L);
    }

    @Test
    void refusesAMemoryOfNothing() {
        assertThatThrownBy(() -> new FlexibleCg(CRITERIA, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("truncation = 0, expected at least 1");
    }
}
