package dev.ritz.preconditioners.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.Preconditioner.Kind;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.polynomial.LargestEigenvalue;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MultiplicativeTest extends PreconditionerContract {
    private static final CsrMatrix GRID =
            Gallery.problem("poisson2d").generate(7, 1).a();
    private static final CsrMatrix WIND =
            Gallery.problem("convection-diffusion2d").generate(7, 1).a();

    @Override
    protected PreconditionerFactory factory() {
        return new Multiplicative();
    }

    /** The plain form on the same matrices. */
    @Nested
    class Forward extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new Multiplicative(List.of(new Jacobi(), new Ssor()), false);
        }
    }

    private static DMatrixRMaj error(PreconditionerFactory f, CsrMatrix a) {
        return Exact.error(Exact.inverse(f.build(a)), Exact.dense(a));
    }

    /** I − M⁻¹A is the product of the parts' errors. */
    @Test
    void errorsMultiply() {
        List<PreconditionerFactory> parts = List.of(new Ssor(1.2), new Ilu0(), new Ssor(0.7));
        DMatrixRMaj first = error(parts.get(0), WIND);
        DMatrixRMaj second = error(parts.get(1), WIND);
        DMatrixRMaj third = error(parts.get(2), WIND);
        DMatrixRMaj forward = Exact.times(third, Exact.times(second, first));
        assertThat(Exact.distance(error(new Multiplicative(parts, false), WIND), forward))
                .isLessThan(1e-13);
        DMatrixRMaj both = Exact.times(first, Exact.times(second, forward));
        assertThat(Exact.distance(error(new Multiplicative(parts, true), WIND), both))
                .isLessThan(1e-13);
    }

    @Test
    void productsAreCounted() {
        List<PreconditionerFactory> parts = List.of(new Ic0(), new Jacobi(), new Ssor());
        double[] r = new double[GRID.rows()];
        for (boolean symmetric : new boolean[] {false, true}) {
            Preconditioner m = new Multiplicative(parts, symmetric).build(GRID);
            long before = m.products();
            m.apply(r, new double[r.length]);
            assertThat(m.products() - before).isEqualTo(symmetric ? 4 : 2);
            Preconditioner nested = new Multiplicative(
                            List.of(new Multiplicative(parts, symmetric), new Additive(parts)), false)
                    .build(GRID);
            before = nested.products();
            nested.apply(r, new double[r.length]);
            assertThat(nested.products() - before).isEqualTo(symmetric ? 5 : 3);
        }
    }

    @Test
    void aBoundBelowTwoIsLeftAlone() {
        // M = A times 1 or 0.6: eigenvalues of M⁻¹A are 1 or 1/0.6
        for (double c : new double[] {1, 0.6}) {
            Preconditioner m = new Multiplicative(List.of(new Exact(Kind.SPD, c), new Jacobi())).build(GRID);
            assertThat(m.kind()).isEqualTo(Kind.SPD);
            assertThat(m.note()).doesNotContain("scaled");
            isDefinite(m);
        }
    }

    /** Without the weight a part with λ_max(M⁻¹A) > 2 makes the symmetric form indefinite; with it, it is SPD. */
    @Test
    void aPartThatDoesNotContractIsScaled() {
        PreconditionerFactory wild = new Exact(Kind.SPD, 0.3); // λ = 10/3
        Multiplicative symmetric = new Multiplicative(List.of(wild, new Jacobi()));
        Preconditioner m = symmetric.build(GRID);
        assertThat(m.kind()).isEqualTo(Kind.SPD);
        double weight = 2 / (LargestEigenvalue.SAFETY / 0.3);
        assertThat(m.note()).isEqualTo(String.format(java.util.Locale.ROOT, "part 1 scaled by %.4g; exact", weight));
        isDefinite(m);

        DMatrixRMaj e = error(wild, GRID);
        DMatrixRMaj unscaled = Exact.times(e, Exact.times(error(new Jacobi(), GRID), e));
        assertThat(Exact.range(unscaled, false)[1])
                .as("an eigenvalue of I − M⁻¹A above 1 is a negative one of M⁻¹A")
                .isGreaterThan(1);
        assertThat(Exact.range(error(symmetric, GRID), false)[1]).isLessThan(1);
    }

    /** The last part stands once in the middle, where no bound is asked of it. */
    @Test
    void theLastPartMayBeWild() {
        Preconditioner m = new Multiplicative(List.of(new Ssor(), new Exact(Kind.SPD, 0.05))).build(GRID);
        assertThat(m.kind()).isEqualTo(Kind.SPD);
        assertThat(m.note()).isEqualTo("exact");
        isDefinite(m);
    }

    private static void isDefinite(Preconditioner m) {
        DMatrixRMaj b = Exact.inverse(m);
        assertThat(Exact.asymmetry(b)).isLessThan(1e-13);
        assertThat(Exact.range(b, true)[0]).isPositive();
    }

    @Test
    void whatIsNotEstablishedIsNotClaimed() {
        List<PreconditionerFactory> parts = List.of(new Jacobi(), new Ssor());
        assertThat(new Multiplicative(parts, false).build(GRID).kind()).isEqualTo(Kind.FIXED);
        assertThat(new Multiplicative(parts).build(WIND).kind()).isEqualTo(Kind.FIXED);
        CsrMatrix indefinite = GRID.plus(1, -3, CsrMatrix.identity(GRID.rows()));
        Preconditioner m = new Multiplicative(List.of(new Jacobi(), new Jacobi())).build(indefinite);
        assertThat(m.kind()).isEqualTo(Kind.FIXED);
        assertThat(Exact.range(Exact.dense(indefinite), true)[0]).isNegative();
        assertThat(new Multiplicative(List.of(new Ilu0(), new Jacobi()))
                        .build(GRID)
                        .kind())
                .isEqualTo(Kind.FIXED);
        assertThat(new Multiplicative(List.of(new Jacobi(), new Exact(Kind.VARIABLE)))
                        .build(GRID)
                        .kind())
                .isEqualTo(Kind.VARIABLE);
        for (Kind kind : Kind.values()) { // one part is that part
            for (boolean symmetric : new boolean[] {false, true}) {
                assertThat(new Multiplicative(List.of(new Exact(kind)), symmetric)
                                .build(WIND)
                                .kind())
                        .isEqualTo(kind);
            }
        }
    }

    @Test
    void theEstimateIsABoundOrNaN() {
        for (String problem : new String[] {"poisson2d", "jump2d", "fem2d"}) {
            CsrMatrix a = Gallery.problem(problem).generate(9, 3).a();
            for (PreconditionerFactory f : List.of(new Jacobi(), new Ssor(), new Ic0())) {
                Preconditioner m = f.build(a);
                double largest = Exact.range(Exact.times(Exact.inverse(m), Exact.dense(a)), false)[1];
                assertThat(LargestEigenvalue.bound(a, m))
                        .as("%s, %s", problem, f.name())
                        .isBetween(largest, 1.11 * largest);
            }
        }
        assertThat(LargestEigenvalue.bound(WIND, new Ssor().build(WIND))).isNaN();
        assertThat(LargestEigenvalue.bound(GRID, new Ilu0().build(GRID))).isNaN();
        assertThat(LargestEigenvalue.bound(GRID.plus(-1, 0, GRID), Preconditioner.identity(GRID.rows())))
                .isNaN();
    }

    @Test
    void optionsAreCheckedAndNamesTell() {
        assertThatThrownBy(() -> new Multiplicative(List.of())).hasMessage("parts = [], expected at least one");
        List<PreconditionerFactory> parts = List.of(new Jacobi(), new Ilu0());
        assertThat(new Multiplicative(parts).name()).isEqualTo("Multiplicative(Jacobi, Ilu0)");
        assertThat(new Multiplicative(parts, false).name()).isEqualTo("Multiplicative(Jacobi, Ilu0; forward)");
        Preconditioner m = new Multiplicative(parts).build(GRID);
        assertThat(m.bytes())
                .isEqualTo(16L * GRID.rows()
                        + new Jacobi().build(GRID).bytes()
                        + new Ilu0().build(GRID).bytes());
    }
}
