package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.krylov.Cg;
import dev.ritz.preconditioners.Precision;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.multigrid.NearNullSpace;
import dev.ritz.preconditioners.multigrid.Smoother;
import dev.ritz.testdata.Diffusion;
import dev.ritz.testdata.FiniteElements;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Conjugate gradients with algebraic multigrid on the model problems: set-up, solve, rebuild, iterations, levels and
 * memory.
 *
 * <p>Arguments: the page to write, then optionally a text that the names of problems must contain, and repeats (5).
 * Times are the least of all repeats, wall clock, with the default pool.
 */
public final class MultigridBenchmark {
    private static final double RTOL = 1e-8;

    /** A system and the near-null space that suits it. */
    private record Case(String name, Supplier<LinearSystem> system, Supplier<NearNullSpace> space) {
        static Case scalar(String name, Supplier<LinearSystem> system) {
            return new Case(name, system, () -> NearNullSpace.CONSTANT);
        }
    }

    /** Options by name. */
    private record Variant(String name, Amg amg) {}

    private MultigridBenchmark() {}

    /**
     * Measures and writes the page.
     *
     * @param args the page, part of the names of problems, repeats
     * @throws IOException when the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 1) {
            throw new IllegalArgumentException("no arguments, expected the page to write");
        }
        String part = args.length > 1 ? args[1] : "";
        int repeats = args.length > 2 ? Integer.parseInt(args[2]) : 5;
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT,
                "# Multigrid%n%nSeconds of CG with `Amg` to ‖b − A x‖ ≤ 1e-8 ‖b‖, products with the storage `FormatChoice` picks;"
                        + " the least of%n%d runs each. Made by `dev.ritz.benchmarks.MultigridBenchmark`.%n%n%s%n%n"
                        + "| problem | unknowns | options | set-up | solve | both | rebuild | iterations |"
                        + " bytes a row | hierarchy |%n|---|---:|---|---:|---:|---:|---:|---:|---:|---|%n",
                repeats,
                Stopwatch.machine()));
        for (Case c : cases()) {
            if (c.name().contains(part)) {
                LinearSystem s = c.system().get();
                for (Variant v : variants()) {
                    String row = row(
                            c.name(),
                            s,
                            v.name(),
                            v.amg().withNearNullSpace(c.space().get()),
                            repeats);
                    System.out.print(row);
                    page.append(row);
                }
            }
        }
        Files.writeString(Path.of(args[0]), page);
    }

    private static Case[] cases() {
        return new Case[] {
            Case.scalar("poisson2d 256", () -> Poisson.poisson2d(256)),
            Case.scalar("poisson2d 512", () -> Poisson.poisson2d(512)),
            Case.scalar("poisson2d 1024", () -> Poisson.poisson2d(1024)),
            Case.scalar("poisson3d 64", () -> Poisson.poisson3d(64)),
            Case.scalar("poisson3d 100", () -> Poisson.poisson3d(100)),
            Case.scalar("poisson3d 128", () -> Poisson.poisson3d(128)),
            Case.scalar("jump2d 512, 1e-6", () -> Diffusion.jump2d(512, 1e-6)),
            Case.scalar("jump3d 100, 1e-6", () -> Diffusion.jump3d(100, 1e-6)),
            Case.scalar("anisotropic2d 512, 1e-3", () -> Diffusion.anisotropic2d(512, 1e-3)),
            Case.scalar("fem2d 512", () -> FiniteElements.fem2d(512, 0.2, 1)),
            Case.scalar("lognormal2d 512, strength 2", () -> Diffusion.lognormal2d(512, 2, 0.06, 1)),
            new Case("elasticity2d 700", () -> FiniteElements.elasticity2d(700, 0.3), () -> motions(700))
        };
    }

    private static Variant[] variants() {
        return new Variant[] {
            new Variant("default", new Amg()),
            new Variant("float", new Amg().withPrecision(Precision.FLOAT)),
            new Variant("SPAI-0, 1 step", new Amg().withSmoother(Smoother.SPAI0, 1))
        };
    }

    /** Of the nodes of elasticity2d, which leave out the clamped edge. */
    private static NearNullSpace motions(int elements) {
        double[] x = new double[elements * (elements + 1)];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = 1 + i % elements;
            y[i] = Math.floorDiv(i, elements);
        }
        return NearNullSpace.rigidMotions(x, y);
    }

    private static String row(String name, LinearSystem s, String options, Amg amg, int repeats) {
        CsrMatrix a = s.a();
        LinearOperator operator = FormatChoice.choose(a).operator();
        Cg cg = new Cg(StoppingCriteria.DEFAULT.withRtol(RTOL));
        Cg.Workspace ws = cg.newWorkspace(a.rows(), a.pool());
        double[] x = new double[a.rows()];
        double setUp = Double.POSITIVE_INFINITY;
        double solve = Double.POSITIVE_INFINITY;
        double rebuild = Double.POSITIVE_INFINITY;
        String iterations = "";
        Preconditioner m = null;
        for (int k = 0; k < repeats; k++) {
            long t0 = System.nanoTime();
            m = amg.build(a);
            long t1 = System.nanoTime();
            Arrays.fill(x, 0);
            long t2 = System.nanoTime();
            SolveResult result = cg.solve(operator, m, s.b(), x, ws, IterationListener.NONE);
            long t3 = System.nanoTime();
            m = amg.rebuild(m, a);
            long t4 = System.nanoTime();
            setUp = Math.min(setUp, (t1 - t0) * 1e-9);
            solve = Math.min(solve, (t3 - t2) * 1e-9);
            rebuild = Math.min(rebuild, (t4 - t3) * 1e-9);
            iterations = result.converged() ? "" + result.report().iterations() : "none: " + result.cause();
        }
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %.3f | %.3f | %.3f | %.3f | %s | %.0f | %s |%n",
                name,
                a.rows(),
                options,
                setUp,
                solve,
                setUp + solve,
                rebuild,
                iterations,
                (double) m.bytes() / a.rows(),
                m.note());
    }
}
