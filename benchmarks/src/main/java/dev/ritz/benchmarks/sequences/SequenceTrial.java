package dev.ritz.benchmarks.sequences;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.sequence.SequenceBatch;
import dev.ritz.krylov.sequence.SequenceReport;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.krylov.sequence.SystemRecord;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.SequenceSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One plan on one sequence, in a process of its own: prints a {@link SequenceMeasurement}. Systems are made and residuals
 * recomputed outside of what is timed.
 *
 * <p>Arguments: sequence, plan, systems, seconds of runs for the median, seconds after which it gives up.
 */
final class SequenceTrial {
    private static final int MOST_RUNS = 25;

    private final TestSequence sequence;
    private final Plan plan;
    private final int count;
    private final List<SequenceSystem> loaded;
    private final long deadline;

    // of the last run
    private double seconds;
    private double setup;
    private long products;
    private long guessProducts;
    private long refreshProducts;
    private long iterations;
    private int solved;
    private double worst;
    private double[] r = new double[0];

    private SequenceTrial(TestSequence sequence, Plan plan, int count, double limit) {
        this.sequence = sequence;
        this.plan = plan;
        this.count = count;
        this.loaded = sequence.small() ? sequence.systems(count).toList() : null;
        this.deadline = System.nanoTime() + (long) (limit * 1e9);
    }

    /**
     * Runs it.
     *
     * @param args see above
     * @throws IOException never: a batch writes no files here
     */
    public static void main(String[] args) throws IOException {
        TestSequence sequence = TestSequence.named(args[0]);
        System.out.println(measure(
                        sequence,
                        Plan.of(args[1]),
                        Integer.parseInt(args[2]),
                        Double.parseDouble(args[3]),
                        Double.parseDouble(args[4]))
                .toJson());
    }

    static SequenceMeasurement measure(TestSequence sequence, Plan plan, int count, double budget, double limit)
            throws IOException {
        return new SequenceTrial(sequence, plan, count, limit).measure(budget);
    }

    private SequenceMeasurement measure(double budget) throws IOException {
        if (!sequence.small()) { // a long run warms itself up but for its beginning
            new SequenceTrial(sequence, plan, Math.min(count, 3), 60).run();
        }
        List<Double> runs = new ArrayList<>();
        double spent = 0;
        do {
            run();
            if (late()) {
                return SequenceMeasurement.failed(
                        sequence.name(), plan.toString(), count, "not finished, " + solved + " solved");
            }
            runs.add(seconds);
            spent += seconds;
        } while (sequence.small() && runs.size() < MOST_RUNS && (runs.size() < 2 || spent < budget));
        return summary(runs);
    }

    /** One run, whatever it takes. */
    static SequenceMeasurement once(TestSequence sequence, Plan plan, int count) throws IOException {
        SequenceTrial trial = new SequenceTrial(sequence, plan, count, 1e6);
        trial.run();
        return trial.summary(List.of(trial.seconds));
    }

    private SequenceMeasurement summary(List<Double> runs) {
        return new SequenceMeasurement(
                sequence.name(),
                SequenceMeasurement.RITZ,
                "0.1.0-SNAPSHOT",
                plan.toString(),
                count,
                solved,
                median(runs.subList(runs.size() / 2, runs.size())),
                runs.get(0),
                setup,
                products,
                guessProducts,
                refreshProducts,
                iterations,
                worst,
                runs.size(),
                "");
    }

    private boolean late() {
        return System.nanoTime() > deadline;
    }

    static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private void run() throws IOException {
        seconds = 0;
        setup = 0;
        products = 0;
        guessProducts = 0;
        refreshProducts = 0;
        iterations = 0;
        solved = 0;
        worst = 0;
        switch (plan.way()) {
            case ALONE -> alone(plan.solver(TestSequence.RTOL));
            case BATCH -> batch();
            default -> session();
        }
    }

    private Iterator<SequenceSystem> systems() {
        return loaded != null ? loaded.iterator() : sequence.systems(count).iterator();
    }

    private CsrMatrix first() {
        return (loaded != null ? loaded.get(0) : sequence.systems(1).findFirst().orElseThrow())
                .system()
                .a();
    }

    private <W extends Workspace> void alone(IterativeSolver<W> method) {
        PreconditionerFactory factory = plan.factory();
        Preconditioner m = null;
        W ws = null;
        double[] x = null;
        for (Iterator<SequenceSystem> all = systems(); all.hasNext() && !late(); ) {
            LinearSystem s = all.next().system();
            long begin = System.nanoTime();
            if (ws == null) {
                ws = method.newWorkspace(s.size());
                x = new double[s.size()];
            }
            Arrays.fill(x, 0);
            m = m == null ? factory.build(s.a()) : factory.rebuild(m, s.a());
            setup += (System.nanoTime() - begin) * 1e-9;
            SolveResult result = method.solve(s.a(), m, s.b(), x, ws, IterationListener.NONE);
            seconds += (System.nanoTime() - begin) * 1e-9;
            products += result.report().operatorApplications();
            iterations += result.report().iterations();
            check(s, x);
        }
    }

    private void session() {
        SequenceSession session = plan.session(TestSequence.RTOL, first()).build();
        PreconditionerFactory factory = plan.factory();
        Preconditioner m = null;
        CsrMatrix last = null;
        double[] x = null;
        for (Iterator<SequenceSystem> all = systems(); all.hasNext() && !late(); ) {
            LinearSystem s = all.next().system();
            long begin = System.nanoTime();
            if (x == null) {
                x = new double[s.size()];
            }
            if (plan.way() == Plan.Way.PROMISED) {
                m = m == null ? factory.build(s.a()) : factory.rebuild(m, s.a());
                session.solve(s.a(), m, s.b(), x, Change.SAME_OPERATOR, IterationListener.NONE);
            } else if (plan.way() == Plan.Way.SCALED && last != null) {
                session.solveFrom(rescaled(x, last, s.a()), s.a(), s.b(), x, IterationListener.NONE);
            } else {
                session.solve(s.a(), s.b(), x);
            }
            seconds += (System.nanoTime() - begin) * 1e-9;
            last = s.a();
            check(s, x);
        }
        take(session.report());
    }

    /** {@return D′⁻¹ D x, D and D′ the diagonals of both matrices} */
    private static double[] rescaled(double[] x, CsrMatrix old, CsrMatrix next) {
        int[] diagonal = next.pattern().diagonalPositions();
        double[] guess = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            guess[i] = x[i] * old.values()[diagonal[i]] / next.values()[diagonal[i]];
        }
        return guess;
    }

    private void batch() throws IOException {
        SequenceBatch batch = new SequenceBatch(() -> plan.worker(TestSequence.RTOL, first()), 2, 2, null, count);
        double[][] solutions = new double[count][];
        SequenceBatch.Sink sink = new SequenceBatch.Sink() {
            @Override
            public void solved(int index, SystemRecord record, double[] x) {
                solutions[index] = x.clone();
            }

            @Override
            public void failed(int index, Exception failure) {
                throw new IllegalStateException(failure);
            }
        };
        long begin = System.nanoTime();
        List<SequenceReport> reports = batch.run(
                IntStream.range(0, count).toArray(),
                index -> {
                    LinearSystem s = loaded.get(index).system();
                    return new SequenceBatch.Item(s.a(), s.b(), null);
                },
                sink,
                this::late);
        seconds = (System.nanoTime() - begin) * 1e-9;
        reports.forEach(this::take);
        for (int index = 0; index < count && !late(); index++) {
            check(loaded.get(index).system(), solutions[index]);
        }
    }

    private void take(SequenceReport report) {
        setup += report.setupSeconds();
        products += report.operatorApplications();
        guessProducts += report.guessApplications();
        refreshProducts += report.refreshApplications();
        iterations += report.iterations();
    }

    private void check(LinearSystem s, double[] x) {
        if (r.length != x.length) {
            r = new double[x.length];
        }
        double square = 0;
        for (double v : s.b()) {
            square += v * v;
        }
        double residual = Math.sqrt(s.a().residual(s.b(), x, r) / square);
        solved += residual <= TestSequence.RTOL * (1 + 1e-3) ? 1 : 0; // ‖b‖ and ‖r‖ are summed differently
        worst = Math.max(worst, residual);
    }
}
