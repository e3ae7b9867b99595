package dev.ritz.cli;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.krylov.tuning.Interval;
import java.nio.file.Path;
import java.util.List;

/** The tuner of a run of {@code ritz sequence}: what it reads of each system, where it begins, where it is saved. */
final class SequenceTuning {
    private final TuneRequest request;
    private final double[][] contexts; // null where none is given
    private final KeptTuner tuner;

    /**
     * Reads contexts and a saved tuner, where there are any.
     *
     * @param request what was asked for
     * @param entries the systems
     * @throws CommandException where these do not fit one another
     */
    SequenceTuning(TuneRequest request, List<SequenceEntry> entries) throws CommandException {
        this.request = request;
        this.contexts = request.context() == null ? null : contexts(request.context(), entries);
        SavedTuner saved = request.load() == null ? null : loaded();
        List<Interval> ranges =
                saved != null ? saved.context() : contexts == null ? List.of() : TunerWords.ranges(contexts);
        if (contexts != null && contexts[0].length != ranges.size()) {
            throw CommandException.badInput(request.context() + " has " + contexts[0].length
                    + " numbers for each system, the tuner in " + request.load() + " reads " + ranges.size());
        }
        this.tuner = new KeptTuner(TunerWords.tuner(request.tuner(), ranges), ranges, saved);
    }

    private static double[][] contexts(Path table, List<SequenceEntry> entries) throws CommandException {
        List<SequenceEntry> with = SequenceInput.withParameters(entries, table);
        double[][] rows = with.stream().map(SequenceEntry::parameters).toArray(double[][]::new);
        for (int i = 0; i < rows.length; i++) {
            for (double value : rows[i]) {
                if (!Double.isFinite(value)) {
                    throw CommandException.badInput(table + ": " + value + " for system '"
                            + entries.get(i).name() + "', expected a finite number");
                }
            }
        }
        return rows;
    }

    /** A saved tuner that fits. */
    private SavedTuner loaded() throws CommandException {
        SavedTuner saved = SavedTuner.read(request.load());
        List<String> mine = List.of(
                request.tuner(), request.cost().name(), request.grid().labels().toString());
        List<String> its = List.of(saved.tuner(), saved.cost(), saved.labels().toString());
        if (!mine.equals(its)) {
            throw CommandException.usage("--load-tuner " + request.load() + ": a tuner " + String.join(", ", its)
                    + "; expected " + String.join(", ", mine));
        }
        return saved;
    }

    /** Whether something is known of each system. */
    boolean hasContext() {
        return contexts != null;
    }

    /** {@return what is known of a system} */
    double[] context(int index) {
        return contexts[index];
    }

    /** A session that tunes; of the run itself, or of one beside it to compare with, which has a tuner of its own. */
    SequenceSession.Builder on(SequenceSession.Builder session, StoppingCriteria criteria, boolean ofTheRun) {
        return session.tune(ofTheRun ? tuner : tuner.again(), request.charge(criteria), request.seed());
    }

    /** Saves what was learned, where that was asked for; where no system was solved there is nothing. */
    void save(SequenceOutcome out) throws CommandException {
        if (request.save() == null || tuner.memory() == null) {
            return;
        }
        SavedTuner before = request.load() == null ? null : loaded();
        TuneSummary run = out.tuned(request.grid());
        TuneSummary all = before == null ? run : run.plus(before);
        new SavedTuner(
                        request.tuner(),
                        tuner.context(),
                        all.labels(),
                        request.cost().name(),
                        all.pulls(),
                        all.means(),
                        SavedTuner.bytes(tuner.memory()))
                .write(request.save());
    }
}
