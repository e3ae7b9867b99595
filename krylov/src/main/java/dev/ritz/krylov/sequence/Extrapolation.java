package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Extrapolates the last solutions, taken at equal steps, by a polynomial: exact for solutions that are polynomials of
 * that degree in time. While there are fewer solutions, the degree is lower.
 *
 * <pre>
 * Guess   Σ_j (−1)^j C(d + 1, j + 1) x_{t−j}, j = 0 … d; for d = 1: 2 x_t − x_{t−1}
 * Cost    no products, d + 1 updates
 * Memory  (d + 1) n doubles
 * Noise   errors of the solutions grow by at most 2^{d+1} − 1
 * </pre>
 *
 * @param degree d, 0 to 8; 0 repeats the last solution
 */
public record Extrapolation(int degree) implements InitialGuess {
    private static final int LARGEST = 8;

    /**
     * The guess with its options.
     *
     * @param degree d, 0 to 8; 0 repeats the last solution
     */
    public Extrapolation {
        if (degree < 0 || degree > LARGEST) {
            throw new IllegalArgumentException("degree = " + degree + ", expected 0 to " + LARGEST);
        }
    }

    @Override
    public InitialGuess.Memory newMemory(int n, WorkerPool pool) {
        return new Memory(n, pool, degree);
    }

    private static final class Memory extends GuessMemory {
        private final SolutionWindow window;
        private final double[] coefficients;

        private Memory(int n, WorkerPool pool, int degree) {
            super(n, pool, 0x100 + degree);
            window = new SolutionWindow(degree + 1, v);
            coefficients = new double[degree + 1];
        }

        @Override
        int guess(LinearOperator a, Change change, double[] b, double[] x) {
            int s = window.size();
            double c = 1;
            for (int j = 0; j < s; j++) {
                c *= -(double) (s - j) / (j + 1); // (−1)^{j+1} C(s, j + 1)
                coefficients[s - 1 - j] = -c;
            }
            v.add(window.vectors(), s, coefficients, x);
            return 0;
        }

        @Override
        void keep(LinearOperator a, double[] x, double norm) {
            if (window.full()) {
                window.remove(0);
            }
            window.add(1, x);
        }

        @Override
        public void forget() {
            window.clear();
        }

        @Override
        public long bytes() {
            return window.bytes();
        }

        @Override
        void writeState(DataOutputStream out) throws IOException {
            window.write(out);
        }

        @Override
        void readState(DataInputStream in) throws IOException {
            window.read(in);
        }
    }
}
