package dev.ritz.benchmarks;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.krylov.Gmres;
import dev.ritz.preconditioners.BlockJacobi;
import dev.ritz.preconditioners.Fsai;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ick;
import dev.ritz.preconditioners.Ict;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Iluk;
import dev.ritz.preconditioners.Ilut;
import dev.ritz.preconditioners.Ilutp;
import dev.ritz.preconditioners.Isai;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Milu0;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.Spai;
import dev.ritz.preconditioners.Spai0;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.composition.Additive;
import dev.ritz.preconditioners.composition.FieldSplit;
import dev.ritz.preconditioners.composition.InnerSolver;
import dev.ritz.preconditioners.composition.Multiplicative;
import dev.ritz.preconditioners.domain.Direct;
import dev.ritz.preconditioners.domain.Schwarz;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.ordering.Matched;
import dev.ritz.preconditioners.ordering.Permuted;
import dev.ritz.preconditioners.ordering.Reordered;
import dev.ritz.preconditioners.ordering.Scaled;
import dev.ritz.preconditioners.ordering.ScaledBy;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.preconditioners.polynomial.GmresPolynomial;
import dev.ritz.preconditioners.polynomial.LeastSquaresPolynomial;
import dev.ritz.preconditioners.polynomial.Neumann;
import dev.ritz.preconditioners.polynomial.SymmetricPolynomial;
import dev.ritz.preconditioners.subspace.Nystrom;
import dev.ritz.preconditioners.subspace.TwoLevel;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Every preconditioner with its defaults on four model problems: set-up, rebuild, one application, memory, iterations
 * and the time of a solve.
 *
 * <p>Arguments: the page to write, {@code docs/benchmarks/preconditioners.md} when not given, then optionally a text that
 * the names of preconditioners must contain. Times are the least of a few runs, wall clock, with the default pool.
 */
public final class PreconditionerBenchmark {
    private static final int RESTART = 60;
    private static final StoppingCriteria CRITERIA =
            StoppingCriteria.DEFAULT.withMaxIterations(3000).withTimeLimit(Duration.ofSeconds(6));

    /** What is measured is repeated for so long … */
    private static final double SECONDS = 0.2;
    /** … at least and at most so often. */
    private static final int FEWEST = 3;

    private static final int REPEATS = 10;

    private static double sink;

    private PreconditionerBenchmark() {}

    /** A preconditioner by the name of the table. */
    record Line(String name, Function<CsrMatrix, PreconditionerFactory> factory) {}

    /** A problem of the gallery. */
    private record Case(String problem, int size) {}

    private static Line line(PreconditionerFactory factory) {
        return new Line(factory.name(), a -> factory);
    }

    /** {@return every preconditioner; a new one is one more line} */
    static List<Line> lines() {
        return List.of(
                new Line("none", a -> new Identity()),
                line(new Jacobi()),
                line(new BlockJacobi()),
                line(new Ssor()),
                line(new Ic0()),
                line(new RelaxedIc0()),
                line(new Ick()),
                line(new Ict()),
                line(new Ilu0()),
                line(new Milu0()),
                line(new Iluk()),
                line(new Ilut()),
                line(new Ilutp()),
                line(new Fsai()),
                line(new Isai()),
                line(new Spai()),
                line(new Spai0()),
                line(new Amg()),
                line(new Neumann()),
                line(new Chebyshev()),
                line(new LeastSquaresPolynomial()),
                line(new GmresPolynomial()),
                line(new SymmetricPolynomial()),
                line(new AdaptiveKrylov()),
                line(new Scaled(new Ic0())),
                line(new Scaled(new Ilu0())),
                line(new Reordered(new Ic0())),
                line(new Reordered(new Ilu0())),
                new Line("Permuted(Ic0), from the last to the first", a -> new Permuted(reversed(a.rows()), new Ic0())),
                new Line("ScaledBy(Ic0), ones", a -> new ScaledBy(ones(a.rows()), new Ic0())),
                line(new Matched(new Ilu0())),
                line(new Direct()),
                line(new Schwarz()),
                line(new Schwarz().withInner(new Direct())),
                line(new TwoLevel()),
                line(new Nystrom()),
                line(new Additive()),
                line(new Multiplicative()),
                line(new FieldSplit()),
                line(new InnerSolver(new Gmres(CRITERIA.withRtol(0.1).withMaxIterations(10), 10), new Jacobi())));
    }

    private static int[] reversed(int n) {
        return IntStream.range(0, n).map(i -> n - 1 - i).toArray();
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static List<Case> cases() {
        return List.of(
                new Case("poisson3d", 40),
                new Case("lognormal2d", 256),
                new Case("elasticity2d", 60),
                new Case("convection-diffusion2d", 200));
    }

    /**
     * Measures and writes the page.
     *
     * @param args the page, part of the names of preconditioners
     * @throws IOException when the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length > 2) {
            System.err.println("usage: PreconditionerBenchmark [PAGE [PART]]");
            System.exit(2);
        }
        String part = args.length > 1 ? args[1] : "";
        List<Line> lines = lines().stream().filter(l -> l.name().contains(part)).toList();
        CsrMatrix warm = Gallery.problem("lognormal2d").generate(80, 1).a();
        lines.forEach(l -> row(l, warm, random(warm.rows()))); // for the compiler
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "# Preconditioners with their defaults%n%nSolves to ‖b − A x‖ ≤ 1e-8 ‖b‖ from x₀ = 0 with a random b in at most %d"
                        + " iterations and %d s, products with the storage `FormatChoice` picks: CG where A and M are"
                        + " symmetric positive definite, else GMRES(%d); the flexible forms where M varies. Times are the"
                        + " least of up to %d runs in one warm JVM; an application is one z ← M⁻¹ r. Bytes are those of M"
                        + " beside A.%n",
                CRITERIA.maxIterations(),
                CRITERIA.timeLimit().toSeconds(),
                RESTART,
                REPEATS));
        for (Case c : cases()) {
            LinearSystem s = Gallery.problem(c.problem()).generate(c.size(), 1);
            double[] b = random(s.size());
            page.append(String.format(
                    Locale.ROOT,
                    "%n## `%s` %d: n = %d, %d entries%n%n| preconditioner | method | set-up ms | rebuild ms |"
                            + " application ns a row | bytes a row | iterations | solve ms |%n"
                            + "|---|---|---:|---:|---:|---:|---:|---:|%n",
                    c.problem(),
                    c.size(),
                    s.a().rows(),
                    s.a().nnz()));
            for (Line line : lines) {
                String row = row(line, s.a(), b);
                System.out.print(c.problem() + " " + row);
                page.append(row);
            }
        }
        page.append("\n    mvn -q package -DskipTests\n"
                + "    java -cp 'benchmarks/target/classes:benchmarks/target/lib/*'"
                + " dev.ritz.benchmarks.PreconditionerBenchmark\n\n");
        page.append(RealMatrix.madeBy(PreconditionerBenchmark.class));
        Files.writeString(Path.of(args.length > 0 ? args[0] : "docs/benchmarks/preconditioners.md"), page);
    }

    /** The right-hand sides of the gallery are smooth, and some an eigenvector. */
    private static double[] random(int n) {
        return new Random(0xbe4c).doubles(n, -1, 1).toArray();
    }

    private static String row(Line line, CsrMatrix a, double[] b) {
        Preconditioner m;
        double setUp;
        double rebuild;
        try {
            PreconditionerFactory factory = line.factory().apply(a);
            m = factory.build(a);
            setUp = least(() -> factory.build(a).size());
            Preconditioner old = m;
            rebuild = least(() -> factory.rebuild(old, a).size());
        } catch (IllegalArgumentException e) { // made for symmetric matrices only
            return "| " + line.name() + " | refuses: not symmetric | | | | | | |\n";
        } catch (BuildException e) {
            return "| " + line.name() + " | " + e.reason() + " | | | | | | |\n";
        }
        double[] z = new double[a.rows()];
        double apply = least(() -> {
            m.apply(b, z);
            return z[0];
        });
        LinearOperator operator = FormatChoice.choose(a).operator();
        IterativeSolver<?> solver = Pairing.method(m, Pairing.maybeDefinite(a), RESTART, CRITERIA);
        SolveResult result = solver.solve(operator, m, b);
        double solve = result.report().totalSeconds();
        double spent = solve;
        for (int k = 1; k < REPEATS && spent < SECONDS && result.converged(); k++) {
            result = solver.solve(operator, m, b);
            solve = Math.min(solve, result.report().totalSeconds());
            spent += result.report().totalSeconds();
        }
        boolean reached = result.converged() && Pairing.relativeResidual(a, b, result.iterate()) <= 1e-8 * (1 + 1e-6);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.1f | %.0f | %s | %s |%n",
                line.name(),
                solver instanceof Gmres g ? "Gmres(" + g.restart() + ")" : solver.name(),
                1e3 * setUp,
                1e3 * rebuild,
                1e9 * apply / a.rows(),
                (double) m.bytes() / a.rows(),
                reached ? result.report().iterations() : "none: " + result.cause(),
                reached ? String.format(Locale.ROOT, "%.1f", 1e3 * solve) : "");
    }

    /** The least seconds of a few runs. */
    private static double least(Stopwatch.Work work) {
        double least = Double.POSITIVE_INFINITY;
        double spent = 0;
        for (int k = 0; k < FEWEST || (k < REPEATS && spent < SECONDS); k++) {
            long begin = System.nanoTime();
            sink += work.run();
            double seconds = (System.nanoTime() - begin) * 1e-9;
            least = Math.min(least, seconds);
            spent += seconds;
        }
        return least;
    }
}
