package dev.ritz.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.CsrMatrix;
import java.util.Arrays;
import java.util.Random;

/** Compares a format with the compressed rows it was made from. */
final class FormatAssert {
    private FormatAssert() {}

    /** Every product, bit by bit where the format promises bits. */
    static void assertSame(CsrMatrix a, FormattedMatrix m) {
        int rows = a.rows();
        int cols = a.cols();
        assertThat(m.rows()).isEqualTo(rows);
        assertThat(m.cols()).isEqualTo(cols);
        assertThat(m.pattern()).isSameAs(a.pattern());
        double[] x = vector(cols, 0x5eed21);
        double[] b = vector(rows, 0x5eed22);

        double[] expected = poisoned(rows);
        a.apply(x, expected);
        double[] y = poisoned(rows);
        m.apply(x, y);
        assertSame(expected, y);

        double[] r = poisoned(rows);
        double[] expectedResidual = poisoned(rows);
        double square = m.residual(b, x, r);
        double expectedSquare = a.residual(b, x, expectedResidual);
        assertSame(expectedResidual, r);
        assertThat(square).isCloseTo(expectedSquare, within(1e-13 * expectedSquare));

        if (rows == cols) {
            double[] q = poisoned(rows);
            double dot = m.applyDot(x, q);
            assertSame(expected, q);
            assertThat(dot).isCloseTo(a.applyDot(x, y), within(1e-13 * norm(x) * norm(expected)));
        }

        assertThat(m.hasTranspose()).isTrue();
        double[] t = poisoned(cols);
        double[] expectedTransposed = poisoned(cols);
        m.applyTranspose(b, t);
        a.applyTranspose(b, expectedTransposed);
        for (int j = 0; j < cols; j++) {
            assertThat(t[j]).as("column %d", j).isCloseTo(expectedTransposed[j], within(1e-12));
        }

        int count = 3;
        double[] xs = vector(count * cols, 0x5eed23);
        double[] ys = poisoned(count * rows);
        m.applyBlock(count, xs, ys);
        for (int k = 0; k < count; k++) {
            a.apply(Arrays.copyOfRange(xs, k * cols, (k + 1) * cols), y);
            assertSame(y, Arrays.copyOfRange(ys, k * rows, (k + 1) * rows));
        }
    }

    private static void assertSame(double[] expected, double[] got) {
        int at = Arrays.mismatch(expected, got);
        assertThat(at)
                .as(() -> "row " + at + ": expected " + expected[at] + ", got " + got[at])
                .isEqualTo(-1);
    }

    static double[] vector(int n, long seed) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    static double[] poisoned(int n) {
        double[] v = new double[n];
        Arrays.fill(v, Double.NaN);
        return v;
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double vi : v) {
            sum += vi * vi;
        }
        return Math.sqrt(sum);
    }
}
