package dev.ritz.preconditioners;

import dev.ritz.api.Preconditioner;

/**
 * M = L̂ D Û with unit triangles: z ← Û⁻¹ D⁻¹ L̂⁻¹ r in two sweeps over rows scaled beforehand, so that a row costs no
 * division. The sweeps are serial: docs/decisions/0002-triangular-solves.md tells why levels of independent rows are
 * not shared among threads.
 */
final class TriangularFactors implements Preconditioner {
    private final String name;
    private final Kind kind;
    private final String note;
    private final TriangularPattern symbolic;
    private final Values lower;
    private final Values upper;
    private final double[] inverse;

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
            Precision precision,
            double[] lower,
            double[] upper,
            double[] inverse) {
        this.name = name;
        this.kind = kind;
        this.note = note;
        this.symbolic = symbolic;
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

    /** z_i ← d_i r_i − Σ t_ij z_j, row by row; no d is d = 1. */
    private static void sweep(
            TriangularPattern.Sweep s, Values v, double[] d, double[] r, double[] z, boolean ascending) {
        if (v.wide != null) {
            wideRows(s, v.wide, d, r, z, ascending);
        } else {
            narrowRows(s, v.narrow, d, r, z, ascending);
        }
    }

    private static void wideRows(
            TriangularPattern.Sweep s, double[] t, double[] d, double[] r, double[] z, boolean ascending) {
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        int n = ptr.length - 1;
        int k = 0;
        for (int p = 0; p < n; p++) {
            int i = ascending ? p : n - 1 - p;
            double sum = d == null ? r[i] : d[i] * r[i];
            for (int end = ptr[p + 1]; k < end; k++) {
                sum -= t[k] * z[idx[k]];
            }
            z[i] = sum;
        }
    }

    private static void narrowRows(
            TriangularPattern.Sweep s, float[] t, double[] d, double[] r, double[] z, boolean ascending) {
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        int n = ptr.length - 1;
        int k = 0;
        for (int p = 0; p < n; p++) {
            int i = ascending ? p : n - 1 - p;
            double sum = d == null ? r[i] : d[i] * r[i];
            for (int end = ptr[p + 1]; k < end; k++) {
                sum -= t[k] * z[idx[k]];
            }
            z[i] = sum;
        }
    }
}
