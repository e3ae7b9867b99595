package dev.ritz.api.format;

import java.util.Arrays;

/**
 * The loop in plain Java: a group of diagonals per pass over the rows, written out, so that no index is read and rows are
 * independent of each other.
 */
final class PlainDiagonalLoop implements DiagonalLoop {
    @Override
    public boolean usable() {
        return true;
    }

    @Override
    public String description() {
        return "";
    }

    @Override
    public void accumulate(
            boolean clear,
            double[] v,
            int[] start,
            int[] offset,
            int first,
            int last,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int k = first;
        if (clear) {
            k = begin(v, start, offset, first, last, startShift, offsetShift, x, y, from, to);
        }
        for (; last - k >= 8; k += 8) {
            add8(v, start, offset, k, startShift, offsetShift, x, y, from, to);
        }
        if (last - k >= 4) {
            add4(v, start, offset, k, startShift, offsetShift, x, y, from, to);
            k += 4;
        }
        if (last - k >= 2) {
            add2(v, start, offset, k, startShift, offsetShift, x, y, from, to);
            k += 2;
        }
        if (last - k == 1) {
            add1(v, start, offset, k, startShift, offsetShift, x, y, from, to);
        }
    }

    /** Writes y without reading it; returns the first diagonal still to be added. */
    private static int begin(
            double[] v,
            int[] start,
            int[] offset,
            int first,
            int last,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        if (last - first == 5) { // the stencils of two and three dimensions: one pass
            set5(v, start, offset, first, startShift, offsetShift, x, y, from, to);
            return last;
        }
        if (last - first >= 7) {
            set7(v, start, offset, first, startShift, offsetShift, x, y, from, to);
            return first + 7;
        }
        Arrays.fill(y, from, to, 0.0);
        return first;
    }

    // Four rows at a time keep set5 and set7 above the size up to which HotSpot puts a method into its caller: in one
    // compilation with the loops below, their range checks stay inside and a product takes up to 1.7 times as long.

    private static void set5(
            double[] v,
            int[] start,
            int[] offset,
            int k,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int p0 = start[k] + startShift;
        int p1 = start[k + 1] + startShift;
        int p2 = start[k + 2] + startShift;
        int p3 = start[k + 3] + startShift;
        int p4 = start[k + 4] + startShift;
        int o0 = offset[k] + offsetShift;
        int o1 = offset[k + 1] + offsetShift;
        int o2 = offset[k + 2] + offsetShift;
        int o3 = offset[k + 3] + offsetShift;
        int o4 = offset[k + 4] + offsetShift;
        int i = from;
        for (; i < to - 3; i += 4) {
            double y0 = 0.0
                    + v[p0 + i] * x[o0 + i]
                    + v[p1 + i] * x[o1 + i]
                    + v[p2 + i] * x[o2 + i]
                    + v[p3 + i] * x[o3 + i]
                    + v[p4 + i] * x[o4 + i];
            double y1 = 0.0
                    + v[p0 + i + 1] * x[o0 + i + 1]
                    + v[p1 + i + 1] * x[o1 + i + 1]
                    + v[p2 + i + 1] * x[o2 + i + 1]
                    + v[p3 + i + 1] * x[o3 + i + 1]
                    + v[p4 + i + 1] * x[o4 + i + 1];
            double y2 = 0.0
                    + v[p0 + i + 2] * x[o0 + i + 2]
                    + v[p1 + i + 2] * x[o1 + i + 2]
                    + v[p2 + i + 2] * x[o2 + i + 2]
                    + v[p3 + i + 2] * x[o3 + i + 2]
                    + v[p4 + i + 2] * x[o4 + i + 2];
            double y3 = 0.0
                    + v[p0 + i + 3] * x[o0 + i + 3]
                    + v[p1 + i + 3] * x[o1 + i + 3]
                    + v[p2 + i + 3] * x[o2 + i + 3]
                    + v[p3 + i + 3] * x[o3 + i + 3]
                    + v[p4 + i + 3] * x[o4 + i + 3];
            y[i] = y0;
            y[i + 1] = y1;
            y[i + 2] = y2;
            y[i + 3] = y3;
        }
        for (; i < to; i++) {
            y[i] = 0.0
                    + v[p0 + i] * x[o0 + i]
                    + v[p1 + i] * x[o1 + i]
                    + v[p2 + i] * x[o2 + i]
                    + v[p3 + i] * x[o3 + i]
                    + v[p4 + i] * x[o4 + i];
        }
    }

    private static void set7(
            double[] v,
            int[] start,
            int[] offset,
            int k,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int p0 = start[k] + startShift;
        int p1 = start[k + 1] + startShift;
        int p2 = start[k + 2] + startShift;
        int p3 = start[k + 3] + startShift;
        int p4 = start[k + 4] + startShift;
        int p5 = start[k + 5] + startShift;
        int p6 = start[k + 6] + startShift;
        int o0 = offset[k] + offsetShift;
        int o1 = offset[k + 1] + offsetShift;
        int o2 = offset[k + 2] + offsetShift;
        int o3 = offset[k + 3] + offsetShift;
        int o4 = offset[k + 4] + offsetShift;
        int o5 = offset[k + 5] + offsetShift;
        int o6 = offset[k + 6] + offsetShift;
        int i = from;
        for (; i < to - 3; i += 4) {
            double y0 = 0.0
                    + v[p0 + i] * x[o0 + i]
                    + v[p1 + i] * x[o1 + i]
                    + v[p2 + i] * x[o2 + i]
                    + v[p3 + i] * x[o3 + i]
                    + v[p4 + i] * x[o4 + i]
                    + v[p5 + i] * x[o5 + i]
                    + v[p6 + i] * x[o6 + i];
            double y1 = 0.0
                    + v[p0 + i + 1] * x[o0 + i + 1]
                    + v[p1 + i + 1] * x[o1 + i + 1]
                    + v[p2 + i + 1] * x[o2 + i + 1]
                    + v[p3 + i + 1] * x[o3 + i + 1]
                    + v[p4 + i + 1] * x[o4 + i + 1]
                    + v[p5 + i + 1] * x[o5 + i + 1]
                    + v[p6 + i + 1] * x[o6 + i + 1];
            double y2 = 0.0
                    + v[p0 + i + 2] * x[o0 + i + 2]
                    + v[p1 + i + 2] * x[o1 + i + 2]
                    + v[p2 + i + 2] * x[o2 + i + 2]
                    + v[p3 + i + 2] * x[o3 + i + 2]
                    + v[p4 + i + 2] * x[o4 + i + 2]
                    + v[p5 + i + 2] * x[o5 + i + 2]
                    + v[p6 + i + 2] * x[o6 + i + 2];
            double y3 = 0.0
                    + v[p0 + i + 3] * x[o0 + i + 3]
                    + v[p1 + i + 3] * x[o1 + i + 3]
                    + v[p2 + i + 3] * x[o2 + i + 3]
                    + v[p3 + i + 3] * x[o3 + i + 3]
                    + v[p4 + i + 3] * x[o4 + i + 3]
                    + v[p5 + i + 3] * x[o5 + i + 3]
                    + v[p6 + i + 3] * x[o6 + i + 3];
            y[i] = y0;
            y[i + 1] = y1;
            y[i + 2] = y2;
            y[i + 3] = y3;
        }
        for (; i < to; i++) {
            y[i] = 0.0
                    + v[p0 + i] * x[o0 + i]
                    + v[p1 + i] * x[o1 + i]
                    + v[p2 + i] * x[o2 + i]
                    + v[p3 + i] * x[o3 + i]
                    + v[p4 + i] * x[o4 + i]
                    + v[p5 + i] * x[o5 + i]
                    + v[p6 + i] * x[o6 + i];
        }
    }

    private static void add8(
            double[] v,
            int[] start,
            int[] offset,
            int k,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int p0 = start[k] + startShift;
        int p1 = start[k + 1] + startShift;
        int p2 = start[k + 2] + startShift;
        int p3 = start[k + 3] + startShift;
        int p4 = start[k + 4] + startShift;
        int p5 = start[k + 5] + startShift;
        int p6 = start[k + 6] + startShift;
        int p7 = start[k + 7] + startShift;
        int o0 = offset[k] + offsetShift;
        int o1 = offset[k + 1] + offsetShift;
        int o2 = offset[k + 2] + offsetShift;
        int o3 = offset[k + 3] + offsetShift;
        int o4 = offset[k + 4] + offsetShift;
        int o5 = offset[k + 5] + offsetShift;
        int o6 = offset[k + 6] + offsetShift;
        int o7 = offset[k + 7] + offsetShift;
        for (int i = from; i < to; i++) {
            y[i] = y[i]
                    + v[p0 + i] * x[o0 + i]
                    + v[p1 + i] * x[o1 + i]
                    + v[p2 + i] * x[o2 + i]
                    + v[p3 + i] * x[o3 + i]
                    + v[p4 + i] * x[o4 + i]
                    + v[p5 + i] * x[o5 + i]
                    + v[p6 + i] * x[o6 + i]
                    + v[p7 + i] * x[o7 + i];
        }
    }

    private static void add4(
            double[] v,
            int[] start,
            int[] offset,
            int k,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int p0 = start[k] + startShift;
        int p1 = start[k + 1] + startShift;
        int p2 = start[k + 2] + startShift;
        int p3 = start[k + 3] + startShift;
        int o0 = offset[k] + offsetShift;
        int o1 = offset[k + 1] + offsetShift;
        int o2 = offset[k + 2] + offsetShift;
        int o3 = offset[k + 3] + offsetShift;
        for (int i = from; i < to; i++) {
            y[i] = y[i] + v[p0 + i] * x[o0 + i] + v[p1 + i] * x[o1 + i] + v[p2 + i] * x[o2 + i] + v[p3 + i] * x[o3 + i];
        }
    }

    private static void add2(
            double[] v,
            int[] start,
            int[] offset,
            int k,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int p0 = start[k] + startShift;
        int p1 = start[k + 1] + startShift;
        int o0 = offset[k] + offsetShift;
        int o1 = offset[k + 1] + offsetShift;
        for (int i = from; i < to; i++) {
            y[i] = y[i] + v[p0 + i] * x[o0 + i] + v[p1 + i] * x[o1 + i];
        }
    }

    private static void add1(
            double[] v,
            int[] start,
            int[] offset,
            int k,
            int startShift,
            int offsetShift,
            double[] x,
            double[] y,
            int from,
            int to) {
        int p0 = start[k] + startShift;
        int o0 = offset[k] + offsetShift;
        for (int i = from; i < to; i++) {
            y[i] = y[i] + v[p0 + i] * x[o0 + i];
        }
    }
}
