package dev.ritz.krylov;

/**
 * E = L Lᵀ of a small symmetric matrix with diagonal pivoting. It ends where no further row is positive and independent
 * of those before, which NaN never is, so that the leading part is always fit to solve with.
 */
final class PivotedCholesky {
    /** A row that leaves less than this share of its diagonal would add to rounding errors, not to the space. */
    private static final double DEPENDENT = 1e-8;

    private final double[][] l; // E at first; its lower triangle alone
    private final double[] diagonal; // of E
    private final double[] rest; // what the columns of L so far leave of it
    private final int[] exchanged;
    private int rank;

    PivotedCholesky(int size) {
        l = new double[size][size];
        diagonal = new double[size];
        rest = new double[size];
        exchanged = new int[size];
    }

    /** {@return row j of E to be filled up to its diagonal; after {@link #factor} row j of L} */
    double[] row(int j) {
        return l[j];
    }

    /** {@return with which later row, or itself, row t changed places in step t} */
    int exchanged(int t) {
        return exchanged[t];
    }

    /**
     * Factors the matrix that the rows hold.
     *
     * @param k its size
     * @return the rank, to which the other methods then refer
     */
    int factor(int k) {
        for (int j = 0; j < k; j++) {
            diagonal[j] = l[j][j];
            rest[j] = l[j][j];
        }
        for (rank = 0; rank < k; rank++) {
            int t = rank;
            int pivot = pivot(t, k);
            if (pivot < 0) {
                break;
            }
            exchanged[t] = pivot;
            exchange(t, pivot, k);
            l[t][t] = Math.sqrt(rest[t]);
            for (int i = t + 1; i < k; i++) {
                double e = l[i][t];
                for (int j = 0; j < t; j++) {
                    e -= l[i][j] * l[t][j];
                }
                l[i][t] = e / l[t][t];
                rest[i] -= l[i][t] * l[i][t];
            }
        }
        return rank;
    }

    private int pivot(int t, int k) {
        int pivot = -1;
        double best = DEPENDENT;
        for (int j = t; j < k; j++) {
            if (diagonal[j] > 0 && rest[j] / diagonal[j] > best) {
                best = rest[j] / diagonal[j];
                pivot = j;
            }
        }
        return pivot;
    }

    /** Rows and columns t &le; j of a symmetric matrix of which the lower triangle is held. */
    private void exchange(int t, int j, int k) {
        swap(diagonal, t, diagonal, j);
        swap(rest, t, rest, j);
        for (int i = 0; i < t; i++) {
            swap(l[t], i, l[j], i);
        }
        for (int i = t + 1; i < j; i++) {
            swap(l[i], t, l[j], i);
        }
        swap(l[t], t, l[j], j);
        for (int i = j + 1; i < k; i++) {
            swap(l[i], t, l[i], j);
        }
    }

    private static void swap(double[] v, int i, double[] w, int j) {
        double t = v[i];
        v[i] = w[j];
        w[j] = t;
    }

    /** w ← E⁻¹ w. */
    void solve(double[] w) {
        forward(w);
        backward(w);
    }

    /** w ← L⁻¹ w. */
    void forward(double[] w) {
        for (int i = 0; i < rank; i++) {
            double sum = w[i];
            for (int j = 0; j < i; j++) {
                sum -= l[i][j] * w[j];
            }
            w[i] = sum / l[i][i];
        }
    }

    /** w ← L⁻ᵀ w. */
    void backward(double[] w) {
        for (int i = rank - 1; i >= 0; i--) {
            double sum = w[i];
            for (int j = i + 1; j < rank; j++) {
                sum -= l[j][i] * w[j];
            }
            w[i] = sum / l[i][i];
        }
    }
}
