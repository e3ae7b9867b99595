package dev.ritz.preconditioners.polynomial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.junit.jupiter.api.Test;

class GmresPolynomialTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new GmresPolynomial();
    }

    /** 25 factors, each up to 1e4 times its result. */
    @Override
    protected double tolerance() {
        return 1e-10;
    }

    private static FirstLevel level(CsrMatrix a, PreconditionerFactory inner) {
        return FirstLevel.of(inner, null, a);
    }

    /** min ‖r − A K y‖ over K = M⁻¹ span(r, A M⁻¹r, …), by Householder's QR of an orthonormalised basis. */
    private static double[] leastSquares(CsrMatrix a, Preconditioner m, double[] r, int dimensions) {
        int n = r.length;
        double[][] basis = new double[dimensions][];
        double[][] images = new double[dimensions][n];
        double[] next = r.clone();
        for (int j = 0; j < dimensions; j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < j; i++) {
                    Spectra.axpy(-Spectra.dot(basis[i], next), basis[i], next);
                }
            }
            double norm = Spectra.norm(next);
            basis[j] = Arrays.stream(next).map(v -> v / norm).toArray();
            a.apply(Spectra.apply(m, basis[j]), images[j]);
            next = images[j].clone();
        }
        DMatrixRMaj images2 = new DMatrixRMaj(images);
        DMatrixRMaj y = new DMatrixRMaj(dimensions, 1);
        CommonOps_DDRM.solve(CommonOps_DDRM.transpose(images2, null), DMatrixRMaj.wrap(n, 1, r.clone()), y);
        double[] z = new double[n];
        for (int j = 0; j < dimensions; j++) {
            Spectra.axpy(y.get(j), Spectra.apply(m, basis[j]), z);
        }
        return z;
    }

    /** With its start as right-hand side it gives what GMRES gives. */
    @Test
    void isGmresForItsStart() {
        CsrMatrix nonsymmetric =
                Gallery.problem("convection-diffusion2d").generate(7, 1).a();
        CsrMatrix spd = Gallery.problem("lognormal2d").generate(7, 1).a();
        for (CsrMatrix a : new CsrMatrix[] {nonsymmetric, spd, spd.plus(1, -3, CsrMatrix.identity(49))}) {
            double[] r = Spectra.random(49, 0x93e5);
            for (int degree : new int[] {1, 2, 5, 8, 13}) {
                double[] expected = leastSquares(a, new Identity().build(a), r, degree);
                Preconditioner m = GmresPolynomial.of(level(a, new Identity()), r.clone(), degree, false);
                assertThat(relative(Spectra.apply(m, r), expected))
                        .as("degree %d", degree)
                        .isLessThan(1e-9);
            }
        }
    }

    @Test
    void isRightPreconditionedGmresThroughAFirstLevel() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(7, 1).a();
        double[] r = Spectra.random(49, 0x93e6);
        double[] expected = leastSquares(a, new Ilu0().build(a), r, 6);
        Preconditioner m = GmresPolynomial.of(level(a, new Ilu0()), r.clone(), 6, true);
        assertThat(relative(Spectra.apply(m, r), expected)).isLessThan(1e-12);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
    }

    private static double relative(double[] z, double[] expected) {
        double[] difference = z.clone();
        Spectra.axpy(-1, expected, difference);
        return Spectra.norm(difference) / Spectra.norm(expected);
    }

    /** Roots are the eigenvalues of H + h² H⁻ᵀ e_m e_mᵀ. */
    @Test
    void rootsAreHarmonicRitzValues() {
        CsrMatrix a = Gallery.problem("convection-diffusion2d").generate(7, 1).a();
        KrylovBasis basis = KrylovBasis.of(level(a, new Identity()), Spectra.random(49, 0x93e7), 9);
        DMatrixRMaj h = CommonOps_DDRM.extract(basis.h(), 0, 9, 0, 9);
        double below = basis.h().get(9, 8);
        DMatrixRMaj e = new DMatrixRMaj(9, 1);
        e.set(8, 0, below * below);
        DMatrixRMaj f = new DMatrixRMaj(9, 1);
        CommonOps_DDRM.solve(CommonOps_DDRM.transpose(h, null), e, f);
        for (int i = 0; i < 9; i++) {
            h.add(i, 8, f.get(i));
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(9, false, false);
        eigen.decompose(h);
        Roots roots = basis.harmonicRoots(false);
        assertThat(roots.re()).hasSize(9);
        for (int i = 0; i < 9; i++) {
            Complex_F64 theta = eigen.getEigenvalue(i);
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < 9; j++) {
                nearest = Math.min(
                        nearest,
                        Math.hypot(
                                roots.re()[j] - basis.scale() * theta.getReal(),
                                roots.im()[j] - basis.scale() * theta.getImaginary()));
            }
            assertThat(nearest).isLessThan(1e-11 * basis.scale());
        }
    }

    /** Modified Leja: the largest first, each next the farthest in the product of distances, conjugates adjacent. */
    @Test
    void ordersRoots() {
        Roots roots = Roots.ordered(new double[] {1, 2, 3, 5, 5, -4}, new double[] {0, 0, 0, 1, -1, 0}, false);
        assertThat(roots.re()).containsExactly(5, 5, -4, 1, 3, 2);
        assertThat(roots.im()).containsExactly(1, -1, 0, 0, 0, 0);
    }

    @Test
    void residualPolynomialVanishesAtRealRootsAndIsOneAtZero() {
        Roots roots = Roots.ordered(new double[] {1, 4, 2, 2}, new double[] {0, 0, 3, -3}, false);
        assertThat(roots.residual(0)).isEqualTo(1);
        assertThat(roots.residual(1)).isZero();
        assertThat(roots.residual(4)).isZero();
        // (1 − t/(2+3i))(1 − t/(2−3i)) = 1 − (4t − t²)/13
        assertThat(roots.residual(3)).isCloseTo((1 - 3) * (1 - 0.75) * (1 - 3 / 13.0), within(1e-15));
    }

    /** An outlier 100 beside [0.1, 1], degree 25: useless in any order, as good as GMRES with four copies of its root. */
    @Test
    void copiesOfAnOutlierMakeItStable() {
        double[] lambda = Spectra.join(new double[] {100}, Spectra.equispaced(0.1, 1, 199));
        CsrMatrix a = Spectra.diagonal(lambda);
        double[] start = Spectra.random(200, 0x0711e5);
        FirstLevel level = level(a, new Identity());
        double gmres = residual(a, leastSquares(a, new Identity().build(a), start, 25), start);
        Preconditioner plain = GmresPolynomial.of(level, start.clone(), 25, false);
        Preconditioner repeated = GmresPolynomial.of(level, start.clone(), 25, true);
        assertThat(repeated.note()).startsWith("25 roots, 4 repeated");
        assertThat(residual(a, Spectra.apply(plain, start), start)).isGreaterThan(1e25);
        assertThat(residual(a, Spectra.apply(repeated, start), start)).isLessThan(2 * gmres);
        assertThat(gmres).isBetween(1e-8, 1e-6);
        assertThat(repeated.kind()).isEqualTo(Preconditioner.Kind.SPD);
    }

    private static double residual(CsrMatrix a, double[] z, double[] r) {
        double[] q = new double[r.length];
        a.apply(z, q);
        Spectra.axpy(-1, r, q);
        return Spectra.norm(q) / Spectra.norm(r);
    }

    @Test
    void rootsOfSymmetricMatricesAreReal() {
        CsrMatrix a = Gallery.problem("lognormal2d").generate(12, 4).a();
        for (PreconditionerFactory inner : new PreconditionerFactory[] {new Identity(), new Jacobi()}) {
            KrylovBasis basis = KrylovBasis.of(level(a, inner), Spectra.random(144, 0x93e9), 20);
            assertThat(basis.selfAdjoint()).isTrue();
            assertThat(basis.harmonicRoots(true).complex()).isFalse();
            for (int i = 0; i < 20; i++) {
                for (int j = 0; j + 2 <= i; j++) {
                    assertThat(basis.h().get(j, i)).as("H is tridiagonal").isCloseTo(0, within(1e-13));
                }
            }
        }
    }

    @Test
    void isIndefiniteOnAnIndefiniteMatrix() {
        double[] lambda = Spectra.join(Spectra.equispaced(-3, -1, 20), Spectra.equispaced(2, 7, 20));
        CsrMatrix a = Spectra.diagonal(lambda);
        Preconditioner m = new GmresPolynomial(12, 3, new Identity()).build(a);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
        assertThat(m.note()).contains("not positive at the Ritz value -");
        double[] b = Spectra.random(40, 0x93ea);
        assertThat(Spectra.richardson(a, m, b, 1e-8, 100)).isLessThan(60);
    }

    /** As many roots as distinct eigenvalues: the inverse. */
    @Test
    void endsWithAnInvariantSpace() {
        CsrMatrix a = Spectra.diagonal(1, 2, 5, 1, 2, 5, 5);
        Preconditioner m = new GmresPolynomial().build(a);
        assertThat(m.note()).isEqualTo("3 roots");
        assertThat(Spectra.values(m)).containsExactly(new double[] {1, 0.5, 0.2, 1, 0.5, 0.2, 0.2}, within(1e-12));
    }

    /** A rotation: π(t) = 1 + t² after two steps. */
    @Test
    void takesAPairOfImaginaryRoots() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0, -2}, {2, 0}});
        Preconditioner m = new GmresPolynomial().build(a);
        assertThat(Spectra.apply(m, new double[] {2, 4})).containsExactly(new double[] {2, -1}, within(1e-14));
        Preconditioner shifted =
                new GmresPolynomial(2, 5, new Jacobi()).build(CsrMatrix.fromDense(new double[][] {{1, -2}, {2, 1}}));
        assertThat(Spectra.apply(shifted, new double[] {-3, 4})).containsExactly(new double[] {1, 2}, within(1e-14));
    }

    @Test
    void refusesASingularMatrix() {
        for (CsrMatrix a : new CsrMatrix[] {Spectra.diagonal(0, 1, 2), Spectra.diagonal(0, 0)}) {
            assertThatThrownBy(() -> new GmresPolynomial().build(a))
                    .isInstanceOfSatisfying(
                            BuildException.class,
                            e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT));
        }
    }

    @Test
    void refusesOtherDegrees() {
        for (int degree : new int[] {0, 501}) {
            assertThatThrownBy(() -> new GmresPolynomial(degree, 1, new Identity()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("degree = " + degree + ", expected 1 to 500");
        }
    }
}
