package dev.ritz.benchmarks.sequences;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** The results as Markdown: the targets first, then every sequence. */
final class SequencePage {
    private final List<SequenceMeasurement> results;
    private final StringBuilder page = new StringBuilder();

    /** Contenders that are compared with each other. */
    enum Group {
        SESSION("Ritz, session", m -> ritz(m, "session ")),
        BATCH("Ritz, two sessions at a time", m -> ritz(m, "batch ")),
        TOLD("Ritz, told what stays the same", m -> ritz(m, "scaled ") || ritz(m, "promised ")),
        ALONE("Ritz, each system alone", m -> ritz(m, "alone ")),
        PETSC("PETSc", m -> m.contender().equals("PETSc")),
        SCIPY("SciPy", m -> m.contender().equals("SciPy")),
        EIGEN("Eigen", m -> m.contender().equals("Eigen"));

        private final String title;
        private final Predicate<SequenceMeasurement> members;

        Group(String title, Predicate<SequenceMeasurement> members) {
            this.title = title;
            this.members = members;
        }

        String title() {
            return title;
        }

        private static boolean ritz(SequenceMeasurement m, String way) {
            return m.contender().equals(SequenceMeasurement.RITZ)
                    && m.configuration().startsWith(way);
        }
    }

    private SequencePage(List<SequenceMeasurement> results) {
        this.results = results;
    }

    static String of(List<SequenceMeasurement> results, String machine) {
        SequencePage page = new SequencePage(results);
        page.page.append(SequenceText.INTRODUCTION.formatted(machine));
        page.targets();
        page.sequences();
        return page.page.toString();
    }

    /** {@return the measurements of a sequence of the most systems; shorter runs cannot be compared with them} */
    private static List<SequenceMeasurement> comparable(List<SequenceMeasurement> all, String sequence) {
        List<SequenceMeasurement> here =
                all.stream().filter(m -> m.sequence().equals(sequence)).toList();
        int most = here.stream().mapToInt(SequenceMeasurement::systems).max().orElse(0);
        return here.stream()
                .filter(m -> m.systems() == most)
                .sorted(Comparator.comparing((SequenceMeasurement m) -> !m.complete())
                        .thenComparingDouble(SequenceMeasurement::seconds))
                .toList();
    }

    /** {@return those of them that solved every system, the fastest first} */
    static List<SequenceMeasurement> complete(List<SequenceMeasurement> all, String sequence) {
        return comparable(all, sequence).stream()
                .filter(SequenceMeasurement::complete)
                .toList();
    }

    static Optional<SequenceMeasurement> fastest(List<SequenceMeasurement> here, Group group) {
        return here.stream().filter(group.members).findFirst();
    }

    private void line(String format, Object... values) {
        page.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    // ---------------------------------------------------------------- targets

    private void targets() {
        line("## Targets\n");
        line("| target | Ritz | the other | ratio | wanted | |");
        line("|---|---|---|---:|---:|---|");
        ToDoubleFunction<SequenceMeasurement> products = SequenceMeasurement::products;
        ToDoubleFunction<SequenceMeasurement> time = SequenceMeasurement::seconds;
        String scaled = "darcy-scaled";
        for (Group ours : new Group[] {Group.SESSION, Group.TOLD}) {
            String who = ours == Group.TOLD ? ", told" : "";
            samePreconditioner(scaled, "products against independent solves, same M" + who, ours, products, 2);
            samePreconditioner(scaled, "time against independent solves, same M" + who, ours, time, 1.7);
            against(scaled, "SciPy's recycling", ours, Group.SCIPY, "gcrotmk recycled", 3);
            against(scaled, "PETSc, GMRES(30) and ILU(0)", ours, Group.PETSC, "gmres ilu0", 3);
        }
        for (Group ours : new Group[] {Group.SESSION, Group.BATCH}) {
            against("darcy-flux", "PETSc, CG and BoomerAMG", ours, Group.PETSC, "cg boomeramg", 1);
            against("darcy-flux", "PETSc, CG and ICC(0)", ours, Group.PETSC, "cg ic0", 1);
            against("darcy-flux", "Eigen, LDLᵀ", ours, Group.EIGEN, "ldlt", 1);
            against("thermal-wind", "SciPy's recycling", ours, Group.SCIPY, "gcrotmk recycled", 1);
            against("thermal-wind", "PETSc, GMRES(30) and ILU(0)", ours, Group.PETSC, "gmres ilu0", 1);
        }
        overhead();
        line("");
        line(SequenceText.TARGETS);
    }

    /** The best quotient over the preconditioners for which there are both. */
    private void samePreconditioner(
            String sequence, String what, Group ours, ToDoubleFunction<SequenceMeasurement> cost, double wanted) {
        List<SequenceMeasurement> here = complete(results, sequence);
        SequenceMeasurement best = null;
        SequenceMeasurement other = null;
        for (SequenceMeasurement m : here.stream().filter(ours.members).toList()) {
            Optional<SequenceMeasurement> alone = here.stream()
                    .filter(Group.ALONE.members)
                    .filter(a -> preconditioner(a).equals(preconditioner(m)))
                    .min(Comparator.comparingDouble(cost));
            if (alone.isPresent()
                    && (best == null
                            || cost.applyAsDouble(alone.get()) / cost.applyAsDouble(m)
                                    > cost.applyAsDouble(other) / cost.applyAsDouble(best))) {
                best = m;
                other = alone.get();
            }
        }
        if (best != null) {
            verdict(sequence + ", " + what, best, other, cost, wanted);
        }
    }

    private static String preconditioner(SequenceMeasurement m) {
        return Plan.of(m.configuration()).preconditioner();
    }

    private void against(String sequence, String what, Group ours, Group theirs, String configuration, double wanted) {
        List<SequenceMeasurement> here = complete(results, sequence);
        Optional<SequenceMeasurement> best = fastest(here, ours);
        Optional<SequenceMeasurement> other = here.stream()
                .filter(theirs.members)
                .filter(m -> m.configuration().startsWith(configuration))
                .findFirst();
        if (best.isPresent() && other.isPresent()) {
            verdict(sequence + ", time against " + what, best.get(), other.get(), SequenceMeasurement::seconds, wanted);
        }
    }

    private void verdict(
            String what,
            SequenceMeasurement ours,
            SequenceMeasurement other,
            ToDoubleFunction<SequenceMeasurement> cost,
            double wanted) {
        double ratio = cost.applyAsDouble(other) / cost.applyAsDouble(ours);
        line(
                "| %s | %s: %s | %s: %s | %.2f | %.1f | %s |",
                what,
                ours.configuration(),
                amount(cost.applyAsDouble(ours)),
                other.configuration(),
                amount(cost.applyAsDouble(other)),
                ratio,
                wanted,
                ratio >= wanted ? "met" : "**missed**");
    }

    /** Products are whole numbers, seconds are not. */
    private static String amount(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,d", (long) value) : seconds(value);
    }

    private static String seconds(double value) {
        return value > 0 ? String.format(Locale.ROOT, value < 0.1 ? "%.2g s" : "%.3g s", value) : "–";
    }

    private void overhead() {
        results.stream()
                .filter(m -> m.sequence().startsWith("overhead-")
                        && m.configuration().equals("session"))
                .forEach(session -> results.stream()
                        .filter(m -> m.sequence().equals(session.sequence())
                                && m.configuration().equals("plain loop"))
                        .findFirst()
                        .ifPresent(loop -> {
                            double more = session.seconds() / loop.seconds() - 1;
                            line(
                                    "| n = %,d, a session that has nothing to offer against the plain loop | %s | %s | %+.1f %% | +2 %% | %s |",
                                    Integer.parseInt(session.sequence().substring("overhead-".length())),
                                    seconds(session.seconds() / session.systems()),
                                    seconds(loop.seconds() / loop.systems()),
                                    100 * more,
                                    more <= 0.02 ? "met" : "**missed**");
                        }));
    }

    // ---------------------------------------------------------------- every sequence

    private void sequences() {
        for (TestSequence sequence : TestSequence.all()) {
            List<SequenceMeasurement> here = comparable(results, sequence.name());
            if (!here.isEmpty()) {
                line(
                        "\n## %s\n\n%s; %d systems.\n",
                        sequence.name(), sequence.description(), here.get(0).systems());
                line(SequenceText.about(sequence.name()));
                line(
                        "| contender and configuration | seconds | to the best of Ritz | set-up | cold | products | of them guess "
                                + "| refresh | iterations | residual |");
                line("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
                double best = here.stream()
                        .filter(m -> m.complete() && m.contender().equals(SequenceMeasurement.RITZ))
                        .mapToDouble(SequenceMeasurement::seconds)
                        .min()
                        .orElse(Double.NaN);
                here.forEach(m -> row(m, best));
            }
        }
    }

    private void row(SequenceMeasurement m, double best) {
        if (!m.complete()) {
            line(
                    "| %s | %s | | | | | | | | |",
                    m.label(),
                    m.note().isEmpty()
                            ? m.solved() + " of " + m.systems() + " solved"
                            : m.note().replace('|', '/'));
            return;
        }
        line(
                "| %s | **%s** | %.2f | %s | %s | %s | %d | %d | %s | %.1e |",
                m.label(),
                seconds(m.seconds()),
                m.seconds() / best,
                seconds(m.setup()),
                seconds(m.cold()),
                m.products() < 0 ? "–" : String.format(Locale.ROOT, "%,d", m.products()),
                m.guessProducts(),
                m.refreshProducts(),
                m.iterations() < 0 ? "–" : String.format(Locale.ROOT, "%,d", m.iterations()),
                m.residual());
    }
}
