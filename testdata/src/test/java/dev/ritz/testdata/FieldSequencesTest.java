package dev.ritz.testdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.FieldSequences.Stencil;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FieldSequencesTest {

    private static SequenceSystem first(int s, Stencil stencil, long seed) {
        return FieldSequences.darcy(s, 1, stencil, seed).findFirst().orElseThrow();
    }

    @Test
    void theCorrectedStencilTakesTheCoefficientOfEachNeighbour() {
        int s = 7;
        SequenceSystem system = first(s, Stencil.CORRECTED, 0xda1);
        double[] a = system.parameters();
        assertThat(a).hasSize(s * s);
        CsrMatrix m = system.system().a();
        assertThat(m.rows()).isEqualTo(25);
        assertThat(m.nnz()).isEqualTo(5 * 25 - 4 * 5);
        for (int row = 0; row < 5; row++) {
            for (int col = 0; col < 5; col++) {
                int r = 5 * row + col;
                int i = (row + 1) * s + col + 1;
                assertThat(m.get(r, r)).isEqualTo(4 * a[i]);
                if (row > 0) {
                    assertThat(m.get(r, r - 5)).isEqualTo(-a[i - s]);
                }
                if (row < 4) {
                    assertThat(m.get(r, r + 5)).isEqualTo(-a[i + s]);
                }
                if (col > 0) {
                    assertThat(m.get(r, r - 1)).isEqualTo(-a[i - 1]);
                }
                if (col < 4) {
                    assertThat(m.get(r, r + 1)).isEqualTo(-a[i + 1]);
                }
            }
        }
        assertThat(system.system().b()).containsOnly(1.0 / 16); // h = 1/(s − 3)
    }

    @Test
    void thePublishedStencilDiffersInTheUpperCoefficientOnly() {
        int s = 7;
        SequenceSystem published = first(s, Stencil.PUBLISHED, 0xda2);
        SequenceSystem corrected = first(s, Stencil.CORRECTED, 0xda2);
        double[] a = corrected.parameters();
        assertThat(published.parameters()).containsExactly(a);
        double[][] wrong = published.system().a().toDense();
        double[][] right = corrected.system().a().toDense();
        int different = 0;
        for (int r = 0; r < 25; r++) {
            for (int c = 0; c < 25; c++) {
                if (c != r - 5) {
                    assertThat(wrong[r][c]).isEqualTo(right[r][c]);
                } else if (wrong[r][c] != right[r][c]) {
                    different++;
                }
            }
        }
        assertThat(different).isEqualTo(20);
        // the inner columns of field rows 0 to 4, one after the other; row r reads entry r − 2
        assertThat(wrong[7][2]).isEqualTo(-a[s + 1]); // entry 5; the upper neighbour is entry 7, a[s + 3]
        assertThat(wrong[5][0]).isEqualTo(-a[4]); // entry 3 of field row 0
        assertThat(wrong[10][5]).isEqualTo(-a[4 + s]); // entry 8: back in the row before
        assertThat(wrong[24][19]).isEqualTo(-a[3 + 4 * s]);
    }

    @Test
    void theFluxStencilIsSymmetricPositiveDefinite() {
        int s = 8;
        for (SequenceSystem system :
                FieldSequences.darcy(s, 3, Stencil.FLUX, 0xda3).toList()) {
            CsrMatrix m = system.system().a();
            assertThat(m.asymmetry()).isZero();
            assertThat(Dense.negativeEigenvalues(m)).isZero();
            double[] a = system.parameters();
            double west = 2 * a[s + 1] * a[s] / (a[s + 1] + a[s]);
            double north = 2 * a[s + 1] * a[1] / (a[s + 1] + a[1]);
            double east = 2 * a[s + 1] * a[s + 2] / (a[s + 1] + a[s + 2]);
            double south = 2 * a[s + 1] * a[2 * s + 1] / (a[s + 1] + a[2 * s + 1]);
            assertThat(m.get(0, 1)).isCloseTo(-east, within(1e-15));
            assertThat(m.get(0, s - 2)).isCloseTo(-south, within(1e-15));
            assertThat(m.get(0, 0)).isCloseTo(west + north + east + south, within(1e-14));
        }
    }

    @Test
    void theOthersAreNonsymmetric() {
        for (Stencil stencil : List.of(Stencil.CORRECTED, Stencil.PUBLISHED)) {
            assertThat(first(8, stencil, 1).system().a().asymmetry()).isGreaterThan(1e-3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void helmholtzShiftsTheDarcyMatrix(Stencil stencil) {
        int s = 9;
        List<SequenceSystem> darcy = FieldSequences.darcy(s, 3, stencil, 0xda4).toList();
        List<SequenceSystem> waves =
                FieldSequences.helmholtz(s, 3, stencil, 5, 0xda4).toList();
        double h = 1.0 / (s - 3);
        for (int t = 0; t < 3; t++) {
            double[] mu = waves.get(t).parameters();
            assertThat(mu).hasSize(s * s + 1).startsWith(darcy.get(t).parameters());
            double k = mu[s * s];
            assertThat(k).isStrictlyBetween(0.0, 5.0);
            double[][] difference = darcy.get(t).system().a().toDense();
            double[][] wave = waves.get(t).system().a().toDense();
            for (int i = 0; i < difference.length; i++) {
                for (int j = 0; j < difference.length; j++) {
                    assertThat(difference[i][j] - wave[i][j]).isCloseTo(i == j ? h * h * k * k : 0, within(1e-14));
                }
            }
        }
        assertThat(waves.get(0).parameters()[s * s]).isNotEqualTo(waves.get(1).parameters()[s * s]);
    }

    @Test
    void aSystemDependsOnSeedAndIndexAlone() {
        SequenceSystem third = FieldSequences.darcy(8, 3, Stencil.FLUX, 0xda5)
                .skip(2)
                .findFirst()
                .orElseThrow();
        SequenceSystem again = FieldSequences.darcy(8, 10, Stencil.FLUX, 0xda5)
                .skip(2)
                .findFirst()
                .orElseThrow();
        assertThat(again.parameters()).containsExactly(third.parameters());
        assertThat(again.system().a().values())
                .containsExactly(third.system().a().values());
        assertThat(first(8, Stencil.FLUX, 0xda6).parameters())
                .isNotEqualTo(first(8, Stencil.FLUX, 0xda5).parameters());
        assertThat(third.parameters())
                .isNotEqualTo(first(8, Stencil.FLUX, 0xda5).parameters());
    }

    @Test
    void fieldsOfTheSizesOfTheSourceHaveMeanZero() {
        SequenceSystem system = first(100, Stencil.PUBLISHED, 0xda7);
        assertThat(system.system().size()).isEqualTo(9604);
        double[] a = system.parameters();
        double mean = 0;
        for (double v : a) {
            mean += Math.log(v) / a.length;
        }
        assertThat(Math.abs(mean)).isLessThan(1e-12);
    }

    @Test
    void argumentsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> FieldSequences.darcy(3, 1, Stencil.FLUX, 1)).hasMessageContaining("s = 3");
        assertThatThrownBy(() -> FieldSequences.darcy(8, -1, Stencil.FLUX, 1)).hasMessageContaining("steps = -1");
        assertThatThrownBy(() -> FieldSequences.helmholtz(8, 1, Stencil.FLUX, Double.NaN, 1))
                .hasMessageContaining("highest = NaN");
    }
}
