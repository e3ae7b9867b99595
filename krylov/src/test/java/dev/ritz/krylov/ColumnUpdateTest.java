package dev.ritz.krylov;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnUpdateTest {

    /** As GCRO-DR has them: U beside a basis whose last vectors are the other directions, and whose first become C. */
    private record Spaces(double[][] u, double[][] basis, double[][] directions, double[][] p, double[][] q) {

        static Spaces of(int n, int k, int steps) {
            double[][] u = columns(k, n, 0xc01);
            double[][] basis = columns(k + steps + 1, n, 0xc02);
            double[][] directions = Arrays.copyOf(u, k + steps);
            System.arraycopy(basis, k, directions, k, steps);
            return new Spaces(u, basis, directions, columns(k, k + steps, 0xc03), columns(k, k + steps + 1, 0xc04));
        }

        private static double[][] columns(int count, int length, long seed) {
            double[][] columns = new double[count][];
            for (int j = 0; j < count; j++) {
                columns[j] = Systems.random(length, seed + 97L * j);
            }
            return columns;
        }

        Spaces update(int threads, boolean images) {
            int n = basis[0].length;
            try (WorkerPool pool = WorkerPool.of(threads)) {
                ColumnUpdate update = new ColumnUpdate(n, basis.length, threads).directions(directions, p[0].length, u);
                if (images) {
                    update.images(basis, basis.length).run(pool, p, q, u.length);
                } else {
                    update.run(pool, p, u.length);
                }
            }
            return this;
        }
    }

    /** V H, one entry at a time. */
    private static double[][] times(double[][] v, double[][] h) {
        double[][] product = new double[h.length][v[0].length];
        for (int c = 0; c < h.length; c++) {
            for (int i = 0; i < v[0].length; i++) {
                for (int j = 0; j < v.length; j++) {
                    product[c][i] += v[j][i] * h[c][j];
                }
            }
        }
        return product;
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        for (int c = 0; c < expected.length; c++) {
            assertThat(actual[c]).containsExactly(expected[c], within(1e-13));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 255, 256, 257, 5000, 33_000})
    void bothSpacesAgreeWithThePlainProducts(int n) {
        for (int k = 1; k <= 5; k++) {
            Spaces s = Spaces.of(n, k, 4);
            double[][] u = times(s.directions, s.p);
            double[][] c = times(s.basis, s.q);
            double[][] rest = Spaces.of(n, k, 4).basis;
            s.update(2, true);
            assertClose(s.u, u);
            assertClose(s.basis, c);
            for (int j = k; j < rest.length; j++) {
                assertThat(s.basis[j]).containsExactly(rest[j]);
            }
        }
    }

    @Test
    void theDirectionsMayBeWhatIsOverwritten() {
        double[][] basis = Spaces.of(700, 3, 4).basis;
        double[][] p = Spaces.columns(3, basis.length, 0xc05);
        double[][] expected = times(basis, p);
        new ColumnUpdate(700, basis.length, 1)
                .directions(basis, basis.length, basis)
                .run(WorkerPool.shared(), p, 3);
        assertClose(basis, expected);
    }

    @Test
    void imagesStayWithoutCoefficientsForThem() {
        double[][] before = Spaces.of(700, 2, 3).basis;
        assertThat(Spaces.of(700, 2, 3).update(1, false).basis).isDeepEqualTo(before);
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        Spaces one = Spaces.of(40_001, 3, 6).update(1, true);
        for (int threads : new int[] {2, 3, 7}) {
            Spaces many = Spaces.of(40_001, 3, 6).update(threads, true);
            assertThat(many.u).isDeepEqualTo(one.u);
            assertThat(many.basis).isDeepEqualTo(one.basis);
        }
    }

    @Test
    void noColumnsAreNoWork() {
        double[][] before = Spaces.of(300, 2, 3).basis;
        double[][] basis = Spaces.of(300, 2, 3).basis;
        new ColumnUpdate(300, basis.length, 1)
                .directions(basis, basis.length, basis)
                .run(WorkerPool.shared(), new double[0][], 0);
        assertThat(basis).isDeepEqualTo(before);
    }
}
