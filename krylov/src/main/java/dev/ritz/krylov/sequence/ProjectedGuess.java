package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Combines the last solutions X so that the residual is smallest: x₀ = X y with min ‖b − A X y‖₂. Right for any
 * nonsingular A; the guess is never worse than zero, the last solution or an extrapolation of those kept.
 *
 * <pre>
 * Cost    a product per solution learnt since the last guess while A stays the same, else one per solution kept;
 *         2 passes over the vectors kept, and per solution learnt 3 passes more and a rotation of each
 * Memory  2 count · n doubles
 * Drops   the oldest solution when a new one comes, and one whose product depends on the others
 * Source  Fischer 1998, doi:10.1016/S0045-7825(98)00012-7, with the residual in place of the energy norm, so that A
 *         need not be SPD, and a sliding window in place of restarts
 * </pre>
 *
 * @param count how many solutions are kept, at least 1
 */
public record ProjectedGuess(int count) implements InitialGuess {

    /**
     * The guess with its options.
     *
     * @param count how many solutions are kept, at least 1
     */
    public ProjectedGuess {
        if (count < 1) {
            throw new IllegalArgumentException("count = " + count + ", expected at least 1");
        }
    }

    @Override
    public InitialGuess.Memory newMemory(int n, WorkerPool pool) {
        return new Memory(n, pool, count);
    }

    private static final class Memory extends GuessMemory {
        private final SolutionWindow window; // unit vectors: only the span matters
        private final ProductBasis products; // of the first vectors of the window

        private Memory(int n, WorkerPool pool, int count) {
            super(n, pool, 0x200 + count);
            window = new SolutionWindow(count, v);
            products = new ProductBasis(count, v);
        }

        @Override
        int guess(LinearOperator a, Change change, double[] b, double[] x) {
            if (change != Change.SAME_OPERATOR) {
                products.clear();
            }
            int applied = 0;
            while (products.columns() < window.size()) {
                int j = products.columns();
                a.apply(window.vectors()[j], products.next());
                applied++;
                if (!products.append()) {
                    window.remove(j);
                }
            }
            v.add(window.vectors(), window.size(), products.solve(b), x);
            return applied;
        }

        @Override
        void keep(LinearOperator a, double[] x, double norm) {
            if (!(norm >= Double.MIN_NORMAL)) {
                return; // adds nothing to the span
            }
            if (window.full()) {
                if (products.columns() > 0) {
                    products.removeFirst();
                }
                window.remove(0);
            }
            window.add(1 / norm, x);
        }

        @Override
        public void forget() {
            window.clear();
            products.clear();
        }

        @Override
        public long bytes() {
            return window.bytes() + products.bytes();
        }

        @Override
        void writeState(DataOutputStream out) throws IOException {
            window.write(out);
            products.write(out);
        }

        @Override
        void readState(DataInputStream in) throws IOException {
            window.read(in);
            products.read(in, window.size());
        }
    }
}
