package dev.ritz.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How often each arm was played and what that cost.
 *
 * @param labels the names of the arms
 * @param pulls how often each was played
 * @param means what that cost on average; NaN where it was not played
 */
record TuneSummary(List<String> labels, long[] pulls, double[] means) {
    /** An arm that was played less often may owe its mean to luck. */
    private static final long ENOUGH = 5;

    /** Of the rows of a run; those that taught the tuner nothing do not count. */
    static TuneSummary of(List<String> configurations, List<String> labels, Iterable<SequenceRow> rows) {
        long[] pulls = new long[labels.size()];
        double[] means = new double[labels.size()];
        Arrays.fill(means, Double.NaN);
        for (SequenceRow row : rows) {
            int arm = configurations.indexOf(row.chosen());
            if (arm >= 0 && Double.isFinite(row.charge())) {
                pulls[arm]++;
                means[arm] = pulls[arm] == 1 ? row.charge() : means[arm] + (row.charge() - means[arm]) / pulls[arm];
            }
        }
        return new TuneSummary(labels, pulls, means);
    }

    /** With what an earlier run saved. */
    TuneSummary plus(SavedTuner saved) {
        long[] sums = pulls.clone();
        double[] both = means.clone();
        for (int i = 0; i < sums.length; i++) {
            if (saved.pulls()[i] > 0) {
                sums[i] += saved.pulls()[i];
                double mine = pulls[i] == 0 ? 0 : pulls[i] * means[i];
                both[i] = (mine + saved.pulls()[i] * saved.means()[i]) / sums[i];
            }
        }
        return new TuneSummary(labels, sums, both);
    }

    long systems() {
        return Arrays.stream(pulls).sum();
    }

    /** The mean over all systems; NaN where there is none. */
    double mean() {
        double sum = 0;
        for (int i = 0; i < pulls.length; i++) {
            sum += pulls[i] == 0 ? 0 : pulls[i] * means[i];
        }
        return sum / systems();
    }

    /**
     * The arm of the least mean cost, −1 where none was played. Arms played fewer than {@value #ENOUGH} times do not
     * count where another was played so often.
     */
    int best() {
        long most = 0;
        for (long count : pulls) {
            most = Math.max(most, count);
        }
        int best = -1;
        for (int i = 0; i < pulls.length; i++) {
            if (pulls[i] >= Math.max(1, Math.min(ENOUGH, most)) && (best < 0 || means[i] < means[best])) {
                best = i;
            }
        }
        return best;
    }

    /** A line for each arm; with probabilities where they are given. */
    String table(double[] probabilities) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-24s %8s %12s%s%n",
                "arm",
                "played",
                "mean cost",
                probabilities == null ? "" : "      next"));
        for (int i = 0; i < pulls.length; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %8d %12s%s%n",
                    labels.get(i),
                    pulls[i],
                    pulls[i] == 0 ? "-" : number(means[i]),
                    probabilities == null ? "" : String.format(Locale.ROOT, " %9.4f", probabilities[i])));
        }
        return text.toString();
    }

    static String number(double cost) {
        return String.format(Locale.ROOT, Math.abs(cost) < 10 ? "%.4g" : "%.1f", cost);
    }
}
