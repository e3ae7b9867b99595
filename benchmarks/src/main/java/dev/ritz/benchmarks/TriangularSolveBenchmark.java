package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;
import dev.ritz.testdata.Gallery;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an application of Ic0 costs, a forward and a backward sweep with input and output in the order of the matrix: the
 * textbook's loop over compressed rows beside ours on one and two threads, factors in double and in float, and the
 * iterations of CG with both. See docs/decisions/0002-triangular-solves.md.
 *
 * <p>Argument: repeats (default 25). Contenders take turns, so that a disturbance hits all of them.
 */
public final class TriangularSolveBenchmark {
    private static final double RTOL = 1e-8;

    private TriangularSolveBenchmark() {}

    /**
     * Prints a Markdown table of medians.
     *
     * @param args repeats
     */
    public static void main(String[] args) {
        int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 25;
        System.out.println("JDK " + Runtime.version() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + LocalDate.now()
                + "; milliseconds of one application, median of " + repeats
                + "; in parentheses how many times faster than the textbook's sweep.");
        System.out.println();
        System.out.println("| matrix | unknowns | textbook | double, 1 thread | double, 2 threads | float, 1 thread"
                + " | float, 2 threads | CG iterations, double / float |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
        try (WorkerPool one = WorkerPool.of(1);
                WorkerPool two = WorkerPool.of(2)) {
            measure("poisson3d", 64, false, repeats, one, two);
            measure("poisson3d", 100, false, repeats, one, two);
            measure("poisson3d", 128, false, repeats, one, two);
            measure("poisson2d", 1000, false, repeats, one, two);
            measure("elasticity2d", 300, false, repeats, one, two);
            measure("fem2d", 500, true, repeats, one, two);
            measure("fem2d", 1000, true, repeats, one, two);
        }
    }

    private static void measure(
            String problem, int side, boolean reordered, int repeats, WorkerPool one, WorkerPool two) {
        CsrMatrix a = Gallery.problem(problem).generate(side, 1).a();
        if (reordered) {
            a = a.permute(ReverseCuthillMcKee.order(a.pattern()));
        }
        double[] r = new double[a.rows()];
        double[] z = new double[a.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = 1 + 0.5 * Math.sin(i);
        }
        int[] diagonal = a.pattern().diagonalPositions();
        Preconditioner[] contenders = {
            null, // the textbook
            new Ic0(Precision.DOUBLE).build(a.on(one)),
            new Ic0(Precision.DOUBLE).build(a.on(two)),
            new Ic0(Precision.FLOAT).build(a.on(one)),
            new Ic0(Precision.FLOAT).build(a.on(two))
        };
        double[][] millis = new double[contenders.length][repeats];
        for (int k = -8; k < repeats; k++) { // the first ones warm up
            for (int c = 0; c < contenders.length; c++) {
                for (int again = 0; again < 2; again++) { // once to wake threads and caches, once for the clock
                    long start = System.nanoTime();
                    if (contenders[c] == null) {
                        textbook(a, diagonal, r, z);
                    } else {
                        contenders[c].apply(r, z);
                    }
                    double ms = (System.nanoTime() - start) * 1e-6;
                    if (k >= 0) {
                        millis[c][k] = ms;
                    }
                }
            }
        }
        System.out.printf("| %s %d%s | %d |", problem, side, reordered ? ", reverse Cuthill-McKee" : "", a.rows());
        Arrays.sort(millis[0]);
        double book = millis[0][repeats / 2];
        System.out.printf(Locale.ROOT, " %.2f |", book);
        for (int c = 1; c < contenders.length; c++) {
            Arrays.sort(millis[c]);
            double median = millis[c][repeats / 2];
            System.out.printf(Locale.ROOT, " %.2f (%.1f) |", median, book / median);
        }
        System.out.printf(" %s / %s |%n", iterations(a, contenders[2], r), iterations(a, contenders[4], r));
    }

    /** Symmetric Gauss-Seidel on compressed rows: the same reads, operations and waits as any textbook sweep. */
    private static void textbook(CsrMatrix a, int[] diagonal, double[] r, double[] z) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] v = a.values();
        int n = a.rows();
        for (int i = 0; i < n; i++) {
            double sum = r[i];
            for (int k = rowPtr[i]; k < diagonal[i]; k++) {
                sum -= v[k] * z[colIdx[k]];
            }
            z[i] = sum / v[diagonal[i]];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = z[i] * v[diagonal[i]];
            for (int k = diagonal[i] + 1; k < rowPtr[i + 1]; k++) {
                sum -= v[k] * z[colIdx[k]];
            }
            z[i] = sum / v[diagonal[i]];
        }
    }

    private static String iterations(CsrMatrix a, Preconditioner m, double[] b) {
        Cg cg = new Cg(StoppingCriteria.DEFAULT.withRtol(RTOL).withMaxIterations(3000));
        SolveResult result =
                cg.solve(a, m, b, new double[a.rows()], cg.newWorkspace(a.rows(), a.pool()), IterationListener.NONE);
        return (result instanceof SolveResult.Converged ? "" : "> ")
                + result.report().iterations();
    }
}
