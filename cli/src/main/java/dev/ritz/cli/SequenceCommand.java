package dev.ritz.cli;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.krylov.sequence.InitialGuess;
import dev.ritz.krylov.sequence.ReusePolicy;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ritz sequence}. */
@Command(
        name = "sequence",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        sortOptions = false,
        description = {
            "Solves a sequence of related systems; guess, recycled space and preconditioner of one serve the next.",
            "OUT gets x_0000.mtx, ... in the order of the input, and report.json. The exit code is 0 only when every"
                    + " system has converged."
        })
final class SequenceCommand implements Callable<Integer> {
    /** Beyond this a number is a slip. */
    private static final int MOST_WORKERS = 1024;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Ritz parent;

    @Parameters(
            arity = "1",
            paramLabel = "DIR|MANIFEST",
            description = "a folder of A_*.mtx and b_*.mtx, a manifest.json, or a list of file names")
    private Path source;

    @Option(
            names = "-o",
            required = true,
            paramLabel = "OUT",
            description = "folder for solutions and report, new or empty")
    private Path output;

    @Option(
            names = "-m",
            paramLabel = "METHOD",
            description = "method, see 'ritz methods'; without -m and -p the session chooses among a few")
    private String method;

    @Option(
            names = "-p",
            paramLabel = "PRECOND",
            description = "preconditioner, see 'ritz methods'; none with -m alone")
    private String preconditioner;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "an option of the method, or as p.key=value of the preconditioner; repeatable")
    private List<String> sets = List.of();

    @Option(
            names = "--guess",
            paramLabel = "HOW",
            description = "first iterates: " + SequenceWords.GUESSES + "; default ${DEFAULT-VALUE}")
    private String guess = "auto";

    @Option(
            names = "--recycle",
            paramLabel = "WHEN",
            description = "methods that carry a subspace over: auto, on, off; default auto")
    private SequenceRequest.Recycle recycle = SequenceRequest.Recycle.AUTO;

    @Option(
            names = "--reuse",
            paramLabel = "WHEN",
            description = "when a preconditioner serves another matrix of its pattern: " + SequenceWords.POLICIES
                    + "; default ${DEFAULT-VALUE}")
    private String reuse = "adaptive";

    @Option(
            names = "--sort",
            paramLabel = "HOW",
            description = "order of solving, by the parameters: none, greedy (nearest neighbour), curve (for many"
                    + " systems); default none")
    private SequenceRequest.Sort sort = SequenceRequest.Sort.NONE;

    @Option(names = "--parameters", paramLabel = "FILE", description = "table of parameters, a line for each system")
    private Path parameters;

    @Option(
            names = "--rhs",
            paramLabel = "KIND",
            converter = InputSystem.RhsWords.class,
            description = "right-hand side of systems without one: a1 (b = A*1, the default) or ones")
    private InputSystem.Rhs rhs = InputSystem.Rhs.A1;

    @Option(names = "--rtol", paramLabel = "R", description = "tolerance relative to |b|, default ${DEFAULT-VALUE}")
    private double rtol = StoppingCriteria.DEFAULT.rtol();

    @Option(names = "--atol", paramLabel = "R", description = "absolute tolerance, default ${DEFAULT-VALUE}")
    private double atol = StoppingCriteria.DEFAULT.atol();

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            description = "limit of each attempt at a system, default ${DEFAULT-VALUE}")
    private int maxIterations = StoppingCriteria.DEFAULT.maxIterations();

    @Option(
            names = {"--time-limit", "--deadline"},
            paramLabel = "T",
            description = "limit of each attempt at a system: 500ms, 30s, 5m, or seconds")
    private String timeLimit;

    @Option(names = "--max-memory", paramLabel = "SIZE", description = "512M, 4G: refuses matrices that need more")
    private String maxMemory;

    @Option(
            names = "--workers",
            paramLabel = "W",
            description = "systems solved at a time, each by one thread; default ${DEFAULT-VALUE}, with all threads")
    private int workers = 1;

    @Option(
            names = "--chunks",
            paramLabel = "C",
            description = "pieces of the order that know nothing of one another, default one for each worker; results"
                    + " depend on their number, and not on that of the workers")
    private Integer chunks;

    @Option(names = "--threads", paramLabel = "N", description = "threads of a solve where there is one worker")
    private Integer threads;

    @Option(
            names = "--checkpoint",
            paramLabel = "K",
            description = "systems between two checkpoints, default ${DEFAULT-VALUE}")
    private int every = 20;

    @Option(names = "--resume", description = "goes on with the unfinished run in OUT, with the same options")
    private boolean resume;

    @Option(names = "--write-best", description = "writes the best iterate also of systems that have not converged")
    private boolean writeBest;

    @Option(
            names = "--report",
            paramLabel = "FILE|-",
            description = "the report once more; - is standard output, and text then goes to standard error")
    private String report;

    @Option(names = "--plot", paramLabel = "FILE", description = "iterations per system: .svg or .png")
    private Path plot;

    @Option(
            names = "--compare",
            description = "solves again without guess, without recycling, without reuse, and each system alone, for the"
                    + " plot and the report; takes as many times longer")
    private boolean compare;

    @Mixin
    private TuneOptions tuning = new TuneOptions();

    @Option(names = "--progress", paramLabel = "WHEN", description = "auto (on a terminal), on, off")
    private SolveCommand.ProgressMode progress = SolveCommand.ProgressMode.AUTO;

    @Override
    public Integer call() throws CommandException {
        if (output.toString().isEmpty()) {
            throw usage("-o: the name is empty, expected a folder");
        }
        SequenceRequest request = request();
        checkTargets();
        boolean shown = progress == SolveCommand.ProgressMode.ON
                || progress == SolveCommand.ProgressMode.AUTO && parent.terminal();
        ProgressLine line =
                new ProgressLine(parent.err(), "sequence", shown ? ProgressLine.QUIET_NANOS : Long.MAX_VALUE / 2);
        SequenceRun run = new SequenceRun(request, parent.watch(), line);
        run.checkOutputs(outputs());
        SequenceFinished before = resume && SequenceFinished.exists(output) ? SequenceFinished.read(output) : null;
        if (before != null) {
            run.check(before);
            if (before.allRead()) {
                spec.commandLine().getOut().println(output + " holds a finished run, see " + SequenceFinished.REPORT);
                return before.exitCode();
            }
        }
        SequenceRun.Reporting reporting = outcome -> {
            run.saveTuner(outcome);
            write(request, outcome);
        };
        SequenceOutcome out = before == null ? run.run(reporting) : run.repair(before, reporting);
        boolean toConsole = "-".equals(report);
        PrintWriter text =
                toConsole ? spec.commandLine().getErr() : spec.commandLine().getOut();
        SequenceText.print(text, request, out);
        if (toConsole) {
            PrintWriter console = spec.commandLine().getOut();
            console.print(new String(SequenceReportJson.of(request, out), StandardCharsets.UTF_8));
            console.println();
            console.flush();
        }
        return out.exitCode().code();
    }

    private Map<String, Path> outputs() {
        Map<String, Path> outputs = new LinkedHashMap<>();
        outputs.put("--report", report == null || report.equals("-") ? null : Path.of(report));
        outputs.put("--plot", plot);
        outputs.put("--tune-plot", tuning.plot());
        outputs.put("--save-tuner", tuning.save());
        outputs.values().removeIf(Objects::isNull);
        return outputs;
    }

    private void write(SequenceRequest request, SequenceOutcome out) throws CommandException {
        byte[] json = SequenceReportJson.of(request, out);
        OutputFile.write(output.resolve(SequenceFinished.REPORT), json);
        if (report != null && !report.equals("-")) {
            OutputFile.write(Path.of(report), json);
        }
        if (plot != null) {
            String title = source.getFileName() + ": iterations per system";
            OutputFile.write(plot, SequencePlot.draw(HistoryFile.ending(plot), title, out));
        }
        if (tuning.plot() != null) {
            String title = source.getFileName() + ": " + request.tune().grid().key() + " per system";
            byte[] picture = TunePlot.draw(
                    HistoryFile.ending(tuning.plot()), title, request.tune().grid(), out);
            OutputFile.write(tuning.plot(), picture);
        }
    }

    private SequenceRequest request() throws CommandException {
        Map<String, String> forMethod = new LinkedHashMap<>();
        Map<String, String> forPreconditioner = new LinkedHashMap<>();
        SolveCommand.split(sets, forMethod, forPreconditioner, this::usage);
        if (method == null && preconditioner == null && !sets.isEmpty()) {
            throw usage("--set needs -m or -p, the thing it sets an option of");
        }
        if (rhs != InputSystem.Rhs.A1 && rhs != InputSystem.Rhs.ONES) {
            throw usage("--rhs " + rhs.name().toLowerCase(Locale.ROOT) + ", expected a1 or ones");
        }
        between("--workers", workers);
        between("--threads", threads == null ? 1 : threads);
        if (threads != null && workers > 1) {
            throw usage("--threads " + threads + " and --workers " + workers
                    + ": each of several workers solves with one thread");
        }
        if (chunks != null && chunks < 1) {
            throw usage("--chunks " + chunks + ", expected at least 1");
        }
        if (every < 1) {
            throw usage("--checkpoint " + every + ", expected at least 1");
        }
        Set<String> keys = new HashSet<>(forMethod.keySet());
        forPreconditioner.keySet().forEach(key -> keys.add("p." + key));
        boolean named = method != null || preconditioner != null;
        int pieces = chunks == null ? resumedChunks() : chunks;
        TuneRequest tune = tuning.request(named, keys, pieces, this::usage);
        InitialGuess first = SequenceWords.guess(guess);
        ReusePolicy policy = SequenceWords.reuse(reuse);
        return new SequenceRequest(
                source,
                output,
                method,
                preconditioner,
                forMethod,
                forPreconditioner,
                first,
                guess,
                recycle,
                policy,
                reuse,
                sort,
                parameters,
                rhs == InputSystem.Rhs.ONES,
                criteria(),
                workers,
                pieces,
                threads == null ? 0 : threads,
                memory(),
                every,
                resume,
                writeBest,
                compare,
                tune);
    }

    /** As many as the run that is resumed has, else one for each worker. */
    private int resumedChunks() throws CommandException {
        int before = !resume
                ? 0
                : SequenceFinished.exists(output)
                        ? SequenceFinished.read(output).terms().chunks()
                        : SequenceJournal.chunks(SequenceState.journal(output));
        return before == 0 ? workers : before;
    }

    private void between(String option, int value) {
        if (!(value >= 1 && value <= MOST_WORKERS)) {
            throw usage(option + " " + value + ", expected 1 to " + MOST_WORKERS);
        }
    }

    private StoppingCriteria criteria() {
        try {
            StoppingCriteria c =
                    StoppingCriteria.DEFAULT.withRtol(rtol).withAtol(atol).withMaxIterations(maxIterations);
            return timeLimit == null ? c : c.withTimeLimit(Quantities.duration(timeLimit));
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
    }

    private long memory() {
        try {
            return maxMemory == null ? MatrixMarket.Options.defaults().maxMemoryBytes() : Quantities.bytes(maxMemory);
        } catch (IllegalArgumentException e) {
            throw usage("--max-memory: " + e.getMessage());
        }
    }

    private ParameterException usage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** What cannot be written at the end is said at the beginning. */
    private void checkTargets() throws CommandException {
        if (plot != null) {
            if (!List.of("svg", "png").contains(HistoryFile.ending(plot))) {
                throw usage("--plot " + plot + ", expected a name that ends in .svg or .png");
            }
            checkTarget(plot);
        }
        if (report != null && !report.equals("-")) {
            checkTarget(Path.of(report));
            if (plot != null && OutputFile.same(plot, Path.of(report))) {
                throw usage("--plot " + plot + " is the file of --report, expected another");
            }
        }
    }

    /** OUT itself may not be there yet. */
    private void checkTarget(Path target) throws CommandException {
        Path folder = output.toAbsolutePath().normalize();
        if (Files.exists(folder)
                || !folder.equals(target.toAbsolutePath().normalize().getParent())) {
            OutputFile.check(target);
        }
    }
}
