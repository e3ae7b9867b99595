package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.SolveResult;
import org.junit.jupiter.api.Test;

class CgTest {

    private static CsrMatrix laplacian(int n) {
        var rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                rows.add(i - 1, -1);
            }
            rows.add(i, 2);
            if (i < n - 1) {
                rows.add(i + 1, -1);
            }
            rows.endRow();
        }
        return rows.build();
    }

    @Test
    void endsAfterNStepsOnTheOneDimensionalLaplacian() {
        int n = 50;
        double[] b = new double[n];
        b[0] = 1;
        SolveResult result = Cg.solve(laplacian(n), b);
        assertThat(result.solution()[0]).isCloseTo(n / (n + 1.0), org.assertj.core.data.Offset.offset(1e-8));
        assertThat(result.report().iterations()).isEqualTo(n);
        assertThat(result.report().verified()).isTrue();
    }

    @Test
    void namesAnIndefiniteOperator() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0}, {0, -1}});
        SolveResult result = Cg.solve(a, new double[] {1, 2});
        assertThat(result.cause()).isEqualTo(Cause.INDEFINITE_OPERATOR);
        assertThat(result.report().detail()).startsWith("p'Ap = ");
    }

    @Test
    void solvesATinyRightHandSide() {
        double[] b = new double[40];
        b[3] = 1e-300;
        SolveResult result = Cg.solve(laplacian(40), b);
        assertThat(result.converged()).isTrue();
        assertThat(result.solution()[3]).isBetween(3e-300, 4e-300);
    }
}
