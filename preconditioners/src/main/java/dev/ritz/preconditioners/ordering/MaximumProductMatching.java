package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import java.util.Arrays;

/**
 * The matching of rows to columns whose entries have the largest product, and the scaling that proves it: every
 * |r_i a_ij c_j| ≤ 1, with equality on the matched entries (up to rounding).
 *
 * <pre>
 * Needs   A square and finite; explicit zeros count as absent
 * Gives   a permutation, row scales r, column scales c
 * Work    O(n nnz log n) at worst, near O(nnz) on most matrices
 * Fails   NOT_FINITE
 * Source  Duff &amp; Koster 2001, doi:10.1137/S0895479899358443 (job 5 of their code)
 * </pre>
 *
 * It is the linear assignment problem with costs c_ij = log max_k |a_kj| − log |a_ij|, solved row by row along shortest
 * augmenting paths (Dijkstra) over reduced costs c_ij − u_i − v_j ≥ 0; r_i = exp(u_i), c_j = exp(v_j) / max_k |a_kj|.
 *
 * <p>A structurally singular matrix is matched as far as possible: the rows of a {@link MaximumTransversal}, with the
 * largest product of |a_ij| / max_k |a_kj| these rows allow; the rows left over are completed to a permutation with the
 * columns left over, a row with the column of its own number where it can be. {@link #structuralRank()} tells; the
 * bound on the scaled entries holds all the same.
 *
 * <p>Factors are cut off at e^±690, the range of a double: only where entries differ by more than that along a path of
 * the matrix does the bound fail, and the matching is the best one even then.
 */
public final class MaximumProductMatching {
    /** Factors beyond e^±690 would not be finite, or not with their inverse. */
    private static final double MAX_EXPONENT = 690;

    private final CsrMatrix a;
    private final double[] cost;
    private final double[] logMax;
    private final double[] u;
    private final double[] v;
    private final int[] entryOfRow;
    private final int[] rowOfColumn;
    private final int[] columnOfRow;
    private int rank;
    private final double[] rowScale;
    private final double[] colScale;

    private MaximumProductMatching(CsrMatrix a) {
        int n = a.rows();
        this.a = a;
        cost = new double[a.nnz()];
        logMax = new double[n];
        u = new double[n];
        v = new double[n];
        entryOfRow = new int[n];
        rowOfColumn = new int[n];
        columnOfRow = new int[n];
        rowScale = new double[n];
        colScale = new double[n];
        Arrays.fill(entryOfRow, -1);
        Arrays.fill(rowOfColumn, -1);
        Arrays.fill(columnOfRow, -1);
    }

    /**
     * Matches a matrix.
     *
     * @param a a square matrix
     * @return the matching and its scaling; the same bits for the same matrix
     * @throws IllegalArgumentException when {@code a} is not square
     * @throws BuildException when a value is not finite
     */
    public static MaximumProductMatching of(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        MaximumProductMatching m = new MaximumProductMatching(a);
        m.setCosts();
        int[] transversal = MaximumTransversal.of(Nonzeros.of(a)).columnOfRow();
        m.startDuals(Arrays.stream(transversal).allMatch(j -> j >= 0));
        m.matchCheaply(transversal);
        Search search = m.new Search();
        for (int i = 0; i < a.rows(); i++) {
            if (m.entryOfRow[i] < 0 && transversal[i] >= 0) { // other rows would search everything in vain
                search.augment(i);
            }
        }
        m.setScales();
        for (int i = 0; i < a.rows(); i++) {
            m.columnOfRow[i] = m.entryOfRow[i] < 0 ? -1 : a.colIdx()[m.entryOfRow[i]];
        }
        MaximumTransversal.complete(m.columnOfRow, m.rowOfColumn);
        return m;
    }

    /** {@return how many rows are matched by a nonzero entry; n unless the matrix is structurally singular} */
    public int structuralRank() {
        return rank;
    }

    /** {@return for each row its column, a permutation; a copy} */
    public int[] columnOfRow() {
        return columnOfRow.clone();
    }

    /** {@return for each column its row, the inverse permutation; a copy} */
    public int[] rowOfColumn() {
        return rowOfColumn.clone();
    }

    /** {@return r, positive; a copy} */
    public double[] rowScale() {
        return rowScale.clone();
    }

    /** {@return c, positive; a copy} */
    public double[] colScale() {
        return colScale.clone();
    }

    private void setCosts() {
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        Arrays.fill(logMax, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < cost.length; k++) {
            cost[k] = StrictMath.log(Math.abs(values[k])); // of 0: −∞, the entry is absent
            logMax[colIdx[k]] = Math.max(logMax[colIdx[k]], cost[k]);
        }
        for (int k = 0; k < cost.length; k++) {
            cost[k] = cost[k] == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : logMax[colIdx[k]] - cost[k];
        }
        for (int j = 0; j < logMax.length; j++) {
            logMax[j] = logMax[j] == Double.NEGATIVE_INFINITY ? 0 : logMax[j]; // an empty column keeps its scale
        }
    }

    /**
     * Feasible from v = 0: u_i ← min_j c_ij, then v_j ← min_i (c_ij − u_i). The second step only where every column will
     * be matched: a free column must keep v_j ≤ 0, or the matching would not be the best one.
     */
    private void startDuals(boolean regular) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        if (regular) {
            Arrays.fill(v, Double.POSITIVE_INFINITY);
        }
        for (int i = 0; i < u.length; i++) {
            double least = Double.POSITIVE_INFINITY;
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                least = Math.min(least, cost[k]);
            }
            u[i] = least < Double.POSITIVE_INFINITY ? least : 0;
            for (int k = rowPtr[i]; k < rowPtr[i + 1] && regular; k++) {
                v[colIdx[k]] = Math.min(v[colIdx[k]], cost[k] - u[i]);
            }
        }
    }

    private boolean tight(int i, int k) {
        return cost[k] - u[i] - v[a.colIdx()[k]] == 0;
    }

    /** Takes entries of reduced cost 0, on the diagonal first, also after moving one other row aside. */
    private void matchCheaply(int[] transversal) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int[] at = a.pattern().diagonalPositions();
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= 0 && transversal[i] >= 0 && tight(i, at[i])) {
                match(i, at[i]);
                rank++;
            }
        }
        int[] next = Arrays.copyOf(rowPtr, u.length); // columns before it are taken for good
        for (int i = 0; i < u.length; i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1] && entryOfRow[i] < 0 && transversal[i] >= 0; k++) {
                int owner = rowOfColumn[colIdx[k]];
                if (tight(i, k) && (owner < 0 || moveAside(owner, next))) {
                    match(i, k);
                    rank++;
                }
            }
        }
    }

    private boolean moveAside(int i, int[] next) {
        int[] colIdx = a.colIdx();
        for (int end = a.rowPtr()[i + 1]; next[i] < end; next[i]++) {
            int k = next[i];
            if (rowOfColumn[colIdx[k]] < 0 && tight(i, k)) {
                match(i, k);
                return true;
            }
        }
        return false;
    }

    private void match(int i, int k) {
        entryOfRow[i] = k;
        rowOfColumn[a.colIdx()[k]] = i;
    }

    /** r_i ← exp(u_i + t), c_j ← exp(v_j − log max_k |a_kj| − t), with t that keeps both far from overflow. */
    private void setScales() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < u.length; i++) {
            low = Math.min(low, Math.min(u[i], logMax[i] - v[i]));
            high = Math.max(high, Math.max(u[i], logMax[i] - v[i]));
        }
        double t = -(low / 2 + high / 2);
        for (int i = 0; i < u.length; i++) {
            rowScale[i] = boundedExp(u[i] + t);
            colScale[i] = boundedExp(v[i] - logMax[i] - t);
        }
    }

    private static double boundedExp(double e) {
        return StrictMath.exp(Math.max(-MAX_EXPONENT, Math.min(MAX_EXPONENT, e)));
    }

    /** The search for a shortest augmenting path, with its memory. */
    private final class Search {
        private final int n = a.rows();
        private final DistanceHeap heap = new DistanceHeap(n);
        private final int[] reached = new int[n];
        private final int[] settled = new int[n];
        private final int[] settledRow = new int[n];
        private final int[] fromRow = new int[n];
        private final int[] fromEntry = new int[n];

        /** Matches row {@code start} along the shortest path to a free column, if there is any. */
        void augment(int start) {
            int[] rowPtr = a.rowPtr();
            int[] colIdx = a.colIdx();
            int reachedCount = 0;
            int settledCount = 0;
            double best = Double.POSITIVE_INFINITY;
            int target = -1;
            double base = 0;
            int i = start;
            while (true) {
                for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                    int j = colIdx[k];
                    // rounding may leave a reduced cost a few ulps below 0
                    double d = base + Math.max(0, cost[k] - u[i] - v[j]);
                    if (!(d < best && d < heap.distance(j))) {
                        continue; // settled columns end here too: their distance is at most base
                    }
                    fromRow[j] = i;
                    fromEntry[j] = k;
                    if (rowOfColumn[j] < 0) {
                        best = d;
                        target = j;
                    } else {
                        if (heap.distance(j) == Double.POSITIVE_INFINITY) {
                            reached[reachedCount++] = j;
                        }
                        heap.lower(j, d);
                    }
                }
                if (heap.isEmpty() || heap.distance(heap.top()) >= best) {
                    break;
                }
                int j = heap.pop();
                base = heap.distance(j);
                i = rowOfColumn[j];
                settled[settledCount] = j;
                settledRow[settledCount++] = i;
            }
            for (int s = 0; s < settledCount && target >= 0; s++) {
                v[settled[s]] += heap.distance(settled[s]) - best;
            }
            heap.reset(reached, reachedCount);
            if (target < 0) {
                return; // the duals stay feasible as they are
            }
            flip(start, target);
            tighten(start);
            for (int s = 0; s < settledCount; s++) {
                tighten(settledRow[s]);
            }
            rank++;
        }

        private void flip(int start, int target) {
            int j = target;
            int row;
            do {
                row = fromRow[j];
                int previous = entryOfRow[row];
                match(row, fromEntry[j]);
                j = previous < 0 ? -1 : a.colIdx()[previous];
            } while (row != start);
        }

        /** u_i ← c_ij − v_j on the matched entry. */
        private void tighten(int row) {
            int k = entryOfRow[row];
            u[row] = cost[k] - v[a.colIdx()[k]];
        }
    }
}
