package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.Gallery;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Factors in single precision cost at most 5 % more iterations, and no accuracy: the test is on the true residual. */
class FloatFactorsTest {
    private static final StoppingCriteria CRITERIA =
            StoppingCriteria.DEFAULT.withRtol(1e-8).withMaxIterations(5000);

    @ParameterizedTest
    @CsvSource({"poisson3d,30", "jump2d,80", "lognormal2d,80", "fem2d,80", "elasticity2d,40"})
    void incompleteCholesky(String problem, int size) {
        CsrMatrix a = Gallery.problem(problem).generate(size, 11).a();
        check(a, new Cg(CRITERIA), new Ic0(Precision.DOUBLE).build(a), new Ic0(Precision.FLOAT).build(a));
    }

    @ParameterizedTest
    @CsvSource({"convection-diffusion2d,80", "convection-diffusion3d,25"})
    void incompleteLu(String problem, int size) {
        CsrMatrix a = Gallery.problem(problem).generate(size, 11).a();
        check(a, new BiCgStab(CRITERIA), new Ilu0(Precision.DOUBLE).build(a), new Ilu0(Precision.FLOAT).build(a));
    }

    private static <W extends Workspace> void check(
            CsrMatrix a, IterativeSolver<W> method, Preconditioner wide, Preconditioner narrow) {
        double[] b = new double[a.rows()];
        for (int i = 0; i < b.length; i++) {
            b[i] = Math.cos(7 * i) + 0.3;
        }
        assertThat(narrow.bytes()).isLessThan(wide.bytes());
        int expected = iterations(a, method, wide, b);
        assertThat(iterations(a, method, narrow, b)).isBetween((int) (0.95 * expected), (int) (1.05 * expected) + 1);
    }

    private static <W extends Workspace> int iterations(
            CsrMatrix a, IterativeSolver<W> method, Preconditioner m, double[] b) {
        SolveResult result = method.solve(
                a, m, b, new double[b.length], method.newWorkspace(b.length, a.pool()), IterationListener.NONE);
        assertThat(result).isInstanceOf(SolveResult.Converged.class);
        return result.report().iterations();
    }
}
