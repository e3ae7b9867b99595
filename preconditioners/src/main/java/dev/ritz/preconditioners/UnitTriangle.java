package dev.ritz.preconditioners;

import dev.ritz.api.kernel.WorkerPool;

/**
 * A sparse triangle with ones on its diagonal, and the sweeps that solve with it, a range of rows at a time.
 *
 * <p>Rows are solved in order, so a row waits for its neighbour. To keep that wait short, the entry beside the diagonal
 * stands in an array of its own and the value it multiplies stays in a register: one fused multiply-add per row is on
 * the critical path, and the rest of a row overlaps with the rows before it. What overlaps must be foreseen by the
 * processor, so all rows have the same number of slots, idle ones filled by zeros, and the few longer rows a rest. Where
 * it foresees the lengths of rows anyway there are no slots, and all stands in the rest.
 * docs/decisions/0002-triangular-solves.md has the figures.
 *
 * <p>A sum begins with 0.0 + r_i, which is never −0.0; so a row without a neighbour has the same bits whether a range
 * begins there or not.
 */
final class UnitTriangle {
    private static final WorkerPool.BlockSum<Gathering> GATHER = Gathering::rows;

    private final int width;
    private final int[] slots;
    private final int[] rest;
    private final int[] restIdx;
    private final Values wide;
    private final FloatValues narrow;

    private record Values(double[] near, double[] slots, double[] rest) {}

    private record FloatValues(float[] near, float[] slots, float[] rest) {}

    /**
     * Gathers a triangle and checks that all of it is finite.
     *
     * @param where its pattern
     * @param lu its values at the positions of A
     * @param factor what to multiply its rows with, or null
     * @param precision how to store them
     */
    UnitTriangle(
            TriangularPattern s, TriangularPattern.Triangle where, double[] lu, double[] factor, Precision precision) {
        this.width = where.width;
        this.slots = where.slots;
        this.rest = where.rest;
        this.restIdx = where.restIdx;
        int n = s.size();
        Values v = new Values(new double[n], new double[slots.length], new double[restIdx.length]);
        Gathering gathering = new Gathering(s, where, v);
        double bad = 0;
        int blocks = n / Gathering.BLOCK + (n % Gathering.BLOCK == 0 ? 0 : 1);
        if (Checks.large(s.pattern.nnz())) {
            bad = s.pool.sum(blocks, GATHER, gathering, lu, factor);
        } else {
            for (int block = 0; block < blocks; block++) {
                bad += gathering.rows(lu, factor, block);
            }
        }
        if (bad != 0) {
            gathering.blame(lu, factor);
        }
        boolean single = precision == Precision.FLOAT;
        this.wide = single ? null : v;
        this.narrow = single ? new FloatValues(narrow(v.near), narrow(v.slots), narrow(v.rest)) : null;
    }

    /** From the positions of A into a triangle. */
    private record Gathering(TriangularPattern s, TriangularPattern.Triangle where, Values v) {
        static final int BLOCK = 4096;

        /** Fills some rows and counts what is not finite there. */
        double rows(double[] lu, double[] factor, int block) {
            int width = where.width;
            double[] near = v.near;
            double[] slots = v.slots;
            double[] rest = v.rest;
            int bad = 0;
            for (int i = block * BLOCK, to = i + Math.min(s.size() - i, BLOCK); i < to; i++) {
                double f = factor == null ? 1 : factor[i];
                int begin = where.begin(s, i);
                int end = where.end(s, i);
                int slotted = begin + Math.min(end - begin, width);
                for (int k = begin, at = i * width; k < slotted; k++) {
                    double value = lu[k] * f;
                    slots[at++] = value;
                    bad += Math.abs(value) <= Double.MAX_VALUE ? 0 : 1;
                }
                for (int k = slotted, at = where.rest[i]; k < end; k++) {
                    double value = lu[k] * f;
                    rest[at++] = value;
                    bad += Math.abs(value) <= Double.MAX_VALUE ? 0 : 1;
                }
                if (where.beside(s, i)) {
                    double value = lu[s.diagonal[i] + (where.isLower ? -1 : 1)] * f;
                    near[i] = value;
                    bad += Math.abs(value) <= Double.MAX_VALUE ? 0 : 1;
                }
            }
            return bad;
        }

        /** Names the first row that is not finite. */
        void blame(double[] lu, double[] factor) {
            for (int i = 0; i < s.size(); i++) {
                int first = where.isLower ? s.pattern.rowPtr()[i] : s.diagonal[i] + 1;
                int end = where.isLower ? s.diagonal[i] : s.pattern.rowPtr()[i + 1];
                for (int k = first; k < end; k++) {
                    double value = lu[k] * (factor == null ? 1 : factor[i]);
                    if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                        throw IncompleteFactors.notFinite(i, value);
                    }
                }
            }
        }
    }

    private static float[] narrow(double[] from) {
        float[] to = new float[from.length];
        for (int i = 0; i < to.length; i++) {
            to[i] = (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, from[i]));
        }
        return to;
    }

    /** The bytes of the values; the pattern counts its own. */
    long bytes() {
        return wide != null
                ? 8L * (wide.near.length + wide.slots.length + wide.rest.length)
                : 4L * (narrow.near.length + narrow.slots.length + narrow.rest.length);
    }

    // Loops end at a strict bound, also those that run down. For an included one HotSpot checks the bound before the
    // loop; when that check has failed once, the versions after it do without, and take up to twice as long.

    /** z ← (I + L)⁻¹ r in rows from … to − 1 of a lower triangle. */
    void forward(double[] r, double[] z, int from, int to) {
        if (from == 0) {
            z[0] = 0; // what idle slots of rows without entries read
        }
        if (wide == null) {
            forward(narrow.near, narrow.slots, narrow.rest, r, z, from, to);
        } else if (width > 0) {
            forward(wide.near, wide.slots, wide.rest, r, z, from, to);
        } else {
            forward(wide.near, wide.rest, r, z, from, to);
        }
    }

    /** Where there are no slots. */
    private void forward(double[] near, double[] t, double[] r, double[] z, int from, int to) {
        int[] ptr = rest;
        int[] restCol = restIdx;
        double last = from > 0 && near[from] != 0 ? z[from - 1] : 0;
        int q = ptr[from];
        for (int i = from; i < to; i++) {
            double sum = 0.0 + r[i];
            for (int end = ptr[i + 1]; q < end; q++) {
                sum -= t[q] * z[restCol[q]];
            }
            last = Math.fma(-near[i], last, sum);
            z[i] = last;
        }
    }

    private void forward(double[] near, double[] v, double[] t, double[] r, double[] z, int from, int to) {
        int[] col = slots;
        int[] ptr = rest;
        int[] restCol = restIdx;
        int w = width;
        double last = from > 0 && near[from] != 0 ? z[from - 1] : 0;
        int k = from * w;
        int q = ptr[from];
        for (int i = from; i < to; i++) {
            double sum = 0.0 + r[i];
            for (int end = k + w; k < end; k++) {
                sum -= v[k] * z[col[k]];
            }
            for (int end = ptr[i + 1]; q < end; q++) {
                sum -= t[q] * z[restCol[q]];
            }
            last = Math.fma(-near[i], last, sum);
            z[i] = last;
        }
    }

    private void forward(float[] near, float[] v, float[] t, double[] r, double[] z, int from, int to) {
        int[] col = slots;
        int[] ptr = rest;
        int[] restCol = restIdx;
        int w = width;
        double last = from > 0 && near[from] != 0 ? z[from - 1] : 0;
        int k = from * w;
        int q = ptr[from];
        for (int i = from; i < to; i++) {
            double sum = 0.0 + r[i];
            for (int end = k + w; k < end; k++) {
                sum -= v[k] * z[col[k]];
            }
            for (int end = ptr[i + 1]; q < end; q++) {
                sum -= t[q] * z[restCol[q]];
            }
            last = Math.fma(-near[i], last, sum);
            z[i] = last;
        }
    }

    /** z ← (I + U)⁻¹ D⁻¹ z in rows to − 1 … from of an upper triangle; d holds D⁻¹. */
    void backward(double[] d, double[] z, int from, int to) {
        if (wide == null) {
            backward(narrow.near, narrow.slots, narrow.rest, d, z, from, to);
        } else if (width > 0) {
            backward(wide.near, wide.slots, wide.rest, d, z, from, to);
        } else {
            backward(wide.near, wide.rest, d, z, from, to);
        }
    }

    /** Where there are no slots. */
    private void backward(double[] near, double[] t, double[] d, double[] z, int from, int to) {
        int[] ptr = rest;
        int[] restCol = restIdx;
        double last = near[to - 1] != 0 ? z[to] : 0;
        int q = ptr[to];
        for (int i = to; i > from; ) {
            i--;
            double sum = 0.0 + d[i] * z[i];
            for (int first = ptr[i]; q > first; ) {
                q--;
                sum -= t[q] * z[restCol[q]];
            }
            last = Math.fma(-near[i], last, sum);
            z[i] = last;
        }
    }

    private void backward(double[] near, double[] v, double[] t, double[] d, double[] z, int from, int to) {
        int[] col = slots;
        int[] ptr = rest;
        int[] restCol = restIdx;
        int w = width;
        double last = near[to - 1] != 0 ? z[to] : 0;
        int k = to * w;
        int q = ptr[to];
        for (int i = to; i > from; ) {
            i--;
            double sum = 0.0 + d[i] * z[i];
            for (int first = k - w; k > first; ) {
                k--;
                sum -= v[k] * z[col[k]];
            }
            for (int first = ptr[i]; q > first; ) {
                q--;
                sum -= t[q] * z[restCol[q]];
            }
            last = Math.fma(-near[i], last, sum);
            z[i] = last;
        }
    }

    private void backward(float[] near, float[] v, float[] t, double[] d, double[] z, int from, int to) {
        int[] col = slots;
        int[] ptr = rest;
        int[] restCol = restIdx;
        int w = width;
        double last = near[to - 1] != 0 ? z[to] : 0;
        int k = to * w;
        int q = ptr[to];
        for (int i = to; i > from; ) {
            i--;
            double sum = 0.0 + d[i] * z[i];
            for (int first = k - w; k > first; ) {
                k--;
                sum -= v[k] * z[col[k]];
            }
            for (int first = ptr[i]; q > first; ) {
                q--;
                sum -= t[q] * z[restCol[q]];
            }
            last = Math.fma(-near[i], last, sum);
            z[i] = last;
        }
    }
}
