package dev.ritz.benchmarks.sequences;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.sequence.AlwaysRebuild;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.krylov.sequence.ZeroGuess;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.SequenceSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a session costs where it has nothing to offer: zero guess and a preconditioner for each system, against the loop
 * that does the same by hand, CG with IC(0) in both. Both go through the same systems in turn, so that a disturbance hits
 * both; the median of the ratios is what counts. Prints two lines of JSON for each size.
 *
 * <p>Arguments: the side of the grid, seconds of runs.
 */
final class OverheadTrial {
    static final int SYSTEMS = 40;
    private static final int LEAST_ROUNDS = 9;

    private OverheadTrial() {}

    /**
     * Runs it.
     *
     * @param args see above
     */
    public static void main(String[] args) {
        int side = Integer.parseInt(args[0]);
        double budget = Double.parseDouble(args[1]);
        List<LinearSystem> systems = DriftingSequences.diffusion(side, SYSTEMS)
                .map(SequenceSystem::system)
                .toList();
        List<Double> plain = new ArrayList<>();
        List<Double> session = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        Run byHand = new Run();
        Run bySession = new Run();
        long end = System.nanoTime() + (long) (budget * 1e9);
        for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < end; round++) {
            boolean handFirst = round % 2 == 0;
            double first = handFirst ? byHand.loop(systems) : bySession.session(systems);
            double second = handFirst ? bySession.session(systems) : byHand.loop(systems);
            plain.add(handFirst ? first : second);
            session.add(handFirst ? second : first);
            ratios.add(handFirst ? second / first : first / second);
        }
        int warm = ratios.size() / 3;
        double ratio = SequenceTrial.median(ratios.subList(warm, ratios.size()));
        double seconds = SequenceTrial.median(plain.subList(warm, plain.size()));
        print(side, "plain loop", seconds, byHand, ratios.size());
        print(side, "session", seconds * ratio, bySession, ratios.size());
    }

    private static void print(int side, String what, double seconds, Run run, int rounds) {
        System.out.println(new SequenceMeasurement(
                        "overhead-" + side * side,
                        SequenceMeasurement.RITZ,
                        "0.1.0-SNAPSHOT",
                        what,
                        SYSTEMS,
                        run.solved,
                        seconds,
                        Double.NaN,
                        Double.NaN,
                        run.products,
                        0,
                        0,
                        run.iterations,
                        Double.NaN,
                        rounds,
                        "")
                .toJson());
    }

    private static final class Run {
        private final Cg cg = new Cg();
        private final Ic0 factory = new Ic0();
        private int solved;
        private long products;
        private long iterations;

        double loop(List<LinearSystem> systems) {
            solved = 0;
            products = 0;
            iterations = 0;
            long begin = System.nanoTime();
            int n = systems.get(0).size();
            double[] x = new double[n];
            Cg.Workspace ws = cg.newWorkspace(n);
            Preconditioner m = null;
            for (LinearSystem s : systems) {
                CsrMatrix a = s.a();
                Arrays.fill(x, 0);
                m = m == null ? factory.build(a) : factory.rebuild(m, a);
                take(cg.solve(a, m, s.b(), x, ws, IterationListener.NONE));
            }
            return (System.nanoTime() - begin) * 1e-9;
        }

        double session(List<LinearSystem> systems) {
            solved = 0;
            products = 0;
            iterations = 0;
            long begin = System.nanoTime();
            double[] x = new double[systems.get(0).size()];
            SequenceSession session = SequenceSession.builder(cg, factory)
                    .guess(new ZeroGuess())
                    .reuse(new AlwaysRebuild())
                    .build();
            for (LinearSystem s : systems) {
                take(session.solve(s.a(), s.b(), x));
            }
            return (System.nanoTime() - begin) * 1e-9;
        }

        private void take(SolveResult result) {
            solved += result.converged() ? 1 : 0;
            products += result.report().operatorApplications();
            iterations += result.report().iterations();
        }
    }
}
