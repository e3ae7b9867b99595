package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Gmres;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What a solve costs beyond its arithmetic: systems as inside a time step, against the same arithmetic written out in
 * one method ({@link SmallTwins}) and against other libraries of the JVM.
 *
 * <p>Argument: the Markdown file to write (default {@code docs/benchmarks/small-systems.md}). One thread; everything is
 * set up beforehand, each run is one solve from x = 0 to a relative residual of 1e-8.
 */
public final class SmallSystems {
    private static final double RTOL = 1e-8;
    private static final int ROUNDS = 15;
    private static final long ROUND_NANOS = 5_000_000;
    private static final int RESTART = 30;

    private static final int[][] GRIDS = {{2, 5}, {10, 10}, {25, 40}, {100, 100}};

    /** A contender: its name, one solve, and the x it leaves. */
    record Contender(String name, Stopwatch.Work solve, double[] x) {}

    private SmallSystems() {}

    /**
     * Runs all measurements.
     *
     * @param args see above
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        Path page = Path.of(args.length > 0 ? args[0] : "docs/benchmarks/small-systems.md");
        StringBuilder text = new StringBuilder();
        text.append("# Small systems\n\n")
                .append(
                        "Microseconds of one solve from x = 0 to a relative residual of 1e-8, one thread, set-up excluded:\n")
                .append(
                        "5-point grids with 4.4 on the diagonal, as an implicit time step has them. \"Written out\" is the\n")
                .append(
                        "same arithmetic in one method without counting, timing, limits or report; what Ritz takes longer\n")
                .append("is its overhead. Made by `dev.ritz.benchmarks.SmallSystems`.\n\n")
                .append(Stopwatch.machine())
                .append('\n');
        for (boolean symmetric : new boolean[] {true, false}) {
            text.append(symmetric ? "\n## CG with Jacobi\n\n" : "\n## GMRES(30) with ILU(0)\n\n");
            boolean first = true;
            for (int[] grid : GRIDS) {
                List<String> lines = measure(grid[0], grid[1], symmetric);
                if (first) {
                    text.append(lines.get(0)).append(lines.get(1));
                    first = false;
                }
                text.append(lines.get(2));
                System.out.print(lines.get(2));
            }
        }
        Files.writeString(page, text);
    }

    private static List<String> measure(int width, int height, boolean symmetric) {
        CsrMatrix a = grid(width, height, symmetric ? 0 : 0.4);
        double[] b = new SplittableRandom(0x5a11).doubles(a.rows(), -1, 1).toArray();
        int[] iterations = new int[1];
        List<Contender> all = symmetric ? cg(a, b, iterations) : gmres(a, b, iterations);
        Stopwatch.Work[] works = all.stream().map(Contender::solve).toArray(Stopwatch.Work[]::new);
        double[] t = Stopwatch.medians(ROUNDS, ROUND_NANOS, works);
        StringBuilder head = new StringBuilder("| n | iterations | overhead |");
        StringBuilder rule = new StringBuilder("|---:|---:|---:|");
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "| %,d | %d | %.2f |", a.rows(), iterations[0], (t[0] - t[1]) * 1e6));
        for (int k = 0; k < t.length; k++) {
            double residual = relativeResidual(a, b, all.get(k).x());
            if (!(residual <= 1.5 * RTOL)) {
                throw new IllegalStateException(all.get(k).name() + " left a relative residual of " + residual);
            }
            head.append(' ').append(all.get(k).name()).append(" |");
            rule.append("---:|");
            line.append(String.format(Locale.ROOT, " %.2f |", t[k] * 1e6));
        }
        return List.of(
                head.append('\n').toString(),
                rule.append('\n').toString(),
                line.append('\n').toString());
    }

    private static List<Contender> cg(CsrMatrix a, double[] b, int[] iterations) {
        List<Contender> all = new ArrayList<>();
        StoppingCriteria criteria = StoppingCriteria.DEFAULT.withRtol(RTOL);
        all.add(ritz(new Cg(criteria), a, new Jacobi().build(a), b, iterations));
        SmallTwins twin = new SmallTwins(a);
        double[] x = new double[a.rows()];
        all.add(new Contender(
                "written out",
                () -> {
                    Arrays.fill(x, 0);
                    return twin.cg(b, x, RTOL);
                },
                x));
        all.addAll(SmallRivals.cg(a, b, RTOL));
        return all;
    }

    private static List<Contender> gmres(CsrMatrix a, double[] b, int[] iterations) {
        List<Contender> all = new ArrayList<>();
        StoppingCriteria criteria = StoppingCriteria.DEFAULT.withRtol(RTOL);
        all.add(ritz(new Gmres(criteria, RESTART), a, new Ilu0().build(a), b, iterations));
        SmallTwins twin = new SmallTwins(a);
        Preconditioner m = new Ilu0().build(a);
        double[] x = new double[a.rows()];
        double[][] v = new double[RESTART + 1][a.rows()];
        double[][] h = new double[RESTART + 4][RESTART + 2];
        all.add(new Contender(
                "written out",
                () -> {
                    Arrays.fill(x, 0);
                    return twin.gmres(m, b, x, RTOL, v, h);
                },
                x));
        all.addAll(SmallRivals.gmres(a, b, RTOL, RESTART));
        return all;
    }

    private static <W extends Workspace> Contender ritz(
            IterativeSolver<W> solver, CsrMatrix a, Preconditioner m, double[] b, int[] iterations) {
        W ws = solver.newWorkspace(a.rows(), a.pool());
        double[] x = new double[a.rows()];
        return new Contender(
                "Ritz",
                () -> {
                    Arrays.fill(x, 0);
                    SolveResult result = solver.solve(a, m, b, x, ws, IterationListener.NONE);
                    iterations[0] = result.report().iterations();
                    return iterations[0];
                },
                x);
    }

    private static double relativeResidual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        return Math.sqrt(a.residual(b, x, r) / Arrays.stream(b).map(v -> v * v).sum());
    }

    /** Five points, 4.4 and a little more on the diagonal, −1 ± skew beside it. */
    private static CsrMatrix grid(int width, int height, double skew) {
        int n = width * height;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i >= width) {
                rows.add(i - width, -1 - skew);
            }
            if (i % width > 0) {
                rows.add(i - 1, -1 - skew);
            }
            rows.add(i, 4.4 + 0.1 * (i % 3));
            if (i % width < width - 1) {
                rows.add(i + 1, -1 + skew);
            }
            if (i < n - width) {
                rows.add(i + width, -1 + skew);
            }
            rows.endRow();
        }
        return rows.build().on(WorkerPool.of(1));
    }
}
