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
import dev.ritz.api.StoppingCriteria;
import org.junit.jupiter.api.Test;

class MinresTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT;

    /** Symmetric indefinite with 40 eigenvalues on both sides of zero. */
    private static CsrMatrix indefinite() {
        double[] d = new double[40];
        for (int i = 0; i < d.length; i++) {
            d[i] = (i % 3 == 0 ? -1 : 1) * (1 + 0.25 * i);
        }
        return Systems.symmetric(0xface, d);
    }

    @Test
    void residualFallsAndEqualsThatOfGmres() {
        CsrMatrix a = indefinite();
        double[] b = Systems.random(40, 0xbeef1);
        double[] x0 = Systems.random(40, 0xbeef2);
        Preconditioner none = Preconditioner.identity(40);
        double[] minres = new Minres().solveFrom(a, none, b, x0).report().history();
        double[] gmres =
                new Gmres(CRITERIA, 40).solveFrom(a, none, b, x0).report().history();
        for (int k = 0; k < 25; k++) {
            assertThat(minres[k]).isCloseTo(gmres[k], within(1e-9 * gmres[0]));
            assertThat(minres[k + 1]).isLessThanOrEqualTo(minres[k]);
        }
        assertThat(minres.length).isBetween(25, 45);
    }

    @Test
    void theEstimateIsTheTrueNormAlsoWithAPreconditioner() {
        CsrMatrix a = indefinite();
        double[] b = Systems.random(40, 0xbeef3);
        double[] d = new double[40];
        for (int i = 0; i < d.length; i++) {
            d[i] = Math.exp(3 * Math.sin(i));
        }
        Preconditioner m = Systems.diagonalPreconditioner(Kind.SPD, d);
        double mNormBefore = Double.POSITIVE_INFINITY;
        boolean rose = false;
        double before = Double.POSITIVE_INFINITY;
        for (int k = 1; k < 30; k++) {
            SolveResult result = new Minres(CRITERIA.withMaxIterations(k).withRtol(0)).solve(a, m, b);
            double[] history = result.report().history();
            // the best iterate comes back: it is the last one only where no earlier one was better
            double best = Double.POSITIVE_INFINITY;
            for (double norm : history) {
                best = Math.min(best, norm);
            }
            assertThat(Systems.residual(a, b, result.iterate())).isCloseTo(best, within(1e-10 * history[0]));
            rose |= history[k] > before;
            before = history[k];
            if (best == history[k]) {
                double[] r = Systems.minus(b, Systems.times(a, result.iterate()));
                double[] z = new double[40];
                m.apply(r, z);
                double mNorm = Math.sqrt(Systems.dot(r, z));
                assertThat(mNorm).isLessThanOrEqualTo(mNormBefore * (1 + 1e-12));
                mNormBefore = mNorm;
            }
        }
        assertThat(rose).as("the 2-norm rises somewhere while the M-norm falls").isTrue();
    }

    @Test
    void minimisesTheNormOfThePreconditioner() {
        // M = D with D^{-1/2} A D^{-1/2}: the preconditioned method is the plain one on the scaled system
        CsrMatrix a = indefinite();
        double[] d = new double[40];
        double[] root = new double[40];
        for (int i = 0; i < 40; i++) {
            root[i] = 1 + 0.5 * Math.cos(i);
            d[i] = root[i] * root[i];
        }
        double[] inverse = new double[40];
        for (int i = 0; i < 40; i++) {
            inverse[i] = 1 / root[i];
        }
        double[] b = Systems.random(40, 0xbeef4);
        double[] scaledB = new double[40];
        for (int i = 0; i < 40; i++) {
            scaledB[i] = b[i] / root[i];
        }
        for (int k = 1; k < 12; k++) {
            StoppingCriteria steps = CRITERIA.withMaxIterations(k);
            SolveResult scaled =
                    new Minres(steps).solve(a.scale(inverse, inverse), Preconditioner.identity(40), scaledB);
            SolveResult result = new Minres(steps).solve(a, Systems.diagonalPreconditioner(Kind.SPD, d), b);
            if (result.report().residualNorm() != result.report().history()[k]
                    && Math.abs(result.report().residualNorm() / result.report().history()[k] - 1) > 1e-9) {
                continue; // an earlier iterate was better in the 2-norm
            }
            double[] r = Systems.minus(b, Systems.times(a, result.iterate()));
            for (int i = 0; i < 40; i++) {
                r[i] /= root[i];
            }
            assertThat(Systems.norm(r)).isCloseTo(scaled.report().residualNorm(), within(1e-10));
        }
    }

    @Test
    void solvesASingularConsistentSystemAndTypesAnInconsistentOne() {
        CsrMatrix a = Systems.symmetric(0xd00d, 3, -2, 1, 5, 0, 4, -1, 2);
        double[] b = Systems.times(a, Systems.random(8, 0xbeef5));
        assertThat(Minres.solve(a, b).converged()).isTrue();
        CsrMatrix d = Systems.diagonal(3, -2, 1, 0);
        SolveResult inconsistent = Minres.solve(d, new double[] {3, -2, 1, 1});
        assertThat(inconsistent.cause()).isEqualTo(Cause.STAGNATION);
        assertThat(inconsistent.report().detail()).contains("not in the range of A");
        assertThat(inconsistent.report().residualNorm()).isCloseTo(1, within(1e-12));
        SolveResult nothing = Minres.solve(d, new double[] {0, 0, 0, 1});
        assertThat(nothing.cause()).isEqualTo(Cause.STAGNATION);
        assertThat(nothing.report().iterations()).isZero();
    }

    @Test
    void endsOnWhatItIsNotMadeFor() {
        CsrMatrix skew = Systems.tridiagonal(20, -1, 0, 1);
        SolveResult result = Minres.solve(skew, Systems.random(20, 0xbeef6));
        assertThat(result.cause().outcome()).isNotEqualTo(Cause.Outcome.CONVERGED);
        assertThat(result.report().relativeResidual()).isLessThan(1 + 1e-14);
    }

    @Test
    void namesTheFaultyPreconditioner() {
        CsrMatrix a = Systems.diagonal(1, -2, 3);
        double[] b = {1, 1, 1};
        SolveResult negative = new Minres().solve(a, Systems.diagonalPreconditioner(Kind.SPD, -1, -1, -1), b);
        assertThat(negative.cause()).isEqualTo(Cause.INDEFINITE_PRECONDITIONER);
        SolveResult mixed = new Minres().solve(a, Systems.diagonalPreconditioner(Kind.SPD, 1, 1, -1.05), b);
        assertThat(mixed.cause()).isEqualTo(Cause.INDEFINITE_PRECONDITIONER);
        SolveResult notFinite = new Minres().solve(a, Systems.diagonalPreconditioner(Kind.SPD, 1, Double.NaN, 1), b);
        assertThat(notFinite.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(notFinite.report().part()).isEqualTo(Part.PRECONDITIONER);
    }

    @Test
    void countsAsTheCardSays() {
        CsrMatrix a = indefinite();
        double[] b = Systems.random(40, 0xbeef7);
        double[] d = new double[40];
        java.util.Arrays.fill(d, 2);
        Report report = new Minres()
                .solve(a, Systems.diagonalPreconditioner(Kind.SPD, d), b)
                .report();
        assertThat(report.cause()).isEqualTo(Cause.CONVERGED);
        assertThat(report.operatorApplications()).isEqualTo(report.iterations() + 2);
        assertThat(report.preconditionerApplications()).isEqualTo(report.iterations() + 1);
        assertThat(new Minres().newWorkspace(40).bytes()).isEqualTo(9 * 320L);
    }
}
