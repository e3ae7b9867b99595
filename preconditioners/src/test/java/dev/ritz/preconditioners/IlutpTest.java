package dev.ritz.preconditioners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import org.junit.jupiter.api.Test;

class IlutpTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Ilutp(1e-2, 3);
    }

    @Test
    void isIlutToTheLastBitWhereNoColumnMoves() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(20, 1).a();
        double[] r = SampleMatrices.wave(a.rows());
        Preconditioner m = new Ilutp(1e-2, 3).build(a);
        assertThat(m.note()).isEmpty();
        assertThat(SampleMatrices.applied(m, r)).containsExactly(SampleMatrices.applied(new Ilut(1e-2, 3).build(a), r));
    }

    @Test
    void solvesWhatHasZerosOnTheDiagonal() {
        for (long seed = 1; seed < 30; seed++) {
            CsrMatrix a = SampleMatrices.shuffledColumns(SampleMatrices.random(70, 3, seed), seed + 0x9000);
            assertThatThrownBy(() -> new Ilut(0, 70).build(a)).isInstanceOf(BuildException.class);
            for (double tolerance : new double[] {0.1, 1}) {
                Preconditioner m = new Ilutp(0, 70, tolerance, Precision.DOUBLE).build(a);
                assertThat(SampleMatrices.error(a, m)).as("seed %d", seed).isLessThan(1e-10);
                assertThat(m.note()).matches("moved \\d+ of 70 columns");
                assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
                assertThat(m.name()).isEqualTo("Ilutp");
                assertThat(m.bytes()).isPositive();
            }
            Preconditioner rough = new Ilutp(1e-2, 10).build(a);
            assertThat(SampleMatrices.error(a, rough)).as("seed %d", seed).isLessThan(0.5);
        }
    }

    /** A cyclic shift: the only entry of each row is off the diagonal. */
    @Test
    void solvesAPermutation() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0, 2, 0}, {0, 0, 4}, {8, 0, 0}});
        Preconditioner m = new Ilutp().build(a);
        assertThat(SampleMatrices.applied(m, new double[] {2, 4, 8})).containsExactly(1, 1, 1);
        assertThat(m.note()).isEqualTo("moved 3 of 3 columns");
    }

    /** The larger the tolerance, the smaller what stands beside a pivot. */
    @Test
    void exchangesWhereTheDiagonalIsSmallerThanTheToleranceAllows() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 5}, {1, 1}});
        assertThat(new Ilutp(0, 2, 0.19, Precision.DOUBLE).build(a).note()).isEmpty();
        assertThat(new Ilutp(0, 2, 0.21, Precision.DOUBLE).build(a).note()).isEqualTo("moved 2 of 2 columns");
    }

    @Test
    void fillLimitsHoldWithExchanges() {
        CsrMatrix a = SampleMatrices.random(300, 3, 0x9001);
        CsrMatrix shuffled = SampleMatrices.shuffledColumns(a, 0x9002);
        long few = new Ilutp(0, 1).build(shuffled).bytes();
        long many = new Ilutp(0, 300).build(shuffled).bytes();
        assertThat(few).isLessThan(26L * (a.nnz() + 2 * 300) + 80L * 300);
        assertThat(many).isGreaterThan(2 * few);
    }

    /** The second row is twice the first; what stands in for its pivot is 1.1e-3 of its norm. */
    @Test
    void replacesAPivotWhereNothingIsLeft() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{4, 2, 0}, {8, 4, 0}, {0, 0, 1}});
        Preconditioner m = new Ilutp().build(a);
        assertThat(m.note()).isEqualTo("zero pivots replaced: 1");
        double[] z = SampleMatrices.applied(m, new double[] {0, 1, 0});
        assertThat(z[1]).isEqualTo(1 / (1.1e-3 * Math.sqrt(80)), within(1e-9));
        CsrMatrix moved = CsrMatrix.fromDense(new double[][] {{0, 2, 0}, {0, 4, 0}, {0, 0, 1}});
        assertThat(new Ilutp().build(moved).note()).isEqualTo("moved 2 of 3 columns, zero pivots replaced: 1");
        assertThatThrownBy(() -> new Ilut().build(a)).hasMessageContaining("the pivot of row 1 is zero");
    }

    /** The 0.001 that is dropped from row 0 is all that row 1 would have had in column 1. */
    @Test
    void replacesAPivotOnlyWhereDroppingTookIt() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0.001}, {1, 0}});
        assertThat(new Ilutp(0.01, 2).build(a).note()).isEqualTo("zero pivots replaced: 1");
        assertThat(new Ilutp(0, 2).build(a).note()).isEmpty();
        for (long seed = 1; seed < 40; seed++) {
            CsrMatrix random = SampleMatrices.shuffledColumns(SampleMatrices.random(70, 3, seed), seed + 0x9000);
            assertThat(new Ilutp(0, 70).build(random).note()).doesNotContain("replaced");
        }
    }

    @Test
    void namesTheRowOfZeros() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2, 0}, {0, 0, 0}, {0, 0, 1}});
        assertThatThrownBy(() -> new Ilutp().build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.advice()).contains("singular");
        });
    }

    @Test
    void refusesOtherOptions() {
        for (double tolerance : new double[] {-1e-3, 1, Double.NaN}) {
            assertThatThrownBy(() -> new Ilutp(tolerance, 1))
                    .hasMessage("dropTolerance = " + tolerance + ", expected a number in [0, 1)");
        }
        for (double tolerance : new double[] {0, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new Ilutp(0, 1, tolerance, Precision.DOUBLE))
                    .hasMessage("pivotTolerance = " + tolerance + ", expected a number in (0, 1]");
        }
        assertThatThrownBy(() -> new Ilutp(0, -1)).hasMessage("fill = -1, expected at least 0");
        assertThatThrownBy(() -> new Ilutp(0, 1, 1, null)).hasMessage("precision");
        assertThat(new Ilutp()).isEqualTo(new Ilutp(1e-3, 10, 0.1, Precision.DOUBLE));
    }
}
