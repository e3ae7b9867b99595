package dev.ritz.api.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What all formats have in common: guards, threads, bits. */
class FormattedMatrixTest {
    private final CsrMatrix flat = Patterns.band(4, 6, 1, 1, 0x5eed61);

    private static List<FormattedMatrix> all(CsrMatrix a) {
        return List.of(DiagonalMatrix.of(a), SellMatrix.of(a), BlockMatrix.of(a, 2));
    }

    @Test
    void vectorsMayBeLongerButNotShorterNorTheSame() {
        double[] four = new double[4];
        double[] six = new double[6];
        double[] three = new double[3];
        for (FormattedMatrix a : all(flat)) {
            double[] y = {7, 7, 7, 7, 7};
            a.apply(new double[] {0, 0, 0, 0, 0, 0, 99}, y);
            assertThat(y).containsExactly(0, 0, 0, 0, 7);
            assertRejected(() -> a.apply(four, new double[4]), "x has length 4", "cols = 6");
            assertRejected(() -> a.apply(six, three), "y has length 3", "rows = 4");
            assertRejected(() -> a.apply(six, six), "same array");
            assertRejected(() -> a.applyDot(six, new double[6]), "4 by 6", "square");
            assertRejected(() -> a.applyDot(four, new double[4]), "x has length 4", "cols = 6");
            assertRejected(() -> a.applyDot(six, three), "y has length 3", "rows = 4");
            assertRejected(() -> a.applyDot(six, six), "same array");
            assertRejected(() -> a.residual(three, six, four), "b has length 3", "rows = 4");
            assertRejected(() -> a.residual(four, three, new double[4]), "x has length 3", "cols = 6");
            assertRejected(() -> a.residual(four, six, three), "r has length 3", "rows = 4");
            assertRejected(() -> a.residual(four, six, four), "same array");
            assertRejected(() -> a.residual(four, six, six), "same array");
            assertRejected(() -> a.applyTranspose(three, six), "x has length 3", "rows = 4");
            assertRejected(() -> a.applyTranspose(four, new double[4]), "y has length 4", "cols = 6");
            assertRejected(() -> a.applyTranspose(six, six), "same array");
            assertRejected(() -> a.applyBlock(-1, six, four), "count = -1");
            assertRejected(() -> a.applyBlock(2, new double[11], new double[8]), "x has length 11", "= 12");
            assertRejected(() -> a.applyBlock(2, new double[12], new double[7]), "y has length 7", "= 8");
            assertRejected(() -> a.applyBlock(1, six, six), "same array");
            assertRejected(() -> a.applyBlock(1 << 30, six, four), "x has length 6", "= 6442450944");
            assertThatThrownBy(() -> a.on(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void squareSumsAndInnerProductsAreOfWhatWasWritten() {
        CsrMatrix a = Patterns.blocks(1_500, 2, true, 0x5eed62);
        double[] x = FormatAssert.vector(a.cols(), 0x5eed63);
        double[] y = new double[a.rows()];
        for (FormattedMatrix m : all(a)) {
            double dot = m.applyDot(x, y);
            double expected = 0;
            double size = 0;
            for (int i = 0; i < y.length; i++) {
                expected += x[i] * y[i];
                size += Math.abs(x[i] * y[i]);
            }
            assertThat(Math.abs(dot - expected)).isLessThanOrEqualTo(1e-14 * size);
        }
    }

    @Test
    void aResidualOfZeroIsPositive() {
        CsrMatrix random = Patterns.blocks(1_500, 2, true, 0x5eed64);
        CsrMatrix a =
                random.withValues(Arrays.stream(random.values()).map(Math::rint).toArray());
        double[] x = new double[a.cols()];
        Arrays.setAll(x, i -> i % 5 - 2); // whole numbers: nothing is rounded
        double[] b = new double[a.rows()];
        a.apply(x, b);
        for (FormattedMatrix m : all(a)) {
            double[] r = FormatAssert.poisoned(a.rows());
            assertThat(m.residual(b, x, r)).isZero();
            assertThat(Arrays.equals(r, new double[a.rows()])).isTrue(); // distinguishes −0
        }
    }

    @Test
    void theSameBitsOnAnyNumberOfThreads() {
        CsrMatrix a = Patterns.blocks(6_001, 2, true, 0x5eed66); // 65,000 entries: run in parallel
        double[] x = FormatAssert.vector(3 * a.cols(), 0x5eed67);
        for (FormattedMatrix m : all(a)) {
            double[][] expected = null;
            for (int threads : new int[] {1, 2, 3, 7}) {
                try (WorkerPool pool = WorkerPool.of(threads)) {
                    FormattedMatrix on = m.on(pool);
                    assertThat(on.pool()).isSameAs(pool);
                    assertThat(on.bytes()).isEqualTo(m.bytes());
                    double[] y = FormatAssert.poisoned(a.rows());
                    double[] r = FormatAssert.poisoned(a.rows());
                    double[] ys = FormatAssert.poisoned(3 * a.rows());
                    double dot = on.applyDot(x, y);
                    double square = on.residual(x, x.clone(), r);
                    on.applyBlock(3, x, ys);
                    double[][] got = {y, r, ys, {dot, square}};
                    if (expected == null) {
                        expected = got;
                    }
                    assertThat(Arrays.deepEquals(got, expected))
                            .as("%d threads", threads)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theMatrixKeepsItsPool() {
        try (WorkerPool pool = WorkerPool.of(2)) {
            CsrMatrix a = flat.on(pool);
            for (Consumer<FormattedMatrix> check : List.<Consumer<FormattedMatrix>>of(
                    m -> assertThat(m.pool()).isSameAs(pool),
                    m -> assertThat(m.withValues(flat).pool()).isSameAs(pool))) {
                all(a).forEach(check);
            }
        }
    }

    private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(parts);
    }
}
