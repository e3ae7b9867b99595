package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import dev.ritz.krylov.Systems;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitialGuessTest {
    private static final int SIDE = 8;
    private static final int N = SIDE * SIDE;
    private final CsrMatrix a = Systems.convectionDiffusion(SIDE, 0.4);
    private final CsrMatrix other = Systems.convectionDiffusion(SIDE, 0.2);

    static InitialGuess[] all() {
        return new InitialGuess[] {
            new ZeroGuess(),
            new PreviousSolution(),
            new Extrapolation(2),
            new ProjectedGuess(4),
            new PodGuess(6, 3),
            new Damped(0.5)
        };
    }

    // ---------------------------------------------------------------- what each computes

    @Test
    void extrapolationIsExactForPolynomialsInTime() {
        for (int d = 0; d <= 8; d++) {
            InitialGuess.Memory memory = new Extrapolation(d).newMemory(N, WorkerPool.of(1));
            for (int t = 0; t < d + 3; t++) { // more than fit
                learn(memory, a, polynomial(t, d));
            }
            double[] x = propose(memory, a, Change.CHANGED, new double[N], 0);
            double[] exact = polynomial(d + 3, d);
            assertThat(Systems.norm(Systems.minus(x, exact)))
                    .as("degree %d", d)
                    .isLessThan(1e-13 * (1 << (d + 1)) * Systems.norm(exact));
        }
    }

    @Test
    void extrapolationBeginsWithLowerDegrees() {
        InitialGuess.Memory memory = new Extrapolation(3).newMemory(N, WorkerPool.of(1));
        double[] x0 = Systems.random(N, 5);
        double[] x1 = Systems.random(N, 6);
        assertThat(propose(memory, a, Change.UNRELATED, x0, 0)).containsOnly(0);
        learn(memory, a, x0);
        assertThat(propose(memory, a, Change.CHANGED, x0, 0)).isEqualTo(x0);
        learn(memory, a, x1);
        double[] x = propose(memory, a, Change.CHANGED, x0, 0);
        for (int i = 0; i < N; i++) {
            assertThat(x[i]).isCloseTo(2 * x1[i] - x0[i], within(1e-15));
        }
    }

    /** Through many deletions, and after a change of the operator: always the least-squares solution over the window. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void projectionMinimisesTheResidualOverTheLastSolutions(int count) {
        InitialGuess.Memory memory = new ProjectedGuess(count).newMemory(N, WorkerPool.of(1));
        double[][] last = new double[0][];
        CsrMatrix current = a;
        for (int t = 0; t < 24; t++) {
            boolean changed = t == 11;
            current = changed ? other : current;
            double[] b = Systems.random(N, 40 + t);
            int products = changed ? last.length : t == 0 ? 0 : 1;
            double[] x = propose(memory, current, changed ? Change.CHANGED : Change.SAME_OPERATOR, b, products);
            double least = Systems.leastSquares(products(current, last), b);
            assertThat(Systems.residual(current, b, x)).as("t = %d", t).isCloseTo(least, within(1e-11 * least));

            double[] solution = Systems.random(N, 80 + t);
            learn(memory, current, solution);
            last = Arrays.copyOf(last, last.length + 1);
            last[last.length - 1] = solution;
            last = Arrays.copyOfRange(last, Math.max(0, last.length - count), last.length);
        }
        assertThat(memory.bytes()).isEqualTo(16L * N * count);
    }

    /** Differences of smooth solutions shrink by powers of the step: the columns are all but dependent. */
    @Test
    void projectionKeepsItsMinimumOnASmoothSequence() {
        InitialGuess.Memory memory = new ProjectedGuess(6).newMemory(N, WorkerPool.of(1));
        for (int t = 0; t < 60; t++) {
            double[] exact = smooth(0.02 * t);
            double[] b = Systems.times(a, exact);
            double[] x = new double[N];
            memory.propose(a, Change.SAME_OPERATOR, b, x);
            if (t > 6) {
                assertThat(Systems.residual(a, b, x)).isLessThan(1e-8 * Systems.norm(b));
            }
            learn(memory, a, exact);
        }
    }

    @Test
    void aRepeatedRightHandSideIsSolvedByProjectionAndByModes() {
        for (InitialGuess guess : new InitialGuess[] {new ProjectedGuess(4), new PodGuess(4, 4)}) {
            InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
            for (int t = 0; t < 3; t++) {
                memory.propose(a, Change.SAME_OPERATOR, new double[N], new double[N]);
                learn(memory, a, Systems.random(N, 7 + t));
            }
            double[] b = Systems.times(a, Systems.random(N, 7));
            double[] x = new double[N];
            memory.propose(a, Change.SAME_OPERATOR, b, x);
            assertThat(Systems.residual(a, b, x)).isLessThan(1e-13 * Systems.norm(b));
        }
    }

    @Test
    void dependentSolutionsCostNothingButTheirProduct() {
        InitialGuess.Memory memory = new ProjectedGuess(5).newMemory(N, WorkerPool.of(1));
        double[] u = Systems.random(N, 21);
        double[] w = Systems.random(N, 22);
        for (int t = 0; t < 20; t++) {
            double[] x = new double[N];
            for (int i = 0; i < N; i++) {
                x[i] = Math.cos(t) * u[i] + 1e-3 * Math.sin(3 * t) * w[i];
            }
            learn(memory, a, x);
            learn(memory, a, new double[N]);
            double[] b = Systems.times(a, t < 2 ? x : w);
            double[] guess = propose(memory, a, Change.SAME_OPERATOR, b, 1);
            assertThat(Systems.residual(a, b, guess)).isLessThan(1e-9 * Systems.norm(b));
        }
    }

    @Test
    void modesReproduceAHistoryOfLowRank() {
        double[][] basis = {Systems.random(N, 31), Systems.random(N, 32), Systems.random(N, 33)};
        InitialGuess.Memory memory = new PodGuess(10, 5).newMemory(N, WorkerPool.of(1));
        for (int t = 0; t < 14; t++) {
            learn(memory, a, combination(basis, Systems.random(3, 500 + t)));
        }
        double[] exact = combination(basis, 2, -1, 0.5);
        double[] b = Systems.times(other, exact);
        double[] x = propose(memory, other, Change.CHANGED, b, 3); // three modes, not five
        assertThat(Systems.norm(Systems.minus(x, exact))).isLessThan(1e-10 * Systems.norm(exact));
        propose(memory, other, Change.SAME_OPERATOR, b, 0);
        assertThat(memory.bytes()).isLessThanOrEqualTo(8L * N * (10 + 5 + 1));
    }

    /** Modes are the best basis for the history: with noise on a plane, two modes find the plane. */
    @Test
    void modesFindThePlaneBehindTheNoise() {
        double[][] basis = {Systems.random(N, 61), Systems.random(N, 62)};
        InitialGuess.Memory memory = new PodGuess(30, 2).newMemory(N, WorkerPool.of(1));
        for (int t = 0; t < 30; t++) {
            double[] x = combination(basis, Math.cos(t), Math.sin(t));
            double[] noise = Systems.random(N, 700 + t);
            for (int i = 0; i < N; i++) {
                x[i] += 1e-3 * noise[i];
            }
            learn(memory, a, x);
        }
        double[] exact = combination(basis, 1, 1);
        double[] x = propose(memory, a, Change.CHANGED, Systems.times(a, exact), 2);
        assertThat(Systems.norm(Systems.minus(x, exact))).isLessThan(1e-3 * Systems.norm(exact));
    }

    // ---------------------------------------------------------------- what all have in common

    @ParameterizedTest
    @MethodSource("all")
    void aReadMemoryGuessesWithTheSameBits(InitialGuess guess) throws IOException {
        InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
        for (int t = 0; t < 9; t++) {
            memory.propose(a, t == 5 ? Change.CHANGED : Change.SAME_OPERATOR, Systems.random(N, t), new double[N]);
            learn(memory, a, Systems.random(N, 90 + t));
            InitialGuess.Memory copy = guess.newMemory(N, WorkerPool.of(1));
            copy.read(new DataInputStream(new ByteArrayInputStream(written(memory))));
            InitialGuess.Memory original = guess.newMemory(N, WorkerPool.of(1));
            original.read(new DataInputStream(new ByteArrayInputStream(written(memory))));
            double[] b = Systems.random(N, 200 + t);
            double[] x = new double[N];
            int products = original.propose(a, Change.SAME_OPERATOR, b, x);
            assertThat(propose(copy, a, Change.SAME_OPERATOR, b, products)).isEqualTo(x);
            double[] direct = new double[N];
            assertThat(memory.propose(a, Change.SAME_OPERATOR, b, direct)).isEqualTo(products);
            assertThat(direct).isEqualTo(x);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatCannotBeReadLeavesAnEmptyMemory(InitialGuess guess) throws IOException {
        InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
        learn(memory, a, Systems.random(N, 3));
        memory.propose(a, Change.SAME_OPERATOR, Systems.random(N, 4), new double[N]);
        byte[] bytes = written(memory);
        for (int cut : new int[] {0, 7, bytes.length - 1}) {
            learn(memory, a, Systems.random(N, 3));
            byte[] part = Arrays.copyOf(bytes, cut);
            assertThatThrownBy(() -> memory.read(new DataInputStream(new ByteArrayInputStream(part))))
                    .isInstanceOf(IOException.class);
            assertThat(propose(memory, a, Change.SAME_OPERATOR, Systems.random(N, 4), 0))
                    .containsOnly(0);
        }
        byte[] strange = bytes.clone();
        strange[0] ^= 1;
        assertThatThrownBy(() -> memory.read(new DataInputStream(new ByteArrayInputStream(strange))))
                .isInstanceOf(IOException.class);
        InitialGuess.Memory smaller = guess.newMemory(N - 1, WorkerPool.of(1));
        assertThatThrownBy(() -> smaller.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyProposalIsFinite(InitialGuess guess) {
        InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
        double[] bad = Systems.random(N, 8);
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            bad[N - 1] = value;
            learn(memory, a, bad);
            assertThat(propose(memory, a, Change.CHANGED, Systems.random(N, 9), 0))
                    .containsOnly(0);
        }
        for (double scale : new double[] {1, -1e308, 1e308, 1e-310, 1e-300, 1}) {
            double[] x = Systems.random(N, 10);
            for (int i = 0; i < N; i++) {
                x[i] *= scale;
            }
            learn(memory, a, x);
            for (double[] b : new double[][] {Systems.random(N, 11), x, bad}) {
                double[] poisoned = new double[N];
                Arrays.fill(poisoned, Double.NaN);
                memory.propose(a, Change.CHANGED, b, poisoned);
                assertThat(Arrays.stream(poisoned).allMatch(Double::isFinite)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void survivesAnOperatorOfNans(InitialGuess guess) {
        InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
        double[] values = a.values().clone();
        values[values.length / 2] = Double.NaN;
        learn(memory, a, Systems.random(N, 12));
        double[] x = new double[N];
        memory.propose(a.withValues(values), Change.CHANGED, Systems.random(N, 13), x);
        assertThat(Arrays.stream(x).allMatch(Double::isFinite)).isTrue();
        learn(memory, a, Systems.random(N, 14));
        memory.propose(a, Change.CHANGED, Systems.random(N, 13), x);
        assertThat(Arrays.stream(x).allMatch(Double::isFinite)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void forgetsForAnotherProblem(InitialGuess guess) {
        InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
        learn(memory, a, Systems.random(N, 15));
        assertThat(propose(memory, a, Change.UNRELATED, Systems.random(N, 16), 0))
                .containsOnly(0);
        learn(memory, a, Systems.random(N, 15));
        memory.forget();
        assertThat(propose(memory, a, Change.SAME_OPERATOR, Systems.random(N, 16), 0))
                .containsOnly(0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void acceptsNoUnknownsAndOne(InitialGuess guess) {
        InitialGuess.Memory none = guess.newMemory(0, WorkerPool.of(1));
        CsrMatrix empty = Systems.diagonal();
        none.learn(empty, new double[0], new double[0]);
        assertThat(none.propose(empty, Change.CHANGED, new double[0], new double[0]))
                .isZero();

        InitialGuess.Memory one = guess.newMemory(1, WorkerPool.of(1));
        CsrMatrix two = Systems.diagonal(2);
        one.propose(two, Change.UNRELATED, new double[] {2}, new double[1]);
        one.learn(two, new double[] {2}, new double[] {1});
        double[] x = {Double.NaN};
        one.propose(two, Change.SAME_OPERATOR, new double[] {6}, x);
        assertThat(x[0]).isFinite();
    }

    /** After the window is full nothing grows with n, and the threads have no influence on the bits. */
    @ParameterizedTest
    @MethodSource("all")
    void longVectorsAreNeitherAllocatedNorDependentOnThreads(InitialGuess guess) {
        int n = 50_000;
        CsrMatrix large = Systems.poisson1d(n);
        double[][] solutions = {Systems.random(n, 1), Systems.random(n, 2), Systems.random(n, 3)};
        double[] b = Systems.random(n, 4);
        double[] expected = new double[n];
        double[] x = new double[n];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int count : new int[] {1, 3}) {
            try (WorkerPool pool = WorkerPool.of(count)) {
                InitialGuess.Memory memory = guess.newMemory(n, pool);
                long least = Long.MAX_VALUE;
                for (int t = 0; t < 30; t++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    memory.learn(large, b, solutions[t % 3]);
                    memory.propose(large, t % 2 == 0 ? Change.CHANGED : Change.SAME_OPERATOR, b, x);
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
                assertThat(least).isLessThan(n);
                if (count == 1) {
                    System.arraycopy(x, 0, expected, 0, n);
                }
                assertThat(x).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        InitialGuess.Memory memory = new PreviousSolution().newMemory(N, WorkerPool.of(1));
        double[] right = new double[N];
        double[] shorter = new double[N - 1];
        CsrMatrix small = Systems.poisson1d(N - 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.propose(small, Change.CHANGED, right, new double[N]))
                .withMessageContaining("63 x 63");
        assertThatIllegalArgumentException().isThrownBy(() -> memory.learn(a, shorter, right));
        assertThatIllegalArgumentException().isThrownBy(() -> memory.learn(a, right, shorter));
        assertThatIllegalArgumentException().isThrownBy(() -> memory.propose(a, Change.CHANGED, right, right));
        assertThatIllegalArgumentException().isThrownBy(() -> new Extrapolation(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Extrapolation(9));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProjectedGuess(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PodGuess(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new PodGuess(3, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new PodGuess(3, 0));
    }

    // ---------------------------------------------------------------- a guess of one's own

    /** The last solution times a factor. */
    private record Damped(double factor) implements InitialGuess {
        @Override
        public Memory newMemory(int n, WorkerPool pool) {
            return new Memory() {
                private final double[] last = new double[n];

                @Override
                public int propose(LinearOperator a, Change change, double[] b, double[] x) {
                    if (change == Change.UNRELATED) {
                        forget();
                    }
                    for (int i = 0; i < n; i++) {
                        x[i] = factor * last[i];
                    }
                    return 0;
                }

                @Override
                public void learn(LinearOperator a, double[] b, double[] x) {
                    if (Arrays.stream(x).allMatch(Double::isFinite)) {
                        System.arraycopy(x, 0, last, 0, n);
                    }
                }

                @Override
                public void forget() {
                    Arrays.fill(last, 0);
                }

                @Override
                public long bytes() {
                    return 8L * n;
                }

                @Override
                public void write(DataOutputStream out) throws IOException {
                    out.writeInt(n);
                    for (double value : last) {
                        out.writeDouble(value);
                    }
                }

                @Override
                public void read(DataInputStream in) throws IOException {
                    forget();
                    if (in.readInt() != n) {
                        throw new IOException("not written by a guess for " + n + " unknowns");
                    }
                    double[] read = new double[n];
                    for (int i = 0; i < n; i++) {
                        read[i] = in.readDouble();
                    }
                    System.arraycopy(read, 0, last, 0, n);
                }
            };
        }
    }

    // ---------------------------------------------------------------- helpers

    private static void learn(InitialGuess.Memory memory, LinearOperator a, double[] x) {
        double[] copy = x.clone();
        memory.learn(a, new double[x.length], x);
        assertThat(x).isEqualTo(copy);
    }

    /** Proposes into poisoned memory and counts the products. */
    private static double[] propose(
            InitialGuess.Memory memory, LinearOperator a, Change change, double[] b, int products) {
        int[] applied = {0};
        LinearOperator counting = new LinearOperator() {
            @Override
            public int rows() {
                return a.rows();
            }

            @Override
            public int cols() {
                return a.cols();
            }

            @Override
            public void apply(double[] x, double[] y) {
                applied[0]++;
                a.apply(x, y);
            }
        };
        double[] copy = b.clone();
        double[] x = new double[b.length];
        Arrays.fill(x, Double.NaN);
        assertThat(memory.propose(counting, change, b, x)).isEqualTo(products);
        assertThat(applied[0]).isEqualTo(products);
        assertThat(b).isEqualTo(copy);
        return x;
    }

    private static byte[] written(InitialGuess.Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static double[][] products(LinearOperator a, double[][] x) {
        double[][] ax = new double[x.length][];
        for (int j = 0; j < x.length; j++) {
            ax[j] = Systems.times(a, x[j]);
        }
        return ax;
    }

    private static double[] polynomial(int t, int degree) {
        double[] x = new double[N];
        for (int k = 0; k <= degree; k++) {
            double[] c = Systems.random(N, 300 + k);
            for (int i = 0; i < N; i++) {
                x[i] += c[i] * Math.pow(t / 4.0, k);
            }
        }
        return x;
    }

    private static double[] smooth(double t) {
        double[] x = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = Math.sin(0.3 * i + t) + Math.exp(-t) * Math.cos(0.11 * i * (1 + 0.3 * t));
        }
        return x;
    }

    private static double[] combination(double[][] basis, double... c) {
        double[] x = new double[N];
        for (int j = 0; j < c.length; j++) {
            for (int i = 0; i < N; i++) {
                x[i] += c[j] * basis[j][i];
            }
        }
        return x;
    }
}
