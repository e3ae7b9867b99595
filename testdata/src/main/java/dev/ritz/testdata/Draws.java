package dev.ritz.testdata;

import java.util.SplittableRandom;

/** Random numbers that depend on the seed alone, not on the machine or the release of the JDK. */
final class Draws {
    private final SplittableRandom random;

    Draws(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (random.nextLong() >>> 11) * 0x1p-53;
    }

    /** Uniform in 0 … bound − 1. */
    int index(int bound) {
        return (int) (uniform() * bound);
    }

    /** Standard normal. Source: Box and Muller 1958, doi:10.1214/aoms/1177706645. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    double[] normals(int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = normal();
        }
        return v;
    }

    /** Gamma with the shape given in halves: sums of exponentials and half a squared normal. */
    private double gamma(int halves) {
        double sum = 0;
        for (int k = 0; k < halves / 2; k++) {
            sum -= StrictMath.log(1 - uniform());
        }
        if (halves % 2 == 1) {
            double g = normal();
            sum += g * g / 2;
        }
        return sum;
    }

    /** Beta(p/2, q/2) as a ratio of gammas. */
    double beta(int p, int q) {
        double x = gamma(p);
        return x / (x + gamma(q));
    }

    /** A random order of 0 … n − 1. */
    int[] permutation(int n) {
        int[] p = new int[n];
        for (int i = 0; i < n; i++) {
            int j = index(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }
}
