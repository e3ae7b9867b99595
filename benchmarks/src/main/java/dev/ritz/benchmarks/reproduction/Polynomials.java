package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.Report;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.FlexibleCg;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.preconditioners.polynomial.GmresPolynomial;
import dev.ritz.preconditioners.polynomial.SymmetricPolynomial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The polynomial preconditioners against their theory and on model problems: condition numbers and steps on given
 * spectra beside reference values, then iterations, products and seconds beside no preconditioner, Jacobi and incomplete
 * factorisations. Writes the tables as Markdown.
 *
 * <p>Arguments: {@code --quick} for grids of a quarter of the points, and the file to write (default
 * {@code docs/reproduction/polynomials-tables.md}).
 */
public final class Polynomials {
    private final StringBuilder text = new StringBuilder();

    private Polynomials() {}

    /**
     * Computes the tables and writes them.
     *
     * @param args see above
     * @throws IOException when the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        boolean quick = false;
        Path page = Path.of("docs/reproduction/polynomials-tables.md");
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.startsWith("-")) {
                throw new IllegalArgumentException(arg + " is no option: expected --quick and a file");
            } else {
                page = Path.of(arg);
            }
        }
        Polynomials p = new Polynomials();
        p.spectra();
        p.steps();
        p.outlier();
        PolynomialTable.append(p.text, quick);
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, p.text.toString());
        System.out.print(p.text);
    }

    // ---------------------------------------------------------------- condition numbers

    private void spectra() {
        text.append(
                "## Condition numbers of p(A) A\n\n| spectrum | polynomial | reference | here |\n|---|---|---|---|\n");
        double[] interval = equispaced(1, 100, 20_001);
        condition(
                "[1, 100]",
                "Chebyshev, 1, 2, 3, 4, 8 steps",
                "100, 25.50, 11.71, 6.885, 2.258",
                interval,
                steps -> chebyshev(Chebyshev.Kind.FIRST, steps, 1, 100),
                1,
                2,
                3,
                4,
                8);
        condition(
                "100, 40, 5, 3, 2, 1, 0.5, 0.2",
                "symmetric, τ = 0 … 5",
                "500, 170.627, 45.682, 19.421, 9.391, 4.633",
                new double[] {100, 40, 5, 3, 2, 1, 0.5, 0.2},
                Polynomials::symmetric,
                0,
                1,
                2,
                3,
                4,
                5);
        condition(
                "1e4, 5e3, 198 in [1, 10]",
                "symmetric, τ = 0 … 4",
                "1e4, 3785, 902, 498, 341",
                twoOutliers(),
                Polynomials::symmetric,
                0,
                1,
                2,
                3,
                4);
        for (double outlier : new double[] {1e2, 1e4, 1e6}) {
            condition(
                    String.format(Locale.ROOT, "%.0e, 9 in [1, 10]", outlier),
                    "symmetric, τ = 1",
                    outlier == 1e2 ? "33.33" : outlier == 1e4 ? "49.26" : "49.50",
                    join(new double[] {outlier}, equispaced(1, 10, 9)),
                    Polynomials::symmetric,
                    1);
        }
        double[] laplacian = new double[100];
        for (int j = 0; j < 100; j++) {
            laplacian[j] = 2 - 2 * Math.cos((j + 1) * Math.PI / 101);
        }
        condition(
                "Laplacian in one dimension, n = 100",
                "symmetric, τ = 0 … 5",
                "4133.6, 4051.0, 3969.2, 3888.3, 3808.2, 3728.9",
                laplacian,
                Polynomials::symmetric,
                0,
                1,
                2,
                3,
                4,
                5);
        constants();
    }

    /** sup λ ρ²/(1 − ρ²) over (0, 1]. */
    private void constants() {
        double[] lambda = new double[20_000];
        for (int i = 0; i < lambda.length; i++) {
            lambda[i] = Math.pow(Math.sin((i + 1) * Math.PI / 2 / lambda.length), 2);
        }
        text.append(
                "\nsup λ ρ²/(1 − ρ²) over (0, 1] for k = 1, 2, 3 steps:\n\n| | reference | here |\n|---|---|---|\n");
        for (Chebyshev.Kind kind : new Chebyshev.Kind[] {Chebyshev.Kind.FOURTH, Chebyshev.Kind.OPTIMISED_FOURTH}) {
            String[] here = new String[3];
            for (int k = 1; k <= 3; k++) {
                double[] p = values(chebyshev(kind, k, 0, 1), lambda);
                double most = 0;
                for (int i = 0; i < p.length; i++) {
                    double t = lambda[i] * p[i]; // 1 − ρ
                    most = Math.max(most, (1 - t) * (1 - t) / (p[i] * (2 - t)));
                }
                here[k - 1] = String.format(Locale.ROOT, "%.5f", most);
            }
            boolean plain = kind == Chebyshev.Kind.FOURTH;
            text.append(plain ? "| fourth kind | 3/(4k(k + 1)): " : "| optimised | ")
                    .append(plain ? "0.37500, 0.12500, 0.06250" : "0.33333, 0.10557, 0.05210")
                    .append(" | ")
                    .append(String.join(", ", here))
                    .append(" |\n");
        }
    }

    /** A factory for a number of steps. */
    @FunctionalInterface
    private interface Family {
        PreconditionerFactory of(int steps);
    }

    private void condition(
            String spectrum, String what, String reference, double[] lambda, Family family, int... steps) {
        String[] here = new String[steps.length];
        for (int k = 0; k < steps.length; k++) {
            double[] p = values(family.of(steps[k]), lambda);
            double least = Double.POSITIVE_INFINITY;
            double most = 0;
            for (int i = 0; i < p.length; i++) {
                least = Math.min(least, lambda[i] * p[i]);
                most = Math.max(most, lambda[i] * p[i]);
            }
            here[k] = significant(most / least);
        }
        row(spectrum, what, reference, String.join(", ", here));
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String significant(double value) {
        return value >= 5000
                ? String.format(Locale.ROOT, "%.0f", value)
                : value >= 1000 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.3f", value);
    }

    // ---------------------------------------------------------------- steps

    private void steps() {
        text.append("\n## Steps on given spectra\n\nDiagonal A, b = (1, …, 1), x = 0, 1e-8.\n\n")
                .append("| spectrum | method | reference | here | products |\n|---|---|---|---|---|\n");
        CsrMatrix two = diagonal(twoOutliers());
        int[] tau = {0, 1, 2, 3, 4};
        String name = "1e4, 5e3, 198 in [1, 10]";
        steps(name, "CG, symmetric, τ = 0 … 4", "42, 41, 39, 39, 39", two, Polynomials::symmetric, false, 1, tau);
        steps(
                name,
                "FlexibleCg(1), adaptive, τ = 0 … 4",
                "43, 68, 29, 15, 10",
                two,
                Polynomials::adaptive,
                true,
                2,
                tau);
        restarted(name, two);
        CsrMatrix geometric = diagonal(geometric());
        name = "geometric, 1e4 … 1, n = 200";
        steps(name, "CG", "569", geometric, k -> new Identity(), false, 1, 0);
        steps(
                name,
                "CG, Chebyshev, 2, 4, 8 steps",
                "368, 219, 126",
                geometric,
                k -> chebyshev(Chebyshev.Kind.FIRST, k, 1, 1e4),
                false,
                0,
                2,
                4,
                8);
    }

    /** {@code perStep} more products a step than the number that tells the members of the family apart. */
    private void steps(
            String spectrum,
            String method,
            String reference,
            CsrMatrix a,
            Family family,
            boolean flexible,
            int perStep,
            int... members) {
        String[] here = new String[members.length];
        String[] products = new String[members.length];
        double[] b = ones(a.rows());
        for (int j = 0; j < members.length; j++) {
            Preconditioner m = family.of(members[j]).build(a);
            Report report = (flexible ? new FlexibleCg().solve(a, m, b) : new Cg().solve(a, m, b)).report();
            here[j] = String.valueOf(report.iterations());
            products[j] = String.valueOf(report.iterations() * (members[j] + perStep));
        }
        row(spectrum, method, reference, String.join(", ", here), String.join(", ", products));
    }

    private void restarted(String spectrum, CsrMatrix a) {
        String[] here = new String[5];
        String[] products = new String[5];
        for (int tau = 0; tau < 5; tau++) {
            int k = richardson(a, adaptive(tau).build(a), 20_000);
            here[tau] = k < 20_000 ? String.valueOf(k) : "none in 20000";
            products[tau] = k < 20_000 ? String.valueOf(k * (tau + 2)) : "–";
        }
        row(
                spectrum,
                "x ← x + M⁻¹(b − A x), adaptive, τ = 0 … 4",
                "none in 20000, 280, 81, 25, 14",
                String.join(", ", here),
                String.join(", ", products));
    }

    private static int richardson(LinearOperator a, Preconditioner m, int most) {
        int n = a.rows();
        double[] r = ones(n);
        double[] z = new double[n];
        double[] q = new double[n];
        double stop = 1e-8 * Math.sqrt(n);
        int k = 0;
        for (; k < most && norm(r) > stop; k++) {
            m.apply(r, z);
            a.apply(z, q);
            for (int i = 0; i < n; i++) {
                r[i] -= q[i];
            }
        }
        return k;
    }

    /** One outlier and a GMRES polynomial of degree 25. */
    private void outlier() {
        CsrMatrix a = diagonal(join(new double[] {100}, equispaced(0.1, 1, 199)));
        SplittableRandom random = new SplittableRandom(25);
        double[] r = random.doubles(200, -1, 1).toArray();
        Preconditioner m = new GmresPolynomial(25, 1, new Identity()).build(a);
        double[] z = new double[200];
        double[] q = new double[200];
        m.apply(r, z);
        a.apply(z, q);
        for (int i = 0; i < 200; i++) {
            q[i] -= r[i];
        }
        text.append("\n## GMRES polynomial and an outlier\n\n")
                .append("Spectrum 100 and 199 values in [0.1, 1], degree 25, a right-hand side other than its start: ")
                .append(m.note())
                .append(String.format(Locale.ROOT, ", ‖r − A p(A) r‖/‖r‖ = %.1e", norm(q) / norm(r)))
                .append(" (reference for its start: 4 repeated, 1.5e-7; without repeated roots 6e39).\n");
    }

    // ---------------------------------------------------------------- parts

    private static PreconditionerFactory chebyshev(Chebyshev.Kind kind, int steps, double a, double b) {
        return new Chebyshev(kind, steps).withBounds(a, b).withInner(new Identity());
    }

    private static PreconditionerFactory symmetric(int tau) {
        return new SymmetricPolynomial(tau, 1, 1, new Identity());
    }

    private static PreconditionerFactory adaptive(int tau) {
        return new AdaptiveKrylov(tau, new Identity());
    }

    /** p(λ) for every λ. */
    private static double[] values(PreconditionerFactory factory, double[] lambda) {
        Preconditioner m = factory.build(diagonal(lambda));
        double[] p = new double[lambda.length];
        m.apply(ones(lambda.length), p);
        return p;
    }

    private static CsrMatrix diagonal(double... d) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(d.length);
        for (int i = 0; i < d.length; i++) {
            rows.add(i, d[i]).endRow();
        }
        return rows.build();
    }

    private static double[] ones(int n) {
        double[] v = new double[n];
        Arrays.fill(v, 1);
        return v;
    }

    private static double[] equispaced(double a, double b, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = a + (b - a) * i / (count - 1);
        }
        return values;
    }

    private static double[] geometric() {
        double[] values = new double[200];
        for (int i = 0; i < 200; i++) {
            values[i] = Math.pow(10, 4 - 4.0 * i / 199);
        }
        return values;
    }

    private static double[] twoOutliers() {
        return join(new double[] {1e4, 5e3}, equispaced(1, 10, 198));
    }

    private static double[] join(double[] a, double[] b) {
        double[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }
}
