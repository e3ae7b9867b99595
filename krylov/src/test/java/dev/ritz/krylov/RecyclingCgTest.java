package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.IterationListener;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Jacobi;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecyclingCgTest {
    private static final StoppingCriteria EIGHT = StoppingCriteria.DEFAULT.withRtol(1e-8);
    private static final int SIDE = 48;

    /** Flux stencil of −∇·(a ∇u), a = exp(½ sin(2πX + 0.1 t) cos(2πY + 0.05 t)) at the midpoints of faces. */
    private static CsrMatrix diffusion(int t) {
        double h = 1.0 / (SIDE + 1);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(SIDE * SIDE);
        for (int k = 0; k < SIDE * SIDE; k++) {
            double x = (k / SIDE + 1) * h;
            double y = (k % SIDE + 1) * h;
            double[] face = {
                conductivity(x - h / 2, y, t),
                conductivity(x, y - h / 2, t),
                conductivity(x, y + h / 2, t),
                conductivity(x + h / 2, y, t)
            };
            if (k >= SIDE) {
                rows.add(k - SIDE, -face[0]);
            }
            if (k % SIDE > 0) {
                rows.add(k - 1, -face[1]);
            }
            rows.add(k, face[0] + face[1] + face[2] + face[3]);
            if (k % SIDE < SIDE - 1) {
                rows.add(k + 1, -face[2]);
            }
            if (k < SIDE * (SIDE - 1)) {
                rows.add(k + SIDE, -face[3]);
            }
            rows.endRow();
        }
        return rows.build();
    }

    private static double conductivity(double x, double y, int t) {
        return Math.exp(0.5 * Math.sin(2 * Math.PI * x + 0.1 * t) * Math.cos(2 * Math.PI * y + 0.05 * t));
    }

    private static double[] load() {
        double[] b = new double[SIDE * SIDE];
        Arrays.fill(b, 1.0 / ((SIDE + 1) * (SIDE + 1)));
        return b;
    }

    private static SolveResult next(
            RecyclingCg cg, LinearOperator a, Preconditioner m, double[] b, RecyclingCg.Workspace ws, Change change) {
        return cg.solveNext(a, m, b, new double[b.length], ws, change, IterationListener.NONE);
    }

    private static SolveResult next(
            RecyclingCg cg, LinearOperator a, double[] b, RecyclingCg.Workspace ws, Change change) {
        return next(cg, a, Preconditioner.identity(b.length), b, ws, change);
    }

    private static int sequence(RecyclingCg cg, PreconditionerFactory factory) {
        RecyclingCg.Workspace ws = cg.newWorkspace(SIDE * SIDE);
        int total = 0;
        for (int t = 0; t < 10; t++) {
            CsrMatrix a = diffusion(t);
            Preconditioner m = factory == null ? Preconditioner.identity(a.rows()) : factory.build(a);
            SolveResult result = next(cg, a, m, load(), ws, Change.CHANGED);
            assertThat(result.converged()).as(result.report().summary()).isTrue();
            int refresh = t == 0 ? 0 : cg.recycle();
            assertThat(cg.refreshApplications(ws)).isEqualTo(refresh);
            assertThat(result.report().operatorApplications())
                    .isEqualTo(result.report().iterations()
                            + refresh
                            + 2
                            + result.report().restarts());
            total += result.report().iterations();
        }
        return total;
    }

    @Test
    void takesTheIterationsOfAnIndependentImplementation() {
        assertThat(sequence(new RecyclingCg(EIGHT, 0, 20), null)).isBetween(1991, 2115); // 2053 by CG
        assertThat(sequence(new RecyclingCg(EIGHT, 8, 20), null)).isBetween(1593, 1691); // 1642
        assertThat(sequence(new RecyclingCg(EIGHT, 10, 30), null)).isBetween(1468, 1558); // 1513
    }

    @Test
    void aPreconditionedSequenceGainsToo() {
        assertThat(sequence(new RecyclingCg(EIGHT, 0, 0), new Jacobi())).isBetween(1491, 1821); // 1656
        assertThat(sequence(new RecyclingCg(EIGHT, 8, 20), new Jacobi())).isBetween(1100, 1350); // 1226
        assertThat(sequence(new RecyclingCg(EIGHT, 0, 0), new Ic0())).isBetween(466, 568); // 517
        assertThat(sequence(new RecyclingCg(EIGHT, 8, 20), new Ic0())).isBetween(288, 350); // 319
    }

    @Test
    void gNeedsNoApplicationOfTheInversePreconditioner() {
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(SIDE * SIDE);
        for (int t = 0; t < 3; t++) {
            SolveResult result = next(cg, diffusion(t), new Ic0().build(diffusion(t)), load(), ws, Change.CHANGED);
            assertThat(result.report().preconditionerApplications())
                    .isEqualTo(result.report().iterations());
        }
    }

    @Test
    void withoutASpaceTheIteratesAreThoseOfConjugateGradients() {
        CsrMatrix a = diffusion(0);
        double[] b = Systems.random(a.rows(), 0x4c61);
        for (Preconditioner m : List.of(Preconditioner.identity(a.rows()), new Ic0().build(a))) {
            SolveResult cg = new Cg(EIGHT).solve(a, m, b);
            for (RecyclingCg method : List.of(new RecyclingCg(EIGHT, 0, 20), new RecyclingCg(EIGHT, 8, 20))) {
                SolveResult result = method.solve(a, m, b);
                assertThat(result.report().history())
                        .containsExactly(cg.report().history());
                assertThat(result.solution()).containsExactly(cg.solution());
            }
        }
    }

    @Test
    void theSameSystemTwiceNeedsFewSteps() {
        CsrMatrix a = diffusion(0);
        RecyclingCg cg = new RecyclingCg(EIGHT, 300, 300);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        int once = next(cg, a, load(), ws, Change.CHANGED).report().iterations();
        SolveResult again = next(cg, a, load(), ws, Change.SAME_OPERATOR);
        assertThat(again.converged()).isTrue();
        assertThat(once).isGreaterThan(100);
        assertThat(again.report().iterations()).isLessThanOrEqualTo(5);
    }

    @Test
    void theResidualStaysOrthogonalToTheSpace() {
        RecyclingCg cg = new RecyclingCg(StoppingCriteria.DEFAULT.withRtol(1e-11), 8, 20);
        CsrMatrix a = diffusion(1);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        next(cg, diffusion(0), load(), ws, Change.CHANGED);
        RecycleSpace space = cg.space(ws);
        int[] calls = {0};
        Preconditioner spy = Systems.preconditioner(a.rows(), Preconditioner.Kind.SPD, (r, z) -> {
            calls[0]++;
            for (int j = 0; j < space.dimension(); j++) {
                double[] u = space.u(j);
                assertThat(Systems.dot(u, r) / Systems.norm(u) / Systems.norm(r))
                        .as("column %d, step %d", j, calls[0])
                        .isCloseTo(0, within(1e-8));
            }
            System.arraycopy(r, 0, z, 0, r.length);
        });
        assertThat(space.dimension()).isEqualTo(8);
        assertThat(next(cg, a, spy, load(), ws, Change.CHANGED).converged()).isTrue();
        assertThat(calls[0]).isGreaterThan(100);
    }

    @Test
    void theHarvestIsOrthonormalInTheEnergyAndKnowsItsProducts() {
        CsrMatrix a = diffusion(0);
        RecyclingCg cg = new RecyclingCg(EIGHT, 6, 20);
        for (Preconditioner m : List.of(Preconditioner.identity(a.rows()), new Ic0().build(a))) {
            RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
            next(cg, a, m, load(), ws, Change.CHANGED);
            next(cg, a, m, Systems.random(a.rows(), 0x4c62), ws, Change.SAME_OPERATOR);
            RecycleSpace space = cg.space(ws);
            assertThat(space.hasProducts()).isTrue();
            for (int i = 0; i < 6; i++) {
                double[] au = Systems.times(a, space.u(i));
                assertThat(Systems.norm(Systems.minus(au, space.c(i)))).isLessThan(1e-11 * Systems.norm(au));
                for (int j = 0; j < 6; j++) {
                    assertThat(Systems.dot(space.u(j), au)).isCloseTo(i == j ? 1 : 0, within(1e-9));
                }
            }
        }
    }

    @Test
    void theSpaceTendsToTheEigenvectorsOfSmallestEigenvalue() {
        double[] d = new double[200];
        for (int i = 0; i < d.length; i++) {
            d[i] = i < 3 ? 0.001 * (i + 1) : 1 + 0.1 * i;
        }
        double[] scale = new double[200];
        for (int i = 0; i < 200; i++) {
            scale[i] = 1 + i % 3;
        }
        CsrMatrix k = Systems.symmetric(0x4c63, d);
        double[] values = k.values().clone();
        int[] rowPtr = k.pattern().rowPtr();
        int[] colIdx = k.pattern().colIdx();
        for (int i = 0; i < 200; i++) { // A = D½ K D½ with M = D: the eigenvalues of M⁻¹A are those of K
            for (int e = rowPtr[i]; e < rowPtr[i + 1]; e++) {
                values[e] *= Math.sqrt(scale[i] * scale[colIdx[e]]);
            }
        }
        CsrMatrix a = k.withValues(values);
        Preconditioner m = Systems.diagonalPreconditioner(Preconditioner.Kind.SPD, scale);
        RecyclingCg cg = new RecyclingCg(EIGHT, 3, 25);
        RecyclingCg.Workspace ws = cg.newWorkspace(200);
        for (int t = 0; t < 5; t++) {
            next(cg, a, m, Systems.random(200, 0x4c64 + t), ws, t == 0 ? Change.CHANGED : Change.SAME_OPERATOR);
        }
        List<Double> quotients = new ArrayList<>();
        RecycleSpace space = cg.space(ws);
        for (int j = 0; j < 3; j++) {
            double[] u = space.u(j);
            double[] mu = u.clone();
            for (int i = 0; i < 200; i++) {
                mu[i] *= scale[i];
            }
            quotients.add(Systems.dot(u, space.c(j)) / Systems.dot(u, mu));
        }
        quotients.sort(null);
        for (int j = 0; j < 3; j++) {
            assertThat(quotients.get(j)).isCloseTo(0.001 * (j + 1), within(1e-6));
        }
    }

    @Test
    void theSameOperatorSavesTheProductsAndNothingElse() {
        CsrMatrix a = diffusion(3);
        double[] b = Systems.random(a.rows(), 0x4c65);
        for (int harvest : new int[] {0, 20}) {
            RecyclingCg cg = new RecyclingCg(EIGHT, 8, harvest);
            List<SolveResult> results = new ArrayList<>();
            for (Change change : List.of(Change.SAME_OPERATOR, Change.CHANGED)) {
                RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
                cg.recycle(ws, spaceOf(a, 8));
                next(cg, a, load(), ws, Change.CHANGED);
                results.add(next(cg, a, b, ws, change));
                assertThat(cg.refreshApplications(ws)).isEqualTo(change == Change.CHANGED ? 8 : 0);
            }
            double[] same = results.get(0).solution();
            double[] changed = results.get(1).solution();
            if (harvest == 0) { // C is what the products would give again, bit for bit
                assertThat(same).containsExactly(changed);
                assertThat(results.get(1).report().operatorApplications()
                                - results.get(0).report().operatorApplications())
                        .isEqualTo(8);
            } else {
                assertThat(Systems.norm(Systems.minus(same, changed))).isLessThan(1e-7 * Systems.norm(same));
                assertThat(results.get(0).report().iterations())
                        .isCloseTo(results.get(1).report().iterations(), within(2));
            }
        }
    }

    /** What a solve with this operator harvests. */
    private static RecycleSpace spaceOf(CsrMatrix a, int k) {
        RecyclingCg cg = new RecyclingCg(EIGHT, k, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        next(cg, a, Systems.random(a.rows(), 0x4c66), ws, Change.UNRELATED);
        return cg.space(ws);
    }

    @Test
    void aSpaceIsKeptAsItIsWithoutAHarvestAndBySolvesWithoutASteps() {
        CsrMatrix a = diffusion(0);
        RecycleSpace given = spaceOf(a, 5);
        RecyclingCg cg = new RecyclingCg(EIGHT, 5, 0);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        cg.recycle(ws, given);
        double[] x = next(cg, a, load(), ws, Change.CHANGED).solution();
        assertSame(given, cg.space(ws));
        RecyclingCg harvesting = new RecyclingCg(EIGHT, 5, 20);
        RecyclingCg.Workspace other = harvesting.newWorkspace(a.rows());
        harvesting.recycle(other, given);
        SolveResult none = harvesting.solveNext(
                a, Preconditioner.identity(a.rows()), load(), x.clone(), other, Change.CHANGED, IterationListener.NONE);
        assertThat(none.report().iterations()).isZero();
        assertThat(harvesting.refreshApplications(other)).isZero();
        assertSame(given, harvesting.space(other));
        assertThat(harvesting.space(other).hasProducts()).isFalse(); // A changed, and nothing was multiplied
        next(harvesting, a, load(), other, Change.SAME_OPERATOR);
        assertThat(harvesting.refreshApplications(other)).isEqualTo(5);
    }

    private static void assertSame(RecycleSpace expected, RecycleSpace actual) {
        List<double[]> columns = new ArrayList<>();
        for (int j = 0; j < actual.dimension(); j++) {
            columns.add(actual.u(j));
        }
        assertThat(columns).hasSize(expected.dimension());
        for (int j = 0; j < expected.dimension(); j++) { // the factorisation may have permuted them
            assertThat(columns).contains(expected.u(j));
        }
    }

    @Test
    void aShortSolveGivesASmallSpace() {
        double[] d = new double[60];
        for (int i = 0; i < d.length; i++) {
            d[i] = 1 + i % 4;
        }
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(60);
        SolveResult result = next(cg, Systems.diagonal(d), Systems.random(60, 0x4c67), ws, Change.CHANGED);
        assertThat(result.report().iterations()).isEqualTo(4);
        assertThat(cg.space(ws).dimension()).isEqualTo(3); // the residual after the last direction was never needed
    }

    @Test
    void solveAndUnrelatedForgetTheSpace() {
        CsrMatrix a = diffusion(0);
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        int once = next(cg, a, load(), ws, Change.CHANGED).report().iterations();
        assertThat(next(cg, a, load(), ws, Change.UNRELATED).report().iterations())
                .isEqualTo(once);
        SolveResult solve = cg.solve(
                a, Preconditioner.identity(a.rows()), load(), new double[a.rows()], ws, IterationListener.NONE);
        assertThat(solve.report().iterations()).isEqualTo(once);
        assertThat(cg.refreshApplications(ws)).isZero();
        assertThat(next(cg, a, load(), ws, Change.SAME_OPERATOR).report().iterations())
                .isLessThan(once);
    }

    @Test
    void signFlipIsNamedAndTheNextSystemIsSolved() {
        CsrMatrix a = diffusion(0);
        double[] negated = a.values().clone();
        for (int i = 0; i < negated.length; i++) {
            negated[i] = -negated[i];
        }
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        next(cg, a, load(), ws, Change.CHANGED);
        SolveResult flipped = next(cg, a.withValues(negated), load(), ws, Change.CHANGED);
        assertThat(flipped.cause()).isEqualTo(Cause.INDEFINITE_OPERATOR);
        assertThat(flipped.iterate()).containsOnly(0.0);
        assertThat(cg.space(ws).dimension()).isZero();
        assertThat(next(cg, a, load(), ws, Change.CHANGED).converged()).isTrue();
    }

    @Test
    void anotherPatternOfTheSameSizeIsSolved() {
        CsrMatrix a = diffusion(0);
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        next(cg, a, load(), ws, Change.CHANGED);
        CsrMatrix other = Systems.tridiagonal(a.rows(), -1, 2.1, -1);
        SolveResult result = next(cg, other, load(), ws, Change.CHANGED);
        assertThat(result.converged()).isTrue();
        assertThat(Systems.residual(other, load(), result.iterate())).isLessThan(1.01e-8 * Systems.norm(load()));
    }

    @Test
    void aSystemThatIsNotFiniteLeavesTheSpace() {
        CsrMatrix a = diffusion(0);
        double[] broken = a.values().clone();
        broken[17] = Double.NaN;
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        int once = next(cg, a, load(), ws, Change.CHANGED).report().iterations();
        assertThat(next(cg, a.withValues(broken), load(), ws, Change.CHANGED).cause())
                .isEqualTo(Cause.NOT_FINITE);
        SolveResult after = next(cg, a, load(), ws, Change.CHANGED);
        assertThat(after.converged()).isTrue();
        assertThat(cg.refreshApplications(ws)).isEqualTo(8);
        assertThat(after.report().iterations()).isLessThan(once);
    }

    @Test
    void columnsWhoseProductsAreNotFiniteAreDropped() {
        CsrMatrix a = diffusion(0);
        int n = a.rows();
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(n);
        next(cg, a, load(), ws, Change.CHANGED);
        int[] calls = {0};
        LinearOperator operator = operator(n, (x, y) -> {
            a.apply(x, y);
            if (++calls[0] == 3) { // the residual of the guess is the first product
                y[5] = Double.NaN;
            }
        });
        SolveResult result = next(cg, operator, load(), ws, Change.CHANGED);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isLessThan(171);
    }

    @Test
    void anOperatorThatThrowsInTheRefreshLeavesAUsableSpace() {
        CsrMatrix a = diffusion(0);
        int n = a.rows();
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(n);
        int once = next(cg, a, load(), ws, Change.CHANGED).report().iterations();
        int[] calls = {0};
        LinearOperator throwing = operator(n, (x, y) -> {
            if (++calls[0] == 4) {
                throw new ArithmeticException("fourth call");
            }
            a.apply(x, y);
        });
        assertThat(next(cg, throwing, load(), ws, Change.CHANGED).cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(cg.space(ws).hasProducts()).isFalse();
        SolveResult after = next(cg, a, load(), ws, Change.SAME_OPERATOR);
        assertThat(cg.refreshApplications(ws)).isEqualTo(8);
        assertThat(after.converged()).isTrue();
        assertThat(after.report().iterations()).isLessThan(once);
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

    @Test
    void dependentZeroAndUselessColumnsAreDropped() {
        CsrMatrix a = diffusion(0);
        int n = a.rows();
        RecycleSpace good = spaceOf(a, 3);
        double[] sum = good.u(0);
        for (int i = 0; i < n; i++) {
            sum[i] = 1e6 * (sum[i] + good.u(1)[i] - 2 * good.u(2)[i]);
        }
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 0);
        RecyclingCg.Workspace ws = cg.newWorkspace(n);
        double[][] columns = {good.u(0), new double[n], good.u(1), good.u(1), good.u(2), sum};
        cg.recycle(ws, RecycleSpace.of(n, columns, null));
        assertThat(cg.space(ws).dimension()).isEqualTo(6);
        SolveResult result = next(cg, a, load(), ws, Change.SAME_OPERATOR);
        assertThat(result.converged()).isTrue();
        assertThat(cg.refreshApplications(ws)).isEqualTo(6);
        assertThat(cg.space(ws).dimension()).isEqualTo(3);
        RecyclingCg.Workspace clean = cg.newWorkspace(n);
        cg.recycle(clean, good);
        assertThat(result.report().iterations())
                .isCloseTo(next(cg, a, load(), clean, Change.CHANGED).report().iterations(), within(2));
    }

    @Test
    void aHarvestFromScalarsThatAreNotFiniteKeepsTheOldSpace() {
        for (double rho : new double[] {0.5, Double.NaN, Double.POSITIVE_INFINITY}) {
            DeflationSpace space = new DeflationSpace(
                    2, new double[1][2], new double[1][2], new double[][] {{1, 2}}, new double[1][2]);
            assertThat(space.begin(1)).isTrue();
            space.end(4);
            assertThat(space.begin(rho)).isFalse();
            assertThat(space.copy().dimension()).isEqualTo(rho == 0.5 ? 1 : 0);
        }
    }

    @Test
    void aGivenSpaceCostsOneApplicationOfTheInversePreconditionerAColumn() {
        CsrMatrix a = diffusion(0);
        Preconditioner m = new Ic0().build(a);
        RecyclingCg cg = new RecyclingCg(EIGHT, 8, 20);
        RecyclingCg.Workspace ws = cg.newWorkspace(a.rows());
        cg.recycle(ws, spaceOf(a, 5));
        SolveResult result = next(cg, a, m, load(), ws, Change.CHANGED);
        assertThat(result.report().preconditionerApplications())
                .isEqualTo(result.report().iterations() + 5);
        assertThat(cg.space(ws).dimension()).isEqualTo(8);
    }

    @Test
    void bitsDoNotDependOnThreads() {
        int side = 190; // long enough for parallel kernels
        CsrMatrix a = Systems.poisson2d(side);
        Preconditioner m = new Jacobi().build(a);
        RecyclingCg cg = new RecyclingCg(EIGHT.withMaxIterations(25), 4, 8);
        double[] expected = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                RecyclingCg.Workspace ws = cg.newWorkspace(side * side, pool);
                double[] x = new double[side * side];
                for (Change change : List.of(Change.UNRELATED, Change.CHANGED, Change.SAME_OPERATOR)) {
                    Arrays.fill(x, 0);
                    cg.solveNext(
                            a.on(pool),
                            m,
                            Systems.random(side * side, 0x4c68 + change.ordinal()),
                            x,
                            ws,
                            change,
                            IterationListener.NONE);
                }
                expected = expected == null ? x : expected;
                assertThat(Arrays.equals(x, expected)).as("%d threads", threads).isTrue();
            }
        }
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnyWork() {
        assertThatThrownBy(() -> new RecyclingCg(EIGHT, -1, 20)).hasMessageContaining("recycle = -1");
        assertThatThrownBy(() -> new RecyclingCg(EIGHT, 1, -2)).hasMessageContaining("harvest = -2");
        RecyclingCg cg = new RecyclingCg();
        RecyclingCg.Workspace ws = cg.newWorkspace(60);
        CsrMatrix a = Systems.poisson1d(60);
        double[] b = Systems.random(60, 0x4c69);
        assertThatThrownBy(() -> next(cg, a, b, null, Change.CHANGED)).hasMessage("ws is null");
        assertThatThrownBy(() -> next(cg, a, b, ws, null)).hasMessage("change is null");
        assertThatThrownBy(() -> cg.recycle(ws, RecycleSpace.empty(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 unknowns");
        assertThat(cg.space(ws).dimension()).isZero();
        next(cg, a, b, ws, Change.CHANGED);
        assertThatThrownBy(() -> next(cg, a, new double[3], ws, Change.UNRELATED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(cg.space(ws).dimension()).isEqualTo(8);
        cg.recycle(ws, RecycleSpace.empty(60));
        assertThat(cg.space(ws).dimension()).isZero();
    }
}
