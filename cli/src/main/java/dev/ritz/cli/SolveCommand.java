package dev.ritz.cli;

import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.io.MatrixMarket;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ritz solve}. */
@Command(
        name = "solve",
        mixinStandardHelpOptions = true,
        versionProvider = Ritz.VersionText.class,
        sortOptions = false,
        description = {
            "Solves A x = b and recomputes b - A x before it says so.",
            "Without -m and -p a rule picks: conjugate gradients with IC(0) for a symmetric matrix with a diagonal"
                    + " of one sign, else GMRES with ILU(0), scaled and reordered where that fails."
        })
final class SolveCommand implements Callable<Integer> {
    /** When the progress line is shown. */
    enum ProgressMode {
        AUTO,
        ON,
        OFF
    }

    private static final long DEFAULT_SEED = 20_240_229;
    /** Beyond this a number is a slip, and its threads would only cost memory. */
    private static final int MOST_THREADS = 1024;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Ritz parent;

    @Option(names = "-A", required = true, paramLabel = "FILE", description = "matrix, Matrix Market, plain or .gz")
    private Path matrix;

    @Option(names = "-f", paramLabel = "FILE", description = "right-hand side, Matrix Market")
    private Path rhsFile;

    @Option(
            names = "--rhs-column",
            paramLabel = "K",
            description = "column of a right-hand side file with several, from 1")
    private Integer rhsColumn;

    @Option(
            names = "--rhs",
            paramLabel = "KIND",
            converter = InputSystem.RhsWords.class,
            description = "right-hand side: file (of -f) or 0, ones (b = 1) or 1, a1 (b = A*1, the default without -f)"
                    + " or 2, random")
    private InputSystem.Rhs rhs;

    @Option(names = "--seed", paramLabel = "S", description = "seed of --rhs random, default " + DEFAULT_SEED)
    private Long seed;

    @Option(names = "-x", paramLabel = "FILE", description = "initial guess, default 0")
    private Path guess;

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "writes x when the solve has converged; the file appears whole or not at all")
    private Path output;

    @Option(names = "--write-best", description = "with -o: writes the best iterate also when it has not converged")
    private boolean writeBest;

    @Option(names = "-m", paramLabel = "METHOD", description = "method, see 'ritz methods'")
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

    @Option(names = "--rtol", paramLabel = "R", description = "tolerance relative to |b|, default ${DEFAULT-VALUE}")
    private double rtol = StoppingCriteria.DEFAULT.rtol();

    @Option(names = "--atol", paramLabel = "R", description = "absolute tolerance, default ${DEFAULT-VALUE}")
    private double atol = StoppingCriteria.DEFAULT.atol();

    @Option(
            names = "--max-iterations",
            paramLabel = "N",
            description = "limit of all attempts together, default ${DEFAULT-VALUE}")
    private int maxIterations = StoppingCriteria.DEFAULT.maxIterations();

    @Option(
            names = {"--time-limit", "--deadline"},
            paramLabel = "T",
            description = "limit of the whole run, from reading the files to the last attempt: 500ms, 30s, 5m, 2h, or"
                    + " seconds; looked at in every iteration, and behind each file, analysis and set-up")
    private String timeLimit;

    @Option(names = "--max-memory", paramLabel = "SIZE", description = "512M, 4G: refuses what would need more")
    private String maxMemory;

    @Option(names = "--threads", paramLabel = "N", description = "threads; results do not depend on their number")
    private Integer threads;

    @Option(
            names = "--reorder",
            paramLabel = "HOW",
            description = "order of the unknowns while solving: auto (reverse Cuthill-McKee where it pays), rcm, none")
    private Reorder reorder = Reorder.AUTO;

    @Option(
            names = "--format",
            paramLabel = "HOW",
            description = "storage for products: auto (diagonals or slices where they pay), rows")
    private Format format = Format.AUTO;

    @Option(
            names = "--json",
            paramLabel = "FILE|-",
            description = "report as JSON; - is standard output, and text" + " then goes to standard error")
    private String json;

    @Option(names = "--history", paramLabel = "FILE", description = "residuals per iteration: .csv, .svg or .png")
    private Path history;

    @Option(names = "--progress", paramLabel = "WHEN", description = "auto (on a terminal), on, off")
    private ProgressMode progress = ProgressMode.AUTO;

    @Option(names = "--explain", description = "tells each attempt and why it was made")
    private boolean explain;

    @Override
    public Integer call() throws CommandException {
        SolveRequest request = request();
        checkDistinct();
        SolveOutcome out = new SolveOutcome();
        try {
            checkTargets();
            new SolveRun(request, watch(), out).run();
        } catch (CommandException e) {
            if (json == null && out.x == null) {
                throw e;
            }
            out.failed(e);
        } catch (RuntimeException | OutOfMemoryError e) {
            out.broken(e);
            reportFault(request, out, e);
            throw e;
        }
        try {
            writeOutput(out);
            writeHistory(request, out);
        } catch (CommandException e) { // the solve is done: its report is worth having
            out.failed(e);
        }
        report(request, out);
        return out.exitCode.code();
    }

    private SolveRequest request() {
        Map<String, String> forMethod = new LinkedHashMap<>();
        Map<String, String> forPreconditioner = new LinkedHashMap<>();
        split(sets, forMethod, forPreconditioner, this::usage);
        if (rhsFile != null && rhs != null && rhs != InputSystem.Rhs.FILE) {
            throw usage("-f and --rhs " + rhs.name().toLowerCase(Locale.ROOT) + " exclude each other");
        }
        if (rhs == InputSystem.Rhs.FILE && rhsFile == null) {
            throw usage("--rhs file needs -f, the file");
        }
        if (rhsColumn != null && rhsColumn < 1) {
            throw usage("--rhs-column " + rhsColumn + ", expected at least 1");
        }
        if (rhsColumn != null && rhsFile == null) {
            throw usage("--rhs-column needs -f, the file it picks a column of");
        }
        if (seed != null && rhs != InputSystem.Rhs.RANDOM) {
            throw usage("--seed needs --rhs random");
        }
        if (threads != null && !(threads >= 1 && threads <= MOST_THREADS)) {
            throw usage("--threads " + threads + ", expected 1 to " + MOST_THREADS);
        }
        if (writeBest && output == null) {
            throw usage("--write-best needs -o");
        }
        return new SolveRequest(
                matrix,
                rhsFile != null ? InputSystem.Rhs.FILE : rhs == null ? InputSystem.Rhs.A1 : rhs,
                rhs != null,
                rhsFile,
                rhsColumn == null ? 0 : rhsColumn,
                guess,
                seed == null ? DEFAULT_SEED : seed,
                method,
                preconditioner,
                forMethod,
                forPreconditioner,
                criteria(),
                memory(),
                threads == null ? 0 : threads,
                reorder,
                format);
    }

    /** Sorts key=value words into those of the method and, behind p., those of the preconditioner. */
    static void split(
            List<String> sets,
            Map<String, String> forMethod,
            Map<String, String> forPreconditioner,
            Function<String, ParameterException> usage) {
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw usage.apply("--set " + set + ", expected key=value");
            }
            String key = set.substring(0, equals);
            String value = set.substring(equals + 1);
            if (key.startsWith("p.")) {
                forPreconditioner.put(key.substring(2), value);
            } else {
                forMethod.put(key, value);
            }
        }
    }

    private StoppingCriteria criteria() {
        StoppingCriteria c;
        try {
            c = StoppingCriteria.DEFAULT.withRtol(rtol).withAtol(atol).withMaxIterations(maxIterations);
        } catch (IllegalArgumentException e) {
            throw usage(e.getMessage());
        }
        try {
            return timeLimit == null ? c : c.withTimeLimit(Quantities.duration(timeLimit));
        } catch (IllegalArgumentException e) {
            throw usage("--time-limit: " + e.getMessage());
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

    /** An output never takes the place of an input or of another output, so one that would is the user's slip. */
    private void checkDistinct() {
        Map<String, Path> outputs = new LinkedHashMap<>();
        outputs.put("-o", output);
        outputs.put("--json", json == null || json.equals("-") ? null : Path.of(json));
        outputs.put("--history", history);
        outputs.values().removeIf(Objects::isNull);
        Map<String, Path> others = new LinkedHashMap<>();
        others.put("-A", matrix);
        others.put("-f", rhsFile);
        others.put("-x", guess);
        others.values().removeIf(Objects::isNull);
        outputs.forEach((option, file) -> {
            others.forEach((earlier, other) -> {
                if (OutputFile.same(file, other)) {
                    throw usage(option + " " + file + " is the file of " + earlier + ", expected another");
                }
            });
            others.put(option, file);
        });
    }

    /** What cannot be written at the end is said at the beginning. */
    private void checkTargets() throws CommandException {
        if (output != null) {
            OutputFile.check(output);
        }
        if (history != null) {
            HistoryFile.check(history);
        }
        if (json != null && !json.equals("-")) {
            OutputFile.check(Path.of(json));
        }
    }

    private Watch watch() {
        boolean shown = progress == ProgressMode.ON || progress == ProgressMode.AUTO && parent.terminal();
        return shown ? new Progress(parent.watch(), parent.err()) : parent.watch();
    }

    private void writeOutput(SolveOutcome out) throws CommandException {
        if (output == null || out.x == null || !(out.converged() || writeBest)) {
            return;
        }
        try {
            MatrixMarket.writeVector(output, out.x);
        } catch (IOException e) {
            throw OutputFile.writing(output, e);
        }
    }

    private void writeHistory(SolveRequest request, SolveOutcome out) throws CommandException {
        if (history == null || out.kept < 0) {
            return;
        }
        Attempt kept = out.keptAttempt();
        String title = request.matrix().getFileName() + ": " + kept.method() + " with " + kept.preconditioner();
        double tolerance = Math.max(rtol * out.rhsNorm, atol);
        HistoryFile.write(history, title, out, tolerance);
    }

    private void report(SolveRequest request, SolveOutcome out) throws CommandException {
        boolean toConsole = "-".equals(json);
        PrintWriter text =
                toConsole ? spec.commandLine().getErr() : spec.commandLine().getOut();
        TextReport.print(text, request, out, explain);
        reportJson(request, out);
    }

    private void reportJson(SolveRequest request, SolveOutcome out) throws CommandException {
        if ("-".equals(json)) {
            PrintWriter console = spec.commandLine().getOut();
            console.print(JsonReport.of(request, out));
            console.flush();
        } else if (json != null) {
            OutputFile.write(Path.of(json), JsonReport.of(request, out).getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A program that waits for JSON gets it if it can be had; what a person sees of the fault stays the same. */
    private void reportFault(SolveRequest request, SolveOutcome out, Throwable fault) {
        try {
            reportJson(request, out);
        } catch (CommandException | RuntimeException | OutOfMemoryError e) {
            fault.addSuppressed(e);
        }
    }
}
