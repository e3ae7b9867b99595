package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import org.junit.jupiter.api.Test;

/** Data at and beyond the ends of what a double holds, and limits at the ends of their ranges. */
interface NumericFaults<W extends Workspace> extends SolverSubject<W> {
    /** What no datum may be. */
    double[] NOT_FINITE = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};

    @Test
    default void valuesNotFiniteInTheMatrixEndTheSolve() {
        CsrMatrix a = model(20);
        double[] b = Measure.random(20, 0xfa0001);
        double[] x0 = Measure.random(20, 0xfa0002);
        for (double bad : NOT_FINITE) {
            for (int at : new int[] {0, a.nnz() / 2, a.nnz() - 1}) {
                CsrMatrix broken = Matrices.with(a, at, bad);
                try {
                    SolveResult result = verdict(limits(), broken, broken, Preconditioner.identity(20), b, x0);
                    assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
                    assertThat(result.iterate()).containsExactly(x0);
                } catch (IllegalArgumentException e) {
                    assertThat(needsEntries()).as("refused at the door: %s", e).isTrue();
                }
            }
        }
    }

    @Test
    default void valuesNotFiniteInTheRightHandSideEndTheSolve() {
        CsrMatrix a = model(20);
        double[] x0 = Measure.random(20, 0xfa0003);
        for (double bad : NOT_FINITE) {
            for (int at : new int[] {0, 19}) {
                double[] b = Measure.random(20, 0xfa0004);
                b[at] = bad;
                SolveResult result = verdict(limits(), a, a, Preconditioner.identity(20), b, x0);
                assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
                assertThat(result.report().part()).isEqualTo(Part.RIGHT_HAND_SIDE);
                assertThat(result.iterate()).containsExactly(x0);
            }
        }
    }

    @Test
    default void valuesNotFiniteInTheGuessEndTheSolve() {
        CsrMatrix a = model(20);
        for (double bad : NOT_FINITE) {
            for (int at : new int[] {0, 19}) {
                for (double[] b : new double[][] {Measure.random(20, 0xfa0005), new double[20]}) {
                    double[] x0 = Measure.random(20, 0xfa0006);
                    x0[at] = bad;
                    SolveResult result = verdict(limits(), a, a, Preconditioner.identity(20), b, x0);
                    assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
                    assertThat(result.report().part()).isEqualTo(Part.INITIAL_GUESS);
                }
            }
        }
    }

    @Test
    default void tinyAndHugeRightHandSidesHaveTheScaledSolution() {
        CsrMatrix a = model(40);
        double[] b = Measure.random(40, 0xfa0007);
        double[] x = verdict(a, b).solution().clone();
        for (double scale : new double[] {1e-300, 1e-200, 1e-150, 1e150, 1e200, 1e300}) {
            double[] scaled = b.clone();
            for (int i = 0; i < 40; i++) {
                scaled[i] *= scale;
            }
            double[] got = verdict(a, scaled).solution();
            for (int i = 0; i < 40; i++) {
                assertThat(got[i] / scale).as("b scaled by %s", scale).isCloseTo(x[i], within(1e-6));
            }
        }
    }

    @Test
    default void subnormalRightHandSideIsSolved() {
        double[] b = new double[40];
        b[3] = 1e-310;
        b[39] = -3e-310;
        assertThat(verdict(model(40), b).converged()).isTrue();
    }

    @Test
    default void subnormalMatrixEntriesGiveATypedOutcome() {
        CsrMatrix a = Matrices.scaled(model(20), 1e-310);
        survives(a, Measure.random(20, 0xfa0008));
        double[] b = new double[20];
        a.apply(Measure.random(20, 0xfa0009), b);
        survives(a, b);
    }

    @Test
    default void hugeAndTinyMatrixEntriesGiveATypedOutcome() {
        for (double scale : new double[] {1e-300, 1e-160, 1e160, 1e300}) {
            survives(Matrices.scaled(model(20), scale), Measure.random(20, 0xfa000a));
        }
        CsrMatrix a = model(20);
        survives(Matrices.with(a, 0, 1e300), Measure.random(20, 0xfa000b));
        survives(Matrices.with(a, a.nnz() - 1, 1e300), Measure.random(20, 0xfa000b));
        survives(Matrices.diagonal(1e-300, 1, 1e300), new double[] {1, 1, 1});
    }

    @Test
    default void solutionBeyondTheRangeIsNoSuccess() {
        double[] b = new double[20];
        b[7] = 1e200;
        survives(Matrices.scaled(model(20), 1e-200), b);
        survives(Matrices.diagonal(1e-200, 1), new double[] {1e200, 1e200});
    }

    @Test
    default void solutionBelowTheRangeIsNoSuccess() {
        double[] b = new double[20];
        b[7] = 1e-200;
        survives(Matrices.scaled(model(20), 1e200), b);
        survives(Matrices.diagonal(1e200, 1), new double[] {1e-200, 1e-200});
    }

    @Test
    default void conditionBeyondPrecisionGivesATypedOutcome() {
        double[] d = new double[37];
        for (int i = 0; i < d.length; i++) {
            d[i] = Math.pow(10, -i / 2.0); // 1 … 1e-18
        }
        survives(Matrices.diagonal(d), Measure.random(37, 0xfa000c));
    }

    @Test
    default void zeroToleranceEnds() {
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xfa000d);
        SolveResult result = verdict(limits().withRtol(0), a, a, Preconditioner.identity(60), b, new double[60]);
        assertThat(result.report().relativeResidual()).isLessThan(1e-10);
        assertThat(result.cause()).isIn(Cause.CONVERGED, Cause.STAGNATION, Cause.BREAKDOWN, Cause.MAX_ITERATIONS);
    }

    @Test
    default void toleranceBelowPrecisionEnds() {
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xfa000e);
        for (double rtol : new double[] {1e-17, 1e-20, 1e-300}) {
            SolveResult result = verdict(limits().withRtol(rtol), a, a, Preconditioner.identity(60), b, new double[60]);
            assertThat(result.report().relativeResidual()).isLessThan(1e-10);
            assertThat(result.cause()).isIn(Cause.CONVERGED, Cause.STAGNATION, Cause.BREAKDOWN, Cause.MAX_ITERATIONS);
        }
    }

    @Test
    default void absoluteToleranceIsAbsolute() {
        CsrMatrix a = model(40);
        double[] b = Measure.random(40, 0xfa000f);
        StoppingCriteria loose = limits().withRtol(0).withAtol(0.5);
        SolveResult result = verdict(loose, a, a, Preconditioner.identity(40), b, new double[40]);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().tolerance()).isEqualTo(0.5);
    }

    @Test
    default void maxIterationsZeroOnlyLooks() {
        CsrMatrix a = model(20);
        double[] b = Measure.random(20, 0xfa0010);
        double[] x0 = Measure.random(20, 0xfa0011);
        SolveResult result = verdict(limits().withMaxIterations(0), a, a, Preconditioner.identity(20), b, x0);
        assertThat(result.cause()).isEqualTo(Cause.MAX_ITERATIONS);
        assertThat(result.iterate()).containsExactly(x0);
        assertThat(result.report().residualNorm()).isCloseTo(Measure.norm(Measure.residual(a, b, x0)), within(1e-12));
    }

    @Test
    default void maxIterationsIsKept() {
        CsrMatrix a = model(200);
        double[] b = Measure.random(200, 0xfa0012);
        for (int limit = 1; limit <= 4; limit++) {
            SolveResult result =
                    verdict(limits().withMaxIterations(limit), a, a, Preconditioner.identity(200), b, new double[200]);
            assertThat(result.cause()).isEqualTo(Cause.MAX_ITERATIONS);
            assertThat(result).isInstanceOf(SolveResult.Stopped.class);
            assertThat(result.report().iterations()).isLessThanOrEqualTo(limit);
        }
    }
}
