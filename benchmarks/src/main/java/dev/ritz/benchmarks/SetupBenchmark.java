package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.ordering.ReorderedSystem;
import dev.ritz.testdata.Gallery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What stands before the first step on small and middle-sized systems: order, format and preconditioner, each timed by
 * itself in turn with the others, and beside them a product and an application.
 *
 * <p>Argument: a folder of matrices with its {@code MANIFEST.tsv}, or nothing. Prints a table in Markdown, microseconds,
 * medians of warm runs.
 */
public final class SetupBenchmark {
    private static final int ROUNDS = 25;
    private static final long ROUND_NANOS = 2_000_000;

    private static final Set<String> SYMMETRIC = Set.of("wathenSmall", "lsc_F_2", "bcsstk16", "gr_30_30");
    private static final Set<String> GENERAL = Set.of("sherman5", "add32", "orsirr_1");

    private SetupBenchmark() {}

    /**
     * Times all.
     *
     * @param args see above
     * @throws IOException when a matrix cannot be read
     */
    public static void main(String[] args) throws IOException {
        Map<String, CsrMatrix> matrices = new LinkedHashMap<>();
        for (int side : new int[] {10, 32, 100, 141}) {
            matrices.put(
                    "poisson2d " + side,
                    Gallery.problem("poisson2d").generate(side, 1).a());
            matrices.put(
                    "convection-diffusion2d " + side,
                    Gallery.problem("convection-diffusion2d").generate(side, 1).a());
        }
        matrices.put(
                "poisson3d 25", Gallery.problem("poisson3d").generate(25, 1).a());
        matrices.put("fem2d 100", Gallery.problem("fem2d").generate(100, 1).a());
        if (args.length > 0) {
            for (RealMatrix m : RealMatrix.of(Path.of(args[0]))) {
                if (SYMMETRIC.contains(m.name()) || GENERAL.contains(m.name())) {
                    matrices.put(m.name(), MatrixMarket.read(m.file()));
                }
            }
        }
        System.out.println(Stopwatch.machine());
        System.out.println();
        System.out.println(
                "| matrix | n | entries | order | format | Jacobi | IC(0) or ILU(0) | rebuilt | M⁻¹ r | A x |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        matrices.forEach(SetupBenchmark::line);
    }

    private static void line(String name, CsrMatrix a) {
        boolean symmetric = a.asymmetry() == 0 && !GENERAL.contains(name);
        PreconditionerFactory factory = symmetric ? new Ic0() : new Ilu0();
        Preconditioner m = factory.build(a);
        double[] x = new double[a.rows()];
        double[] y = new double[a.rows()];
        Arrays.fill(x, 1);
        double[] t = Stopwatch.medians(
                ROUNDS,
                ROUND_NANOS,
                () -> ReorderedSystem.of(a).matrix().rows(),
                () -> FormatChoice.choose(a).operator().rows(),
                () -> new Jacobi().build(a).size(),
                () -> factory.build(a).size(),
                () -> factory.rebuild(m, a).size(),
                () -> {
                    m.apply(x, y);
                    return y[0];
                },
                () -> {
                    a.apply(x, y);
                    return y[0];
                });
        StringBuilder line =
                new StringBuilder(String.format(Locale.ROOT, "| %s | %,d | %,d |", name, a.rows(), a.nnz()));
        for (double seconds : t) {
            line.append(String.format(Locale.ROOT, " %.1f |", seconds * 1e6));
        }
        System.out.println(line);
    }
}
