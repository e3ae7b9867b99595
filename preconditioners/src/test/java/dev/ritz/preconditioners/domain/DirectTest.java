package dev.ritz.preconditioners.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Dense;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.Poisson;
import dev.ritz.testdata.contract.PreconditionerContract;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DirectTest extends PreconditionerContract {
    @Override
    protected PreconditionerFactory factory() {
        return new Direct();
    }

    private static double error(CsrMatrix a) {
        int n = a.rows();
        double[] x = new double[n];
        Random random = new Random(0xd1ec);
        Arrays.setAll(x, i -> random.nextGaussian());
        double[] b = new double[n];
        a.apply(x, b);
        double[] z = new double[n];
        new Direct().build(a).apply(b, z);
        double worst = 0;
        for (int i = 0; i < n; i++) {
            worst = Math.max(worst, Math.abs(z[i] - x[i]));
        }
        return worst;
    }

    @Test
    void solvesSymmetricSystemsByCholesky() {
        CsrMatrix a = Gallery.problem("fem2d").generate(20, 1).a();
        assertThat(error(a)).isLessThan(1e-10);
        Preconditioner m = new Direct().build(a);
        assertThat(m.kind()).isEqualTo(Preconditioner.Kind.SPD);
        assertThat(m.note()).contains("Cholesky");
    }

    @Test
    void solvesNonsymmetricAndIndefiniteSystemsByLu() {
        CsrMatrix convection =
                Gallery.problem("convection-diffusion2d").generate(20, 1).a();
        CsrMatrix indefinite = Poisson.poisson2d(12).a().plus(1, -1.7, CsrMatrix.identity(144));
        CsrMatrix zeroDiagonal =
                CsrMatrix.fromDense(new double[][] {{0, 2, 1, 0}, {1, 0, 3, 0}, {4, 1, 0, 1}, {0, 0, 5, 0}});
        for (CsrMatrix a : new CsrMatrix[] {convection, indefinite, zeroDiagonal}) {
            assertThat(error(a)).as("%s", a).isLessThan(1e-10);
            Preconditioner m = new Direct().build(a);
            assertThat(m.kind()).isEqualTo(Preconditioner.Kind.FIXED);
            assertThat(m.note()).contains("LU");
        }
    }

    /** Random sparse matrices with every other diagonal entry zero, in which every step exchanges rows. */
    @Test
    void exchangesRowsWithinTheBand() {
        Random random = new Random(0x1b2c);
        for (int n = 1; n < 30; n++) {
            double[][] dense = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = Math.max(0, i - 3); j < Math.min(n, i + 3); j++) {
                    dense[i][j] = i == j && i % 2 == 1 ? 0 : random.nextGaussian();
                }
            }
            double[][] inverse = Dense.of(new Direct().build(CsrMatrix.fromDense(dense)));
            double[][] expected = Dense.inverse(dense);
            double size = Arrays.stream(expected)
                    .flatMapToDouble(Arrays::stream)
                    .map(Math::abs)
                    .max()
                    .orElse(0);
            for (int i = 0; i < n; i++) {
                assertThat(inverse[i])
                        .as("n = %d, row %d", n, i)
                        .containsExactly(expected[i], within(1e-12 * size * size));
            }
        }
    }

    @Test
    void keepsToTheEnvelopeOfAnArrow() {
        int n = 200;
        double[][] dense = new double[n][n];
        for (int i = 0; i < n; i++) {
            dense[i][i] = i == 0 ? n : 2;
            dense[0][i] += i == 0 ? 0 : 1;
            dense[i][0] = dense[0][i];
        }
        CsrMatrix a = CsrMatrix.fromDense(dense);
        assertThat(error(a)).isLessThan(1e-12);
    }

    @Test
    void namesTheRowOfASingularMatrix() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 0, 0}, {0, 0, 0}, {0, 0, 2}});
        assertThatThrownBy(() -> new Direct().build(a)).isInstanceOfSatisfying(BuildException.class, e -> {
            assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT);
            assertThat(e.row()).isEqualTo(1);
            assertThat(e.advice()).isNotEmpty();
        });
        CsrMatrix neumann = Poisson.neumann2d(9).a(); // singular up to rounding
        assertThatThrownBy(() -> new Direct().build(neumann))
                .isInstanceOfSatisfying(
                        BuildException.class, e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.ZERO_PIVOT));
    }

    @Test
    void reportsFactorsThatOverflow() {
        double[][] growing = {{1e308, 1e308}, {-1e308, 1e308}};
        for (double[][] dense : new double[][][] {{{1e-310}}, {{-1e-310}}, growing}) {
            CsrMatrix a = CsrMatrix.fromDense(dense);
            assertThatThrownBy(() -> new Direct().build(a))
                    .as(Arrays.deepToString(dense))
                    .isInstanceOfSatisfying(
                            BuildException.class,
                            e -> assertThat(e.reason()).isEqualTo(BuildException.Reason.NOT_FINITE));
        }
    }

    @Test
    void refusesFactorsBeyondItsLimit() {
        CsrMatrix a = Poisson.poisson2d(20).a();
        CsrMatrix general =
                Gallery.problem("convection-diffusion2d").generate(20, 1).a();
        for (CsrMatrix each : new CsrMatrix[] {a, general}) {
            assertThatThrownBy(() -> new Direct(1000).build(each)).isInstanceOfSatisfying(BuildException.class, e -> {
                assertThat(e.reason()).isEqualTo(BuildException.Reason.TOO_LARGE);
                assertThat(e.getMessage()).contains("1000").contains("Schwarz");
            });
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Direct(0))
                .withMessage("maxEntries = 0, expected at least 1");
    }
}
