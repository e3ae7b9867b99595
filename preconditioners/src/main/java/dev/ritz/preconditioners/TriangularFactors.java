package dev.ritz.preconditioners;

import dev.ritz.api.Preconditioner;
import dev.ritz.api.kernel.WorkerPool;

/**
 * M = L̂ D Û with unit triangles: z ← Û⁻¹ D⁻¹ L̂⁻¹ r in two sweeps over rows scaled beforehand, so that a row costs no
 * division. Where a level of independent rows is wide enough, its rows are stored together and shared among threads;
 * each row is summed in the order of its columns either way, so the bits are the same.
 */
final class TriangularFactors implements Preconditioner {
    private static final int BLOCK = 512;
    private static final WorkerPool.BlockKernel<TriangularFactors> LEVEL = TriangularFactors::levelBlock;

    private final String name;
    private final Kind kind;
    private final String note;
    private final TriangularPattern symbolic;
    private final WorkerPool pool;
    private final Values lower;
    private final Values upper;
    private final double[] inverse;

    // the level at hand
    private TriangularPattern.Sweep sweep;
    private Values values;
    private double[] scale;
    private int first;
    private int last;

    /** One triangle's values in the order of its sweep, in one of two precisions. */
    private record Values(double[] wide, float[] narrow) {
        long bytes() {
            return wide != null ? 8L * wide.length : 4L * narrow.length;
        }
    }

    /**
     * Scales and stores factors.
     *
     * @param lower values of L̂ at {@code symbolic.lower}'s places
     * @param upper values of Û at {@code symbolic.upper}'s places
     * @param inverse the diagonal of D⁻¹; kept
     */
    TriangularFactors(
            String name,
            Kind kind,
            String note,
            TriangularPattern symbolic,
            WorkerPool pool,
            Precision precision,
            double[] lower,
            double[] upper,
            double[] inverse) {
        this.name = name;
        this.kind = kind;
        this.note = note;
        this.symbolic = symbolic;
        this.pool = pool;
        this.lower = stored(lower, precision);
        this.upper = stored(upper, precision);
        this.inverse = inverse;
    }

    private static Values stored(double[] v, Precision precision) {
        if (precision == Precision.DOUBLE) {
            return new Values(v, null);
        }
        float[] narrow = new float[v.length];
        for (int k = 0; k < v.length; k++) {
            narrow[k] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, v[k]));
        }
        return new Values(null, narrow);
    }

    /** {@return the symbolic part, for a rebuild} */
    TriangularPattern symbolic() {
        return symbolic;
    }

    @Override
    public int size() {
        return inverse.length;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public long bytes() {
        return symbolic.bytes() + lower.bytes() + upper.bytes() + 8L * inverse.length;
    }

    @Override
    public void apply(double[] r, double[] z) {
        sweep(symbolic.lower, lower, null, r, z, true); // z ← L̂⁻¹ r
        sweep(symbolic.upper, upper, inverse, z, z, false); // z ← Û⁻¹ D⁻¹ z
    }

    private void sweep(TriangularPattern.Sweep s, Values v, double[] d, double[] r, double[] z, boolean ascending) {
        if (s.levels == null || pool.threads() == 1) {
            rows(s, v, d, r, z, 0, inverse.length, ascending);
            return;
        }
        sweep = s;
        values = v;
        scale = d;
        for (int l = 0; l < s.levels.length - 1; l++) {
            first = s.levels[l];
            last = s.levels[l + 1];
            pool.run((last - first + BLOCK - 1) / BLOCK, LEVEL, this, r, z);
        }
        sweep = null;
        values = null;
        scale = null;
    }

    private static void levelBlock(TriangularFactors f, double[] r, double[] z, int block) {
        int from = f.first + block * BLOCK;
        rows(f.sweep, f.values, f.scale, r, z, from, Math.min(f.last, from + BLOCK), true);
    }

    /** z_i ← d_i r_i − Σ t_ij z_j for places {@code from} to {@code to} of the sweep. */
    private static void rows(
            TriangularPattern.Sweep s,
            Values v,
            double[] d,
            double[] r,
            double[] z,
            int from,
            int to,
            boolean ascending) {
        if (v.wide != null) {
            wideRows(s, v.wide, d, r, z, from, to, ascending);
        } else {
            narrowRows(s, v.narrow, d, r, z, from, to, ascending);
        }
    }

    private static void wideRows(
            TriangularPattern.Sweep s,
            double[] t,
            double[] d,
            double[] r,
            double[] z,
            int from,
            int to,
            boolean ascending) {
        int[] order = s.order;
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        int n = ptr.length - 1;
        int k = ptr[from];
        for (int p = from; p < to; p++) {
            int i = order != null ? order[p] : ascending ? p : n - 1 - p;
            double sum = d == null ? r[i] : d[i] * r[i];
            for (int end = ptr[p + 1]; k < end; k++) {
                sum -= t[k] * z[idx[k]];
            }
            z[i] = sum;
        }
    }

    private static void narrowRows(
            TriangularPattern.Sweep s,
            float[] t,
            double[] d,
            double[] r,
            double[] z,
            int from,
            int to,
            boolean ascending) {
        int[] order = s.order;
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        int n = ptr.length - 1;
        int k = ptr[from];
        for (int p = from; p < to; p++) {
            int i = order != null ? order[p] : ascending ? p : n - 1 - p;
            double sum = d == null ? r[i] : d[i] * r[i];
            for (int end = ptr[p + 1]; k < end; k++) {
                sum -= t[k] * z[idx[k]];
            }
            z[i] = sum;
        }
    }
}
