package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import org.junit.jupiter.api.Test;

class CgTest {

    @Test
    void endsAfterNStepsOnTheOneDimensionalLaplacian() {
        int n = 50;
        double[] b = new double[n];
        b[0] = 1;
        SolveResult result = Cg.solve(Systems.poisson1d(n), b);
        assertThat(result.solution()[0]).isCloseTo(n / (n + 1.0), org.assertj.core.data.Offset.offset(1e-8));
        assertThat(result.report().iterations()).isEqualTo(n);
        assertThat(result.report().verified()).isTrue();
    }

    @Test
    void namesAnIndefiniteOperator() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0}, {0, -1}});
        SolveResult result = Cg.solve(a, new double[] {1, 2});
        assertThat(result.cause()).isEqualTo(Cause.INDEFINITE_OPERATOR);
        assertThat(result.report().detail()).startsWith("p'Ap = ");
    }

    @Test
    void solvesATinyRightHandSide() {
        double[] b = new double[40];
        b[3] = 1e-300;
        SolveResult result = Cg.solve(Systems.poisson1d(40), b);
        assertThat(result.converged()).isTrue();
        assertThat(result.solution()[3]).isBetween(3e-300, 4e-300);
    }

    @Test
    void energyNormOfTheErrorFallsAtEveryStep() {
        CsrMatrix a = Systems.poisson2d(12);
        double[] solution = Systems.random(144, 0xc61);
        double[] b = Systems.times(a, solution);
        double[] x0 = Systems.random(144, 0xc62);
        double before = Double.POSITIVE_INFINITY;
        for (int k = 1; k < 30; k++) {
            // rtol = 0 and a best iterate in the energy norm: the last one, unless an earlier residual was smaller
            SolveResult result = new Cg(StoppingCriteria.DEFAULT.withMaxIterations(k))
                    .solveFrom(a, Preconditioner.identity(144), b, x0);
            double[] history = result.report().history();
            if (result.report().residualNorm() > history[k] * (1 + 1e-9)
                    || result.report().residualNorm() < history[k] * (1 - 1e-9)) {
                continue;
            }
            double[] e = Systems.minus(solution, result.iterate());
            double energy = Systems.dot(e, Systems.times(a, e));
            assertThat(energy).isLessThan(before);
            before = energy;
        }
    }

    @Test
    void endsAfterAsManyStepsAsThereAreDistinctEigenvalues() {
        double[] d = new double[60];
        for (int i = 0; i < d.length; i++) {
            d[i] = 1 + i % 4;
        }
        CsrMatrix a = Systems.symmetric(0xc63, d);
        assertThat(Cg.solve(a, Systems.random(60, 0xc64)).report().iterations()).isEqualTo(4);
    }

    @Test
    void convergesAtLeastAsFastAsChebyshev() {
        int side = 20;
        CsrMatrix a = Systems.poisson2d(side);
        double[] solution = Systems.random(side * side, 0xc65);
        double[] b = Systems.times(a, solution);
        double kappa = Math.pow(1 / Math.tan(Math.PI / (2 * (side + 1))), 2);
        double q = (Math.sqrt(kappa) - 1) / (Math.sqrt(kappa) + 1);
        double energy0 = Systems.dot(solution, b);
        for (int k : new int[] {5, 10, 20, 40}) {
            double[] e = Systems.minus(
                    solution,
                    new Cg(StoppingCriteria.DEFAULT.withMaxIterations(k))
                            .solve(a, Preconditioner.identity(side * side), b)
                            .iterate());
            assertThat(Math.sqrt(Systems.dot(e, Systems.times(a, e)) / energy0))
                    .isLessThanOrEqualTo(2 * Math.pow(q, k));
        }
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = Systems.poisson2d(10);
        Preconditioner m = Systems.diagonalPreconditioner(Preconditioner.Kind.SPD, a.diagonal());
        int[] heard = {0};
        Cg cg = new Cg();
        double[] x = new double[100];
        Report report = cg.solve(a, m, Systems.random(100, 0xc66), x, cg.newWorkspace(100), (k, norm) -> {
                    heard[0]++;
                    return k == heard[0];
                })
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(heard[0]).isEqualTo(report.iterations());
        assertThat(report.restarts()).isZero();
        assertThat(report.operatorApplications()).isEqualTo(report.iterations() + 2);
        assertThat(report.preconditionerApplications()).isEqualTo(report.iterations());
    }

    @Test
    void aListenerThatRefusesTheConvergedIterateDoesNotUndoIt() {
        Cg cg = new Cg();
        SolveResult result = cg.solve(
                CsrMatrix.identity(3),
                Preconditioner.identity(3),
                new double[] {1, 2, 3},
                new double[3],
                cg.newWorkspace(3),
                (k, norm) -> false);
        assertThat(result.converged()).isTrue();
    }

    @Test
    void anImpossibleToleranceStagnatesAtRoundingLevel() {
        CsrMatrix a = Systems.poisson2d(12);
        SolveResult result = new Cg(StoppingCriteria.DEFAULT.withRtol(0))
                .solve(a, Preconditioner.identity(144), Systems.random(144, 0xc67));
        assertThat(result.cause()).isEqualTo(Cause.STAGNATION);
        assertThat(result.report().relativeResidual()).isLessThan(1e-14);
    }

    @Test
    void anExceptionInThePreconditionerLeavesTheResidualOfTheIterateInTheReport() {
        CsrMatrix a = Systems.poisson2d(6);
        double[] b = Systems.random(36, 0xc68);
        int[] calls = {0};
        Preconditioner throwing = Systems.preconditioner(36, Preconditioner.Kind.SPD, (r, z) -> {
            if (++calls[0] == 9) {
                throw new ArithmeticException("ninth call");
            }
            System.arraycopy(r, 0, z, 0, 36);
        });
        SolveResult result = new Cg().solve(a, throwing, b);
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(Systems.residual(a, b, result.iterate()))
                .isLessThanOrEqualTo(result.report().residualNorm() * (1 + 1e-12));
    }
}
