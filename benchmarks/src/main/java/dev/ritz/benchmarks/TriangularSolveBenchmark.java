package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.Gallery;
import java.util.Arrays;
import java.util.Locale;

/**
 * What an application of Ic0 costs, a forward and a backward sweep, with factors stored in double and in float. See
 * docs/decisions/0002-triangular-solves.md.
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
        System.out.println("| grid | unknowns | double | float |");
        System.out.println("|---|---|---|---|");
        measure("poisson2d", 1000, repeats);
        measure("poisson3d", 40, repeats);
        measure("poisson3d", 64, repeats);
        measure("poisson3d", 100, repeats);
    }

    private static void measure(String problem, int side, int repeats) {
        CsrMatrix a = Gallery.problem(problem).generate(side, 1).a();
        double[] r = new double[a.rows()];
        double[] z = new double[a.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = 1 + 0.5 * Math.sin(i);
        }
        Preconditioner[] contenders = {new Ic0(Precision.DOUBLE).build(a), new Ic0(Precision.FLOAT).build(a)};
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
        System.out.printf("| %s %d | %d |", problem, side, a.rows());
        for (double[] times : millis) {
            Arrays.sort(times);
            System.out.printf(Locale.ROOT, " %.2f (%.2f) |", times[repeats / 2], times[0]);
        }
        System.out.println();
    }
}
