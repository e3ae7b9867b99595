package dev.ritz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.kernel.WorkerPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CsrMatrixTest {

    // ---------------------------------------------------------------- making one

    @Property(tries = 200)
    void cooSortsAndSumsWhateverTheOrder(
            @ForAll @IntRange(max = 9) int rows, @ForAll @IntRange(max = 9) int cols, @ForAll long seed) {
        Random random = new Random(seed);
        int count = rows == 0 || cols == 0 ? 0 : random.nextInt(60);
        int[] i = new int[count];
        int[] j = new int[count];
        double[] v = new double[count];
        double[][] expected = new double[rows][cols];
        for (int k = 0; k < count; k++) {
            i[k] = random.nextInt(rows);
            j[k] = random.nextInt(cols);
            v[k] = random.nextInt(9) - 4;
            expected[i[k]][j[k]] += v[k];
        }
        CsrMatrix a = CsrMatrix.fromCoo(rows, cols, i, j, v);
        assertThat(a.toDense()).isDeepEqualTo(expected);
        assertSorted(a);
    }

    @Test
    void cooSumsDuplicatesInTheOrderGiven() {
        int[] zero = new int[4];
        double[] values = {1e16, 1, -1e16, 1}; // another order gives 0 or 2
        CsrMatrix a = CsrMatrix.fromCoo(1, 1, zero, zero, values);
        assertThat(a.get(0, 0)).isEqualTo(((1e16 + 1) - 1e16) + 1);
        assertThat(a.nnz()).isEqualTo(1);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(1);
        for (double value : values) {
            rows.add(0, value);
        }
        assertThat(rows.endRow().build().get(0, 0)).isEqualTo(a.get(0, 0));
    }

    @Test
    void cooKeepsEmptyRowsExplicitZerosAndUsesTheCountOnly() {
        CsrMatrix a = CsrMatrix.fromCoo(4, 3, 2, new int[] {2, 0, 99}, new int[] {1, 2, 99}, new double[] {0, 5, 7});
        assertThat(a.rowPtr()).containsExactly(0, 1, 1, 2, 2);
        assertThat(a.colIdx()).containsExactly(2, 1);
        assertThat(a.values()).containsExactly(5, 0);
        assertThat(a).hasToString("4 by 3 matrix with 2 entries");
    }

    @Test
    void cooNamesTheOffendingIndex() {
        double[] two = {1, 2};
        assertRejected(
                () -> CsrMatrix.fromCoo(2, 3, new int[] {0, 2}, new int[] {0, 0}, two), "rowIdx[1] = 2", "0 to 1");
        assertRejected(
                () -> CsrMatrix.fromCoo(2, 3, new int[] {-1, 0}, new int[] {0, 0}, two), "rowIdx[0] = -1", "0 to 1");
        assertRejected(
                () -> CsrMatrix.fromCoo(2, 3, new int[] {0, 1}, new int[] {0, 3}, two), "colIdx[1] = 3", "0 to 2");
        assertRejected(
                () -> CsrMatrix.fromCoo(2, 3, new int[] {0, 1}, new int[] {-4, 0}, two), "colIdx[0] = -4", "0 to 2");
        assertRejected(() -> CsrMatrix.fromCoo(2, 3, new int[3], new int[2], two), "lengths 3, 2 and 2");
        assertRejected(() -> CsrMatrix.fromCoo(2, 3, new int[2], new int[1], two), "lengths 2, 1 and 2");
        assertRejected(() -> CsrMatrix.fromCoo(2, 3, 3, new int[3], new int[2], two), "count = 3", "length 2");
        assertRejected(() -> CsrMatrix.fromCoo(2, 3, -1, new int[3], new int[2], two), "count = -1");
        assertRejected(() -> CsrMatrix.fromCoo(-2, 3, new int[2], new int[2], two), "rows = -2");
        assertRejected(() -> CsrMatrix.fromCoo(2, -3, new int[2], new int[2], two), "cols = -3");
    }

    @Property(tries = 200)
    void theRowBuilderTakesEntriesInAnyOrder(
            @ForAll @IntRange(max = 8) int rows, @ForAll @IntRange(max = 40) int cols, @ForAll long seed) {
        double[][] expected = Dense.random(rows, cols, seed);
        Random random = new Random(seed);
        CsrRowBuilder builder = CsrMatrix.rowBuilder(cols);
        for (double[] row : expected) {
            List<Integer> order = new ArrayList<>();
            for (int j = 0; j < cols; j++) {
                order.add(j);
                order.add(j);
            }
            Collections.shuffle(order, random);
            for (int j : order) {
                builder.add(j, row[j] / 2); // each twice
            }
            builder.endRow();
        }
        CsrMatrix a = builder.build();
        assertThat(a.toDense()).isDeepEqualTo(expected);
        assertThat(a.nnz()).isEqualTo(rows * cols);
        assertSorted(a);
    }

    @Test
    void theRowBuilderGuardsColumnsAndUnendedRowsAndCanGoOn() {
        CsrRowBuilder builder = CsrMatrix.rowBuilder(3).add(0, 1).endRow();
        assertRejected(() -> builder.add(3, 1), "column 3 in row 1", "0 to 2");
        assertRejected(() -> builder.add(-1, 1), "column -1 in row 1", "0 to 2");
        assertRejected(() -> CsrMatrix.rowBuilder(-1), "cols = -1");
        CsrMatrix first = builder.build();
        builder.add(2, 4);
        assertThatIllegalStateException()
                .isThrownBy(builder::build)
                .withMessageContaining("row 1 has entries")
                .withMessageContaining("endRow()");
        CsrMatrix second = builder.endRow().build();
        assertThat(first.rows()).isEqualTo(1);
        assertThat(second.get(1, 2)).isEqualTo(4);
        assertThat(second.values()).isNotSameAs(first.values());
    }

    @Test
    void denseRowsKeepNaNAndDropZeros() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{0, Double.NaN, -0.0}, {1, 0, Double.POSITIVE_INFINITY}});
        assertThat(a.nnz()).isEqualTo(3);
        assertThat(a.get(0, 1)).isNaN();
        assertThat(CsrMatrix.fromDense(new double[0][]).rows()).isZero();
        assertThat(CsrMatrix.fromDense(new double[2][0]).rows()).isEqualTo(2);
        assertRejected(
                () -> CsrMatrix.fromDense(new double[][] {{1, 2}, {1}}),
                "row 1 has length 1",
                "expected 2 as in row 0");
    }

    @Test
    void wrapsItsArraysAndSharesThePattern() {
        int[] rowPtr = {0, 1, 2};
        int[] colIdx = {0, 1, 77};
        double[] values = {3, 4, Double.NaN};
        CsrMatrix a = CsrMatrix.of(2, 2, rowPtr, colIdx, values);
        assertThat(a.rowPtr()).isSameAs(rowPtr);
        assertThat(a.colIdx()).isSameAs(colIdx);
        assertThat(a.values()).isSameAs(values);
        try (WorkerPool pool = WorkerPool.of(2)) {
            CsrMatrix on = a.on(pool);
            double[] other = {5, 6};
            CsrMatrix b = on.withValues(other);
            assertThat(b.pattern()).isSameAs(a.pattern());
            assertThat(b.values()).isSameAs(other);
            assertThat(b.pool()).isSameAs(pool);
            assertThat(b.transpose().pool()).isSameAs(pool);
            assertThat(a.get(0, 0)).isEqualTo(3);
        }
        assertRejected(() -> a.withValues(new double[1]), "values has length 1", "nnz = 2");
        assertRejected(() -> CsrMatrix.of(a.pattern(), new double[1]), "values has length 1", "nnz = 2");
        assertThatThrownBy(() -> CsrMatrix.of(null, values)).hasMessageContaining("pattern");
        assertThatThrownBy(() -> CsrMatrix.of(a.pattern(), null)).hasMessageContaining("values");
        assertThatThrownBy(() -> a.on(null)).hasMessageContaining("workers");
    }

    @Test
    void theIdentityHasOnesOnItsDiagonal() {
        assertThat(CsrMatrix.identity(3).toDense()).isDeepEqualTo(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        assertThat(CsrMatrix.identity(0).nnz()).isZero();
        assertRejected(() -> CsrMatrix.identity(-1), "rows = -1");
        assertRejected(() -> CsrMatrix.identity(Integer.MAX_VALUE), "rows = 2147483647");
    }

    @Test
    void getChecksItsIndices() {
        CsrMatrix a = CsrMatrix.identity(2);
        assertThat(a.get(0, 1)).isZero();
        assertThatThrownBy(() -> a.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> a.get(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    // ---------------------------------------------------------------- algebra against dense twins

    @Property(tries = 300)
    void transposesAddsMultipliesAndScalesLikeItsDenseTwin(
            @ForAll @IntRange(max = 9) int m,
            @ForAll @IntRange(max = 9) int n,
            @ForAll @IntRange(max = 9) int l,
            @ForAll long seed) {
        double[][] da = Dense.random(m, n, seed);
        double[][] db = Dense.random(m, n, seed + 1);
        double[][] dc = Dense.random(n, l, seed + 2);
        CsrMatrix a = Dense.sparse(da, n);
        CsrMatrix b = Dense.sparse(db, n);
        CsrMatrix c = Dense.sparse(dc, l);

        assertMatrix(a, da, n);
        assertMatrix(a.transpose(), Dense.transpose(da, n), m);
        assertMatrix(a.plus(2, -3, b), Dense.plus(2, da, -3, db), n);
        assertMatrix(a.times(c), Dense.times(da, dc, l), l);

        double[] left = Dense.vector(m, seed);
        double[] right = Dense.vector(n, seed);
        double[][] scaled = new double[m][n];
        double[] diagonal = new double[Math.min(m, n)];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                scaled[i][j] = left[i] * da[i][j] * right[j];
            }
        }
        for (int i = 0; i < diagonal.length; i++) {
            diagonal[i] = da[i][i];
        }
        CsrMatrix s = a.scale(left, right);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                assertThat(s.get(i, j)).isEqualTo(scaled[i][j] + 0.0);
            }
        }
        assertThat(s.pattern()).isSameAs(a.pattern());
        assertThat(a.scale(null, null).values()).containsExactly(Arrays.copyOf(a.values(), a.nnz()));
        assertThat(a.diagonal()).containsExactly(diagonal);
    }

    @Property(tries = 200)
    void squareAlgebraAgreesWithItsDenseTwin(@ForAll @IntRange(max = 9) int n, @ForAll long seed) {
        double[][] da = Dense.random(n, n, seed);
        double[][] dt = Dense.transpose(da, n);
        CsrMatrix a = Dense.sparse(da, n);

        CsrMatrix symmetric = a.symmetricPart();
        assertMatrix(symmetric, Dense.plus(0.5, da, 0.5, dt), n);
        assertThat(symmetric.asymmetry()).isZero();
        assertThat(symmetric.pattern().sameAs(symmetric.transpose().pattern())).isTrue();

        double largest = 0;
        double difference = 0;
        double[][] lower = new double[n][n];
        double[][] full = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                largest = Math.max(largest, Math.abs(da[i][j]));
                difference = Math.max(difference, Math.abs(da[i][j] - da[j][i]));
                lower[i][j] = j <= i ? da[i][j] : 0;
                full[i][j] = da[Math.max(i, j)][Math.min(i, j)];
            }
        }
        assertThat(a.asymmetry()).isEqualTo(largest == 0 ? 0 : difference / largest);
        assertMatrix(Dense.sparse(lower, n).mirrored(), full, n);
        assertMatrix(Dense.sparse(lower, n).transpose().mirrored(), full, n);

        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));
        int[] p = order.stream().mapToInt(Integer::intValue).toArray();
        double[][] permuted = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                permuted[i][j] = da[p[i]][p[j]];
            }
        }
        assertMatrix(a.permute(p), permuted, n);
    }

    @Property(tries = 200)
    void submatricesFollowBothSets(
            @ForAll @IntRange(max = 8) int m, @ForAll @IntRange(max = 8) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] da = Dense.random(m, n, seed);
        int[] rows =
                m == 0 ? new int[0] : random.ints(random.nextInt(2 * m), 0, m).toArray(); // with repeats
        List<Integer> columns = new ArrayList<>();
        for (int j = 0; j < n; j++) {
            columns.add(j);
        }
        Collections.shuffle(columns, random);
        int[] cols = columns.stream()
                .limit(random.nextInt(n + 1))
                .mapToInt(Integer::intValue)
                .toArray();
        double[][] expected = new double[rows.length][cols.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < cols.length; j++) {
                expected[i][j] = da[rows[i]][cols[j]];
            }
        }
        assertMatrix(Dense.sparse(da, n).submatrix(rows, cols), expected, cols.length);
    }

    @Test
    void algebraNamesWhatDoesNotFit() {
        CsrMatrix a = Dense.sparse(Dense.random(2, 3, 41), 3);
        CsrMatrix square = CsrMatrix.identity(3);
        assertRejected(a::symmetricPart, "2 by 3", "square");
        assertRejected(a::asymmetry, "2 by 3", "square");
        assertRejected(a::mirrored, "2 by 3", "square");
        assertRejected(() -> a.permute(new int[] {0, 1}), "2 by 3", "use submatrix");
        assertRejected(() -> square.permute(new int[] {0, 1}), "p has length 2", "expected 3");
        assertRejected(() -> square.permute(new int[] {0, 1, 3}), "p[2] = 3", "0 to 2");
        assertRejected(() -> square.permute(new int[] {0, -1, 2}), "p[1] = -1");
        assertRejected(() -> square.permute(new int[] {0, 2, 2}), "p[2] = 2", "repeated");
        assertRejected(() -> a.submatrix(new int[] {0, 2}, new int[0]), "row set entry 1 is 2", "0 to 1");
        assertRejected(() -> a.submatrix(new int[] {-1}, new int[0]), "row set entry 0 is -1");
        assertRejected(() -> a.submatrix(new int[0], new int[] {3}), "column set entry 0 is 3", "0 to 2");
        assertRejected(() -> a.submatrix(new int[0], new int[] {-1}), "column set entry 0 is -1");
        assertRejected(() -> a.submatrix(new int[0], new int[] {1, 0, 1}), "column 1 stands at 0 and at 2");
        assertRejected(() -> a.scale(new double[1], null), "left has length 1", "expected 2");
        assertRejected(() -> a.scale(null, new double[1]), "right has length 1", "expected 3");
        assertRejected(() -> a.plus(1, 1, square), "3 by 3", "2 by 3");
        assertRejected(() -> a.plus(1, 1, CsrMatrix.fromDense(new double[2][4])), "2 by 4", "2 by 3");
        assertRejected(() -> a.times(a), "has 2 rows", "expected 3");
        CsrMatrix both = CsrMatrix.fromDense(new double[][] {{1, 2, 0}, {0, 1, 0}, {3, 0, 1}});
        assertRejected(both::mirrored, "row 2 has entries left", "row 0 right");
    }

    @Test
    void asymmetryIsNaNForNonFiniteAndExactForHugeValues() {
        assertThat(CsrMatrix.fromDense(new double[][] {{1, Double.NaN}, {0, 1}}).asymmetry())
                .isNaN();
        assertThat(CsrMatrix.fromDense(new double[][] {{Double.NEGATIVE_INFINITY}})
                        .asymmetry())
                .isNaN();
        assertThat(CsrMatrix.fromDense(new double[][] {{0, 1.5e308}, {-1.5e308, 0}})
                        .asymmetry())
                .isEqualTo(2);
        assertThat(CsrMatrix.fromDense(new double[][] {{0, Double.MIN_VALUE}, {0, 0}})
                        .asymmetry())
                .isEqualTo(1);
    }

    @Test
    void productsMayHoldExplicitZerosOfCancellation() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, -1}});
        CsrMatrix b = CsrMatrix.fromDense(new double[][] {{1}, {1}});
        assertThat(a.times(b).nnz()).isEqualTo(1);
        assertThat(a.plus(1, -1, a).nnz()).isEqualTo(2);
    }

    // ---------------------------------------------------------------- products with vectors

    @Property(tries = 200)
    void productsAgreeWithTheDenseTwin(
            @ForAll @IntRange(max = 9) int m, @ForAll @IntRange(max = 9) int n, @ForAll long seed) {
        double[][] da = Dense.random(m, n, seed);
        CsrMatrix a = Dense.sparse(da, n);
        double[] x = Dense.vector(n, seed);
        double[] y = poisoned(m);
        a.apply(x, y);
        assertThat(y).containsExactly(Dense.times(da, x));

        double[] b = Dense.vector(m, seed + 1);
        double[] r = poisoned(m);
        double square = a.residual(b, x, r);
        double[] expected = b.clone();
        for (int i = 0; i < m; i++) {
            expected[i] -= y[i];
        }
        assertThat(r).containsExactly(expected);
        assertThat(square).isEqualTo(Dense.dot(r, r));

        double[] t = poisoned(n);
        assertThat(a.hasTranspose()).isTrue();
        a.applyTranspose(b, t);
        assertThat(t).containsExactly(Dense.times(Dense.transpose(da, n), b));

        int count = 3;
        double[] xs = Dense.vector(count * n, seed);
        double[] ys = poisoned(count * m);
        a.applyBlock(count, xs, ys);
        for (int k = 0; k < count; k++) {
            double[] column = Arrays.copyOfRange(xs, k * n, (k + 1) * n);
            assertThat(Arrays.copyOfRange(ys, k * m, (k + 1) * m)).containsExactly(Dense.times(da, column));
        }
        if (m == n) {
            double[] z = poisoned(n);
            assertThat(a.applyDot(x, z)).isEqualTo(Dense.dot(x, y));
            assertThat(z).containsExactly(y);
        }
    }

    @Test
    void severalVectorsAreCheckedAndSharedAmongThreadsAsOne() {
        CsrMatrix small = CsrMatrix.of(2, 3, new int[] {0, 1, 2}, new int[] {0, 2}, new double[] {1, 2});
        assertThatThrownBy(() -> small.applyBlock(-1, new double[6], new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("count = -1");
        assertThatThrownBy(() -> small.applyBlock(2, new double[5], new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lengths 5 and 4, expected at least count * cols = 6");
        double[] same = new double[6];
        assertThatThrownBy(() -> small.applyBlock(1, same, same))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("same array");

        int n = 50_000; // enough entries for threads
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            rows.add((7 * i) % n, 1.5 - i % 3).endRow();
        }
        CsrMatrix a = rows.build().plus(1, 0.5, CsrMatrix.identity(n)).plus(1, 1, CsrMatrix.identity(n));
        double[] xs = new double[3 * n];
        for (int i = 0; i < xs.length; i++) {
            xs[i] = Math.sin(i);
        }
        double[] ys = new double[3 * n];
        try (WorkerPool pool = WorkerPool.of(3)) {
            a.on(pool).applyBlock(3, xs, ys);
        }
        double[] y = new double[n];
        for (int j = 0; j < 3; j++) {
            a.apply(Arrays.copyOfRange(xs, j * n, (j + 1) * n), y);
            assertThat(Arrays.copyOfRange(ys, j * n, (j + 1) * n)).isEqualTo(y);
        }
    }

    @Test
    void vectorsMayBeLongerButNotShorterNorTheSame() {
        CsrMatrix a = CsrMatrix.fromDense(new double[][] {{1, 2, 3}, {4, 5, 6}});
        double[] y = {7, 7, 7};
        a.apply(new double[] {1, 1, 1, 99}, y);
        assertThat(y).containsExactly(6, 15, 7);
        double[] two = new double[2];
        double[] three = new double[3];
        assertRejected(() -> a.apply(two, three), "x has length 2", "cols = 3");
        assertRejected(() -> a.apply(three, new double[1]), "y has length 1", "rows = 2");
        assertRejected(() -> a.apply(three, three), "same array");
        assertRejected(() -> a.applyTranspose(new double[1], three), "x has length 1", "rows = 2");
        assertRejected(() -> a.applyTranspose(two, two.clone()), "y has length 2", "cols = 3");
        assertRejected(() -> a.applyTranspose(three, three), "same array");
        assertRejected(() -> a.applyDot(three, three.clone()), "2 by 3", "square");
        assertRejected(() -> a.residual(new double[1], three, two), "b has length 1", "rows = 2");
        assertRejected(() -> a.residual(two, two.clone(), two.clone()), "x has length 2", "cols = 3");
        assertRejected(() -> a.residual(two, three, new double[1]), "r has length 1", "rows = 2");
        assertRejected(() -> a.residual(two, three, two), "same array");
        assertRejected(() -> a.residual(two, three, three), "same array");
    }

    @Test
    void bitsDoNotDependOnTheNumberOfThreads() {
        int n = 40_011; // about 260,000 entries in 40 blocks, the last one short
        Random random = new Random(8_675_309);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            for (int k = random.nextInt(14); k > 0; k--) {
                rows.add(random.nextInt(n), random.nextGaussian());
            }
            rows.endRow();
        }
        CsrMatrix a = rows.build();
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] b = random.doubles(n, -1, 1).toArray();
        double[][] first = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                CsrMatrix on = a.on(pool);
                for (int repeat = 0; repeat < 5; repeat++) {
                    double[] y = poisoned(n);
                    double[] yDot = poisoned(n);
                    double[] r = poisoned(n);
                    on.apply(x, y);
                    double[] sums = {on.applyDot(x, yDot), on.residual(b, x, r)};
                    double[][] bits = {y, yDot, r, sums};
                    if (first == null) {
                        first = bits;
                        for (int i = 0; i < n; i++) { // the twin: each row summed in the order of its columns
                            double sum = 0;
                            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                                sum += a.values()[k] * x[a.colIdx()[k]];
                            }
                            assertThat(y[i]).isEqualTo(sum);
                        }
                    }
                    assertThat(bits).as("%d threads", threads).isDeepEqualTo(first);
                }
            }
        }
        assertThat(first[1]).containsExactly(first[0]);
        assertThat(first[3][0]).isCloseTo(Dense.dot(x, first[0]), org.assertj.core.data.Offset.offset(1e-9));
        assertThat(first[3][1]).isCloseTo(Dense.dot(first[2], first[2]), org.assertj.core.data.Offset.offset(1e-7));
    }

    @Test
    void productsAllocateNothing() {
        CsrMatrix a = CsrMatrix.identity(40_000);
        double[] x = new double[a.cols()];
        double[] y = new double[a.rows()];
        double[] b = new double[a.rows()];
        assertThat(Allocation.perCall(() -> {
                    a.apply(x, y);
                    a.applyDot(x, y);
                    a.residual(b, x, y);
                    a.applyTranspose(x, y);
                }))
                .isZero();
    }

    // ---------------------------------------------------------------- helpers

    private static double[] poisoned(int n) {
        double[] v = new double[n];
        Arrays.fill(v, Double.NaN);
        return v;
    }

    private static void assertMatrix(CsrMatrix a, double[][] expected, int cols) {
        assertThat(a.rows()).isEqualTo(expected.length);
        assertThat(a.cols()).isEqualTo(cols);
        double[][] dense = a.toDense();
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < cols; j++) {
                assertThat(dense[i][j] == expected[i][j])
                        .as("entry %d, %d: %s, expected %s", i, j, dense[i][j], expected[i][j])
                        .isTrue();
            }
        }
        assertSorted(a);
    }

    /** The public constructor checks everything that the trusted one takes on faith. */
    private static void assertSorted(CsrMatrix a) {
        SparsityPattern.of(a.rows(), a.cols(), a.rowPtr(), a.colIdx());
    }

    private static void assertRejected(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(e -> assertThat(e).message().contains(parts));
    }
}
