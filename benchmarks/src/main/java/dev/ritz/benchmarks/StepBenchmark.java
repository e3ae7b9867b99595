package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.format.FormattedMatrix;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.Idr;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.krylov.stationary.Ssor;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.Poisson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Seconds per iteration of the methods on the 7-point Laplacian, beside the time that the vectors and matrix of the
 * method's card take at the bandwidth of a triad measured in the same process. The least of several runs counts.
 *
 * <p>Arguments: the Markdown file to write (default {@code docs/benchmarks/steps.md}), the JSON file (default
 * {@code benchmarks/target/steps.json}), sides of the cubes (default 64 128). An iteration is the difference of a long
 * and a short solve, so that starting and verifying cancel.
 */
public final class StepBenchmark {
    private static final int ROUNDS = 5;

    /** One line of the table. */
    private record Row(String method, int side, int threads, double seconds, double bytes, double triad) {
        double share() {
            return bytes / triad / seconds;
        }
    }

    private StepBenchmark() {}

    /**
     * Runs all measurements.
     *
     * @param args see above
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 0 && args[0].startsWith("-")) {
            throw new IllegalArgumentException(
                    args[0] + " is no option: expected PAGE, JSON and sides, for instance steps.md steps.json 64 128");
        }
        Path page = Path.of(args.length > 0 ? args[0] : "docs/benchmarks/steps.md");
        Path json = Path.of(args.length > 1 ? args[1] : "benchmarks/target/steps.json");
        int[] sides = args.length > 2
                ? Arrays.stream(args).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {64, 128};
        List<Row> rows = new ArrayList<>();
        for (int threads : new int[] {1, 2}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                double triad = Stopwatch.triad(pool);
                for (int side : sides) {
                    measure(side, pool, triad, rows);
                }
            }
        }
        write(page, markdown(rows));
        write(json, json(rows));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text);
    }

    /** The operator that the methods multiply with, made here and nowhere else. */
    private static LinearOperator operator(CsrMatrix a) {
        return FormatChoice.choose(a).operator();
    }

    /** The arrays of the matrix once, x read and y written once. */
    private static double bytes(LinearOperator operator) {
        double arrays = operator instanceof FormattedMatrix f
                ? f.bytes()
                : 12.0 * ((CsrMatrix) operator).nnz() + 4.0 * operator.rows();
        return arrays + 16.0 * operator.rows();
    }

    private static void measure(int side, WorkerPool pool, double triad, List<Row> rows) {
        CsrMatrix a = Poisson.poisson3d(side).a().on(pool);
        LinearOperator operator = operator(a);
        int n = a.rows();
        double[] b = new SplittableRandom(0x57e9).doubles(n, -1, 1).toArray();
        double product = bytes(operator);
        double vector = 8.0 * n;
        Preconditioner jacobi = new Jacobi().build(a);
        Preconditioner none = Preconditioner.identity(n);
        rows.add(new Row(
                "Cg, Jacobi",
                side,
                pool.threads(),
                perStep(Cg::new, operator, jacobi, b, pool, 5, 20),
                product + 11 * vector,
                triad));
        rows.add(new Row(
                "the same unfused",
                side,
                pool.threads(),
                unfusedStep(operator, a, b, pool),
                product + 17 * vector,
                triad));
        rows.add(new Row(
                "BiCgStab",
                side,
                pool.threads(),
                perStep(BiCgStab::new, operator, none, b, pool, 3, 11),
                2 * product + 18 * vector,
                triad));
        rows.add(new Row(
                "Gmres(30)",
                side,
                pool.threads(),
                perStep(c -> new Gmres(c, 30), operator, none, b, pool, 30, 60),
                product + 54 * vector,
                triad));
        rows.add(new Row(
                "Idr(4)",
                side,
                pool.threads(),
                perStep(c -> new Idr(c, 4, 0x1d4), operator, none, b, pool, 5, 20),
                product + 22 * vector,
                triad));
        relaxation(a, b, side, pool, triad, rows);
    }

    /** They read A by its compressed rows, whatever storage products have; a half step of SSOR meets every line of it. */
    private static void relaxation(CsrMatrix a, double[] b, int side, WorkerPool pool, double triad, List<Row> rows) {
        double vector = 8.0 * a.rows();
        double matrix = 12.0 * a.nnz() + vector; // with the places of rows and diagonal
        Preconditioner none = Preconditioner.identity(a.rows());
        rows.add(new Row(
                "Sor(1.5)",
                side,
                pool.threads(),
                perStep(c -> new Sor(c, 1.5), a, none, b, pool, 3, 11),
                matrix + 7 * vector,
                triad));
        rows.add(new Row(
                "Ssor(1.5)",
                side,
                pool.threads(),
                perStep(c -> new Ssor(c, 1.5), a, none, b, pool, 3, 11),
                2 * matrix + 12 * vector,
                triad));
    }

    /** Makes a method that stops after the iterations given. */
    @FunctionalInterface
    private interface Maker<W extends Workspace> {
        IterativeSolver<W> make(StoppingCriteria criteria);
    }

    /** Seconds per iteration. */
    private static <W extends Workspace> double perStep(
            Maker<W> maker, LinearOperator a, Preconditioner m, double[] b, WorkerPool pool, int few, int many) {
        IterativeSolver<W> shorter =
                maker.make(StoppingCriteria.DEFAULT.withRtol(0).withMaxIterations(few));
        IterativeSolver<W> longer =
                maker.make(StoppingCriteria.DEFAULT.withRtol(0).withMaxIterations(many));
        W ws = shorter.newWorkspace(b.length, pool);
        double[] x = new double[b.length];
        double[] t = Stopwatch.least(
                ROUNDS, () -> solve(shorter, few, a, m, b, x, ws), () -> solve(longer, many, a, m, b, x, ws));
        return (t[1] - t[0]) / (many - few);
    }

    private static double unfusedStep(LinearOperator operator, CsrMatrix a, double[] b, WorkerPool pool) {
        double[] inverse = a.diagonal();
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / inverse[i];
        }
        UnfusedPcg twin = new UnfusedPcg(operator, inverse, new Vectors(b.length, pool));
        double[] x = new double[b.length];
        double[] t = Stopwatch.least(ROUNDS, () -> unfused(twin, 5, b, x), () -> unfused(twin, 20, b, x));
        return (t[1] - t[0]) / 15;
    }

    private static double unfused(UnfusedPcg twin, int count, double[] b, double[] x) {
        Arrays.fill(x, 0);
        return twin.steps(count, b, x);
    }

    private static <W extends Workspace> double solve(
            IterativeSolver<W> solver, int count, LinearOperator a, Preconditioner m, double[] b, double[] x, W ws) {
        Arrays.fill(x, 0);
        int taken =
                solver.solve(a, m, b, x, ws, IterationListener.NONE).report().iterations();
        if (taken != count) {
            throw new IllegalStateException(solver.name() + " took " + taken + " iterations, expected " + count);
        }
        return x[0];
    }

    private static String markdown(List<Row> rows) {
        StringBuilder text = new StringBuilder();
        text.append("# Steps\n\n")
                .append(
                        "Milliseconds of one iteration on the 7-point Laplacian of a cube in the storage `FormatChoice` picks, and the share\n")
                .append(
                        "of the bandwidth of a triad that its own traffic then makes: the matrix and the vectors of the\n")
                .append(
                        "method's card, each read or written once; the least of several runs. Small cubes live in the last cache, where shares can\n")
                .append("exceed one. Made by `dev.ritz.benchmarks.StepBenchmark`.\n\n")
                .append(Stopwatch.machine())
                .append('\n');
        for (int threads : new int[] {1, 2}) {
            List<Row> some = rows.stream().filter(r -> r.threads == threads).toList();
            text.append(String.format(
                    Locale.ROOT,
                    "%n## %d thread%s, triad %.1f GB/s%n%n| method | side | ms | bytes a row | ms at the triad | share |%n",
                    threads,
                    threads == 1 ? "" : "s",
                    some.get(0).triad * 1e-9));
            text.append("|---|---:|---:|---:|---:|---:|\n");
            for (Row r : some) {
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %d | %.2f | %.0f | %.2f | %.0f %% |%n",
                        r.method,
                        r.side,
                        r.seconds * 1e3,
                        r.bytes / Math.pow(r.side, 3),
                        r.bytes / r.triad * 1e3,
                        100 * r.share()));
            }
        }
        return text.toString();
    }

    private static String json(List<Row> rows) {
        StringBuilder text = new StringBuilder("{\n  \"machine\": \"" + Stopwatch.machine() + "\",\n  \"steps\": [");
        String separator = "\n";
        for (Row r : rows) {
            text.append(separator)
                    .append(String.format(
                            Locale.ROOT,
                            "    {\"method\": \"%s\", \"side\": %d, \"threads\": %d, \"seconds\": %.6e, \"bytes\": %.0f, "
                                    + "\"triadBytesPerSecond\": %.4e, \"share\": %.4f}",
                            r.method,
                            r.side,
                            r.threads,
                            r.seconds,
                            r.bytes,
                            r.triad,
                            r.share()));
            separator = ",\n";
        }
        return text.append("\n  ]\n}\n").toString();
    }
}
