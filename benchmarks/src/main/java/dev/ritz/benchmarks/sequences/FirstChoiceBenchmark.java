package dev.ritz.benchmarks.sequences;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.cli.SequenceArms;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.sequence.AdaptiveReuse;
import dev.ritz.krylov.sequence.BestGuess;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.testdata.FieldSequences;
import dev.ritz.testdata.SequenceSystem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * From which size on a session for diffusion should begin with multigrid: sequences of Darcy systems by sessions that
 * are told multigrid, told relaxed IC(0), and told nothing, in turn in one process. Prints seconds of a whole sequence: its
 * first run, while code is compiled, and the least and the median of the later half of the runs.
 *
 * <p>Arguments: points along a side, any number of them (64 96 128 192).
 */
final class FirstChoiceBenchmark {
    private static final int SYSTEMS = 64;
    private static final int RUNS = 14;
    private static final StoppingCriteria CRITERIA =
            StoppingCriteria.DEFAULT.withRtol(TestSequence.RTOL).withMaxIterations(20_000);

    private FirstChoiceBenchmark() {}

    /**
     * Runs it.
     *
     * @param args see above
     */
    public static void main(String[] args) {
        for (String side : args.length > 0 ? args : new String[] {"64", "96", "128", "192"}) {
            measure(Integer.parseInt(side));
        }
    }

    private static void measure(int side) {
        List<SequenceSystem> systems = FieldSequences.darcy(side + 2, SYSTEMS, FieldSequences.Stencil.FLUX, 0x5eed)
                .toList();
        double omega = Math.max(0.9, 1 - 4 * Math.PI * Math.PI / ((double) side * side));
        List<List<Configuration>> contenders = List.of(
                List.of(new Configuration("multigrid", new Cg(CRITERIA), new Amg().withCoarseSize(100))),
                List.of(new Configuration("relaxed IC(0)", new Cg(CRITERIA), new RelaxedIc0(omega))),
                SequenceArms.of(CRITERIA, systems.get(0).system().a()));
        List<List<Double>> seconds = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int run = 0; run < RUNS; run++) {
            for (int k = 0; k < contenders.size(); k++) {
                seconds.get(k).add(run(contenders.get(k), systems));
            }
        }
        for (int k = 0; k < contenders.size(); k++) {
            List<Double> later = new ArrayList<>(seconds.get(k).subList(RUNS / 2, RUNS));
            Collections.sort(later);
            System.out.printf(
                    Locale.ROOT,
                    "flux %d x %d, %s: first %.3f s, least %.3f s, median %.3f s%n",
                    side,
                    side,
                    k == 2 ? "choice" : contenders.get(k).get(0).name(),
                    seconds.get(k).get(0),
                    later.get(0),
                    later.get(later.size() / 2));
        }
    }

    private static double run(List<Configuration> configurations, List<SequenceSystem> systems) {
        SequenceSession session = SequenceSession.builder(configurations)
                .guess(new BestGuess())
                .reuse(new AdaptiveReuse())
                .build();
        double[] x = new double[systems.get(0).system().size()];
        long begin = System.nanoTime();
        for (SequenceSystem s : systems) {
            if (!session.solve(s.system().a(), s.system().b(), x).converged()) {
                throw new IllegalStateException("system " + s + " did not converge");
            }
        }
        return (System.nanoTime() - begin) * 1e-9;
    }
}
