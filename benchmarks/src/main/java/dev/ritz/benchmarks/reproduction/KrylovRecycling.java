package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.benchmarks.Picture;
import dev.ritz.benchmarks.Stopwatch;
import dev.ritz.benchmarks.reproduction.SequenceRun.Prepared;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.FieldSequences;
import dev.ritz.testdata.SequenceSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The tables of Wang et al. 2024 beside ours: systems from random fields, solved by GMRES(40) and by GCRO-DR(40, 20) in
 * sorted order. Beside them what the paper leaves out: GCRO-DR that forgets everything between systems, the products
 * that renew the space, full GMRES, CG, and the stencil without the mistake. Counts only; nothing here is timed.
 */
@Command(
        name = "KrylovRecycling",
        mixinStandardHelpOptions = true,
        description = "Krylov recycling as published beside Ritz: a page and a plot.")
public final class KrylovRecycling implements Callable<Integer> {
    private static final int M = 40;
    private static final int K = 20;
    private static final int CAP = 10_000;

    @Option(names = "--quick", description = "Six systems of the smallest size: about a minute.")
    private boolean quick;

    @Option(names = "--systems", description = "Systems of the smallest size (default 100); the larger ones have 40.")
    private int systems = 100;

    @Option(
            names = "--largest",
            description = "Of the labels n in the first table (default 10000, some fifteen minutes).")
    private int largest = 10_000;

    @Option(names = "--seed", description = "Of the fields (default 1).")
    private long seed = 1;

    @Option(names = "--out", description = "The folder of the page (default docs/reproduction).")
    private Path out = Path.of("docs/reproduction");

    private final StringBuilder page = new StringBuilder();

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new KrylovRecycling()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(out);
        page.append(KrylovRecyclingText.INTRODUCTION.formatted(
                Stopwatch.machine(), quick ? " **A quick run: too few systems for the means.**" : ""));
        published();
        page.append(KrylovRecyclingText.GAIN);
        gain();
        page.append(KrylovRecyclingText.SYMMETRIC);
        symmetric();
        page.append(KrylovRecyclingText.DETERMINISTIC);
        deterministic();
        page.append(KrylovRecyclingText.REMARKS);
        Files.writeString(out.resolve("krylov-recycling.md"), page);
        return 0;
    }

    private static StoppingCriteria criteria(double rtol) {
        return StoppingCriteria.DEFAULT.withRtol(rtol).withDtol(1e300).withMaxIterations(CAP);
    }

    private void line(String format, Object... values) {
        String text = String.format(Locale.ROOT, format, values);
        System.out.println(text);
        page.append(text).append('\n');
    }

    // ---------------------------------------------------------------- the paper's means

    private void published() throws IOException {
        line(
                "| case | systems | GMRES: paper | ours | at the cap | SKR: paper | ours | off | allowed | | products | ratio: paper | ours |");
        line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|");
        List<String> names = new ArrayList<>();
        Map<String, List<Double>> dots = new LinkedHashMap<>();
        int met = 0;
        for (RecyclingCase one : RecyclingCase.all()) {
            if (one.label() > (quick ? Math.min(2500, largest) : largest)) {
                continue;
            }
            int count = quick ? 6 : one.label() == 2500 ? systems : Math.min(systems, 40);
            List<SequenceSystem> unsorted = one.systems(count, seed);
            List<Prepared> sorted = left(SequenceRun.sorted(unsorted), one.factory());
            StoppingCriteria criteria = criteria(one.rtol());
            SequenceRun gmres = SequenceRun.alone(new Gmres(criteria, M), CAP, sorted.subList(0, Math.min(40, count)));
            SequenceRun reset = SequenceRun.alone(new GcroDr(criteria, M, K, false), CAP, sorted);
            SequenceRun recycled = SequenceRun.recycled(new GcroDr(criteria, M, K, false), CAP, sorted);
            double off = recycled.mean() / one.skr() - 1;
            boolean good = Math.abs(off) <= one.allowed() && recycled.unsolved() == 0;
            met += good ? 1 : 0;
            line(
                    "| %s | %d | %d | %.0f | %d of %d | %d | **%.1f** | %+.1f %% | %.0f %% | %s | %.1f | %.1f | %.1f |",
                    one.title(),
                    count,
                    one.gmres(),
                    gmres.mean(),
                    gmres.unsolved(),
                    gmres.iterations().size(),
                    one.skr(),
                    recycled.mean(),
                    100 * off,
                    100 * one.allowed(),
                    good ? "met" : "**missed**",
                    recycled.meanProducts(),
                    (double) one.gmres() / one.skr(),
                    gmres.mean() / recycled.mean());
            names.add(one.title());
            dot(dots, "GMRES, paper", one.gmres());
            dot(dots, "GMRES(40)", gmres.mean());
            dot(dots, "GCRO-DR, each system alone", reset.mean());
            dot(dots, "SKR, paper", one.skr());
            dot(dots, "GCRO-DR, recycled and sorted", recycled.mean());
            dot(dots, "the same in products", recycled.meanProducts());
        }
        line("");
        line("%d of %d within what is allowed.", met, names.size());
        if (names.isEmpty()) {
            return;
        }
        Files.write(
                out.resolve("krylov-recycling.png"),
                Picture.dots("Mean iterations of a system", "iterations", names, dots));
    }

    private static void dot(Map<String, List<Double>> dots, String series, double value) {
        dots.computeIfAbsent(series, s -> new ArrayList<>()).add(value);
    }

    private static List<Prepared> left(List<SequenceSystem> systems, PreconditionerFactory factory) {
        return systems.stream().map(s -> Prepared.left(s, factory)).toList();
    }

    private static List<Prepared> right(List<SequenceSystem> systems, PreconditionerFactory factory) {
        return systems.stream().map(s -> Prepared.right(s, factory)).toList();
    }

    // ---------------------------------------------------------------- what the gain consists of

    private void gain() {
        line("| stencil, M | method | iterations | products | at the cap |");
        line("|---|---|---:|---:|---:|");
        StoppingCriteria criteria = criteria(1e-8);
        int count = quick ? 6 : systems;
        for (FieldSequences.Stencil stencil :
                new FieldSequences.Stencil[] {FieldSequences.Stencil.PUBLISHED, FieldSequences.Stencil.CORRECTED}) {
            List<SequenceSystem> given =
                    FieldSequences.darcy(50, count, stencil, seed).toList();
            List<SequenceSystem> order = SequenceRun.sorted(given);
            for (String name : new String[] {"None", "Jacobi", "ILU"}) {
                PreconditionerFactory factory = RecyclingCase.factory(name);
                List<Prepared> sorted = left(order, factory);
                String what = (stencil == FieldSequences.Stencil.PUBLISHED ? "as published, " : "corrected, ") + name;
                row(
                        what,
                        "GMRES(40)",
                        SequenceRun.alone(new Gmres(criteria, M), CAP, sorted.subList(0, Math.min(40, count))));
                row(
                        "",
                        "GMRES without restart, 10 systems",
                        SequenceRun.alone(new Gmres(criteria, 2000), CAP, sorted.subList(0, Math.min(10, count))));
                GcroDr method = new GcroDr(criteria, M, K, false);
                row("", "GCRO-DR(40, 20), each system alone", SequenceRun.alone(method, CAP, sorted));
                row("", "GCRO-DR(40, 20), recycled, unsorted", SequenceRun.recycled(method, CAP, left(given, factory)));
                row("", "GCRO-DR(40, 20), recycled, sorted", SequenceRun.recycled(method, CAP, sorted));
            }
        }
    }

    private void row(String what, String method, SequenceRun run) {
        line(
                "| %s | %s | %.1f | %.1f | %d of %d |",
                what,
                method,
                run.mean(),
                run.meanProducts(),
                run.unsolved(),
                run.iterations().size());
    }

    private void symmetric() {
        line("| M | method | iterations | products | at the cap |");
        line("|---|---|---:|---:|---:|");
        StoppingCriteria criteria = criteria(1e-8);
        List<SequenceSystem> order =
                SequenceRun.sorted(FieldSequences.darcy(50, quick ? 6 : systems, FieldSequences.Stencil.FLUX, seed)
                        .toList());
        for (boolean plain : new boolean[] {true, false}) {
            List<Prepared> sorted = right(order, plain ? new Identity() : new Ic0());
            row(plain ? "none" : "IC(0)", "GMRES(40)", SequenceRun.alone(new Gmres(criteria, M), CAP, sorted));
            GcroDr method = new GcroDr(criteria, M, K, false);
            row("", "GCRO-DR(40, 20), each system alone", SequenceRun.alone(method, CAP, sorted));
            row("", "GCRO-DR(40, 20), recycled, sorted", SequenceRun.recycled(method, CAP, sorted));
            row("", "CG", SequenceRun.alone(new Cg(criteria), CAP, sorted));
            row(
                    "",
                    "deflated CG, k = 8, ℓ = 20, sorted",
                    SequenceRun.recycled(new RecyclingCg(criteria, 8, 20), CAP, sorted));
        }
    }

    // ---------------------------------------------------------------- sequences without randomness

    private void deterministic() {
        line("| sequence, M | method | independent | Σ | off | of each system |");
        line("|---|---|---:|---:|---:|---|");
        StoppingCriteria criteria = criteria(1e-8);
        List<SequenceSystem> d = DriftingSequences.diffusion(48, 10).toList();
        List<SequenceSystem> c = DriftingSequences.convection(48, 10).toList();
        block("diffusion, none", criteria, right(d, new Identity()), 3697, 2124, 1064);
        block("convection, none", criteria, right(c, new Identity()), 3279, 1747, 1388);
        block("convection, ILU(0)", criteria, right(c, new Ilu0()), 402, 398, 292);
        List<Prepared> plain = right(d, new Identity());
        sum("diffusion, none", "CG", 2053, SequenceRun.alone(new Cg(criteria), CAP, plain));
        sum("", "deflated CG, k = 8, ℓ = 20", 1642, SequenceRun.recycled(new RecyclingCg(criteria, 8, 20), CAP, plain));
        sum(
                "",
                "deflated CG, k = 10, ℓ = 30",
                1513,
                SequenceRun.recycled(new RecyclingCg(criteria, 10, 30), CAP, plain));
    }

    private void block(
            String what, StoppingCriteria criteria, List<Prepared> systems, int gmres, int alone, int recycled) {
        GcroDr method = new GcroDr(criteria, M, K, false);
        sum(what, "GMRES(40)", gmres, SequenceRun.alone(new Gmres(criteria, M), CAP, systems));
        sum("", "GCRO-DR(40, 20), each system alone", alone, SequenceRun.alone(method, CAP, systems));
        sum("", "GCRO-DR(40, 20), recycled", recycled, SequenceRun.recycled(method, CAP, systems));
    }

    private void sum(String what, String method, int independent, SequenceRun run) {
        line(
                "| %s | %s | %d | %d | %+.1f %% | %s |",
                what, method, independent, run.sum(), 100.0 * run.sum() / independent - 100, run.list());
    }
}
