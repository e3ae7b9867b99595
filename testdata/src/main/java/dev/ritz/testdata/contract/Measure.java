package dev.ritz.testdata.contract;

import com.sun.management.ThreadMXBean;
import dev.ritz.api.CsrMatrix;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** What the suites measure with: references that share no code with what they judge. */
final class Measure {

    private Measure() {}

    static double[] random(int n, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("SplittableRandom").create(seed);
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = random.nextDouble(-1, 1);
        }
        return v;
    }

    static double[] nan(int n) {
        double[] v = new double[n];
        Arrays.fill(v, Double.NaN);
        return v;
    }

    /** Σ x_i y_i in twice the precision: products by fma, sums by Knuth's two-sum. */
    static double dot(double[] x, double[] y) {
        double high = 0;
        double low = 0;
        for (int i = 0; i < x.length; i++) {
            double product = x[i] * y[i];
            low += Math.fma(x[i], y[i], -product);
            double sum = high + product;
            double part = sum - high;
            low += (high - (sum - part)) + (product - part);
            high = sum;
        }
        return high + low;
    }

    static double norm(double[] x) {
        double max = 0;
        for (double v : x) {
            if (!Double.isFinite(v)) {
                return Double.NaN;
            }
            max = Math.max(max, Math.abs(v));
        }
        if (max == 0) {
            return 0;
        }
        int e = Math.getExponent(max);
        double[] scaled = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            scaled[i] = Math.scalb(x[i], -e);
        }
        return Math.scalb(Math.sqrt(dot(scaled, scaled)), e);
    }

    /** b − A x in twice the precision. */
    static double[] residual(CsrMatrix a, double[] b, double[] x) {
        double[] r = new double[b.length];
        int[] rowPtr = a.rowPtr();
        for (int i = 0; i < r.length; i++) {
            int count = rowPtr[i + 1] - rowPtr[i];
            double[] left = new double[count + 1];
            double[] right = new double[count + 1];
            left[count] = 1;
            right[count] = b[i];
            for (int k = 0; k < count; k++) {
                left[k] = -a.values()[rowPtr[i] + k];
                right[k] = x[a.colIdx()[rowPtr[i] + k]];
            }
            r[i] = dot(left, right);
        }
        return r;
    }

    /** ‖ |A| |x| ‖₂ + ‖b‖₂: what rounding in b − A x is relative to. */
    static double size(CsrMatrix a, double[] b, double[] x) {
        double[] absolute = a.values().clone();
        for (int k = 0; k < absolute.length; k++) {
            absolute[k] = -Math.abs(absolute[k]);
        }
        double[] xs = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            xs[i] = Math.abs(x[i]);
        }
        return norm(residual(a.withValues(absolute), new double[b.length], xs)) + norm(b);
    }

    static boolean finite(double[] x) {
        for (double v : x) {
            if (!Double.isFinite(v)) {
                return false;
            }
        }
        return true;
    }

    /** Bytes allocated by this thread while it runs {@code work} once, after it has run it {@code warmUp} times. */
    static long allocated(int warmUp, Runnable work) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < warmUp; i++) {
            work.run();
        }
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) { // the least of five: a compiler may hand this thread some work
            long before = bean.getCurrentThreadAllocatedBytes();
            work.run();
            best = Math.min(best, bean.getCurrentThreadAllocatedBytes() - before);
        }
        return best;
    }
}
