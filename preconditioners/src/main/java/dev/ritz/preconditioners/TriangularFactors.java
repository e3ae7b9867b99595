package dev.ritz.preconditioners;

import dev.ritz.api.Preconditioner;

/**
 * M = L̂ D Û with unit triangles: z ← Û⁻¹ D⁻¹ L̂⁻¹ r in two sweeps over rows scaled beforehand, so that a row costs no
 * division. A row waits for its neighbour only through a register and one fused multiply-add; the rest of it overlaps
 * with the rows before. The sweeps are serial: docs/decisions/0002-triangular-solves.md tells why levels of independent rows are
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
        if (lower.wide != null) {
            wideForward(symbolic.lower, lower.wide, r, z);
            wideBackward(symbolic.upper, upper.wide, inverse, z);
        } else {
            narrowForward(symbolic.lower, lower.narrow, r, z);
            narrowBackward(symbolic.upper, upper.narrow, inverse, z);
        }
    }

    /** z ← L̂⁻¹ r. The entry beside the diagonal is the last of its row. */
    private static void wideForward(TriangularPattern.Sweep s, double[] t, double[] r, double[] z) {
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        double last = 0; // z_i−1, kept in a register: what a row waits for
        int k = 0;
        for (int i = 0; i < ptr.length - 1; i++) {
            int end = ptr[i + 1];
            boolean beside = end > k && idx[end - 1] == i - 1;
            double near = beside ? t[end - 1] : 0;
            int far = beside ? end - 1 : end;
            double sum = r[i];
            for (; k < far; k++) {
                sum -= t[k] * z[idx[k]];
            }
            k = end;
            last = beside ? Math.fma(-near, last, sum) : sum;
            z[i] = last;
        }
    }

    /** z ← Û⁻¹ D⁻¹ z. The entry beside the diagonal is the first of its row. */
    private static void wideBackward(TriangularPattern.Sweep s, double[] t, double[] d, double[] z) {
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        int n = ptr.length - 1;
        double last = 0; // z_i+1
        int k = 0;
        for (int p = 0; p < n; p++) {
            int i = n - 1 - p;
            int end = ptr[p + 1];
            boolean beside = end > k && idx[k] == i + 1;
            double near = beside ? t[k] : 0;
            k += beside ? 1 : 0;
            double sum = d[i] * z[i];
            for (; k < end; k++) {
                sum -= t[k] * z[idx[k]];
            }
            last = beside ? Math.fma(-near, last, sum) : sum;
            z[i] = last;
        }
    }

    /** z ← L̂⁻¹ r. The entry beside the diagonal is the last of its row. */
    private static void narrowForward(TriangularPattern.Sweep s, float[] t, double[] r, double[] z) {
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        double last = 0; // z_i−1, kept in a register: what a row waits for
        int k = 0;
        for (int i = 0; i < ptr.length - 1; i++) {
            int end = ptr[i + 1];
            boolean beside = end > k && idx[end - 1] == i - 1;
            double near = beside ? t[end - 1] : 0;
            int far = beside ? end - 1 : end;
            double sum = r[i];
            for (; k < far; k++) {
                sum -= t[k] * z[idx[k]];
            }
            k = end;
            last = beside ? Math.fma(-near, last, sum) : sum;
            z[i] = last;
        }
    }

    /** z ← Û⁻¹ D⁻¹ z. The entry beside the diagonal is the first of its row. */
    private static void narrowBackward(TriangularPattern.Sweep s, float[] t, double[] d, double[] z) {
        int[] ptr = s.ptr;
        int[] idx = s.idx;
        int n = ptr.length - 1;
        double last = 0; // z_i+1
        int k = 0;
        for (int p = 0; p < n; p++) {
            int i = n - 1 - p;
            int end = ptr[p + 1];
            boolean beside = end > k && idx[k] == i + 1;
            double near = beside ? t[k] : 0;
            k += beside ? 1 : 0;
            double sum = d[i] * z[i];
            for (; k < end; k++) {
                sum -= t[k] * z[idx[k]];
            }
            last = beside ? Math.fma(-near, last, sum) : sum;
            z[i] = last;
        }
    }
}
