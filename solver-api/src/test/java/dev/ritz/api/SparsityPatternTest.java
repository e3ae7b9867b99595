package dev.ritz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SparsityPatternTest {

    @Test
    void namesTheFirstOffendingIndex() {
        assertRejected(
                () -> SparsityPattern.of(-1, 2, new int[1], new int[0]), "rows = -1", "expected 0 to 2147483638");
        assertRejected(
                () -> SparsityPattern.of(0, -2, new int[1], new int[0]), "cols = -2", "expected 0 to 2147483638");
        assertRejected(() -> SparsityPattern.of(2, 2, new int[2], new int[0]), "length 2", "rows + 1 = 3");
        assertRejected(() -> SparsityPattern.of(1, 2, new int[] {1, 1}, new int[1]), "rowPtr[0] = 1");
        assertRejected(
                () -> SparsityPattern.of(2, 2, new int[] {0, 2, 1}, new int[2]), "rowPtr[2] = 1", "rowPtr[1] = 2");
        assertRejected(
                () -> SparsityPattern.of(1, 2, new int[] {0, 2}, new int[1]),
                "colIdx has length 1",
                "rowPtr[rows] = 2");
        assertRejected(
                () -> SparsityPattern.of(2, 2, new int[] {0, 1, 2}, new int[] {0, 2}),
                "colIdx[1] = 2 in row 1",
                "0 to 1");
        assertRejected(
                () -> SparsityPattern.of(1, 2, new int[] {0, 1}, new int[] {-1}), "colIdx[0] = -1 in row 0", "0 to 1");
        assertRejected(
                () -> SparsityPattern.of(1, 3, new int[] {0, 2}, new int[] {2, 1}),
                "colIdx[1] = 1 in row 0",
                "predecessor 2",
                "CsrMatrix.fromCoo");
        assertRejected(
                () -> SparsityPattern.of(1, 3, new int[] {0, 2}, new int[] {1, 1}), "colIdx[1] = 1", "predecessor 1");
    }

    @Test
    void holdsTheBorderOfTwoToTheThirtyOne() {
        assertThat(SparsityPattern.checkedEntries(SparsityPattern.MAX_ENTRIES)).isEqualTo(Integer.MAX_VALUE - 8);
        assertRejected(
                () -> SparsityPattern.checkedEntries(SparsityPattern.MAX_ENTRIES + 1L),
                "nnz = 2147483640",
                "2147483639",
                "split the matrix by rows");
        assertRejected(() -> SparsityPattern.checkedEntries(1L << 32), "nnz = 4294967296");
        SparsityPattern.checkSize(SparsityPattern.MAX_ENTRIES - 1, SparsityPattern.MAX_ENTRIES - 1);
        assertRejected(() -> SparsityPattern.checkSize(SparsityPattern.MAX_ENTRIES, 1), "rows = 2147483639");
        assertRejected(() -> SparsityPattern.checkSize(1, SparsityPattern.MAX_ENTRIES), "cols = 2147483639");
    }

    @Test
    void growingArraysDoubleUntilTheBorder() {
        assertThat(SparsityPattern.grown(64, 65)).isEqualTo(128);
        assertThat(SparsityPattern.grown(2, 100)).isEqualTo(100);
        assertThat(SparsityPattern.grown(1 << 30, (1 << 30) + 1L)).isEqualTo(SparsityPattern.MAX_ENTRIES);
        assertRejected(
                () -> SparsityPattern.grown(SparsityPattern.MAX_ENTRIES, SparsityPattern.MAX_ENTRIES + 1L),
                "nnz = 2147483640");
    }

    /** 46,341 equal dense rows over one dense row: 46,341² entries are just above 2³¹, from operands that are small. */
    @Test
    void aProductIsCountedInLong() {
        int n = 46_341;
        int[] ones = new int[n + 1];
        for (int i = 0; i <= n; i++) {
            ones[i] = i;
        }
        CsrMatrix column = CsrMatrix.of(n, 1, ones, new int[n], new double[n]);
        int[] all = new int[n];
        System.arraycopy(ones, 0, all, 0, n);
        CsrMatrix row = CsrMatrix.of(1, n, new int[] {0, n}, all, new double[n]);
        assertRejected(() -> column.times(row), "exceeds 2147483639", "split the matrix by rows");
    }

    /** A row taken 50,000 times: counted before anything is allocated. */
    @Test
    void aSubmatrixIsCountedInLong() {
        int n = 50_000;
        int[] all = new int[n];
        for (int j = 0; j < n; j++) {
            all[j] = j;
        }
        CsrMatrix row = CsrMatrix.of(1, n, new int[] {0, n}, all, new double[n]);
        assertRejected(() -> row.submatrix(new int[n], all), "exceeds 2147483639");
    }

    @Test
    void findsPositionsAndComparesPatterns() {
        SparsityPattern p = SparsityPattern.of(3, 2, new int[] {0, 2, 2, 3}, new int[] {0, 1, 0, 9});
        assertThat(p.nnz()).isEqualTo(3);
        assertThat(p.position(0, 1)).isEqualTo(1);
        assertThat(p.position(1, 0)).isEqualTo(-1);
        assertThat(p.position(2, 1)).isEqualTo(-1);
        assertThat(p.diagonalPositions()).containsExactly(0, -1);
        assertThat(p.sameAs(p)).isTrue();
        assertThat(p.sameAs(SparsityPattern.of(3, 2, new int[] {0, 2, 2, 3}, new int[] {0, 1, 0})))
                .isTrue();
        assertThat(p.sameAs(SparsityPattern.of(3, 2, p.rowPtr(), new int[] {0, 1, 1})))
                .isFalse();
        assertThat(p.sameAs(SparsityPattern.of(3, 2, new int[] {0, 2, 3, 3}, p.colIdx())))
                .isFalse();
        assertThat(p.sameAs(SparsityPattern.of(3, 3, p.rowPtr(), p.colIdx()))).isFalse();
        assertThat(p).hasToString("3 by 2 pattern with 3 entries");
    }

    private static void assertRejected(ThrowingCallable call, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(call)
                .satisfies(e -> assertThat(e).message().contains(parts));
    }
}
