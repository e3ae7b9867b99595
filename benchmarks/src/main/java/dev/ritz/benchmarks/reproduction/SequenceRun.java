package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.RecyclingSolver;
import dev.ritz.krylov.sequence.SimilarityOrder;
import dev.ritz.testdata.SequenceSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one method took for each system of a sequence, each from x₀ = 0.
 *
 * @param iterations of each system; the cap where it was not solved
 * @param products with A: iterations, refreshes and residuals, preconditioned ones counted once
 * @param unsolved how many systems were not solved within the cap
 */
record SequenceRun(List<Integer> iterations, long products, int unsolved) {

    /**
     * A system as a method is to see it.
     *
     * @param a the operator
     * @param m the preconditioner
     * @param b the right-hand side
     */
    record Prepared(LinearOperator a, Preconditioner m, double[] b) {

        /** {@return the system with M⁻¹ A as operator and M⁻¹ b as right-hand side: the residual tested is M⁻¹ r} */
        static Prepared left(SequenceSystem s, PreconditionerFactory factory) {
            LeftPreconditioned operator = new LeftPreconditioned(
                    s.system().a(), factory.build(s.system().a()));
            int n = operator.rows();
            return new Prepared(
                    operator,
                    Preconditioner.identity(n),
                    operator.rightHandSide(s.system().b()));
        }

        /** {@return the system preconditioned from the right, or symmetrically by CG: the residual tested is r} */
        static Prepared right(SequenceSystem s, PreconditionerFactory factory) {
            return new Prepared(
                    s.system().a(), factory.build(s.system().a()), s.system().b());
        }
    }

    /** {@return each system on its own} */
    static <W extends Workspace> SequenceRun alone(IterativeSolver<W> method, int cap, List<Prepared> systems) {
        int n = systems.get(0).b().length;
        W ws = method.newWorkspace(n);
        Collector to = new Collector(cap);
        double[] x = new double[n];
        for (Prepared s : systems) {
            Arrays.fill(x, 0);
            to.add(method.solve(s.a(), s.m(), s.b(), x, ws, IterationListener.NONE));
        }
        return to.run();
    }

    /** {@return the systems in turn, each with the space of the one before, its products renewed} */
    static <W extends Workspace> SequenceRun recycled(RecyclingSolver<W> method, int cap, List<Prepared> systems) {
        int n = systems.get(0).b().length;
        W ws = method.newWorkspace(n);
        Collector to = new Collector(cap);
        double[] x = new double[n];
        Change change = Change.UNRELATED;
        for (Prepared s : systems) {
            Arrays.fill(x, 0);
            to.add(method.solveNext(s.a(), s.m(), s.b(), x, ws, change, IterationListener.NONE));
            change = Change.CHANGED;
        }
        return to.run();
    }

    /** {@return the systems by greedy nearest neighbours of their parameters} */
    static List<SequenceSystem> sorted(List<SequenceSystem> systems) {
        double[][] features = systems.stream().map(SequenceSystem::parameters).toArray(double[][]::new);
        return Arrays.stream(SimilarityOrder.greedy(features))
                .mapToObj(systems::get)
                .toList();
    }

    /** {@return mean iterations of a system} */
    double mean() {
        return (double) sum() / iterations.size();
    }

    /** {@return iterations of all systems} */
    int sum() {
        return iterations.stream().mapToInt(Integer::intValue).sum();
    }

    /** {@return mean products of a system} */
    double meanProducts() {
        return (double) products / iterations.size();
    }

    /** {@return the iterations of each system} */
    String list() {
        return iterations.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static final class Collector {
        private final int cap;
        private final List<Integer> iterations = new ArrayList<>();
        private long products;
        private int unsolved;

        Collector(int cap) {
            this.cap = cap;
        }

        void add(SolveResult result) {
            int took = result.report().iterations();
            if (!result.converged()) { // also where a restart made no progress: it would have gone on in vain
                unsolved++;
                products += cap - took;
                took = cap;
            }
            iterations.add(took);
            products += result.report().operatorApplications();
        }

        SequenceRun run() {
            return new SequenceRun(List.copyOf(iterations), products, unsolved);
        }
    }
}
