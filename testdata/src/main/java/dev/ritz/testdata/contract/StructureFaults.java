package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.Workspace;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Odd, singular and wrong matrices: any outcome but a false one. */
interface StructureFaults<W extends Workspace> extends SolverSubject<W> {

    @Test
    default void emptyRowGivesATypedOutcome() {
        double[][] d = model(12).toDense();
        Arrays.fill(d[5], 0);
        survives(CsrMatrix.fromDense(d), Measure.random(12, 0x570001));
    }

    @Test
    default void emptyColumnGivesATypedOutcome() {
        double[][] d = model(12).toDense();
        for (double[] row : d) {
            row[5] = 0;
        }
        survives(CsrMatrix.fromDense(d), Measure.random(12, 0x570002));
        Arrays.fill(d[5], 0);
        survives(CsrMatrix.fromDense(d), Measure.random(12, 0x570003));
    }

    @Test
    default void zeroMatrixGivesATypedOutcome() {
        CsrRowBuilder empty = CsrMatrix.rowBuilder(3);
        survives(empty.endRow().endRow().endRow().build(), new double[] {1, 2, 3});
        survives(Matrices.diagonal(0, 0, 0), new double[] {1, 2, 3});
    }

    @Test
    default void duplicateRowsGiveATypedOutcome() {
        double[][] d = model(12).toDense();
        d[7] = d[6].clone();
        survives(CsrMatrix.fromDense(d), Measure.random(12, 0x570004));
    }

    @Test
    default void missingAndZeroDiagonalGiveATypedOutcome() {
        double[][] d = model(12).toDense();
        d[5][5] = 0;
        survives(CsrMatrix.fromDense(d), Measure.random(12, 0x570005));
        CsrMatrix a = model(12);
        survives(Matrices.with(a, a.pattern().position(5, 5), 0), Measure.random(12, 0x570005));
        survives(Matrices.tridiagonal(12, 1, 0, 1), Measure.random(12, 0x570006));
    }

    @Test
    default void oneDenseRowGivesATypedOutcome() {
        double[][] d = model(40).toDense();
        for (int j = 0; j < 40; j++) {
            d[20][j] += 0.01;
        }
        survives(CsrMatrix.fromDense(d), Measure.random(40, 0x570007));
        for (int j = 0; j < 40; j++) {
            d[j][20] += 0.01;
        }
        survives(CsrMatrix.fromDense(d), Measure.random(40, 0x570007));
    }

    @Test
    default void disconnectedBlocksAreSolved() {
        double[][] d = model(30).toDense();
        d[9][10] = 0;
        d[10][9] = 0;
        d[19][20] = 0;
        d[20][19] = 0;
        assertThat(verdict(CsrMatrix.fromDense(d), Measure.random(30, 0x570008)).converged())
                .isTrue();
    }

    @Test
    default void diagonalMatrixIsSolved() {
        double[] d = new double[16];
        for (int i = 0; i < d.length; i++) {
            d[i] = 2 + i % 3;
        }
        double[] b = Measure.random(16, 0x570009);
        double[] x = verdict(Matrices.diagonal(d), b).solution();
        for (int i = 0; i < d.length; i++) {
            assertThat(x[i]).isCloseTo(b[i] / d[i], within(1e-7));
        }
    }

    @Test
    default void indefiniteMatrixIsNoFalseSuccess() {
        survives(Matrices.alternating(30), Measure.random(30, 0x57000a));
        survives(Matrices.tridiagonal(30, -1, 1.1, -1), Measure.random(30, 0x57000b));
        survives(Matrices.diagonal(1, -1), new double[] {1, 1}); // pᵀAp = 0 in the first step
        survives(Matrices.diagonal(2, -1), new double[] {1, 2}); // pᵀAp < 0 in the first step
        if (needs() == Needs.SPD) {
            for (double[] d : new double[][] {{1, -1}, {2, -1, -1}}) {
                double[] b = new double[d.length];
                Arrays.fill(b, 1);
                assertThat(verdict(Matrices.diagonal(d), b).cause()).isIn(causesOfAnIndefiniteOperator());
            }
        }
    }

    @Test
    default void negativeDefiniteMatrixIsNoFalseSuccess() {
        CsrMatrix a = Matrices.tridiagonal(30, 1, -2.5, 1);
        survives(a, Measure.random(30, 0x57000c));
        if (needs() == Needs.SPD) {
            assertThat(verdict(a, Measure.random(30, 0x57000c)).cause()).isIn(causesOfAnIndefiniteOperator());
        }
    }

    @Test
    default void skewSymmetricMatrixIsNoFalseSuccess() {
        CsrMatrix a = Matrices.tridiagonal(30, 1, 0, -1);
        double[] b = new double[30];
        b[4] = 1; // pᵀAp = 0, without rounding
        survives(a, b);
        survives(a, Measure.random(30, 0x57000d));
        if (needs() == Needs.SPD) {
            assertThat(verdict(a, b).cause()).isIn(causesOfAnIndefiniteOperator());
        }
    }

    @Test
    default void nonsymmetricMatrixIsNoFalseSuccess() {
        survives(Matrices.tridiagonal(30, -1.9, 2.2, -0.1), Measure.random(30, 0x57000e));
        survives(Matrices.tridiagonal(30, -3, 2.2, 1), Measure.random(30, 0x57000f));
    }

    @Test
    default void nearlySymmetricMatrixIsNoFalseSuccess() {
        CsrMatrix a = model(30);
        double[] values = a.values().clone();
        double[] noise = Measure.random(values.length, 0x570010);
        for (int k = 0; k < values.length; k++) {
            values[k] *= 1 + 1e-8 * noise[k];
        }
        SolveResult result = verdict(a.withValues(values), Measure.random(30, 0x570011));
        assertThat(result.report().relativeResidual()).isLessThan(1e-5);
    }

    @Test
    default void indefinitePreconditionerIsNotReadAsConvergence() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        CsrMatrix a = model(30);
        double[] b = Measure.random(30, 0x570012);
        Preconditioner m = new Scaling(30, -1, Preconditioner.Kind.SPD);
        SolveResult result = verdict(limits(), a, a, m, b, new double[30]);
        if (solver(limits()).accepts() == Preconditioner.Kind.SPD) {
            assertThat(result.cause()).isIn(causesOfAnIndefinitePreconditioner());
        }
    }

    @Test
    default void zeroPreconditionerIsNotReadAsConvergence() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        CsrMatrix a = model(30);
        Preconditioner m = new Scaling(30, 0, Preconditioner.Kind.SPD);
        SolveResult result = verdict(limits(), a, a, m, Measure.random(30, 0x570013), new double[30]);
        assertThat(result.converged()).isFalse();
    }

    @Test
    default void preconditionerOfAWeakerKindIsRefusedAtTheDoor() {
        CsrMatrix a = model(10);
        double[] x = Measure.random(10, 0x570014);
        double[] kept = x.clone();
        var solver = solver(limits());
        for (Preconditioner.Kind kind : Preconditioner.Kind.values()) {
            if (solver.accepts().admits(kind)) {
                continue;
            }
            var counted = FaultyParts.preconditioner(new Scaling(10, 1, kind), FaultyParts.none());
            var ws = solver.newWorkspace(10);
            var refusal = assertThatThrownBy(() -> solver.solve(a, counted, new double[10], x, ws, (k, norm) -> true))
                    .isInstanceOf(IllegalArgumentException.class);
            if (preconditioned()) {
                refusal.hasMessageContaining(kind.name())
                        .hasMessageContaining(kind == Preconditioner.Kind.VARIABLE ? "flexible" : "nonsymmetric");
            } else {
                refusal.hasMessageContaining("takes no preconditioner");
            }
            assertThat(counted.calls()).isZero();
            assertThat(x).containsExactly(kept);
        }
    }

    @Test
    default void changingPreconditionerIsNoFalseSuccess() {
        assumeTrue(preconditioned(), "the method takes no preconditioner");
        CsrMatrix a = model(30);
        Preconditioner liar = FaultyParts.preconditioner(
                new Scaling(30, 1, Preconditioner.Kind.SPD), FaultyParts.varies()); // not what its kind says
        verdict(limits(), a, a, liar, Measure.random(30, 0x570015), new double[30]);
    }

    @Test
    default void noUnknownsAreSolved() {
        SolveResult result = verdict(Matrices.tridiagonal(0, -1, 2, -1), new double[0]);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isZero();
    }

    @Test
    default void oneUnknownIsSolved() {
        assertThat(verdict(Matrices.diagonal(4), new double[] {2}).solution()[0])
                .isCloseTo(0.5, within(1e-8));
        survives(Matrices.diagonal(-4), new double[] {2});
        survives(Matrices.diagonal(0), new double[] {2});
    }

    @Test
    default void zeroRightHandSideGivesZeroFromAnyGuess() {
        CsrMatrix a = model(20);
        double[] x0 = Measure.random(20, 0x570016);
        SolveResult result = verdict(limits(), a, a, Preconditioner.identity(20), new double[20], x0);
        assertThat(result.solution()).containsOnly(0.0);
        assertThat(result.report().iterations()).isZero();
    }

    @Test
    default void exactGuessTakesNoIteration() {
        CsrMatrix a = model(20);
        double[] x0 = Measure.random(20, 0x570017);
        double[] b = new double[20];
        a.apply(x0, b);
        SolveResult result = verdict(limits(), a, a, Preconditioner.identity(20), b, x0);
        assertThat(result.solution()).containsExactly(x0);
        assertThat(result.report().iterations()).isZero();
    }

    @Test
    default void guessFarFromTheSolutionIsCorrected() {
        CsrMatrix a = model(50);
        double[] b = Measure.random(50, 0x570018);
        double[] x0 = Measure.random(50, 0x570019);
        double[] fromZero = verdict(a, b).solution();
        double[] x = verdict(limits(), a, a, Preconditioner.identity(50), b, x0).solution();
        for (int i = 0; i < 50; i++) {
            assertThat(x[i]).isCloseTo(fromZero[i], within(1e-6));
        }
    }

    @Test
    default void singularConsistentSystemGivesATypedOutcome() {
        CsrMatrix a = Matrices.neumann(20);
        double[] b = new double[20];
        a.apply(Measure.random(20, 0x57001a), b);
        survives(a, b);
    }

    @Test
    default void singularInconsistentSystemIsNoSuccess() {
        CsrMatrix a = Matrices.neumann(20);
        double[] b = new double[20];
        Arrays.fill(b, 1); // the null space itself: ‖b − A x‖ ≥ ‖b‖ for any x
        try {
            assertThat(verdict(a, b).converged()).isFalse();
        } catch (IllegalArgumentException e) {
            assertThat(needsEntries()).as("refused at the door: %s", e).isTrue();
        }
    }

    @Test
    default void saddlePointWithZeroBlockIsNoFalseSuccess() {
        // (0 B; Bᵀ 0) with b in the first block: rᵀAr = 0 at once
        double[][] d = new double[8][8];
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                d[i][4 + j] = 1.0 / (1 + i + j) + (i == j ? 1 : 0);
                d[4 + j][i] = d[i][4 + j];
            }
        }
        survives(CsrMatrix.fromDense(d), new double[] {1, -1, 1, 2, 0, 0, 0, 0});
    }

    @Test
    default void cyclicShiftIsNoFalseSuccess() {
        double[] b = new double[12];
        b[0] = 1;
        survives(Matrices.cyclicShift(12), b);
    }

    @Test
    default void defectiveMatrixIsNoFalseSuccess() {
        survives(Matrices.tridiagonal(12, 0, 1, 1), Measure.random(12, 0x57001b)); // one Jordan block
        survives(Matrices.tridiagonal(12, 0, 0, 1), Measure.random(12, 0x57001c)); // nilpotent
    }

    /** M⁻¹ = s I of any declared kind. */
    record Scaling(int size, double factor, Preconditioner.Kind kind) implements Preconditioner {
        @Override
        public void apply(double[] r, double[] z) {
            for (int i = 0; i < size; i++) {
                z[i] = factor * r[i];
            }
        }
    }
}
