package dev.ritz.krylov.tuning;

import java.util.ArrayList;
import java.util.List;

/** Products of Chebyshev polynomials of the numbers of a context, up to a total degree; the first is 1. */
final class ChebyshevFeatures {
    private final List<Interval> context;
    private final int degree;
    private final int[][] exponents;
    private final double[][] t; // t[j][k] = T_k of the j-th number

    ChebyshevFeatures(List<Interval> context, int degree) {
        this.context = context;
        this.degree = degree;
        List<int[]> all = new ArrayList<>();
        for (int total = 0; total <= degree; total++) {
            enumerate(new int[context.size()], 0, total, all);
        }
        exponents = all.toArray(int[][]::new);
        t = new double[context.size()][degree + 1];
    }

    private static void enumerate(int[] e, int from, int left, List<int[]> all) {
        if (from == e.length - 1) {
            e[from] = left;
            all.add(e.clone());
            return;
        }
        for (int k = left; k >= 0; k--) {
            e[from] = k;
            enumerate(e, from + 1, left - k, all);
        }
    }

    int count() {
        return exponents.length;
    }

    /** The total degree of a feature. */
    int degree(int feature) {
        int total = 0;
        for (int k : exponents[feature]) {
            total += k;
        }
        return total;
    }

    void evaluate(double[] c, double[] f) {
        for (int j = 0; j < t.length; j++) {
            double x = 2 * context.get(j).position(c[j]) - 1;
            double[] tj = t[j];
            tj[0] = 1;
            for (int k = 1; k <= degree; k++) {
                tj[k] = k == 1 ? x : 2 * x * tj[k - 1] - tj[k - 2];
            }
        }
        for (int i = 0; i < f.length; i++) {
            double product = 1;
            for (int j = 0; j < t.length; j++) {
                product *= t[j][exponents[i][j]];
            }
            f[i] = product;
        }
    }
}
