package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.SparsityPattern;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The previous solution, scaled entry by entry as the diagonal of A has changed: x₀ = D_t⁻¹ D_{t−1} x_{t−1}. Where the
 * columns of A are those of one matrix times a coefficient of their own, A_t = L D_t, and b stays, this is the solution;
 * the finite differences of a Δu with a varying a are of that kind for the unknowns a u. No products.
 *
 * <p>Where the diagonal of A is not at hand, or has a zero, the previous solution as it is. Memory 2n doubles.
 */
public record ScaledPrevious() implements InitialGuess {

    @Override
    public InitialGuess.Memory newMemory(int n, WorkerPool pool) {
        return new Memory(n, pool);
    }

    private static final class Memory extends GuessMemory {
        private final SolutionWindow window; // x, and behind it D x where D was at hand
        private SparsityPattern pattern;
        private int[] positions = {}; // of the diagonal in it

        private Memory(int n, WorkerPool pool) {
            super(n, pool, 0x400);
            window = new SolutionWindow(2, v);
        }

        @Override
        int guess(LinearOperator a, Change change, double[] b, double[] x) {
            if (window.size() == 0) {
                return 0;
            }
            CsrMatrix m = window.size() > 1 ? usable(a) : null;
            if (m == null) {
                v.copy(window.vectors()[0], x);
                return 0;
            }
            double[] scaled = window.vectors()[1];
            double[] values = m.values();
            for (int i = 0; i < positions.length; i++) {
                x[i] = scaled[i] / values[positions[i]]; // x ← D⁻¹ (D x)
            }
            return 0;
        }

        /** The matrix behind an operator, with the positions of its diagonal; null where that is not known or has a zero. */
        private CsrMatrix usable(LinearOperator a) {
            CsrMatrix m = KnownMatrix.entries(a);
            if (m == null) {
                return null;
            }
            if (m.pattern() != pattern) {
                pattern = m.pattern();
                positions = pattern.diagonalPositions();
            }
            double[] values = m.values();
            for (int k : positions) {
                if (k < 0 || values[k] == 0) {
                    return null;
                }
            }
            return m;
        }

        @Override
        void keep(LinearOperator a, double[] x, double norm) {
            window.clear();
            window.add(1, x);
            CsrMatrix m = usable(a);
            if (m != null) {
                window.add(1, x);
                double[] scaled = window.vectors()[1];
                double[] values = m.values();
                for (int i = 0; i < positions.length; i++) {
                    scaled[i] *= values[positions[i]];
                }
                if (!(v.norm(scaled) < Double.POSITIVE_INFINITY)) {
                    window.remove(1);
                }
            }
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
