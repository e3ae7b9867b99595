package dev.ritz.api.format;

import static dev.ritz.api.format.FormatAssert.assertSame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagonalMatrixTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13, 21})
    void gridsOfAnySide(int side) {
        CsrMatrix plain = Patterns.grid(side, side + 1, false, false);
        assertSame(plain, DiagonalMatrix.of(plain));
        CsrMatrix symmetric = Patterns.grid(side, side + 1, false, true);
        assertSame(symmetric, DiagonalMatrix.of(symmetric));
        assertSame(symmetric, DiagonalMatrix.symmetric(symmetric));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 15, 16, 19, 26})
    void everyNumberOfDiagonals(int count) {
        CsrMatrix a = Patterns.band(5000, 5000, count / 3, count - count / 3, 0x5eed31);
        DiagonalMatrix m = DiagonalMatrix.of(a);
        assertThat(m.diagonals()).isEqualTo(count + 1);
        assertSame(a, m);
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2048, 2049, 4096})
    void blocksThatJustFillOrNot(int n) {
        CsrMatrix a = Patterns.band(n, n, 2, 2, 0x5eed32);
        DiagonalMatrix m = DiagonalMatrix.of(a);
        assertSame(a, m);
        assertThat(m.rowsApart()).isLessThanOrEqualTo(4); // two at either end of the matrix
    }

    @Property(tries = 150)
    void anyPatternThatFits(@ForAll @IntRange(max = 40) int m, @ForAll @IntRange(max = 40) int n, @ForAll long seed) {
        CsrMatrix a = Patterns.scattered(m, n, 6, seed);
        assertSame(a, DiagonalMatrix.of(a));
        CsrMatrix band = Patterns.band(m, n, 3, 2, seed);
        assertSame(band, DiagonalMatrix.of(band));
        CsrMatrix symmetric = Patterns.scattered(m, m, 4, seed).symmetricPart();
        assertSame(symmetric, DiagonalMatrix.symmetric(symmetric));
    }

    @Test
    void rectangles() {
        CsrMatrix tall = Patterns.band(7000, 5000, 1, 2, 0x5eed34); // the last rows are empty
        assertSame(tall, DiagonalMatrix.of(tall));
        CsrMatrix flat = Patterns.band(4000, 9000, 1, 2, 0x5eed35);
        assertSame(flat, DiagonalMatrix.of(flat));
    }

    @Test
    void rowsThatDifferStayApart() {
        CsrMatrix periodic = Patterns.grid(20, 20, true, true);
        DiagonalMatrix m = DiagonalMatrix.symmetric(periodic);
        assertSame(periodic, m);
        assertThat(DiagonalMatrix.of(periodic).rowsApart()).isGreaterThan(0);

        CsrMatrix plain = Patterns.grid(20, 20, false, true);
        int before = DiagonalMatrix.of(plain).rowsApart();
        // odd entries in the first, in two neighbouring and in the last row of a block; one has no twin
        CsrMatrix odd = Patterns.with(
                plain,
                new double[] {2048, 17, 0.5},
                new double[] {3000, 5000, 0.25},
                new double[] {3001, 7, 3},
                new double[] {4095, 0, -2});
        assertThat(DiagonalMatrix.of(odd).rowsApart()).isEqualTo(before + 4);
        assertSame(odd, DiagonalMatrix.of(odd));
        assertSame(odd, DiagonalMatrix.symmetric(odd)); // not symmetric, but only in rows apart
    }

    @Test
    void emptyRows() {
        CsrMatrix a = CsrMatrix.of(3, 3, new int[] {0, 0, 1, 1}, new int[] {1}, new double[] {5});
        assertSame(a, DiagonalMatrix.of(a));
        assertSame(a, DiagonalMatrix.symmetric(a));
        CsrMatrix none = CsrMatrix.of(0, 0, new int[1], new int[0], new double[0]);
        assertSame(none, DiagonalMatrix.of(none));
        CsrMatrix zero = CsrMatrix.of(5000, 5000, new int[5001], new int[0], new double[0]);
        assertSame(zero, DiagonalMatrix.of(zero));
    }

    @Test
    void symmetricFormHalvesTheBytes() {
        CsrMatrix a = Patterns.grid(24, 24, false, true);
        DiagonalMatrix full = DiagonalMatrix.of(a);
        DiagonalMatrix half = DiagonalMatrix.symmetric(a);
        assertThat(full.isSymmetricForm()).isFalse();
        assertThat(half.isSymmetricForm()).isTrue();
        assertThat((double) half.bytes()).isBetween(0.5 * full.bytes(), 0.65 * full.bytes());
        assertThat((double) full.bytes()).isBetween(7 * 8.0 * a.rows(), 1.15 * 7 * 8 * a.rows());
    }

    @Test
    void everyBrokenSymmetryIsFound() {
        CsrMatrix a = Patterns.grid(13, 13, false, true);
        double[] values = a.values();
        for (int i = 300; i < 320; i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                if (a.colIdx()[k] != i) {
                    double[] changed = values.clone();
                    changed[k] = Math.nextUp(changed[k]);
                    assertThatThrownBy(() -> DiagonalMatrix.symmetric(a.withValues(changed)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("not symmetric");
                }
            }
        }
        double[] nan = values.clone();
        nan[nan.length / 2] = Double.NaN;
        assertThatThrownBy(() -> DiagonalMatrix.symmetric(a.withValues(nan))).hasMessageContaining("not symmetric");
        // triangles read nothing from the other side
        CsrMatrix lower = Patterns.band(3000, 3000, 2, 0, 0x5eed36);
        assertSame(lower, DiagonalMatrix.symmetric(lower));
        CsrMatrix upper = Patterns.band(3000, 3000, 0, 2, 0x5eed36);
        assertSame(upper, DiagonalMatrix.symmetric(upper));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        CsrMatrix flat = Patterns.band(4, 5, 1, 1, 0x5eed37);
        assertThatThrownBy(() -> DiagonalMatrix.symmetric(flat)).hasMessageContaining("4 by 5");
        CsrMatrix scattered = Patterns.scattered(5000, 5000, 8, 0x5eed38);
        assertThatThrownBy(() -> DiagonalMatrix.of(scattered)).hasMessageContaining("too many diagonals");
        // few diagonals in each block of rows, many in all
        int n = 80 * 2048;
        int[] rowPtr = new int[n + 1];
        int[] colIdx = new int[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            colIdx[i] = (int) ((i + 2L * 900 * (i / 2048)) % n);
            values[i] = i;
            rowPtr[i + 1] = i + 1;
        }
        CsrMatrix steps = CsrMatrix.of(n, n, rowPtr, colIdx, values);
        assertThat(DiagonalMatrix.of(steps).diagonals()).isLessThanOrEqualTo(2);
        assertSame(steps, DiagonalMatrix.of(steps));
    }

    @Test
    void newValuesKeepTheLayout() {
        CsrMatrix a = Patterns.grid(20, 9, true, true);
        double[] doubled = Arrays.stream(a.values()).map(v -> 2 * v).toArray();
        CsrMatrix b = a.withValues(doubled);
        assertSame(b, DiagonalMatrix.of(a).withValues(b));
        DiagonalMatrix half = DiagonalMatrix.symmetric(a).withValues(b);
        assertThat(half.isSymmetricForm()).isTrue();
        assertSame(b, half);
        doubled[a.rowPtr()[1805]] = 17;
        assertThatThrownBy(() -> half.withValues(a.withValues(doubled))).hasMessageContaining("not symmetric");
        assertThatThrownBy(() -> half.withValues(Patterns.band(3, 3, 1, 1, 1))).hasMessageContaining("3 by 3");
    }

    @Test
    void anInfiniteVectorMeetsFilledInZeros() {
        CsrMatrix a = Patterns.grid(13, 13, false, false);
        double[] x = new double[a.cols()];
        x[0] = Double.POSITIVE_INFINITY;
        double[] y = new double[a.rows()];
        DiagonalMatrix.of(a).apply(x, y);
        assertThat(Double.isFinite(y[0])).isFalse();
        assertThat(Double.isFinite(y[1])).isFalse();
        assertThat(y[2]).isZero();
    }
}
