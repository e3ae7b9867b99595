package dev.ritz.preconditioners.multigrid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.preconditioners.Precision;
import dev.ritz.testdata.Diffusion;
import dev.ritz.testdata.FiniteElements;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.RandomSystems;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The pieces of a set-up against their definitions. */
class HierarchyTest {

    private static StrongGraph graph(CsrMatrix a, double threshold) {
        return StrongGraph.of(a, a.pattern().diagonalPositions(), 1, Strength.SYMMETRIC, threshold);
    }

    /** Whoever has a strong neighbour is in exactly one aggregate, which is connected and has two members at least. */
    @Test
    void aggregatesAreAPartition() {
        for (CsrMatrix a : new CsrMatrix[] {
            Poisson.poisson3d(9).a(),
            FiniteElements.fem2d(25, 0.2, 7).a(),
            Diffusion.anisotropic2d(20, 1e-3).a()
        }) {
            StrongGraph g = graph(a, 0.08);
            Aggregates aggregates = Aggregates.of(g);
            int[] size = new int[aggregates.count()];
            for (int i = 0; i < a.rows(); i++) {
                boolean coupled = false;
                boolean inside = false;
                for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                    coupled |= g.strong()[k];
                    inside |= g.strong()[k]
                            && aggregates.of()[a.colIdx()[k]] == aggregates.of()[i];
                }
                assertThat(aggregates.of()[i]).isBetween(coupled ? 0 : -1, coupled ? aggregates.count() - 1 : -1);
                assertThat(inside).isEqualTo(coupled);
                if (coupled) {
                    size[aggregates.of()[i]]++;
                }
            }
            assertThat(Arrays.stream(size).min().orElse(0)).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void weakConnectionsAndIsolatedRowsStayOutside() {
        CsrMatrix a = CsrMatrix.fromDense(
                new double[][] {{1, -0.5, -0.01, 0}, {-0.5, 1, 0, 0}, {-0.01, 0, 1, 0}, {0, 0, 0, 3}});
        assertThat(Aggregates.of(graph(a, 0.08)).of()).containsExactly(0, 0, -1, -1);
        assertThat(Aggregates.of(graph(a, 0.005)).of()).containsExactly(0, 0, 0, -1);
    }

    /** P̂ B_c = B, and the columns of P̂ are orthonormal. */
    @Test
    void theTentativeProlongatorReproducesTheNearNullSpace() {
        int e = 8;
        CsrMatrix a = FiniteElements.elasticity2d(e, 0.3).a();
        double[] x = new double[e * (e + 1)];
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % e;
            y[i] = Math.floorDiv(i, e);
        }
        NearNullSpace motions = NearNullSpace.rigidMotions(x, y);
        double[] b = motions.rowMajor(a.rows());
        StrongGraph g = StrongGraph.of(a, a.pattern().diagonalPositions(), 2, Strength.SYMMETRIC, 0.08);
        Aggregates aggregates = Aggregates.of(g);
        Tentative t = Tentative.of(aggregates, b.clone(), 2, 3);
        double[][] gram = new double[3 * aggregates.count()][3];
        for (int i = 0; i < a.rows(); i++) {
            int aggregate = aggregates.of()[i / 2];
            for (int c = 0; c < 3; c++) {
                double sum = 0;
                for (int d = 0; d < 3; d++) {
                    sum += t.values()[3 * i + d] * t.coarse()[(3 * aggregate + d) * 3 + c];
                    gram[3 * aggregate + c][d] += t.values()[3 * i + c] * t.values()[3 * i + d];
                }
                assertThat(sum).isCloseTo(b[3 * i + c], within(1e-12));
            }
        }
        for (int k = 0; k < gram.length; k++) {
            for (int d = 0; d < 3; d++) {
                assertThat(gram[k][d]).isCloseTo(k % 3 == d ? 1 : 0, within(1e-13));
            }
        }
        assertThat(motions.toString()).isEqualTo("3 vectors, 2 unknowns per node");
    }

    @Test
    void aDependentVectorGetsAColumnOfZeros() {
        Tentative t = Tentative.of(new Aggregates(new int[] {0, 0}, 1), new double[] {1, 2, 1, 2}, 1, 2);
        double half = Math.sqrt(0.5);
        assertThat(t.values()).containsExactly(new double[] {half, 0, half, 0}, within(1e-15));
        assertThat(t.coarse()).containsExactly(new double[] {Math.sqrt(2), 2 * Math.sqrt(2), 0, 0}, within(1e-15));
    }

    /** Away from the boundary, where A annihilates constants, so does I − P̂ P̂ᵀ after smoothing: P B_c = 1. */
    @Test
    void theSmoothedProlongatorKeepsConstantsWhereTheMatrixDoes() {
        CsrMatrix a = Diffusion.anisotropic2d(20, 1e-2).a();
        StrongGraph g = graph(a, 0.08);
        Aggregates aggregates = Aggregates.of(g);
        Tentative t = Tentative.of(aggregates, NearNullSpace.CONSTANT.rowMajor(a.rows()), 1, 1);
        CsrMatrix p = new Prolongation(a, a.diagonal(), g, aggregates, t, 1, 2.0 / 3).matrix();
        double[] one = new double[a.rows()];
        p.apply(t.coarse(), one);
        int inner = 0;
        for (int i = 0; i < a.rows(); i++) {
            int px = i % 20;
            int py = i / 20;
            if (px > 0 && px < 19 && py > 0 && py < 19) {
                assertThat(one[i]).isCloseTo(1, within(1e-13));
                inner++;
            }
        }
        assertThat(inner).isEqualTo(18 * 18);
        assertThat(p.nnz()).as("weak neighbours are filtered").isLessThan(2 * a.rows());
    }

    @Test
    void galerkinProductsAgreeWithDenseOnes() {
        CsrMatrix a = RandomSystems.randomNonsymmetric(60, 4, 1.2, 0x51).a();
        CsrMatrix p = RandomSystems.randomNonsymmetric(60, 3, 1.1, 0x52).a().submatrix(range(60), range(17));
        CsrMatrix pt = SparseProduct.transpose(p);
        assertThat(pt.toDense()).isDeepEqualTo(p.transpose().toDense());
        CsrMatrix c = SparseProduct.galerkin(a, p, pt, null);
        double[][] expected = p.transpose().times(a).times(p).toDense();
        for (int i = 0; i < 17; i++) {
            assertThat(c.toDense()[i]).containsExactly(expected[i], within(1e-12));
        }
        CsrMatrix again = SparseProduct.galerkin(a, p, pt, c.pattern());
        assertThat(again.values()).containsExactly(c.values());
    }

    @Test
    void aTransposeInPartsIsTheTranspose() {
        CsrMatrix a = FiniteElements.fem2d(160, 0.2, 3).a();
        CsrMatrix t = SparseProduct.transpose(a);
        CsrMatrix expected = a.transpose();
        assertThat(t.pattern().sameAs(expected.pattern())).isTrue();
        assertThat(t.values()).containsExactly(Arrays.copyOf(expected.values(), t.nnz()));
    }

    private static int[] range(int n) {
        int[] r = new int[n];
        Arrays.setAll(r, i -> i);
        return r;
    }

    /** Of D⁻¹ A for Poisson's equation: 2 by Gershgorin; of its square, which has positive entries, by Ritz values. */
    @Test
    void boundsOfTheSpectrumHoldAndAreSharp() {
        CsrMatrix a = Poisson.poisson2d(20).a();
        CsrMatrix square = a.times(a);
        double[] c = new double[400];
        Arrays.fill(c, 0.25);
        assertThat(Spectrum.bound(a, BlockRows.of(a, Precision.DOUBLE), c, true))
                .isEqualTo(2);
        double largest = 8 * Math.pow(Math.cos(Math.PI / 42), 2);
        Arrays.fill(c, 1.0 / 16);
        assertThat(Spectrum.bound(square, BlockRows.of(square, Precision.DOUBLE), c, true))
                .isBetween(largest * largest / 16, 1.1 * largest * largest / 16);
        assertThat(Spectrum.gershgorin(square, c)).isEqualTo(4);
    }

    @Test
    void theLargestEigenvalueOfATridiagonalMatrix() {
        double[] alpha = {2, 2, 2, 2, 2};
        double[] beta = {-1, -1, -1, -1, 0};
        assertThat(Spectrum.largest(alpha, new double[] {1, 1, 1, 1, 0}, 5))
                .isCloseTo(2 + 2 * Math.cos(Math.PI / 6), within(1e-5));
        assertThat(beta).hasSize(5);
        assertThat(Spectrum.largest(new double[] {-3}, new double[] {0}, 1)).isEqualTo(-3);
    }

    @Test
    void aSingularMatrixGetsAPseudoInverse() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, -1, 0}, {-1, 2, -1}, {0, -1, 1}});
        DenseInverse inverse = DenseInverse.of(a, a.diagonal(), true);
        assertThat(inverse.isDefinite()).isTrue();
        double[] z = new double[3];
        double[] az = new double[3];
        inverse.apply(new double[] {1, 0, -1}, z);
        a.apply(z, az);
        assertThat(az).containsExactly(new double[] {1, 0, -1}, within(1e-13));
        CsrMatrix indefinite = CsrMatrix.fromDense(new double[][] {{1, 2}, {2, 1}});
        assertThat(DenseInverse.of(indefinite, indefinite.diagonal(), true).isDefinite())
                .isFalse();
        CsrMatrix skew = CsrMatrix.fromDense(new double[][] {{1, 2}, {2, 4}});
        inverse = DenseInverse.of(skew, skew.diagonal(), false);
        inverse.apply(new double[] {1, 2}, z);
        skew.apply(z, az);
        assertThat(Arrays.copyOf(az, 2)).containsExactly(new double[] {1, 2}, within(1e-12));
    }

    @Test
    void nearNullSpacesThatDoNotFitAreRefused() {
        assertThatThrownBy(() -> NearNullSpace.of(0, new double[2])).hasMessageContaining("unknownsPerNode = 0");
        assertThatThrownBy(() -> NearNullSpace.of(1)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> NearNullSpace.of(1, new double[2], new double[3]))
                .hasMessageContaining("vector 1");
        assertThatThrownBy(() -> NearNullSpace.of(2, new double[3])).hasMessageContaining("multiple");
        assertThatThrownBy(() -> NearNullSpace.of(1, new double[] {0, Double.NaN}))
                .hasMessageContaining("entry 1");
        assertThatThrownBy(() -> NearNullSpace.rigidMotions(new double[2])).hasMessageContaining("2 or 3");
        assertThatThrownBy(() -> NearNullSpace.rigidMotions(new double[2], new double[3]))
                .hasMessageContaining("coordinate 1");
        assertThat(NearNullSpace.rigidMotions(new double[4], new double[4], new double[4])
                        .count())
                .isEqualTo(6);
    }
}
