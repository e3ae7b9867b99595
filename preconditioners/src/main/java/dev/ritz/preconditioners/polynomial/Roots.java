package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import java.util.ArrayList;
import java.util.List;

/**
 * The roots θ of a residual polynomial π(t) = Π (1 − t/θ) in an order in which the factors can be applied one after
 * another: modified Leja order, conjugates adjacent, and repeated where the factors of all others would amplify a
 * rounding error at a root beyond 1e4.
 *
 * <p>The amplification at θ_j is pof_j = Π_{i≠j} |1 − θ_j/θ_i|, taken in logarithms: one outlier makes it 1e56. Source:
 * Loe &amp; Morgan 2022, see {@link GmresPolynomial}; Bai, Hu &amp; Reichel 1994, doi:10.1093/imanum/14.4.563, for the order.
 *
 * @param re real parts
 * @param im imaginary parts; a pair stands with the positive one first
 */
record Roots(double[] re, double[] im) {
    private static final double HARMLESS = 4;
    private static final double DIGITS = 14;
    /** Tells copies of a root apart while they are ordered; the copies applied are exact. */
    private static final double SHIFT = 5e-8;

    /** A real root, or a pair by its member in the upper half plane. */
    private record Root(double re, double im, int copy) {
        double placed() {
            return re + copy * SHIFT * Math.hypot(re, im);
        }

        /** log |θ − φ|, both conjugates of φ counted. */
        double distance(Root other) {
            double d = placed() - other.placed();
            double log = Math.log(Math.hypot(d, im - other.im));
            return other.im == 0 ? log : log + Math.log(Math.hypot(d, im + other.im));
        }

        /** log₁₀ |1 − θ/φ|. */
        double factor(double phiRe, double phiIm) {
            return Math.log10(Math.hypot(re - phiRe, im - phiIm)) - Math.log10(Math.hypot(phiRe, phiIm));
        }
    }

    /**
     * Orders and repeats.
     *
     * @param re real parts
     * @param im imaginary parts; only those with im ≥ 0 are read, the others are their conjugates
     * @param repeat whether roots are repeated
     */
    static Roots ordered(double[] re, double[] im, boolean repeat) {
        List<Root> all = new ArrayList<>();
        for (int j = 0; j < re.length; j++) {
            if (im[j] >= 0) {
                all.add(new Root(re[j], im[j], 0));
            }
        }
        List<Root> copies = new ArrayList<>(all);
        for (int j = 0; repeat && j < all.size(); j++) {
            double log = amplification(all, j);
            int extra = (int) Math.max(0, Math.ceil((log - HARMLESS) / DIGITS));
            for (int c = 1; c <= extra; c++) {
                copies.add(new Root(all.get(j).re, all.get(j).im, c));
            }
        }
        return leja(copies);
    }

    /** log₁₀ pof_j. */
    private static double amplification(List<Root> all, int j) {
        Root root = all.get(j);
        double log = 0;
        for (int i = 0; i < all.size(); i++) {
            Root other = all.get(i);
            if (i != j) {
                log += root.factor(other.re, other.im);
            }
            if (other.im != 0) {
                log += root.factor(other.re, -other.im);
            }
        }
        return log;
    }

    private static Roots leja(List<Root> candidates) {
        int count = candidates.size();
        double[] score = new double[count];
        boolean[] taken = new boolean[count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            score[i] = Math.log(Math.hypot(candidates.get(i).placed(), candidates.get(i).im));
            length += candidates.get(i).im == 0 ? 1 : 2;
        }
        double[] re = new double[length];
        double[] im = new double[length];
        int at = 0;
        for (int step = 0; step < count; step++) {
            int best = -1;
            for (int i = 0; i < count; i++) {
                if (!taken[i] && (best < 0 || score[i] > score[best])) {
                    best = i;
                }
            }
            Root root = candidates.get(best);
            taken[best] = true;
            for (int i = 0; i < count; i++) {
                double log = candidates.get(i).distance(root);
                score[i] = step == 0 ? log : score[i] + log; // the first was the largest, not the farthest
            }
            re[at] = root.re;
            im[at++] = root.im;
            if (root.im != 0) {
                re[at] = root.re;
                im[at++] = -root.im;
            }
        }
        return new Roots(re, im);
    }

    boolean complex() {
        for (double part : im) {
            if (part != 0) {
                return true;
            }
        }
        return false;
    }

    /** {@return |θ|²} */
    static double square(double re, double im) {
        return re * re + im * im;
    }

    /** Every number a step divides by must be invertible. */
    void check() {
        for (int i = 0; i < re.length; i++) {
            double by = im[i] == 0 ? Math.abs(re[i]) : square(re[i], im[i]);
            if (!(by <= Double.MAX_VALUE && 1 / by <= Double.MAX_VALUE)) {
                throw new BuildException(
                        BuildException.Reason.NOT_FINITE,
                        -1,
                        "the root " + re[i] + " + " + im[i] + "i has no finite inverse square",
                        "try Scaled");
            }
        }
    }

    /** {@return π(t)} */
    double residual(double t) {
        double product = 1;
        for (int i = 0; i < re.length; i += im[i] == 0 ? 1 : 2) {
            product *= im[i] == 0 ? 1 - t / re[i] : 1 - t * ((2 * re[i] - t) / square(re[i], im[i]));
        }
        return product;
    }
}
