package dev.ritz.krylov.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.Systems;
import dev.ritz.krylov.stationary.Jacobi;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Sequences;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunedSequenceTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;
    private static final double[] NONE = {};

    private static CsrMatrix shifted(double c) {
        return Systems.poisson2d(10).plus(1, c, CsrMatrix.identity(100));
    }

    private static double[] ones(int n) {
        double[] b = new double[n];
        Arrays.fill(b, 1);
        return b;
    }

    private static int sor(CsrMatrix a, double omega, double[] b) {
        return new Sor(CRITERIA, omega)
                .solve(a, Preconditioner.identity(a.rows()), b)
                .report()
                .iterations();
    }

    /** The table of counts of SOR on shifted Laplacians; the last column is at Young's optimum. */
    @Test
    void sorTakesTheIterationsOfTheExperiments() {
        double[] shifts = {-0.15, 0, 0.25, 0.45};
        double[] omegas = {1.0, 1.2, 1.4, 1.5, 1.6, 1.8, 1.9};
        int[][] counts = {
            {2927, 1950, 1252, 971, 724, 293, 189},
            {223, 145, 88, 62, 43, 89, 187},
            {91, 58, 27, 32, 43, 90, 187},
            {64, 39, 25, 30, 42, 89, 185}
        };
        double[] optima = {1.853594, 1.560388, 1.399060, 1.327919};
        int[] atOptimum = {147, 41, 27, 23};
        for (int s = 0; s < shifts.length; s++) {
            CsrMatrix a = shifted(shifts[s]);
            for (int j = 0; j < omegas.length; j++) {
                assertThat(sor(a, omegas[j], ones(100)))
                        .as("c = %s, omega = %s", shifts[s], omegas[j])
                        .isEqualTo(counts[s][j]);
            }
            double optimum = SorTheory.optimum(SorTheory.jacobiRadius(a));
            assertThat(optimum).isCloseTo(optima[s], within(1e-6));
            assertThat(sor(a, optimum, ones(100))).isEqualTo(atOptimum[s]);
        }
    }

    @Test
    void theTheoryOfSorHolds() {
        CsrMatrix a = shifted(0.1);
        double beta = 4 * Math.cos(Math.PI / 11) / 4.1; // eigenvalues of the stencil by hand
        assertThat(SorTheory.jacobiRadius(a)).isCloseTo(beta, within(1e-12));
        double best = SorTheory.optimum(beta);
        assertThat(SorTheory.rate(best, beta)).isCloseTo(best - 1, within(1e-7));
        assertThat(SorTheory.rate(1, beta)).isCloseTo(beta * beta, within(1e-15));
        assertThat(SorTheory.rate(best - 1e-9, beta)).isCloseTo(best - 1, within(1e-3));
        for (double omega = 1; omega < 1.95; omega += 0.05) { // U bounds the count when τ covers the gap
            assertThat(sor(a, omega, ones(100)))
                    .isLessThanOrEqualTo((int) Math.ceil(SorTheory.iterations(omega, beta, 0.35, 1e-8)));
            assertThat(SorTheory.iterations(omega, beta, 0, 1e-8))
                    .isCloseTo(1 + Math.log(1e-8) / Math.log(SorTheory.rate(omega, beta)), within(1e-9));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> SorTheory.optimum(1));
        assertThatIllegalArgumentException().isThrownBy(() -> SorTheory.rate(2, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> SorTheory.iterations(1, 0.5, 1, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> SorTheory.iterations(1, 0.5, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SorTheory.jacobiRadius(CsrMatrix.fromDense(new double[][] {{-1}})));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SorTheory.jacobiRadius(CsrMatrix.fromDense(new double[][] {{1, 2}, {0, 1}})));
    }

    private static double mean(TunedMethod method, Sequences.Shift shift, int steps, long seed) {
        TunedSequence sequence = method.newSequence(100, seed);
        double[] total = new double[1];
        Sequences.shiftedLaplacians(10, steps, shift, seed).forEach(s -> {
            double[] x = new double[100];
            double[] context = {s.a().get(0, 0) - 4};
            TunedResult result = sequence.solve(s.a(), s.b(), x, context, IterationListener.NONE);
            assertThat(result.converged()).isTrue();
            total[0] += result.result().report().iterations();
            assertThat(result.cost()).isEqualTo(result.result().report().iterations());
        });
        return total[0] / steps;
    }

    @Test
    void tunedSorApproachesWhatTheShiftsAllow() {
        int steps = 2500;
        double fixed = mean(TunedMethod.sor(CRITERIA, new FixedArm(13)), Sequences.Shift.LOW, steps, 0x7d01);
        double worst = mean(TunedMethod.sor(CRITERIA, new FixedArm(0)), Sequences.Shift.LOW, 500, 0x7d01);
        double tsallis = mean(TunedMethod.sor(CRITERIA, new TsallisInf()), Sequences.Shift.LOW, steps, 0x7d01);
        double chebyshev = mean(TunedMethod.sor(CRITERIA, new ChebCb(-0.15, 0.65)), Sequences.Shift.LOW, steps, 0x7d01);
        assertThat(fixed).isCloseTo(58.8, within(0.03 * 58.8)); // omega = 1.65, the best on the grid
        assertThat(worst).isGreaterThan(200);
        assertThat(tsallis).isLessThan(1.35 * fixed);
        assertThat(chebyshev).isLessThan(fixed).isLessThan(1.3 * 41.9);
    }

    @Test
    void tunedSsorCgSolvesAndLearns() {
        TunedMethod method = TunedMethod.ssorCg(CRITERIA, new TsallisInf(), Ssor::new);
        TunedSequence sequence = method.newSequence(225, 0x7d02);
        int first = 0;
        int last = 0;
        double[] b = Systems.random(225, 0x7d03);
        for (int t = 0; t < 500; t++) {
            CsrMatrix a = Systems.poisson2d(15).plus(1, 0.01 * (t % 7), CsrMatrix.identity(225));
            TunedResult result = sequence.solve(a, b, new double[225]);
            assertThat(result.converged()).isTrue();
            assertThat(result.label()).isEqualTo("omega = " + Choice.omegas()[result.arm()]);
            first += t < 100 ? result.result().report().iterations() : 0;
            last += t >= 400 ? result.result().report().iterations() : 0;
        }
        assertThat(last).isLessThan(first);
    }

    @Test
    void aSequenceThatWasSavedGoesOnAlike() throws IOException {
        TunedMethod method = TunedMethod.sor(CRITERIA, new TsallisInf()).withBackstop(new Backstop(0, 3));
        TunedSequence one = method.newSequence(100, 0x7d04);
        List<LinearSystem> systems =
                Sequences.shiftedLaplacians(10, 60, Sequences.Shift.LOW, 0x7d05).toList();
        for (LinearSystem s : systems) {
            one.solve(s.a(), s.b(), new double[100]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        one.write(new DataOutputStream(out));
        TunedSequence two = method.newSequence(100, 0x1);
        two.read(new DataInputStream(new ByteArrayInputStream(out.toByteArray())));
        for (LinearSystem s : systems) {
            TunedResult x = one.solve(s.a(), s.b(), new double[100]);
            TunedResult y = two.solve(s.a(), s.b(), new double[100]);
            assertThat(y.arm()).isEqualTo(x.arm());
            assertThat(y.cost()).isEqualTo(x.cost());
            assertThat(y.rescue()).isEqualTo(x.rescue());
            assertThat(y.solution()).containsExactly(x.solution());
        }
        byte[] cut = Arrays.copyOf(out.toByteArray(), 40);
        assertThatThrownBy(() -> two.read(new DataInputStream(new ByteArrayInputStream(cut))))
                .isInstanceOf(IOException.class);
    }

    // ---------------------------------------------------------------- costs and the backstop

    private static TunedMethod pair(Configuration good, Configuration bad, Tuner tuner, Backstop backstop) {
        Choice<Configuration> choice = new Choice<>("method", List.of("good", "bad"), List.of(good, bad));
        return new TunedMethod(choice, tuner, new Charge(Cost.OPERATOR_APPLICATIONS, 5000), backstop);
    }

    @Test
    void anArmThatRunsOverIsStoppedAndTheWholeIsCharged() {
        CsrMatrix a = Systems.poisson2d(20);
        double[] b = Systems.random(400, 0x7d06);
        TunedSequence sequence = pair(
                        new Configuration(new Cg(CRITERIA)),
                        new Configuration(new Jacobi(CRITERIA, 0.9)),
                        new FixedArm(1),
                        new Backstop(0, 2))
                .newSequence(400, 0x7d07);
        TunedResult calibration = sequence.solve(a, b, new double[400]);
        assertThat(calibration.arm()).isZero();
        assertThat(calibration.rescue()).isNull();
        double usual = calibration.cost();
        for (int t = 0; t < 5; t++) {
            TunedResult result = sequence.solve(a, b, new double[400]);
            assertThat(result.arm()).isEqualTo(1);
            assertThat(result.rescue()).isEqualTo(TunedResult.Rescue.OVERRUN);
            assertThat(result.converged()).isTrue();
            assertThat(result.result().report().method()).isEqualTo("Cg");
            assertThat(result.cost()).isGreaterThan(1.5 * usual).isLessThan(3.2 * usual + 4);
            assertThat(Systems.norm(Systems.minus(b, Systems.times(a, result.solution()))))
                    .isLessThanOrEqualTo(1e-8 * Systems.norm(b));
        }
    }

    @Test
    void aContinuationStartsFromTheBestIterate() {
        CsrMatrix a = Systems.poisson2d(12);
        double[] b = Systems.random(144, 0x7d08);
        TunedSequence sequence = pair(
                        new Configuration(new Cg(CRITERIA)),
                        new Configuration(new Cg(CRITERIA.withMaxIterations(20))),
                        new FixedArm(1),
                        new Backstop(0, Double.POSITIVE_INFINITY))
                .newSequence(144, 0x7d09);
        sequence.solve(a, b, new double[144]);
        TunedResult result = sequence.solve(a, b, new double[144]);
        assertThat(result.rescue()).isEqualTo(TunedResult.Rescue.NOT_CONVERGED);
        assertThat(result.result().report().initialResidualNorm()).isLessThan(0.5 * Systems.norm(b));
    }

    @Test
    void anArmThatDivergesThrowsOrCannotBeBuiltIsRescued() {
        CsrMatrix a = Systems.poisson2d(12).plus(1, 0.5, CsrMatrix.identity(144));
        double[] b = Systems.random(144, 0x7d0a);
        Cg cg = new Cg(CRITERIA);
        PreconditionerFactory throwing = m -> new Preconditioner() {
            @Override
            public int size() {
                return m.rows();
            }

            @Override
            public Kind kind() {
                return Kind.SPD;
            }

            @Override
            public void apply(double[] r, double[] z) {
                throw new IllegalStateException("broken");
            }
        };
        PreconditionerFactory unbuildable = m -> {
            throw new BuildException(BuildException.Reason.ZERO_PIVOT, 3, "pivot 3 is zero");
        };
        Configuration diverging = new Configuration(new Jacobi(CRITERIA, 1.9));
        for (Configuration bad :
                List.of(diverging, new Configuration(cg, throwing), new Configuration(cg, unbuildable))) {
            TunedMethod method =
                    pair(new Configuration(cg), bad, new FixedArm(1), new Backstop(0, Double.POSITIVE_INFINITY));
            TunedSequence sequence = method.newSequence(144, 0x7d0b);
            double usual = sequence.solve(a, b, new double[144]).cost();
            TunedResult result = sequence.solve(a, b, new double[144]);
            assertThat(result.converged()).isTrue();
            assertThat(result.rescue())
                    .isEqualTo(
                            bad.preconditioner() == unbuildable
                                    ? TunedResult.Rescue.BUILD_FAILED
                                    : TunedResult.Rescue.NOT_CONVERGED);
            assertThat(result.cost()).isGreaterThanOrEqualTo(usual - 1);

            TunedSequence bare = method.withBackstop(null).newSequence(144, 0x7d0c);
            if (bad.preconditioner() == unbuildable) {
                assertThatThrownBy(() -> bare.solve(a, b, new double[144])).isInstanceOf(BuildException.class);
            } else {
                TunedResult failed = bare.solve(a, b, new double[144]);
                assertThat(failed.converged()).isFalse();
                assertThat(failed.cost()).isEqualTo(5000); // the cap: failing early is no bargain
            }
        }
    }

    @Test
    void aTunerLearnsToAvoidAnArmThatFails() {
        CsrMatrix a = Systems.poisson2d(6).plus(1, 0.5, CsrMatrix.identity(36));
        double[] b = Systems.random(36, 0x7d0d);
        PreconditionerFactory unbuildable = m -> {
            throw new BuildException(BuildException.Reason.ZERO_PIVOT, 3, "pivot 3 is zero");
        };
        Cg cg = new Cg(CRITERIA);
        TunedSequence sequence = pair(new Configuration(cg), new Configuration(cg, unbuildable), new TsallisInf(), null)
                .newSequence(36, 0x7d0e);
        int failed = 0;
        for (int t = 0; t < 500; t++) {
            try {
                sequence.solve(a, b, new double[36]);
            } catch (BuildException e) {
                failed++;
            }
        }
        assertThat(failed).isBetween(1, 100);
    }

    @Test
    void aSolveThatTheCallerCancelsTeachesNothing() {
        TunedSequence sequence = TunedMethod.sor(CRITERIA, new TsallisInf()).newSequence(100, 0x7d0f);
        double[] before = sequence.memory().probabilities(NONE);
        TunedResult result = sequence.solve(shifted(0), ones(100), new double[100], NONE, (k, norm) -> k < 5);
        assertThat(result.result().cause()).isEqualTo(Cause.CANCELLED);
        assertThat(result.rescue()).isNull();
        assertThat(sequence.memory().probabilities(NONE)).containsExactly(before);
    }

    @Test
    void chargesAreHonest() {
        SolveResult good = new Sor(CRITERIA, 1.6).solve(shifted(0), Preconditioner.identity(100), ones(100));
        SolveResult capped =
                new Sor(CRITERIA.withMaxIterations(50), 1).solve(shifted(0), Preconditioner.identity(100), ones(100));
        assertThat(new Charge(Cost.ITERATIONS, 100).of(good)).isEqualTo(43);
        assertThat(new Charge(Cost.ITERATIONS, 30).of(good)).isEqualTo(30);
        assertThat(new Charge(Cost.OPERATOR_APPLICATIONS, 100).of(good)).isEqualTo(45); // two of them verify
        assertThat(new Charge(Cost.ITERATIONS, 100).of(capped)).isEqualTo(100);
        assertThat(new Charge(Cost.ITERATIONS, 20).of(capped)).isEqualTo(50);
        assertThat(new Charge(Cost.flops(920, 0, 200), 1e9).of(good)).isEqualTo(45 * 920 + 43 * 200);
        assertThat(new Charge(Cost.SECONDS, 1e9).of(good)).isPositive();
        assertThatIllegalArgumentException().isThrownBy(() -> new Charge(Cost.ITERATIONS, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> Cost.flops(-1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Charge(r -> Double.NaN, 1).of(good));
    }

    @Test
    void optionsAreChecked() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Backstop(-1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backstop(0, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Backstop(0, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TunedMethod.sor(CRITERIA, new TsallisInf()).withBackstop(new Backstop(20, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Choice<>("omega", List.of("1"), List.of()));
        assertThat(Choice.omegas()).hasSize(20).startsWith(1.0).endsWith(1.95);
    }
}
