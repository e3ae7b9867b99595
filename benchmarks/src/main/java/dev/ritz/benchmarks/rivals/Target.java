package dev.ritz.benchmarks.rivals;

import dev.ritz.benchmarks.rivals.TestProblem.Family;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What Ritz sets out to reach against the best of some rivals.
 *
 * @param title what is compared, for people
 * @param applies to which problems
 * @param ours method and preconditioner of Ritz
 * @param against which measurements of others count
 * @param perIteration seconds per iteration when true, set-up and solve together otherwise
 * @param factor how many times faster than the best of them
 */
record Target(
        String title,
        Predicate<TestProblem> applies,
        Rival.Pairing ours,
        Predicate<Measurement> against,
        boolean perIteration,
        double factor) {

    /**
     * How a target stands on one problem.
     *
     * @param problem the problem's name
     * @param target the target
     * @param ours Ritz's measurement
     * @param best the fastest of the others
     * @param ratio the other's seconds over Ritz's; NaN when Ritz has none
     */
    record Standing(String problem, Target target, Measurement ours, Measurement best, double ratio) {

        /** {@return whether Ritz is as much faster as it set out to be; NaN is no} */
        boolean met() {
            return ratio >= target.factor();
        }
    }

    /** {@return all targets} */
    static List<Target> all() {
        Rival.Pairing jacobi = new Rival.Pairing("cg", "jacobi");
        Rival.Pairing ic0 = new Rival.Pairing("cg", "ic0");
        Rival.Pairing ilu0 = new Rival.Pairing("bicgstab", "ilu0");
        Rival.Pairing gmres = new Rival.Pairing("gmres", "ilu0");
        Predicate<TestProblem> grid = p -> p.family() == Family.GRID;
        Predicate<TestProblem> other = p -> p.family() == Family.ELEMENTS || p.family() == Family.FILE;
        Predicate<TestProblem> small = p -> p.family() == Family.SMALL;
        Predicate<Measurement> petsc = by("PETSc");
        Predicate<Measurement> native3 = petsc.or(by("Eigen"));
        Predicate<Measurement> incompleteCg = uses("cg", "ic0", "ic");
        Predicate<Measurement> incompleteBiCg = uses("bicgstab", "ilu0", "ilut");
        Predicate<Measurement> jvm = m -> !native3.test(m) && !m.contender().equals("SciPy");
        List<Target> all = new ArrayList<>();
        all.add(new Target(
                "Jacobi-PCG per iteration on 128³, PETSc",
                p -> p.name().equals("poisson3d-128"),
                jacobi,
                petsc.and(uses("cg", "jacobi")),
                true,
                1.7));
        all.add(new Target(
                "Jacobi-PCG per iteration, unstructured, PETSc",
                p -> p.family() == Family.ELEMENTS,
                jacobi,
                petsc.and(uses("cg", "jacobi")),
                true,
                1.2));
        for (boolean onGrid : new boolean[] {true, false}) {
            Predicate<TestProblem> where = onGrid ? grid : other;
            double factor = onGrid ? 1.5 : 1.2;
            String name = onGrid ? "grids" : "elements and files";
            all.add(new Target(
                    "IC(0)-PCG, " + name + ", PETSc and Eigen", where, ic0, native3.and(incompleteCg), false, factor));
            all.add(new Target(
                    "ILU(0)-BiCGStab, " + name + ", PETSc and Eigen",
                    where,
                    ilu0,
                    native3.and(incompleteBiCg),
                    false,
                    factor));
        }
        all.add(new Target("IC(0)-PCG, MTJ", grid.or(other), ic0, by("MTJ").and(uses("cg", "ilu0")), false, 2.5));
        all.add(new Target(
                "ILU(0)-BiCGStab, MTJ", grid.or(other), ilu0, by("MTJ").and(uses("bicgstab", "ilu0")), false, 2.5));
        all.add(new Target(
                "GMRES(30) per iteration, PETSc", grid.or(other), gmres, petsc.and(uses("gmres", "ilu0")), true, 1));
        all.add(new Target("small systems, JVM", small, null, jvm, false, 1));
        return all;
    }

    private static Predicate<Measurement> by(String contender) {
        return m -> m.contender().equals(contender);
    }

    private static Predicate<Measurement> uses(String method, String... preconditioners) {
        List<String> some = List.of(preconditioners);
        return m -> m.method().equals(method) && some.contains(m.preconditioner());
    }

    /**
     * How this target stands on a problem.
     *
     * @param problem the problem
     * @param results everything measured
     * @return nothing when the target does not apply, when Ritz was not measured, or when no rival solved it
     */
    Optional<Standing> standing(TestProblem problem, List<Measurement> results) {
        if (!applies.test(problem)) {
            return Optional.empty();
        }
        ToDoubleFunction<Measurement> seconds = perIteration ? Measurement::perIteration : Measurement::total;
        List<Measurement> here =
                results.stream().filter(m -> m.problem().equals(problem.name())).toList();
        Optional<Measurement> mine = here.stream()
                .filter(by(RitzRival.NAME))
                .filter(m -> ours == null
                        || uses(ours.method(), ours.preconditioner()).test(m))
                .min(Comparator.comparingDouble(seconds)); // NaN comes last
        Optional<Measurement> best = here.stream()
                .filter(by(RitzRival.NAME).negate())
                .filter(against)
                .filter(m -> seconds.applyAsDouble(m) > 0)
                .min(Comparator.comparingDouble(seconds));
        if (mine.isEmpty() || best.isEmpty()) {
            return Optional.empty();
        }
        double ratio = seconds.applyAsDouble(best.get()) / seconds.applyAsDouble(mine.get());
        return Optional.of(new Standing(problem.name(), this, mine.get(), best.get(), ratio));
    }

    /** {@return the figure that is compared, in seconds} */
    double seconds(Measurement m) {
        return perIteration ? m.perIteration() : m.total();
    }
}
