package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.Gallery;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an application of Ic0, a forward and a backward sweep, costs: rows in natural order on one thread, rows gathered
 * by level on one thread, and levels shared between two. The figures of docs/decisions/0002-triangular-solves.md.
 *
 * <p>A factorisation built for two threads goes by level where levels are wide enough; after its pool is closed the
 * calling thread sweeps alone. Where they are not, all three columns are the natural order.
 *
 * <p>Argument: repeats (default 25). Contenders take turns, so that a disturbance hits all of them.
 */
public final class TriangularSolveBenchmark {

    private TriangularSolveBenchmark() {}

    /**
     * Prints a Markdown table of medians and minima.
     *
     * @param args repeats
     */
    public static void main(String[] args) {
        int repeats = args.length > 0 ? Integer.parseInt(args[0]) : 25;
        System.out.println("Milliseconds of one application, median (least) of " + repeats);
        System.out.println();
        System.out.println("| grid | rows per level | precision | natural, 1 thread | by level, 1 thread "
                + "| by level, 2 threads |");
        System.out.println("|---|---|---|---|---|---|");
        measure("poisson2d", 1000, 2, repeats);
        measure("poisson3d", 40, 3, repeats);
        measure("poisson3d", 64, 3, repeats);
        measure("poisson3d", 100, 3, repeats);
    }

    private static void measure(String problem, int side, int dimensions, int repeats) {
        CsrMatrix a = Gallery.problem(problem).generate(side, 1).a();
        int levels = dimensions * (side - 1) + 1; // the lines or planes on which the sum of indices is constant
        double[] r = new double[a.rows()];
        double[] z = new double[a.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = 1 + 0.5 * Math.sin(i);
        }
        for (Precision precision : Precision.values()) {
            Ic0 factory = new Ic0(precision);
            try (WorkerPool one = WorkerPool.of(1);
                    WorkerPool two = WorkerPool.of(2);
                    WorkerPool closed = WorkerPool.of(2)) {
                Preconditioner[] contenders = {
                    factory.build(a.on(one)), factory.build(a.on(closed)), factory.build(a.on(two))
                };
                closed.close();
                double[][] millis = new double[contenders.length][repeats];
                for (int k = -5; k < repeats; k++) { // the first five warm up
                    for (int c = 0; c < contenders.length; c++) {
                        long start = System.nanoTime();
                        contenders[c].apply(r, z);
                        double ms = (System.nanoTime() - start) * 1e-6;
                        if (k >= 0) {
                            millis[c][k] = ms;
                        }
                    }
                }
                System.out.printf("| %s %d | %d | %s |", problem, side, a.rows() / levels, precision);
                for (double[] times : millis) {
                    Arrays.sort(times);
                    System.out.printf(Locale.ROOT, " %.2f (%.2f) |", times[repeats / 2], times[0]);
                }
                System.out.println();
            }
        }
    }
}
