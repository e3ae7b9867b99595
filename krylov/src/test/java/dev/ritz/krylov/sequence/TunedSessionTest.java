package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.krylov.tuning.Charge;
import dev.ritz.krylov.tuning.ChebCb;
import dev.ritz.krylov.tuning.Choice;
import dev.ritz.krylov.tuning.Cost;
import dev.ritz.krylov.tuning.ExploreThenCommit;
import dev.ritz.krylov.tuning.FixedArm;
import dev.ritz.krylov.tuning.TsallisInf;
import dev.ritz.krylov.tuning.Tuner;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Sequences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TunedSessionTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;
    private static final Charge ITERATIONS = new Charge(Cost.ITERATIONS, CRITERIA.maxIterations());
    private static final long SEED = 0x7e55_3001L;
    private static final double[] FEW = {1, 1.2, 1.4, 1.6, 1.8};

    private static List<LinearSystem> shifted(int count) {
        return Sequences.shiftedLaplacians(10, count, Sequences.Shift.LOW, SEED).toList();
    }

    private static List<Configuration> sor(double... omegas) {
        return DoubleStream.of(omegas)
                .mapToObj(omega -> new Configuration("omega = " + omega, new Sor(CRITERIA, omega)))
                .toList();
    }

    private static SequenceSession.Builder builder(List<Configuration> arms, Tuner tuner) {
        return SequenceSession.builder(arms)
                .guess(new ZeroGuess())
                .pool(WorkerPool.of(1))
                .tune(tuner, ITERATIONS, SEED);
    }

    private static double shift(LinearSystem s) {
        return s.a().get(0, 0) - 4;
    }

    private static List<SystemRecord> run(SequenceSession session, List<LinearSystem> systems) {
        List<SystemRecord> records = new ArrayList<>();
        for (LinearSystem s : systems) {
            SolveResult result = session.context(shift(s)).solve(s.a(), s.b(), new double[s.size()]);
            assertThat(result.converged()).isTrue();
            records.add(session.lastRecord());
        }
        return records;
    }

    private static double mean(List<SystemRecord> records) {
        return records.stream().mapToInt(SystemRecord::iterations).average().orElseThrow();
    }

    private static String favourite(List<SystemRecord> records) {
        return records.stream()
                .collect(Collectors.groupingBy(SystemRecord::chosen, Collectors.counting()))
                .entrySet()
                .stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    @Test
    void theBestOmegaIsFound() {
        // means over these systems: 269, 177, 109, 62.7, 86 iterations
        List<SystemRecord> records = run(builder(sor(FEW), new TsallisInf()).build(), shifted(1200));
        List<SystemRecord> last = records.subList(900, 1200);
        assertThat(favourite(last)).isEqualTo("omega = 1.6");
        assertThat(mean(last)).isLessThan(1.25 * 62.7);
        assertThat(records).allSatisfy(r -> {
            assertThat(r.charge()).isEqualTo(r.iterations());
            assertThat(r.configuration().equals(r.chosen()) || r.note().contains(r.chosen() + " was broken off"))
                    .isTrue();
        });
    }

    @Test
    void theBestOmegaOfAPreconditionerIsFound() {
        List<LinearSystem> systems = shifted(400);
        List<Configuration> arms = DoubleStream.of(0.2, 1, 1.4, 1.95)
                .mapToObj(omega -> new Configuration("omega = " + omega, new Cg(CRITERIA), new Ssor(omega)))
                .toList();
        double[] fixed = IntStream.range(0, 4)
                .mapToDouble(i -> mean(run(builder(arms, new FixedArm(i)).build(), systems.subList(0, 60))))
                .toArray();
        int best = IntStream.range(0, 4).reduce(0, (i, j) -> fixed[j] < fixed[i] ? j : i);
        List<SystemRecord> records = run(builder(arms, new ExploreThenCommit(5)).build(), systems);
        assertThat(favourite(records)).isEqualTo(arms.get(best).name());
        assertThat(mean(records)).isLessThan(1.1 * fixed[best]);
    }

    @Test
    void aContextBeatsTheBestFixedOmega() {
        List<SystemRecord> records =
                run(builder(sor(Choice.omegas()), new ChebCb(-0.15, 0.65)).build(), shifted(2000));
        assertThat(mean(records)).isLessThan(58.8); // the best of these arms, always
    }

    @Test
    void theContextIsCheckedBeforeAnyWork() {
        LinearSystem s = shifted(1).get(0);
        SequenceSession session = builder(sor(FEW), new ChebCb(-0.15, 0.65)).build();
        double[] x = new double[s.size()];
        Arrays.fill(x, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.solve(s.a(), s.b(), x))
                .withMessageContaining("context has length 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session.context(Double.NaN).solve(s.a(), s.b(), x))
                .withMessageContaining("context[0] = NaN");
        assertThat(x).containsOnly(3);
        assertThat(session.lastRecord()).isNull();
        assertThat(session.context(0.1).solve(s.a(), s.b(), x).converged()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> session.solve(s.a(), s.b(), x)); // said once, for one
    }

    @Test
    void aBadArmCostsABoundedFactor() {
        List<LinearSystem> systems = shifted(120);
        List<Configuration> arms = List.of(
                new Configuration("good", new Cg(CRITERIA), new Ic0()),
                new Configuration("bad", new Sor(CRITERIA, 1.999))); // thousands of iterations
        double alone = mean(run(builder(arms, new FixedArm(0)).build(), systems));
        List<SystemRecord> records =
                run(builder(arms, new ExploreThenCommit(20)).build(), systems);
        int known = IntStream.range(0, 120)
                .filter(t -> records.get(t).chosen().equals("good"))
                .findFirst()
                .orElseThrow();
        List<SystemRecord> bad = records.subList(known, 120).stream()
                .filter(r -> r.chosen().equals("bad"))
                .toList();
        assertThat(bad).hasSize(20).allSatisfy(r -> {
            assertThat(r.configuration()).isEqualTo("good");
            assertThat(r.note()).contains("bad was broken off");
            assertThat(r.charge()).isEqualTo(r.iterations());
            assertThat((double) r.iterations()).isLessThan(10 * alone);
        });
    }

    @Test
    void whatNoArmSolvesIsChargedTheCapAndALookIsNot() {
        LinearSystem s = shifted(1).get(0);
        StoppingCriteria few = CRITERIA.withMaxIterations(2);
        List<Configuration> arms =
                List.of(new Configuration("cg", new Cg(few)), new Configuration("sor", new Sor(few, 1.5)));
        SequenceSession session = builder(arms, new TsallisInf()).build();
        assertThat(session.solve(s.a(), s.b(), new double[100]).cause()).isEqualTo(Cause.MAX_ITERATIONS);
        assertThat(session.lastRecord().charge()).isEqualTo(ITERATIONS.cap());
        double[] p = session.tuner().probabilities(new double[0]);
        assertThat(p[0]).isNotEqualTo(0.5);
        session.solve(s.a(), s.b(), new double[100], (k, norm) -> false);
        assertThat(session.lastRecord().cause()).isEqualTo(Cause.CANCELLED);
        assertThat(session.lastRecord().charge()).isNaN();
        assertThat(session.tuner().probabilities(new double[0])).isEqualTo(p);
    }

    @Test
    void aResumedSessionGoesOnAlike(@TempDir Path dir) throws IOException {
        List<LinearSystem> systems = shifted(60);
        for (Tuner tuner : List.of(new TsallisInf(), new ChebCb(-0.15, 0.65))) {
            SequenceSession.Builder builder = builder(sor(FEW), tuner);
            SequenceSession session = builder.build();
            run(session, systems.subList(0, 30));
            Path file = dir.resolve(tuner.name());
            session.checkpoint(file);
            SequenceSession resumed = builder.resume(file);
            List<String> expected = decisions(run(session, systems.subList(30, 60)));
            assertThat(decisions(run(resumed, systems.subList(30, 60)))).isEqualTo(expected);
            for (SequenceSession.Builder other : List.of(
                    builder(sor(FEW), new FixedArm(0)),
                    builder(sor(FEW), tuner).tune(tuner, ITERATIONS, SEED + 1),
                    builder(sor(FEW), tuner).tune(tuner, new Charge(Cost.OPERATOR_APPLICATIONS, 10_000), SEED),
                    SequenceSession.builder(sor(FEW)).guess(new ZeroGuess()))) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> other.resume(file))
                        .withMessageContaining("the checkpoint is of a session with");
            }
        }
    }

    private static List<String> decisions(List<SystemRecord> records) {
        return records.stream()
                .map(r -> r.index() + " " + r.chosen() + " " + r.configuration() + " " + r.iterations() + " "
                        + r.relativeResidual() + " " + r.charge() + " " + r.note())
                .toList();
    }

    @Test
    void theWorkersOfABatchDoNotChangeWhatIsChosen() throws IOException {
        List<LinearSystem> systems = shifted(80);
        List<String> one = batch(systems, 1);
        assertThat(batch(systems, 3)).isEqualTo(one);
        assertThat(one).doesNotHaveDuplicates().hasSize(80);
    }

    private static List<String> batch(List<LinearSystem> systems, int workers) throws IOException {
        String[] decisions = new String[systems.size()];
        new SequenceBatch(() -> builder(sor(FEW), new ChebCb(-0.15, 0.65)), workers, 4, null, 1)
                .run(
                        IntStream.range(0, systems.size()).toArray(),
                        i -> new SequenceBatch.Item(
                                systems.get(i).a(), systems.get(i).b(), null, shift(systems.get(i))),
                        new SequenceBatch.Sink() {
                            @Override
                            public void solved(int index, SystemRecord r, double[] x) {
                                decisions[index] = index + " " + decisions(List.of(r));
                            }

                            @Override
                            public void failed(int index, Exception failure) {
                                decisions[index] = failure.toString();
                            }
                        },
                        () -> false);
        assertThat(decisions).allMatch(d -> d.contains("omega = "));
        return List.of(decisions);
    }

    @Test
    void equalMethodsShareAWorkspaceAndRecyclingOnesDoNot() {
        List<LinearSystem> systems = shifted(200);
        long one = used(sor(1.5), systems);
        assertThat(used(sor(Choice.omegas()), systems)).isEqualTo(one);
        RecyclingCg recycling = new RecyclingCg();
        List<Configuration> both = List.of(
                new Configuration("a", recycling, new Ssor(1)), new Configuration("b", recycling, new Ssor(1.5)));
        assertThat(used(both, systems)).isEqualTo(2 * used(both.subList(0, 1), systems));
    }

    private static long used(List<Configuration> arms, List<LinearSystem> systems) {
        SequenceSession session = builder(arms, new TsallisInf()).build();
        assertThat(run(session, systems).stream().map(SystemRecord::chosen).distinct())
                .hasSameSizeAs(arms);
        return session.bytes();
    }

    @Test
    void namesTellArmsApart() {
        List<Configuration> twins = List.of(new Configuration(new Cg()), new Configuration(new Cg()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(twins, new TsallisInf()))
                .withMessageContaining("two configurations are called Cg");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder(twins.subList(0, 1), new FixedArm(1)).build());
        Choice<Configuration> choice = Choice.ofNumbers("omega", FEW, w -> new Configuration(new Sor(CRITERIA, w)));
        SequenceSession session = SequenceSession.builder(choice)
                .tune(new FixedArm(3), ITERATIONS, SEED)
                .build();
        LinearSystem s = shifted(1).get(0);
        assertThat(session.solve(s.a(), s.b(), new double[s.size()]).converged())
                .isTrue();
        assertThat(session.lastRecord().chosen()).isEqualTo("omega = 1.6");
        assertThat(new Configuration(new Cg()).withName("c").name()).isEqualTo("c");
        assertThat(new Configuration(new Cg())).isEqualTo(new Configuration(new Cg()));
        CsrMatrix a = CsrMatrix.identity(3);
        assertThat(new Configuration(new Cg()).preconditioner().build(a).size()).isEqualTo(3);
    }
}
