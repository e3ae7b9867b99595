package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.sequence.AlwaysRebuild;
import dev.ritz.krylov.sequence.InitialGuess;
import dev.ritz.krylov.sequence.ReusePolicy;
import dev.ritz.krylov.sequence.SequenceBatch;
import dev.ritz.krylov.sequence.SequenceReport;
import dev.ritz.krylov.sequence.SequenceSession;
import dev.ritz.krylov.sequence.SimilarityKeys;
import dev.ritz.krylov.sequence.SimilarityOrder;
import dev.ritz.krylov.sequence.SystemRecord;
import dev.ritz.krylov.sequence.ZeroGuess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** One run of {@code ritz sequence}: read names, sort, solve in chunks, write solutions and rows as they come. */
final class SequenceRun {
    /** Sorting by all distances takes the square of the number of systems. */
    private static final int GREEDY_GROUP = 4096;

    private static final int KEY_DIMENSIONS = 4;
    private static final int KEY_SKETCH = 32;
    private static final long KEY_SEED = 20_240_229;

    private final SequenceRequest request;
    private final Watch watch;
    private final ProgressLine line;
    private final List<SequenceEntry> entries;
    private final SequenceTuning tuning; // null where nothing is tuned
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Set<Integer> cancelling = ConcurrentHashMap.newKeySet(); // systems with b = A*1 = 0

    SequenceRun(SequenceRequest request, Watch watch, ProgressLine line) throws CommandException {
        this.request = request;
        this.watch = watch;
        this.line = line;
        List<SequenceEntry> named = SequenceInput.of(request.source());
        this.entries = request.parametersFile() == null
                ? named
                : SequenceInput.withParameters(named, request.parametersFile());
        this.tuning = request.tune() == null ? null : new SequenceTuning(request.tune(), entries);
    }

    /** Saves what was learned, where that was asked for. */
    void saveTuner(SequenceOutcome out) throws CommandException {
        if (tuning != null) {
            tuning.save(out);
        }
    }

    /** Refuses to write where the input is read from. */
    void checkOutputs(Map<String, Path> outputs) throws CommandException {
        Set<Path> inputs = new HashSet<>();
        inputs.add(real(request.source()));
        if (Files.isDirectory(request.source())) {
            inputs.add(real(request.source().resolve(SequenceManifest.FILE)));
        }
        if (request.parametersFile() != null) {
            inputs.add(real(request.parametersFile()));
        }
        for (SequenceEntry entry : entries) {
            for (Path file : new Path[] {entry.matrix(), entry.rhs(), entry.guess(), entry.parametersFile()}) {
                if (file != null) {
                    inputs.add(real(file));
                }
            }
        }
        for (Map.Entry<String, Path> e : outputs.entrySet()) {
            if (inputs.contains(real(e.getValue()))) {
                throw CommandException.usage(
                        e.getKey() + " " + e.getValue() + " is a file of the input, expected another");
            }
        }
    }

    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize(); // not there yet
        }
    }

    /**
     * Runs to the end, or to the user's wish to stop; what the caller makes of the outcome is done before anything of a
     * finished run is forgotten.
     */
    SequenceOutcome run(Reporting reporting) throws CommandException {
        try (line) {
            List<Configuration> configurations = configurations(); // before OUT is touched: settings may be refused
            if (!request.resume() || !SequenceState.exists(request.output())) {
                checkNew();
            }
            int[] order = order();
            try (SequenceState state = SequenceState.open(request.output())) {
                SequenceOutcome out = solve(configurations, order, state);
                reporting.report(out);
                if (out.complete()) {
                    state.forget();
                }
                return out;
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT,
                    "INPUT_OUTPUT",
                    "in " + request.output() + ": " + InputSystem.why(e) + "; what is there is kept, --resume goes on",
                    e);
        }
    }

    private SequenceOutcome solve(List<Configuration> configurations, int[] order, SequenceState state)
            throws IOException, CommandException {
        SequenceTerms terms = terms();
        try (SequenceJournal journal = journal(terms)) {
            state.check(journal.rows(), index -> solution(request.output(), index, entries.size()));
            count(journal.rows());
            long t = System.nanoTime();
            List<SequenceReport> reports = batch(configurations, request.guess(), request.reuse(), state.folder())
                    .run(order, this::load, new SolutionFiles(journal), watch::cancelled);
            double wall = (System.nanoTime() - t) * 1e-9;
            SequenceRow[] rows = journal.rows();
            boolean complete = Arrays.stream(rows).noneMatch(r -> r == null);
            Map<String, int[]> without = request.compare() && complete ? compare(configurations, order) : Map.of();
            return new SequenceOutcome(terms, entries, configurations, order, rows, reports, without, complete, wall);
        }
    }

    /** Solves what a finished run could not read, apart from the others, which are left as they are. */
    SequenceOutcome repair(SequenceFinished before, Reporting reporting) throws CommandException {
        try (line) {
            List<Configuration> configurations = configurations();
            int[] order = order();
            SequenceRow[] kept = before.rows().clone();
            for (int i = 0; i < kept.length; i++) {
                kept[i] = kept[i] == null || kept[i].unread() ? null : kept[i];
            }
            int[] again = Arrays.stream(order).filter(i -> kept[i] == null).toArray();
            try (SequenceState state = SequenceState.open(request.output());
                    SequenceJournal journal = SequenceJournal.of(kept)) {
                count(kept);
                long t = System.nanoTime();
                List<SequenceReport> reports = batch(configurations, request.guess(), request.reuse(), null)
                        .run(again, this::load, new SolutionFiles(journal), watch::cancelled);
                double wall = (System.nanoTime() - t) * 1e-9;
                SequenceRow[] rows = journal.rows();
                boolean complete = Arrays.stream(rows).noneMatch(r -> r == null);
                for (int i = 0; i < rows.length; i++) {
                    rows[i] = rows[i] == null ? before.rows()[i] : rows[i];
                }
                SequenceOutcome out = new SequenceOutcome(
                        terms(), entries, configurations, order, rows, reports, Map.of(), complete, wall);
                reporting.report(out);
                state.forget();
                return out;
            }
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "in " + request.output() + ": " + InputSystem.why(e), e);
        }
    }

    private void count(SequenceRow[] rows) {
        for (SequenceRow row : rows) {
            done.addAndGet(row == null ? 0 : 1);
            failed.addAndGet(row == null || row.converged() ? 0 : 1);
        }
    }

    /** Writes what there is to say of a run. */
    @FunctionalInterface
    interface Reporting {
        void report(SequenceOutcome out) throws CommandException;
    }

    private void checkNew() throws CommandException {
        try {
            SequenceWriter.check(request.output());
        } catch (CommandException e) {
            if (SequenceState.exists(request.output())) {
                throw new CommandException(
                        e.code(), e.word(), "-o " + request.output() + " holds an unfinished run; --resume goes on", e);
            }
            throw e;
        }
    }

    private SequenceJournal journal(SequenceTerms run) throws IOException, CommandException {
        Path file = SequenceState.journal(request.output());
        return request.resume() && Files.exists(file)
                ? SequenceJournal.resume(file, run, names())
                : SequenceJournal.begin(file, run);
    }

    /** Refuses a finished run of other input or options. */
    void check(SequenceFinished before) throws CommandException {
        try {
            terms().require(before.terms(), request.output(), names(), before.rows());
        } catch (IOException e) {
            throw InputSystem.reading(request.source(), e);
        }
    }

    private SequenceTerms terms() throws IOException {
        return request.terms(SequenceState.digests(entries));
    }

    private List<String> names() {
        return entries.stream().map(SequenceEntry::name).toList();
    }

    /** For the first matrix that can be read; where there is none, every system will be reported as not read. */
    private List<Configuration> configurations() throws CommandException {
        SequenceReader reader = reader();
        CsrMatrix first = CsrMatrix.identity(1);
        for (SequenceEntry entry : entries) {
            try {
                first = reader.matrix(entry);
                break;
            } catch (CommandException e) {
                continue; // reported when its turn comes
            }
        }
        return SequenceChoice.configurations(request, first);
    }

    private SequenceReader reader() {
        return new SequenceReader(request.maxMemory(), pool());
    }

    private WorkerPool pool() {
        return request.workers() > 1
                ? WorkerPool.of(1)
                : request.threads() == 0 ? WorkerPool.shared() : WorkerPool.of(request.threads());
    }

    private SequenceBatch batch(
            List<Configuration> configurations, InitialGuess guess, ReusePolicy reuse, Path checkpoints) {
        WorkerPool pool = pool();
        return new SequenceBatch(
                () -> {
                    SequenceSession.Builder builder = SequenceSession.builder(configurations)
                            .guess(guess)
                            .reuse(reuse)
                            .pool(pool);
                    return tuning == null ? builder : tuning.on(builder, request.criteria(), checkpoints != null);
                },
                request.workers(),
                request.chunks(),
                checkpoints,
                request.every());
    }

    // ---------------------------------------------------------------- order

    private int[] order() throws CommandException {
        if (request.sort() == SequenceRequest.Sort.NONE) {
            return IntStream.range(0, entries.size()).toArray();
        }
        for (SequenceEntry entry : entries) {
            if (entry.parameters() == null && entry.parametersFile() == null) {
                throw CommandException.usage("--sort " + request.sort().name().toLowerCase(Locale.ROOT) + ": system '"
                        + entry.name() + "' has no parameters, expected them in the manifest or from --parameters");
            }
        }
        try {
            if (request.sort() == SequenceRequest.Sort.GREEDY) {
                double[][] features = new double[entries.size()][];
                for (int i = 0; i < features.length; i++) {
                    features[i] = SequenceReader.parameters(entries.get(i));
                }
                return SimilarityOrder.greedy(features, GREEDY_GROUP);
            }
            int length = SequenceReader.parameters(entries.get(0)).length;
            SimilarityKeys keys = length <= KEY_DIMENSIONS
                    ? SimilarityKeys.features()
                    : SimilarityKeys.principalComponents(KEY_DIMENSIONS, KEY_SKETCH, KEY_SEED);
            return SimilarityOrder.spaceFilling(entries.size(), this::features, keys, 256);
        } catch (Unreadable e) {
            throw e.why;
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, "BAD_INPUT", "--sort: " + e.getMessage(), e);
        }
    }

    private double[] features(int index) {
        try {
            return SequenceReader.parameters(entries.get(index));
        } catch (CommandException e) {
            throw new Unreadable(e);
        }
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        /** What to tell the user. */
        private final transient CommandException why;

        private Unreadable(CommandException why) {
            super(why);
            this.why = why;
        }
    }

    // ---------------------------------------------------------------- systems in, solutions out

    /** Each worker reads with a reader of its own, which remembers its last matrix and patterns. */
    private final ThreadLocal<SequenceReader> readers = ThreadLocal.withInitial(this::reader);

    private SequenceBatch.Item load(int index) throws CommandException {
        SequenceEntry entry = entries.get(index);
        SequenceReader reader = readers.get();
        CsrMatrix a = reader.matrix(entry);
        double[] b = reader.rhs(entry, a.rows());
        if (b == null) {
            b = new double[a.rows()];
            double[] ones = new double[a.rows()];
            Arrays.fill(ones, 1);
            if (request.ones()) {
                b = ones;
            } else {
                a.apply(ones, b);
                if (MatrixTraits.rowsCancel(a)) {
                    cancelling.add(index);
                }
            }
        }
        double[] x0 = reader.guess(entry, a.rows());
        return tuning == null || !tuning.hasContext()
                ? new SequenceBatch.Item(a, b, x0)
                : new SequenceBatch.Item(a, b, x0, tuning.context(index));
    }

    /** The file of a solution: x_0000.mtx, … in the order of the input. */
    static Path solution(Path output, int index, int systems) {
        int digits = Math.max(4, Integer.toString(Math.max(0, systems - 1)).length());
        return output.resolve(String.format(Locale.ROOT, "x_%0" + digits + "d.mtx", index));
    }

    /** Writes each solution, then its row. */
    private final class SolutionFiles implements SequenceBatch.Sink {
        private final SequenceJournal journal;

        private SolutionFiles(SequenceJournal journal) {
            this.journal = journal;
        }

        @Override
        public void solved(int index, SystemRecord record, double[] x) throws IOException {
            if (record.converged() || request.writeBest()) {
                MatrixMarket.writeVector(solution(request.output(), index, entries.size()), x);
            }
            SequenceRow row = SequenceRow.of(index, entries.get(index).name(), x.length, record);
            add(cancelling.contains(index) ? row.withNote(MatrixTraits.ROWS_CANCEL) : row);
        }

        @Override
        public void failed(int index, Exception failure) throws IOException {
            String cause = failure instanceof CommandException c ? c.word() : "REFUSED";
            String detail = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            add(SequenceRow.failed(index, entries.get(index).name(), cause, detail));
        }

        private void add(SequenceRow row) throws IOException {
            boolean again = journal.has(row.index());
            journal.add(row);
            if (!again) {
                done.incrementAndGet();
                failed.addAndGet(row.converged() ? 0 : 1);
            }
            show();
        }
    }

    private synchronized void show() {
        line.systems(done.get(), entries.size(), failed.get() == 0 ? "" : failed.get() + " not solved");
    }

    // ---------------------------------------------------------------- the same without each part

    /** Iterations per system, in the order of the input, without each part in turn, and without all of them. */
    private Map<String, int[]> compare(List<Configuration> configurations, int[] order)
            throws IOException, CommandException {
        Map<String, int[]> all = new LinkedHashMap<>();
        List<Configuration> plain = SequenceChoice.withoutRecycling(configurations);
        InitialGuess none = new ZeroGuess();
        if (!request.guess().equals(none)) {
            all.put("without guess", iterations(batch(configurations, none, request.reuse(), null), order));
        }
        if (!plain.equals(configurations)) {
            all.put("without recycling", iterations(batch(plain, request.guess(), request.reuse(), null), order));
        }
        if (!(request.reuse() instanceof AlwaysRebuild)) {
            all.put(
                    "without reuse",
                    iterations(batch(configurations, request.guess(), new AlwaysRebuild(), null), order));
        }
        all.put("each system alone", iterations(batch(plain, none, new AlwaysRebuild(), null), order));
        return all;
    }

    private int[] iterations(SequenceBatch batch, int[] order) throws IOException, CommandException {
        line.close(); // each comparison is a task of its own
        int[] counts = new int[entries.size()];
        AtomicInteger solved = new AtomicInteger();
        batch.run(
                order,
                this::load,
                new SequenceBatch.Sink() {
                    @Override
                    public void solved(int index, SystemRecord record, double[] x) {
                        counts[index] = record.iterations();
                        count();
                    }

                    @Override
                    public void failed(int index, Exception failure) {
                        count();
                    }

                    private void count() {
                        int at = solved.incrementAndGet();
                        synchronized (SequenceRun.this) {
                            line.systems(at, counts.length, "comparing");
                        }
                    }
                },
                watch::cancelled);
        if (watch.cancelled()) {
            throw new CommandException(
                    ExitCode.CANCELLED, "CANCELLED", "cancelled while comparing; the solutions are all written");
        }
        return counts;
    }
}
