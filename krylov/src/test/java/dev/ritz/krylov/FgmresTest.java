package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import org.junit.jupiter.api.Test;

class FgmresTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;

    @Test
    void isGmresWhenThePreconditionerIsFixed() {
        CsrMatrix a = Systems.convectionDiffusion(16, 0.7);
        double[] b = Systems.random(256, 0xf1);
        double[] x0 = Systems.random(256, 0xf2);
        double[] d = new double[256];
        for (int i = 0; i < d.length; i++) {
            d[i] = 4 + Math.sin(i);
        }
        Preconditioner m = Systems.diagonalPreconditioner(Kind.FIXED, d);
        SolveResult flexible = new Fgmres(CRITERIA, 7).solveFrom(a, m, b, x0);
        SolveResult fixed = new Gmres(CRITERIA, 7).solveFrom(a, m, b, x0);
        assertThat(flexible.converged()).isTrue();
        assertThat(flexible.report().iterations()).isEqualTo(fixed.report().iterations());
        double[] expected = fixed.report().history();
        double[] history = flexible.report().history();
        for (int k = 0; k < history.length; k++) {
            assertThat(history[k]).isCloseTo(expected[k], within(1e-8 * expected[k]));
        }
    }

    @Test
    void theEstimateIsTheMinimumOverTheDirectionsItStored() {
        CsrMatrix a = Systems.convectionDiffusion(8, 0.7);
        double[] b = Systems.random(64, 0xf3);
        int m = 9;
        double[][] columns = new double[m][];
        Preconditioner alternating = Systems.alternating(a, 0.8);
        int[] calls = {0};
        Preconditioner recording = Systems.preconditioner(64, Kind.VARIABLE, (r, z) -> {
            alternating.apply(r, z);
            columns[calls[0]++] = Systems.times(a, z);
        });
        SolveResult result = new Fgmres(CRITERIA.withMaxIterations(m), m).solve(a, recording, b);
        assertThat(calls[0]).isEqualTo(m);
        double minimum = Systems.leastSquares(columns, b);
        assertThat(result.report().history()[m]).isCloseTo(minimum, within(1e-12));
        assertThat(Systems.residual(a, b, result.iterate())).isCloseTo(minimum, within(1e-12));
    }

    @Test
    void takesAnInnerMethodAsPreconditioner() {
        CsrMatrix a = Systems.convectionDiffusion(20, 0.4);
        double[] b = Systems.random(400, 0xf4);
        Gmres inner = new Gmres(CRITERIA.withRtol(0.1), 10);
        Preconditioner m = Systems.preconditioner(400, Kind.VARIABLE, (r, z) -> {
            double[] y = inner.solve(a, Preconditioner.identity(400), r).iterate();
            System.arraycopy(y, 0, z, 0, 400);
        });
        SolveResult result = new Fgmres().solve(a, m, b);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isBetween(4, 12);
        assertThatThrownBy(() -> new Gmres().solve(a, m, b))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Fgmres");
    }

    @Test
    void dependentDirectionsBreakDown() {
        // z = e₁ at every call: the second column adds nothing
        CsrMatrix a = Systems.diagonal(2, 1, 1);
        Preconditioner m = Systems.preconditioner(3, Kind.VARIABLE, (r, z) -> {
            z[0] = 1;
            z[1] = 0;
            z[2] = 0;
        });
        SolveResult result = new Fgmres().solve(a, m, new double[] {1, 1, 0});
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().residualNorm()).isCloseTo(1, within(1e-14));
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = Systems.convectionDiffusion(10, 0.4);
        Report report = new Fgmres(CRITERIA, 8)
                .solve(a, Systems.alternating(a, 0.1), Systems.random(100, 0xf5))
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.restarts()).isEqualTo((report.iterations() - 1) / 8).isPositive();
        assertThat(report.operatorApplications()).isEqualTo(report.iterations() + report.restarts() + 2);
        assertThat(report.preconditionerApplications()).isEqualTo(report.iterations());
        assertThat(new Fgmres(CRITERIA, 8).newWorkspace(100).bytes()).isEqualTo((2 * 8 + 2) * 800L);
    }

    @Test
    void refusesASpaceOfNothing() {
        assertThatThrownBy(() -> new Fgmres(CRITERIA, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("restart = 0, expected at least 1");
    }
}
