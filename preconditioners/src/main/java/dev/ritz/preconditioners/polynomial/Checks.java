package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;

/** What this package asks of a matrix and of options. */
final class Checks {
    /** Relative to the geometric mean of both diagonal entries: what scaling and assembly leave behind. */
    private static final double ASYMMETRY = 1e-12;

    private Checks() {}

    /** Whether A = Aᵀ up to rounding; one pass, with a cursor per row that meets the mirror images in order. */
    static boolean symmetric(CsrMatrix a) {
        int n = a.rows();
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double[] d = a.diagonal();
        int[] cursor = new int[n]; // the next entry right of the diagonal
        for (int i = 0; i < n; i++) {
            int k = rowPtr[i];
            for (; k < rowPtr[i + 1] && colIdx[k] < i; k++) {
                int j = colIdx[k];
                int at = cursor[j]++;
                if (at >= rowPtr[j + 1] || colIdx[at] != i) {
                    return false;
                }
                double difference = Math.abs(values[k] - values[at]);
                double size = Math.sqrt(Math.abs(d[i])) * Math.sqrt(Math.abs(d[j]));
                if (!(difference == 0 || difference <= ASYMMETRY * size)) {
                    return false;
                }
            }
            cursor[i] = k < rowPtr[i + 1] && colIdx[k] == i ? k + 1 : k;
        }
        for (int i = 0; i < n; i++) {
            if (cursor[i] < rowPtr[i + 1]) {
                return false;
            }
        }
        return true;
    }

    static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " = " + value + ", expected at least " + least);
        }
    }

    static void inRange(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " = " + value + ", expected " + least + " to " + most);
        }
    }

    /** A positive finite number, or 0 for an estimate. */
    static void positiveOrEstimated(String name, double value) {
        if (!(value >= 0 && value <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    name + " = " + value + ", expected a positive number, or 0 for an estimate");
        }
    }

    static BuildException overflow(String what, double value) {
        return new BuildException(
                BuildException.Reason.NOT_FINITE, -1, what + " is " + value, "try Scaled, or Jacobi as first level");
    }
}
