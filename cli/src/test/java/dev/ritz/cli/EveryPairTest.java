package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.testdata.Gallery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every method with every preconditioner it admits, before every fault: the outcome is typed, x is finite or untouched,
 * and what is called converged has a small residual, computed here.
 */
class EveryPairTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withMaxIterations(3000);
    private static final CsrMatrix POISSON =
            Gallery.problem("poisson2d").generate(14, 1).a();
    private static final int N = POISSON.rows();

    @TestFactory
    Stream<DynamicTest> everyPair() throws CommandException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method method : MethodTable.all()) {
            IterativeSolver<?> solver = method.make(CRITERIA, Settings.of(method.name(), method.settings(), Map.of()));
            for (PreconditionerEntry entry : PreconditionerTable.all()) {
                PreconditionerEntry.Made made = entry.make(entry.wraps() ? Map.of("inner", "jacobi") : Map.of());
                boolean stationary = method.type().getPackageName().endsWith("stationary");
                tests.add(DynamicTest.dynamicTest(
                        method.name() + " with " + made.name(),
                        () -> assertTimeoutPreemptively(Duration.ofSeconds(60), () -> pair(solver, made, stationary))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(100);
        return tests.stream();
    }

    private static void pair(IterativeSolver<?> solver, PreconditionerEntry.Made made, boolean stationary) {
        Preconditioner m = made.factory().build(POISSON);
        boolean identity = made.name().equals("none");
        if (!solver.accepts().admits(m.kind()) || (stationary && !identity)) {
            double[] x = random(3);
            double[] kept = x.clone();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run(solver, POISSON, m, random(4), x))
                    .withMessageContaining(solver.name());
            assertThat(x).containsExactly(kept);
            return;
        }
        double[] b = random(1);
        SolveResult healthy = run(solver, POISSON, m, b, random(2));
        assertThat(healthy.converged()).as(healthy.report().summary()).isTrue();
        check(POISSON, b, healthy);

        double[] ones = new double[N];
        Arrays.fill(ones, 1);
        double[] image = new double[N];
        POISSON.apply(ones, image);
        SolveResult exact = run(solver, POISSON, m, image, ones.clone());
        assertThat(exact.converged()).isTrue();
        assertThat(exact.report().iterations()).as("an exact guess").isZero();

        SolveResult zero = run(solver, POISSON, m, new double[N], random(5));
        assertThat(zero.converged()).isTrue();
        assertThat(zero.iterate()).containsOnly(0);

        double[] poisoned = b.clone();
        poisoned[N - 1] = Double.NaN;
        typed(solver, POISSON, m, poisoned, random(6));
        double[] tiny = b.clone();
        Arrays.setAll(tiny, i -> tiny[i] * 1e-300);
        typed(solver, POISSON, m, tiny, new double[N]);

        for (double scale : new double[] {1e150, 1e-150}) {
            double[] row = new double[N];
            Arrays.fill(row, scale);
            faulty(solver, made, POISSON.scale(row, null), b);
        }
        faulty(solver, made, POISSON.plus(1, -3, CsrMatrix.identity(N)), b); // indefinite
        faulty(solver, made, POISSON.scale(minusOnes(), null), b); // negative definite
        CsrMatrix neumann = Gallery.problem("neumann2d").generate(12, 1).a();
        faulty(solver, made, neumann, Arrays.copyOf(b, neumann.rows())); // singular, inconsistent
        faulty(solver, made, CsrMatrix.fromDense(new double[][] {{4}}), new double[] {3});
        faulty(solver, made, CsrMatrix.identity(0), new double[0]);
        double[] values = Arrays.copyOf(POISSON.values(), POISSON.nnz());
        values[values.length / 2] = Double.NaN;
        typed(solver, POISSON.withValues(values), m, b, new double[N]);

        for (int fault = 0; fault < 3 && !identity; fault++) {
            typed(solver, POISSON, new Faulty(m, fault), b, new double[N]);
        }
    }

    private static double[] minusOnes() {
        double[] d = new double[N];
        Arrays.fill(d, -1);
        return d;
    }

    /** A matrix that the factory may refuse with a typed exception, and the method with a typed result. */
    private static void faulty(IterativeSolver<?> solver, PreconditionerEntry.Made made, CsrMatrix a, double[] b) {
        Preconditioner m;
        try {
            m = made.factory().build(a);
        } catch (BuildException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        if (solver.accepts().admits(m.kind())) {
            typed(solver, a, m, b, new double[a.rows()]);
        }
    }

    private static void typed(IterativeSolver<?> solver, CsrMatrix a, Preconditioner m, double[] b, double[] x) {
        double[] kept = x.clone();
        SolveResult result;
        try {
            result = run(solver, a, m, b, x);
        } catch (IllegalArgumentException e) {
            assertThat(x).as("refused at the door").containsExactly(kept);
            return;
        }
        assertThat(result.cause()).isNotNull();
        for (double xi : result.iterate()) {
            assertThat(xi).as(result.report().summary()).isFinite();
        }
        check(a, b, result);
    }

    private static void check(CsrMatrix a, double[] b, SolveResult result) {
        if (!result.converged()) {
            return;
        }
        double[] x = result.iterate();
        double largest = 0;
        for (double bi : b) {
            largest = Math.max(largest, Math.abs(bi));
        }
        double square = 0;
        double size = 0;
        for (int i = 0; i < a.rows(); i++) {
            double r = b[i];
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                r -= a.values()[k] * x[a.colIdx()[k]];
            }
            double scaled = largest == 0 ? r : r / largest;
            square += scaled * scaled;
            size += largest == 0 ? 0 : b[i] / largest * (b[i] / largest);
        }
        assertThat(Math.sqrt(square))
                .as("a claimed success: %s", result.report())
                .isLessThanOrEqualTo(1.0001e-8 * Math.sqrt(size));
    }

    private static <W extends Workspace> SolveResult run(
            IterativeSolver<W> solver, LinearOperator a, Preconditioner m, double[] b, double[] x) {
        return solver.solve(a, m, b, x, solver.newWorkspace(a.rows()), IterationListener.NONE);
    }

    private static double[] random(long seed) {
        Random random = new Random(0x5eed_0000L + seed);
        double[] v = new double[N];
        Arrays.setAll(v, i -> random.nextGaussian());
        return v;
    }

    /** A preconditioner that turns bad at its third call: NaN, an exception, or the wrong sign throughout. */
    private static final class Faulty implements Preconditioner {
        private final Preconditioner sound;
        private final int fault;
        private int calls;

        private Faulty(Preconditioner sound, int fault) {
            this.sound = sound;
            this.fault = fault;
        }

        @Override
        public int size() {
            return sound.size();
        }

        @Override
        public Kind kind() {
            return sound.kind();
        }

        @Override
        public void apply(double[] r, double[] z) {
            sound.apply(r, z);
            calls++;
            if (fault == 0 && calls >= 3) {
                z[z.length / 2] = Double.NaN;
            } else if (fault == 1 && calls >= 3) {
                throw new IllegalStateException("broken on purpose");
            } else if (fault == 2) {
                Arrays.setAll(z, i -> -z[i]);
            }
        }
    }
}
