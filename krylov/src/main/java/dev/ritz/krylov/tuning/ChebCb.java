package dev.ritz.krylov.tuning;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Regression of the cost of every arm on Chebyshev polynomials of the context, and exploration by inverse gaps: competes
 * with the best arm of every context.
 *
 * <pre>
 * Sees    the context, the cost of the arm played
 * Chooses pᵢ = 1/(arms + η (yᵢ − y*)) with the predictions yᵢ = θᵢᵀ f, the rest for the arm of the least, y*
 * Learns  θᵢ by least squares from a Gram matrix per arm, in O(features²) a step and O(features³) a fit, without the
 *         history; within the box |θ₀| ≤ 1/N, |θⱼ| ≤ 2/(N deg j) where the free fit leaves it, N = 2 + 4 (1 + ln features)
 * Regret  O(T^(9/11)) up to logarithms, for random right-hand sides
 * Memory  features² + 2 features doubles an arm
 * Source  Khodak et al. 2024, arXiv:2310.02246 (ChebCB, with the authors' schedule for η); Foster &amp; Rakhlin 2020,
 *         arXiv:2002.04926 (SquareCB)
 * </pre>
 *
 * <p>Costs are counted in units of N times the largest one so far, which takes the place of the Lipschitz constant of the
 * theory, as in the authors' code. For contexts of several numbers the features are the products of Chebyshev
 * polynomials up to a total degree, and deg j is the total degree of the j-th.
 *
 * @param context the range of each number of a context
 * @param degree the largest total degree, at least 0
 */
public record ChebCb(List<Interval> context, int degree) implements Tuner {
    private static final int MAX_FEATURES = 128;

    /**
     * The tuner with its options.
     *
     * @param context the range of each number of a context
     * @param degree the largest total degree, at least 0; at most 128 polynomials
     */
    public ChebCb {
        context = Interval.checked(context);
        double features = 1; // binomial(degree + numbers, numbers)
        for (int j = 1; j <= context.size(); j++) {
            features *= (degree + j) / (double) j;
        }
        if (degree < 0 || !(features <= MAX_FEATURES + 0.5)) {
            throw new IllegalArgumentException("degree = " + degree + " for contexts of " + context.size()
                    + " numbers, expected at least 0 and at most " + MAX_FEATURES + " polynomials");
        }
    }

    /**
     * For contexts of one number: six features, as in the experiments of Khodak et al.
     *
     * @param lower its least value
     * @param upper its largest
     */
    public ChebCb(double lower, double upper) {
        this(List.of(new Interval(lower, upper)), 5);
    }

    @Override
    public int contextSize() {
        return context.size();
    }

    @Override
    public Tuner.Memory newMemory(int arms, long seed) {
        return new Memory(this, arms, seed);
    }

    /** The regressions of all arms. All sums of costs are in units of the largest cost. */
    static final class Memory extends ArmMemory {
        private final ChebyshevFeatures features;
        private final int m;
        private final double size; // N
        private final BoxLeastSquares fit;
        private final double[] f;
        private final double[][] gram; // Σ f fᵀ, for each arm
        private final double[][] moments; // Σ f cost
        private final double[] squares; // Σ cost²
        private final double[][] theta;
        private final double[] p;
        private double largest; // K
        private double eta;
        private long rounds;
        private double predictedSquares; // Σ (θᵀf)² of the predictions, when they were made
        private double predictedCosts; // Σ θᵀf cost
        private double allSquares; // Σ cost²

        Memory(ChebCb tuner, int arms, long seed) {
            super(tuner, arms, seed);
            features = new ChebyshevFeatures(tuner.context, tuner.degree);
            m = features.count();
            size = 2 + 4 * (1 + Math.log(m));
            double[] bounds = new double[m];
            for (int j = 0; j < m; j++) {
                bounds[j] = (j == 0 ? 1 : 2.0 / features.degree(j)) / size;
            }
            fit = new BoxLeastSquares(bounds);
            f = new double[m];
            gram = new double[arms][m * m];
            moments = new double[arms][m];
            squares = new double[arms];
            theta = new double[arms][m];
            p = new double[arms];
        }

        double[] theta(int arm) {
            return theta[arm];
        }

        double eta() {
            return eta;
        }

        @Override
        double[] distribution(double[] context) {
            features.evaluate(context, f);
            int best = 0;
            for (int i = 0; i < p.length; i++) {
                p[i] = dot(theta[i], f);
                if (p[i] < p[best]) {
                    best = i;
                }
            }
            double least = p[best];
            double rest = 1;
            for (int i = 0; i < p.length; i++) {
                if (i != best) {
                    p[i] = 1 / (p.length + eta * (p[i] - least));
                    rest -= p[i];
                }
            }
            p[best] = rest; // at least 1/arms
            return p;
        }

        @Override
        void update(double[] context, int arm, double cost) {
            features.evaluate(context, f);
            double predicted = dot(theta[arm], f);
            boolean record = cost > largest;
            if (record) {
                rescale(largest / cost);
                largest = cost;
            }
            double y = cost == 0 ? 0 : cost / largest;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    gram[arm][i * m + j] += f[i] * f[j];
                }
                moments[arm][i] += f[i] * y;
            }
            squares[arm] += y * y;
            rounds++;
            predictedSquares += predicted * predicted;
            predictedCosts += predicted * y;
            allSquares += y * y;
            double excess = 0; // of the last fit that the box changed
            for (int i = 0; i < theta.length; i++) {
                if (i == arm || record) {
                    boolean boxed = fit.solve(gram[i], moments[i], 1 / size, theta[i]);
                    excess = boxed ? residual(i) : excess;
                }
            }
            // R = Σ (θᵀf − y/N)² of the predictions made, α the distance of the costs from polynomials
            double regret = predictedSquares - 2 * predictedCosts / size + allSquares / (size * size) - excess;
            double alpha = (Math.PI + 2 / Math.PI * Math.log(2 * m + 1.0)) / (2 * size * (m + 1));
            double bound = Math.max(0, regret) + 2 * alpha * alpha * rounds;
            eta = 2.0 * rounds * Math.sqrt(p.length * (double) rounds / bound);
        }

        /** Σ (θᵀf − y/N)² over the plays of an arm. */
        private double residual(int arm) {
            double[] t = theta[arm];
            double sum = squares[arm] / (size * size) - 2 * dot(t, moments[arm]) / size;
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    sum += t[i] * gram[arm][i * m + j] * t[j];
                }
            }
            return Math.max(0, sum);
        }

        /** A new unit of cost. */
        private void rescale(double ratio) {
            for (int i = 0; i < moments.length; i++) {
                for (int j = 0; j < m; j++) {
                    moments[i][j] *= ratio;
                }
                squares[i] *= ratio * ratio;
            }
            predictedCosts *= ratio;
            allSquares *= ratio * ratio;
        }

        private double dot(double[] u, double[] v) {
            double sum = 0;
            for (int j = 0; j < m; j++) {
                sum += u[j] * v[j];
            }
            return sum;
        }

        @Override
        void writeState(DataOutputStream out) throws IOException {
            out.writeLong(rounds);
            writeArray(out, new double[] {largest, eta, predictedSquares, predictedCosts, allSquares});
            writeArray(out, squares);
            for (int i = 0; i < theta.length; i++) {
                writeArray(out, gram[i]);
                writeArray(out, moments[i]);
                writeArray(out, theta[i]);
            }
        }

        @Override
        Runnable readState(DataInputStream in) throws IOException {
            long newRounds = readCount(in);
            double newLargest = readNumber(in, 0);
            double newEta = readNumber(in, 0);
            double[] sums = readArray(in, 3, -Double.MAX_VALUE);
            double[] newSquares = readArray(in, squares.length, 0);
            double[][][] read = new double[theta.length][][];
            for (int i = 0; i < read.length; i++) {
                read[i] = new double[][] {
                    readArray(in, m * m, -Double.MAX_VALUE),
                    readArray(in, m, -Double.MAX_VALUE),
                    readArray(in, m, -Double.MAX_VALUE)
                };
            }
            return () -> {
                rounds = newRounds;
                largest = newLargest;
                eta = newEta;
                predictedSquares = sums[0];
                predictedCosts = sums[1];
                allSquares = sums[2];
                System.arraycopy(newSquares, 0, squares, 0, squares.length);
                for (int i = 0; i < read.length; i++) {
                    System.arraycopy(read[i][0], 0, gram[i], 0, m * m);
                    System.arraycopy(read[i][1], 0, moments[i], 0, m);
                    System.arraycopy(read[i][2], 0, theta[i], 0, m);
                }
            };
        }
    }
}
