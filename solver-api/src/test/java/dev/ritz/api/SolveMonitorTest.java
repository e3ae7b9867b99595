package dev.ritz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SolveMonitorTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;

    // ---------------------------------------------------------------- the verdict

    @Test
    void aClaimAloneIsNoSuccess() {
        SolveResult result = solve(CRITERIA, new double[] {3, 4}, (s, r) -> {
            while (s.unfinished(r)) {
                assertThat(s.proceed(0)).isFalse(); // and x never moves
            }
        });
        assertThat(result).isInstanceOf(SolveResult.Failed.class);
        assertThat(result.cause()).isEqualTo(Cause.STAGNATION);
        Report report = result.report();
        assertThat(report.residualNorm()).isEqualTo(5);
        assertThat(report.verified()).isTrue();
        assertThat(report.iterations()).as("one retry").isEqualTo(2);
        assertThat(report.restarts()).isEqualTo(1);
        assertThat(report.detail()).contains("estimate met the tolerance", "recomputed residual did not");
    }

    @Test
    void falseClaimsMayGoOnWhileEachRetryGains() {
        SolveResult result = solve(CRITERIA, new double[] {3, 4}, (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(0);
                add(s.x(), 0.995, r); // the true residual falls by a factor of 200
            }
        });
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isEqualTo(4); // 200⁻⁴ ≤ 1e-8 < 200⁻³
        assertThat(result.report().residualNorm()).isCloseTo(3.125e-9, within(1e-14));
        assertThat(result.solution()).isSameAs(result.iterate());
    }

    @Test
    void aBreakdownAtTheSolutionIsASuccess() {
        SolveResult result = solve(CRITERIA, new double[] {3, 4}, (s, r) -> {
            while (s.unfinished(r)) {
                add(s.x(), 1, r);
                s.fail(Cause.BREAKDOWN, "omega = 0");
            }
        });
        assertThat(result.converged()).isTrue();
        assertThat(result.report().detail()).isEmpty();
        assertThat(result.report().part()).isEqualTo(Part.METHOD);
    }

    @Test
    void aBreakdownElsewhereKeepsItsFirstCause() {
        SolveResult result = solve(CRITERIA, new double[] {3, 4}, (s, r) -> {
            while (s.unfinished(r)) {
                s.fail(Cause.BREAKDOWN, "omega = 0");
                s.fail(Cause.STAGNATION, "too late");
            }
        });
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().detail()).isEqualTo("omega = 0");
        assertThat(result.iterate()).containsExactly(0, 0);
    }

    @Test
    void theBestIterateComesBackWithItsOwnResidual() {
        SolveResult result = solve(CRITERIA.withMaxIterations(4), new double[] {1, 0}, steps(0.5, 0.1, 20, 7));
        assertThat(result.cause()).isEqualTo(Cause.MAX_ITERATIONS);
        assertThat(result.iterate()[0]).isCloseTo(0.9, within(1e-15));
        assertThat(result.report().residualNorm()).isCloseTo(0.1, within(1e-15));
        assertThat(result.report().verified()).isTrue();
        assertThat(result.report().history()).containsExactly(1, 0.5, 0.1, 20, 7);
    }

    @Test
    void theLastIterateStaysWhereItIsTheBest() {
        SolveResult result = solve(CRITERIA.withMaxIterations(4), new double[] {1, 0}, steps(0.5, 4, 0.3, 0.2));
        assertThat(result.iterate()[0]).isCloseTo(0.8, within(1e-15));
        assertThat(result.report().detail()).isEqualTo("maxIterations = 4");
    }

    /** The estimate says 1e-6 where the residual is 9: such an iterate must not replace one that is truly at 0.5. */
    @Test
    void aRememberedIterateIsNotBelievedOnItsEstimate() {
        SolveResult result = solve(CRITERIA.withMaxIterations(2), new double[] {1, 0}, (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(1e-6);
                s.x()[0] = 10;
                s.proceed(0.5);
                s.x()[0] = 0.5;
            }
        });
        assertThat(result.iterate()).containsExactly(0.5, 0);
        assertThat(result.report().residualNorm()).isEqualTo(0.5);
    }

    @Test
    void divergenceIsCaughtByEstimateAndByResidual() {
        StoppingCriteria tight = CRITERIA.withDtol(10);
        SolveResult byEstimate = solve(tight, new double[] {1, 0}, steps(5, 11, 0.1));
        assertThat(byEstimate.cause()).isEqualTo(Cause.DIVERGENCE);
        assertThat(byEstimate.report().iterations()).isEqualTo(2);
        assertThat(byEstimate.iterate()).containsExactly(0, 0);
        SolveResult byResidual = solve(tight, new double[] {1, 0}, (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(0.5);
                s.x()[0] = 100;
            }
        });
        assertThat(byResidual.cause()).isEqualTo(Cause.DIVERGENCE);
        assertThat(byResidual.iterate()).containsExactly(0, 0);
        assertThat(byResidual.report().residualNorm()).isEqualTo(1);
    }

    // ---------------------------------------------------------------- what is not finite

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void dataThatIsNotFiniteIsNamedAndXStaysAsItWas(double bad) {
        double[] x = {1, 2};
        SolveResult result = solve(CRITERIA, CsrMatrix.identity(2), new double[] {1, bad}, x, never());
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.report().part()).isEqualTo(Part.RIGHT_HAND_SIDE);
        assertThat(result.report().history()).isEmpty();
        assertThat(x).containsExactly(1, 2);

        double[] guess = {bad, 2};
        result = solve(CRITERIA, CsrMatrix.identity(2), new double[] {1, 1}, guess, never());
        assertThat(result.report().part()).isEqualTo(Part.INITIAL_GUESS);
        assertThat(guess[1]).isEqualTo(2);

        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0}, {0, bad}});
        result = solve(CRITERIA, a, new double[] {1, 1}, x, never());
        assertThat(result.report().part()).isEqualTo(Part.OPERATOR);
        assertThat(result.report().detail()).isEqualTo("b - A x0 is not finite");
        assertThat(x).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void anEstimateThatIsNotFiniteEndsTheSolveAtTheBestIterate(double bad) {
        SolveResult result = solve(CRITERIA, new double[] {1, 0}, (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(0.5);
                s.x()[0] = 0.5;
                assertThat(s.proceed(bad)).isFalse();
                s.x()[0] = Double.NaN;
            }
        });
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.iterate()).containsExactly(0.5, 0);
        assertThat(result.report().residualNorm()).isEqualTo(0.5);
        assertThat(result.report().verified()).isTrue();
    }

    @Test
    void anIterateThatTurnsNaNUnnoticedIsFoundByItsResidual() {
        SolveResult result = solve(CRITERIA, new double[] {1, 0}, (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(0);
                s.x()[0] = Double.NaN;
            }
        });
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.iterate()).containsExactly(0, 0);
    }

    @Test
    void anOperatorThatTurnsNaNForGoodLeavesAnEstimateThatIsNamedSo() {
        FaultyOperator a = new FaultyOperator(2, 3, (v, y) -> Arrays.fill(y, Double.NaN));
        double[] x = new double[2];
        SolveResult result = Scripted.richardson(CRITERIA, 0.5)
                .solve(a, Preconditioner.identity(2), new double[] {1, 0}, x, memory(2), IterationListener.NONE);
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(x).containsExactly(0.5, 0);
        assertThat(result.report().verified()).isFalse();
        assertThat(result.report().residualNorm()).isEqualTo(0.5);
        assertThat(result.report().summary()).endsWith("estimated relative residual 0.5");
    }

    /** Nothing but a recomputed residual makes a success, not even an iterate remembered with an estimate of 0. */
    @Test
    void aRememberedClaimIsNoSuccessWhereTheResidualCannotBeRecomputed() {
        FaultyOperator a = new FaultyOperator(1, 2, (v, y) -> Arrays.fill(y, Double.NaN));
        SolveResult result = solve(CRITERIA, a, new double[] {1}, new double[1], (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(0); // says no, which this method ignores
                s.x()[0] = 0.5;
                s.proceed(Double.NaN);
            }
        });
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.report().verified()).isFalse();
    }

    @Test
    void aScalarOfTheWrongSignIsToldFromOneThatIsNotFinite() {
        for (double value : new double[] {-2, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
            SolveResult result = solve(CRITERIA, new double[] {1, 0}, (s, r) -> {
                while (s.unfinished(r)) {
                    s.failPositive(
                            value,
                            Cause.INDEFINITE_OPERATOR,
                            "p'Ap",
                            new double[] {0, Double.isFinite(value) ? 0 : Double.NaN},
                            Part.OPERATOR);
                }
            });
            boolean finite = Double.isFinite(value);
            assertThat(result.cause()).isEqualTo(finite ? Cause.INDEFINITE_OPERATOR : Cause.NOT_FINITE);
            assertThat(result.report().part()).isEqualTo(finite ? Part.METHOD : Part.OPERATOR);
            assertThat(result.report().detail()).isEqualTo("p'Ap = " + value);
        }
    }

    // ---------------------------------------------------------------- limits

    @Test
    void noIterationsMeansTheGuessUnlessItSolves() {
        StoppingCriteria none = CRITERIA.withMaxIterations(0);
        double[] x = {1, 1};
        SolveResult result = solve(none, CsrMatrix.identity(2), new double[] {3, 4}, x, never());
        assertThat(result).isInstanceOf(SolveResult.Stopped.class);
        assertThat(result.cause()).isEqualTo(Cause.MAX_ITERATIONS);
        assertThat(x).containsExactly(1, 1);
        assertThat(result.report().restarts()).isZero();
        double[] exact = {3, 4};
        result = solve(none, CsrMatrix.identity(2), new double[] {3, 4}, exact, never());
        assertThat(result.converged()).isTrue();
        assertThat(result.report().history()).containsExactly(0);
    }

    @Test
    void theDeadlineEndsASolveBetweenIterations() {
        SolveResult result = solve(CRITERIA.withTimeLimit(Duration.ofNanos(1)), new double[] {1, 0}, steps(0.5));
        assertThat(result.cause()).isEqualTo(Cause.DEADLINE);
        assertThat(result.report().detail()).isEqualTo("timeLimit = PT0.000000001S");
        assertThat(result.iterate()).containsExactly(0, 0);
    }

    @Test
    void anInterruptEndsASolveAndStaysSet() {
        SolveResult result = solve(CRITERIA, new double[] {1, 0}, (s, r) -> {
            Thread.currentThread().interrupt();
            steps(0.5).run(s, r);
        });
        assertThat(Thread.interrupted()).isTrue();
        assertThat(result.cause()).isEqualTo(Cause.CANCELLED);
        assertThat(result.report().detail()).isEqualTo("the thread was interrupted");
    }

    @Test
    void theListenerHearsEveryIterationAndMayCancel() {
        List<String> heard = new ArrayList<>();
        Scripted method = Scripted.richardson(CRITERIA, 0.9);
        IterationListener all = (k, norm) -> heard.add(k + ":" + Math.round(Math.log10(norm)));
        double[] x = new double[2];
        SolveResult result =
                method.solve(CsrMatrix.identity(2), Preconditioner.identity(2), new double[] {1, 0}, x, memory(2), all);
        assertThat(result.converged()).isTrue();
        assertThat(heard).containsExactly("1:-1", "2:-2", "3:-3", "4:-4", "5:-5", "6:-6", "7:-7", "8:-8");

        Arrays.fill(x, 0);
        result = method.solve(
                CsrMatrix.identity(2),
                Preconditioner.identity(2),
                new double[] {1, 0},
                x,
                memory(2),
                (k, norm) -> k < 3);
        assertThat(result.cause()).isEqualTo(Cause.CANCELLED);
        assertThat(result.report().iterations()).isEqualTo(3);
        assertThat(result.report().detail()).isEmpty();
        assertThat(x[0]).isCloseTo(0.999, within(1e-12));
    }

    @Test
    void cancellingTheIterationThatSolvesIsASuccess() {
        SolveResult result = Scripted.richardson(CRITERIA, 1)
                .solve(
                        CsrMatrix.identity(1),
                        Preconditioner.identity(1),
                        new double[] {2},
                        new double[1],
                        memory(1),
                        (k, norm) -> false);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().detail()).isEmpty();
    }

    // ---------------------------------------------------------------- special right-hand sides

    @Test
    void aZeroRightHandSideIsSolvedByZero() {
        double[] x = {1, 2};
        SolveResult result = solve(CRITERIA, CsrMatrix.identity(2), new double[2], x, never());
        assertThat(result.converged()).isTrue();
        assertThat(x).containsExactly(0, 0);
        assertThat(result.report().relativeResidual()).isZero();
        assertThat(result.report().operatorApplications()).isZero();
        assertThat(solve(CRITERIA, new double[0], never()).converged())
                .as("n = 0")
                .isTrue();
    }

    /** Powers of two: scaling commutes with every operation, so the bits are those of the plain system. */
    @ParameterizedTest
    @ValueSource(ints = {-1000, -400, 400, 1000})
    void anExtremeRightHandSideIsSolvedLikeAPlainOne(int exponent) {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0.25}, {0.125, 0.75}});
        double factor = Math.scalb(1.0, exponent);
        double[] b = {1.5, -0.75};
        double[] x0 = {0.5, 2};
        double[] xs = {0.5 * factor, 2 * factor};
        double[] bs = {1.5 * factor, -0.75 * factor};
        double[] kept = bs.clone();
        List<Double> norms = new ArrayList<>();
        Scripted method = Scripted.richardson(CRITERIA, 1);
        Preconditioner m = Preconditioner.identity(2);
        SolveResult plain = method.solve(a, m, b, x0, memory(2), IterationListener.NONE);
        SolveResult scaled = method.solve(a, m, bs, xs, memory(2), (k, norm) -> norms.add(norm));
        assertThat(plain.converged()).isTrue();
        assertThat(scaled.converged()).isTrue();
        assertThat(bs).as("b is unchanged").containsExactly(kept);
        assertThat(xs).containsExactly(x0[0] * factor, x0[1] * factor);
        Report p = plain.report();
        Report s = scaled.report();
        assertThat(s.iterations()).isEqualTo(p.iterations());
        assertThat(s.rhsNorm()).isCloseTo(p.rhsNorm() * factor, within(1e-15 * factor));
        assertThat(s.initialResidualNorm() / factor).isCloseTo(p.initialResidualNorm(), within(1e-14));
        assertThat(s.relativeResidual()).isCloseTo(p.relativeResidual(), within(1e-15));
        assertThat(s.tolerance() / factor).isCloseTo(p.tolerance(), within(1e-20));
        assertThat(norms).hasSize(p.iterations());
        assertThat(s.history()[1] / factor).isCloseTo(p.history()[1], within(1e-14));
        assertThat(norms.get(0)).isEqualTo(s.history()[1]);
    }

    @ParameterizedTest
    @CsvSource({"1e-300, 2e-301, 1", "1e-300, 2e-300, 0", "1e250, 2e249, 1", "1, 0.2, 1"})
    void theAbsoluteToleranceKeepsItsUnits(double b, double atol, int iterations) {
        StoppingCriteria criteria = CRITERIA.withRtol(0).withAtol(atol);
        double[] x = new double[1];
        SolveResult result = Scripted.richardson(criteria, 0.9)
                .solve(
                        CsrMatrix.identity(1),
                        Preconditioner.identity(1),
                        new double[] {b},
                        x,
                        memory(1),
                        IterationListener.NONE);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isEqualTo(iterations);
        assertThat(result.report().tolerance() / atol).isCloseTo(1, within(1e-12));
    }

    @Test
    void aSolutionThatNoDoubleHoldsIsNoSuccess() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1e-200}});
        double[] x = {3};
        SolveResult result = solve(CRITERIA, a, new double[] {1e200}, x, (s, r) -> {
            while (s.unfinished(r)) {
                s.proceed(0);
                s.x()[0] += r[0] * 1e200;
            }
        });
        assertThat(result.converged()).isFalse();
        assertThat(x[0]).isFinite();
        assertThat(result.report().verified()).isTrue();
        assertThat(result.report().residualNorm()).isCloseTo(Math.abs(1e200 - 1e-200 * x[0]), withinPercentage(1e-10));
    }

    // ---------------------------------------------------------------- parts that throw

    @Test
    void anOperatorThatThrowsLeavesTheLastIterateWithABoundOnItsResidual() {
        ArithmeticException boom = new ArithmeticException("boom");
        FaultyOperator a = new FaultyOperator(2, 5, (v, y) -> {
                    throw boom;
                })
                .once();
        double[] x = new double[2];
        SolveResult result = Scripted.richardson(CRITERIA, 0.5)
                .solve(a, Preconditioner.identity(2), new double[] {1, 0}, x, memory(2), IterationListener.NONE);
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.report().part()).isEqualTo(Part.OPERATOR);
        assertThat(result.report().failure()).isSameAs(boom);
        assertThat(result.report().detail()).contains("OPERATOR threw", "boom");
        assertThat(x).containsExactly(0.875, 0);
        assertThat(result.report().verified()).isFalse();
        assertThat(result.report().residualNorm())
                .as("x may not have moved yet")
                .isEqualTo(0.25);
        assertThatThrownBy(result::solution)
                .isInstanceOf(NotConvergedException.class)
                .hasCause(boom);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void anOperatorThatThrowsAtOnceLeavesTheGuess(int call) {
        RuntimeException boom = new RuntimeException("boom");
        FaultyOperator a = new FaultyOperator(1, call, (v, y) -> {
            throw boom;
        });
        double[] x = {0.25};
        SolveResult result = Scripted.richardson(CRITERIA, 0.5)
                .solve(a, Preconditioner.identity(1), new double[] {1}, x, memory(1), IterationListener.NONE);
        assertThat(result.report().failure()).isSameAs(boom);
        assertThat(result.report().verified()).isFalse();
        assertThat(x).containsExactly(0.25);
    }

    @Test
    void aPreconditionerAndAListenerThatThrowAreNamed() {
        Preconditioner m = new Diagonal(1, () -> {
            throw new UnsupportedOperationException("no");
        });
        double[] b = {1};
        SolveResult result = Scripted.richardson(CRITERIA, 0.5)
                .solve(CsrMatrix.identity(1), m, b, new double[1], memory(1), IterationListener.NONE);
        assertThat(result.report().part()).isEqualTo(Part.PRECONDITIONER);
        assertThat(result.report().preconditioner()).isEqualTo("Diagonal");

        result = Scripted.richardson(CRITERIA, 0.5)
                .solve(CsrMatrix.identity(1), Preconditioner.identity(1), b, new double[1], memory(1), (k, norm) -> {
                    throw new IllegalStateException("no");
                });
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.report().part()).isEqualTo(Part.LISTENER);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-300, 1e300})
    void anErrorPassesThroughAndLeavesXFiniteAndTheWorkspaceFree(double size) {
        FaultyOperator a = new FaultyOperator(2, 3, (v, y) -> {
                    Arrays.fill(y, Double.NaN);
                    throw new StackOverflowError("deep");
                })
                .once();
        double[] b = {size, 0};
        double[] x = {0.5 * size, 0};
        Scripted.Memory ws = memory(2);
        Scripted method = Scripted.richardson(CRITERIA, 0.5);
        assertThatThrownBy(() -> method.solve(a, Preconditioner.identity(2), b, x, ws, IterationListener.NONE))
                .isInstanceOf(StackOverflowError.class);
        assertThat(x[0] / size).isBetween(0.5, 1.0);
        assertThat(x[1]).isZero();
        SolveResult again = method.solve(a, Preconditioner.identity(2), b, x, ws, IterationListener.NONE);
        assertThat(again.converged()).isTrue();
    }

    @Test
    void aMethodThatReturnsTooEarlyIsAFailureOfTheMethod() {
        SolveResult result = solve(CRITERIA, new double[] {1}, (s, r) -> s.unfinished(r));
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.report().part()).isEqualTo(Part.METHOD);
        assertThat(result.report().failure()).hasMessageContaining("Scripted returned before unfinished()");
    }

    // ---------------------------------------------------------------- the door

    @Test
    void argumentsAreCheckedBeforeAnyWork() {
        Scripted method = new Scripted(CRITERIA, never());
        CsrMatrix a = CsrMatrix.identity(2);
        Preconditioner m = Preconditioner.identity(2);
        double[] b = {1, 1};
        double[] x = {7, 7};
        Scripted.Memory ws = memory(2);
        IterationListener l = IterationListener.NONE;
        assertRejected(() -> method.solve(null, m, b, x, ws, l), "a is null");
        assertRejected(() -> method.solve(a, null, b, x, ws, l), "m is null");
        assertRejected(() -> method.solve(a, m, null, x, ws, l), "b is null");
        assertRejected(() -> method.solve(a, m, b, null, ws, l), "x is null");
        assertRejected(() -> method.solve(a, m, b, x, null, l), "ws is null");
        assertRejected(() -> method.solve(a, m, b, x, ws, null), "listener is null");
        assertRejected(() -> method.solve(CsrMatrix.fromDense(new double[2][3]), m, b, x, ws, l), "2 by 3", "square");
        assertRejected(() -> method.solve(CsrMatrix.identity(3), m, b, x, ws, l), "3 rows", "workspace is for 2");
        assertRejected(() -> method.solve(a, m, new double[3], x, ws, l), "b has length 3", "expected 2");
        assertRejected(() -> method.solve(a, m, b, new double[1], ws, l), "x has length 1", "expected 2");
        assertRejected(() -> method.solve(a, m, b, b, ws, l), "b and x are the same array");
        assertRejected(() -> method.solve(a, Preconditioner.identity(3), b, x, ws, l), "m has size 3", "2 rows");
        Preconditioner variable = new Diagonal(2, () -> {}, Preconditioner.Kind.VARIABLE);
        assertRejected(
                () -> method.solve(a, variable, b, x, ws, l), "Scripted", "FIXED", "Diagonal is VARIABLE", "flexible");
        assertRejected(() -> memory(-1), "n = -1");
        assertRejected(() -> Preconditioner.identity(-1), "size = -1");
        assertThat(x).containsExactly(7, 7);
    }

    @Test
    void aWorkspaceServesOneSolveAtATime() {
        Scripted.Memory ws = memory(1);
        Scripted method = Scripted.richardson(CRITERIA, 0.5);
        CsrMatrix a = CsrMatrix.identity(1);
        Preconditioner m = Preconditioner.identity(1);
        double[] b = {1};
        SolveResult result = method.solve(a, m, b, new double[1], ws, (k, norm) -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> method.solve(a, m, b, new double[1], ws, IterationListener.NONE))
                    .withMessageContaining("workspace is in use");
            return true;
        });
        assertThat(result.converged()).isTrue();
    }

    @Test
    void aPreconditionerWithoutAnAnswerToItsNameDoesNotLockTheWorkspace() {
        Scripted.Memory ws = memory(1);
        Scripted method = Scripted.richardson(CRITERIA, 0.5);
        Preconditioner nameless = new Diagonal(1, () -> {}) {
            @Override
            public String name() {
                throw new IllegalStateException("no name");
            }
        };
        double[] b = {1};
        CsrMatrix a = CsrMatrix.identity(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> method.solve(a, nameless, b, new double[1], ws, IterationListener.NONE));
        assertThat(method.solve(a, Preconditioner.identity(1), b, new double[1], ws, IterationListener.NONE)
                        .converged())
                .isTrue();
    }

    // ---------------------------------------------------------------- report, history, memory

    @Test
    void theReportCountsAndSaysIt() {
        double[] x = new double[1];
        SolveResult result = Scripted.richardson(CRITERIA, 0.5)
                .solve(
                        CsrMatrix.identity(1),
                        new Diagonal(1, () -> {}),
                        new double[] {1},
                        x,
                        memory(1),
                        IterationListener.NONE);
        Report report = result.report();
        assertThat(report.method()).isEqualTo("Scripted");
        assertThat(report.n()).isEqualTo(1);
        assertThat(report.iterations()).isEqualTo(27); // 2^-27 < 1e-8
        assertThat(report.operatorApplications())
                .as("iterations, first and last residual")
                .isEqualTo(29);
        assertThat(report.preconditionerApplications()).isEqualTo(27);
        assertThat(report.restarts()).isZero();
        assertThat(report.reductions()).isPositive();
        assertThat(report.history()).hasSize(28).startsWith(1, 0.5, 0.25);
        assertThat(report.norm()).contains("2-norm", "unpreconditioned");
        assertThat(report.operatorSeconds()).isPositive();
        assertThat(report.preconditionerSeconds()).isPositive();
        assertThat(report.verifySeconds()).isPositive();
        assertThat(report.totalSeconds())
                .isGreaterThanOrEqualTo(
                        report.operatorSeconds() + report.preconditionerSeconds() + report.verifySeconds());
        assertThat(report.failure()).isNull();
        assertThat(report)
                .hasToString("Scripted with Diagonal: the recomputed residual is within the tolerance; "
                        + "27 iterations, relative residual " + report.relativeResidual());
        SolveResult one = solve(CRITERIA.withMaxIterations(1), new double[] {1, 0}, steps(0.5));
        assertThat(one.report().summary())
                .isEqualTo("Scripted with none: the iteration limit was reached (maxIterations = 1); "
                        + "1 iteration, relative residual 0.5");
        assertThatThrownBy(one::solution)
                .isInstanceOfSatisfying(
                        NotConvergedException.class, e -> assertThat(e.report()).isSameAs(one.report()))
                .hasMessage(one.report().summary());
    }

    @Test
    void theHistoryIsACopyUntilTheNextSolve() {
        Scripted.Memory ws = memory(1);
        Scripted method = Scripted.richardson(CRITERIA.withMaxIterations(1_000), 1e-3); // longer than the first buffer
        CsrMatrix a = CsrMatrix.identity(1);
        Preconditioner m = Preconditioner.identity(1);
        SolveResult first = method.solve(a, m, new double[] {1}, new double[1], ws, IterationListener.NONE);
        double[] history = first.report().history();
        assertThat(history).hasSize(1_001);
        for (int k = 1; k < history.length; k++) {
            assertThat(history[k]).isCloseTo(history[k - 1] * 0.999, within(1e-14));
        }
        history[0] = -1;
        assertThat(first.report().history()[0]).isEqualTo(1);
        method.solve(a, m, new double[] {1}, new double[1], ws, IterationListener.NONE);
        assertThatIllegalStateException()
                .isThrownBy(() -> first.report().history())
                .withMessageContaining("overwritten by a later solve");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 300})
    void aSolveAllocatesOneSmallResult(int iterations) {
        int n = 1_000;
        CsrMatrix a = CsrMatrix.identity(n);
        Preconditioner m = Preconditioner.identity(n);
        double[] b = new double[n];
        Arrays.fill(b, 1e-200); // scaled as well
        double[] x = new double[n];
        Scripted.Memory ws = memory(n);
        Scripted method = new Scripted(CRITERIA.withMaxIterations(iterations), (s, r) -> {
            while (s.unfinished(r)) { // a restart in every iteration
                s.proceed(1e-3);
                add(s.x(), 1e-3, r);
            }
        });
        assertThat(Allocation.perCall(() -> {
                    Arrays.fill(x, 0);
                    method.solve(a, m, b, x, ws, IterationListener.NONE);
                }))
                .isBetween(1L, 512L);
    }

    @Test
    void aWorkspaceCountsItsVectors() {
        Scripted.Memory ws = memory(10);
        assertThat(ws.size()).isEqualTo(10);
        assertThat(ws.bytes()).as("r and the best iterate").isEqualTo(160);
        assertThat(ws.newVectors(3)).hasDimensions(3, 10);
        assertThat(ws.bytes()).isEqualTo(400);
    }

    @Test
    void shortCallsStartFromZeroOrACopyOfTheGuess() {
        double[] b = {1, 2};
        double[] guess = {0.5, 0.5};
        Scripted method = Scripted.richardson(CRITERIA, 0.5);
        CsrMatrix a = CsrMatrix.identity(2);
        Preconditioner m = Preconditioner.identity(2);
        assertThat(method.solve(a, m, b).report().initialResidualNorm()).isEqualTo(Math.sqrt(5));
        SolveResult from = method.solveFrom(a, m, b, guess);
        assertThat(from.report().initialResidualNorm()).isEqualTo(Math.sqrt(2.5));
        assertThat(guess).containsExactly(0.5, 0.5);
    }

    // ---------------------------------------------------------------- scripts and faulty parts

    private static Scripted.Script never() {
        return (s, r) -> assertThat(s.unfinished(r)).isFalse();
    }

    /** Walks x₀ through points whose residuals with A = I, b = e₀ are the given norms, and says so truly. */
    private static Scripted.Script steps(double... norms) {
        return (s, r) -> {
            while (s.unfinished(r)) {
                boolean go = true;
                for (int k = 0; go && k < norms.length; k++) {
                    go = s.proceed(norms[k]);
                    s.x()[0] = 1 - norms[k];
                }
            }
        };
    }

    private static void add(double[] x, double alpha, double[] r) {
        for (int i = 0; i < x.length; i++) {
            x[i] += alpha * r[i];
        }
    }

    private static Scripted.Memory memory(int n) {
        return new Scripted(CRITERIA, never()).newWorkspace(n);
    }

    private static SolveResult solve(StoppingCriteria criteria, double[] b, Scripted.Script script) {
        return solve(criteria, CsrMatrix.identity(b.length), b, new double[b.length], script);
    }

    private static SolveResult solve(
            StoppingCriteria criteria, LinearOperator a, double[] b, double[] x, Scripted.Script script) {
        return new Scripted(criteria, script)
                .solve(a, Preconditioner.identity(b.length), b, x, memory(b.length), IterationListener.NONE);
    }

    private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e).message().contains(parts));
    }

    /** The identity until call k, then a fault: for good, or once. */
    private static final class FaultyOperator implements LinearOperator {
        private final int n;
        private final int first;
        private final Fault fault;
        private boolean once;
        private int calls;

        private interface Fault {
            void strike(double[] v, double[] y);
        }

        FaultyOperator(int n, int first, Fault fault) {
            this.n = n;
            this.first = first;
            this.fault = fault;
        }

        FaultyOperator once() {
            once = true;
            return this;
        }

        @Override
        public int rows() {
            return n;
        }

        @Override
        public int cols() {
            return n;
        }

        @Override
        public void apply(double[] v, double[] y) {
            calls++;
            if (once ? calls == first : calls >= first) {
                fault.strike(v, y);
            } else {
                System.arraycopy(v, 0, y, 0, n);
            }
        }
    }

    /** The identity, but not recognised as such. */
    private static class Diagonal implements Preconditioner {
        private final int n;
        private final Runnable before;
        private final Kind kind;

        Diagonal(int n, Runnable before) {
            this(n, before, Kind.SPD);
        }

        Diagonal(int n, Runnable before, Kind kind) {
            this.n = n;
            this.before = before;
            this.kind = kind;
        }

        @Override
        public int size() {
            return n;
        }

        @Override
        public Kind kind() {
            return kind;
        }

        @Override
        public String name() {
            return "Diagonal";
        }

        @Override
        public void apply(double[] r, double[] z) {
            before.run();
            System.arraycopy(r, 0, z, 0, n);
        }
    }
}
