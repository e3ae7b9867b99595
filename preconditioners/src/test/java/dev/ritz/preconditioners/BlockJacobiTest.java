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

class BlockJacobiTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new BlockJacobi();
    }

    /** Blocks of three and a last one of two; the first needs a row exchange. */
    @Test
    void invertsABlockDiagonalMatrix() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {
            {0, 2, 1, 0, 0},
            {1, 0, 3, 0, 0},
            {4, 1, 0, 0, 0},
            {0, 0, 0, 5, 1},
            {0, 0, 0, -2, 3}
        });
        Preconditioner m = new BlockJacobi(3).build(a);
        double[] x = {1, -2, 3, 5, -7};
        double[] r = new double[5];
        double[] z = new double[5];
        a.apply(x, r);
        m.apply(r, z);
        assertThat(z).containsExactly(x, within(1e-13));
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void ignoresWhatStandsOutsideTheBlocks() {
        CsrMatrix full = CsrMatrix.fromDense(new double[][] {{4, 1, 9}, {1, 3, 9}, {9, 9, 2}});
        double[][] inverse = Dense.of(new BlockJacobi(2).build(full));
        double[][] expected = {{3 / 11.0, -1 / 11.0, 0}, {-1 / 11.0, 4 / 11.0, 0}, {0, 0, 0.5}};
        for (int i = 0; i < 3; i++) {
            assertThat(inverse[i]).containsExactly(expected[i], within(1e-15));
        }
    }

    @Test
    void isSpdWhenEveryBlockIs() {
        assertThat(kind(new double[][] {{4, 1, 9}, {1, 3, 0}, {0, 0, 2}})).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(kind(new double[][] {{4, 1, 0}, {2, 3, 0}, {0, 0, 2}})).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(kind(new double[][] {{1, 2, 0}, {2, 1, 0}, {0, 0, 2}})).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(kind(new double[][] {{4, 1, 0}, {1, 3, 0}, {0, 0, -2}})).isEqualTo(Preconditioner.Kind.FIXED);
    }

    private static Preconditioner.Kind kind(double[][] dense) {
        return new BlockJacobi(2).build(CsrMatrix.fromDense(dense)).kind();
    }

    @Test
    void blocksOfOneAreJacobi() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(7, 1).a();
        double[] r = new double[a.rows()];
        for (int i = 0; i < r.length; i++) {
            r[i] = Math.sin(i + 1);
        }
        double[] expected = new double[r.length];
        double[] z = new double[r.length];
        new Jacobi().build(a).apply(r, expected);
        new BlockJacobi(1).build(a).apply(r, z);
        assertThat(z).containsExactly(expected);
    }

    @Test
    void namesTheFirstRowOfASingularBlock() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0, 0, 0}, {0, 1, 5, 0}, {0, 5, 1, 2}, {0, 0, 2, 4}});
        assertThatThrownBy(() -> new BlockJacobi(2).build(a))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                    assertThat(e.row()).isEqualTo(2);
                })
                .hasMessageContaining("rows 2 to 3");
    }

    @Test
    void reportsAnInverseThatOverflows() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1e-310}});
        assertThatThrownBy(() -> new BlockJacobi(2).build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE);
            assertThat(e.row()).isEqualTo(2);
        });
    }

    @Test
    void refusesOtherBlockSizes() {
        for (int size : new int[] {-1, 0, 65}) {
            assertThatThrownBy(() -> new BlockJacobi(size))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("blockSize = " + size + ", expected 1 to 64");
        }
        assertThat(new BlockJacobi(64).blockSize()).isEqualTo(64);
    }
}
