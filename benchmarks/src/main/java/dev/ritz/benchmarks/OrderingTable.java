package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ick;
import dev.ritz.preconditioners.Ict;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Iluk;
import dev.ritz.preconditioners.Ilut;
import dev.ritz.preconditioners.ordering.Ordering;
import dev.ritz.preconditioners.ordering.Reordered;
import dev.ritz.testdata.Gallery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What an order does to incomplete factors: iterations and bytes in the order given, by reverse Cuthill-McKee and by
 * minimum degree. No times.
 *
 * <p>Argument: the page to write, {@code docs/benchmarks/orderings.md} when not given.
 */
public final class OrderingTable {
    private static final int RESTART = 60;
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withMaxIterations(2000);

    private OrderingTable() {}

    private record Problem(String name, CsrMatrix a) {
        static Problem of(String name, int size) {
            return new Problem(
                    "`" + name + "` " + size,
                    Gallery.problem(name).generate(size, 1).a());
        }
    }

    /**
     * Writes the page.
     *
     * @param args the page
     * @throws IOException when the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        StringBuilder page = new StringBuilder("# Orders and incomplete factors\n\nIterations to ‖b − A x‖ ≤ 1e-8 ‖b‖"
                + " with a random b (CG, or GMRES(60) where A is not symmetric), and the bytes of M a row. Given is the order of the problem; the others are `Reordered`.\n\n"
                + "| A | factors | given | reverse Cuthill-McKee | minimum degree |\n|---|---|---:|---:|---:|\n");
        for (Problem p : problems()) {
            boolean definite = Pairing.maybeDefinite(p.a());
            for (PreconditionerFactory factory : definite ? symmetric() : general()) {
                String row = "| " + p.name() + " | " + options(factory) + " | " + cell(factory, p.a(), definite) + " | "
                        + cell(new Reordered(factory), p.a(), definite) + " | "
                        + cell(new Reordered(factory, Ordering.MINIMUM_DEGREE), p.a(), definite) + " |\n";
                System.out.print(row);
                page.append(row);
            }
        }
        page.append("\n    mvn -q package -DskipTests\n"
                + "    java -cp 'benchmarks/target/classes:benchmarks/target/lib/*'"
                + " dev.ritz.benchmarks.OrderingTable\n");
        Files.writeString(Path.of(args.length > 0 ? args[0] : "docs/benchmarks/orderings.md"), page);
    }

    private static List<Problem> problems() {
        return List.of(
                Problem.of("lognormal2d", 128),
                Problem.of("poisson3d", 24),
                Problem.of("fem2d", 100),
                Problem.of("elasticity2d", 60),
                Problem.of("convection-diffusion2d", 128),
                Problem.of("convection-diffusion3d", 20));
    }

    private static List<PreconditionerFactory> symmetric() {
        return List.of(
                new Ic0(),
                new Ick(1),
                new Ick(3),
                new Ict(1e-2, 5),
                new Ict(1e-2, 5).withOmega(0.95),
                new Ict(1e-3, 10),
                new Ict(1e-4, 100));
    }

    private static List<PreconditionerFactory> general() {
        return List.of(
                new Ilu0(), new Iluk(1), new Iluk(3), new Ilut(1e-2, 5), new Ilut(1e-3, 10), new Ilut(1e-4, 100));
    }

    private static String options(PreconditionerFactory factory) {
        if (factory instanceof Ict f) {
            String omega = f.omega() == 0 ? "" : ", omega " + f.omega();
            return String.format(Locale.ROOT, "Ict(%.0e, %d%s)", f.dropTolerance(), f.fill(), omega);
        }
        if (factory instanceof Ilut f) {
            return String.format(Locale.ROOT, "Ilut(%.0e, %d)", f.dropTolerance(), f.fill());
        }
        return factory.name();
    }

    private static String cell(PreconditionerFactory factory, CsrMatrix a, boolean definite) {
        double[] b = new Random(0x0de5).doubles(a.rows(), -1, 1).toArray();
        Preconditioner m = factory.build(a);
        IterativeSolver<?> solver = Pairing.method(m, definite, RESTART, CRITERIA);
        SolveResult result = solver.solve(a, m, b);
        boolean solved = result.converged() && Pairing.relativeResidual(a, b, result.iterate()) <= 1e-8 * (1 + 1e-6);
        return String.format(
                Locale.ROOT,
                "%s, %.0f",
                solved ? result.report().iterations() : result.cause(),
                (double) m.bytes() / a.rows());
    }
}
