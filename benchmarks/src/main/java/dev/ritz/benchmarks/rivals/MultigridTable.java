package dev.ritz.benchmarks.rivals;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.benchmarks.Stopwatch;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Conjugate gradients with algebraic multigrid on the model problems, beside PETSc's GAMG, hypre's BoomerAMG and ML on the
 * same systems. Three steps:
 *
 * <pre>
 * MultigridTable --export FOLDER
 * benchmarks/rivals/run.sh FOLDER --multigrid
 * MultigridTable --native FOLDER/multigrid.jsonl
 * </pre>
 */
@Command(
        name = "MultigridTable",
        mixinStandardHelpOptions = true,
        description = "Algebraic multigrid under CG, beside PETSc's: a page.")
public final class MultigridTable implements Callable<Integer> {
    private static final double RTOL = 1e-8;

    @Option(names = "--only", description = "Problems whose name contains a match.")
    private Pattern only = Pattern.compile("");

    @Option(names = "--rounds", description = "Set-ups and solves a row; the medians count (default 7).")
    private int rounds = 7;

    @Option(names = "--native", description = "The lines that benchmarks/rivals/run.sh --multigrid wrote.")
    private Path nativeResults;

    @Option(names = "--export", description = "Write the systems there for PETSc, and do no more.")
    private Path export;

    @Option(names = "--out", description = "The page (default docs/benchmarks/multigrid.md).")
    private Path out = Path.of("docs/benchmarks/multigrid.md");

    private final StringBuilder page = new StringBuilder();

    /** A system and the near-null space that suits it. */
    private record Case(TestProblem problem, Supplier<NearNullSpace> space) {}

    /** Options by name. */
    private record Variant(String name, Amg amg) {}

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MultigridTable()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        List<Case> chosen = cases().stream()
                .filter(c -> only.matcher(c.problem().name()).find())
                .toList();
        if (export != null) {
            TestProblem.export(chosen.stream().map(Case::problem).toList(), export);
            return 0;
        }
        Results rivals = new Results();
        if (nativeResults != null) {
            rivals.read(nativeResults);
        }
        line("# Multigrid%n");
        line(
                "Seconds to ‖b − A x‖ ≤ 1e-8 ‖b‖ of CG with algebraic multigrid; b random. Ours: products in the storage that");
        line(
                "`FormatChoice` picks, medians of %d runs, all processors. PETSc's: medians too, with one process and with two;",
                rounds);
        line("GAMG, BoomerAMG and ML as PETSc sets them up by default, without near-null spaces of theirs.%n");
        line("%s%n", Stopwatch.machine());
        line(
                "| problem | unknowns | contender | set-up | solve | both | rebuild | iterations | bytes a row | hierarchy |");
        line("|---|---:|---|---:|---:|---:|---:|---:|---:|---|");
        List<String> verdicts = new ArrayList<>();
        for (Case c : chosen) {
            LinearSystem s = c.problem().generator().get();
            double ours = Double.NaN;
            for (Variant v : variants()) {
                double both = row(c.problem().name(), s, v, c.space().get());
                ours = Double.isNaN(ours) ? both : ours; // the default comes first
            }
            verdict(c.problem().name(), s.size(), ours, rivals, verdicts);
        }
        line("%n## Against the best of PETSc%n");
        line("| problem | ours, defaults | best of PETSc | which | ratio |%n|---|---:|---:|---|---:|");
        verdicts.forEach(v -> line("%s", v));
        line(
                "%n    MultigridTable --export DIR; benchmarks/rivals/run.sh DIR --multigrid; MultigridTable --native DIR/multigrid.jsonl");
        Files.createDirectories(out.toAbsolutePath().getParent());
        Files.writeString(out, page);
        return 0;
    }

    private void line(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.println(text);
        page.append(text).append('\n');
    }

    private static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (int side : new int[] {256, 512, 1024}) {
            all.add(scalar("poisson2d-" + side, () -> Poisson.poisson2d(side)));
        }
        for (int side : new int[] {64, 100, 128}) {
            all.add(scalar("poisson3d-" + side, () -> Poisson.poisson3d(side)));
        }
        for (double jump : new double[] {1e-6, 1e4, 1e6}) {
            all.add(scalar(String.format(Locale.ROOT, "jump3d-100-%.0e", jump), () -> Diffusion.jump3d(100, jump)));
        }
        all.add(scalar("jump2d-512-1e-06", () -> Diffusion.jump2d(512, 1e-6)));
        all.add(scalar("anisotropic2d-512-1e-03", () -> Diffusion.anisotropic2d(512, 1e-3)));
        all.add(scalar("lognormal2d-512", () -> Diffusion.lognormal2d(512, 2, 0.06, 1)));
        all.add(scalar("fem2d-512", () -> FiniteElements.fem2d(512, 0.2, 1)));
        all.add(elasticity(300));
        all.add(elasticity(700));
        return all;
    }

    private static Case scalar(String name, Supplier<LinearSystem> system) {
        return new Case(problem(name, TestProblem.Family.GRID, system), () -> NearNullSpace.CONSTANT);
    }

    private static Case elasticity(int elements) {
        return new Case(
                problem(
                        "elasticity2d-" + elements,
                        TestProblem.Family.ELEMENTS,
                        () -> FiniteElements.elasticity2d(elements, 0.3)),
                () -> motions(elements));
    }

    private static TestProblem problem(String name, TestProblem.Family family, Supplier<LinearSystem> system) {
        return new TestProblem(name, true, family, () -> TestProblem.withRandomRhs(system.get()));
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

    private static List<Variant> variants() {
        return List.of(
                new Variant("default", new Amg()),
                new Variant("float", new Amg().withPrecision(Precision.FLOAT)),
                new Variant("SPAI-0, 1 step", new Amg().withSmoother(Smoother.SPAI0, 1)));
    }

    /** Seconds of set-up and solve, NaN without a solution. */
    private double row(String name, LinearSystem s, Variant variant, NearNullSpace space) {
        CsrMatrix a = s.a();
        Amg amg = variant.amg().withNearNullSpace(space);
        LinearOperator operator = FormatChoice.choose(a).operator();
        Cg cg = new Cg(StoppingCriteria.DEFAULT.withRtol(RTOL).withMaxIterations(500));
        Cg.Workspace ws = cg.newWorkspace(a.rows(), a.pool());
        double[] x = new double[a.rows()];
        double[] setUp = new double[rounds];
        double[] solve = new double[rounds];
        double[] rebuild = new double[rounds];
        String iterations = "";
        Preconditioner m = null;
        boolean converged = false;
        for (int k = -1; k < rounds; k++) { // the first one warms up
            long t0 = System.nanoTime();
            m = amg.build(a);
            long t1 = System.nanoTime();
            Arrays.fill(x, 0);
            long t2 = System.nanoTime();
            SolveResult result = cg.solve(operator, m, s.b(), x, ws, IterationListener.NONE);
            long t3 = System.nanoTime();
            m = amg.rebuild(m, a);
            long t4 = System.nanoTime();
            if (k >= 0) {
                setUp[k] = (t1 - t0) * 1e-9;
                solve[k] = (t3 - t2) * 1e-9;
                rebuild[k] = (t4 - t3) * 1e-9;
            }
            converged = result.converged();
            iterations = converged
                    ? "" + result.report().iterations()
                    : String.format(
                            Locale.ROOT,
                            "%s at %.1e",
                            result.cause(),
                            result.report().relativeResidual());
        }
        double both = median(setUp) + median(solve);
        line(
                "| %s | %d | ours, %s | %.3f | %.3f | %.3f | %.3f | %s | %.0f | %s |",
                name,
                a.rows(),
                variant.name(),
                median(setUp),
                median(solve),
                both,
                median(rebuild),
                iterations,
                (double) m.bytes() / a.rows(),
                m.note());
        return converged ? both : Double.NaN;
    }

    private static double median(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private void verdict(String problem, int unknowns, double ours, Results rivals, List<String> verdicts) {
        Measurement best = null;
        for (Measurement m : rivals.all()) {
            if (m.problem().equals(problem)) {
                String label = m.contender() + " " + m.preconditioner() + " ×" + m.processes();
                line(
                        "| %s | %d | %s | %.3f | %.3f | %.3f | | %s | | |",
                        problem,
                        unknowns,
                        label,
                        m.setup(),
                        m.solve(),
                        m.total(),
                        m.solved() ? "" + m.iterations() : m.outcome() + " " + m.note());
                best = m.solved() && (best == null || m.total() < best.total()) ? m : best;
            }
        }
        if (best != null) {
            verdicts.add(String.format(
                    Locale.ROOT,
                    "| %s | %.3f | %.3f | %s ×%d | %.2f |",
                    problem,
                    ours,
                    best.total(),
                    best.preconditioner(),
                    best.processes(),
                    best.total() / ours));
        }
    }
}
