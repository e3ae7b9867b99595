package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Combines the leading modes of a longer history (proper orthogonal decomposition) so that the residual is smallest:
 * x₀ = Φ y with min ‖b − A Φ y‖₂. Averages out what differs at random from solution to solution, and costs fewer
 * products than a projection on all of them. Every solution has the same weight, whatever its norm.
 *
 * <pre>
 * Cost    as many products as there are modes whenever A has changed or a solution has been learnt since the last
 *         guess, and for each of them a pass over the history
 * Memory  (history + modes + 1) n doubles
 * Drops   modes below 2⁻²² of the largest, which the Gram matrix cannot resolve
 * Source  Sirovich 1987, doi:10.1090/qam/910462 (method of snapshots); Markovinović &amp; Jansen 2006,
 *         doi:10.1002/nme.1721 (as initial guess)
 * </pre>
 *
 * @param history how many solutions are kept, at least 1
 * @param modes how many modes are used, 1 to history
 */
public record PodGuess(int history, int modes) implements InitialGuess {
    /** Of the eigenvalues of the Gram matrix, which are squares and right to rounding of the largest. */
    private static final double NEGLIGIBLE = 0x1p-44;

    /**
     * The guess with its options.
     *
     * @param history how many solutions are kept, at least 1
     * @param modes how many modes are used, 1 to history
     */
    public PodGuess {
        if (history < 1) {
            throw new IllegalArgumentException("history = " + history + ", expected at least 1");
        }
        if (modes < 1 || modes > history) {
            throw new IllegalArgumentException("modes = " + modes + ", expected 1 to history = " + history);
        }
    }

    @Override
    public InitialGuess.Memory newMemory(int n, WorkerPool pool) {
        return new Memory(n, pool, history, modes);
    }

    private static final class Memory extends GuessMemory {
        private final SolutionWindow window; // unit vectors
        private final ProductBasis products; // of the modes
        private final double[][] gram;
        private final double[][] weights; // [j]: mode j in terms of the window
        private final double[] combined;
        private final int[] order;
        private double[] mode; // allocated when first needed
        private boolean current; // the modes are those of the window

        private Memory(int n, WorkerPool pool, int history, int modes) {
            super(n, pool, 0x1_0000 * modes + history + 0x300);
            window = new SolutionWindow(history, v);
            products = new ProductBasis(modes, v);
            gram = new double[history][history];
            weights = new double[modes][history];
            combined = new double[history];
            order = new int[history];
        }

        @Override
        int guess(LinearOperator a, Change change, double[] b, double[] x) {
            int applied = 0;
            int s = window.size();
            if (change != Change.SAME_OPERATOR || !current) {
                products.clear();
                current = false;
                applied = refresh(a, s);
                current = true;
            }
            double[] y = products.solve(b);
            Arrays.fill(combined, 0);
            for (int j = 0; j < products.columns(); j++) {
                for (int i = 0; i < s; i++) {
                    combined[i] += y[j] * weights[j][i];
                }
            }
            v.add(window.vectors(), s, combined, x);
            return applied;
        }

        /** The leading modes φ_j = X w_j / √λ_j with Xᵀ X w_j = λ_j w_j, and their products. */
        private int refresh(LinearOperator a, int s) {
            if (s == 0) {
                return 0;
            }
            DMatrixRMaj g = new DMatrixRMaj(s, s);
            for (int i = 0; i < s; i++) {
                for (int j = 0; j < s; j++) {
                    g.set(i, j, gram[Math.max(i, j)][Math.min(i, j)]);
                }
            }
            EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(s, true, true);
            if (!eigen.decompose(g)) {
                return 0;
            }
            sortDescending(eigen, s);
            if (mode == null) {
                mode = new double[v.length()];
            }
            double largest = eigen.getEigenvalue(order[0]).getReal();
            int applied = 0;
            for (int k = 0; k < s && applied < weights.length; k++) {
                double lambda = eigen.getEigenvalue(order[k]).getReal();
                if (!(lambda > NEGLIGIBLE * largest)) {
                    break;
                }
                int j = products.columns();
                DMatrixRMaj w = eigen.getEigenVector(order[k]);
                for (int i = 0; i < s; i++) {
                    weights[j][i] = w.get(i) / Math.sqrt(lambda);
                }
                Arrays.fill(mode, 0);
                v.add(window.vectors(), s, weights[j], mode);
                a.apply(mode, products.next());
                applied++;
                products.append(); // a mode whose product is dependent is passed over
            }
            return applied;
        }

        private void sortDescending(EigenDecomposition_F64<DMatrixRMaj> eigen, int s) {
            for (int i = 0; i < s; i++) {
                double lambda = eigen.getEigenvalue(i).getReal();
                int k = i;
                while (k > 0 && eigen.getEigenvalue(order[k - 1]).getReal() < lambda) {
                    order[k] = order[k - 1];
                    k--;
                }
                order[k] = i;
            }
        }

        @Override
        void keep(LinearOperator a, double[] x, double norm) {
            if (!(norm >= Double.MIN_NORMAL)) {
                return; // adds nothing to the span
            }
            if (window.full()) {
                window.remove(0);
                for (int i = 0; i < window.size(); i++) {
                    System.arraycopy(gram[i + 1], 1, gram[i], 0, i + 1);
                }
            }
            window.add(1 / norm, x);
            int last = window.size() - 1;
            v.dots(window.vectors(), last + 1, window.vectors()[last], gram[last]);
            current = false;
        }

        @Override
        public void forget() {
            window.clear();
            products.clear();
            current = false;
        }

        @Override
        public long bytes() {
            return window.bytes() + products.bytes() + (mode == null ? 0 : 8L * mode.length);
        }

        @Override
        void writeState(DataOutputStream out) throws IOException {
            int s = window.size();
            window.write(out);
            for (int i = 0; i < s; i++) {
                VectorData.write(out, gram[i], i + 1);
            }
            out.writeBoolean(current);
            products.write(out);
            for (int j = 0; j < products.columns(); j++) {
                VectorData.write(out, weights[j], s);
            }
        }

        @Override
        void readState(DataInputStream in) throws IOException {
            window.read(in);
            int s = window.size();
            for (int i = 0; i < s; i++) {
                VectorData.read(in, gram[i], i + 1);
            }
            boolean modesAreCurrent = in.readBoolean();
            products.read(in, Math.min(s, weights.length));
            for (int j = 0; j < products.columns(); j++) {
                VectorData.read(in, weights[j], s);
            }
            current = modesAreCurrent;
        }
    }
}
