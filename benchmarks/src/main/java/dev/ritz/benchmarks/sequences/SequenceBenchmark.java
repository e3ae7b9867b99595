package dev.ritz.benchmarks.sequences;

import dev.ritz.benchmarks.Picture;
import dev.ritz.benchmarks.Stopwatch;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Sequences of systems: Ritz's session beside independent solves of Ritz, and beside PETSc, SciPy and Eigen. Each
 * measurement has a process of its own and a limit; results are kept line by line, so that parts can be run by and by.
 *
 * <pre>
 *   SequenceBenchmark --export FOLDER, benchmarks/sequences/run.sh FOLDER, SequenceBenchmark --native FOLDER/native.jsonl
 * </pre>
 */
@Command(
        name = "SequenceBenchmark",
        mixinStandardHelpOptions = true,
        description = "Sessions beside independent solves and other libraries: JSON, a page and a plot.")
public final class SequenceBenchmark implements Callable<Integer> {
    private static final int[] OVERHEAD_SIDES = {32, 100, 316};

    @Option(names = "--only", description = "Measurements whose 'sequence configuration' contains a match.")
    private Pattern only = Pattern.compile("");

    @Option(names = "--quick", description = "Few systems of each sequence and short budgets: about five minutes.")
    private boolean quick;

    @Option(names = "--steps", description = "Systems of the heat equation (default 200).")
    private int steps = 200;

    @Option(names = "--budget", description = "Seconds of runs for a median (default 8).")
    private double budget = 8;

    @Option(names = "--limit", description = "Seconds for one measurement (default 600).")
    private double limit = 600;

    @Option(names = "--native", description = "The lines that benchmarks/sequences/run.sh wrote.")
    private Path nativeResults;

    @Option(names = "--export", description = "Write the sequences there for the native rivals, and do no more.")
    private Path export;

    @Option(names = "--missing", description = "Only what has no result yet.")
    private boolean missing;

    @Option(names = "--stop-after", description = "Begin no measurement after so many seconds; see --missing.")
    private long stopAfter = Long.MAX_VALUE;

    @Option(names = "--page", description = "Run nothing: merge and write the page.")
    private boolean page;

    @Option(names = "--out", description = "The folder of the page (default docs/benchmarks).")
    private Path out = Path.of("docs/benchmarks");

    private final long begin = System.nanoTime();
    private final Map<String, SequenceMeasurement> results = new LinkedHashMap<>();

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SequenceBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (export != null) {
            export();
            return 0;
        }
        Files.createDirectories(out);
        Path json = out.resolve("sequences.json");
        read(json);
        if (nativeResults != null) {
            read(nativeResults);
        }
        if (!page) {
            for (TestSequence sequence : TestSequence.all()) {
                for (Plan plan : sequence.plans()) {
                    measure(json, sequence, plan);
                }
            }
            for (int side : OVERHEAD_SIDES) {
                overhead(json, side);
            }
        }
        write(json);
        List<SequenceMeasurement> all = List.copyOf(results.values());
        Files.writeString(out.resolve("sequences.md"), SequencePage.of(all, Stopwatch.machine()));
        draw(all);
        return 0;
    }

    private int count(TestSequence sequence) {
        return quick ? sequence.quickCount() : sequence.small() ? sequence.count() : steps;
    }

    private void export() throws IOException {
        Files.createDirectories(export);
        for (TestSequence sequence : TestSequence.all()) {
            if (sequence.small() && only.matcher(sequence.name()).find()) {
                String kind = sequence.symmetric() ? ".spd" : ".general";
                int count = count(sequence);
                SequenceFile.write(
                        export.resolve(sequence.name() + kind + ".petsc"),
                        sequence.systems(count).iterator());
                Files.writeString(export.resolve(sequence.name() + ".count"), count + "\n");
            }
        }
    }

    // ---------------------------------------------------------------- measurements

    private boolean wanted(String sequence, String configuration, int systems) {
        SequenceMeasurement known = results.get(
                SequenceMeasurement.failed(sequence, configuration, systems, "").key());
        boolean late = (System.nanoTime() - begin) / 1_000_000_000 >= stopAfter;
        return only.matcher(sequence + " " + configuration).find()
                && !late
                && !(missing && known != null && known.systems() == systems);
    }

    private void measure(Path json, TestSequence sequence, Plan plan) throws IOException, InterruptedException {
        int count = count(sequence);
        if (wanted(sequence.name(), plan.toString(), count)) {
            List<SequenceMeasurement> lines = child(
                    SequenceTrial.class,
                    sequence.name(),
                    plan.toString(),
                    Integer.toString(count),
                    Double.toString(quick ? Math.min(budget, 2) : budget),
                    Double.toString(limit));
            keep(
                    json,
                    lines.isEmpty()
                            ? List.of(SequenceMeasurement.failed(
                                    sequence.name(), plan.toString(), count, "the process did not finish"))
                            : lines);
        }
    }

    private void overhead(Path json, int side) throws IOException, InterruptedException {
        if (wanted("overhead-" + side * side, "session", OverheadTrial.SYSTEMS)) {
            keep(json, child(OverheadTrial.class, Integer.toString(side), Double.toString(quick ? 2 : 2 * budget)));
        }
    }

    private void keep(Path json, List<SequenceMeasurement> lines) throws IOException {
        for (SequenceMeasurement m : lines) {
            System.out.println(m.toJson());
            results.put(m.key(), m);
        }
        write(json);
    }

    /** The lines that a program prints in a process of its own, none when it fails or takes far beyond its limit. */
    private List<SequenceMeasurement> child(Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        File lines = File.createTempFile("ritz-sequences", ".jsonl");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(Redirect.INHERIT)
                    .redirectOutput(lines)
                    .start();
            if (!process.waitFor((long) (1.5 * limit) + 120, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            List<SequenceMeasurement> found = new ArrayList<>();
            for (String line : Files.readAllLines(lines.toPath(), StandardCharsets.UTF_8)) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    found.add(SequenceMeasurement.fromJson(line));
                }
            }
            return found;
        } finally {
            Files.delete(lines.toPath());
        }
    }

    // ---------------------------------------------------------------- results

    private void read(Path file) throws IOException {
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                String object = line.strip().replaceFirst(",$", "");
                if (object.startsWith("{")) {
                    SequenceMeasurement m = SequenceMeasurement.fromJson(object);
                    results.put(m.key(), m);
                }
            }
        }
    }

    private void write(Path file) throws IOException {
        List<String> lines =
                results.values().stream().map(SequenceMeasurement::toJson).toList();
        Files.writeString(file, "[\n" + String.join(",\n", lines) + "\n]\n");
    }

    private void draw(List<SequenceMeasurement> all) throws IOException {
        List<String> names = new ArrayList<>();
        Map<String, List<Double>> dots = new LinkedHashMap<>();
        for (TestSequence sequence : TestSequence.all()) {
            List<SequenceMeasurement> here = SequencePage.complete(all, sequence.name());
            if (!here.isEmpty()) {
                names.add(sequence.name());
                for (SequencePage.Group group : SequencePage.Group.values()) {
                    dots.computeIfAbsent(group.title(), g -> new ArrayList<>())
                            .add(SequencePage.fastest(here, group)
                                    .map(m -> m.seconds() / m.systems())
                                    .orElse(null));
                }
            }
        }
        if (!names.isEmpty()) {
            Files.write(
                    out.resolve("sequences.png"),
                    Picture.dots(
                            "Seconds per system of a sequence, each contender's fastest way", "seconds", names, dots));
        }
    }
}
