package dev.ritz.preconditioners.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class AdditiveTest extends PreconditionerContract {
    private static final CsrMatrix GRID =
            Gallery.problem("poisson2d").generate(7, 1).a();

    @Override
    protected PreconditionerFactory factory() {
        return new Additive();
    }

    @Test
    void isTheWeightedSumOfThePartsInverses() {
        Additive three = new Additive(List.of(new Jacobi(), new Ic0(), new Ssor(1.3)), List.of(0.5, 2.0, 1.0));
        DMatrixRMaj expected = Exact.inverse(new Jacobi().build(GRID));
        CommonOps_DDRM.scale(0.5, expected);
        CommonOps_DDRM.addEquals(expected, 2, Exact.inverse(new Ic0().build(GRID)));
        CommonOps_DDRM.addEquals(expected, Exact.inverse(new Ssor(1.3).build(GRID)));
        Preconditioner m = three.build(GRID);
        assertThat(m.kind()).isEqualTo(Kind.SPD);
        assertThat(Exact.distance(Exact.inverse(m), expected)).isLessThan(1e-14);
        assertThat(Exact.range(Exact.inverse(m), true)[0]).isPositive();
    }

    @Test
    void onePartIsThatPart() {
        Preconditioner one = new Additive(List.of(new Ilu0())).build(GRID);
        assertThat(Exact.distance(Exact.inverse(one), Exact.inverse(new Ilu0().build(GRID))))
                .isZero();
        assertThat(one.bytes()).isEqualTo(new Ilu0().build(GRID).bytes());
    }

    @Test
    void theKindIsTheMostGeneralOfTheParts() {
        for (Kind kind : Kind.values()) {
            assertThat(new Additive(List.of(new Jacobi(), new Exact(kind)))
                            .build(GRID)
                            .kind())
                    .isEqualTo(kind);
            assertThat(new Additive(List.of(new Exact(kind), new Jacobi()))
                            .build(GRID)
                            .kind())
                    .isEqualTo(kind);
        }
        Preconditioner difference =
                new Additive(List.of(new Jacobi(), new Exact(Kind.SPD)), List.of(-1.0, 1.0)).build(GRID);
        assertThat(difference.kind()).isEqualTo(Kind.FIXED);
        double[] range = Exact.range(Exact.inverse(difference), true);
        assertThat(range[0]).as("a negative weight may lose definiteness").isNegative();
        assertThat(range[1]).isPositive();
    }

    @Test
    void aPartThatFailsIsNamedWithTheRow() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{2, 1, 0}, {1, 0, 1}, {0, 1, 2}});
        assertThatThrownBy(() -> new Additive(List.of(new Exact(Kind.FIXED), new Jacobi())).build(a))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.row()).isEqualTo(1);
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                    assertThat(e.advice()).isNotEmpty();
                    assertThat(e.getCause()).isInstanceOf(BuildException.class);
                })
                .hasMessageStartingWith("part 2, Jacobi: ");
    }

    @Test
    void rebuildFromOtherPartsIsABuild() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{4, -1}, {-1, 4}});
        Preconditioner one = new Additive(List.of(new Jacobi())).build(a);
        assertThat(new Additive().rebuild(one, a).name())
                .isEqualTo(new Additive().build(a).name());
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> new Additive(List.of())).hasMessage("parts = [], expected at least one");
        for (double bad : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Additive(List.of(new Jacobi()), List.of(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("weights = [" + bad + "]");
        }
        assertThatThrownBy(() -> new Additive(List.of(new Jacobi()), List.of(1.0, 1.0)))
                .hasMessageContaining("expected one for each of 1 parts");
        assertThatThrownBy(() -> new Additive(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void saysWhatItIsMadeOf() {
        Additive sum = new Additive(List.of(new Jacobi(), new Exact(Kind.SPD)));
        assertThat(new Additive(List.of(new Jacobi(), new Ilu0())).name()).isEqualTo("Additive(Jacobi + Ilu0)");
        Preconditioner m = sum.build(GRID);
        assertThat(m.note()).isEqualTo("exact");
        long n = GRID.rows();
        assertThat(m.bytes())
                .isEqualTo(8 * n + 8 * n * n + new Jacobi().build(GRID).bytes());
    }
}
