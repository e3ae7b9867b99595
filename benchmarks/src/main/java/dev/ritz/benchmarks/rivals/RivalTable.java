package dev.ritz.benchmarks.rivals;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Ritz and its rivals on the same systems in one run, each in a JVM of its own, beside what PETSc, Eigen and SciPy came
 * to ({@code benchmarks/rivals/run.sh}). Writes {@code rivals.json}, {@code rivals.md} and {@code rivals.png}; results
 * of earlier runs stay unless a part is run again, so that the whole can be had in parts.
 */
@Command(
        name = "RivalTable",
        mixinStandardHelpOptions = true,
        description = "Ritz and its rivals on the same systems: JSON, a table and a plot.")
public final class RivalTable implements Callable<Integer> {
    private static final Pattern QUICK =
            Pattern.compile("poisson3d-64|convection-diffusion3d-64|fem2d-400-ordered|heat2d-.*");

    @Option(names = "--only", description = "Systems whose whole name matches (a regular expression).")
    private Pattern only = Pattern.compile(".*");

    @Option(names = "--rival", description = "Contenders whose 'name method preconditioner' contains a match.")
    private Pattern rival = Pattern.compile("");

    @Option(names = "--quick", description = "Four kinds of systems and short budgets: about three minutes.")
    private boolean quick;

    @Option(
            names = "--budget",
            description = "Seconds of runs for a median (default 5; less leaves small systems half compiled).")
    private double budget = 5;

    @Option(names = "--plain", description = "Ritz without vector instructions.")
    private boolean plain;

    @Option(names = "--limit", description = "Seconds for one run (default 60).")
    private double limit = 60;

    @Option(names = "--matrices", description = "A folder of real matrices; left out when not given.")
    private Path matrices;

    @Option(names = "--native", description = "The lines that benchmarks/rivals/run.sh wrote.")
    private Path nativeResults;

    @Option(names = "--export", description = "Write the systems there for the native rivals, and do no more.")
    private Path export;

    @Option(names = "--missing", description = "Only what has no result yet.")
    private boolean missing;

    @Option(names = "--stop-after", description = "Begin no measurement after so many seconds; see --missing.")
    private long stopAfter = Long.MAX_VALUE;

    @Option(names = "--page", description = "Run nothing: merge and write the pages.")
    private boolean page;

    @Option(names = "--out", description = "The folder of the pages (default docs/benchmarks).")
    private Path out = Path.of("docs/benchmarks");

    private final long begin = System.nanoTime();

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RivalTable()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<TestProblem> problems = new ArrayList<>(TestProblem.generated());
        problems.addAll(TestProblem.fromFiles(matrices));
        List<TestProblem> chosen = problems.stream()
                .filter(p -> only.matcher(p.name()).matches())
                .filter(p -> !quick || QUICK.matcher(p.name()).matches())
                .toList();
        if (export != null) {
            TestProblem.export(
                    chosen.stream()
                            .filter(p -> p.family() != TestProblem.Family.SMALL)
                            .toList(),
                    export);
            return 0;
        }
        Files.createDirectories(out);
        Results results = new Results();
        Path json = out.resolve("rivals.json");
        results.read(json);
        if (nativeResults != null) {
            results.read(nativeResults);
        }
        if (!page) {
            for (TestProblem problem : chosen) {
                run(problem, results);
                results.write(json);
            }
        }
        results.write(json);
        List<TestProblem> known = known(problems, results);
        Files.writeString(out.resolve("rivals.md"), RivalPage.of(known, results.all(), machine()));
        Files.write(out.resolve("rivals.png"), RivalPlot.draw(known, results.all()));
        return 0;
    }

    /** Contenders in turn, each in a JVM of its own. */
    private void run(TestProblem problem, Results results) throws IOException, InterruptedException {
        for (Rival contender : Rival.all()) {
            for (Rival.Pairing pairing : contender.pairings(problem)) {
                String name = contender.name() + " " + pairing.method() + " " + pairing.preconditioner();
                boolean late = (System.nanoTime() - begin) / 1_000_000_000 >= stopAfter;
                boolean done = missing && results.has(problem, contender, pairing);
                if (rival.matcher(name).find() && !late && !done) {
                    Measurement m = child(problem, contender, pairing);
                    System.out.println(m.toJson());
                    results.add(m);
                }
            }
        }
    }

    private Measurement child(TestProblem problem, Rival contender, Rival.Pairing pairing)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "--add-modules", // only Ritz uses it; a rival neither gains nor loses by it
                plain ? "java.base" : "jdk.incubator.vector",
                Trial.class.getName(),
                problem.name(),
                contender.name(),
                pairing.method(),
                pairing.preconditioner(),
                Double.toString(quick ? Math.min(budget, 2) : budget),
                Double.toString(quick ? Math.min(limit, 20) : limit)));
        if (matrices != null) {
            command.add(matrices.toString());
        }
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return text.lines()
                .filter(line -> line.startsWith("{"))
                .findFirst()
                .map(RivalTable::parsed)
                .orElseGet(() -> Measurement.without(
                        problem.name(),
                        contender.name(),
                        contender.version(),
                        pairing,
                        Measurement.FAILED,
                        "the process ended with status " + status));
    }

    private static Measurement parsed(String line) {
        try {
            return Measurement.fromJson(line);
        } catch (IOException e) {
            throw new IllegalStateException("a trial printed " + line, e);
        }
    }

    /** The problems of this run, and those of earlier results whose files are not at hand now. */
    private static List<TestProblem> known(List<TestProblem> problems, Results results) {
        List<TestProblem> known = new ArrayList<>(problems);
        for (Measurement m : results.all()) {
            if (known.stream().noneMatch(p -> p.name().equals(m.problem()))) {
                known.add(new TestProblem(m.problem(), m.method().equals("cg"), TestProblem.Family.FILE, () -> {
                    throw new IllegalStateException(m.problem() + " is known by its results alone");
                }));
            }
        }
        return known;
    }

    private static String machine() {
        return "Made by `dev.ritz.benchmarks.rivals.RivalTable` on " + LocalDate.now() + ", "
                + System.getProperty("java.vm.name") + " " + System.getProperty("java.version") + ", "
                + Runtime.getRuntime().availableProcessors() + " × " + processor() + ".";
    }

    /** The name of the processor where the system tells it. */
    private static String processor() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        } catch (IOException e) {
            // then its architecture has to do
        }
        return System.getProperty("os.arch");
    }
}
