package dev.ritz.preconditioners.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EquilibrationTest {

    private static void assertMaxima(CsrMatrix a, double least) {
        for (int i = 0; i < a.rows(); i++) {
            double max = 0;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                max = Math.max(max, Math.abs(a.values()[k]));
            }
            assertThat(max == 0 || (max >= least && max <= 1))
                    .as(i + ": " + max)
                    .isTrue();
        }
    }

    private static void assertPowersOfTwo(double[] d) {
        for (double x : d) {
            assertThat(Math.scalb(1.0, Math.getExponent(x))).isEqualTo(x);
        }
    }

    @Test
    void maximaOfRowsAndColumnsLieBetweenOneHalfAndOne() {
        Random random = new Random(0xe901);
        for (int trial = 0; trial < 200; trial++) {
            CsrMatrix a = Samples.random(1 + random.nextInt(20), 1 + random.nextInt(20), 0.3, random);
            Equilibration e = Equilibration.of(a);
            assertPowersOfTwo(e.rowScale());
            assertPowersOfTwo(e.colScale());
            CsrMatrix scaled = a.scale(e.rowScale(), e.colScale());
            assertMaxima(scaled, 0.5);
            assertMaxima(scaled.transpose(), 0.5);
        }
    }

    @Test
    void theSymmetricFormKeepsSymmetryAndMaximaAboveAQuarter() {
        Random random = new Random(0x5e77);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(20);
            CsrMatrix a = Samples.random(n, n, 0.3, random).symmetricPart();
            double[] s = Equilibration.symmetric(a).rowScale();
            assertPowersOfTwo(s);
            CsrMatrix scaled = a.scale(s, s);
            assertThat(scaled.asymmetry()).isZero();
            assertMaxima(scaled, 0.25);
        }
    }

    @Test
    void scalesThatWereTakenAwayComeBack() {
        CsrMatrix a = Samples.poisson(5, 4);
        double[] d = new double[20];
        for (int i = 0; i < d.length; i++) {
            d[i] = Math.scalb(1.0, 7 * i - 60);
        }
        double[] s = Equilibration.symmetric(a.scale(d, d)).rowScale();
        CsrMatrix back = a.scale(d, d).scale(s, s);
        assertMaxima(back, 0.25);
        double[] diagonal = back.diagonal();
        for (double x : diagonal) {
            assertThat(x).isEqualTo(1); // 4 times an even power of two
        }
    }

    @Test
    void zeroMatricesSizeZeroAndTheEdgesOfTheRange() {
        CsrMatrix zero = CsrMatrix.of(2, 2, new int[] {0, 1, 1}, new int[] {1}, new double[] {0});
        assertThat(Equilibration.of(zero).rowScale()).containsExactly(1, 1);
        assertThat(Equilibration.of(zero).colScale()).containsExactly(1, 1);
        assertThat(Equilibration.symmetric(zero).colScale()).containsExactly(1, 1);
        assertThat(Equilibration.of(CsrMatrix.identity(0)).rowScale()).isEmpty();
        CsrMatrix edge = CsrMatrix.fromDense(new double[][] {{5e-324, 0}, {0, Double.MAX_VALUE}});
        Equilibration e = Equilibration.of(edge);
        assertMaxima(edge.scale(e.rowScale(), e.colScale()), 0.5);
        double[] s = Equilibration.symmetric(edge).rowScale();
        assertMaxima(edge.scale(s, s), 0.25);
    }

    @Test
    void refusesWhatIsNotFiniteOrNotSquare() {
        CsrMatrix nan = CsrMatrix.fromDense(new double[][] {{1, Double.NaN}, {3, 4}});
        assertThatThrownBy(() -> Equilibration.of(nan)).isInstanceOf(BuildException.class);
        assertThatThrownBy(() -> Equilibration.symmetric(nan)).isInstanceOf(BuildException.class);
        assertThatThrownBy(() -> Equilibration.symmetric(CsrMatrix.fromDense(new double[][] {{1, 2}})))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
