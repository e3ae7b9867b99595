package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import dev.ritz.api.kernel.WorkerPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Cancelling, clocks, shared and reused memory, threads and allocation. */
interface ControlFaults<W extends Workspace> extends SolverSubject<W> {

    @Test
    default void listenerCancelsAtItsIteration() {
        CsrMatrix a = model(200);
        double[] b = Measure.random(200, 0xc00001);
        for (int k = 1; k <= 4; k++) {
            int at = k;
            SolveResult result = solve(a, b, new double[200], (i, norm) -> i < at);
            assertThat(result).isInstanceOf(SolveResult.Stopped.class);
            assertThat(result.cause()).isEqualTo(Cause.CANCELLED);
            assertThat(result.report().iterations()).isEqualTo(k);
            assertThat(result.report().history()).hasSize(k + 1);
            assertThat(Measure.finite(result.iterate())).isTrue();
        }
    }

    @Test
    default void listenerSeesEveryIterationOnce() {
        CsrMatrix a = model(200);
        List<Double> norms = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        SolveResult result = solve(a, Measure.random(200, 0xc00002), new double[200], (i, norm) -> {
            counts.add(i);
            norms.add(norm);
            return true;
        });
        double[] history = result.report().history();
        assertThat(counts.size())
                .isBetween(result.report().iterations() - 1, result.report().iterations());
        for (int k = 0; k < norms.size(); k++) {
            assertThat(counts.get(k)).isEqualTo(k + 1);
            assertThat(norms.get(k)).isEqualTo(history[k + 1]);
        }
        assertThat(history[0]).isEqualTo(result.report().initialResidualNorm());
        assertThat(history).hasSize(result.report().iterations() + 1);
    }

    @Test
    default void anotherThreadCancels() throws InterruptedException {
        CsrMatrix a = model(200);
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread other = new Thread(() -> cancelled.set(true));
        SolveResult result = solve(a, Measure.random(200, 0xc00003), new double[200], (i, norm) -> {
            if (i == 2) {
                other.start();
                joined(other);
            }
            return !cancelled.get();
        });
        other.join();
        assertThat(result.cause()).isEqualTo(Cause.CANCELLED);
        assertThat(result.report().iterations()).isEqualTo(2);
    }

    private static void joined(Thread other) {
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    default void interruptCancelsAndKeepsItsFlag() {
        CsrMatrix a = model(200);
        try {
            SolveResult result = solve(a, Measure.random(200, 0xc00004), new double[200], (i, norm) -> {
                if (i == 2) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertThat(result.cause()).isEqualTo(Cause.CANCELLED);
            assertThat(result.report().iterations()).isEqualTo(2);
            SolveResult before = solve(a, Measure.random(200, 0xc00004), new double[200], IterationListener.NONE);
            assertThat(before.cause()).isEqualTo(Cause.CANCELLED);
            assertThat(before.report().iterations()).isZero();
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    default void deadlineInsideOneSlowIterationEndsTheSolve() {
        CsrMatrix a = model(200);
        double[] b = Measure.random(200, 0xc00005);
        var solver = solver(limits().withTimeLimit(Duration.ofMillis(20)));
        FaultyParts.Fault slow = FaultyParts.sleeps(Duration.ofMillis(30));
        SolveResult result = solver.solve(
                needsEntries() ? a : FaultyParts.operator(a, slow),
                Preconditioner.identity(200),
                b,
                new double[200],
                solver.newWorkspace(200),
                (i, norm) -> {
                    if (needsEntries()) {
                        slow.strike(i, b, b);
                    }
                    return true;
                });
        assertThat(result).isInstanceOf(SolveResult.Stopped.class);
        assertThat(result.cause()).isEqualTo(Cause.DEADLINE);
        assertThat(result.report().iterations()).isLessThanOrEqualTo(1);
        assertThat(Measure.finite(result.iterate())).isTrue();
    }

    @Test
    default void poisonedSolveLeavesNothingInTheWorkspace() {
        CsrMatrix a = model(100);
        double[] b = Measure.random(100, 0xc00006);
        double[] bad = b.clone();
        bad[99] = Double.NaN;
        double[] huge = b.clone();
        for (int i = 0; i < 100; i++) {
            huge[i] *= 1e250;
        }
        var solver = solver(limits());
        Preconditioner none = Preconditioner.identity(100);
        double[] fresh = new double[100];
        SolveResult first = solver.solve(a, none, b, fresh, solver.newWorkspace(100), IterationListener.NONE);
        double[] history = first.report().history();
        W ws = solver.newWorkspace(100);
        CsrMatrix poisoned = Matrices.with(a, a.nnz() - 1, Double.NaN);
        List<Runnable> poison = List.of(
                () -> {},
                () -> solver.solve(a, none, bad, new double[100], ws, IterationListener.NONE),
                () -> solver.solve(a, none, huge, new double[100], ws, IterationListener.NONE),
                () -> solver.solve(a, none, b, Measure.nan(100), ws, IterationListener.NONE),
                () -> refusing(() -> solver.solve(poisoned, none, b, new double[100], ws, IterationListener.NONE)),
                () -> solver.solve(a, none, b, new double[100], ws, (i, norm) -> i < 3),
                () -> solver.solve(a, none, b, new double[100], ws, (i, norm) -> {
                    throw new IllegalStateException("poison");
                }));
        for (int k = 0; k < poison.size(); k++) {
            poison.get(k).run();
            double[] x = new double[100];
            SolveResult result = solver.solve(a, none, b, x, ws, IterationListener.NONE);
            assertThat(x).as("after poison %d", k).containsExactly(fresh);
            assertThat(result.report().history()).as("after poison %d", k).containsExactly(history);
            assertThat(result.cause()).isEqualTo(first.cause());
        }
    }

    private void refusing(Runnable solve) {
        try {
            solve.run();
        } catch (IllegalArgumentException e) {
            assertThat(needsEntries()).as("refused at the door: %s", e).isTrue();
        }
    }

    @Test
    default void workspaceInUseIsRefused() {
        CsrMatrix a = model(100);
        double[] b = Measure.random(100, 0xc00007);
        var solver = solver(limits());
        W ws = solver.newWorkspace(100);
        Preconditioner none = Preconditioner.identity(100);
        double[] x = new double[100];
        SolveResult result = solver.solve(a, none, b, x, ws, (i, norm) -> {
            solver.solve(a, none, b, new double[100], ws, IterationListener.NONE);
            return true;
        });
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.report().part()).isEqualTo(Part.LISTENER);
        assertThat(result.report().failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use");
        assertThat(solver.solve(a, none, b, new double[100], ws, IterationListener.NONE)
                        .converged())
                .isTrue();
    }

    @Test
    default void historyOfAnEarlierSolveIsRefused() {
        CsrMatrix a = model(50);
        double[] b = Measure.random(50, 0xc00008);
        var solver = solver(limits());
        W ws = solver.newWorkspace(50);
        Preconditioner none = Preconditioner.identity(50);
        SolveResult first = solver.solve(a, none, b, new double[50], ws, IterationListener.NONE);
        first.report().history();
        SolveResult second = solver.solve(a, none, b, new double[50], ws, IterationListener.NONE);
        assertThatThrownBy(() -> first.report().history()).isInstanceOf(IllegalStateException.class);
        assertThat(second.report().history()).hasSize(second.report().iterations() + 1);
    }

    @Test
    default void solvesMayShareOnePreconditioner() {
        CsrMatrix a = model(50);
        double[] b = Measure.random(50, 0xc00009);
        Preconditioner m = preconditioned()
                ? new StructureFaults.Scaling(50, 0.5, Preconditioner.Kind.SPD)
                : Preconditioner.identity(50);
        double[] x = verdict(limits(), a, a, m, b, new double[50]).iterate();
        assertThat(verdict(limits(), a, a, m, b, new double[50]).iterate()).containsExactly(x);
    }

    @Test
    default void reportCountsWhatHappened() {
        CsrMatrix a = model(100);
        double[] b = Measure.random(100, 0xc0000a);
        var counted = FaultyParts.operator(a, FaultyParts.none());
        var m = FaultyParts.preconditioner(
                new StructureFaults.Scaling(100, 0.5, Preconditioner.Kind.SPD), FaultyParts.none());
        SolveResult result = verdict(
                limits(),
                needsEntries() ? a : counted,
                a,
                preconditioned() ? m : Preconditioner.identity(100),
                b,
                new double[100]);
        if (!needsEntries()) {
            assertThat(result.report().operatorApplications()).isEqualTo(counted.calls());
        }
        if (preconditioned()) {
            assertThat(result.report().preconditionerApplications()).isEqualTo(m.calls());
        }
        assertThat(result.report().n()).isEqualTo(100);
        assertThat(result.report().method()).isEqualTo(solver(limits()).name());
        assertThat(result.report().rhsNorm()).isCloseTo(Measure.norm(b), within(1e-12));
        assertThat(result.report().residualNorm())
                .isCloseTo(Measure.norm(Measure.residual(a, b, result.iterate())), within(1e-12));
    }

    @Test
    default void workspaceHoldsWhatTheCardSays() {
        var solver = solver(limits());
        for (int n : new int[] {0, 1, 100, 1000}) {
            assertThat(solver.newWorkspace(n).bytes()).isEqualTo(8L * n * memoryVectors(n));
            assertThat(solver.newWorkspace(n).size()).isEqualTo(n);
        }
    }

    @Test
    default void iterationsAllocateNothing() {
        long few = bytesOfASolve(1000, 1);
        long many = bytesOfASolve(1000, 6);
        long large = bytesOfASolve(4000, 6);
        assertThat(few).as("bytes of a solve").isLessThanOrEqualTo(512);
        assertThat(many).as("bytes of a solve of more iterations").isEqualTo(few);
        assertThat(large).as("bytes of a solve of more unknowns").isEqualTo(few);
    }

    private long bytesOfASolve(int n, int iterations) {
        CsrMatrix a = model(n);
        double[] b = Measure.random(n, 0xc0000b);
        double[] x = new double[n];
        var solver = solver(limits().withMaxIterations(iterations).withRtol(1e-13));
        W ws = solver.newWorkspace(n);
        Preconditioner none = Preconditioner.identity(n);
        return Measure.allocated(20, () -> {
            Arrays.fill(x, 0);
            solver.solve(a, none, b, x, ws, IterationListener.NONE);
        });
    }

    @Test
    default void bitsDoNotDependOnThreads() {
        int n = 70_000; // products and vector kernels run in parallel
        CsrMatrix a = model(n);
        double[] b = Measure.random(n, 0xc0000c);
        var solver = solver(limits().withMaxIterations(6).withRtol(1e-13));
        double[] expected = null;
        double[] history = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                double[] x = new double[n];
                SolveResult result = solver.solve(
                        a.on(pool),
                        Preconditioner.identity(n),
                        b,
                        x,
                        solver.newWorkspace(n, pool),
                        IterationListener.NONE);
                if (expected == null) {
                    expected = x;
                    history = result.report().history();
                }
                assertThat(Arrays.equals(x, expected))
                        .as("x, %d threads", threads)
                        .isTrue();
                assertThat(result.report().history()).as("%d threads", threads).containsExactly(history);
            }
        }
        assertThat(Measure.norm(expected)).isPositive();
    }

    @Test
    default void oneMethodServesSeveralThreads() throws InterruptedException {
        CsrMatrix a = model(200);
        double[] b = Measure.random(200, 0xc0000d);
        var solver = solver(limits());
        double[][] x = new double[4][200];
        Thread[] threads = new Thread[4];
        for (int t = 0; t < 4; t++) {
            double[] mine = x[t];
            threads[t] = new Thread(() -> solver.solve(
                    a, Preconditioner.identity(200), b, mine, solver.newWorkspace(200), IterationListener.NONE));
            threads[t].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double[] alone = verdict(a, b).iterate();
        for (double[] each : x) {
            assertThat(each).containsExactly(alone);
        }
    }

    private SolveResult solve(CsrMatrix a, double[] b, double[] x, IterationListener listener) {
        var solver = solver(limits());
        return solver.solve(a, Preconditioner.identity(x.length), b, x, solver.newWorkspace(x.length), listener);
    }
}
