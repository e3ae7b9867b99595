package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.stationary.Sor;
import dev.ritz.krylov.stationary.StationaryWorkspace;
import dev.ritz.krylov.tuning.BinnedTsallisInf;
import dev.ritz.krylov.tuning.Charge;
import dev.ritz.krylov.tuning.ChebCb;
import dev.ritz.krylov.tuning.Choice;
import dev.ritz.krylov.tuning.FixedArm;
import dev.ritz.krylov.tuning.SorTheory;
import dev.ritz.krylov.tuning.TsallisInf;
import dev.ritz.krylov.tuning.TunedMethod;
import dev.ritz.krylov.tuning.TunedSequence;
import dev.ritz.krylov.tuning.Tuner;
import dev.ritz.krylov.tuning.Ucb;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.Sequences;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The experiments of "Learning to Relax" (Khodak, Chow, Balcan, Talwalkar, ICLR 2024, arXiv:2310.02246) with the tuners
 * of {@code dev.ritz.krylov.tuning}: writes the tables as Markdown and the plot of the regret.
 *
 * <p>Arguments: {@code --quick} (a tenth of the systems, one trial), {@code --only=e1,e2,regret,e3,speed},
 * {@code --shift=low} or {@code high} for one of the two of e2, {@code --nx=25,50,100} for the grids of e3, and the file
 * to write (default {@code docs/reproduction/learning-to-relax-tables.md}). One thread.
 */
public final class LearningToRelax {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;
    private static final double[] OMEGAS = Choice.omegas();
    private static final int SIDE = 10;
    private static final int N = SIDE * SIDE;
    /** The learners of the paper are told the iterations above the first. */
    private static final Charge CHARGE = new Charge(r -> Math.max(0, r.iterations() - 1), CRITERIA.maxIterations());

    private final StringBuilder text = new StringBuilder();
    private final boolean quick;

    private LearningToRelax(boolean quick) {
        this.quick = quick;
    }

    /**
     * Runs the experiments.
     *
     * @param args see above
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        boolean quick = false;
        List<String> parts = List.of("e1", "e2", "regret", "e3", "speed");
        int[] grids = {25, 50, 100};
        List<Sequences.Shift> shifts = List.of(Sequences.Shift.values());
        Path page = Path.of("docs/reproduction/learning-to-relax-tables.md");
        for (String arg : args) {
            if (arg.equals("--quick")) {
                quick = true;
            } else if (arg.startsWith("--only=")) {
                parts = List.of(arg.substring("--only=".length()).split(","));
            } else if (arg.startsWith("--nx=")) {
                grids = Arrays.stream(arg.substring("--nx=".length()).split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray();
            } else if (arg.startsWith("--shift=")) {
                shifts = List.of(Sequences.Shift.valueOf(
                        arg.substring("--shift=".length()).toUpperCase(Locale.ROOT)));
            } else if (arg.startsWith("--")) {
                throw new IllegalArgumentException(arg + " is no option, expected --quick, --only=, --shift= or --nx=");
            } else {
                page = Path.of(arg);
            }
        }
        LearningToRelax run = new LearningToRelax(quick);
        for (String part : parts) {
            long start = System.nanoTime();
            switch (part) {
                case "e1" -> run.counts();
                case "e2" -> run.shiftedLaplacians(shifts);
                case "regret" -> run.regret(page.resolveSibling("learning-to-relax-regret"));
                case "e3" -> run.heat(grids);
                case "speed" -> run.speed();
                default -> throw new IllegalArgumentException(part + " is none of e1, e2, regret, e3, speed");
            }
            System.out.printf("%s: %.0f s%n", part, (System.nanoTime() - start) * 1e-9);
        }
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, run.text);
        System.out.println(run.text);
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    // ---------------------------------------------------------------- SOR

    private void counts() {
        double[] shifts = {-0.15, 0, 0.25, 0.45};
        double[] omegas = {1, 1.2, 1.4, 1.5, 1.6, 1.8, 1.9};
        line("## SOR on a shifted Laplacian, n = 100, b = (1, …, 1)%n");
        line("| c | 1.0 | 1.2 | 1.4 | 1.5 | 1.6 | 1.8 | 1.9 | ω* | at ω* |");
        line("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        double[] ones = new double[N];
        Arrays.fill(ones, 1);
        StationaryWorkspace ws = new Sor().newWorkspace(N, WorkerPool.shared());
        for (double c : shifts) {
            CsrMatrix a = Poisson.poisson2d(SIDE).a().plus(1, c, CsrMatrix.identity(N));
            StringBuilder row = new StringBuilder("| " + c + " |");
            for (double omega : omegas) {
                row.append(' ').append(sor(a, ones, omega, ws)).append(" |");
            }
            double best = SorTheory.optimum(SorTheory.jacobiRadius(a));
            line("%s %.6f | %d |", row, best, sor(a, ones, best, ws));
        }
        line("");
    }

    private static int sor(CsrMatrix a, double[] b, double omega, StationaryWorkspace ws) {
        return new Sor(CRITERIA, omega)
                .solve(a, Preconditioner.identity(N), b, new double[N], ws, IterationListener.NONE)
                .report()
                .iterations();
    }

    private static Map<String, Tuner> learners(double lower, double upper, int bins) {
        Map<String, Tuner> learners = new LinkedHashMap<>();
        learners.put("Tsallis-INF", new TsallisInf());
        learners.put("reduced variance", new TsallisInf(TsallisInf.Estimator.REDUCED_VARIANCE));
        learners.put("binned", new BinnedTsallisInf(lower, upper, bins));
        learners.put("ChebCB", new ChebCb(lower, upper));
        learners.put("UCB", new Ucb());
        return learners;
    }

    private static double shift(LinearSystem s) {
        return s.a().values()[0] - 4;
    }

    private static double mean(TunedMethod method, List<LinearSystem> systems, long seed) {
        TunedSequence sequence = method.newSequence(N, seed);
        double[] x = new double[N];
        double[] context = new double[1];
        long total = 0;
        for (LinearSystem s : systems) {
            Arrays.fill(x, 0);
            context[0] = shift(s);
            total += sequence.solve(s.a(), s.b(), x, context, IterationListener.NONE)
                    .result()
                    .report()
                    .iterations();
        }
        return total / (double) systems.size();
    }

    private void shiftedLaplacians(List<Sequences.Shift> shifts) {
        int steps = quick ? 500 : 5000;
        int trials = quick ? 1 : 10;
        line("## Shifted Laplacians, %d systems, mean iterations%n", steps);
        line("%d trials, learners and ω*(c) ± standard deviation.%n", trials);
        line(
                "| | 1.0 | 1.2 | 1.4 | 1.6 | 1.65 | 1.8 | Tsallis-INF | reduced variance | binned | ChebCB | UCB | ω*(c) |");
        line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (Sequences.Shift shift : shifts) {
            double[] omegas = {1, 1.2, 1.4, 1.6, 1.65, 1.8};
            double[] fixed = new double[omegas.length];
            Map<String, double[]> learned = new LinkedHashMap<>();
            double[] optimal = new double[trials];
            StationaryWorkspace ws = new Sor().newWorkspace(N, WorkerPool.shared());
            for (int trial = 0; trial < trials; trial++) {
                List<LinearSystem> systems = Sequences.shiftedLaplacians(SIDE, steps, shift, 0x1e20 + trial)
                        .toList();
                for (int j = 0; j < omegas.length; j++) {
                    int arm = (int) Math.round(20 * (omegas[j] - 1));
                    fixed[j] += mean(TunedMethod.sor(CRITERIA, new FixedArm(arm)), systems, 0) / trials;
                }
                for (LinearSystem s : systems) {
                    double beta = 4 * Math.cos(Math.PI / (SIDE + 1)) / (4 + shift(s));
                    optimal[trial] += sor(s.a(), s.b(), SorTheory.optimum(beta), ws) / (double) steps;
                }
                int at = trial;
                learners(-0.15, 0.65, 5).forEach((name, tuner) -> {
                    TunedMethod method = TunedMethod.sor(CRITERIA, tuner).withCharge(CHARGE);
                    learned.computeIfAbsent(name, k -> new double[trials])[at] = mean(method, systems, 0x1e30 + at);
                });
            }
            StringBuilder row = new StringBuilder("| " + shift.name().toLowerCase(Locale.ROOT) + " |");
            for (double value : fixed) {
                row.append(String.format(Locale.ROOT, " %.1f |", value));
            }
            for (double[] values : learned.values()) {
                row.append(spread(values));
            }
            line("%s%s", row, spread(optimal));
            System.out.println(row + spread(optimal));
        }
        line("");
    }

    private static String spread(double[] v) {
        double mean = Arrays.stream(v).average().orElseThrow();
        double square = Arrays.stream(v).map(x -> (x - mean) * (x - mean)).sum();
        return String.format(Locale.ROOT, " %.1f ± %.1f |", mean, Math.sqrt(square / Math.max(1, v.length - 1)));
    }

    // ---------------------------------------------------------------- regret

    private void regret(Path stem) throws IOException {
        int steps = quick ? 2000 : 20_000;
        int trials = quick ? 1 : 5;
        int distinct = quick ? 400 : 4000;
        double[][] costs = new double[distinct][OMEGAS.length];
        double[] contexts = new double[distinct];
        StationaryWorkspace ws = new Sor().newWorkspace(N, WorkerPool.shared());
        int[] at = {0};
        Sequences.shiftedLaplacians(SIDE, distinct, Sequences.Shift.HIGH, 0x1e40)
                .forEach(s -> {
                    for (int i = 0; i < OMEGAS.length; i++) {
                        costs[at[0]][i] = sor(s.a(), s.b(), OMEGAS[i], ws) - 1;
                    }
                    contexts[at[0]++] = shift(s);
                });
        double[] totals = new double[OMEGAS.length];
        double adaptive = 0;
        for (double[] row : costs) {
            for (int i = 0; i < totals.length; i++) {
                totals[i] += row[i];
            }
            adaptive += Arrays.stream(row).min().orElseThrow();
        }
        int best = 0;
        for (int i = 1; i < totals.length; i++) {
            best = totals[i] < totals[best] ? i : best;
        }
        line("## Regret over %,d systems, high variance%n", steps);
        line(
                "%,d systems, drawn with replacement. Best fixed ω = %.2f: %.1f iterations a system; the best ω of the grid for each system: %.1f. %d trials.%n",
                distinct, OMEGAS[best], totals[best] / distinct + 1, adaptive / distinct + 1, trials);
        line(
                "| learner | mean iterations | above best fixed after %,d | after %,d | log-log slope |",
                steps / 10, steps);
        line("|---|---:|---:|---:|---:|");
        int points = 60;
        double[] marks = new double[points];
        for (int i = 0; i < points; i++) {
            marks[i] = Math.round(steps * Math.pow(10, -2.3 * (points - 1 - i) / (points - 1)));
        }
        Map<String, double[]> lines = new LinkedHashMap<>();
        for (Map.Entry<String, Tuner> learner : learners(-0.15, 0.65, 5).entrySet()) {
            double[] curve = new double[points];
            double total = 0;
            double early = 0;
            for (int trial = 0; trial < trials; trial++) {
                Tuner.Memory memory = learner.getValue().newMemory(OMEGAS.length, 0x1e50 + trial);
                SplittableRandom order = new SplittableRandom(0x1e60 + trial);
                double excess = 0;
                int next = 0;
                double[] context = new double[1];
                for (int t = 1; t <= steps; t++) {
                    int s = order.nextInt(distinct);
                    context[0] = contexts[s];
                    int arm = memory.choose(context);
                    memory.learn(context, arm, costs[s][arm]);
                    excess += costs[s][arm] - costs[s][best];
                    total += costs[s][arm] / trials;
                    if (t == steps / 10) {
                        early += excess / trials;
                    }
                    while (next < points && t == (int) marks[next]) {
                        curve[next++] += excess / trials;
                    }
                }
            }
            double late = curve[points - 1];
            String slope = early > 0 && late > 0 ? String.format(Locale.ROOT, "%.2f", Math.log10(late / early)) : "–";
            line("| %s | %.1f | %.0f | %.0f | %s |", learner.getKey(), total / steps + 1, early, late, slope);
            lines.put(learner.getKey(), curve);
        }
        line("");
        Files.createDirectories(stem.toAbsolutePath().getParent());
        RegretPlot.write(stem, marks, lines);
    }

    // ---------------------------------------------------------------- heat

    private void heat(int[] grids) {
        int steps = quick ? 500 : 5000;
        line("## Heat equation, SSOR-CG, total iterations over %,d steps%n", steps);
        line("| n_x | CG | 1.0 | 1.3 | 1.5 | 1.75 | best fixed | Tsallis-INF | binned | ChebCB |");
        line("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        double upper = 0;
        for (int t = 0; t <= steps; t++) {
            upper = Math.max(upper, HeatEquation.kappa(t * 1e-3));
        }
        for (int nx : grids) {
            int trials = nx >= 100 || quick ? 1 : 3;
            StringBuilder row = new StringBuilder("| " + nx + " |");
            row.append(String.format(Locale.ROOT, " %,d |", plainHeat(nx, steps)));
            for (int arm : new int[] {0, 6, 10, 15}) {
                row.append(
                        nx >= 100 && (arm == 6 || arm == 15)
                                ? " – |"
                                : String.format(Locale.ROOT, " %,d |", heat(nx, steps, new FixedArm(arm), 0)));
            }
            int at = nx == 25 ? 8 : 12;
            row.append(
                    nx >= 100
                            ? " – |"
                            : String.format(
                                    Locale.ROOT, " %,d (%.2f) |", heat(nx, steps, new FixedArm(at), 0), OMEGAS[at]));
            List<Tuner> tuners =
                    new ArrayList<>(List.of(new TsallisInf(), new BinnedTsallisInf(0, upper, 6), new ChebCb(0, upper)));
            for (Tuner tuner : tuners) {
                long total = 0;
                for (int trial = 0; trial < trials; trial++) {
                    total += heat(nx, steps, tuner, 0x1e70 + trial);
                }
                row.append(String.format(Locale.ROOT, " %,d |", Math.round(total / (double) trials)));
            }
            line("%s", row);
            System.out.println(row);
        }
        line("");
    }

    private static long plainHeat(int nx, int steps) {
        HeatEquation heat = new HeatEquation(nx, 1e-3);
        Cg cg = new Cg(CRITERIA);
        Cg.Workspace ws = cg.newWorkspace(heat.size());
        Preconditioner none = Preconditioner.identity(heat.size());
        long total = 0;
        for (int step = 0; step < steps; step++) {
            CsrMatrix a = heat.matrix();
            total += cg.solve(a, none, heat.rightHandSide(a), heat.u(), ws, IterationListener.NONE)
                    .report()
                    .iterations();
            heat.advance();
        }
        return total;
    }

    private static long heat(int nx, int steps, Tuner tuner, long seed) {
        HeatEquation heat = new HeatEquation(nx, 1e-3);
        TunedSequence sequence = TunedMethod.ssorCg(CRITERIA, tuner, Ssor::new)
                .withCharge(CHARGE)
                .newSequence(heat.size(), seed);
        long total = 0;
        for (int step = 0; step < steps; step++) {
            CsrMatrix a = heat.matrix();
            double[] context = {heat.context()};
            total += sequence.solve(a, heat.rightHandSide(a), heat.u(), context, IterationListener.NONE)
                    .result()
                    .report()
                    .iterations();
            heat.advance();
        }
        return total;
    }

    // ---------------------------------------------------------------- speed

    private void speed() {
        int steps = 5000;
        List<LinearSystem> systems = Sequences.shiftedLaplacians(SIDE, steps, Sequences.Shift.LOW, 0x1e80)
                .toList();
        line("## Time%n");
        for (Tuner tuner : List.of(new FixedArm(13), new TsallisInf(), new ChebCb(-0.15, 0.65))) {
            TunedMethod method = TunedMethod.sor(CRITERIA, tuner);
            double best = Double.POSITIVE_INFINITY;
            double iterations = 0;
            for (int round = 0; round < 5; round++) {
                long start = System.nanoTime();
                iterations = mean(method, systems, 0x1e90);
                best = Math.min(best, (System.nanoTime() - start) * 1e-9);
            }
            line("- %s: %,d systems in %.3f s, %.1f iterations each", tuner.name(), steps, best, iterations);
        }
        for (Tuner tuner : learners(-0.15, 0.65, 5).values()) {
            double best = Double.POSITIVE_INFINITY;
            for (int round = 0; round < 10; round++) {
                Tuner.Memory memory = tuner.newMemory(OMEGAS.length, 0x1ea0);
                SplittableRandom random = new SplittableRandom(0x1eb0);
                double[] context = new double[1];
                long start = System.nanoTime();
                for (int t = 0; t < 20_000; t++) {
                    context[0] = -0.15 + 0.8 * random.nextDouble();
                    int arm = memory.choose(context);
                    memory.learn(context, arm, 40 + 100 * Math.abs(OMEGAS[arm] - 1.6 + context[0]));
                }
                best = Math.min(best, (System.nanoTime() - start) / 20_000.0);
            }
            line("- choosing and learning, %s: %.2f µs", tuner, best * 1e-3);
        }
        line("");
    }
}
