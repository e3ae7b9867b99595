package dev.ritz.api;

import java.util.Arrays;

/** The algebra of {@link CsrMatrix}: every function gives a new matrix with sorted rows. */
final class SparseAlgebra {

    private SparseAlgebra() {}

    static CsrMatrix fromCoo(int rows, int cols, int count, int[] rowIdx, int[] colIdx, double[] values) {
        SparsityPattern.checkSize(rows, cols);
        if (count < 0 || count > rowIdx.length || count > colIdx.length || count > values.length) {
            throw new IllegalArgumentException("count = " + count + ", expected 0 to the shortest array length "
                    + Math.min(Math.min(rowIdx.length, colIdx.length), values.length));
        }
        // stable counting sort by column, then by row: duplicates end up adjacent, in the order given
        int[] byColumn = new int[cols + 1];
        for (int k = 0; k < count; k++) {
            int i = rowIdx[k];
            int j = colIdx[k];
            if (i < 0 || i >= rows) {
                throw new IllegalArgumentException("rowIdx[" + k + "] = " + i + ", expected 0 to " + (rows - 1));
            }
            if (j < 0 || j >= cols) {
                throw new IllegalArgumentException("colIdx[" + k + "] = " + j + ", expected 0 to " + (cols - 1));
            }
            byColumn[j + 1]++;
        }
        for (int j = 0; j < cols; j++) {
            byColumn[j + 1] += byColumn[j];
        }
        int[] order = new int[count];
        for (int k = 0; k < count; k++) {
            order[byColumn[colIdx[k]]++] = k;
        }
        int[] rowPtr = new int[rows + 1];
        for (int k = 0; k < count; k++) {
            rowPtr[rowIdx[k] + 1]++;
        }
        for (int i = 0; i < rows; i++) {
            rowPtr[i + 1] += rowPtr[i];
        }
        int[] cursor = Arrays.copyOf(rowPtr, rows);
        int[] sortedCols = new int[count];
        double[] sorted = new double[count];
        for (int k : order) {
            int at = cursor[rowIdx[k]]++;
            sortedCols[at] = colIdx[k];
            sorted[at] = values[k];
        }
        return sumAdjacent(rows, cols, rowPtr, sortedCols, sorted);
    }

    /** Sums neighbours of equal column in rows that are sorted but may repeat; works in the arrays given. */
    private static CsrMatrix sumAdjacent(int rows, int cols, int[] rowPtr, int[] colIdx, double[] values) {
        int nnz = 0;
        int from = 0;
        for (int i = 0; i < rows; i++) {
            int to = rowPtr[i + 1];
            int begin = nnz;
            for (int k = from; k < to; k++) {
                if (nnz > begin && colIdx[nnz - 1] == colIdx[k]) {
                    values[nnz - 1] += values[k];
                } else {
                    colIdx[nnz] = colIdx[k];
                    values[nnz] = values[k];
                    nnz++;
                }
            }
            from = to;
            rowPtr[i + 1] = nnz;
        }
        if (nnz < colIdx.length) {
            colIdx = Arrays.copyOf(colIdx, nnz);
            values = Arrays.copyOf(values, nnz);
        }
        return CsrMatrix.of(SparsityPattern.trusted(rows, cols, rowPtr, colIdx), values);
    }

    static CsrMatrix fromDense(double[][] dense) {
        int cols = dense.length == 0 ? 0 : dense[0].length;
        CsrRowBuilder builder = new CsrRowBuilder(cols);
        for (int i = 0; i < dense.length; i++) {
            if (dense[i].length != cols) {
                throw new IllegalArgumentException(
                        "row " + i + " has length " + dense[i].length + ", expected " + cols + " as in row 0");
            }
            for (int j = 0; j < cols; j++) {
                if (dense[i][j] != 0) { // NaN is not 0 and so is kept
                    builder.add(j, dense[i][j]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    static CsrMatrix identity(int n) {
        SparsityPattern.checkSize(n, n);
        int[] rowPtr = new int[n + 1];
        int[] colIdx = new int[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            rowPtr[i + 1] = i + 1;
            colIdx[i] = i;
            values[i] = 1;
        }
        return CsrMatrix.of(SparsityPattern.trusted(n, n, rowPtr, colIdx), values);
    }

    static CsrMatrix transpose(CsrMatrix a) {
        int rows = a.rows();
        int cols = a.cols();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        int[] ptr = new int[cols + 1];
        for (int k = 0; k < a.nnz(); k++) {
            ptr[colIdx[k] + 1]++;
        }
        for (int j = 0; j < cols; j++) {
            ptr[j + 1] += ptr[j];
        }
        int[] cursor = Arrays.copyOf(ptr, cols);
        int[] idx = new int[a.nnz()];
        double[] v = new double[a.nnz()];
        for (int i = 0; i < rows; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                int at = cursor[colIdx[k]]++;
                idx[at] = i;
                v[at] = values[k];
            }
        }
        return wrap(a, cols, rows, ptr, idx, v);
    }

    static CsrMatrix symmetricPart(CsrMatrix a) {
        requireSquare(a);
        return sum(0.5, a, 0.5, transpose(a));
    }

    static double asymmetry(CsrMatrix a) {
        requireSquare(a);
        double largest = 0;
        double difference = 0;
        for (int k = 0; k < a.nnz(); k++) {
            double size = Math.abs(a.values()[k]);
            if (!(size < Double.POSITIVE_INFINITY)) {
                return Double.NaN;
            }
            largest = Math.max(largest, size);
        }
        double half = largest > 1 ? 0.5 : 1; // the difference of two large values may overflow
        CsrMatrix t = sum(half, a, -half, transpose(a));
        for (int k = 0; k < t.nnz(); k++) {
            difference = Math.max(difference, Math.abs(t.values()[k]));
        }
        return largest == 0 ? 0 : difference / largest / half;
    }

    static CsrMatrix mirrored(CsrMatrix half) {
        requireSquare(half);
        int[] rowPtr = half.rowPtr();
        int[] colIdx = half.colIdx();
        int lower = -1;
        int upper = -1;
        long off = 0;
        for (int i = 0; i < half.rows(); i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                if (colIdx[k] != i) {
                    off++;
                    if (colIdx[k] < i) {
                        lower = i;
                    } else {
                        upper = i;
                    }
                }
            }
        }
        if (lower >= 0 && upper >= 0) {
            throw new IllegalArgumentException("row " + lower + " has entries left of the diagonal and row " + upper
                    + " right of it, expected one triangle only");
        }
        SparsityPattern.checkedEntries(half.nnz() + off);
        CsrMatrix t = transpose(half);
        double[] strict = t.values();
        int[] tPtr = t.rowPtr();
        int[] tIdx = t.colIdx();
        for (int i = 0; i < half.rows(); i++) {
            for (int k = tPtr[i]; k < tPtr[i + 1]; k++) {
                if (tIdx[k] == i) {
                    strict[k] = 0; // the diagonal stands once
                }
            }
        }
        return sum(1, half, 1, t);
    }

    static CsrMatrix submatrix(CsrMatrix a, int[] rowSet, int[] colSet) {
        int[] target = new int[a.cols()];
        Arrays.fill(target, -1);
        for (int j = 0; j < colSet.length; j++) {
            int c = colSet[j];
            if (c < 0 || c >= a.cols()) {
                throw new IllegalArgumentException(
                        "column set entry " + j + " is " + c + ", expected 0 to " + (a.cols() - 1));
            }
            if (target[c] >= 0) {
                throw new IllegalArgumentException("column " + c + " stands at " + target[c] + " and at " + j
                        + " of the column set, expected no repeats");
            }
            target[c] = j;
        }
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] ptr = new int[rowSet.length + 1];
        long nnz = 0;
        for (int i = 0; i < rowSet.length; i++) {
            int row = rowSet[i];
            if (row < 0 || row >= a.rows()) {
                throw new IllegalArgumentException(
                        "row set entry " + i + " is " + row + ", expected 0 to " + (a.rows() - 1));
            }
            for (int k = rowPtr[row]; k < rowPtr[row + 1]; k++) {
                nnz += target[colIdx[k]] < 0 ? 0 : 1;
            }
            ptr[i + 1] = SparsityPattern.checkedEntries(nnz);
        }
        // sort each row by a transposition there and back
        int[] idx = new int[ptr[rowSet.length]];
        double[] v = new double[idx.length];
        int at = 0;
        for (int row : rowSet) {
            for (int k = rowPtr[row]; k < rowPtr[row + 1]; k++) {
                int j = target[colIdx[k]];
                if (j >= 0) {
                    idx[at] = j;
                    v[at++] = a.values()[k];
                }
            }
        }
        CsrMatrix unsorted = wrap(a, rowSet.length, colSet.length, ptr, idx, v);
        return transpose(transpose(unsorted));
    }

    static void checkPermutation(int[] p, int n) {
        if (p.length != n) {
            throw new IllegalArgumentException("p has length " + p.length + ", expected " + n);
        }
        boolean[] seen = new boolean[n];
        for (int i = 0; i < n; i++) {
            if (p[i] < 0 || p[i] >= n || seen[p[i]]) {
                throw new IllegalArgumentException("p[" + i + "] = " + p[i] + " is out of range or repeated,"
                        + " expected a permutation of 0 to " + (n - 1));
            }
            seen[p[i]] = true;
        }
    }

    static CsrMatrix scale(CsrMatrix a, double[] left, double[] right) {
        requireLength(left, a.rows(), "left");
        requireLength(right, a.cols(), "right");
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double[] v = new double[a.nnz()];
        for (int i = 0; i < a.rows(); i++) {
            double li = left == null ? 1 : left[i];
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                v[k] = li * values[k] * (right == null ? 1 : right[colIdx[k]]);
            }
        }
        return a.withValues(v);
    }

    static CsrMatrix sum(double alpha, CsrMatrix a, double beta, CsrMatrix b) {
        if (a.rows() != b.rows() || a.cols() != b.cols()) {
            throw new IllegalArgumentException("the other matrix is " + b.rows() + " by " + b.cols() + ", expected "
                    + a.rows() + " by " + a.cols());
        }
        int rows = a.rows();
        int[] ptr = new int[rows + 1];
        long nnz = 0;
        for (int i = 0; i < rows; i++) {
            nnz += merge(alpha, a, beta, b, i, null, null, 0);
            ptr[i + 1] = SparsityPattern.checkedEntries(nnz);
        }
        int[] idx = new int[ptr[rows]];
        double[] v = new double[idx.length];
        for (int i = 0; i < rows; i++) {
            merge(alpha, a, beta, b, i, idx, v, ptr[i]);
        }
        return wrap(a, rows, a.cols(), ptr, idx, v);
    }

    /** Merges row i of α A + β B; counts only when {@code idx} is null. */
    private static int merge(
            double alpha, CsrMatrix a, double beta, CsrMatrix b, int i, int[] idx, double[] v, int from) {
        int[] ac = a.colIdx();
        int[] bc = b.colIdx();
        int p = a.rowPtr()[i];
        int q = b.rowPtr()[i];
        int pEnd = a.rowPtr()[i + 1];
        int qEnd = b.rowPtr()[i + 1];
        int at = from;
        while (p < pEnd || q < qEnd) {
            int ja = p < pEnd ? ac[p] : Integer.MAX_VALUE;
            int jb = q < qEnd ? bc[q] : Integer.MAX_VALUE;
            if (idx != null) {
                idx[at] = Math.min(ja, jb);
                if (ja == jb) {
                    v[at] = alpha * a.values()[p] + beta * b.values()[q];
                } else {
                    v[at] = ja < jb ? alpha * a.values()[p] : beta * b.values()[q];
                }
            }
            p += ja <= jb ? 1 : 0;
            q += jb <= ja ? 1 : 0;
            at++;
        }
        return at - from;
    }

    /** Gustavson's product (ACM TOMS 4, 1978): symbolic count, then values, then a sort by double transposition. */
    static CsrMatrix product(CsrMatrix a, CsrMatrix b) {
        if (a.cols() != b.rows()) {
            throw new IllegalArgumentException(
                    "the other matrix has " + b.rows() + " rows, expected " + a.cols() + ", the columns of this one");
        }
        int rows = a.rows();
        int[] ptr = new int[rows + 1];
        int[] mark = new int[b.cols()];
        Arrays.fill(mark, -1);
        long nnz = 0;
        for (int i = 0; i < rows; i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                int m = a.colIdx()[k];
                for (int l = b.rowPtr()[m]; l < b.rowPtr()[m + 1]; l++) {
                    int j = b.colIdx()[l];
                    if (mark[j] != i) {
                        mark[j] = i;
                        nnz++;
                    }
                }
            }
            ptr[i + 1] = SparsityPattern.checkedEntries(nnz);
        }
        int[] idx = new int[ptr[rows]];
        double[] v = new double[idx.length];
        Arrays.fill(mark, -1);
        int at = 0;
        for (int i = 0; i < rows; i++) {
            int begin = at;
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                int m = a.colIdx()[k];
                double aim = a.values()[k];
                for (int l = b.rowPtr()[m]; l < b.rowPtr()[m + 1]; l++) {
                    int j = b.colIdx()[l];
                    if (mark[j] < begin) {
                        mark[j] = at;
                        idx[at] = j;
                        v[at++] = aim * b.values()[l];
                    } else {
                        v[mark[j]] += aim * b.values()[l];
                    }
                }
            }
        }
        return transpose(transpose(wrap(a, rows, b.cols(), ptr, idx, v)));
    }

    private static CsrMatrix wrap(CsrMatrix like, int rows, int cols, int[] ptr, int[] idx, double[] v) {
        return CsrMatrix.of(SparsityPattern.trusted(rows, cols, ptr, idx), v).on(like.pool());
    }

    private static void requireSquare(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException(
                    "the matrix is " + a.rows() + " by " + a.cols() + ", expected a square one");
        }
    }

    private static void requireLength(double[] d, int n, String name) {
        if (d != null && d.length != n) {
            throw new IllegalArgumentException(name + " has length " + d.length + ", expected " + n);
        }
    }
}
