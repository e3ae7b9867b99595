package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GmresTest {

    private static CsrMatrix cyclicShift(int n) {
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add((i + 1) % n, 1).endRow();
        }
        return rows.build();
    }

    @Test
    void cyclicShiftStallsForAllButTheLastStep() {
        int n = 12;
        double[] b = new double[n];
        b[0] = 1;
        SolveResult full = new Gmres(StoppingCriteria.DEFAULT, n).solve(cyclicShift(n), Preconditioner.identity(n), b);
        assertThat(full.converged()).isTrue();
        assertThat(full.report().iterations()).isEqualTo(n);
        double[] history = full.report().history();
        for (int k = 0; k < n; k++) {
            assertThat(history[k]).isEqualTo(1);
        }
        SolveResult restarted =
                new Gmres(StoppingCriteria.DEFAULT, n - 1).solve(cyclicShift(n), Preconditioner.identity(n), b);
        assertThat(restarted.cause()).isEqualTo(Cause.STAGNATION);
        assertThat(restarted.report().relativeResidual()).isEqualTo(1);
    }

    @Test
    void solvesATridiagonalSystemAlsoFromAGuess() {
        int n = 300;
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, -1.5);
            }
            rows.add(i, 4);
            if (i < n - 1) {
                rows.add(i + 1, -0.5);
            }
            rows.endRow();
        }
        CsrMatrix a = rows.build();
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        double[] b = new double[n];
        a.apply(ones, b);
        assertThat(Gmres.solve(a, b).solution())
                .usingComparatorWithPrecision(1e-7)
                .containsExactly(ones);
        assertThat(new Gmres()
                        .solveFrom(a, Preconditioner.identity(n), b, ones)
                        .report()
                        .iterations())
                .isZero();
    }
}
