package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.format.SellMatrix;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Jacobi;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReorderedSystemTest {

    /** x ← x + M⁻¹ r, the least that is a method. */
    private record Richardson(StoppingCriteria criteria) implements IterativeSolver<Richardson.Memory> {
        Richardson() {
            this(StoppingCriteria.DEFAULT);
        }

        @Override
        public Preconditioner.Kind accepts() {
            return Preconditioner.Kind.VARIABLE;
        }

        @Override
        public Memory newWorkspace(int n, WorkerPool pool) {
            return new Memory(n, pool);
        }

        @Override
        public void iterate(SolveMonitor s, Memory ws) {
            while (s.unfinished(ws.r)) {
                s.precondition(ws.r, ws.z);
                s.proceed(s.residualNorm());
                ws.vectors().axpy(1, ws.z, s.x());
            }
        }

        private static final class Memory extends dev.ritz.api.Workspace {
            private final double[] r = newVector();
            private final double[] z = newVector();

            private Memory(int n, WorkerPool pool) {
                super(n, pool);
            }
        }
    }

    private static CsrMatrix grid(int side) {
        int n = side * side;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i >= side) {
                rows.add(i - side, -1);
            }
            if (i % side > 0) {
                rows.add(i - 1, -0.5);
            }
            rows.add(i, 8 + i % 5);
            if (i % side < side - 1) {
                rows.add(i + 1, -1.5);
            }
            if (i < n - side) {
                rows.add(i + side, -0.75);
            }
            rows.endRow();
        }
        return rows.build();
    }

    private static CsrMatrix shuffled(int side) {
        int[] p = new int[side * side];
        Arrays.setAll(p, i -> i);
        SplittableRandom random = new SplittableRandom(0x0dde7);
        for (int i = p.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int t = p[i];
            p[i] = p[j];
            p[j] = t;
        }
        return grid(side).permute(p);
    }

    private static double[] random(int n, long seed) {
        return new SplittableRandom(seed).doubles(n, -1, 1).toArray();
    }

    @Test
    void reordersAShuffledGridAndNothingElse() {
        ReorderedSystem shuffled = ReorderedSystem.of(shuffled(150));
        assertThat(shuffled.reordered()).isTrue();
        assertThat(shuffled.note()).matches("ordered by reverse Cuthill-McKee: mean \\|i - j\\| from \\d+ to \\d+");
        assertThat(ReorderedSystem.meanDistance(shuffled.matrix().pattern(), null))
                .isLessThan(150);

        CsrMatrix tidy = grid(150);
        ReorderedSystem kept = ReorderedSystem.of(tidy);
        assertThat(kept.reordered()).isFalse();
        assertThat(kept.matrix()).isSameAs(tidy);
        assertThat(kept.note())
                .isEqualTo("order kept: rows repeat the offsets of the row before, as a grid in its natural order");

        CsrMatrix scaled = irregular(tidy);
        assertThat(ReorderedSystem.of(scaled).matrix()).isSameAs(scaled);
        assertThat(ReorderedSystem.of(scaled).note()).matches("order kept: mean \\|i - j\\| is at most \\d+");

        CsrMatrix small = shuffled(40); // fits into a near cache in any order
        assertThat(ReorderedSystem.of(small).matrix()).isSameAs(small);
        assertThat(ReorderedSystem.of(small).note())
                .isEqualTo("order kept: 1600 unknowns are near each other in any order");
        assertThat(ReorderedSystem.reverseCuthillMcKee(small).reordered()).isTrue();
        assertThat(ReorderedSystem.natural(shuffled(150)).reordered()).isFalse();
    }

    @Test
    void keepsAnOrderWithAFewFarEntries() {
        int n = 20_000;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            int mirror = n - 1 - i;
            for (int j = Math.max(0, i - 2); j <= Math.min(n - 1, i + 2); j++) {
                rows.add(j, j == i ? 9 : -1);
            }
            if (Math.abs(mirror - i) > 2) {
                rows.add(mirror, -1);
            }
            rows.endRow();
        }
        assertThat(ReorderedSystem.of(rows.build()).note()).isEqualTo("order kept: mean |i - j| is 1668");
    }

    /** Without the coupling to the right in every other row, so that no row is like the one before. */
    private static CsrMatrix irregular(CsrMatrix a) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(a.cols());
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (i % 2 == 0 || a.colIdx()[k] != i + 1) {
                    rows.add(a.colIdx()[k], a.values()[k]);
                }
            }
            rows.endRow();
        }
        return rows.build();
    }

    @Test
    void refusesAnOperatorInTheCallersOrder() {
        CsrMatrix a = shuffled(40);
        ReorderedSystem system = ReorderedSystem.reverseCuthillMcKee(a);
        Richardson solver = new Richardson();
        double[] x = new double[a.rows()];
        for (LinearOperator wrong : List.of(a, SellMatrix.of(a))) {
            assertThatThrownBy(() -> system.solve(
                            solver,
                            wrong,
                            Preconditioner.identity(a.rows()),
                            a.diagonal(),
                            x,
                            solver.newWorkspace(a.rows()),
                            IterationListener.NONE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another pattern than the reordered matrix");
        }
        assertThat(x).containsOnly(0);
    }

    @Test
    void keepsAnOrderThatNoOtherHalves() {
        int n = 20_000;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int j = 0; j < n; j++) {
            rows.add(j, j == 0 ? n : -1);
        }
        rows.endRow();
        for (int i = 1; i < n; i++) {
            rows.add(0, -1).add(i, 2).endRow();
        }
        ReorderedSystem arrow = ReorderedSystem.of(rows.build());
        assertThat(arrow.reordered()).isFalse();
        assertThat(arrow.note()).startsWith("order kept: mean |i - j| is 6667, reverse Cuthill-McKee makes it ");
    }

    @Test
    void theCallerSeesHisOwnOrderAndTheTrueResidual() {
        CsrMatrix a = shuffled(25);
        double[] b = random(a.rows(), 0xb);
        double[] kept = b.clone();
        double[] guess = random(a.rows(), 0x9);
        Richardson solver = new Richardson();
        ReorderedSystem system = ReorderedSystem.reverseCuthillMcKee(a);
        double[] x = guess.clone();
        SolveResult result = system.solve(
                solver, system.build(new Jacobi()), b, x, solver.newWorkspace(a.rows()), IterationListener.NONE);

        double[] plain = guess.clone();
        SolveResult reference =
                solver.solve(a, new Jacobi().build(a), b, plain, solver.newWorkspace(a.rows()), IterationListener.NONE);
        assertThat(result.solution()).isSameAs(x);
        assertThat(x).containsExactly(plain, within(1e-12));
        assertThat(b).containsExactly(kept);
        assertThat(result.report().iterations()).isEqualTo(reference.report().iterations());
        double[] r = new double[a.rows()];
        assertThat(result.report().residualNorm()).isCloseTo(Math.sqrt(a.residual(b, x, r)), within(1e-12));
        assertThat(result.report().initialResidualNorm())
                .isCloseTo(reference.report().initialResidualNorm(), within(1e-10));
    }

    @Test
    void otherValuesTakeTheSameOrderAndPattern() {
        CsrMatrix a = shuffled(25);
        ReorderedSystem first = ReorderedSystem.reverseCuthillMcKee(a);
        CsrMatrix changed = a.withValues(random(a.nnz(), 0xc));
        ReorderedSystem next = first.withMatrix(changed);
        assertThat(next.matrix().pattern()).isSameAs(first.matrix().pattern());
        int[] order = ReverseCuthillMcKee.order(a.pattern());
        assertThat(next.matrix().values())
                .containsExactly(changed.permute(order).values());
        assertThat(next.note()).isEqualTo(first.note());

        ReorderedSystem natural = ReorderedSystem.natural(a).withMatrix(changed);
        assertThat(natural.matrix()).isSameAs(changed);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> first.withMatrix(grid(25)))
                .withMessageContaining("another pattern");
    }

    @Test
    void aFailedBuildNamesTheCallersRow() {
        CsrMatrix a = shuffled(25);
        double[] values = a.values().clone();
        values[a.pattern().position(77, 77)] = 0;
        ReorderedSystem system = ReorderedSystem.reverseCuthillMcKee(a.withValues(values));
        BuildException e = catchThrowableOfType(BuildException.class, () -> system.build(new Jacobi()));
        assertThat(e.row()).isEqualTo(77);
        assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
        assertThat(e).hasMessageStartingWith("row 77, which is row ");
        ReorderedSystem natural = ReorderedSystem.natural(a.withValues(values));
        assertThatThrownBy(() -> natural.build(new Jacobi())).hasMessageStartingWith("diagonal entry 77");

        ReorderedSystem skew = ReorderedSystem.reverseCuthillMcKee(a);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> skew.build(new Ic0()))
                .withMessageStartingWith("a is not symmetric")
                .withMessageEndingWith("numbered as ordered by reverse Cuthill-McKee: as asked for");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReorderedSystem.natural(a).build(new Ic0()))
                .withMessageEndingWith("use Ilu0 or Milu0");
    }

    @Test
    void aCancelledSolveLeavesAFiniteIterateInTheCallersOrder() {
        CsrMatrix a = shuffled(25);
        double[] b = random(a.rows(), 0xb);
        Richardson solver = new Richardson();
        ReorderedSystem system = ReorderedSystem.reverseCuthillMcKee(a);
        double[] x = new double[a.rows()];
        SolveResult result = system.solve(
                solver, system.build(new Jacobi()), b, x, solver.newWorkspace(a.rows()), (k, norm) -> k < 2);
        assertThat(result).isInstanceOf(SolveResult.Stopped.class);
        assertThat(result.cause()).isEqualTo(Cause.CANCELLED);
        assertThat(result.iterate()).isSameAs(x);
        double[] r = new double[a.rows()];
        assertThat(Math.sqrt(a.residual(b, x, r)))
                .isCloseTo(result.report().residualNorm(), within(1e-10))
                .isLessThan(result.report().initialResidualNorm());
    }

    @Test
    void guardsItsDoor() {
        CsrMatrix a = shuffled(4);
        ReorderedSystem system = ReorderedSystem.reverseCuthillMcKee(a);
        Richardson solver = new Richardson();
        Richardson.Memory ws = solver.newWorkspace(16);
        Preconditioner m = system.build(new Jacobi());
        IterationListener none = IterationListener.NONE;
        double[] v = random(16, 1);
        double[] x = random(16, 2);
        double[] kept = x.clone();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> system.solve(solver, m, null, x, ws, none))
                .withMessage("b is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> system.solve(solver, m, v, new double[17], ws, none))
                .withMessage("x has length 17, expected 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> system.solve(solver, m, v, v, ws, none))
                .withMessageContaining("same array");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> system.solve(solver, Preconditioner.identity(3), v, x, ws, none))
                .withMessageContaining("size 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> system.solve(solver, m, v, x, null, none))
                .withMessage("ws is null");
        assertThatThrownBy(() -> system.solve(null, m, v, x, ws, none)).hasMessage("solver");
        assertThat(x).containsExactly(kept);

        double[] other = new double[16];
        SolveResult nested = system.solve(
                solver,
                m,
                v,
                x,
                ws,
                (k, norm) -> system.solve(solver, m, v, other, solver.newWorkspace(16), none)
                        .converged());
        assertThat(nested.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(nested.report().failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by another solve");
        assertThat(other).containsOnly(0);
        assertThat(system.solve(solver, m, v, x, ws, none).converged())
                .as("free again")
                .isTrue();

        CsrMatrix wide = CsrMatrix.fromDense(new double[][] {{1, 0, 2}, {0, 1, 3}});
        assertThatIllegalArgumentException().isThrownBy(() -> ReorderedSystem.of(wide));
        assertThatIllegalArgumentException().isThrownBy(() -> ReorderedSystem.natural(wide));
        assertThatIllegalArgumentException().isThrownBy(() -> ReorderedSystem.reverseCuthillMcKee(wide));
    }
}
