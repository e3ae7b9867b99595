package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import org.junit.jupiter.api.Test;

/** Operators, preconditioners and listeners that throw, lie or scribble; arguments that do not fit. */
interface PartFaults<W extends Workspace> extends SolverSubject<W> {

    @Test
    default void throwingOperatorIsNamedAndItsCauseKept() {
        assumeTrue(!needsEntries(), "the method reads entries");
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xba0001);
        for (int k = 1; k <= 6; k++) {
            RuntimeException thrown = new IllegalStateException("product " + k);
            var broken = FaultyParts.operator(a, FaultyParts.throwsAt(k, thrown));
            SolveResult result = verdict(limits(), broken, a, Preconditioner.identity(60), b, new double[60]);
            assertThat(broken.calls())
                    .as("the method multiplies at least six times")
                    .isGreaterThanOrEqualTo(k);
            assertThat(result).isInstanceOf(SolveResult.Failed.class);
            assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
            assertThat(result.report().part()).isEqualTo(Part.OPERATOR);
            assertThat(result.report().failure()).isSameAs(thrown);
            assertThatThrownBy(result::solution).hasCause(thrown);
        }
    }

    @Test
    default void throwingPreconditionerIsNamedAndItsCauseKept() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xba0002);
        for (int k = 1; k <= 4; k++) {
            RuntimeException thrown = new IllegalStateException("application " + k);
            var broken = FaultyParts.preconditioner(honest(60), FaultyParts.throwsAt(k, thrown));
            SolveResult result = verdict(limits(), a, a, broken, b, new double[60]);
            assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
            assertThat(result.report().part()).isEqualTo(Part.PRECONDITIONER);
            assertThat(result.report().failure()).isSameAs(thrown);
        }
    }

    @Test
    default void operatorThatReturnsValuesNotFiniteEndsTheSolve() {
        assumeTrue(!needsEntries(), "the method reads entries");
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xba0003);
        for (double bad : NumericFaults.NOT_FINITE) {
            for (int k = 1; k <= 6; k++) {
                var broken = FaultyParts.operator(a, FaultyParts.writesAt(k, bad));
                SolveResult result = verdict(limits(), broken, a, Preconditioner.identity(60), b, new double[60]);
                assertThat(result.cause()).as("%s in product %d", bad, k).isIn(Cause.NOT_FINITE, Cause.CONVERGED);
            }
        }
    }

    @Test
    default void preconditionerThatReturnsValuesNotFiniteEndsTheSolve() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xba0004);
        for (double bad : NumericFaults.NOT_FINITE) {
            for (int k = 1; k <= 4; k++) {
                var broken = FaultyParts.preconditioner(honest(60), FaultyParts.writesAt(k, bad));
                SolveResult result = verdict(limits(), a, a, broken, b, new double[60]);
                assertThat(result.cause()).as("%s in application %d", bad, k).isIn(Cause.NOT_FINITE, Cause.CONVERGED);
            }
        }
    }

    @Test
    default void valuesNotFiniteWhereTheMatrixDoesNotLookStillShow() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        double[][] d = model(30).toDense();
        for (double[] row : d) {
            row[29] = 0; // no product ever sees the last entry of x
        }
        CsrMatrix a = CsrMatrix.fromDense(d);
        double[] b = new double[30];
        a.apply(Measure.random(30, 0xba0005), b);
        for (int k = 1; k <= 4; k++) {
            var broken = FaultyParts.preconditioner(honest(30), FaultyParts.writesAt(k, Double.NaN));
            try {
                verdict(limits(), a, a, broken, b, new double[30]);
            } catch (IllegalArgumentException e) {
                assertThat(needsEntries()).as("refused at the door: %s", e).isTrue();
            }
        }
    }

    @Test
    default void operatorThatOverwritesItsInputIsNoFalseSuccess() {
        assumeTrue(!needsEntries(), "the method reads entries");
        CsrMatrix a = model(40);
        double[] b = Measure.random(40, 0xba0006);
        for (double value : new double[] {Double.NaN, 0, 1}) {
            for (int k = 1; k <= 6; k++) {
                var broken = FaultyParts.operator(a, FaultyParts.clobbersInputFrom(k, value));
                double[] x = new double[40];
                var solver = solver(limits());
                SolveResult result = solver.solve(
                        broken, Preconditioner.identity(40), b, x, solver.newWorkspace(40), IterationListener.NONE);
                assertThat(Measure.finite(x)).as(result.report().summary()).isTrue();
                boolean solves = Measure.norm(Measure.residual(a, b, x)) <= 1e-7 * Measure.norm(b);
                assertThat(solves || !result.converged())
                        .as(result.report().summary())
                        .isTrue();
            }
        }
    }

    @Test
    default void preconditionerThatOverwritesItsInputIsNoFalseSuccess() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        CsrMatrix a = model(40);
        double[] b = Measure.random(40, 0xba0007);
        for (double value : new double[] {Double.NaN, 0, 1}) {
            for (int k = 1; k <= 3; k++) {
                var broken = FaultyParts.preconditioner(honest(40), FaultyParts.clobbersInputFrom(k, value));
                verdict(limits(), a, a, broken, b, new double[40]);
            }
        }
    }

    @Test
    default void estimateThatTheTruthContradictsIsNoSuccess() {
        assumeTrue(!needsEntries(), "the method reads entries");
        CsrMatrix a = model(40);
        LinearOperator liar = new Liar(a); // the recurrence works on 2 A, the recomputed residual on A
        double[] b = Measure.random(40, 0xba0008);
        SolveResult result = verdict(limits(), liar, a, Preconditioner.identity(40), b, new double[40]);
        assertThat(result.converged()).as(result.report().summary()).isFalse();
        assertThat(result.report().relativeResidual()).isGreaterThan(1e-3);
    }

    @Test
    default void errorsOfPartsReachTheCallerAndTheWorkspaceStaysUsable() {
        CsrMatrix a = model(60);
        double[] b = Measure.random(60, 0xba0009);
        var solver = solver(limits());
        Preconditioner none = Preconditioner.identity(60);
        double[] fresh = new double[60];
        solver.solve(a, none, b, fresh, solver.newWorkspace(60), IterationListener.NONE);
        W ws = solver.newWorkspace(60);
        for (int k = 1; k <= 5; k++) {
            int at = k;
            Error error = new OutOfMemoryError("at " + k);
            double[] x = Measure.random(60, 0xba000a);
            if (needsEntries()) {
                assertThatThrownBy(() -> solver.solve(a, none, b, x, ws, (i, norm) -> {
                            if (i == at) {
                                throw error;
                            }
                            return true;
                        }))
                        .isSameAs(error);
            } else {
                var broken = FaultyParts.operator(a, FaultyParts.throwsAt(k, error));
                assertThatThrownBy(() -> solver.solve(broken, none, b, x, ws, IterationListener.NONE))
                        .isSameAs(error);
            }
            assertThat(Measure.finite(x)).isTrue();
            double[] again = new double[60];
            solver.solve(a, none, b, again, ws, IterationListener.NONE);
            assertThat(again).containsExactly(fresh);
        }
    }

    @Test
    default void throwingListenerIsNamedAndItsCauseKept() {
        CsrMatrix a = model(100);
        double[] b = Measure.random(100, 0xba000b);
        var solver = solver(limits());
        for (int k = 1; k <= 3; k++) {
            int at = k;
            RuntimeException thrown = new IllegalStateException("listener");
            double[] x = new double[100];
            SolveResult result =
                    solver.solve(a, Preconditioner.identity(100), b, x, solver.newWorkspace(100), (i, norm) -> {
                        if (i >= at) {
                            throw thrown;
                        }
                        return true;
                    });
            assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
            assertThat(result.report().part()).isEqualTo(Part.LISTENER);
            assertThat(result.report().failure()).isSameAs(thrown);
            assertThat(Measure.finite(x)).isTrue();
        }
    }

    @Test
    default void argumentsThatDoNotFitAreRefusedBeforeAnyWork() {
        CsrMatrix a = model(10);
        Preconditioner none = Preconditioner.identity(10);
        double[] b = Measure.random(10, 0xba000c);
        double[] x = Measure.random(10, 0xba000d);
        CsrMatrix wide = CsrMatrix.fromDense(new double[10][11]);
        refused(a, none, new double[9], x, "b has length 9", "10");
        refused(a, none, new double[11], x, "b has length 11", "10");
        refused(a, none, b, new double[9], "x has length 9", "10");
        refused(a, none, x, x, "same array");
        refused(a, Preconditioner.identity(9), b, x, "9", "10");
        refused(model(9), Preconditioner.identity(9), b, x, "9", "10");
        refused(wide, none, b, x, "10 by 11", "square");
        refused(null, none, b, x, "a is null");
        refused(a, null, b, x, "m is null");
        refused(a, none, null, x, "b is null");
        refused(a, none, b, null, "x is null");
        var solver = solver(limits());
        assertThatThrownBy(() -> solver.solve(a, none, b, x, solver.newWorkspace(10), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> solver.newWorkspace(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> solver(null)).isInstanceOf(NullPointerException.class);
    }

    private void refused(LinearOperator a, Preconditioner m, double[] b, double[] x, String... clauses) {
        var solver = solver(limits());
        W ws = solver.newWorkspace(10);
        double[] kept = x == null ? null : x.clone();
        assertThatThrownBy(() -> solver.solve(a, m, b, x, ws, IterationListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(clauses);
        assertThat(x).isEqualTo(kept);
        double[] again = new double[10]; // the refusal left the workspace free
        solver.solve(
                model(10),
                Preconditioner.identity(10),
                Measure.random(10, 0xba000e),
                again,
                ws,
                IterationListener.NONE);
    }

    @Test
    default void preconditionerThatCannotNameItselfLeavesTheWorkspaceUsable() {
        CsrMatrix a = model(10);
        double[] b = Measure.random(10, 0xba000f);
        var solver = solver(limits());
        W ws = solver.newWorkspace(10);
        assertThatThrownBy(() -> solver.solve(a, new Nameless(10), b, new double[10], ws, IterationListener.NONE))
                .hasMessage("no name");
        SolveResult result =
                solver.solve(a, Preconditioner.identity(10), b, new double[10], ws, IterationListener.NONE);
        assertThat(result.cause()).isNotNull();
    }

    private static Preconditioner honest(int n) {
        return new StructureFaults.Scaling(n, 0.5, Preconditioner.Kind.SPD);
    }

    /** Multiplies with 2 A, but computes residuals with A. */
    record Liar(CsrMatrix a) implements LinearOperator {
        @Override
        public int rows() {
            return a.rows();
        }

        @Override
        public int cols() {
            return a.cols();
        }

        @Override
        public void apply(double[] x, double[] y) {
            a.apply(x, y);
            for (int i = 0; i < y.length; i++) {
                y[i] *= 2;
            }
        }

        @Override
        public boolean hasTranspose() {
            return true;
        }

        @Override
        public void applyTranspose(double[] x, double[] y) {
            a.applyTranspose(x, y);
            for (int i = 0; i < y.length; i++) {
                y[i] *= 2;
            }
        }

        @Override
        public double residual(double[] b, double[] x, double[] r) {
            return a.residual(b, x, r);
        }
    }

    /** Throws when asked for its name. */
    record Nameless(int size) implements Preconditioner {
        @Override
        public Kind kind() {
            return Kind.SPD;
        }

        @Override
        public void apply(double[] r, double[] z) {
            System.arraycopy(r, 0, z, 0, size);
        }

        @Override
        public String name() {
            throw new IllegalStateException("no name");
        }
    }
}
