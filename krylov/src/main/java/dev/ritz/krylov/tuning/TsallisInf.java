package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * Online mirror descent with the ½-Tsallis entropy: competes with the best fixed arm whether the costs are drawn from
 * distributions or set by an adversary.
 *
 * <pre>
 * Sees    the cost of the arm played; no context
 * Chooses p = argmin ⟨k/S, p⟩ − (4/η) Σ √pᵢ over distributions: pᵢ = 4/(η (kᵢ/S − x))² with x such that Σ pᵢ = 1;
 *         S is the mean cost so far
 * Learns  kᵢ += cost/pᵢ for the arm played, in O(arms)
 * Regret  O(√(arms · T)) against the best fixed arm
 * Memory  2 doubles an arm
 * Source  Zimmert &amp; Seldin 2021, jmlr.org/papers/v22/19-753; Khodak et al. 2024, arXiv:2310.02246
 * </pre>
 *
 * @param estimator how the cost of all arms is estimated from the cost of one
 */
public record TsallisInf(Estimator estimator) implements Tuner {

    /** An unbiased estimate of all costs from that of the arm played. */
    public enum Estimator {
        /** cost/pᵢ for the arm played, 0 for the others; η = 2/√t. */
        IMPORTANCE_WEIGHTED,
        /**
         * (cost − S/2)/pᵢ + S/2 for the arm played, S/2 for the others, wherever pᵢ ≥ 16/t, else as above; η = 4/√t. Of
         * smaller variance where costs lie around their mean S.
         */
        REDUCED_VARIANCE
    }

    /**
     * The tuner with its options.
     *
     * @param estimator how the cost of all arms is estimated from the cost of one
     */
    public TsallisInf {
        Objects.requireNonNull(estimator, "estimator");
    }

    /** With importance weights, as in the experiments of Khodak et al. */
    public TsallisInf() {
        this(Estimator.IMPORTANCE_WEIGHTED);
    }

    @Override
    public Tuner.Memory newMemory(int arms, long seed) {
        return new Memory(this, arms, seed);
    }

    /**
     * p with pᵢ = (2/(η (gᵢ − x)))², x &lt; 0 the root of Σ pᵢ = 1, renormalised.
     *
     * @param gaps gᵢ ≥ 0, at least one of them 0; may be infinite
     */
    static void distribution(double[] gaps, double eta, double[] p) {
        // At x = −2/η the term of the smallest gap alone is 1. Left of the root's upper bound the sum is convex and
        // increasing in x, so Newton's method descends to the root without overshooting.
        double x = -2 / eta;
        for (int step = 0; step < 100; step++) {
            double sum = 0;
            double cubes = 0;
            for (double g : gaps) {
                double w = 2 / (eta * (g - x));
                sum += w * w;
                cubes += w * w * w;
            }
            double next = x - (sum - 1) / (eta * cubes);
            if (!(next < x)) {
                break; // to the last bit
            }
            x = next;
        }
        double total = 0;
        for (int i = 0; i < p.length; i++) {
            double w = 2 / (eta * (gaps[i] - x));
            p[i] = w * w;
            total += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= total;
        }
    }

    /** The estimated total cost of every arm. */
    static final class Memory extends ArmMemory {
        /** Sums and differences of a few such numbers stay finite. */
        private static final double HUGE = Double.MAX_VALUE / 8;

        private final Estimator estimator;
        private final double[] k; // estimated total cost, less that of the best arm
        private final double[] p;
        private final double[] gaps;
        private double mean; // S
        private long rounds; // t − 1
        private boolean stale = true;

        Memory(TsallisInf tuner, int arms, long seed) {
            super(tuner, arms, seed);
            estimator = tuner.estimator;
            k = new double[arms];
            p = new double[arms];
            gaps = new double[arms];
        }

        @Override
        double[] distribution(double[] context) {
            if (stale) {
                for (int i = 0; i < k.length; i++) {
                    gaps[i] = k[i] == 0 ? 0 : k[i] / mean;
                }
                double factor = estimator == Estimator.IMPORTANCE_WEIGHTED ? 2 : 4;
                TsallisInf.distribution(gaps, factor / Math.sqrt(rounds + 1.0), p);
                stale = false;
            }
            return p;
        }

        @Override
        void update(double[] context, int arm, double cost) {
            distribution(context);
            rounds++;
            double half = mean / 2; // of the rounds before, so that the estimate stays unbiased
            mean += (cost - mean) / rounds; // a sum could overflow
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < k.length; i++) {
                double baseline = estimator == Estimator.REDUCED_VARIANCE && rounds * p[i] >= 16 ? half : 0;
                double played = i == arm ? (cost - baseline) / p[i] : 0;
                k[i] += Math.max(-HUGE, Math.min(HUGE, baseline + played));
                least = Math.min(least, k[i]);
            }
            for (int i = 0; i < k.length; i++) {
                k[i] = Math.min(k[i] - least, HUGE); // only differences matter
            }
            stale = true;
        }

        @Override
        void writeState(DataOutputStream out) throws IOException {
            out.writeLong(rounds);
            out.writeDouble(mean);
            writeArray(out, k);
        }

        @Override
        Runnable readState(DataInputStream in) throws IOException {
            long newRounds = readCount(in);
            double newMean = readNumber(in, 0);
            double[] newK = readArray(in, k.length, 0);
            if (Arrays.stream(newK).min().orElseThrow() != 0) {
                throw new IOException("the memory is damaged: no arm is the best");
            }
            return () -> {
                rounds = newRounds;
                mean = newMean;
                System.arraycopy(newK, 0, k, 0, k.length);
                stale = true;
            };
        }
    }
}
