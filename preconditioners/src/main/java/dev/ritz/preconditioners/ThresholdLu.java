package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * L U of a matrix row by row, with small entries dropped and the number of the others limited; with columns exchanged
 * where wanted. Source: Saad 1994, doi:10.1002/nla.1680010405; Saad 2003, Algorithm 10.6 and section 10.4.4.
 *
 * <p>What is compared with the tolerance is what an entry contributes to its row of L U, l_ik u_kk or u_ij: it is the
 * error that dropping it makes in A.
 */
final class ThresholdLu {
    private final CsrMatrix a;
    private final double dropTolerance;
    private final int fill;
    private final double pivotTolerance;
    private final double shift;

    /** Entry k of the elimination order is column order[k]; place is the inverse. */
    private final int[] order;

    private final int[] place;
    private int exchanges;
    private int replaced;
    private int shifted;

    // L + U by rows: places of L ascending, the diagonal, columns of U in any order
    private final int[] rowPtr;
    private final int[] diagonal;
    private int[] colIdx;
    private double[] values;
    private int count;

    // the row at hand, by column
    private final double[] row;
    private final double[] size;
    private final int[] inRow;
    /** Places left of the diagonal, a heap with the least first. */
    private final int[] heap;

    private int heaped;
    private final int[] left;
    private final int[] right;
    private int rights;

    /**
     * A factorisation to be done.
     *
     * @param dropTolerance below which an entry is dropped, relative to the norm of its row of A
     * @param fill how many entries more than A a row of L, or of U, may have
     * @param pivotTolerance a column is exchanged when its entry times this exceeds the diagonal; 0 for never
     * @param shift the least pivot without exchanges, as a share of the largest entry of its row of A; 0 for none
     */
    ThresholdLu(CsrMatrix a, double dropTolerance, int fill, double pivotTolerance, double shift) {
        this.a = a;
        this.dropTolerance = dropTolerance;
        this.fill = fill;
        this.pivotTolerance = pivotTolerance;
        this.shift = shift;
        int n = a.rows();
        this.order = new int[n];
        for (int k = 0; k < n; k++) {
            order[k] = k;
        }
        this.place = order.clone();
        this.rowPtr = new int[n + 1];
        this.diagonal = new int[n];
        int capacity = (int) Math.min(LimitedSearch.MAX_ENTRIES, (long) a.nnz() + n);
        this.colIdx = new int[capacity];
        this.values = new double[capacity];
        this.row = new double[n];
        this.size = new double[n];
        this.inRow = new int[n];
        Arrays.fill(inRow, -1);
        this.heap = new int[n];
        this.left = new int[n];
        this.right = new int[n];
    }

    /** Column k of the factors is column order()[k] of A. */
    int[] order() {
        return order;
    }

    /** How often columns were exchanged. */
    int exchanges() {
        return exchanges;
    }

    /** Factors and gathers. */
    TriangularFactors factors(String name, Precision precision) {
        for (int i = 0; i < a.rows(); i++) {
            row(i);
        }
        if (exchanges > 0) {
            renumber();
        }
        SparsityPattern pattern = SparsityPattern.of(a.rows(), a.rows(), rowPtr, Arrays.copyOf(colIdx, count));
        colIdx = null;
        TriangularPattern s =
                new TriangularPattern(a.pattern(), TriangularPattern.BY_VALUES, pattern, diagonal, a.pool());
        double[] inverse = IncompleteFactors.inverse(s, values);
        return new TriangularFactors(name, Preconditioner.Kind.FIXED, note(), s, precision, values, inverse, inverse);
    }

    private String note() {
        if (pivotTolerance == 0) {
            return IncompleteFactors.shifted(shifted);
        }
        int moved = 0;
        for (int k = 0; k < order.length; k++) {
            moved += order[k] == k ? 0 : 1;
        }
        String columns = moved == 0 ? "" : "moved " + moved + " of " + order.length + " columns";
        String pivots = replaced == 0 ? "" : "zero pivots replaced: " + replaced;
        return columns + (moved > 0 && replaced > 0 ? ", " : "") + pivots;
    }

    private void row(int i) {
        int[] columns = a.colIdx();
        heaped = 0;
        rights = 0;
        int begin = a.rowPtr()[i];
        int end = a.rowPtr()[i + 1];
        for (int k = begin; k < end; k++) {
            put(i, columns[k], a.values()[k]);
        }
        int mostLeft = (int) Math.min(a.rows(), (long) heaped + fill);
        int mostRight = (int) Math.min(a.rows(), (long) rights - (inRow[order[i]] == i ? 1 : 0) + fill);
        double drop = ofNorm(dropTolerance, begin, end);
        int lefts = eliminate(i, drop);
        int kept = Largest.toFront(left, lefts, mostLeft, size);
        int pivot = pivot(i);
        int candidates = 0;
        for (int k = 0; k < rights; k++) {
            int j = right[k];
            if (j != pivot && !(size[j] <= drop)) {
                right[candidates++] = j;
            }
        }
        int keptRight = Largest.toFront(right, candidates, mostRight, size);
        store(i, kept, pivot, keptRight);
    }

    /** Adds an entry to the row, and to one of its lists when it is new there. */
    private void put(int i, int j, double value) {
        if (inRow[j] == i) {
            row[j] += value;
            return;
        }
        inRow[j] = i;
        row[j] = value;
        if (place[j] < i) {
            push(place[j]);
        } else {
            right[rights++] = j;
        }
    }

    /** Subtracts multiples of earlier rows; fills {@code left} with the columns of L that are not dropped. */
    private int eliminate(int i, double drop) {
        int lefts = 0;
        while (heaped > 0) {
            int k = pop();
            int j = order[k];
            double contribution = Math.abs(row[j]); // |l_ik u_kk|
            if (contribution <= drop) {
                continue;
            }
            if (!(contribution <= Double.MAX_VALUE)) {
                throw IncompleteFactors.notFinite(i, row[j]);
            }
            double l = row[j] / values[diagonal[k]];
            row[j] = l;
            size[j] = contribution;
            left[lefts++] = j;
            for (int q = diagonal[k] + 1, last = rowPtr[k + 1]; q < last; q++) {
                put(i, colIdx[q], -(l * values[q])); // a_i: ← a_i: − l_ik u_k:
            }
        }
        for (int k = 0; k < rights; k++) {
            int j = right[k];
            size[j] = Math.abs(row[j]);
            if (!(size[j] <= Double.MAX_VALUE)) {
                throw IncompleteFactors.notFinite(i, row[j]);
            }
        }
        return lefts;
    }

    /** The column of the pivot, exchanged where it has to be. */
    private int pivot(int i) {
        int pivot = order[i];
        double own = inRow[pivot] == i ? size[pivot] : 0;
        if (pivotTolerance > 0) {
            int best = pivot;
            double largest = own;
            for (int k = 0; k < rights; k++) {
                int j = right[k];
                if (size[j] > largest) {
                    best = j;
                    largest = size[j];
                }
            }
            if (pivotTolerance * largest > own || (own == 0 && largest > 0)) {
                int to = place[best];
                order[i] = best;
                order[to] = pivot;
                place[best] = i;
                place[pivot] = to;
                exchanges++;
                return best;
            }
        }
        double least = shift == 0 ? 0 : shift * largest(a.rowPtr()[i], a.rowPtr()[i + 1]);
        if (own < least) {
            row[pivot] = inRow[pivot] == i ? Math.copySign(least, row[pivot]) : least;
            shifted++;
        } else if (own == 0) {
            replace(i, pivot);
        }
        return pivot;
    }

    /** Where dropping has left nothing to exchange for, a small pivot stands in for what was dropped, as in SPARSKIT. */
    private void replace(int i, int pivot) {
        double stand = ofNorm(dropTolerance + 1e-4, a.rowPtr()[i], a.rowPtr()[i + 1]);
        if (pivotTolerance > 0 && stand > 0) {
            row[pivot] = stand;
            replaced++;
            return;
        }
        String advice = pivotTolerance > 0
                ? "the matrix is singular"
                : "try Ilutp, which exchanges columns, or better Matched with Ilutp; or a shift";
        throw new BuildException(BuildException.Reason.ZERO_PIVOT, i, "the pivot of row " + i + " is zero", advice);
    }

    private void store(int i, int lefts, int pivot, int rightsKept) {
        long needed = (long) count + lefts + rightsKept + 1;
        if (needed > LimitedSearch.MAX_ENTRIES) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    i,
                    "the factors have " + needed + " entries by row " + i,
                    "try a larger dropTolerance or less fill");
        }
        if (needed > values.length) {
            int capacity = (int) Math.min(LimitedSearch.MAX_ENTRIES, needed + values.length / 2);
            colIdx = Arrays.copyOf(colIdx, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        for (int k = 0; k < lefts; k++) {
            left[k] = place[left[k]];
        }
        Arrays.sort(left, 0, lefts);
        for (int k = 0; k < lefts; k++) {
            colIdx[count] = left[k];
            values[count++] = row[order[left[k]]];
        }
        diagonal[i] = count;
        colIdx[count] = pivot;
        values[count++] = row[pivot];
        Arrays.sort(right, 0, rightsKept);
        for (int k = 0; k < rightsKept; k++) {
            colIdx[count] = right[k];
            values[count++] = row[right[k]];
        }
        rowPtr[i + 1] = count;
    }

    /** From columns to places in U, sorted. */
    private void renumber() {
        for (int i = 0; i < a.rows(); i++) {
            int begin = diagonal[i];
            int length = rowPtr[i + 1] - begin;
            for (int k = 0; k < length; k++) {
                right[k] = place[colIdx[begin + k]];
                row[right[k]] = values[begin + k];
            }
            Arrays.sort(right, 0, length); // the diagonal stays in front
            for (int k = 0; k < length; k++) {
                colIdx[begin + k] = right[k];
                values[begin + k] = row[right[k]];
            }
        }
    }

    /** A share of ‖a_i‖₂, scaled so that it neither overflows nor vanishes on the way. */
    private double ofNorm(double share, int begin, int end) {
        double largest = share > 0 ? largest(begin, end) : 0;
        double sum = 0;
        for (int k = begin; k < end && largest > 0; k++) {
            double v = a.values()[k] / largest;
            sum += v * v;
        }
        return share * largest * Math.sqrt(sum);
    }

    private double largest(int begin, int end) {
        double largest = 0;
        for (int k = begin; k < end; k++) {
            largest = Math.max(largest, Math.abs(a.values()[k]));
        }
        return largest;
    }

    private void push(int k) {
        int at = heaped++;
        while (at > 0 && heap[(at - 1) / 2] > k) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = k;
    }

    private int pop() {
        int least = heap[0];
        int k = heap[--heaped];
        int at = 0;
        for (int child = 1; child < heaped; child = 2 * at + 1) {
            if (child + 1 < heaped && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= k) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = k;
        return least;
    }
}
