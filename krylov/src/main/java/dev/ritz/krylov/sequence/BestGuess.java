package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The best of several guesses, found while the sequence runs: on four of the first ten systems, and on every twenty-fourth
 * later, all of them propose and are judged by ‖b − A x₀‖₂; in between the favourite alone does. Where nothing has helped so far, x₀ = 0
 * without any product.
 *
 * <p>The favourite has the smallest mean of log(‖b − A x₀‖₂/‖b‖₂), a guess being charged {@value #PER_PRODUCT} for each
 * of its products: about what an iteration of a well preconditioned solve gains.
 *
 * @param candidates the guesses, at least one
 */
public record BestGuess(List<InitialGuess> candidates) implements InitialGuess {
    private static final List<Integer> FIRST = List.of(1, 3, 6, 10);
    private static final int EVERY = 24;
    private static final double PER_PRODUCT = 0.5;
    private static final double NEWEST = 0.3;

    /** Below this a logarithm says nothing more: the guess was the solution. */
    private static final double LEAST = 1e-16;

    /**
     * Checks and copies.
     *
     * @param candidates the guesses, at least one
     */
    public BestGuess {
        candidates = List.copyOf(candidates);
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("candidates is empty, expected at least one guess");
        }
    }

    /**
     * The previous solution, as it is and scaled by the diagonals, a line and a parabola through the last ones, and a
     * projection on six of them.
     */
    public BestGuess() {
        this(List.of(
                new PreviousSolution(),
                new ScaledPrevious(),
                new Extrapolation(1),
                new Extrapolation(2),
                new ProjectedGuess(6)));
    }

    @Override
    public Memory newMemory(int n, WorkerPool pool) {
        return new Contest(n, pool);
    }

    private final class Contest implements Memory {
        private final Vectors v;
        private final Memory[] memories;
        private final double[] mean; // of the logarithm, products charged; NaN before the first
        private final Change[] since; // what has changed since each was last asked
        private final double[] proposal;
        private final double[] r;
        private int asked;

        private Contest(int n, WorkerPool pool) {
            v = new Vectors(n, pool);
            memories = new Memory[candidates.size()];
            mean = new double[memories.length];
            since = new Change[memories.length];
            Arrays.fill(since, Change.UNRELATED);
            for (int i = 0; i < memories.length; i++) {
                memories[i] = candidates.get(i).newMemory(n, pool);
                mean[i] = Double.NaN;
            }
            proposal = new double[n];
            r = new double[n];
        }

        @Override
        public int propose(LinearOperator a, Change change, double[] b, double[] x) {
            if (change == Change.UNRELATED) {
                forget();
            }
            int turn = asked++;
            double bNorm = v.norm(b);
            boolean contest = bNorm > 0 && (FIRST.contains(turn) || turn > 0 && turn % EVERY == 0);
            for (int i = 0; i < since.length; i++) {
                since[i] = since[i].compareTo(change) > 0 ? since[i] : change;
            }
            Arrays.fill(x, 0);
            if (contest) {
                return contest(a, b, x, bNorm);
            }
            int favourite = favourite();
            if (favourite < 0) {
                return 0;
            }
            return memories[favourite].propose(a, taken(favourite), b, x);
        }

        /** What has changed since this guess was last asked. */
        private Change taken(int i) {
            Change change = since[i];
            since[i] = Change.SAME_OPERATOR;
            return change;
        }

        private int contest(LinearOperator a, double[] b, double[] x, double bNorm) {
            int total = 0;
            double least = 0; // log 1: x = 0
            for (int i = 0; i < memories.length; i++) {
                int products = memories[i].propose(a, taken(i), b, proposal);
                double square = a.residual(b, proposal, r);
                double log = Math.log(Math.max(LEAST, v.norm(r, square) / bNorm));
                total += products + 1;
                if (log < least) { // false for NaN
                    least = log;
                    v.copy(proposal, x);
                }
                double charged = Math.min(log, 0) + PER_PRODUCT * products;
                if (!Double.isNaN(charged)) {
                    mean[i] = Double.isNaN(mean[i]) ? charged : (1 - NEWEST) * mean[i] + NEWEST * charged;
                }
            }
            return total;
        }

        /** The guess with the least mean below 0, −1 where there is none. */
        private int favourite() {
            int best = -1;
            double least = 0;
            for (int i = 0; i < mean.length; i++) {
                if (mean[i] < least) {
                    least = mean[i];
                    best = i;
                }
            }
            return best;
        }

        @Override
        public void learn(LinearOperator a, double[] b, double[] x) {
            for (Memory memory : memories) {
                memory.learn(a, b, x);
            }
        }

        @Override
        public void forget() {
            asked = 0;
            Arrays.fill(since, Change.UNRELATED);
            for (int i = 0; i < memories.length; i++) {
                memories[i].forget();
                mean[i] = Double.NaN;
            }
        }

        @Override
        public long bytes() {
            long sum = 16L * proposal.length;
            for (Memory memory : memories) {
                sum += memory.bytes();
            }
            return sum;
        }

        @Override
        public void write(DataOutputStream out) throws IOException {
            out.writeInt(asked);
            for (int i = 0; i < memories.length; i++) {
                out.writeDouble(mean[i]);
                out.writeInt(since[i].ordinal());
                memories[i].write(out);
            }
        }

        @Override
        public void read(DataInputStream in) throws IOException {
            asked = in.readInt();
            for (int i = 0; i < memories.length; i++) {
                mean[i] = in.readDouble();
                since[i] = MatrixData.readChange(in);
                memories[i].read(in);
            }
        }
    }
}
