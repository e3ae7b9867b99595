package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.Pipeline;
import dev.ritz.api.kernel.SweepSchedule;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;
import dev.ritz.testdata.Gallery;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PipelineTest {
    /** So long that threads come even when the machine is busy. */
    private static final long PATIENT = 20_000_000_000L;

    @Test
    void sweepsGiveTheSameBitsOnAnyNumberOfThreads() {
        CsrMatrix fem = Gallery.problem("fem2d").generate(400, 3).a();
        for (CsrMatrix a : List.of(
                Gallery.problem("poisson3d").generate(40, 1).a(),
                Gallery.problem("convection-diffusion2d").generate(300, 1).a(),
                fem.permute(ReverseCuthillMcKee.order(fem.pattern())))) {
            for (Precision precision : Precision.values()) {
                int n = a.rows();
                double[] r = new double[n];
                for (int i = 0; i < n; i++) {
                    r[i] = i % 11 == 0 ? -0.0 : Math.sin(i);
                }
                double[] expected = null;
                for (int threads : new int[] {1, 2, 3, 7}) {
                    try (WorkerPool pool = WorkerPool.of(threads)) {
                        double[] z = new double[n];
                        Arrays.fill(z, Double.NaN);
                        sweeps(a, precision, pool, r, z);
                        expected = expected == null ? z : expected;
                        assertThat(z).as("%d threads", threads).isEqualTo(expected);
                    }
                }
            }
        }
    }

    /** Symmetric Gauss-Seidel on all threads of a pool. */
    private static void sweeps(CsrMatrix a, Precision precision, WorkerPool pool, double[] r, double[] z) {
        int[] diagonal = a.pattern().diagonalPositions();
        TriangularPattern s = new TriangularPattern(a.pattern(), diagonal, pool);
        double[] lu = a.values().clone();
        double[] d = a.diagonal();
        for (int i = 0; i < a.rows(); i++) {
            d[i] = 1 / d[i];
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                lu[k] *= d[i];
            }
        }
        UnitTriangle lower = new UnitTriangle(s, s.lower, lu, null, precision);
        UnitTriangle upper = new UnitTriangle(s, s.upper, lu, null, precision);
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Pipeline pipeline = new Pipeline(
                PATIENT,
                pool,
                new Pipeline.Stage(shared(a, true, pool), true, (t, x, y, from, to) -> {
                    seen.add(Thread.currentThread());
                    lower.forward(x, y, from, to);
                }),
                new Pipeline.Stage(
                        shared(a, false, pool), false, (t, x, y, from, to) -> upper.backward(d, y, from, to)));
        pipeline.run(r, z);
        assertThat(seen).hasSize(pipeline.threads());
        assertThat(pipeline.threads()).isEqualTo(pool.threads());
    }

    /** A schedule for all threads of a pool, whether it pays or not. */
    private static SweepSchedule shared(CsrMatrix a, boolean lower, WorkerPool pool) {
        return SweepSchedule.of(a.pattern(), a.pattern().diagonalPositions(), lower, pool.threads(), 0, 1);
    }

    @Test
    void factorsAreTheSameAndNameTheSameRowOnAnyNumberOfThreads() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(80, 1).a(); // large enough to be shared
        int bad = 441_234;
        double[] values = a.values().clone();
        values[a.pattern().position(bad, bad)] = 0;
        values[a.pattern().position(bad + 9_000, bad + 9_000)] = 0;
        double[] expected = null;
        for (int threads : new int[] {1, 2, 3}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                TriangularPattern s =
                        new TriangularPattern(a.pattern(), a.pattern().diagonalPositions(), pool);
                double[] lu = new double[a.nnz()];
                assertThat(new IncompleteLu(a, s, 0.9, true, lu).factor(0)).isEqualTo(-1);
                expected = expected == null ? lu : expected;
                assertThat(lu).isEqualTo(expected);
                assertThat(new IncompleteLu(a.withValues(values), s, 0, true, new double[a.nnz()]).factor(0))
                        .isEqualTo(bad);
            }
        }
    }

    @Test
    void aFailureEndsAllThreadsAndThePoolServesOn() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(40, 1).a();
        try (WorkerPool pool = WorkerPool.of(2)) {
            SweepSchedule schedule = shared(a, true, pool);
            assertThat(schedule.threads()).isEqualTo(2);
            Pipeline failing = new Pipeline(PATIENT, pool, new Pipeline.Stage(schedule, true, (t, x, y, from, to) -> {
                if (from <= 30_000 && 30_000 < to) {
                    throw new ArithmeticException("row 30000");
                }
            }));
            for (int again = 0; again < 3; again++) {
                assertThatThrownBy(() -> failing.run(new double[0], new double[0]))
                        .isInstanceOfAny(ArithmeticException.class, IllegalStateException.class);
            }
            double[] z = new double[a.rows()];
            Preconditioner m = new Ssor(1).build(a.on(pool));
            m.apply(a.diagonal(), z);
            assertThat(z).doesNotContain(0);
        }
    }

    @Test
    void aBusyPoolMeansTheCallerWorksAlone() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(40, 1).a();
        double[] r = a.diagonal();
        double[] expected = new double[r.length];
        double[] z = new double[r.length];
        try (WorkerPool pool = WorkerPool.of(2)) {
            Preconditioner m = new Ilu0().build(a.on(pool));
            m.apply(r, expected);
            pool.run(1, (c, x, y, block) -> m.apply(x, y), null, r, z);
            pool.run(
                    2,
                    (c, x, y, block) -> {
                        if (block == 0) {
                            m.apply(x, y);
                        }
                    },
                    null,
                    r,
                    z);
        }
        assertThat(z).isEqualTo(expected);
    }

    @Test
    void twoCallersOfOnePreconditionerBothGetAnAnswer() throws InterruptedException {
        CsrMatrix a = Gallery.problem("poisson3d").generate(70, 1).a();
        double[] r = a.diagonal();
        double[] expected = new double[r.length];
        try (WorkerPool pool = WorkerPool.of(2)) {
            Preconditioner m = new Ic0().build(a.on(pool));
            m.apply(r, expected);
            List<double[]> results = List.of(new double[r.length], new double[r.length]);
            List<Thread> callers = results.stream()
                    .map(z -> new Thread(() -> {
                        for (int k = 0; k < 60; k++) {
                            m.apply(r, z);
                            if (!Arrays.equals(z, expected)) {
                                z[0] = Double.NaN;
                                return;
                            }
                        }
                    }))
                    .toList();
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(results).allSatisfy(z -> assertThat(z).isEqualTo(expected));
        }
    }

    @Test
    void aClosedPoolMeansTheCallerWorksAlone() {
        CsrMatrix a = Gallery.problem("poisson3d").generate(70, 1).a();
        double[] expected = new double[a.rows()];
        double[] z = new double[a.rows()];
        WorkerPool pool = WorkerPool.of(2);
        assertThat(pool.available()).isTrue();
        Preconditioner m = new Ic0().build(a.on(pool));
        m.apply(a.diagonal(), expected);
        pool.close();
        assertThat(pool.available()).isFalse();
        m.apply(a.diagonal(), z);
        assertThat(z).isEqualTo(expected);
    }

    @Test
    void shortVectorsAreRefusedBeforeAnyWork() {
        CsrMatrix a = Gallery.problem("poisson2d").generate(9, 1).a();
        Preconditioner m = new Ilu0().build(a);
        double[] z = new double[81];
        assertThatThrownBy(() -> m.apply(new double[80], z))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("r and z have lengths 80 and 81, expected at least 81");
        assertThatThrownBy(() -> m.apply(z, new double[80])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> m.apply(z, z)).hasMessage("r and z are the same array, expected distinct ones");
    }
}
