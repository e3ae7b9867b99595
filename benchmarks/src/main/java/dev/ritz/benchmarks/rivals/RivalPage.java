package dev.ritz.benchmarks.rivals;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The results as Markdown: the targets first, then every system. */
final class RivalPage {
    private final List<TestProblem> problems;
    private final List<Measurement> results;
    private final StringBuilder page = new StringBuilder();

    private RivalPage(List<TestProblem> problems, List<Measurement> results) {
        this.problems = problems;
        this.results = results;
    }

    /**
     * Writes the page.
     *
     * @param problems in the order of the page
     * @param results everything measured
     * @param machine one line on where and when
     * @return Markdown
     */
    static String of(List<TestProblem> problems, List<Measurement> results, String machine) {
        RivalPage page = new RivalPage(problems, results);
        page.introduction(machine);
        page.targets();
        page.problems();
        return page.page.toString();
    }

    private void introduction(String machine) {
        page.append("# Ritz beside its rivals\n\n").append(machine).append("\n\n");
        page.append("""
                ![seconds per system and contender](rivals.png)

                Every contender is held to ‖b − A x‖₂ ≤ 1e-8 ‖b‖₂, recomputed by the benchmark from the x it returns. A
                library that stops on another norm is given a smaller tolerance until that holds; its time is that of the
                accepted run. b is the same for all: uniform random numbers, or that of the file. Set-up and solve are
                medians of warm runs, each from the assembled matrix: storage and preconditioner are built anew every
                time; Ritz and MTJ keep their work space. Each contender has a process of its own; cold is its very first
                set-up and solve, peak the most resident memory, system and its generation or reading included (of all
                processes together). ×2 means two processes; Ritz and Eigen use all cores in one process, Eigen one below
                300,000 entries.

                Settings. Java runs with `--add-modules jdk.incubator.vector`, which Ritz uses for products by diagonals;
                what it gains is in [decision 5](../decisions/0005-matrix-formats.md), and `--plain` leaves it out.
                PETSc is Debian's build; its CG tests the unpreconditioned norm, BiCGStab and GMRES are
                preconditioned from the right; with two processes the incomplete factors are those of each process's
                block. Eigen's products run on all cores; its IC keeps as many entries a column as A has, in natural
                order; ILUT drops below 1e-3 and keeps twice the entries, as its defaults spend minutes on the set-up.
                MTJ's ICC takes quadratic time to set up, its ILU(0) is the same map on a symmetric matrix. Commons Math
                and Hipparchus have CG with Jacobi alone and no compressed rows: the benchmark gives them a 32-bit operator.
                ojAlgo builds its preconditioner inside of the solve. EJML is direct and has no fill-reducing order.

                ```
                mvn -q package -DskipTests
                java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.ritz.benchmarks.rivals.RivalTable --export FOLDER
                benchmarks/rivals/run.sh FOLDER
                java -cp 'benchmarks/target/classes:benchmarks/target/lib/*' dev.ritz.benchmarks.rivals.RivalTable --native FOLDER/native.jsonl
                ```

                """);
    }

    private void targets() {
        page.append("## Targets\n\n");
        page.append("| target | system | Ritz | best rival | ratio | wanted | |\n|---|---|---:|---|---:|---:|---|\n");
        int met = 0;
        int all = 0;
        for (Target target : Target.all()) {
            for (TestProblem problem : problems) {
                Optional<Target.Standing> found = target.standing(problem, results);
                if (found.isPresent()) {
                    Target.Standing s = found.get();
                    all++;
                    met += s.met() ? 1 : 0;
                    page.append(String.format(
                            Locale.ROOT,
                            "| %s | %s | %s | %s: %s | %s | %.1f | %s |%n",
                            target.title(),
                            s.problem(),
                            s.ours().solved()
                                    ? time(target.seconds(s.ours()))
                                    : s.ours().outcome(),
                            s.best().label(),
                            time(target.seconds(s.best())),
                            Double.isNaN(s.ratio()) ? "–" : String.format(Locale.ROOT, "%.2f", s.ratio()),
                            target.factor(),
                            s.met() ? "met" : "**missed**"));
                }
            }
        }
        page.append(String.format(Locale.ROOT, "%n%d of %d met.%n%n", met, all));
    }

    private void problems() {
        page.append("## Every system\n");
        for (TestProblem problem : problems) {
            List<Measurement> here = results.stream()
                    .filter(m -> m.problem().equals(problem.name()))
                    .sorted(Comparator.comparingDouble(Measurement::total)) // NaN comes last
                    .toList();
            if (!here.isEmpty()) {
                page.append("\n### ").append(problem.name()).append("\n\n");
                page.append("| contender | set-up | solve | together | iterations | per iteration | cold | peak MB "
                        + "| residual |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
                here.forEach(this::row);
            }
        }
    }

    private void row(Measurement m) {
        if (m.solved()) {
            page.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | **%s** | %s | %s | %s | %s | %.1e |%n",
                    m.label(),
                    time(m.setup()),
                    time(m.solve()),
                    time(m.total()),
                    m.iterations() > 0 ? Integer.toString(m.iterations()) : "–",
                    time(m.perIteration()),
                    time(m.cold()),
                    m.peakBytes() > 0 ? Long.toString(Math.round(m.peakBytes() / 1e6)) : "–",
                    m.residual()));
        } else {
            page.append("| ").append(m.label()).append(" | | | ").append(m.outcome());
            page.append(
                    m.note().isEmpty() ? "" : ": " + m.note().replace('|', '/').replace('\n', ' '));
            page.append(" | | | | | |\n");
        }
    }

    /** Seconds for people, three digits: 1.23 s, 12.3 ms, 123 µs. */
    static String time(double seconds) {
        if (!(seconds >= 0 && seconds < Double.POSITIVE_INFINITY)) {
            return "–";
        }
        double value = seconds;
        String unit = "s";
        if (seconds < 0.9995e-3) {
            value = seconds * 1e6;
            unit = "µs";
        } else if (seconds < 0.9995) {
            value = seconds * 1e3;
            unit = "ms";
        }
        int digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, unit);
    }
}
