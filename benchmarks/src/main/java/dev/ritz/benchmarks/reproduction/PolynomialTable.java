package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.FlexibleCg;
import dev.ritz.krylov.Gmres;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.preconditioners.polynomial.GmresPolynomial;
import dev.ritz.preconditioners.polynomial.LeastSquaresPolynomial;
import dev.ritz.preconditioners.polynomial.Neumann;
import dev.ritz.preconditioners.polynomial.SymmetricPolynomial;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Iterations, products and seconds of the polynomials on model problems. */
final class PolynomialTable {
    private static final Pattern REPEATED = Pattern.compile(", (\\d+) repeated");

    /** A preconditioner and the products of one application, roots that were repeated not counted. */
    private record Contender(PreconditionerFactory factory, int products) {}

    private PolynomialTable() {}

    static void append(StringBuilder text, boolean quick) {
        int half = quick ? 2 : 1;
        symmetric(text, "poisson2d", 256 / half);
        symmetric(text, "poisson3d", 64 / half);
        symmetric(text, "lognormal2d", 256 / half);
        general(text, "convection-diffusion2d", 256 / half);
    }

    private static List<Contender> polynomials() {
        Jacobi jacobi = new Jacobi();
        return List.of(
                new Contender(new Neumann(2, 0, jacobi), 2),
                new Contender(chebyshev(4, 30), 3),
                new Contender(chebyshev(8, 100), 7),
                new Contender(chebyshev(16, 400), 15),
                new Contender(new Chebyshev(Chebyshev.Kind.OPTIMISED_FOURTH, 8), 7),
                new Contender(new LeastSquaresPolynomial(8, 0.5, -0.5, 0, jacobi), 7),
                new Contender(new GmresPolynomial(10, 1, jacobi), 9),
                new Contender(new GmresPolynomial(25, 1, jacobi), 24));
    }

    private static Chebyshev chebyshev(int steps, double ratio) {
        return new Chebyshev(Chebyshev.Kind.FIRST, steps, 0, 0, ratio, 1.1, 10, new Jacobi());
    }

    private static void symmetric(StringBuilder text, String problem, int size) {
        LinearSystem system = Gallery.problem(problem).generate(size, 1);
        header(text, problem, size);
        line(text, system, true, new Contender(new Identity(), 0));
        line(text, system, true, new Contender(new Jacobi(), 0));
        line(text, system, true, new Contender(new Ic0(), 0));
        for (Contender c : polynomials()) {
            line(text, system, true, c);
        }
        line(text, system, true, new Contender(new Chebyshev(Chebyshev.Kind.FIRST, 4).withInner(new Ic0()), 3));
        line(text, system, true, new Contender(new SymmetricPolynomial(2, 1, 1, new Jacobi()), 2));
        line(text, system, true, new Contender(new AdaptiveKrylov(3, new Jacobi()), 4));
        line(text, system, true, new Contender(new AdaptiveKrylov(15, new Jacobi()), 16));
    }

    private static void general(StringBuilder text, String problem, int size) {
        LinearSystem system = Gallery.problem(problem).generate(size, 1);
        header(text, problem, size);
        line(text, system, false, new Contender(new Identity(), 0));
        line(text, system, false, new Contender(new Jacobi(), 0));
        line(text, system, false, new Contender(new Ilu0(), 0));
        for (Contender c : polynomials()) {
            line(text, system, false, c);
        }
        line(text, system, false, new Contender(new GmresPolynomial(10, 1, new Ilu0()), 9));
    }

    private static void header(StringBuilder text, String problem, int size) {
        text.append("\n## ")
                .append(problem)
                .append(", size ")
                .append(size)
                .append("\n\n| method | preconditioner | iterations | products | dots | set-up s | solve s |\n")
                .append("|---|---|---:|---:|---:|---:|---:|\n");
    }

    private static void line(StringBuilder text, LinearSystem system, boolean spd, Contender contender) {
        int n = system.a().rows();
        double[] b = new SplittableRandom(7).doubles(n, -1, 1).toArray(); // no eigenvector, as some of their own are
        LinearOperator a = FormatChoice.choose(system.a()).operator();
        solve(a, contender.factory().build(system.a()), b, spd); // compiles
        long begin = System.nanoTime();
        Preconditioner m = contender.factory().build(system.a());
        double setUp = (System.nanoTime() - begin) * 1e-9;
        SolveResult result = solve(a, m, b, spd);
        Report report = result.report();
        Matcher repeated = REPEATED.matcher(m.note());
        int each = contender.products() + (repeated.find() ? Integer.parseInt(repeated.group(1)) : 0);
        long products = report.operatorApplications() + (long) each * report.preconditionerApplications();
        String iterations =
                report.iterations() + (result instanceof SolveResult.Converged ? "" : " (" + report.cause() + ")");
        text.append(String.format(
                Locale.ROOT,
                "| %s | %s%s | %s | %d | %d | %.2f | %.2f |\n",
                report.method(),
                m.name(),
                m.note().isEmpty() ? "" : ": " + m.note(),
                iterations,
                products,
                report.reductions(),
                setUp,
                report.totalSeconds()));
        System.err.printf(Locale.ROOT, "%s %s: %s%n", system.name(), m.name(), report.summary());
    }

    /** Conjugate gradients where A is symmetric and M allows it; GMRES(30) for the rest. */
    private static SolveResult solve(LinearOperator a, Preconditioner m, double[] b, boolean spd) {
        return switch (m.kind()) {
            case SPD -> spd ? new Cg().solve(a, m, b) : new Gmres().solve(a, m, b);
            case FIXED -> new Gmres().solve(a, m, b);
            case VARIABLE -> new FlexibleCg().solve(a, m, b);
        };
    }
}
