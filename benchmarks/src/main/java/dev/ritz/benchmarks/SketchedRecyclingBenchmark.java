package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.GmresSdr;
import dev.ritz.krylov.Idr;
import dev.ritz.krylov.RecyclingSolver;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Ilut;
import dev.ritz.testdata.DriftingSequences;
import dev.ritz.testdata.FieldSequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * GMRES-SDR beside GCRO-DR and the short recurrences: on systems that drift, on one operator with many right-hand sides
 * and on independent random fields. The times of docs/decisions/0006-recycling.md.
 *
 * <p>Arguments: points each way (default 100), systems (4), rounds (3), a word that the names of the systems to run
 * contain (all). Contenders take turns, medians are printed.
 */
public final class SketchedRecyclingBenchmark {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withMaxIterations(5000);

    private SketchedRecyclingBenchmark() {}

    /** Systems, M built in advance: the methods alone are timed. */
    private record Case(List<CsrMatrix> a, List<Preconditioner> m, List<double[]> b, Change change) {}

    /** A method with its memory, and what its last run came to. */
    private static final class Contender<W extends Workspace> {
        private final IterativeSolver<W> method;
        private final W ws;
        private final double[] x;
        private int iterations;
        private int products;
        private int failures;

        private Contender(IterativeSolver<W> method, int n) {
            this.method = method;
            this.ws = method.newWorkspace(n);
            this.x = new double[n];
        }

        private double run(Case c) {
            iterations = 0;
            products = 0;
            failures = 0;
            for (int i = 0; i < c.a.size(); i++) {
                Arrays.fill(x, 0);
                SolveResult r = solve(c, i);
                iterations += r.report().iterations();
                products += r.report().operatorApplications();
                failures += r.converged() ? 0 : 1;
            }
            return x[0];
        }

        private SolveResult solve(Case c, int i) {
            CsrMatrix a = c.a.get(i);
            Preconditioner m = c.m.get(i);
            return method instanceof RecyclingSolver<W> g && i > 0
                    ? g.solveNext(a, m, c.b.get(i), x, ws, c.change, IterationListener.NONE)
                    : method.solve(a, m, c.b.get(i), x, ws, IterationListener.NONE);
        }
    }

    private static Case of(List<CsrMatrix> matrices, boolean same, PreconditionerFactory factory) {
        List<CsrMatrix> a = new ArrayList<>();
        List<Preconditioner> m = new ArrayList<>();
        List<double[]> b = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            a.add(matrices.get(same ? 0 : i));
            m.add(
                    same && i > 0
                            ? m.get(0)
                            : factory == null ? Preconditioner.identity(a.get(i).rows()) : factory.build(a.get(i)));
            b.add(new Random(0x5dbe + i).doubles(a.get(i).rows(), -1, 1).toArray());
        }
        return new Case(a, m, b, same ? Change.SAME_OPERATOR : Change.CHANGED);
    }

    private static void print(
            String name,
            String word,
            int rounds,
            List<CsrMatrix> matrices,
            boolean same,
            PreconditionerFactory factory) {
        if (!name.contains(word)) {
            return;
        }
        Case c = of(matrices, same, factory);
        int n = c.a.get(0).rows();
        List<Contender<?>> contenders = List.of(
                new Contender<>(new GcroDr(CRITERIA, 40, 20, false), n),
                new Contender<>(new GmresSdr(CRITERIA, 60, 20, 2, 1), n),
                new Contender<>(new Gmres(CRITERIA, 30), n),
                new Contender<>(new BiCgStab(CRITERIA), n),
                new Contender<>(new Idr(CRITERIA, 4, 1), n));
        Stopwatch.Work[] works =
                contenders.stream().map(k -> (Stopwatch.Work) () -> k.run(c)).toArray(Stopwatch.Work[]::new);
        double[] seconds = Stopwatch.medians(rounds, 1, works);
        for (int k = 0; k < works.length; k++) {
            Contender<?> contender = contenders.get(k);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %d | %d | %d | %.3f s | %.0f us | %.2f |%n",
                    name,
                    contender.method.name(),
                    contender.iterations,
                    contender.products,
                    contender.failures,
                    seconds[k],
                    1e6 * seconds[k] / contender.iterations,
                    seconds[k] / seconds[0]);
        }
    }

    /**
     * Prints the table.
     *
     * @param args points each way, systems, rounds, a word
     */
    public static void main(String[] args) {
        int side = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        int systems = args.length > 1 ? Integer.parseInt(args[1]) : 4;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        String word = args.length > 3 ? args[3] : "";
        System.out.println("n = " + side * side + ", " + systems + " systems; " + Stopwatch.machine());
        System.out.println(
                "| systems | method | iterations | products | not solved | time | an iteration | to GcroDr |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|");
        List<CsrMatrix> drifting = DriftingSequences.convection(side, systems)
                .map(s -> s.system().a())
                .toList();
        List<CsrMatrix> fields = FieldSequences.darcy(side + 2, systems, FieldSequences.Stencil.PUBLISHED, 0x5d12)
                .map(s -> s.system().a())
                .toList();
        print("drifting, no M", word, rounds, drifting, false, null);
        print("drifting, ILU(0)", word, rounds, drifting, false, new Ilu0());
        print("one operator, no M", word, rounds, drifting, true, null);
        print("one operator, ILU(0)", word, rounds, drifting, true, new Ilu0());
        print("one operator, ILUT(1e-3, 10)", word, rounds, drifting, true, new Ilut(1e-3, 10));
        print("fields as published, no M", word, rounds, fields, false, null);
        print("fields as published, ILU(0)", word, rounds, fields, false, new Ilu0());
    }
}
