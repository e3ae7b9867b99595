package dev.ritz.krylov.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import dev.ritz.testdata.Poisson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BestGuessTest {
    private static final CsrMatrix A = Poisson.poisson2d(9).a();
    private static final int N = A.rows();
    private static final List<InitialGuess> GUESSES =
            List.of(new PreviousSolution(), new Extrapolation(1), new Extrapolation(2));

    /** x(t), quadratic in t. */
    private static double[] solution(int t) {
        double[] x = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = Math.sin(i) + t * Math.cos(2 * i) + 0.01 * t * t * Math.sin(3 * i);
        }
        return x;
    }

    private static double[] times(double[] x) {
        double[] b = new double[N];
        A.apply(x, b);
        return b;
    }

    @Test
    void theBestCandidateBecomesTheFavourite() {
        InitialGuess.Memory memory = new BestGuess(GUESSES).newMemory(N, WorkerPool.of(1));
        double[] guess = new double[N];
        for (int t = 0; t < 40; t++) {
            double[] b = times(solution(t));
            int products = memory.propose(A, Change.SAME_OPERATOR, b, guess);
            if (t > 12) { // a parabola through three points is exact
                assertThat(distance(guess, solution(t))).isLessThan(1e-9 * (1 + t * t));
                assertThat(products).isEqualTo(t % 24 == 0 ? 3 : 0);
            }
            memory.learn(A, b, solution(t));
        }
    }

    @Test
    void whereNothingHelpsThereIsNoGuessAndNoProduct() {
        InitialGuess.Memory memory = new BestGuess(GUESSES).newMemory(N, WorkerPool.of(1));
        double[] guess = new double[N];
        for (int t = 0; t < 31; t++) {
            double[] x = new double[N];
            x[(7 * t) % N] = 1; // each orthogonal to all before
            double[] b = times(x);
            int products = memory.propose(A, Change.SAME_OPERATOR, b, guess);
            if (t > 0) {
                assertThat(distance(guess, new double[N])).isZero();
                assertThat(products).isEqualTo(List.of(1, 3, 6, 10, 24).contains(t) ? 3 : 0);
            }
            memory.learn(A, b, x);
        }
    }

    @Test
    void columnsTimesACoefficientAreSolvedByTheScaledSolution() {
        InitialGuess.Memory memory = new ScaledPrevious().newMemory(N, WorkerPool.of(1));
        double[] b = times(solution(3));
        double[] x = new double[N];
        for (int t = 0; t < 5; t++) {
            double[] coefficient = new double[N];
            for (int i = 0; i < N; i++) {
                coefficient[i] = 2 + Math.sin(i * (t + 1.0));
            }
            CsrMatrix a = A.scale(ones(1), coefficient); // A L D
            assertThat(memory.propose(a, Change.CHANGED, b, x)).isZero();
            double[] exact = solution(3);
            for (int i = 0; i < N; i++) {
                exact[i] /= coefficient[i];
            }
            if (t > 0) {
                assertThat(distance(x, exact)).isLessThan(1e-12 * norm(exact));
            }
            memory.learn(a, b, exact);
        }
        double[] values = A.values().clone();
        values[A.pattern().position(4, 4)] = 0; // no scaling by a zero
        memory.propose(A.withValues(values), Change.CHANGED, b, x);
        assertThat(Arrays.stream(x).allMatch(Double::isFinite)).isTrue();
        LinearOperator bare = new LinearOperator() {
            @Override
            public int rows() {
                return N;
            }

            @Override
            public int cols() {
                return N;
            }

            @Override
            public void apply(double[] v, double[] y) {
                A.apply(v, y);
            }
        };
        memory.learn(bare, b, solution(3));
        memory.propose(bare, Change.CHANGED, b, x);
        assertThat(x).isEqualTo(solution(3));
    }

    @Test
    void aZeroRightHandSideIsNoContest() {
        InitialGuess.Memory memory = new BestGuess(GUESSES).newMemory(N, WorkerPool.of(1));
        double[] guess = new double[N];
        memory.learn(A, times(solution(0)), solution(0));
        for (int t = 0; t < 3; t++) {
            assertThat(memory.propose(A, Change.SAME_OPERATOR, new double[N], guess))
                    .isZero();
            assertThat(guess).doesNotContain(Double.NaN);
        }
    }

    @Test
    void whoWasNotAskedHearsOfTheChangeLater() {
        // a projection that is not the favourite must not use products of an operator that is gone
        InitialGuess.Memory memory =
                new BestGuess(List.of(new Extrapolation(2), new ProjectedGuess(3))).newMemory(N, WorkerPool.of(1));
        double[] guess = new double[N];
        for (int t = 0; t < 40; t++) {
            double scale = 1 + t;
            CsrMatrix a = A.scale(ones(scale), ones(1));
            double[] b = times(solution(t));
            for (int i = 0; i < N; i++) {
                b[i] *= scale;
            }
            Change change = t == 0 ? Change.UNRELATED : t % 16 == 0 ? Change.SAME_OPERATOR : Change.CHANGED;
            if (t % 16 == 0 && t > 0) { // the same operator as in the system before
                a = A.scale(ones(t), ones(1));
                b = times(solution(t));
                for (int i = 0; i < N; i++) {
                    b[i] *= t;
                }
            }
            memory.propose(a, change, b, guess);
            double[] r = new double[N];
            a.residual(b, guess, r);
            assertThat(norm(r)).isLessThanOrEqualTo(norm(b) * (1 + 1e-12));
            memory.learn(a, b, solution(t));
        }
    }

    @Test
    void aMemoryReadBackGoesOnAlike() throws IOException {
        BestGuess guess = new BestGuess();
        InitialGuess.Memory memory = guess.newMemory(N, WorkerPool.of(1));
        double[] x = new double[N];
        for (int t = 0; t < 9; t++) {
            memory.propose(A, Change.SAME_OPERATOR, times(solution(t)), x);
            memory.learn(A, times(solution(t)), solution(t));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        InitialGuess.Memory again = guess.newMemory(N, WorkerPool.of(1));
        again.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        double[] y = new double[N];
        for (int t = 9; t < 20; t++) {
            assertThat(again.propose(A, Change.SAME_OPERATOR, times(solution(t)), y))
                    .isEqualTo(memory.propose(A, Change.SAME_OPERATOR, times(solution(t)), x));
            assertThat(y).isEqualTo(x);
            memory.learn(A, times(solution(t)), solution(t));
            again.learn(A, times(solution(t)), solution(t));
        }
        assertThat(memory.bytes()).isEqualTo(again.bytes()).isPositive();
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BestGuess(List.of()))
                .withMessageContaining("candidates");
    }

    private static double[] ones(double value) {
        double[] v = new double[N];
        Arrays.fill(v, value);
        return v;
    }

    private static double distance(double[] x, double[] y) {
        double[] d = x.clone();
        for (int i = 0; i < d.length; i++) {
            d[i] -= y[i];
        }
        return norm(d);
    }

    private static double norm(double[] v) {
        double sum = 0;
        for (double e : v) {
            sum += e * e;
        }
        return Math.sqrt(sum);
    }
}
