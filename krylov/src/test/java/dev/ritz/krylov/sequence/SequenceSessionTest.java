package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.Sequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceSessionTest {
    private static final long SEED = 0x5e55_1011L;
    private static final List<LinearSystem> DRIFT =
            Sequences.darcy(24, 12, 0.5, 0.02, SEED).toList();
    private static final ReusePolicy KEEP = new KeepAlways();

    static Stream<IterativeSolver<?>> methods() {
        return Stream.of(new Cg(), new RecyclingCg(), new Gmres(), new GcroDr(StoppingCriteria.DEFAULT, 30, 6, false));
    }

    private static double relativeResidual(LinearSystem s, double[] x) {
        double[] r = new double[s.size()];
        s.a().residual(s.b(), x, r);
        return norm(r) / norm(s.b());
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double e : v) {
            sum += e * e;
        }
        return Math.sqrt(sum);
    }

    private static int products(SequenceSession session, List<LinearSystem> systems) {
        for (LinearSystem s : systems) {
            double[] x = new double[s.size()];
            assertThat(session.solve(s.a(), s.b(), x).converged()).isTrue();
            assertThat(relativeResidual(s, x)).isLessThanOrEqualTo(1e-8);
        }
        return (int) session.report().operatorApplications();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aSequenceTakesFewerProductsThanItsSystems(IterativeSolver<?> method) {
        int alone = 0;
        for (LinearSystem s : DRIFT) {
            alone += method.solve(s.a(), new Ic0().build(s.a()), s.b()).report().operatorApplications();
        }
        SequenceSession session = SequenceSession.builder(method, new Ic0())
                .guess(new Extrapolation(0))
                .build();
        int together = products(session, DRIFT);
        assertThat(together).isLessThan(alone);
        SequenceReport report = session.report();
        assertThat(report.systems()).isEqualTo(12);
        assertThat(report.converged()).isEqualTo(12);
        assertThat(report.built()).isEqualTo(1);
        assertThat(report.rebuilt()).isEqualTo(11);
    }

    @Test
    void withoutAnyPartASessionIsTheSolverAlone() {
        SequenceSession session = SequenceSession.builder(new Cg(), new Ic0())
                .guess(new ZeroGuess())
                .reuse(new AlwaysRebuild())
                .build();
        for (LinearSystem s : DRIFT) {
            double[] x = new double[s.size()];
            Arrays.fill(x, 7e77); // never read
            SolveResult result = session.solve(s.a(), s.b(), x);
            SolveResult alone = new Cg().solve(s.a(), new Ic0().build(s.a()), s.b());
            assertThat(x).isEqualTo(alone.solution());
            assertThat(result.report().operatorApplications())
                    .isEqualTo(alone.report().operatorApplications());
            assertThat(session.lastRecord().operatorApplications())
                    .isEqualTo(alone.report().operatorApplications());
            assertThat(session.lastRecord().guessResidual()).isEqualTo(1);
        }
        assertThat(session.report().savings()).isEmpty();
    }

    @Test
    void theSameSystemTwiceIsSolvedByTheGuess() {
        LinearSystem s = DRIFT.get(0);
        SequenceSession session = SequenceSession.builder(new GcroDr(), new Ilu0())
                .guess(new PreviousSolution())
                .build();
        double[] x = new double[s.size()];
        session.solve(s.a(), s.b(), x);
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.BUILT);
        CsrMatrix copy = s.a().withValues(s.a().values().clone());
        SolveResult second = session.solve(copy, s.b(), x);
        assertThat(second.converged()).isTrue();
        assertThat(second.report().iterations()).isZero();
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.KEPT);
        assertThat(session.lastRecord().refreshApplications()).isZero();
    }

    @Test
    void theSameMatrixWithOtherRightHandSidesRenewsNothing() {
        LinearSystem s = DRIFT.get(0);
        SequenceSession session = SequenceSession.builder(new GcroDr(), new Identity())
                .guess(new ZeroGuess())
                .build();
        int first = 0;
        for (int t = 0; t < 4; t++) {
            double[] b = new double[s.size()];
            for (int i = 0; i < b.length; i++) {
                b[i] = Math.sin(1 + i * (1.3 + t));
            }
            assertThat(session.solve(s.a(), b, new double[b.length]).converged())
                    .isTrue();
            SystemRecord record = session.lastRecord();
            assertThat(record.refreshApplications()).isZero();
            if (t == 0) {
                first = record.iterations();
            } else {
                assertThat(record.recycled()).isEqualTo(20);
                assertThat(record.iterations()).isLessThan(first * 3 / 4);
            }
        }
    }

    @Test
    void matricesOverOneArrayAreDifferentVersions() {
        LinearSystem s = DRIFT.get(0);
        double[] values = s.a().values().clone();
        SequenceSession session = SequenceSession.builder(new RecyclingCg(), new Ic0())
                .reuse(new AlwaysRebuild())
                .build();
        session.solve(s.a().withValues(values), s.b(), new double[s.size()]);
        System.arraycopy(DRIFT.get(5).a().values(), 0, values, 0, values.length);
        session.solve(s.a().withValues(values), s.b(), new double[s.size()]);
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.REBUILT);
        assertThat(session.lastRecord().refreshApplications()).isPositive();
    }

    @Test
    void aGuessWorseThanNothingIsDropped() {
        LinearSystem s = DRIFT.get(0);
        SequenceSession session = SequenceSession.builder(new Cg(), new Ic0())
                .guess(new PreviousSolution())
                .build();
        double[] x = new double[s.size()];
        session.solve(s.a(), s.b(), x);
        double[] opposite = s.b().clone();
        for (int i = 0; i < opposite.length; i++) {
            opposite[i] *= -1e-3;
        }
        SolveResult result = session.solve(s.a(), opposite, x);
        assertThat(result.converged()).isTrue();
        assertThat(session.lastRecord().guessResidual()).isEqualTo(1);
        assertThat(result.report().iterations())
                .isCloseTo(
                        new Cg()
                                .solve(s.a(), new Ic0().build(s.a()), opposite)
                                .report()
                                .iterations(),
                        within(1));
    }

    @Test
    void aStalePreconditionerThatFailsIsRenewed() {
        LinearSystem s = DRIFT.get(0);
        double[] jump = s.a().values().clone();
        int[] diagonal = s.a().pattern().diagonalPositions();
        for (int i = 0; i < diagonal.length; i++) { // unknowns scaled by 1 to 1e5: the old factors are far off
            jump[diagonal[i]] += Math.pow(10, i % 6);
        }
        CsrMatrix other = s.a().withValues(jump);
        IterativeSolver<?> method = new Cg(StoppingCriteria.DEFAULT.withMaxIterations(60));
        SequenceSession session =
                SequenceSession.builder(method, new Ic0()).reuse(KEEP).build();
        double[] x = new double[s.size()];
        assertThat(session.solve(s.a(), s.b(), x).converged()).isTrue();
        assertThat(session.solve(other, s.b(), x).converged()).isTrue();
        SystemRecord record = session.lastRecord();
        assertThat(record.attempts()).isEqualTo(2);
        assertThat(record.preparation()).isEqualTo(Preparation.REBUILT);
        assertThat(record.iterations()).isGreaterThan(60);
        assertThat(session.report().secondAttempts()).isEqualTo(1);
    }

    @Test
    void keptPreconditionersAreReported() {
        SequenceSession session =
                SequenceSession.builder(new Cg(), new Ic0()).reuse(KEEP).build();
        products(session, DRIFT);
        assertThat(session.report().kept()).isEqualTo(11);
        assertThat(session.report().savings())
                .extracting(SequenceReport.Saving::part)
                .contains("preconditioner reuse", "initial guess");
        assertThat(session.report().toString())
                .contains("12 systems, 12 converged")
                .contains("1 built");
    }

    @Test
    void anotherPatternIsBuiltAnewWhateverThePolicySays() {
        SequenceSession session =
                SequenceSession.builder(new GcroDr(), new Ilu0()).reuse(KEEP).build();
        LinearSystem s = DRIFT.get(0);
        double[] x = new double[s.size()];
        session.solve(s.a(), s.b(), x);
        CsrMatrix wider = s.a().plus(1, 1e-4, s.a().times(s.a()));
        assertThat(session.solve(wider, s.b(), x).converged()).isTrue();
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.BUILT);
    }

    @Test
    void anotherSizeBeginsAnew() {
        SequenceSession session =
                SequenceSession.builder(new GcroDr(), new Ilu0()).reuse(KEEP).build();
        for (int side : new int[] {12, 17, 12}) {
            LinearSystem s = Poisson.poisson2d(side);
            assertThat(session.solve(s.a(), s.b(), new double[s.size()]).converged())
                    .isTrue();
            assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.BUILT);
            assertThat(session.lastRecord().recycled()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aBrokenSystemInTheMiddleIsReportedAndLeavesTheSessionUsable(IterativeSolver<?> method) {
        SequenceSession session = SequenceSession.builder(method, new Ic0())
                .guess(new ProjectedGuess(4))
                .reuse(KEEP)
                .build();
        double[] x = new double[DRIFT.get(0).size()];
        for (int t = 0; t < 3; t++) {
            session.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), x);
        }
        double[] values = DRIFT.get(3).a().values().clone();
        values[values.length - 1] = Double.NaN;
        SolveResult broken =
                session.solve(DRIFT.get(3).a().withValues(values), DRIFT.get(3).b(), x);
        assertThat(broken.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(x).doesNotContain(Double.NaN);
        double[] rhs = DRIFT.get(3).b().clone();
        rhs[0] = Double.POSITIVE_INFINITY;
        assertThat(session.solve(DRIFT.get(3).a(), rhs, x).cause()).isEqualTo(Cause.NOT_FINITE);
        CsrMatrix zero = DRIFT.get(3).a().withValues(new double[values.length]);
        assertThat(session.solve(zero, DRIFT.get(3).b(), x).converged()).isFalse();
        for (int t = 4; t < 8; t++) {
            LinearSystem s = DRIFT.get(t);
            assertThat(session.solve(s.a(), s.b(), x).converged()).isTrue();
            assertThat(relativeResidual(s, x)).isLessThanOrEqualTo(1e-8);
        }
        assertThat(session.report().systems()).isEqualTo(10);
        assertThat(session.report().converged()).isEqualTo(7);
    }

    @Test
    void anOperatorThatThrowsIsReported() {
        SequenceSession session =
                SequenceSession.builder(new GcroDr(), new Identity()).build();
        LinearSystem s = DRIFT.get(0);
        Preconditioner none = Preconditioner.identity(s.size());
        double[] x = new double[s.size()];
        int[] calls = {0};
        LinearOperator faulty = new LinearOperator() {
            @Override
            public int rows() {
                return s.size();
            }

            @Override
            public int cols() {
                return s.size();
            }

            @Override
            public void apply(double[] v, double[] y) {
                if (++calls[0] > 200) {
                    throw new IllegalStateException("no more");
                }
                s.a().apply(v, y);
            }
        };
        assertThat(session.solve(faulty, none, s.b(), x, Change.CHANGED, IterationListener.NONE)
                        .converged())
                .isTrue();
        calls[0] = 190;
        double[] other = s.a().diagonal();
        SolveResult broken = session.solve(faulty, none, other, x, Change.CHANGED, IterationListener.NONE);
        assertThat(broken.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(broken.report().failure()).hasMessage("no more");
        assertThat(Arrays.stream(x).allMatch(Double::isFinite)).isTrue();
        calls[0] = 0;
        assertThat(session.solve(faulty, none, other, x, Change.SAME_OPERATOR, IterationListener.NONE)
                        .converged())
                .isTrue();
    }

    @Test
    void aBuildThatFailsLeavesTheSystemWithoutPreconditioner() {
        PreconditionerFactory moody = new PreconditionerFactory() {
            private int builds;

            @Override
            public Preconditioner build(CsrMatrix a) {
                if (++builds == 2) {
                    throw new BuildException(BuildException.Reason.ZERO_PIVOT, 7, "a pivot of 0");
                }
                return new Ic0().build(a);
            }
        };
        SequenceSession session = SequenceSession.builder(new Cg(), moody).build();
        products(session, DRIFT.subList(0, 2));
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.NONE);
        assertThat(session.lastRecord().note()).contains("no preconditioner").contains("a pivot of 0");
        products(session, DRIFT.subList(2, 3));
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.BUILT);
    }

    @Test
    void aKindThatTheMethodDoesNotTakeIsLeftOut() {
        SequenceSession session = SequenceSession.builder(new Cg(), new Ilu0()).build();
        LinearSystem s = DRIFT.get(0);
        assertThat(session.solve(s.a(), s.b(), new double[s.size()]).converged())
                .isTrue();
        assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.NONE);
        assertThat(session.lastRecord().note()).contains("FIXED").contains("SPD");
    }

    @Test
    void aMethodThatNeedsTheEntriesGetsTheMatrixItself() {
        LinearSystem s = Poisson.poisson2d(110); // large enough for another storage format
        SequenceSession session = SequenceSession.builder(
                        new Sor(StoppingCriteria.DEFAULT.withMaxIterations(150), 1.9), new Identity())
                .build();
        double[] x = new double[s.size()];
        for (int t = 0; t < 2; t++) {
            assertThat(session.solve(s.a(), s.b(), x).cause()).isEqualTo(Cause.MAX_ITERATIONS);
        }
    }

    @Test
    void mistakesOfTheCallerAreRefusedBeforeAnyWork() {
        SequenceSession session = SequenceSession.builder(new Cg(), new Ic0()).build();
        LinearSystem s = DRIFT.get(0);
        double[] x = new double[s.size()];
        x[3] = 5;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.solve(s.a(), new double[3], x))
                .withMessageContaining("3")
                .withMessageContaining(String.valueOf(s.size()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.solve(s.a(), x, x))
                .withMessageContaining("same array");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.solve(null, s.b(), x))
                .withMessageContaining("a is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        session.solve(s.a(), new Ilu0().build(s.a()), s.b(), x, Change.CHANGED, IterationListener.NONE))
                .withMessageContaining("FIXED");
        assertThat(x[3]).isEqualTo(5);
        assertThat(session.report().systems()).isZero();
        assertThat(session.lastRecord()).isNull();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void aResumedSessionGoesOnWithTheSameResults(IterativeSolver<?> method, @TempDir Path folder) throws IOException {
        for (ReusePolicy policy : List.of(new AlwaysRebuild(), KEEP)) {
            SequenceSession.Builder builder = SequenceSession.builder(method, new Ic0())
                    .guess(new Extrapolation(1))
                    .reuse(policy);
            SequenceSession whole = builder.build();
            double[] x = new double[DRIFT.get(0).size()];
            Path file = folder.resolve("session.ritz");
            for (int t = 0; t < 6; t++) {
                whole.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), x);
            }
            whole.checkpoint(file);
            SequenceSession resumed = builder.resume(file);
            double[] y = new double[x.length];
            for (int t = 6; t < 12; t++) {
                LinearSystem s = DRIFT.get(t);
                CsrMatrix read = CsrMatrix.of( // as another process would read it
                        s.size(),
                        s.size(),
                        s.a().rowPtr().clone(),
                        s.a().colIdx().clone(),
                        s.a().values().clone());
                whole.solve(s.a(), s.b(), x);
                resumed.solve(read, s.b(), y);
                assertThat(y).isEqualTo(x);
                assertThat(resumed.lastRecord().iterations())
                        .isEqualTo(whole.lastRecord().iterations());
                assertThat(resumed.lastRecord().preparation())
                        .isEqualTo(whole.lastRecord().preparation());
            }
            assertThat(resumed.report().operatorApplications())
                    .isEqualTo(whole.report().operatorApplications());
            assertThat(resumed.report().systems()).isEqualTo(12);
        }
    }

    @Test
    void aCheckpointBeforeTheFirstSystemIsTheBeginning(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("session.ritz");
        SequenceSession.Builder builder = SequenceSession.builder(new Cg(), new Ic0());
        builder.build().checkpoint(file);
        assertThat(products(builder.resume(file), DRIFT)).isEqualTo(products(builder.build(), DRIFT));
    }

    @Test
    void aCheckpointOfAnotherSessionOrADamagedOneIsRefused(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("session.ritz");
        SequenceSession session = SequenceSession.builder(new Cg(), new Ic0()).build();
        products(session, DRIFT.subList(0, 2));
        session.checkpoint(file);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(
                        () -> SequenceSession.builder(new GcroDr(), new Ic0()).resume(file))
                .withMessageContaining("GcroDr");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SequenceSession.builder(new Cg(), new Ic0()).resume(file));
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 3));
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> SequenceSession.builder(new Cg(), new Ic0()).resume(file));
    }

    private static final List<Configuration> CHOICE = List.of(
            new Configuration("wrong", new Cg(), new Ilu0()), // Cg does not take it: runs without preconditioner
            new Configuration("good", new Cg(), new Ic0()),
            new Configuration("hopeless", new Sor(StoppingCriteria.DEFAULT, 1.9999), new Identity()),
            new Configuration("recycling", new RecyclingCg(), new Ic0()));

    @Test
    void theCheapestConfigurationIsFound() {
        SequenceSession session =
                SequenceSession.builder(CHOICE).guess(new ZeroGuess()).build();
        List<LinearSystem> long40 = Sequences.darcy(24, 40, 0.5, 0.02, SEED).toList();
        products(session, long40);
        assertThat(session.lastRecord().configuration()).isEqualTo("good"); // deflation moves more vectors
        SequenceSession fixed = SequenceSession.builder(new Cg(), new Ic0())
                .guess(new ZeroGuess())
                .build();
        products(fixed, long40);
        assertThat((double) session.report().operatorApplications())
                .isLessThan(1.5 * fixed.report().operatorApplications());
    }

    @Test
    void aTrialBeginsWithAPreconditionerOfItsOwn() {
        SequenceSession session = SequenceSession.builder(List.of(CHOICE.get(1), CHOICE.get(3)))
                .guess(new ZeroGuess())
                .reuse(KEEP)
                .build();
        List<LinearSystem> drift = Sequences.darcy(40, 24, 0.5, 0.02, SEED).toList();
        String last = "";
        for (LinearSystem s : drift) {
            products(session, List.of(s));
            SystemRecord record = session.lastRecord();
            boolean firstOfAll = record.chosen().equals("good") && record.index() == 0;
            boolean firstOfTrial = record.chosen().equals("recycling") && last.equals("good");
            assertThat(record.preparation())
                    .as("system %d", record.index())
                    .isEqualTo(firstOfAll || firstOfTrial ? Preparation.BUILT : Preparation.KEPT);
            last = record.chosen();
        }
        assertThat(session.report().built()).isEqualTo(2);
    }

    @Test
    void whereOneConfigurationFailsTheOthersAreTried() {
        IterativeSolver<?> tooShort = new Cg(StoppingCriteria.DEFAULT.withMaxIterations(3));
        SequenceSession session = SequenceSession.builder(List.of(
                        new Configuration("too short", tooShort, new Ic0()),
                        new Configuration("enough", new Cg(), new Ic0())))
                .build();
        products(session, DRIFT.subList(0, 1));
        assertThat(session.lastRecord().configuration()).isEqualTo("enough");
        assertThat(session.lastRecord().note()).contains("too short was given up");
        products(session, DRIFT.subList(1, 12));
    }

    @Test
    void aConfigurationWithoutAPreconditionerForTheMatrixIsPassedOver() {
        List<Configuration> choice = List.of(
                new Configuration("definite", new Cg(), new Ic0()),
                new Configuration("definite too", new RecyclingCg(), new Ic0()),
                new Configuration("general", new Gmres(), new Ilu0()));
        SequenceSession session = SequenceSession.builder(choice).build();
        LinearSystem definite = DRIFT.get(0);
        double[] x = new double[definite.size()];
        assertThat(session.solve(definite.a(), definite.b(), x).converged()).isTrue();
        assertThat(session.lastRecord().configuration()).isEqualTo("definite");
        for (int t = 1; t < 4; t++) {
            CsrMatrix general = unsymmetric(DRIFT.get(t).a());
            assertThat(session.solve(general, definite.b(), x).converged()).isTrue();
            assertThat(session.lastRecord().configuration()).isEqualTo("general");
            assertThat(session.lastRecord().attempts()).isEqualTo(1);
            if (t == 1) {
                assertThat(session.lastRecord().note()).contains("definite was passed over", "not symmetric");
            } else {
                assertThat(session.lastRecord().chosen()).isEqualTo("general"); // learned
            }
        }
        // where nobody has a preconditioner, the one in charge solves without
        SequenceSession helpless = SequenceSession.builder(choice.subList(0, 2)).build();
        SolveResult result = helpless.solve(unsymmetric(definite.a()), definite.b(), x);
        assertThat(result.report().operatorApplications()).isPositive();
        assertThat(helpless.lastRecord().attempts()).isEqualTo(1);
        assertThat(helpless.lastRecord().preparation()).isEqualTo(Preparation.NONE);
    }

    /** The same with entries above the diagonal a tenth larger. */
    private static CsrMatrix unsymmetric(CsrMatrix a) {
        double[] values = a.values().clone();
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                values[k] *= a.colIdx()[k] > i ? 1.1 : 1;
            }
        }
        return CsrMatrix.of(a.rows(), a.cols(), a.rowPtr(), a.colIdx(), values);
    }

    @Test
    void aKeptPreconditionerThatServesNoLongerIsGivenUp() {
        SequenceSession session = SequenceSession.builder(List.of(
                        new Configuration("definite", new Cg(), new Ic0()),
                        new Configuration("general", new Gmres(), new Ilu0())))
                .reuse(KEEP)
                .build();
        double[] x = new double[DRIFT.get(0).size()];
        session.solve(DRIFT.get(0).a(), DRIFT.get(0).b(), x);
        int fresh = session.lastRecord().iterations();
        CsrMatrix general = unsymmetric(DRIFT.get(1).a());
        assertThat(session.solve(general, DRIFT.get(1).b(), x).converged()).isTrue();
        SystemRecord record = session.lastRecord();
        assertThat(record.configuration()).isEqualTo("general");
        assertThat(record.attempts()).isEqualTo(2); // the one kept for at most 5 fresh + 50 steps, then GMRES
        assertThat(record.iterations()).isLessThan(5 * fresh + 50 + 300);
        assertThat(record.note()).contains("definite was given up", "not symmetric");
    }

    @Test
    void wornOutAndWithoutSuccessorTheSystemIsSolvedAllTheSame() {
        LinearSystem smooth = Poisson.poisson1d(300);
        double[] conductivities =
                new Random(SEED).doubles(301, -3, 3).map(Math::exp).toArray();
        CsrMatrix rough = smooth.a().withValues(smooth.a().values().clone());
        for (int i = 0; i < 300; i++) {
            for (int k = rough.rowPtr()[i]; k < rough.rowPtr()[i + 1]; k++) {
                int j = rough.colIdx()[k];
                rough.values()[k] =
                        i == j ? conductivities[i] + conductivities[i + 1] : -conductivities[Math.max(i, j)];
            }
        }
        PreconditionerFactory first = a -> { // exact for the smooth one
            if (a.values()[0] != smooth.a().values()[0]) {
                throw new IllegalStateException("only the first matrix");
            }
            return new Ic0().build(a);
        };
        Configuration once = new Configuration("once", new Cg(), first);
        for (List<Configuration> choice :
                List.of(List.of(once), List.of(once, new Configuration("too", new Gmres(), first)))) {
            SequenceSession session =
                    SequenceSession.builder(choice).reuse(KEEP).build();
            double[] x = new double[300];
            session.solve(smooth.a(), smooth.b(), x);
            assertThat(session.lastRecord().iterations()).isLessThan(3);
            SolveResult result = session.solve(rough, smooth.b(), x);
            assertThat(result.cause()).isNotEqualTo(Cause.CANCELLED); // nobody cancelled
            assertThat(session.lastRecord().attempts()).isEqualTo(2);
            assertThat(session.lastRecord().note()).contains("only the first matrix");
            assertThat(session.lastRecord().preparation()).isEqualTo(Preparation.NONE);
        }
    }

    @Test
    void withoutAPreconditionerNothingIsStale() {
        IterativeSolver<?> tooShort = new Gmres(StoppingCriteria.DEFAULT.withMaxIterations(5), 30);
        SequenceSession session =
                SequenceSession.builder(tooShort, new Identity()).reuse(KEEP).build();
        double[] x = new double[DRIFT.get(0).size()];
        for (int t = 0; t < 3; t++) {
            assertThat(session.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), x).cause())
                    .isEqualTo(Cause.MAX_ITERATIONS);
            assertThat(session.lastRecord().attempts()).isEqualTo(1);
            assertThat(session.lastRecord().iterations()).isEqualTo(5);
        }
    }

    @Test
    void aSessionThatChoosesResumesAlike(@TempDir Path folder) throws IOException {
        SequenceSession.Builder builder = SequenceSession.builder(CHOICE).guess(new BestGuess());
        for (int cut : new int[] {1, 3, 9}) {
            SequenceSession whole = builder.build();
            double[] x = new double[DRIFT.get(0).size()];
            for (int t = 0; t < cut; t++) {
                whole.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), x);
            }
            Path file = folder.resolve("choosing" + cut);
            whole.checkpoint(file);
            SequenceSession resumed = builder.resume(file);
            double[] y = new double[x.length];
            for (int t = cut; t < 12; t++) {
                whole.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), x);
                resumed.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), y);
                assertThat(y).isEqualTo(x);
                assertThat(resumed.lastRecord().configuration())
                        .isEqualTo(whole.lastRecord().configuration());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRebuildThatKeepsAPartOfTheBuildResumesAlike(boolean keepTransfer, @TempDir Path folder) throws IOException {
        SequenceSession.Builder builder = SequenceSession.builder(
                        new Cg(), new Amg().withCoarseSize(10).withKeepTransfer(keepTransfer))
                .reuse(new EveryN(2));
        SequenceSession whole = builder.build();
        double[] x = new double[DRIFT.get(0).size()];
        double[][] solutions = new double[12][];
        int rebuilt = 0;
        for (int t = 0; t < 12; t++) {
            whole.solve(DRIFT.get(t).a(), DRIFT.get(t).b(), x);
            rebuilt += whole.lastRecord().preparation() == Preparation.REBUILT ? 1 : 0;
            whole.checkpoint(folder.resolve("after" + t));
            solutions[t] = x.clone();
        }
        assertThat(rebuilt).isGreaterThan(2);
        for (int t = 0; t < 11; t++) {
            SequenceSession resumed = builder.resume(folder.resolve("after" + t));
            System.arraycopy(solutions[t], 0, x, 0, x.length);
            for (int next = t + 1; next < 12; next++) {
                resumed.solve(DRIFT.get(next).a(), DRIFT.get(next).b(), x);
                assertThat(x).as("system %d after %d", next, t).isEqualTo(solutions[next]);
            }
        }
    }

    @Test
    void aUserWithAMatrixOfHisOwnAndAGuessOfHisOwn() {
        SequenceSession session = SequenceSession.builder(new GcroDr(), new Ilu0())
                .guess(new ProjectedGuess(3))
                .build();
        double[] x = new double[DRIFT.get(0).size()];
        for (int t = 0; t < 9; t++) {
            LinearSystem s = DRIFT.get(t);
            SolveResult result = t % 2 == 0
                    ? session.solve(s.a(), s.b(), x)
                    : session.solveFrom(x.clone(), s.a(), s.b(), x, IterationListener.NONE);
            assertThat(result.converged()).isTrue();
            assertThat(relativeResidual(s, x)).isLessThanOrEqualTo(1e-8);
            assertThat(session.lastRecord().guessResidual()).isLessThanOrEqualTo(1);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        session.solveFrom(x, DRIFT.get(0).a(), DRIFT.get(0).b(), x, IterationListener.NONE))
                .withMessageContaining("x0");
    }

    @Test
    void aGuessOfTheCallersThatIsNoneIsDropped() {
        LinearSystem s = DRIFT.get(0);
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e308}) {
            SequenceSession session =
                    SequenceSession.builder(new Cg(), new Ic0()).build();
            double[] guess = new double[s.size()];
            Arrays.fill(guess, bad);
            double[] x = new double[s.size()];
            assertThat(session.solveFrom(guess, s.a(), s.b(), x, IterationListener.NONE)
                            .converged())
                    .isTrue();
            assertThat(relativeResidual(s, x)).isLessThanOrEqualTo(1e-8);
            assertThat(session.lastRecord().note()).contains("no guess");
        }
    }

    @Test
    void theBitsDoNotDependOnTheThreads() {
        double[] first = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                SequenceSession session = SequenceSession.builder(new GcroDr(), new Ilu0())
                        .guess(new ProjectedGuess(3))
                        .pool(pool)
                        .build();
                double[] x = new double[DRIFT.get(0).size()];
                for (LinearSystem s : DRIFT) {
                    session.solve(s.a().on(pool), s.b(), x);
                }
                if (first == null) {
                    first = x;
                }
                assertThat(x).isEqualTo(first);
            }
        }
    }
}
