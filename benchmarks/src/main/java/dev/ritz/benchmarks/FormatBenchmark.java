package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.format.BlockMatrix;
import dev.ritz.api.format.DiagonalMatrix;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.format.SellMatrix;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;
import dev.ritz.testdata.Gallery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/**
 * Products in every storage format against compressed rows and against the bandwidth of the memory, measured in one
 * process by a triad over vectors that no cache holds.
 *
 * <p>Contenders take turns within a round, so that a disturbance hits all of them; every figure is a median. Writes
 * {@code formats.md} and {@code formats.json}: {@code java -cp … dev.ritz.benchmarks.FormatBenchmark [directory
 * [threads [part of a problem's name [rounds]]]]}. Run it on an idle machine.
 */
public final class FormatBenchmark {
    private static final int TRIAD = 1 << 23;
    private static final int VECTORS = 8;
    private static final int WARM_UP = 25;

    private static final WorkerPool.BlockKernel<double[]> TRIAD_BLOCK = (w, x, y, block) -> {
        for (int i = block * Vectors.BLOCK, to = Math.min(w.length, i + Vectors.BLOCK); i < to; i++) {
            w[i] = x[i] + 0.5 * y[i];
        }
    };

    /** What is multiplied. */
    private record Subject(String name, CsrMatrix a) {
        boolean vectorValued() {
            return name.startsWith("elasticity");
        }
    }

    /** One line of the table. */
    private static final class Contender {
        private final String format;
        private final String operation;
        private final double bytes;
        private final Runnable work;
        private final double[] times;
        private double median;

        Contender(String format, String operation, double bytes, int rounds, Runnable work) {
            this.format = format;
            this.operation = operation;
            this.bytes = bytes;
            this.work = work;
            this.times = new double[rounds];
        }
    }

    private final StringBuilder table = new StringBuilder();
    private final List<String> json = new ArrayList<>();
    private final int rounds;
    private double[] xs = new double[0];
    private double[] ys = xs;

    private FormatBenchmark(int rounds) {
        this.rounds = rounds;
    }

    /**
     * Runs all measurements.
     *
     * @param args directory of the results (the current one); threads (2); part of a problem's name (all); rounds (15)
     * @throws IOException when a result cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args.length > 0 ? args[0] : ".");
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        String wanted = args.length > 2 ? args[2] : "";
        FormatBenchmark benchmark = new FormatBenchmark(args.length > 3 ? Integer.parseInt(args[3]) : 15);
        String heading = String.format(
                Locale.ROOT,
                "JDK %s, %d processors, %s, median of %d rounds%n",
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                LocalDate.now(),
                benchmark.rounds);
        for (String name : subjects()) {
            if (name.contains(wanted)) {
                benchmark.measure(new Subject(name, subject(name)), threads);
            }
        }
        Files.writeString(directory.resolve("formats.md"), heading + benchmark.table);
        Files.writeString(directory.resolve("formats.json"), "[\n" + String.join(",\n", benchmark.json) + "\n]\n");
        System.out.print(heading + benchmark.table);
    }

    private static List<String> subjects() {
        return List.of(
                "7-point 128^3",
                "5-point 1000^2",
                "27-point 80^3",
                "elasticity 500^2",
                "elements 1000^2, random order",
                "elements 1000^2, reverse Cuthill-McKee");
    }

    private static CsrMatrix subject(String name) {
        return switch (name) {
            case "7-point 128^3" -> gallery("poisson3d", 128);
            case "5-point 1000^2" -> gallery("poisson2d", 1000);
            case "27-point 80^3" -> box(80);
            case "elasticity 500^2" -> gallery("elasticity2d", 500);
            case "elements 1000^2, random order" -> shuffled(gallery("fem2d", 1000));
            default -> {
                CsrMatrix a = shuffled(gallery("fem2d", 1000));
                yield a.permute(ReverseCuthillMcKee.order(a.pattern()));
            }
        };
    }

    private void measure(Subject subject, int threads) {
        CsrMatrix a = subject.a();
        FormatChoice.choose(a); // warm
        long begin = System.nanoTime();
        FormatChoice choice = FormatChoice.choose(a);
        double conversion = (System.nanoTime() - begin) * 1e-6;
        table.append(String.format(
                Locale.ROOT,
                "%n%s: %,d rows, %,d entries; chosen in %.0f ms: %s%n%n",
                subject.name(),
                a.rows(),
                a.nnz(),
                conversion,
                choice.reason()));
        table.append("| format | operation | 1 thread, ms | ")
                .append(threads)
                .append(" threads, ms | GB/s | of triad |")
                .append(" gain over rows |\n|---|---|---:|---:|---:|---:|---:|\n");
        List<Contender> serial = run(a, subject.vectorValued(), 1);
        List<Contender> parallel = run(a, subject.vectorValued(), threads);
        double triad = parallel.get(0).bytes / parallel.get(0).median;
        for (int k = 0; k < serial.size(); k++) {
            Contender c = parallel.get(k);
            double rows = parallel.stream()
                    .filter(o -> o.format.equals("rows") && o.operation.equals(c.operation))
                    .mapToDouble(o -> o.median)
                    .findFirst()
                    .orElse(Double.NaN);
            line(subject, serial.get(k), c, threads, triad, rows);
        }
    }

    private void line(Subject subject, Contender one, Contender many, int threads, double triad, double rows) {
        double rate = many.bytes / many.median;
        table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.1f | %.0f %% | %s |%n",
                many.format,
                many.operation,
                one.median * 1e3,
                many.median * 1e3,
                rate * 1e-9,
                100 * rate / triad,
                rows > 0 ? String.format(Locale.ROOT, "%.2f", rows / many.median) : ""));
        json.add(String.format(
                Locale.ROOT,
                "{\"problem\": \"%s\", \"format\": \"%s\", \"operation\": \"%s\", \"bytes\": %.0f, \"threads\": %d,"
                        + " \"seconds1\": %.6g, \"seconds\": %.6g, \"triadBytesPerSecond\": %.4g}",
                subject.name(),
                many.format,
                many.operation,
                many.bytes,
                threads,
                one.median,
                many.median,
                triad));
    }

    private List<Contender> run(CsrMatrix matrix, boolean vectorValued, int threads) {
        try (WorkerPool pool = WorkerPool.of(threads)) {
            CsrMatrix a = matrix.on(pool);
            List<Contender> all = new ArrayList<>();
            double[] w = new double[TRIAD];
            double[] u = filled(TRIAD);
            double[] v = filled(TRIAD);
            int blocks = TRIAD / Vectors.BLOCK;
            all.add(new Contender(
                    "vectors", "triad", 24.0 * TRIAD, rounds, () -> pool.run(blocks, TRIAD_BLOCK, w, u, v)));
            vectors(all, a.rows(), pool);
            operations(all, "rows", a, 12.0 * a.nnz() + 4.0 * a.rows());
            format(all, "diagonals", a, DiagonalMatrix::of);
            format(all, "symmetric diagonals", a, DiagonalMatrix::symmetric);
            format(all, "slices", a, SellMatrix::of);
            if (vectorValued) {
                format(all, "2 by 2 blocks", a, m -> BlockMatrix.of(m, 2));
                format(all, "4 by 4 blocks", a, m -> BlockMatrix.of(m, 4));
            }
            time(all);
            return all;
        }
    }

    private void vectors(List<Contender> all, int n, WorkerPool pool) {
        Vectors kernels = new Vectors(n, pool);
        double[] x = filled(n);
        double[] p = filled(n);
        double[] z = filled(n);
        all.add(new Contender("vectors", "r - a q and norm", 24.0 * n, rounds, () -> kernels.axpySquare(1e-9, x, z)));
        all.add(new Contender(
                "vectors", "x + a p, z + b p", 40.0 * n, rounds, () -> kernels.update(1e-9, x, z, 0.5, p)));
    }

    private void format(List<Contender> all, String name, CsrMatrix a, Function<CsrMatrix, FormattedMatrix> maker) {
        FormattedMatrix m;
        try {
            m = maker.apply(a);
        } catch (IllegalArgumentException e) {
            return; // the format does not fit this matrix
        }
        if (m.bytes() < 20.0 * a.nnz()) { // else mostly fill
            operations(all, name, m, m.bytes());
        }
    }

    private void operations(List<Contender> all, String name, LinearOperator a, double bytes) {
        int n = a.rows();
        double[] x = filled(n);
        double[] y = new double[n];
        double moved = bytes + 16.0 * n;
        all.add(new Contender(name, "A x", moved, rounds, () -> a.apply(x, y)));
        all.add(new Contender(name, "A x and x'A x", moved, rounds, () -> a.applyDot(x, y)));
        all.add(new Contender(name, "A'x", moved, rounds, () -> a.applyTranspose(x, y)));
        if (xs.length != VECTORS * n) { // shared: eight vectors are the largest arrays here
            xs = filled(VECTORS * n);
            ys = new double[VECTORS * n];
        }
        double[] in = xs;
        double[] out = ys;
        all.add(new Contender(
                name, "A X, 8 vectors", bytes + VECTORS * 16.0 * n, rounds, () -> a.applyBlock(VECTORS, in, out)));
    }

    private void time(List<Contender> all) {
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Contender c : all) {
                long begin = System.nanoTime();
                c.work.run();
                if (round >= 0) {
                    c.times[round] = (System.nanoTime() - begin) * 1e-9;
                }
            }
        }
        for (Contender c : all) {
            Arrays.sort(c.times);
            c.median = c.times[rounds / 2];
        }
    }

    private static CsrMatrix gallery(String problem, int size) {
        return Gallery.problem(problem).generate(size, 0x5eed).a();
    }

    /** The numbering a mesh generator might give: none. */
    private static CsrMatrix shuffled(CsrMatrix a) {
        Random random = new Random(0x5eed);
        int[] p = new int[a.rows()];
        for (int i = 0; i < p.length; i++) {
            int j = random.nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return a.permute(p);
    }

    /** Trilinear elements on a cube: 27 entries per row, symmetric, variable. */
    private static CsrMatrix box(int side) {
        int n = side * side * side;
        var builder = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int k = -1; k <= 1; k++) {
                for (int j = -1; j <= 1; j++) {
                    for (int l = -1; l <= 1; l++) {
                        int u = i % side + l;
                        int v = i / side % side + j;
                        int w = i / (side * side) + k;
                        if (Math.min(u, Math.min(v, w)) >= 0 && Math.max(u, Math.max(v, w)) < side) {
                            int column = u + side * (v + side * w);
                            builder.add(column, column == i ? 26 : -1 - 0.001 * ((i + column) % 17));
                        }
                    }
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    private static double[] filled(int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = 1 + (i % 7) * 0.125;
        }
        return v;
    }
}
