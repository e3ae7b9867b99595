package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ritz.api.BuildException;
import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import dev.ritz.testdata.Gallery;
import dev.ritz.testdata.contract.FaultyParts;
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
 * Every method with every preconditioner it admits, before every fault: the outcome is typed, x is finite or untouched
 * and no worse than the guess, and what is called converged has a small residual, computed here. A refusal is allowed
 * only where the method needs matrix entries or another kind of preconditioner.
 */
class EveryPairTest {
    private static final StoppingCriteria CRITERIA = StoppingCriteria.DEFAULT.withMaxIterations(3000);
    private static final CsrMatrix POISSON =
            Gallery.problem("poisson2d").generate(14, 1).a();
    private static final CsrMatrix CONVECTION =
            Gallery.problem("convection-diffusion2d").generate(14, 1).a();
    private static final CsrMatrix NEUMANN =
            Gallery.problem("neumann2d").generate(12, 1).a();
    private static final int N = POISSON.rows();

    private static List<String> inners(PreconditionerEntry entry) {
        if (!entry.wraps()) {
            return List.of("");
        }
        return isPolynomial(entry.type()) ? List.of("jacobi") : List.of("jacobi", "ilu0", "ic0");
    }

    private static boolean isPolynomial(Class<?> type) {
        return type.getPackageName().endsWith("polynomial");
    }

    @TestFactory
    Stream<DynamicTest> everyPair() throws CommandException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Method method : MethodTable.all()) {
            IterativeSolver<?> solver = method.make(CRITERIA, method.settings(Map.of()));
            for (PreconditionerEntry entry : PreconditionerTable.all()) {
                if (entry.needsFile()) {
                    continue; // of one matrix alone
                }
                for (String inner : inners(entry)) {
                    PreconditionerEntry.Made made =
                            entry.make(inner.isEmpty() ? Map.of() : Map.of(PreconditionerEntry.INNER, inner));
                    Pair<?> pair = new Pair<>(method, solver, made);
                    tests.add(DynamicTest.dynamicTest(
                            method.name() + " with " + made.name(),
                            () -> assertTimeoutPreemptively(Duration.ofSeconds(60), pair::test)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(180);
        return tests.stream();
    }

    private record Pair<W extends Workspace>(Method method, IterativeSolver<W> solver, PreconditionerEntry.Made made) {

        void test() {
            Preconditioner m = made.factory().build(POISSON);
            if (!admits(m)) {
                isRefused(m);
                return;
            }
            healthySystemsAreSolved(m);
            oneWorkspaceServesSeveralSolves(m);
            valuesNotFiniteAreNamed(m);
            oddMatricesGiveTypedOutcomes();
            faultyOperatorsAreNamed(m);
            if (!made.name().equals("none")) {
                faultyPreconditionersAreNamed(m);
            }
        }

        private boolean needsEntries() {
            return method.type().getPackageName().endsWith("stationary");
        }

        private boolean needsSymmetry() {
            return MethodTable.needsSymmetry(method);
        }

        private boolean admits(Preconditioner m) {
            return solver.accepts().admits(m.kind())
                    && (!needsEntries() || made.name().equals("none"));
        }

        private void isRefused(Preconditioner m) {
            double[] x = random(N, 3);
            double[] kept = x.clone();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> run(POISSON, m, random(N, 4), x))
                    .withMessageContaining(solver.name());
            assertThat(x).containsExactly(kept);
        }

        private void healthySystemsAreSolved(Preconditioner m) {
            double[] b = random(N, 1);
            SolveResult healthy = sound(POISSON, m, b, random(N, 2));
            assertThat(healthy.converged()).as(healthy.report().summary()).isTrue();

            double[] ones = new double[N];
            Arrays.fill(ones, 1);
            SolveResult exact = sound(POISSON, m, image(POISSON, ones), ones);
            assertThat(exact.converged()).isTrue();
            assertThat(exact.report().iterations()).as("an exact guess").isZero();

            SolveResult zero = sound(POISSON, m, new double[N], random(N, 5));
            assertThat(zero.converged()).isTrue();
            assertThat(zero.iterate()).containsOnly(0);

            double[] tiny = b.clone();
            Arrays.setAll(tiny, i -> tiny[i] * 1e-300);
            sound(POISSON, m, tiny, new double[N]);

            if (!needsSymmetry()
                    && !needsEntries()
                    && !symmetricOnly()
                    && !isPolynomial(made.factory().getClass())) {
                SolveResult general = sound(CONVECTION, made.factory().build(CONVECTION), b, random(N, 7));
                assertThat(general.converged()).as(general.report().summary()).isTrue();
            }
        }

        /** Cholesky factors and their kin refuse other matrices. */
        private boolean symmetricOnly() {
            return made.name().matches(".*(ic0|ick|ict|fsai|nystrom).*");
        }

        private void oneWorkspaceServesSeveralSolves(Preconditioner m) {
            W ws = solver.newWorkspace(N);
            double[] b = random(N, 8);
            double[] first = random(N, 9);
            double[] second = first.clone();
            int iterations = solver.solve(POISSON, m, b, first, ws, IterationListener.NONE)
                    .report()
                    .iterations();
            double[] poisoned = b.clone();
            poisoned[0] = Double.NaN;
            solver.solve(POISSON, m, poisoned, random(N, 10), ws, IterationListener.NONE);
            SolveResult again = solver.solve(POISSON, m, b, second, ws, IterationListener.NONE);
            assertThat(again.report().iterations()).isEqualTo(iterations);
            assertThat(Arrays.equals(first, second))
                    .as("the bits of both solves")
                    .isTrue();
        }

        private void valuesNotFiniteAreNamed(Preconditioner m) {
            double[] b = random(N, 1);
            double[] poisoned = b.clone();
            poisoned[N - 1] = Double.NaN;
            double[] x = random(N, 6);
            double[] kept = x.clone();
            blames(Part.RIGHT_HAND_SIDE, run(POISSON, m, poisoned, x));
            assertThat(x).containsExactly(kept);

            double[] guess = random(N, 6);
            guess[N / 2] = Double.NaN;
            kept = guess.clone();
            blames(Part.INITIAL_GUESS, run(POISSON, m, b, guess));
            assertThat(guess).containsExactly(kept);

            double[] values = Arrays.copyOf(POISSON.values(), POISSON.nnz());
            values[values.length / 2] = Double.NaN;
            x = new double[N];
            blames(Part.OPERATOR, run(POISSON.withValues(values), m, b, x));
            assertThat(x).containsOnly(0);
        }

        private static void blames(Part part, SolveResult result) {
            assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
            assertThat(result.report().part()).isEqualTo(part);
        }

        private void oddMatricesGiveTypedOutcomes() {
            double[] b = random(N, 1);
            for (double scale : new double[] {1e150, 1e-150, -1}) { // the last is negative definite
                double[] row = new double[N];
                Arrays.fill(row, scale);
                odd(POISSON.scale(row, null), b);
            }
            odd(POISSON.plus(1, -3, CsrMatrix.identity(N)), b); // indefinite
            odd(NEUMANN, random(NEUMANN.rows(), 1)); // singular, inconsistent
            odd(NEUMANN, image(NEUMANN, random(NEUMANN.rows(), 11))); // singular, consistent
            odd(CsrMatrix.fromDense(new double[][] {{4}}), new double[] {3});
            odd(CsrMatrix.identity(0), new double[0]);
        }

        /** A matrix that the factory may refuse with a typed exception, and the method with a typed result. */
        private void odd(CsrMatrix a, double[] b) {
            Preconditioner m;
            try {
                m = made.factory().build(a);
            } catch (BuildException e) {
                assertThat(e.getMessage()).isNotBlank();
                return;
            } catch (IllegalArgumentException e) { // a matching destroys the symmetry that IC(0) needs
                assertThat(made.name()).isEqualTo("matched(ic0)");
                assertThat(e).hasMessageContaining("not symmetric");
                return;
            }
            if (admits(m)) {
                sound(a, m, b, new double[a.rows()]);
                sound(a, m, b, random(a.rows(), 12));
            }
        }

        private void faultyOperatorsAreNamed(Preconditioner m) {
            double[] b = random(N, 1);
            RuntimeException broken = new IllegalStateException("broken on purpose");
            var throwing = FaultyParts.operator(POISSON, FaultyParts.throwsAt(2, broken));
            if (needsEntries()) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> run(throwing, m, b, new double[N]))
                        .withMessageContaining("CsrMatrix");
                return;
            }
            SolveResult result = run(throwing, m, b, new double[N]);
            assertThat(throwing.calls()).isEqualTo(2); // a direct inverse leaves no more
            assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
            assertThat(result.report().part()).isEqualTo(Part.OPERATOR);
            assertThat(result.report().failure()).isSameAs(broken);
            isSound(POISSON, b, new double[N], result);
        }

        private void faultyPreconditionersAreNamed(Preconditioner m) {
            double[] b = random(N, 1);
            RuntimeException broken = new IllegalStateException("broken on purpose");
            var throwing = FaultyParts.preconditioner(m, FaultyParts.throwsAt(3, broken));
            SolveResult thrown = sound(POISSON, throwing, b, new double[N]);
            if (throwing.calls() < 3) {
                assertThat(thrown.converged()).isTrue();
            } else {
                assertThat(thrown.cause()).isEqualTo(Cause.PART_FAILED);
                assertThat(thrown.report().part()).isEqualTo(Part.PRECONDITIONER);
                assertThat(thrown.report().failure()).isSameAs(broken);
            }

            var poisoning = FaultyParts.preconditioner(m, FaultyParts.writesAt(3, Double.NaN));
            SolveResult poisoned = sound(POISSON, poisoning, b, new double[N]);
            assertThat(poisoned.cause())
                    .as(poisoned.report().summary())
                    .isEqualTo(poisoning.calls() < 3 ? Cause.CONVERGED : Cause.NOT_FINITE);

            Preconditioner negative = FaultyParts.preconditioner(m, (call, in, out) -> {
                for (int i = 0; i < out.length; i++) {
                    out[i] = -out[i];
                }
            });
            SolveResult turned = sound(POISSON, negative, b, new double[N]);
            assertThat(turned.cause())
                    .as(turned.report().summary())
                    .isEqualTo(needsSymmetry() ? Cause.INDEFINITE_PRECONDITIONER : Cause.CONVERGED);
        }

        private SolveResult run(LinearOperator a, Preconditioner m, double[] b, double[] x) {
            return solver.solve(a, m, b, x, solver.newWorkspace(a.rows()), IterationListener.NONE);
        }

        /** A solve of finite data from a copy of a guess, with all that holds of any. */
        private SolveResult sound(CsrMatrix a, Preconditioner m, double[] b, double[] guess) {
            double[] kept = b.clone();
            SolveResult result = run(a, m, b, guess.clone());
            assertThat(b).containsExactly(kept);
            isSound(a, b, guess, result);
            return result;
        }
    }

    private static void isSound(CsrMatrix a, double[] b, double[] guess, SolveResult result) {
        String summary = result.report().summary();
        double[] x = result.iterate();
        for (double xi : x) {
            assertThat(xi).as(summary).isFinite();
        }
        double largest = 0;
        for (double bi : b) {
            largest = Math.max(largest, Math.abs(bi));
        }
        double norm = residualNorm(a, b, x, largest);
        if (result.converged()) {
            assertThat(norm)
                    .as("a claimed success: %s", summary)
                    .isLessThanOrEqualTo(1.0001e-8 * residualNorm(a, b, new double[x.length], largest));
        } else {
            assertThat(norm)
                    .as("no worse than the guess: %s", summary)
                    .isLessThanOrEqualTo((1 + 1e-10) * residualNorm(a, b, guess, largest));
        }
    }

    /** ‖b − A x‖₂ over the largest entry of b, which keeps the squares within range. */
    private static double residualNorm(CsrMatrix a, double[] b, double[] x, double largest) {
        double[] r = new double[b.length];
        double peak = 0;
        for (int i = 0; i < b.length; i++) {
            r[i] = b[i];
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                r[i] -= a.values()[k] * x[a.colIdx()[k]];
            }
            peak = Math.max(peak, Math.abs(r[i]));
        }
        double square = 0;
        for (double ri : r) {
            square += peak == 0 ? 0 : ri / peak * (ri / peak);
        }
        return peak * Math.sqrt(square) / (largest == 0 ? 1 : largest);
    }

    private static double[] image(CsrMatrix a, double[] x) {
        double[] y = new double[a.rows()];
        a.apply(x, y);
        return y;
    }

    private static double[] random(int n, long seed) {
        Random random = new Random(0x5eed_0000L + seed);
        double[] v = new double[n];
        Arrays.setAll(v, i -> random.nextGaussian());
        return v;
    }
}
