package dev.ritz.preconditioners.subspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Dense;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.ReferenceCg;
import dev.ritz.preconditioners.Ssor;
import dev.ritz.preconditioners.domain.Direct;
import dev.ritz.preconditioners.domain.Schwarz;
import dev.ritz.preconditioners.ordering.Partition;
import dev.ritz.preconditioners.polynomial.AdaptiveKrylov;
import dev.ritz.preconditioners.polynomial.Neumann;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.LinearSystem;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TwoLevelTest extends PreconditionerContract {
    private static final List<TwoLevel.Form> FORMS = List.of(TwoLevel.Form.values());

    @Override
    protected PreconditionerFactory factory() {
        return new TwoLevel();
    }

    @Nested
    class Additive extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new TwoLevel(TwoLevel.Form.ADDITIVE, CoarseSpace.piecewiseConstant(3), new Ic0());
        }
    }

    @Nested
    class CoarseFirst extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new TwoLevel(TwoLevel.Form.A_DEF1, CoarseSpace.piecewiseConstant(3), new Ilu0());
        }
    }

    @Nested
    class CoarseLast extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new TwoLevel(TwoLevel.Form.A_DEF2, CoarseSpace.piecewiseConstant(3), new Ilu0());
        }
    }

    @Nested
    class BeforeAndAfter extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new TwoLevel(TwoLevel.Form.SCS, CoarseSpace.piecewiseConstant(3), new Ssor());
        }
    }

    /** Waves: full vectors for any size. */
    @Nested
    class FullVectors extends PreconditionerContract {
        @Override
        protected PreconditionerFactory factory() {
            return new PreconditionerFactory() {
                @Override
                public Preconditioner build(CsrMatrix a) {
                    return waves(a).build(a);
                }

                @Override
                public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
                    return waves(a).rebuild(old, a);
                }

                @Override
                public String name() {
                    return "waves";
                }
            };
        }

        private static TwoLevel waves(CsrMatrix a) {
            double[][] v = new double[Math.min(3, a.rows())][a.rows()];
            for (int j = 0; j < v.length; j++) {
                for (int i = 0; i < a.rows(); i++) {
                    v[j][i] = Math.cos(0.3 * i * j + 0.1);
                }
            }
            return new TwoLevel().withSpace(CoarseSpace.of(v));
        }
    }

    private static double[][] random(int rows, int cols, long seed) {
        Random random = new Random(seed);
        double[][] r = new double[rows][cols];
        for (double[] row : r) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        return r;
    }

    private static CsrMatrix spd(int n, long seed) {
        double[][] g = random(n, n, seed);
        double[][] a = times(g, transpose(g));
        for (int i = 0; i < n; i++) {
            a[i][i] += 1;
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i];
            }
        }
        return CsrMatrix.fromDense(a);
    }

    private static double[][] times(double[][] x, double[][] y) {
        double[][] z = new double[x.length][y[0].length];
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < y.length; k++) {
                for (int j = 0; j < y[0].length; j++) {
                    z[i][j] += x[i][k] * y[k][j];
                }
            }
        }
        return z;
    }

    private static double[][] transpose(double[][] x) {
        double[][] y = new double[x[0].length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[0].length; j++) {
                y[j][i] = x[i][j];
            }
        }
        return y;
    }

    private static double[][] plus(double[][] x, double s, double[][] y) {
        double[][] z = new double[x.length][x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                z[i][j] = x[i][j] + s * y[i][j];
            }
        }
        return z;
    }

    /** The formulas of the forms, with Pᵀ read as I − QA. */
    private static double[][] reference(TwoLevel.Form form, double[][] a, double[][] q, double[][] s) {
        double[][] one = CsrMatrix.identity(a.length).toDense();
        double[][] p = plus(one, -1, times(a, q));
        double[][] pt = plus(one, -1, times(q, a));
        return switch (form) {
            case ADDITIVE -> plus(s, 1, q);
            case BNN -> plus(times(pt, times(s, p)), 1, q);
            case A_DEF1 -> plus(times(s, p), 1, q);
            case A_DEF2 -> plus(times(pt, s), 1, q);
            case SCS -> {
                double[][] left = plus(one, -1, times(s, a)); // I − M⁻¹A = (I − SA)(I − QA)(I − SA)
                double[][] error = times(left, times(pt, left));
                yield times(plus(one, -1, error), Dense.inverse(a));
            }
        };
    }

    private static double[][] coarse(double[][] v, double[][] e) {
        return times(v, times(Dense.inverse(e), transpose(v)));
    }

    private static void assertClose(double[][] actual, double[][] expected, double tolerance, String what) {
        double size = Arrays.stream(expected)
                .flatMapToDouble(Arrays::stream)
                .map(Math::abs)
                .max()
                .orElse(0);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).as("%s, row %d", what, i).containsExactly(expected[i], within(tolerance * size));
        }
    }

    @Test
    void everyFormIsItsFormula() {
        CsrMatrix general = CsrMatrix.fromDense(plus(spd(14, 3).toDense(), 1, random(14, 14, 4)));
        for (CsrMatrix a : new CsrMatrix[] {spd(14, 1), general}) {
            double[][] v = random(14, 4, 2);
            double[][] e = times(transpose(v), times(a.toDense(), v));
            double[][] s = Dense.of(new Jacobi().build(a));
            double[][] wrong = plus(e, 0.1, random(4, 4, 8));
            CoarseSpace space = CoarseSpace.of(transpose(v));
            CoarseSpace sparse = m -> CsrMatrix.fromDense(v); // the same by way of sparse products
            for (TwoLevel.Form form : FORMS) {
                double[][] expected = reference(form, a.toDense(), coarse(v, e), s);
                TwoLevel full = new TwoLevel(form, space, new Jacobi());
                assertClose(Dense.of(full.build(a)), expected, 1e-11, form + ", full");
                assertClose(Dense.of(full.withSpace(sparse).build(a)), expected, 1e-11, form + ", sparse");
                assertClose(Dense.of(full.build(a, e)), expected, 1e-11, form + ", E given");
                double[][] off = reference(form, a.toDense(), coarse(v, wrong), s);
                assertClose(Dense.of(full.build(a, wrong)), off, 1e-10, form + ", E inexact");
            }
        }
    }

    @Test
    void theGuessIsTheCoarseSolution() {
        CsrMatrix a = spd(14, 1);
        double[][] v = random(14, 4, 2);
        double[] b = random(1, 14, 5)[0];
        double[] x = new double[14];
        Arrays.fill(x, Double.NaN);
        double[] columns = new double[56];
        for (int k = 0; k < 56; k++) {
            columns[k] = v[k % 14][k / 14];
        }
        new TwoLevel().withSpace(CoarseSpace.of(14, columns)).build(a).guess(b, x);
        double[][] q = coarse(v, times(transpose(v), times(a.toDense(), v)));
        double[] expected = transpose(times(q, transpose(new double[][] {b})))[0];
        assertThat(x).containsExactly(expected, within(1e-12));
        double[] r = new double[14];
        a.residual(b, x, r);
        for (double[] column : transpose(v)) {
            assertThat(ThermalBlockBasis.dot(column, r)).as("Vᵀ(b − Ax)").isCloseTo(0, within(1e-11));
        }
    }

    /** Eigenvalues of M⁻¹A, ascending by their real part; NaN for one that is not real. */
    private static double[] spectrum(Preconditioner m, CsrMatrix a) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(a.rows(), false, false);
        assertThat(eigen.decompose(new DMatrixRMaj(times(Dense.of(m), a.toDense()))))
                .isTrue();
        double[] values = new double[a.rows()];
        for (int i = 0; i < values.length; i++) {
            boolean real = Math.abs(eigen.getEigenvalue(i).getImaginary()) < 1e-6;
            values[i] = real ? eigen.getEigenvalue(i).getReal() : Double.NaN;
        }
        Arrays.sort(values);
        return values;
    }

    private static double asymmetry(Preconditioner m) {
        double[][] d = Dense.of(m);
        return CsrMatrix.fromDense(d).asymmetry();
    }

    @Test
    void threeFormsAreSymmetricAndPositiveAndTheDeflatedOnesShareASpectrum() {
        CsrMatrix a = spd(14, 6);
        TwoLevel base =
                new TwoLevel().withSpace(CoarseSpace.of(random(4, 14, 7))).withInner(new Ssor());
        for (TwoLevel.Form form : List.of(TwoLevel.Form.ADDITIVE, TwoLevel.Form.BNN, TwoLevel.Form.SCS)) {
            Preconditioner m = base.withForm(form).build(a);
            assertThat(m.kind()).as(form.name()).isEqualTo(Preconditioner.Kind.SPD);
            assertThat(asymmetry(m)).as(form.name()).isLessThan(1e-13);
            assertThat(spectrum(m, a)[0]).as(form.name()).isPositive();
        }
        double[] expected = spectrum(base.build(a), a);
        for (TwoLevel.Form form : List.of(TwoLevel.Form.A_DEF1, TwoLevel.Form.A_DEF2)) {
            Preconditioner m = base.withForm(form).build(a);
            assertThat(m.kind()).as(form.name()).isEqualTo(Preconditioner.Kind.FIXED);
            assertThat(asymmetry(m)).as(form.name()).isGreaterThan(1e-3);
            assertThat(spectrum(m, a)).as(form.name()).containsExactly(expected, within(1e-6));
        }
    }

    @Test
    void balancingStandsACoarseMatrixWrongByATenth() {
        CsrMatrix a = spd(14, 6);
        double[][] v = random(14, 4, 7);
        double[][] e = times(transpose(v), times(a.toDense(), v));
        double[] smallest = {Double.MAX_VALUE};
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(4, false, true);
        eigen.decompose(new DMatrixRMaj(e));
        for (int i = 0; i < 4; i++) {
            smallest[0] = Math.min(smallest[0], eigen.getEigenvalue(i).getReal());
        }
        double[][] g = random(4, 4, 9);
        double norm = Math.sqrt(
                Arrays.stream(g).flatMapToDouble(Arrays::stream).map(t -> t * t).sum());
        double[][] off = plus(e, 0.05 * smallest[0] / norm, plus(g, 1, transpose(g))); // at most 10 % of the smallest
        TwoLevel base = new TwoLevel().withSpace(CoarseSpace.of(transpose(v)));
        for (TwoLevel.Form form : List.of(TwoLevel.Form.ADDITIVE, TwoLevel.Form.BNN)) {
            Preconditioner m = base.withForm(form).build(a, off);
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
            assertThat(asymmetry(m)).isLessThan(1e-13);
            assertThat(spectrum(m, a)[0]).isPositive();
        }
        double[][] skew = plus(off, 0.1, g);
        assertThat(base.build(a, skew).kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    /** S-C-S promises definiteness only where it can: with S = ω I on diag(1 … 4), up to ω = 2 / 4.4. */
    @Test
    void beforeAndAfterIsSymmetricPositiveOnlyWhereTheSmootherConverges() {
        CsrMatrix a = CsrMatrix.identity(40)
                .withValues(new Random(5).doubles(40, 1, 4).toArray());
        a = a.plus(1, 3, CsrMatrix.identity(40)); // 4 … 7
        TwoLevel scs = new TwoLevel(TwoLevel.Form.SCS, CoarseSpace.piecewiseConstant(4), new Identity());
        CsrMatrix large = a;
        CsrMatrix small = a.plus(0.2, 0, a);
        assertThat(scs.build(large).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(spectrum(scs.build(large), large)[0])
                .as("not definite indeed")
                .isNegative();
        assertThat(scs.build(small).kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(spectrum(scs.build(small), small)[0]).isPositive();
        assertThat(scs.build(small).note()).contains("largest eigenvalue");
    }

    @Test
    void kindsFollowTheSmoother() {
        CsrMatrix a = Poisson.poisson2d(8).a();
        assertThat(new TwoLevel().withInner(new Ilu0()).build(a).kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(new TwoLevel()
                        .withInner(new AdaptiveKrylov(2, new Jacobi()))
                        .build(a)
                        .kind())
                .isEqualTo(Preconditioner.Kind.VARIABLE);
        CsrMatrix general =
                Gallery.problem("convection-diffusion2d").generate(8, 1).a();
        assertThat(new TwoLevel().build(general).kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void dropsDependentVectorsAndSaysSo() {
        CsrMatrix a = Poisson.poisson2d(6).a();
        double[][] v = random(3, 36, 11);
        double[][] more = {v[0], v[1], v[2], new double[36], new double[36]};
        for (int i = 0; i < 36; i++) {
            more[3][i] = v[0][i] - 2 * v[2][i];
        }
        Preconditioner m = new TwoLevel().withSpace(CoarseSpace.of(more)).build(a);
        assertThat(m.note()).isEqualTo("2 of 5 coarse vectors depend on others and were dropped");
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        double[][] expected =
                Dense.of(new TwoLevel().withSpace(CoarseSpace.of(v)).build(a));
        assertClose(Dense.of(m), expected, 1e-9, "without the dependent ones");

        // constants are what this matrix annihilates
        Preconditioner semidefinite = new TwoLevel()
                .withSpace(CoarseSpace.piecewiseConstant(1))
                .build(Poisson.neumann2d(6).a());
        assertThat(semidefinite.note()).startsWith("1 of 1 coarse vectors");
    }

    @Test
    void aSingularCoarseMatrixThatIsNotSymmetricIsRefused() {
        CsrMatrix skew = CsrMatrix.fromDense(new double[][] {{1, 5, 0}, {-5, 1, 0}, {0, 0, 1}});
        double[][] v = {{1, 0, 0}, {2, 0, 0}};
        assertThatThrownBy(() -> new TwoLevel().withSpace(CoarseSpace.of(v)).build(skew))
                .isInstanceOfSatisfying(BuildException.class, e -> {
                    assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
                    assertThat(e.getMessage()).contains("2 vectors").contains("independent");
                });
        CsrMatrix indefinite = CsrMatrix.identity(3).withValues(new double[] {1, -1, 2});
        double[][] both = {{1, 0, 0}, {0, 1, 0}};
        TwoLevelPreconditioner m = new TwoLevel()
                .withSpace(CoarseSpace.of(both))
                .withInner(new Identity())
                .build(indefinite);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    @Test
    void reportsACoarseMatrixThatOverflows() {
        CsrMatrix a = CsrMatrix.identity(4).withValues(new double[] {1e300, 1, 1, 1});
        double[][] v = {{1e200, 1, 1, 1}};
        assertThatThrownBy(() -> new TwoLevel().withSpace(CoarseSpace.of(v)).build(a))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE));
    }

    /** Iterations grow with the number of subdomains, less with a coarse space; 64 rows a part. */
    @Test
    void aCoarseSpaceMakesSchwarzScale() {
        int[] oneLevel = new int[3];
        int[] twoLevels = new int[3];
        for (int k = 0; k < 3; k++) {
            int parts = 16 << 2 * k;
            LinearSystem s = Poisson.poisson2d(32 << k);
            Schwarz schwarz = new Schwarz(Partition.into(parts), 1, Schwarz.Variant.ADDITIVE, new Direct());
            TwoLevel both = new TwoLevel()
                    .withSpace(CoarseSpace.piecewiseConstant(parts))
                    .withInner(schwarz);
            oneLevel[k] = ReferenceCg.iterations(s, schwarz.build(s.a()));
            twoLevels[k] = ReferenceCg.iterations(s, both.build(s.a()));
        }
        String counts = Arrays.toString(oneLevel) + " and " + Arrays.toString(twoLevels);
        assertThat(oneLevel[2]).as(counts).isGreaterThan(3 * oneLevel[0]);
        assertThat(twoLevels[2]).as(counts).isLessThan(oneLevel[2] / 2).isLessThan(5 * twoLevels[0] / 2);
    }

    @Test
    void rebuildByAFactoryWithOtherOptionsIsABuild() {
        CsrMatrix a = Poisson.poisson2d(20).a();
        TwoLevel ten = new TwoLevel().withSpace(CoarseSpace.piecewiseConstant(10));
        TwoLevel seven = new TwoLevel().withSpace(CoarseSpace.piecewiseConstant(7));
        assertThat(seven.rebuild(ten.build(a), a).note())
                .isEqualTo(seven.build(a).note());
    }

    @Test
    void productsInsideAreCounted() {
        CsrMatrix a = Poisson.poisson2d(20).a();
        for (TwoLevel.Form form : TwoLevel.Form.values()) {
            TwoLevel factory = new TwoLevel().withForm(form).withInner(new Neumann());
            Preconditioner m = factory.build(a);
            long before = m.products();
            m.apply(a.diagonal(), new double[400]);
            int smoothings = form == TwoLevel.Form.SCS ? 2 : 1;
            int own = form == TwoLevel.Form.SCS ? 1 : 0; // the others have A V
            assertThat(m.products() - before)
                    .as("%s", form)
                    .isEqualTo((long) smoothings * new Neumann().degree() + own);
        }
    }

    @Test
    void countsItsBytes() {
        CsrMatrix a = Poisson.poisson2d(10).a();
        double[][] v = random(3, 100, 12);
        double[][] e = random(3, 3, 13);
        TwoLevel f = new TwoLevel().withSpace(CoarseSpace.of(v));
        long s = new Jacobi().build(a).bytes();
        long small = 8 * 9 + 20 * 3 + 16 * 3;
        assertThat(f.build(a).bytes()).isEqualTo(8 * (300 + 300 + 200) + small + s);
        assertThat(f.build(a, e).bytes()).isEqualTo(8 * (300 + 100 + 200) + small + s);
        assertThat(f.name()).isEqualTo("TwoLevel(bnn, Jacobi)");
        assertThat(f.build(a).note()).isEqualTo("3 coarse vectors");
    }

    @Test
    void refusesOtherOptions() {
        CsrMatrix a = Poisson.poisson2d(4).a();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TwoLevel()
                        .withSpace(CoarseSpace.of(random(2, 15, 1)))
                        .build(a))
                .withMessage("the coarse space has vectors of length 15, expected n = 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new TwoLevel().withSpace(m -> CsrMatrix.identity(15)).build(a))
                .withMessage("the coarse space has vectors of length 15, expected n = 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TwoLevel()
                        .withSpace(m -> CsrMatrix.identity(16)
                                .withValues(new double[] {Double.NaN, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}))
                        .build(a))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoarseSpace.of(new double[2], new double[3]))
                .withMessage("vector 1 has length 3, expected 2 like vector 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoarseSpace.of(new double[] {1, Double.NaN}))
                .withMessage("entry 1 of vector 0 is NaN, expected a finite number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoarseSpace.of(3, new double[7]))
                .withMessage("columns has length 7, expected a multiple of n = 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CoarseSpace.of(0, new double[7]))
                .withMessage("n = 0, expected at least 1");
        TwoLevel two = new TwoLevel().withSpace(CoarseSpace.piecewiseConstant(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.build(a, new double[3][3]))
                .withMessage("coarse has 3 rows, expected 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.build(a, new double[2][1]))
                .withMessage("row 0 of coarse has length 1, expected 2");
        assertThatThrownBy(
                        () -> two.withSpace(CoarseSpace.piecewiseConstant(5000)).build(CsrMatrix.identity(5000)))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE));
        assertThatThrownBy(() -> two.withForm(null)).hasMessage("form");
        assertThatThrownBy(() -> two.withSpace(null)).hasMessage("space");
        assertThatThrownBy(() -> two.withInner(null)).hasMessage("inner");
    }
}
