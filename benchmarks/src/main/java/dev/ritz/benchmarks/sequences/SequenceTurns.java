package dev.ritz.benchmarks.sequences;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Plans for one sequence in turn, in one process: where two plans differ by less than a machine drifts within minutes,
 * this tells them apart. Prints for each plan the seconds of its first run, and the least and the median of the later half
 * of the runs.
 *
 * <p>Arguments: sequence, systems, runs, and the plans, each as {@link Plan#of} reads it.
 */
final class SequenceTurns {
    private SequenceTurns() {}

    /**
     * Runs it.
     *
     * @param args see above
     * @throws IOException never: a batch writes no files here
     */
    public static void main(String[] args) throws IOException {
        TestSequence sequence = TestSequence.named(args[0]);
        int systems = Integer.parseInt(args[1]);
        int runs = Integer.parseInt(args[2]);
        List<Plan> plans = Arrays.stream(args, 3, args.length).map(Plan::of).toList();
        List<List<SequenceMeasurement>> all = new ArrayList<>();
        for (int k = 0; k < plans.size(); k++) {
            all.add(new ArrayList<>());
        }
        for (int run = 0; run < runs; run++) {
            for (int k = 0; k < plans.size(); k++) {
                all.get(k).add(SequenceTrial.once(sequence, plans.get(k), systems));
            }
        }
        System.out.println("| " + sequence.name() + ", " + systems + " systems | first | least | median | set-up "
                + "| products | iterations |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int k = 0; k < plans.size(); k++) {
            List<SequenceMeasurement> of = all.get(k);
            List<Double> later = new ArrayList<>();
            for (SequenceMeasurement m : of.subList(runs / 2, runs)) {
                later.add(m.seconds());
            }
            Collections.sort(later);
            SequenceMeasurement last = of.get(runs - 1);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.3f s | %.3f s | %.3f s | %.3f s | %,d | %,d |%s%n",
                    plans.get(k),
                    of.get(0).seconds(),
                    later.get(0),
                    SequenceTrial.median(later),
                    last.setup(),
                    last.products(),
                    last.iterations(),
                    last.solved() == systems ? "" : " not all solved");
        }
    }
}
