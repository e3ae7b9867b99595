package dev.ritz.preconditioners.domain;

import dev.ritz.api.CsrMatrix;

/** L Lᵀ = P A Pᵀ, rows of L from their first entry to the diagonal. */
final class EnvelopeCholesky extends DirectFactors {
    /** Position behind the diagonal entry of each row. */
    private final int[] rowEnd;
    /** Column of the first entry of each row. */
    private final int[] first;

    private final double[] l;

    private EnvelopeCholesky(CsrMatrix a, int[] order, int[] rowEnd, int[] first) {
        super(a.pattern(), order);
        this.rowEnd = rowEnd;
        this.first = first;
        this.l = new double[order.length == 0 ? 0 : rowEnd[order.length - 1]];
    }

    /** The factors of a symmetric matrix, null where it is not positive definite to rounding. */
    static EnvelopeCholesky of(CsrMatrix a, int[] order, int maxEntries) {
        int n = a.rows();
        int[] place = places(order);
        int[] first = new int[n];
        int[] rowEnd = new int[n];
        long entries = 0;
        for (int i = 0; i < n; i++) {
            first[i] = i;
            for (int k = a.rowPtr()[order[i]]; k < a.rowPtr()[order[i] + 1]; k++) {
                first[i] = Math.min(first[i], place[a.colIdx()[k]]);
            }
            entries += i - first[i] + 1;
            checkSize(entries, maxEntries);
            rowEnd[i] = (int) entries;
        }
        EnvelopeCholesky cholesky = new EnvelopeCholesky(a, order, rowEnd, first);
        cholesky.fill(a, place);
        return cholesky.factor() ? cholesky : null;
    }

    private void fill(CsrMatrix a, int[] place) {
        for (int i = 0; i < order.length; i++) {
            for (int k = a.rowPtr()[order[i]]; k < a.rowPtr()[order[i] + 1]; k++) {
                int j = place[a.colIdx()[k]];
                if (j <= i) {
                    l[rowEnd[i] - 1 - i + j] = a.values()[k];
                }
            }
        }
    }

    private boolean factor() {
        int n = order.length;
        double tiny = n * Math.ulp(1.0);
        double[] v = l;
        for (int i = 0; i < n; i++) {
            int row = rowEnd[i] - 1 - i; // l_ij is at row + j
            for (int j = first[i]; j < i; j++) {
                int other = rowEnd[j] - 1 - j;
                int from = Math.max(first[i], first[j]);
                v[row + j] = (v[row + j] - dot(v, row + from, other + from, j - from)) / v[other + j];
            }
            double diagonal = v[row + i];
            double pivot = diagonal - dot(v, row + first[i], row + first[i], i - first[i]);
            if (!(pivot > tiny * diagonal)) {
                return false;
            }
            if (!(pivot <= Double.MAX_VALUE && 1 / pivot <= Double.MAX_VALUE)) {
                throw notFinite(order[i], pivot);
            }
            v[row + i] = Math.sqrt(pivot);
        }
        checkFinite(l, rowEnd);
        return true;
    }

    private static double dot(double[] v, int x, int y, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int k = 0;
        for (; k < count - 3; k += 4) {
            s0 += v[x + k] * v[y + k];
            s1 += v[x + k + 1] * v[y + k + 1];
            s2 += v[x + k + 2] * v[y + k + 2];
            s3 += v[x + k + 3] * v[y + k + 3];
        }
        for (; k < count; k++) {
            s0 += v[x + k] * v[y + k];
        }
        return s0 + s1 + (s2 + s3);
    }

    @Override
    void solve(double[] rhs) {
        int n = order.length;
        double[] v = l;
        for (int i = 0; i < n; i++) { // L y = t
            int row = rowEnd[i] - 1 - i;
            double sum = rhs[i];
            for (int j = first[i]; j < i; j++) {
                sum -= v[row + j] * rhs[j];
            }
            rhs[i] = sum / v[row + i];
        }
        for (int i = n - 1; i >= 0; i--) { // Lᵀ x = y
            int row = rowEnd[i] - 1 - i;
            double x = rhs[i] / v[row + i];
            rhs[i] = x;
            for (int j = first[i]; j < i; j++) {
                rhs[j] -= v[row + j] * x;
            }
        }
    }

    @Override
    public Kind kind() {
        return Kind.SPD;
    }

    @Override
    public String name() {
        return "Direct";
    }

    @Override
    public String note() {
        return "Cholesky factors with " + l.length + " entries";
    }

    @Override
    public long bytes() {
        return 8L * l.length + 20L * order.length; // l; t, order, first and rowEnd
    }
}
