package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import org.junit.jupiter.api.Test;

class BiCgStabTest {

    @Test
    void solvesConvectionDiffusionFromAGuessWithAndWithoutAPreconditioner() {
        CsrMatrix a = Systems.convectionDiffusion(30, 0.6);
        double[] b = Systems.random(900, 0xb1);
        double[] x0 = Systems.random(900, 0xb2);
        double[] d = new double[900];
        for (int i = 0; i < d.length; i++) {
            d[i] = 4 + Math.cos(i);
        }
        for (Preconditioner m :
                new Preconditioner[] {Preconditioner.identity(900), Systems.diagonalPreconditioner(Kind.FIXED, d)}) {
            SolveResult result = new BiCgStab().solveFrom(a, m, b, x0);
            assertThat(result.converged()).isTrue();
            assertThat(Systems.residual(a, b, result.solution())).isLessThanOrEqualTo(1e-8 * Systems.norm(b));
            assertThat(result.report().iterations()).isBetween(20, 110);
        }
    }

    @Test
    void firstStepIsTheOneOfTheAlgorithmByHand() {
        // x₁ = α r₀ + ω s with α = r₀ᵀr₀ / r₀ᵀAr₀, s = r₀ − α A r₀, ω = sᵀAs / ‖As‖²
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{4, 1, 0}, {-2, 5, 1}, {0, 3, 6}});
        double[] b = {1, 2, -1};
        double[] q = Systems.times(a, b);
        double alpha = Systems.dot(b, b) / Systems.dot(b, q);
        double[] s = {b[0] - alpha * q[0], b[1] - alpha * q[1], b[2] - alpha * q[2]};
        double[] t = Systems.times(a, s);
        double omega = Systems.dot(t, s) / Systems.dot(t, t);
        SolveResult result = new BiCgStab(dev.ritz.api.StoppingCriteria.DEFAULT.withMaxIterations(1))
                .solve(a, Preconditioner.identity(3), b);
        for (int i = 0; i < 3; i++) {
            assertThat(result.iterate()[i]).isCloseTo(alpha * b[i] + omega * s[i], within(1e-15));
        }
    }

    @Test
    void endsInNStepsOnASmallSystem() {
        CsrMatrix a = Systems.tridiagonal(8, -1.5, 4, -0.5);
        Report report = BiCgStab.solve(a, Systems.random(8, 0xb3)).report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.iterations()).isLessThanOrEqualTo(8);
    }

    @Test
    void convergesAtTheHalfStep() {
        // A = 2 I: s = 0 after the first half, and ω = 0/0 must not be formed
        SolveResult result = BiCgStab.solve(Systems.diagonal(2, 2, 2), new double[] {1, 2, 3});
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isEqualTo(1);
        assertThat(result.report().operatorApplications()).isEqualTo(1 + 2);
        assertThat(result.solution()).containsExactly(0.5, 1, 1.5);
    }

    @Test
    void omegaZeroAfterTheFirstHalfStepIsABreakdownThatKeepsTheHalfStep() {
        // r₀ = (2, 1, 0, 0) gives A r₀ = (4, 2, 2, 0), α = 1/2, s = (0, 0, −1, 0) and A s = (0, 0, 0, 1)
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{2, 0, 0, 0}, {0, 2, 0, 0}, {1, 0, 0, 1}, {0, 0, -1, 0}});
        SolveResult result = BiCgStab.solve(a, new double[] {2, 1, 0, 0});
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().detail()).startsWith("omega = 0");
        assertThat(result.report().residualNorm()).isEqualTo(1);
        assertThat(result.iterate()).containsExactly(1, 0.5, 0, 0);
        assertThat(result.report().iterations()).isEqualTo(1);
    }

    @Test
    void aSkewSymmetricOperatorBreaksDownAtOnce() {
        SolveResult result = BiCgStab.solve(
                CsrMatrix.fromDense(new double[][] {{0, 1, 0}, {-1, 0, 2}, {0, -2, 0}}), new double[] {1, 1, 1});
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().detail()).startsWith("r~'A M^-1 p = ");
        assertThat(result.iterate()).containsOnly(0);
    }

    @Test
    void rhoZeroIsABreakdown() {
        // r₁ = (I − ω A) s is orthogonal to r₀ = e₁: A e₁ = (1, 1, 0), s = −e₂, A e₂ = (0, 1, 1), ω = 1/2
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0, 1}, {1, 1, 0}, {0, 1, 1}});
        SolveResult result = BiCgStab.solve(a, new double[] {1, 0, 0});
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().detail()).startsWith("rho = ");
        assertThat(result.report().residualNorm()).isCloseTo(Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void blamesThePartThatWroteANaN() {
        CsrMatrix a = Systems.diagonal(2, 3, 4);
        double[] b = {1, 1, 1};
        SolveResult result = new BiCgStab().solve(a, Systems.diagonalPreconditioner(Kind.FIXED, 1, Double.NaN, 1), b);
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.report().part()).isEqualTo(Part.PRECONDITIONER);
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = Systems.convectionDiffusion(10, 0.4);
        double[] d = new double[100];
        java.util.Arrays.fill(d, 3);
        Report report = new BiCgStab()
                .solve(a, Systems.diagonalPreconditioner(Kind.FIXED, d), Systems.random(100, 0xb4))
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.preconditionerApplications()).isBetween(2 * report.iterations() - 1, 2 * report.iterations());
        assertThat(report.operatorApplications()).isEqualTo(report.preconditionerApplications() + 2);
        assertThat(report.history()).hasSize(report.iterations() + 1);
        assertThat(new BiCgStab().newWorkspace(100).bytes()).isEqualTo(8 * 800L);
    }
}
