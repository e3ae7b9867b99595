package dev.ritz.benchmarks.rivals;

import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Gmres;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.ordering.ReorderedSystem;
import dev.ritz.testdata.LinearSystem;
import java.util.Arrays;
import java.util.List;

/** Ritz through its public interface, with its default threads. */
final class RitzRival implements Rival {
    /** What the results call it. */
    static final String NAME = "Ritz";

    private static final int MAX_ITERATIONS = 100_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String version() {
        return "0.1.0-SNAPSHOT";
    }

    @Override
    public List<Pairing> pairings(TestProblem problem) {
        return problem.symmetric()
                ? List.of(new Pairing("cg", "jacobi"), new Pairing("cg", "ic0"), new Pairing("cg", "relaxed-ic0"))
                : List.of(new Pairing("bicgstab", "ilu0"), new Pairing("gmres", "ilu0"));
    }

    @Override
    public Contest prepare(LinearSystem system, Pairing pairing) {
        PreconditionerFactory factory = switch (pairing.preconditioner()) {
            case "jacobi" -> new Jacobi();
            case "ic0" -> new Ic0();
            case "relaxed-ic0" -> new RelaxedIc0();
            case "ilu0" -> new Ilu0();
            default -> throw new IllegalArgumentException(pairing.text() + " is not offered");
        };
        return switch (pairing.method()) {
            case "cg" -> new Run<>(system, factory, new Cg(criteria(1e-8)), rtol -> new Cg(criteria(rtol)));
            case "bicgstab" ->
                new Run<>(system, factory, new BiCgStab(criteria(1e-8)), rtol -> new BiCgStab(criteria(rtol)));
            case "gmres" ->
                new Run<>(system, factory, new Gmres(criteria(1e-8), 30), rtol -> new Gmres(criteria(rtol), 30));
            default -> throw new IllegalArgumentException(pairing.text() + " is not offered");
        };
    }

    private static StoppingCriteria criteria(double rtol) {
        return StoppingCriteria.DEFAULT.withRtol(rtol).withMaxIterations(MAX_ITERATIONS);
    }

    /** A method for a tolerance. */
    private interface Methods<W extends Workspace> {
        IterativeSolver<W> within(double rtol);
    }

    private static final class Run<W extends Workspace> implements Contest {
        private final LinearSystem system;
        private final PreconditionerFactory factory;
        private final IterativeSolver<W> any;
        private final Methods<W> methods;
        private final double[] x;
        private ReorderedSystem ordered;
        private LinearOperator operator;
        private Preconditioner preconditioner;
        private W workspace;

        Run(LinearSystem system, PreconditionerFactory factory, IterativeSolver<W> any, Methods<W> methods) {
            this.system = system;
            this.factory = factory;
            this.any = any;
            this.methods = methods;
            this.x = new double[system.size()];
        }

        @Override
        public void setUp() {
            preconditioner = null; // the last one's memory is free for the next
            operator = null;
            ordered = ReorderedSystem.of(system.a()); // as ritz solve does: all of it counts as set-up
            operator = FormatChoice.choose(ordered.matrix()).operator();
            preconditioner = ordered.build(factory);
            if (workspace == null) {
                workspace = any.newWorkspace(system.size());
            }
        }

        @Override
        public int solve(double rtol) throws FailedException {
            Arrays.fill(x, 0);
            SolveResult result = ordered.solve(
                    methods.within(rtol), operator, preconditioner, system.b(), x, workspace, IterationListener.NONE);
            if (!result.converged()) {
                throw new FailedException(result.report().summary());
            }
            return result.report().iterations();
        }

        @Override
        public double[] solution() {
            return x;
        }
    }
}
