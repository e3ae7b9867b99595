package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.kernel.WorkerPool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import no.uib.cipr.matrix.io.MatrixInfo;
import no.uib.cipr.matrix.io.MatrixSize;
import no.uib.cipr.matrix.io.MatrixVectorReader;

/**
 * Reading rates of Ritz, MTJ and a C program on two generated files of some 100 MB. Arguments: the C source (default
 * {@code benchmarks/src/main/c/mmread.c}) and the Markdown file to write (default {@code docs/benchmarks/reading.md}).
 * Every reader reads the file from the page cache.
 */
public final class ReadBenchmark {
    private static final int REPETITIONS = 15;
    private static final int WARM = 6;
    private static final int MTJ_BYTES = 10_000_000;

    private record Row(String reader, String result, double megabytesPerSecond) {}

    private ReadBenchmark() {}

    /**
     * Runs all readers.
     *
     * @param args see above
     * @throws Exception when a file or process fails
     */
    public static void main(String[] args) throws Exception {
        Path source = Path.of(args.length > 0 ? args[0] : "benchmarks/src/main/c/mmread.c");
        Path page = Path.of(args.length > 1 ? args[1] : "docs/benchmarks/reading.md");
        Path folder = Files.createTempDirectory("ritz-reading");
        try {
            StringBuilder text = new StringBuilder(introduction());
            Path program = compile(source, folder);
            for (boolean full : new boolean[] {false, true}) {
                Path file = generate(folder.resolve("a.mtx"), full);
                text.append(String.format(
                        Locale.ROOT,
                        "%n## %s%n%n%.1f MB, values such as `%s`.%n%n| reader | result | MB/s |%n|---|---|---|%n",
                        full ? "Values of 16 and 17 digits" : "Values of 6 digits",
                        Files.size(file) / 1e6,
                        sample(file)));
                for (Row row : measure(file, program)) {
                    String line = String.format(
                            Locale.ROOT, "| %s | %s | %.0f |%n", row.reader, row.result, row.megabytesPerSecond);
                    System.out.print(line);
                    text.append(line);
                }
            }
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, text);
            System.out.println("written to " + page);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static String introduction() throws IOException {
        String cpu = "unknown processor";
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            cpu = Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(cpu);
        }
        return String.format(
                Locale.ROOT,
                """
                # Reading Matrix Market files

                %s, %d processors visible, Java %s, %s.
                Medians of %d warm readings, files in the page cache; MB are 10⁶ bytes of text.
                Made by `dev.ritz.benchmarks.ReadBenchmark`.

                A generated matrix stored by columns, read as coordinate real general. Ritz's time is that of
                `MatrixMarket.read`: all checks, exact numbers, compressed rows. MTJ reads row, column and value arrays
                (`MatrixVectorReader.readCoordinate`) from a part of the text in memory and builds no matrix. The C
                program (`benchmarks/src/main/c/mmread.c`, `-O3 -march=native`) reads the file whole, parses in parallel, converts
                exactly (Clinger's fast path, a 128-bit division, else `strtod`), checks ranges and counts only, and then builds compressed rows on one
                thread; both of its times are given. Neither side pays for fresh memory: the C program keeps what it
                frees, the JVM runs with its heap touched in advance (`-Xms4g -Xmx4g -XX:+AlwaysPreTouch`).
                """,
                cpu,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                LocalDate.now(),
                REPETITIONS - WARM);
    }

    /** A matrix of seven diagonals, by columns. */
    private static Path generate(Path path, boolean full) throws IOException {
        int n = full ? 390_000 : 625_000;
        int[] offsets = {-8000, -90, -1, 0, 1, 90, 8000};
        SplittableRandom random = new SplittableRandom(0x0FF1CEL);
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (int j = 1; j <= n; j++) {
            for (int offset : offsets) {
                int i = j + offset;
                if (i >= 1 && i <= n) {
                    count++;
                    text.append(i).append(' ').append(j).append(' ');
                    double value = random.nextDouble() * 2 - 1;
                    if (full) {
                        text.append(value);
                    } else {
                        text.append((int) (value * 1e6) / 1e6);
                    }
                    text.append('\n');
                }
            }
        }
        text.insert(0, "%%MatrixMarket matrix coordinate real general\n" + n + " " + n + " " + count + "\n");
        return Files.write(path, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String sample(Path file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return reader.lines().skip(4).findFirst().orElseThrow();
        }
    }

    private static List<Row> measure(Path file, Path program) throws Exception {
        Stream.Builder<Row> rows = Stream.builder();
        double megabytes = Files.size(file) / 1e6;
        double expected = 0;
        for (int threads : new int[] {1, 2}) {
            double[] seconds = new double[REPETITIONS];
            try (WorkerPool pool = WorkerPool.of(threads)) {
                for (int k = 0; k < REPETITIONS; k++) {
                    long begin = System.nanoTime();
                    CsrMatrix a = MatrixMarket.read(
                            file, MatrixMarket.Options.defaults().withPool(pool));
                    seconds[k] = (System.nanoTime() - begin) * 1e-9;
                    expected = Arrays.stream(a.values()).reduce(0, Double::sum);
                }
            }
            rows.add(new Row("Ritz, " + name(threads), "compressed rows", megabytes / median(seconds, WARM)));
        }
        for (int threads : program == null ? new int[0] : new int[] {1, 2}) {
            Process process = new ProcessBuilder(program.toString(), file.toString(), "" + threads, "" + REPETITIONS)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            double[] parsed = new double[REPETITIONS];
            double[] built = new double[REPETITIONS];
            try (BufferedReader out = process.inputReader()) {
                for (int k = 0; k < REPETITIONS; k++) {
                    String[] words = out.readLine().split(" ");
                    parsed[k] = Double.parseDouble(words[0]);
                    built[k] = Double.parseDouble(words[1]);
                    double sum = Double.parseDouble(words[2]);
                    if (!(sum == expected)) {
                        throw new IllegalStateException("C read the sum " + sum + ", Ritz " + expected);
                    }
                }
            }
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the C program failed");
            }
            rows.add(new Row("C, " + name(threads), "three arrays", megabytes / median(parsed, WARM)));
            rows.add(new Row("C, " + name(threads), "compressed rows", megabytes / median(built, WARM)));
        }
        rows.add(new Row("MTJ, 1 thread", "three arrays", mtj(file)));
        return rows.build().toList();
    }

    private static String name(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }

    /** Reads the first part of the file, as a file of its own in memory. */
    private static double mtj(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.US_ASCII);
        text = text.substring(0, text.lastIndexOf('\n', MTJ_BYTES) + 1);
        int entries = (int) text.chars().filter(c -> c == '\n').count() - 2;
        double[] seconds = new double[5];
        for (int k = 0; k < seconds.length; k++) {
            long begin = System.nanoTime();
            MatrixVectorReader reader = new MatrixVectorReader(new StringReader(text));
            MatrixInfo info = reader.readMatrixInfo();
            MatrixSize size = reader.readMatrixSize(info);
            if (size.numEntries() < entries) {
                throw new IllegalStateException("MTJ read the size " + size.numEntries());
            }
            reader.readCoordinate(new int[entries], new int[entries], new double[entries]);
            seconds[k] = (System.nanoTime() - begin) * 1e-9;
        }
        return text.length() / 1e6 / median(seconds, 2);
    }

    private static double median(double[] seconds, int skip) {
        double[] sorted = Arrays.copyOfRange(seconds, skip, seconds.length);
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The C program, or null where there is no compiler. */
    private static Path compile(Path source, Path folder) throws InterruptedException {
        Path program = folder.resolve("mmread");
        try {
            Process process = new ProcessBuilder(
                            "gcc", "-O3", "-march=native", "-pthread", "-o", program.toString(), source.toString())
                    .inheritIO()
                    .start();
            if (process.waitFor() == 0) {
                return program;
            }
        } catch (IOException e) {
            System.out.println("no C compiler: " + e.getMessage());
        }
        return null;
    }
}
