package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Ilu0;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GmresSdrTest {
    /** s = 128 rows; the grids of 400 unknowns and more are sketched, those of up to 128 are not. */
    private static final GmresSdr SMALL = new GmresSdr(StoppingCriteria.DEFAULT, 20, 8, 2, 0x5d20);

    private static Preconditioner none(CsrMatrix a) {
        return Preconditioner.identity(a.rows());
    }

    private static SolveResult next(GmresSdr g, GmresSdr.Workspace ws, CsrMatrix a, double[] b, Change change) {
        return g.solveNext(a, none(a), b, new double[a.rows()], ws, change, IterationListener.NONE);
    }

    private static LinearOperator operator(int n, Systems.Action action) {
        return new LinearOperator() {
            @Override
            public int rows() {
                return n;
            }

            @Override
            public int cols() {
                return n;
            }

            @Override
            public void apply(double[] x, double[] y) {
                action.apply(x, y);
            }
        };
    }

    // ---------------------------------------------------------------- algebra

    @Test
    void withoutASketchItIsGmresWhateverTheTruncation() {
        CsrMatrix a = Systems.convectionDiffusion(11, 0.4); // 121 unknowns
        double[] b = Systems.random(121, 0x5d21);
        Preconditioner ilu = new Ilu0().build(a);
        for (Preconditioner m : List.of(none(a), ilu)) {
            double[] gmres = new Gmres(StoppingCriteria.DEFAULT, 40)
                    .solve(a, m, b)
                    .report()
                    .history();
            for (int t : new int[] {1, 2, 5, 40}) {
                SolveResult r = new GmresSdr(StoppingCriteria.DEFAULT, 40, 0, t, 1).solve(a, m, b);
                double[] history = r.report().history();
                assertThat(r.converged()).isTrue();
                int shared = Math.min(Math.min(history.length, gmres.length), 41);
                for (int i = 0; i < shared; i++) {
                    assertThat(history[i]).as("t = %d, step %d", t, i).isCloseTo(gmres[i], within(1e-6 * gmres[0]));
                }
            }
        }
    }

    @Test
    void withoutASketchDeflatedRestartsAreThoseOfGcroDr() {
        // real harmonic Ritz vectors of one system: both spaces are that of GMRES with deflated restarts
        CsrMatrix a = DriftingSystems.diffusion(11, 0);
        double[] b = Systems.random(121, 0x5d22);
        double[] gcro = new GcroDr(StoppingCriteria.DEFAULT, 16, 6, false)
                .solve(a, none(a), b)
                .report()
                .history();
        double[] sdr = new GmresSdr(StoppingCriteria.DEFAULT, 16, 6, 16, 1)
                .solve(a, none(a), b)
                .report()
                .history();
        for (int i = 0; i < Math.min(gcro.length, 40); i++) {
            assertThat(sdr[i]).as("step %d", i).isCloseTo(gcro[i], within(1e-3 * gcro[i]));
        }
        assertThat((double) sdr.length).isCloseTo(gcro.length, within(2.0));
    }

    @Test
    void theSketchedMinimumIsNearTheMinimum() {
        CsrMatrix a = Systems.convectionDiffusion(40, 0.4);
        double[] b = Systems.random(1600, 0x5d23);
        double[] gmres = new Gmres(StoppingCriteria.DEFAULT, 50)
                .solve(a, none(a), b)
                .report()
                .history();
        for (long seed = 1; seed <= 5; seed++) {
            double[] told = new GmresSdr(StoppingCriteria.DEFAULT, 50, 20, 2, seed)
                    .solve(a, none(a), b)
                    .report()
                    .history();
            for (int i = 1; i <= 50; i++) { // never below the minimum by more than sketches lose, and not far above
                assertThat(told[i] / gmres[i]).as("seed %d, step %d", seed, i).isBetween(0.9, 1.6);
            }
        }
    }

    @Test
    void keepsTheEigenvectorsThatSlowConvergenceDown() {
        double[] d = new double[300];
        for (int i = 0; i < 300; i++) {
            d[i] = i < 8 ? 1e-3 * (i + 1) : 1 + i / 300.0;
        }
        CsrMatrix a = Systems.diagonal(d);
        GmresSdr.Workspace ws = SMALL.newWorkspace(300);
        double[] b = Systems.random(300, 0x5d24);
        assertThat(next(SMALL, ws, a, b, Change.UNRELATED).converged()).isTrue();
        RecycleSpace space = SMALL.space(ws);
        assertThat(space.dimension()).isEqualTo(8);
        for (int j = 0; j < 8; j++) {
            double[] u = space.u(j);
            assertThat(Systems.norm(Arrays.copyOfRange(u, 8, 300))).isLessThan(1e-2 * Systems.norm(u));
        }
        SolveResult second = next(SMALL, ws, a, Systems.random(300, 0x5d25), Change.SAME_OPERATOR);
        assertThat(second.report().iterations()).isLessThanOrEqualTo(16);
        assertThat(SMALL.refreshApplications(ws)).isZero();
        assertThat(SMALL.recycledDimension(ws)).isEqualTo(8);
        int gmres = new Gmres(StoppingCriteria.DEFAULT, 20)
                .solve(a, none(a), b)
                .report()
                .iterations();
        assertThat(gmres).isGreaterThan(100);
    }

    // ---------------------------------------------------------------- counts

    private static int sum(boolean convection, boolean ilu, Change change) {
        GmresSdr g = new GmresSdr();
        GmresSdr.Workspace ws = g.newWorkspace(48 * 48);
        double[] b = DriftingSystems.rightHandSide(48);
        int sum = 0;
        for (int i = 0; i < DriftingSystems.COUNT; i++) {
            CsrMatrix a = convection ? DriftingSystems.convection(48, i) : DriftingSystems.diffusion(48, i);
            Preconditioner m = ilu ? new Ilu0().build(a) : none(a);
            SolveResult r = g.solveNext(a, m, b, new double[b.length], ws, change, IterationListener.NONE);
            assertThat(r.converged()).isTrue();
            int refresh = g.refreshApplications(ws);
            assertThat(refresh).isEqualTo(i == 0 || change == Change.UNRELATED ? 0 : 20);
            assertThat(r.report().operatorApplications())
                    .isEqualTo(r.report().iterations() + refresh + r.report().restarts() + 2);
            sum += r.report().iterations();
        }
        return sum;
    }

    @Test
    void countsOnDriftingSystems() { // GCRO-DR(40, 20): 2121 and 1063, 1746 and 1393, 398 and 290
        assertThat(sum(false, false, Change.UNRELATED)).isBetween(2000, 2200);
        assertThat(sum(false, false, Change.CHANGED)).isBetween(1250, 1450);
        assertThat(sum(true, false, Change.UNRELATED)).isBetween(1680, 1850);
        assertThat(sum(true, false, Change.CHANGED)).isBetween(1550, 1800);
        assertThat(sum(true, true, Change.UNRELATED)).isBetween(385, 415);
        assertThat(sum(true, true, Change.CHANGED)).isBetween(365, 400);
    }

    @Test
    void aChangedPreconditionerKeepsTheSpace() {
        CsrMatrix a = DriftingSystems.convection(40, 0);
        double[] b = DriftingSystems.rightHandSide(40);
        double[] d = new double[1600];
        Arrays.setAll(d, i -> 3 + Math.sin(i));
        GmresSdr.Workspace ws = SMALL.newWorkspace(1600);
        next(SMALL, ws, a, b, Change.UNRELATED);
        SolveResult r = SMALL.solveNext(
                a,
                Systems.diagonalPreconditioner(Preconditioner.Kind.FIXED, d),
                b,
                new double[1600],
                ws,
                Change.CHANGED,
                IterationListener.NONE);
        assertThat(r.converged()).isTrue();
        assertThat(SMALL.refreshApplications(ws)).isEqualTo(8);
    }

    @Test
    void aBrokenPromiseCostsProductsAndNotTheSolution() {
        GmresSdr.Workspace ws = SMALL.newWorkspace(400);
        double[] b = DriftingSystems.rightHandSide(20);
        next(SMALL, ws, DriftingSystems.convection(20, 0), b, Change.UNRELATED);
        CsrMatrix other = Systems.tridiagonal(400, -1.5, 4, -0.5);
        assertThat(next(SMALL, ws, other, b, Change.SAME_OPERATOR).converged()).isTrue();
        assertThat(SMALL.refreshApplications(ws)).isPositive();
    }

    @Test
    void solveStartsFromAnEmptySpace() {
        CsrMatrix a = DriftingSystems.convection(20, 0);
        double[] b = Systems.random(400, 0x5d26);
        double[] fresh = SMALL.solve(a, none(a), b).iterate();
        GmresSdr.Workspace ws = SMALL.newWorkspace(400);
        next(SMALL, ws, a, Systems.random(400, 0x5d27), Change.UNRELATED);
        double[] x = new double[400];
        SMALL.solve(a, none(a), b, x, ws, IterationListener.NONE);
        assertThat(x).containsExactly(fresh);
    }

    @Test
    void theSpaceOfOneOperatorSettlesWithTheThirdSystem() {
        CsrMatrix a = DriftingSystems.convection(30, 0);
        GmresSdr.Workspace ws = SMALL.newWorkspace(900);
        double[] before = null;
        for (int i = 0; i < 6; i++) {
            Change change = i == 4 ? Change.CHANGED : Change.SAME_OPERATOR;
            SolveResult r = next(SMALL, ws, a, Systems.random(900, 0x5d40 + i), i == 0 ? Change.UNRELATED : change);
            assertThat(r.converged()).isTrue();
            double[] u = SMALL.space(ws).u(7);
            assertThat(Arrays.equals(u, before)).as("system %d", i).isEqualTo(i == 2 || i == 3);
            before = u;
        }
    }

    // ---------------------------------------------------------------- trouble

    @Test
    void anIllConditionedBasisEndsTheCycleEarly() {
        // two clusters of eigenvalues: four products say nearly all, and with t = 1 the fifth is dependent
        double[] d = new double[600];
        Arrays.setAll(d, i -> (i % 2 == 0 ? 1 : 1000) * (1 + 1e-7 * i / 600));
        CsrMatrix a = Systems.diagonal(d);
        StoppingCriteria strict = StoppingCriteria.DEFAULT.withRtol(1e-13);
        SolveResult r = new GmresSdr(strict, 60, 0, 1, 0x5d28).solve(a, none(a), Systems.random(600, 0x5d29));
        assertThat(r.converged()).as(r.report().summary()).isTrue();
        assertThat(r.report().restarts()).isPositive();
        assertThat(r.report().iterations()).isLessThan(60);
    }

    @Test
    void aResidualThatTheSketchDoesNotSeeIsABreakdown() {
        GmresSdr g = new GmresSdr(StoppingCriteria.DEFAULT, 1, 0, 1, 0x5d2a);
        int n = 200;
        SignSketch s = new SignSketch(n, 2, 0x5d2a, WorkerPool.shared()); // 8 rows: 4096 different columns, times ±1
        double[] b = null;
        double[][] seen = new double[n][];
        for (int j = 0; j < n && b == null; j++) {
            double[] e = new double[n];
            e[j] = 1;
            seen[j] = new double[s.rows()];
            s.apply(e, seen[j]);
            for (int i = 0; i < j && b == null; i++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] y = new double[s.rows()];
                    e = new double[n];
                    e[i] = sign;
                    e[j] = 1;
                    s.apply(e, y);
                    b = Systems.norm(y) == 0 ? e : b;
                }
            }
        }
        assertThat(b).as("two equal columns up to sign").isNotNull();
        CsrMatrix a = Systems.tridiagonal(n, -1.5, 4, -0.5);
        SolveResult r = g.solve(a, none(a), b);
        assertThat(r.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(r.report().summary()).contains("seed");
        assertThat(new GmresSdr(StoppingCriteria.DEFAULT, 20, 0, 2, 0x5d2b)
                        .solve(a, none(a), b)
                        .converged())
                .isTrue();
    }

    @Test
    void aCyclicShiftStalls() {
        int n = 300;
        double[][] d = new double[n][n];
        for (int i = 0; i < n; i++) {
            d[i][(i + 1) % n] = 1;
        }
        CsrMatrix shift = CsrMatrix.fromDense(d);
        double[] b = new double[n];
        b[0] = 1;
        SolveResult r = new GmresSdr(StoppingCriteria.DEFAULT.withMaxIterations(5000), 20, 5, 2, 3)
                .solve(shift, none(shift), b);
        assertThat(r.converged()).isFalse();
        assertThat(Systems.norm(r.iterate())).isFinite();
    }

    @Test
    void dependentAndZeroColumnsAreLeftOut() {
        CsrMatrix a = DriftingSystems.convection(20, 0);
        double[] b = DriftingSystems.rightHandSide(20);
        double[] u = Systems.random(400, 0x5d2c);
        double[] w = Systems.random(400, 0x5d2d);
        double[] sum = new double[400];
        Arrays.setAll(sum, i -> 1e5 * u[i] - w[i]);
        double[][] columns = {new double[400], u, u, w, sum, new double[400]};
        GmresSdr.Workspace ws = SMALL.newWorkspace(400);
        SMALL.recycle(ws, RecycleSpace.of(400, columns, null));
        assertThat(next(SMALL, ws, a, b, Change.SAME_OPERATOR).converged()).isTrue();
        assertThat(SMALL.refreshApplications(ws)).isEqualTo(6);
        assertThat(SMALL.recycledDimension(ws)).isEqualTo(2);
    }

    @Test
    void aSystemOfNaNsInTheMiddleLeavesTheSequenceUsable() {
        CsrMatrix a = DriftingSystems.convection(20, 0);
        double[] values = a.values().clone();
        values[77] = Double.NaN;
        double[] b = DriftingSystems.rightHandSide(20);
        GmresSdr.Workspace ws = SMALL.newWorkspace(400);
        next(SMALL, ws, a, b, Change.UNRELATED);
        assertThat(next(SMALL, ws, a.withValues(values), b, Change.CHANGED).cause())
                .isEqualTo(Cause.NOT_FINITE);
        double[] badB = b.clone();
        badB[3] = Double.NaN;
        assertThat(next(SMALL, ws, a, badB, Change.SAME_OPERATOR).cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(next(SMALL, ws, a, b, Change.CHANGED).converged()).isTrue();
    }

    @Test
    void aPartThatBreaksAtAnyProductEndsTheSolveAndNotTheSequence() {
        CsrMatrix a = DriftingSystems.convection(20, 0);
        double[] b = DriftingSystems.rightHandSide(20);
        for (boolean throwing : new boolean[] {true, false}) {
            for (int call = 2; call <= 16; call++) { // the first is b − A x₀, then eight renew the space
                GmresSdr.Workspace ws = SMALL.newWorkspace(400);
                next(SMALL, ws, a, b, Change.UNRELATED);
                int at = call;
                int[] calls = {0};
                LinearOperator broken = operator(400, (x, y) -> {
                    a.apply(x, y);
                    if (++calls[0] == at) {
                        if (throwing) {
                            throw new IllegalStateException("product " + at);
                        }
                        y[5] = Double.NaN;
                    }
                });
                double[] x = new double[400];
                SolveResult r = SMALL.solveNext(broken, none(a), b, x, ws, Change.CHANGED, IterationListener.NONE);
                assertThat(r.cause()).isEqualTo(throwing ? Cause.PART_FAILED : Cause.NOT_FINITE);
                assertThat(r.report().part()).isEqualTo(Part.OPERATOR);
                assertThat(Systems.norm(x)).isFinite();
                if (call <= 9) {
                    assertThat(SMALL.space(ws).dimension()).isZero();
                }
                assertThat(next(SMALL, ws, a, b, Change.CHANGED).converged()).isTrue();
            }
        }
    }

    @Test
    void aPreconditionerThatBreaksIsBlamed() {
        CsrMatrix a = DriftingSystems.convection(20, 0);
        double[] b = DriftingSystems.rightHandSide(20);
        GmresSdr.Workspace ws = SMALL.newWorkspace(400);
        Preconditioner broken =
                Systems.preconditioner(400, Preconditioner.Kind.FIXED, (r, z) -> Arrays.fill(z, Double.NaN));
        for (Change change : List.of(Change.UNRELATED, Change.CHANGED)) {
            next(SMALL, ws, a, b, Change.UNRELATED);
            SolveResult r = SMALL.solveNext(a, broken, b, new double[400], ws, change, IterationListener.NONE);
            assertThat(r.cause()).isEqualTo(Cause.NOT_FINITE);
            assertThat(r.report().part()).isEqualTo(Part.PRECONDITIONER);
        }
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        StoppingCriteria c = StoppingCriteria.DEFAULT;
        assertThatThrownBy(() -> new GmresSdr(c, 0, 0, 2, 1)).hasMessageContaining("maxSubspace = 0");
        assertThatThrownBy(() -> new GmresSdr(c, 10, 10, 2, 1)).hasMessageContaining("recycle = 10, expected 0 to 9");
        assertThatThrownBy(() -> new GmresSdr(c, 10, -1, 2, 1)).hasMessageContaining("recycle = -1");
        assertThatThrownBy(() -> new GmresSdr(c, 3000, 1001, 2, 1)).hasMessageContaining("expected 0 to 1000");
        assertThatThrownBy(() -> new GmresSdr(c, 10, 5, 0, 1)).hasMessageContaining("truncation = 0");
        GmresSdr.Workspace ws = SMALL.newWorkspace(30);
        assertThatThrownBy(() -> SMALL.recycle(ws, RecycleSpace.empty(29)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("29", "30");
        CsrMatrix a = Systems.poisson1d(30);
        double[] b = new double[30];
        double[] x = new double[30];
        assertThatThrownBy(() -> SMALL.solveNext(a, none(a), b, x, ws, null, IterationListener.NONE))
                .hasMessageContaining("change is null");
        assertThatThrownBy(() -> SMALL.solveNext(a, none(a), b, x, null, Change.CHANGED, IterationListener.NONE))
                .hasMessageContaining("ws is null");
    }

    @Test
    void theSpaceIsNotToBeTouchedDuringASolve() {
        CsrMatrix a = Systems.tridiagonal(60, -1.5, 4, -0.5);
        GmresSdr.Workspace ws = SMALL.newWorkspace(60);
        SolveResult r = SMALL.solve(a, none(a), Systems.random(60, 0x5d2e), new double[60], ws, (i, norm) -> {
            SMALL.recycle(ws, RecycleSpace.empty(60));
            return true;
        });
        assertThat(r.report().failure())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use");
        SMALL.recycle(ws, RecycleSpace.empty(60));
        assertThat(SMALL.space(ws).dimension()).isZero();
    }

    // ---------------------------------------------------------------- the space as a value

    @Test
    void aSavedSpaceServesAnotherWorkspace(@TempDir Path folder) throws Exception {
        CsrMatrix a = DriftingSystems.convection(30, 0);
        double[] b = DriftingSystems.rightHandSide(30);
        GmresSdr.Workspace ws = SMALL.newWorkspace(900);
        int alone = next(SMALL, ws, a, b, Change.UNRELATED).report().iterations();
        RecycleSpace space = SMALL.space(ws);
        assertThat(space.dimension()).isEqualTo(8);
        space.save(folder.resolve("space"));
        GmresSdr.Workspace other = SMALL.newWorkspace(900);
        SMALL.recycle(other, RecycleSpace.load(folder.resolve("space")));
        double[] c = Systems.random(900, 0x5d2f);
        SolveResult r = next(SMALL, other, a, c, Change.SAME_OPERATOR);
        assertThat(SMALL.refreshApplications(other)).isEqualTo(8); // products are not saved
        int same = next(SMALL, ws, a, c, Change.SAME_OPERATOR).report().iterations();
        assertThat(r.converged()).isTrue();
        assertThat((double) r.report().iterations()).isCloseTo(same, within(0.05 * same + 1));
        assertThat(alone).isGreaterThan(0);
    }

    @Test
    void aLargerSpaceIsCutToTheFirstColumns() {
        double[][] columns = IntStream.range(0, 12)
                .mapToObj(j -> Systems.random(50, 0x5d30 + j))
                .toArray(double[][]::new);
        GmresSdr.Workspace ws = SMALL.newWorkspace(50);
        SMALL.recycle(ws, RecycleSpace.of(50, columns, null));
        assertThat(SMALL.space(ws).dimension()).isEqualTo(8);
        for (int j = 0; j < 8; j++) {
            assertThat(SMALL.space(ws).u(j)).containsExactly(columns[j]);
        }
    }

    // ---------------------------------------------------------------- memory and bits

    @Test
    void memoryIsThatOfTheCard() {
        assertThat(SMALL.newWorkspace(1000).bytes()).isEqualTo((20 + 3) * 8000L);
    }

    @Test
    void cyclesAndRenewalsAllocateNothing() {
        assertThat(bytesOfASolve(40, 60)).isEqualTo(bytesOfASolve(40, 20)).isLessThanOrEqualTo(512);
        assertThat(bytesOfASolve(80, 60)).isEqualTo(bytesOfASolve(40, 20));
    }

    private static long bytesOfASolve(int side, int iterations) {
        CsrMatrix a = DriftingSystems.convection(side, 0);
        Preconditioner m = none(a);
        double[] b = DriftingSystems.rightHandSide(side);
        double[] x = new double[b.length];
        GmresSdr g = new GmresSdr(StoppingCriteria.DEFAULT.withMaxIterations(iterations), 20, 8, 2, 5);
        GmresSdr.Workspace ws = g.newWorkspace(b.length);
        var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 15; i++) {
            Arrays.fill(x, 0);
            long before = bean.getCurrentThreadAllocatedBytes();
            g.solveNext(a, m, b, x, ws, Change.CHANGED, IterationListener.NONE);
            best = Math.min(best, bean.getCurrentThreadAllocatedBytes() - before);
        }
        return best;
    }

    @Test
    void bitsDependOnTheSeedAndNotOnThreads() {
        int side = 200; // 40,000 unknowns: kernels run in parallel
        CsrMatrix first = DriftingSystems.convection(side, 0);
        CsrMatrix second = DriftingSystems.convection(side, 1);
        double[] b = DriftingSystems.rightHandSide(side);
        StoppingCriteria few = StoppingCriteria.DEFAULT.withMaxIterations(25);
        GmresSdr g = new GmresSdr(few, 9, 4, 2, 6);
        double[] expected = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                GmresSdr.Workspace ws = g.newWorkspace(b.length, pool);
                next(g, ws, first.on(pool), b, Change.UNRELATED);
                double[] x = next(g, ws, second.on(pool), b, Change.CHANGED).iterate();
                expected = expected == null ? x : expected;
                assertThat(Arrays.equals(x, expected)).as("%d threads", threads).isTrue();
            }
        }
        double[] once = g.solve(first, none(first), b).iterate();
        assertThat(g.solve(first, none(first), b).iterate()).containsExactly(once);
        double[] other =
                new GmresSdr(few, 9, 4, 2, 7).solve(first, none(first), b).iterate();
        assertThat(Arrays.equals(other, once)).isFalse();
    }
}
