package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.Report;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import org.junit.jupiter.api.Test;

class IdrTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;
    private static final long SEED = 0x1d2_5eedL;

    @Test
    void endsWithinNPlusNOverSProductsOnASmallSystem() {
        int n = 24;
        CsrMatrix a = Systems.tridiagonal(n, -1.3, 2.4, -0.7);
        for (int s : new int[] {1, 2, 3, 4, 6, 8}) {
            Report report = new Idr(CRITERIA, s, SEED)
                    .solve(a, Preconditioner.identity(n), Systems.random(n, 0x1d1))
                    .report();
            assertThat(report.cause()).as("s = %d", s).isEqualTo(Cause.CONVERGED);
            assertThat(report.iterations()).as("s = %d", s).isLessThanOrEqualTo(n + n / s + 2);
        }
    }

    @Test
    void aShadowSpaceOfEverythingEndsAfterNSteps() {
        int n = 6;
        CsrMatrix a = Systems.tridiagonal(n, -1.3, 2.4, -0.7);
        SolveResult result = new Idr(CRITERIA, 50, SEED).solve(a, Preconditioner.identity(n), Systems.random(n, 0x1d2));
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isLessThanOrEqualTo(n);
        assertThat(new Idr(CRITERIA, 50, SEED).newWorkspace(n).bytes()).isEqualTo((3 * n + 4) * 8L * n);
    }

    @Test
    void solvesConvectionDiffusionInFewerProductsForLargerS() {
        CsrMatrix a = Systems.convectionDiffusion(40, 0.9);
        int n = a.rows();
        double[] b = Systems.random(n, 0x1d3);
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            d[i] = 4 + Math.cos(i);
        }
        int full = new Gmres(CRITERIA, 200)
                .solve(a, Preconditioner.identity(n), b)
                .report()
                .iterations();
        int[] products = new int[9];
        for (int s : new int[] {1, 4, 8}) {
            SolveResult plain = new Idr(CRITERIA, s, SEED).solve(a, Preconditioner.identity(n), b);
            assertThat(plain.converged()).isTrue();
            products[s] = plain.report().iterations();
            SolveResult right = new Idr(CRITERIA, s, SEED)
                    .solveFrom(a, Systems.diagonalPreconditioner(Kind.FIXED, d), b, Systems.random(n, 0x1d4));
            assertThat(right.converged()).isTrue();
            assertThat(Systems.residual(a, b, right.solution())).isLessThanOrEqualTo(1e-8 * Systems.norm(b));
        }
        assertThat(products[4]).isLessThan(products[1]);
        assertThat(products[8]).isBetween(full, full + full / 3);
    }

    @Test
    void residualsFollowTheRecurrenceToTheEnd() {
        CsrMatrix a = Systems.convectionDiffusion(12, 0.5);
        double[] b = Systems.random(144, 0x1d5);
        for (int k = 1; k < 30; k++) {
            Report report = new Idr(CRITERIA.withMaxIterations(k), 3, SEED)
                    .solve(a, Preconditioner.identity(144), b)
                    .report();
            double best = Double.POSITIVE_INFINITY;
            for (double norm : report.history()) {
                best = Math.min(best, norm);
            }
            assertThat(report.residualNorm()).isCloseTo(best, within(1e-11 * report.rhsNorm()));
        }
    }

    @Test
    void seedsDecideTheBits() {
        CsrMatrix a = Systems.convectionDiffusion(12, 0.5);
        double[] b = Systems.random(144, 0x1d6);
        Preconditioner none = Preconditioner.identity(144);
        double[] x = new Idr(CRITERIA, 4, SEED).solve(a, none, b).solution();
        assertThat(new Idr(CRITERIA, 4, SEED).solve(a, none, b).solution()).containsExactly(x);
        assertThat(new Idr(CRITERIA, 4, SEED + 1).solve(a, none, b).solution()).isNotEqualTo(x);
    }

    @Test
    void copesWithASkewSymmetricOperatorWhereBiCgStabDoesNot() {
        CsrMatrix skew = Systems.tridiagonal(20, -1, 0, 1);
        double[] b = Systems.random(20, 0x1d7);
        assertThat(BiCgStab.solve(skew, b).cause()).isEqualTo(Cause.BREAKDOWN);
        SolveResult result = Idr.solve(skew, b);
        // ω = 0 at the first passage to the next space; the s steps before it count
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().detail()).startsWith("omega = 0");
        assertThat(result.report().iterations()).isEqualTo(4);
    }

    @Test
    void aZeroPivotIsABreakdown() {
        SolveResult result = Idr.solve(CsrMatrix.fromDense(new double[][] {{0, 1}, {0, 0}}), new double[] {1, 0});
        assertThat(result.cause()).isEqualTo(Cause.BREAKDOWN);
        assertThat(result.report().detail()).startsWith("p'A u = ");
        assertThat(result.iterate()).containsOnly(0);
    }

    @Test
    void blamesThePartThatWroteANaN() {
        SolveResult result = new Idr()
                .solve(
                        Systems.diagonal(2, 3, 4),
                        Systems.diagonalPreconditioner(Kind.FIXED, 1, Double.NaN, 1),
                        new double[] {1, 1, 1});
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.report().part()).isEqualTo(Part.PRECONDITIONER);
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = Systems.convectionDiffusion(10, 0.4);
        double[] d = new double[100];
        java.util.Arrays.fill(d, 3);
        Report report = new Idr(CRITERIA, 4, SEED)
                .solve(a, Systems.diagonalPreconditioner(Kind.FIXED, d), Systems.random(100, 0x1d8))
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.operatorApplications()).isEqualTo(report.iterations() + 2);
        assertThat(report.preconditionerApplications()).isEqualTo(report.iterations());
        assertThat(report.history()).hasSize(report.iterations() + 1);
        assertThat(new Idr(CRITERIA, 4, SEED).newWorkspace(100).bytes()).isEqualTo((3 * 4 + 4) * 800L);
    }

    @Test
    void refusesAnEmptyShadowSpace() {
        assertThatThrownBy(() -> new Idr(CRITERIA, 0, SEED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("s = 0, expected at least 1");
    }
}
