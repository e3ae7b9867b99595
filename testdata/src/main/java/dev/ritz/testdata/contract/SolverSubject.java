package dev.ritz.testdata.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.NotConvergedException;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.Workspace;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a method says about itself, and the verdict that every solve of the suites has to stand, whatever was wrong with
 * its input.
 *
 * @param <W> the method's workspace
 */
public interface SolverSubject<W extends Workspace> {

    /** What a method needs of A. */
    enum Needs {
        /** Symmetric positive definite. */
        SPD,
        /** Symmetric, definite or not. */
        SYMMETRIC,
        /** Nothing but nonsingular. */
        GENERAL,
        /** Strict dominance of the diagonal, as stationary methods do. */
        DIAGONALLY_DOMINANT
    }

    /** Much longer than any solve of the suites takes. */
    Duration HANGS = Duration.ofSeconds(60);

    /**
     * The method under test.
     *
     * @param criteria when its solves end
     * @return the method
     */
    IterativeSolver<W> solver(StoppingCriteria criteria);

    /** {@return what it needs of A} */
    Needs needs();

    /**
     * The memory line of the method's card.
     *
     * @param n the number of unknowns
     * @return how many vectors of length n a workspace holds, the best iterate included
     */
    int memoryVectors(int n);

    /** {@return whether the method reads entries and so refuses, or cannot use, an operator that is no matrix} */
    default boolean needsEntries() {
        return false;
    }

    /** {@return whether the method takes a preconditioner other than the identity} */
    default boolean preconditioned() {
        return true;
    }

    /** {@return what may come of a first direction with pᵀAp ≤ 0, in a method that needs A to be SPD} */
    default Set<Cause> causesOfAnIndefiniteOperator() {
        return EnumSet.of(Cause.INDEFINITE_OPERATOR);
    }

    /** {@return what may come of M = −I declared SPD, in a method that takes SPD preconditioners only} */
    default Set<Cause> causesOfAnIndefinitePreconditioner() {
        return EnumSet.of(Cause.INDEFINITE_PRECONDITIONER);
    }

    /**
     * A well-conditioned matrix of the class the method needs; a solve to 1e-8 takes more than five iterations.
     *
     * @param n the number of unknowns
     * @return the matrix
     */
    default CsrMatrix model(int n) {
        return switch (needs()) {
            case SPD -> Matrices.tridiagonal(n, -1, 2.5, -1);
            case SYMMETRIC -> Matrices.alternating(n);
            case GENERAL -> Matrices.tridiagonal(n, -1.5, 4, -0.5);
            case DIAGONALLY_DOMINANT -> Matrices.tridiagonal(n, -1, 4, -0.5);
        };
    }

    /** {@return limits under which every solve of the suites ends soon} */
    default StoppingCriteria limits() {
        return StoppingCriteria.DEFAULT.withMaxIterations(2_000);
    }

    /**
     * Solves, and checks all that holds of any solve.
     *
     * @param criteria when the solve ends
     * @param a the operator, possibly faulty
     * @param truth the honest matrix behind it
     * @param m the preconditioner
     * @param b right-hand side
     * @param x0 initial guess, unchanged
     * @return the result; its iterate is an array of its own
     */
    default SolveResult verdict(
            StoppingCriteria criteria, LinearOperator a, CsrMatrix truth, Preconditioner m, double[] b, double[] x0) {
        double[] x = x0.clone();
        double[] keptB = b.clone();
        IterativeSolver<W> solver = solver(criteria);
        SolveResult result = assertTimeoutPreemptively(
                HANGS, () -> solver.solve(a, m, b, x, solver.newWorkspace(x.length), IterationListener.NONE));
        assertThat(b).as("b is unchanged").containsExactly(keptB);
        assertThat(result.iterate()).as("the iterate is x itself").isSameAs(x);
        check(result, criteria, truth, b, x0);
        return result;
    }

    /**
     * Solves with the matrix itself and no preconditioner from x₀ = 0.
     *
     * @param a the matrix
     * @param b right-hand side
     * @return the result
     */
    default SolveResult verdict(CsrMatrix a, double[] b) {
        return verdict(limits(), a, a, Preconditioner.identity(a.rows()), b, new double[b.length]);
    }

    /**
     * As {@link #verdict(CsrMatrix, double[])} for input a method may refuse: a method that reads entries may say so
     * with an {@link IllegalArgumentException} instead.
     *
     * @param a the matrix
     * @param b right-hand side
     */
    default void survives(CsrMatrix a, double[] b) {
        try {
            verdict(a, b);
        } catch (IllegalArgumentException e) {
            assertThat(needsEntries()).as("refused at the door: %s", e).isTrue();
        }
    }

    /** What holds of any result. */
    private static void check(SolveResult result, StoppingCriteria criteria, CsrMatrix truth, double[] b, double[] x0) {
        double[] x = result.iterate();
        String what = result.report().summary();
        assertThat(result.cause()).as(what).isNotNull();
        assertThat(result.report().iterations()).as(what).isBetween(0, criteria.maxIterations());
        if (Measure.finite(x0)) {
            assertThat(Measure.finite(x)).as("x is finite: %s", what).isTrue();
        } else {
            assertThat(x).as("x is untouched: %s", what).containsExactly(x0);
        }
        double[] history = result.report().history();
        boolean started = !Double.isNaN(result.report().initialResidualNorm()) || history.length > 0;
        assertThat(history)
                .as("history: %s", what)
                .hasSize(started ? result.report().iterations() + 1 : 0);
        if (result instanceof SolveResult.Converged) {
            assertThat(result.cause()).isEqualTo(Cause.CONVERGED);
            assertThat(result.solution()).isSameAs(x);
            assertThat(result.report().verified()).isTrue();
        } else {
            assertThat(result.cause()).isNotEqualTo(Cause.CONVERGED);
            assertThatThrownBy(result::solution)
                    .isInstanceOf(NotConvergedException.class)
                    .hasMessageContaining(result.cause().text());
        }
        checkResidual(result, criteria, truth, b, x0);
    }

    /** Converged means that the residual is small, and no outcome is worse than its guess. */
    private static void checkResidual(
            SolveResult result, StoppingCriteria criteria, CsrMatrix truth, double[] b, double[] x0) {
        if (!Measure.finite(b) || !Measure.finite(x0) || !Measure.finite(truth.values())) {
            assertThat(result.converged()).as(result.report().summary()).isFalse();
            return;
        }
        // r is linear in (b, x): scaled by a power of two that keeps squares and products in range
        double largest = Math.max(Measure.norm(b), Double.MIN_NORMAL);
        int e = -Math.getExponent(largest);
        double[] bs = scaled(b, e);
        double[] xs = scaled(result.iterate(), e);
        double[] guess = scaled(x0, e);
        double norm = Measure.norm(Measure.residual(truth, bs, xs));
        double rounding = 1e-14 * Measure.size(truth, bs, xs);
        String what = result.report().summary();
        if (result.converged()) {
            double tolerance = Math.max(criteria.rtol() * Measure.norm(bs), Math.scalb(criteria.atol(), e));
            assertThat(norm).as("recomputed residual: %s", what).isLessThanOrEqualTo(tolerance + rounding);
        }
        double before = Measure.norm(Measure.residual(truth, bs, guess));
        if (Double.isFinite(before)) {
            double allowed = before * (1 + 1e-8) + rounding + 1e-14 * Measure.size(truth, bs, guess);
            assertThat(norm).as("no worse than the guess: %s", what).isLessThanOrEqualTo(allowed);
        }
    }

    private static double[] scaled(double[] v, int e) {
        double[] s = new double[v.length];
        for (int i = 0; i < s.length; i++) {
            s[i] = Math.scalb(v[i], e);
        }
        return s;
    }
}
