package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.Preconditioner;
import java.util.Random;

/** Random matrices without structure, and vectors. */
final class SampleMatrices {
    private SampleMatrices() {}

    /** Entries in about {@code perRow} places a row beside a diagonal that dominates. */
    static CsrMatrix random(int n, int perRow, long seed) {
        Random random = new Random(seed);
        CsrRowBuilder rows = CsrMatrix.rowBuilder(n);
        for (int i = 0; i < n; i++) {
            double sum = 1;
            for (int k = 0; k < perRow; k++) {
                double v = random.nextDouble() - 0.5;
                sum += Math.abs(v);
                rows.add(random.nextInt(n), v);
            }
            rows.add(i, sum).endRow();
        }
        return rows.build();
    }

    /** The same, symmetric positive definite. */
    static CsrMatrix randomSpd(int n, int perRow, long seed) {
        CsrMatrix half = random(n, perRow, seed).symmetricPart();
        double[] values = half.values().clone();
        for (int i = 0; i < n; i++) {
            double sum = 0.1;
            for (int k = half.rowPtr()[i]; k < half.rowPtr()[i + 1]; k++) {
                sum += half.colIdx()[k] == i ? 0 : Math.abs(values[k]);
            }
            values[half.pattern().position(i, i)] = sum;
        }
        return half.withValues(values);
    }

    /** Columns in a random order: pivots are found anywhere but on the diagonal, which is mostly zero. */
    static CsrMatrix shuffledColumns(CsrMatrix a, long seed) {
        int n = a.rows();
        int[] p = new int[n];
        Random random = new Random(seed);
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        int[] all = new int[n];
        for (int i = 0; i < n; i++) {
            all[i] = i;
        }
        return a.submatrix(all, p);
    }

    static double[] wave(int n) {
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            r[i] = Math.sin(i + 1.5);
        }
        return r;
    }

    static double[] applied(Preconditioner m, double[] r) {
        double[] z = new double[r.length];
        m.apply(r, z);
        return z;
    }

    /** max |x − M⁻¹ A x| for a wave x. */
    static double error(CsrMatrix a, Preconditioner m) {
        double[] x = wave(a.rows());
        double[] r = new double[x.length];
        a.apply(x, r);
        double[] z = applied(m, r);
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            double e = Math.abs(x[i] - z[i]);
            worst = e <= worst ? worst : e;
        }
        return worst;
    }
}
