package dev.ritz.preconditioners.domain;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import java.util.Arrays;

/** One subdomain: its rows, the matrix on them and its preconditioner. */
final class Subdomain {
    private static final WorkerPool.BlockKernel<Build> BUILD = Build::part;

    private final int number;
    /** Its rows, ascending. */
    final int[] rows;
    /** Which of them belong to its part and not to the overlap. */
    final int[] own;

    final double[] r;
    final double[] z;
    private SparsityPattern pattern;
    private Preconditioner inner;

    Subdomain(int number, int[] rows, int[] labels) {
        this.number = number;
        this.rows = rows;
        int count = 0;
        for (int i : rows) {
            count += labels[i] == number ? 1 : 0;
        }
        this.own = new int[count];
        count = 0;
        for (int k = 0; k < rows.length; k++) {
            if (labels[rows[k]] == number) {
                own[count++] = k;
            }
        }
        this.r = new double[rows.length];
        this.z = new double[rows.length];
    }

    /** Inner builds of all subdomains, which share nothing. */
    private record Build(
            Subdomain[] parts,
            CsrMatrix a,
            PreconditionerFactory factory,
            WorkerPool alone,
            RuntimeException[] failed) {
        void part(double[] x, double[] y, int p) {
            try {
                parts[p].build(a, factory, alone);
            } catch (BuildException | IllegalArgumentException e) {
                failed[p] = e;
            }
        }
    }

    /**
     * Builds, or rebuilds, all inner preconditioners; where some fail, the failure of the first is thrown.
     *
     * @param alone a pool of one thread for the inner preconditioners: all others are busy with other subdomains
     */
    static void buildAll(Subdomain[] parts, CsrMatrix a, PreconditionerFactory factory, WorkerPool alone) {
        RuntimeException[] failed = new RuntimeException[parts.length];
        a.pool().run(parts.length, BUILD, new Build(parts, a, factory, alone, failed), null, null);
        for (int p = 0; p < parts.length; p++) {
            if (failed[p] instanceof BuildException e) {
                throw parts[p].asSeenFromA(e);
            }
            if (failed[p] != null) {
                throw new IllegalArgumentException(
                        failed[p].getMessage() + "; rows and columns are numbered as in subdomain " + p, failed[p]);
            }
        }
    }

    private void build(CsrMatrix a, PreconditionerFactory factory, WorkerPool alone) {
        boolean again = pattern != null;
        CsrMatrix local;
        if (again) {
            local = CsrMatrix.of(pattern, values(a));
        } else {
            local = extract(a);
            pattern = local.pattern();
        }
        local = local.on(alone);
        inner = again && inner != null ? factory.rebuild(inner, local) : factory.build(local);
    }

    /** R A Rᵀ. */
    private CsrMatrix extract(CsrMatrix a) {
        int[] rowPtr = new int[rows.length + 1];
        int[] colIdx = new int[16];
        double[] values = new double[16];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            int begin = a.rowPtr()[rows[i]];
            int end = a.rowPtr()[rows[i] + 1];
            int candidates = Math.min(end - begin, rows.length);
            if (count + (long) candidates > colIdx.length) {
                int length = (int) Math.min(2L * count + candidates, Integer.MAX_VALUE - 8);
                colIdx = Arrays.copyOf(colIdx, length);
                values = Arrays.copyOf(values, length);
            }
            for (int c = 0; c < candidates; c++) { // look the shorter up in the longer: a row may be dense
                boolean shortRow = candidates == end - begin;
                int k = shortRow ? begin + c : Arrays.binarySearch(a.colIdx(), begin, end, rows[c]);
                int j = shortRow ? Arrays.binarySearch(rows, a.colIdx()[k]) : c;
                if (j >= 0 && k >= 0) {
                    colIdx[count] = j;
                    values[count++] = a.values()[k];
                }
            }
            rowPtr[i + 1] = count;
        }
        return CsrMatrix.of(
                rows.length, rows.length, rowPtr, Arrays.copyOf(colIdx, count), Arrays.copyOf(values, count));
    }

    /** The values of R A Rᵀ where its pattern is known: columns ascend in both. */
    private double[] values(CsrMatrix a) {
        double[] values = new double[pattern.nnz()];
        for (int i = 0; i < rows.length; i++) {
            int at = a.rowPtr()[rows[i]];
            for (int k = pattern.rowPtr()[i]; k < pattern.rowPtr()[i + 1]; k++) {
                int j = rows[pattern.colIdx()[k]];
                while (a.colIdx()[at] != j) {
                    at++;
                }
                values[k] = a.values()[at];
            }
        }
        return values;
    }

    private BuildException asSeenFromA(BuildException e) {
        int row = e.row() < 0 ? -1 : rows[e.row()];
        String where =
                (row < 0 ? "" : "row " + row + ", which is row " + e.row() + " of ") + "subdomain " + number + ": ";
        BuildException seen = new BuildException(e.reason(), row, where + e.found(), e.advice());
        seen.initCause(e);
        return seen;
    }

    Preconditioner inner() {
        return inner;
    }

    /** z_i ← M_i⁻¹ R_i r. */
    void apply(double[] from) {
        int[] at = rows;
        double[] to = r;
        for (int k = 0; k < at.length; k++) {
            to[k] = from[at[k]];
        }
        inner.apply(to, z);
    }

    /** z ← R̃_iᵀ z_i. */
    void writeOwn(double[] to) {
        int[] mine = own;
        int[] at = rows;
        double[] from = z;
        for (int k : mine) {
            to[at[k]] = from[k];
        }
    }

    long bytes() {
        return 20L * rows.length + 4L * own.length + 4L * pattern.nnz() + 4L * rows.length + inner.bytes();
    }
}
