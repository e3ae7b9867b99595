package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.composition.Additive;
import dev.ritz.preconditioners.composition.InnerSolver;
import dev.ritz.preconditioners.composition.Multiplicative;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Chebyshev;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.FaultyParts;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InnerSolverTest extends PreconditionerContract {
    private static final StoppingCriteria LOOSE =
            StoppingCriteria.DEFAULT.withRtol(1e-1).withMaxIterations(10);
    private static final CsrMatrix WIND =
            Gallery.problem("convection-diffusion2d").generate(24, 1).a();
    private static final CsrMatrix GRID =
            Gallery.problem("poisson2d").generate(24, 1).a();

    @Override
    protected PreconditionerFactory factory() {
        return new InnerSolver(new Gmres(LOOSE, 10), new Jacobi());
    }

    /** Each application makes one small result. */
    @Override
    protected long allocationPerApplication() {
        return 512;
    }

    /** Conjugate gradients inside, without a preconditioner. */
    @Nested
    class WithCg extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new InnerSolver(new Cg(LOOSE));
        }

        @Override
        protected long allocationPerApplication() {
            return 512;
        }
    }

    private static double[] wave(int n) {
        double[] b = new double[n];
        Arrays.setAll(b, i -> Math.cos(7 * i) + 0.3);
        return b;
    }

    private static SolveResult solve(IterativeSolver<?> outer, CsrMatrix a, Preconditioner m) {
        return outer.solve(a, m, wave(a.rows()));
    }

    /** FGMRES around GMRES or BiCGSTAB, as PETSc's PCKSP is used; outer steps fall, and the products are told. */
    @Test
    void flexibleMethodsTakeItAndReportItsProducts() {
        int without =
                solve(new Fgmres(), WIND, new Jacobi().build(WIND)).report().iterations();
        for (IterativeSolver<?> inner : List.of(new Gmres(LOOSE, 10), new BiCgStab(LOOSE), new Idr(LOOSE, 4, 1))) {
            SolveResult result = solve(new Fgmres(), WIND, new InnerSolver(inner, new Jacobi()).build(WIND));
            assertThat(result.converged()).as(result.report().summary()).isTrue();
            assertThat(result.report().iterations()).isLessThan(without / 4);
            assertThat(result.report().preconditionerProducts())
                    .isGreaterThan(2L * result.report().preconditionerApplications());
            assertThat(result.report().operatorApplications())
                    .as("the outer ones alone")
                    .isLessThanOrEqualTo(result.report().iterations() + 5);
        }
        SolveResult cg = solve(new FlexibleCg(), GRID, new InnerSolver(new Cg(LOOSE)).build(GRID));
        assertThat(cg.converged()).isTrue();
        SolveResult recycled = solve(
                new GcroDr(StoppingCriteria.DEFAULT, 20, 5, true),
                WIND,
                new InnerSolver(new BiCgStab(LOOSE), new Ilu0()).build(WIND));
        assertThat(recycled.converged()).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> solve(new Gmres(), WIND, factory().build(WIND)))
                .withMessageContaining("VARIABLE");
    }

    /** Exactly those of the inner solves, also from a second solve on. */
    @Test
    void productsAreThoseOfThisSolve() {
        Preconditioner m = new InnerSolver(new Gmres(LOOSE.withMaxIterations(3).withRtol(0), 3)).build(WIND);
        for (int twice = 0; twice < 2; twice++) {
            SolveResult result = solve(new Fgmres(), WIND, m);
            // 1 residual before, 3 steps, 1 after
            assertThat(result.report().preconditionerProducts())
                    .isEqualTo(5L * result.report().preconditionerApplications());
        }
    }

    /** Every preconditioner that multiplies inside says so. */
    @Test
    void otherProductsAreReportedToo() {
        long n = solve(new Cg(), GRID, new Chebyshev(Chebyshev.Kind.FIRST, 4).build(GRID))
                .report()
                .preconditionerApplications();
        assertThat(solve(new Cg(), GRID, new Chebyshev(Chebyshev.Kind.FIRST, 4).build(GRID))
                        .report()
                        .preconditionerProducts())
                .isEqualTo(3 * n);
        SolveResult adaptive = solve(new FlexibleCg(), GRID, new AdaptiveKrylov(2, new Identity()).build(GRID));
        assertThat(adaptive.report().preconditionerProducts())
                .isEqualTo(3L * adaptive.report().preconditionerApplications());
        Preconditioner both = new Multiplicative(List.of(new Jacobi(), new Chebyshev(), new Additive())).build(GRID);
        SolveResult result = solve(new Cg(), GRID, both);
        assertThat(result.converged()).isTrue();
        // 4 corrections, Chebyshev twice with 3 products each, the sum has none
        assertThat(result.report().preconditionerProducts())
                .isEqualTo((4 + 2 * 3) * (long) result.report().preconditionerApplications());
        assertThat(solve(new Cg(), GRID, new Jacobi().build(GRID)).report().preconditionerProducts())
                .isZero();
    }

    @Test
    void aTightInnerSolveIsAnInverse() {
        Preconditioner m = new InnerSolver(new Gmres(StoppingCriteria.DEFAULT.withRtol(1e-12), 400)).build(WIND);
        SolveResult result = solve(new Fgmres(), WIND, m);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isEqualTo(1);
    }

    @Test
    void zeroGivesZeroAndTheOldContentIsNotRead() {
        Preconditioner m = factory().build(WIND);
        double[] z = new double[WIND.rows()];
        Arrays.fill(z, Double.NaN);
        m.apply(new double[z.length], z);
        assertThat(z).containsOnly(0);
        double[] fresh = new double[z.length];
        m.apply(wave(z.length), fresh);
        Arrays.fill(z, Double.NaN);
        m.apply(wave(z.length), z);
        assertThat(z).containsExactly(fresh);
    }

    /** A limit of no step at all leaves M⁻¹ r. */
    @Test
    void whereNoStepIsTakenTheInnerPreconditionerServes() {
        Preconditioner m = new InnerSolver(new Gmres(LOOSE.withMaxIterations(0), 5), new Jacobi()).build(WIND);
        double[] r = wave(WIND.rows());
        double[] z = new double[r.length];
        double[] jacobi = new double[r.length];
        m.apply(r, z);
        new Jacobi().build(WIND).apply(r, jacobi);
        assertThat(z).containsExactly(jacobi);
    }

    /** CG inside on an indefinite matrix breaks down; outside that costs iterations, not the solution. */
    @Test
    void aBreakdownInsideIsNoFailure() {
        CsrMatrix indefinite = GRID.plus(1, -0.5, CsrMatrix.identity(GRID.rows()));
        Preconditioner m = new InnerSolver(new Cg(LOOSE)).build(indefinite);
        double[] b = wave(GRID.rows());
        Cause inside = new Cg(LOOSE.withRtol(1e-8).withMaxIterations(500))
                .solve(indefinite, Preconditioner.identity(b.length), b)
                .cause();
        assertThat(inside).isEqualTo(Cause.INDEFINITE_OPERATOR);
        SolveResult result = new Fgmres(StoppingCriteria.DEFAULT, 200).solve(indefinite, m, b);
        assertThat(result.converged()).as(result.report().summary()).isTrue();
    }

    @Test
    void valuesThatAreNotFiniteInsideReachTheOuterSolve() {
        PreconditionerFactory poisoning =
                a -> FaultyParts.preconditioner(new Jacobi().build(a), FaultyParts.writesAt(4, Double.NaN));
        SolveResult result = solve(new Fgmres(), WIND, new InnerSolver(new Gmres(LOOSE, 10), poisoning).build(WIND));
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.iterate()).doesNotContain(Double.NaN);
        Preconditioner m = factory().build(WIND);
        double[] r = wave(WIND.rows());
        r[5] = Double.NaN;
        double[] z = new double[r.length];
        m.apply(r, z);
        assertThat(z).containsOnly(Double.NaN);
    }

    @Test
    void aPartThatThrowsInsideIsKeptAsTheFailure() {
        RuntimeException broken = new IllegalStateException("broken on purpose");
        PreconditionerFactory throwing =
                a -> FaultyParts.preconditioner(new Jacobi().build(a), FaultyParts.throwsAt(4, broken));
        SolveResult result = solve(new Fgmres(), WIND, new InnerSolver(new Gmres(LOOSE, 10), throwing).build(WIND));
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.report().part()).isEqualTo(Part.PRECONDITIONER);
        assertThat(result.report().failure()).isSameAs(broken);
    }

    @Test
    void anInnerMethodThatCannotTakeItsPreconditionerIsRefusedAtTheDoor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InnerSolver(new Cg(LOOSE), new Ilu0()).build(WIND))
                .withMessage("the inner Cg takes a preconditioner of kind SPD, Ilu0 is FIXED");
        assertThatThrownBy(() -> new InnerSolver(null, new Ilu0())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new InnerSolver(new Cg(), null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void saysWhatItIs() {
        InnerSolver factory = new InnerSolver(new Gmres(LOOSE, 10), new Ilu0());
        assertThat(factory.name()).isEqualTo("InnerSolver(Gmres with Ilu0)");
        Preconditioner m = factory.build(WIND);
        assertThat(m.name()).isEqualTo("InnerSolver(Gmres with Ilu0)");
        Workspace ws = new Gmres(LOOSE, 10).newWorkspace(WIND.rows());
        assertThat(m.bytes()).isEqualTo(ws.bytes() + new Ilu0().build(WIND).bytes());
    }
}
