package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SparsityPattern;
import java.util.Arrays;

/**
 * A ≈ (I + U)ᵀ D (I + U) row by row, with small entries dropped and the number of the others limited. Row i collects what
 * the earlier rows with an entry in column i have for it; lists keep these rows at hand, each in that of the column
 * where its next entry is.
 */
final class ThresholdCholesky {
    /** A row of U with more entries is long: what it has for another row is foreseen where all of it may be dropped. */
    private static final int LONG = 256;
    /** A long row so many times longer than what it is subtracted from is searched, not walked. */
    private static final int MUCH_LONGER = 16;

    private final CsrMatrix a;
    private final int[] diagonalOfA;
    private final double dropTolerance;
    private final int fill;
    private final double omega;
    private final int longRow;
    /** What earlier rows have dropped from each column, which its diagonal takes in part. */
    private final double[] owed;
    /** 1 / √a_jj. */
    private final double[] scale;

    /** D U by rows, without the diagonal. */
    private final int[] rowPtr;

    private int[] colIdx;
    private double[] values;
    private int count;
    private final double[] d;
    private final double[] inverse;

    /** The first row in the list of each column, and the one behind each row; −1 at the end. */
    private final int[] first;

    private final int[] behind;
    /** Of each row: its first entry that no row has used yet. */
    private final int[] next;

    // the row at hand
    private final double[] row;
    private final double[] size;
    private final int[] inRow;
    private final int[] right;
    private int rights;

    /** Of each long row k: the largest |d_k u_kj| / √a_jj; 0 for the others, null while no row is long. */
    private double[] peak;

    /** The columns that A and the rows that are not long have in the row at hand, sorted, and who noted each. */
    private int[] columns;

    private int columnCount;
    private int[] notedBy;

    /**
     * A factorisation to be done.
     *
     * @param diagonal positions of the positive diagonal of A
     * @param dropTolerance below which an entry is dropped, relative to √(a_ii a_jj)
     * @param fill how many entries more than A a row of U may have
     * @param omega the share of a dropped entry that the diagonals of its row and column take
     */
    ThresholdCholesky(CsrMatrix a, int[] diagonal, double dropTolerance, int fill, double omega) {
        this(a, diagonal, dropTolerance, fill, omega, LONG);
    }

    /** The same with another length beyond which a row of U is long, which changes the work and no bit. */
    ThresholdCholesky(CsrMatrix a, int[] diagonal, double dropTolerance, int fill, double omega, int longRow) {
        this.a = a;
        this.diagonalOfA = diagonal;
        this.dropTolerance = dropTolerance;
        this.fill = fill;
        this.omega = omega;
        this.longRow = longRow;
        int n = a.rows();
        this.owed = new double[n];
        this.scale = new double[n];
        for (int i = 0; i < n; i++) {
            scale[i] = 1 / Math.sqrt(a.values()[diagonal[i]]);
        }
        this.rowPtr = new int[n + 1];
        this.colIdx = new int[a.nnz()];
        this.values = new double[a.nnz()];
        this.d = new double[n];
        this.inverse = new double[n];
        this.first = new int[n];
        this.behind = new int[n];
        this.next = new int[n];
        this.row = new double[n];
        this.size = new double[n];
        this.inRow = new int[n];
        this.right = new int[n];
    }

    /** Factors A + α diag(A) with growing α until all pivots are positive, and gathers. */
    TriangularFactors factors(String name, Precision precision) {
        int bad = factor(0);
        double pivot = bad < 0 ? 0 : d[bad];
        double alpha = 0;
        for (int failed = bad; failed >= 0; ) {
            alpha = alpha == 0 ? 1e-3 : 2 * alpha;
            if (alpha > 16) {
                throw new BuildException(
                        BuildException.Reason.NOT_POSITIVE,
                        bad,
                        "the pivot of row " + bad + " is " + pivot + ", and no shift up to 16 diag(A) helps",
                        "try Ilut");
            }
            failed = factor(alpha);
        }
        int n = a.rows();
        SparsityPattern upper = SparsityPattern.of(n, n, rowPtr, Arrays.copyOf(colIdx, count));
        TriangularPattern s = LevelFill.joined(upper, upper, a.pattern(), TriangularPattern.BY_VALUES, a.pool());
        double[] lu = new double[s.pattern.nnz()];
        int[] cursor = Arrays.copyOf(s.pattern.rowPtr(), n);
        for (int j = 0; j < n; j++) {
            int at = s.diagonal[j];
            lu[at++] = d[j];
            for (int k = rowPtr[j]; k < rowPtr[j + 1]; k++) {
                lu[at++] = values[k];
                lu[cursor[colIdx[k]]++] = values[k] * inverse[j]; // l_ij = u_ji
            }
        }
        String note = alpha == 0 ? "" : "factored A + " + alpha + " diag(A)";
        double[] checked = IncompleteFactors.inverse(s, lu);
        return new TriangularFactors(name, Preconditioner.Kind.SPD, note, s, precision, lu, checked, checked);
    }

    /** Returns the first row whose pivot is not acceptable, or −1. */
    private int factor(double shift) {
        Arrays.fill(first, -1);
        Arrays.fill(inRow, -1);
        Arrays.fill(owed, 0);
        peak = null;
        count = 0;
        for (int i = 0; i < a.rows(); i++) {
            int begin = diagonalOfA[i] + 1;
            int end = a.rowPtr()[i + 1];
            rights = 0;
            for (int k = begin; k < end; k++) {
                put(i, a.colIdx()[k], a.values()[k]);
            }
            double own = a.values()[diagonalOfA[i]] * (1 + shift);
            d[i] = eliminate(i, own) + omega * owed[i];
            if (!acceptable(d[i], own)) {
                return i;
            }
            int kept = select(i, end - begin);
            if (omega > 0) {
                d[i] += omega * dropped(kept);
                if (!acceptable(d[i], own)) {
                    return i;
                }
            }
            inverse[i] = 1 / d[i];
            store(i, kept);
        }
        return -1;
    }

    /** A pivot that cancelled away is useless even where its sign is right. */
    private static boolean acceptable(double pivot, double own) {
        return pivot > 1e-12 * own && pivot <= Double.MAX_VALUE;
    }

    /** Puts what is kept of row i to the front of its list; returns how many. */
    private int select(int i, int ofA) {
        int candidates = 0;
        for (int k = 0; k < rights; k++) {
            int j = right[k];
            if (!(Math.abs(row[j]) <= Double.MAX_VALUE)) {
                throw IncompleteFactors.notFinite(i, row[j]);
            }
            size[j] = Math.abs(row[j]) * scale[j];
            if (!(size[j] * scale[i] <= dropTolerance)) {
                right[k] = right[candidates];
                right[candidates++] = j;
            }
        }
        int most = (int) Math.min(a.rows(), (long) ofA + fill);
        return Largest.toFront(right, candidates, most, size);
    }

    /** The sum of what is not kept of the row, which is noted for the other diagonals too. */
    private double dropped(int kept) {
        double sum = 0;
        for (int k = kept; k < rights; k++) {
            int j = right[k];
            sum += row[j];
            owed[j] += row[j]; // entry (j, i) goes with (i, j)
        }
        return sum;
    }

    private void put(int i, int j, double value) {
        if (inRow[j] == i) {
            row[j] += value;
        } else {
            inRow[j] = i;
            row[j] = value;
            right[rights++] = j;
        }
    }

    /** Subtracts what earlier rows have for row i; returns the pivot. */
    private double eliminate(int i, double own) {
        boolean foreseen = peak != null && longRowsAddNothing(i);
        double pivot = own;
        int following;
        for (int k = first[i]; k >= 0; k = following) {
            following = behind[k];
            int at = next[k];
            double l = values[at] * inverse[k];
            pivot -= l * values[at];
            int end = rowPtr[k + 1];
            if (foreseen && peak[k] > 0 && (end - at) / MUCH_LONGER > columnCount) {
                subtractLong(i, l, at + 1, end);
            } else {
                for (int q = at + 1; q < end; q++) {
                    put(i, colIdx[q], -(l * values[q])); // a_i: ← a_i: − l_ik d_k u_k:
                }
            }
            advance(k, at + 1, end);
        }
        return pivot;
    }

    /** The same where row k of U is much longer than the columns in which it matters. */
    private void subtractLong(int i, double l, int begin, int end) {
        int from = begin;
        for (int c = 0; c < columnCount; c++) {
            int q = Checks.position(colIdx, from, end, columns[c]);
            if (q >= 0) {
                put(i, columns[c], -(l * values[q]));
                from = q + 1;
            }
        }
    }

    /**
     * Whether an entry of row i that comes from long rows alone is surely dropped: it is at most the sum of the largest
     * that each of them can give. Then the columns of all other entries are noted.
     */
    private boolean longRowsAddNothing(int i) {
        double most = 0;
        for (int k = first[i]; k >= 0; k = behind[k]) {
            most += Math.abs(values[next[k]] * inverse[k]) * peak[k];
        }
        if (!(most > 0 && most * scale[i] <= 0.5 * dropTolerance)) { // half, lest rounding matter
            return false;
        }
        columnCount = 0;
        for (int k = 0; k < rights; k++) {
            note(i, right[k]);
        }
        for (int k = first[i]; k >= 0; k = behind[k]) {
            for (int q = next[k] + 1, end = peak[k] > 0 ? q : rowPtr[k + 1]; q < end; q++) {
                note(i, colIdx[q]);
            }
        }
        Arrays.sort(columns, 0, columnCount);
        return true;
    }

    private void note(int i, int j) {
        if (notedBy[j] != i) {
            notedBy[j] = i;
            columns[columnCount++] = j;
        }
    }

    /** Notes that row i, just selected, is long. */
    private void remember(int i, int kept) {
        if (peak == null) {
            int n = a.rows();
            peak = new double[n];
            columns = new int[n];
            notedBy = new int[n];
            Arrays.fill(notedBy, -1);
        }
        for (int k = 0; k < kept; k++) {
            peak[i] = Math.max(peak[i], size[right[k]]);
        }
    }

    /** Puts row k into the list of the column of its entry {@code at}, if it has one. */
    private void advance(int k, int at, int end) {
        if (at < end) {
            next[k] = at;
            behind[k] = first[colIdx[at]];
            first[colIdx[at]] = k;
        }
    }

    private void store(int i, int kept) {
        long needed = (long) count + kept;
        if (needed > LimitedSearch.MAX_ENTRIES) {
            throw new BuildException(
                    BuildException.Reason.TOO_LARGE,
                    i,
                    "the factor has " + needed + " entries by row " + i,
                    "try a larger dropTolerance or less fill");
        }
        if (needed > values.length) {
            int capacity = (int) Math.min(LimitedSearch.MAX_ENTRIES, needed + values.length / 2);
            colIdx = Arrays.copyOf(colIdx, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        Arrays.sort(right, 0, kept);
        for (int k = 0; k < kept; k++) {
            colIdx[count] = right[k];
            values[count++] = row[right[k]];
        }
        rowPtr[i + 1] = count;
        if (kept > longRow && omega == 0 && dropTolerance > 0) { // a modified factor needs all that is dropped
            remember(i, kept);
        }
        advance(i, rowPtr[i], count);
    }
}
