package dev.ritz.preconditioners.composition;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.preconditioners.Identity;
import java.util.Arrays;
import java.util.Objects;

/**
 * A few iterations of another method as preconditioner: z ≈ A⁻¹ r to a loose tolerance. The outer method has to be a
 * flexible one.
 *
 * <pre>
 * Needs   what the inner method and its preconditioner need
 * Gives   VARIABLE
 * Step    one inner solve from z = 0; its products are reported as the preconditioner's
 * Memory  the inner workspace, kept from call to call, and M
 * Fails   whatever M fails with. A limit, stagnation or breakdown inside is no failure: z is the best iterate, and
 *         M⁻¹ r where that is 0. A value that is not finite inside makes z NaN, so that the outer solve sees it; a part
 *         that throws inside throws outside
 * Source  Saad 1993, doi:10.1137/0914028; Simoncini &amp; Szyld 2003, doi:10.1137/S1064827502406415
 * </pre>
 *
 * @param solver the inner method; its criteria say how loosely
 * @param inner factory of the M that the inner method uses
 */
public record InnerSolver(IterativeSolver<?> solver, PreconditionerFactory inner) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param solver the inner method; its criteria say how loosely
     * @param inner factory of the M that the inner method uses
     */
    public InnerSolver {
        Objects.requireNonNull(solver, "solver");
        Objects.requireNonNull(inner, "inner");
    }

    /**
     * The inner method without a preconditioner.
     *
     * @param solver the inner method; its criteria say how loosely
     */
    public InnerSolver(IterativeSolver<?> solver) {
        this(solver, new Identity());
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when the inner method does not take the kind of its preconditioner
     */
    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        Preconditioner m = old instanceof Solves<?> s ? inner.rebuild(s.m, a) : inner.build(a);
        solver.check(a, m);
        if (!solver.accepts().admits(m.kind())) {
            throw new IllegalArgumentException("the inner " + solver.name() + " takes a preconditioner of kind "
                    + solver.accepts() + ", " + m.name() + " is " + m.kind());
        }
        return solves(solver, a, m);
    }

    private static <W extends Workspace> Preconditioner solves(
            IterativeSolver<W> solver, CsrMatrix a, Preconditioner m) {
        return new Solves<>(solver, a, m, solver.newWorkspace(a.rows(), a.pool()));
    }

    @Override
    public String name() {
        return "InnerSolver(" + solver.name() + " with " + inner.name() + ")";
    }

    /** z ← an inner solve with right-hand side r. */
    private static final class Solves<W extends Workspace> implements Preconditioner {
        private final IterativeSolver<W> solver;
        private final CsrMatrix a;
        private final Preconditioner m;
        private final W workspace;
        private final Vectors vectors;
        private long products;

        Solves(IterativeSolver<W> solver, CsrMatrix a, Preconditioner m, W workspace) {
            this.solver = solver;
            this.a = a;
            this.m = m;
            this.workspace = workspace;
            this.vectors = new Vectors(a.rows(), a.pool());
        }

        @Override
        public int size() {
            return a.rows();
        }

        @Override
        public Kind kind() {
            return Kind.VARIABLE;
        }

        @Override
        public void apply(double[] r, double[] z) {
            Arrays.fill(z, 0, size(), 0);
            SolveResult result = solver.solve(a, m, r, z, workspace, IterationListener.NONE);
            Report report = result.report();
            products += report.operatorApplications();
            if (report.cause() == Cause.PART_FAILED) {
                Exception e = report.failure();
                throw e instanceof RuntimeException known ? known : new IllegalStateException(report.summary(), e);
            }
            if (report.cause() == Cause.NOT_FINITE) {
                Arrays.fill(z, 0, size(), Double.NaN);
            } else if (!result.converged() && vectors.norm(z) == 0) {
                m.apply(r, z); // no step was taken, or none that helped
            }
        }

        @Override
        public String name() {
            return "InnerSolver(" + solver.name() + " with " + m.name() + ")";
        }

        @Override
        public long bytes() {
            return workspace.bytes() + m.bytes();
        }

        @Override
        public long products() {
            return products + m.products();
        }

        @Override
        public String note() {
            return m.note();
        }
    }
}
