package dev.ritz.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.kernel.WorkerPool;
import org.junit.jupiter.api.Test;

/** What the monitor does about parts and methods that mislead it. */
class SolveMonitorGuardsTest {

    /** A method that adds given steps to x and claims given norms. */
    private record Scripted(double[] steps, double[] norms) implements IterativeSolver<Scripted.Memory> {
        @Override
        public StoppingCriteria criteria() {
            return StoppingCriteria.DEFAULT;
        }

        @Override
        public Preconditioner.Kind accepts() {
            return Preconditioner.Kind.VARIABLE;
        }

        @Override
        public Memory newWorkspace(int n, WorkerPool pool) {
            return new Memory(n, pool);
        }

        @Override
        public void iterate(SolveMonitor s, Memory ws) {
            int k = 0;
            while (s.unfinished(ws.r)) {
                boolean go = true;
                while (go) {
                    if (k == steps.length) {
                        s.fail(Cause.BREAKDOWN, "the script is over");
                        break;
                    }
                    go = s.proceed(norms[k]);
                    s.x()[0] += steps[k++];
                }
            }
        }

        private static final class Memory extends Workspace {
            private final double[] r = newVector();

            private Memory(int n, WorkerPool pool) {
                super(n, pool);
            }
        }
    }

    private static SolveResult run(double a, double b, double[] steps, double[] norms, IterationListener listener) {
        Scripted method = new Scripted(steps, norms);
        return method.solve(
                CsrMatrix.fromDense(new double[][] {{a}}),
                Preconditioner.identity(1),
                new double[] {b},
                new double[1],
                method.newWorkspace(1),
                listener);
    }

    @Test
    void solutionThatOverflowsWhenScaledBackIsFiniteAndNoSuccess() {
        // b is scaled to about 1, where x = 1e200 solves; the caller's x would be 1e400
        double factor = Math.scalb(1.0, -Math.getExponent(1e200));
        SolveResult result =
                run(1e-200, 1e200, new double[] {1e200 * factor / 1e-200}, new double[] {0}, IterationListener.NONE);
        assertThat(result.converged()).isFalse();
        assertThat(result.iterate()[0]).isFinite();
    }

    @Test
    void solutionThatUnderflowsWhenScaledBackIsNoSuccess() {
        double factor = Math.scalb(1.0, -Math.getExponent(1e-200));
        SolveResult result =
                run(1e200, 1e-200, new double[] {1e-200 * factor / 1e200}, new double[] {0}, IterationListener.NONE);
        assertThat(result.converged()).isFalse();
        assertThat(result.iterate()[0]).isZero();
    }

    @Test
    void iterateThatNoProductSeesIsNotReturnedNotFinite() {
        Scripted method = new Scripted(new double[] {Double.NaN}, new double[] {0});
        double[] x = new double[2];
        SolveResult result = method.solve(
                CsrMatrix.of(2, 2, new int[] {0, 1, 1}, new int[] {1}, new double[] {1}), // column 0 is empty
                Preconditioner.identity(2),
                new double[] {0, 1e-9},
                x,
                method.newWorkspace(2),
                IterationListener.NONE);
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(x).containsExactly(0, 0);
    }

    @Test
    void failureAfterAHumpGivesBackTheBestIterate() {
        // residuals 1, 5 and an estimate of 0.9 for a step that the listener prevents
        SolveResult result = run(1, 1, new double[] {6, -5}, new double[] {5, 0.9}, (k, norm) -> {
            if (k == 2) {
                throw new IllegalStateException("no");
            }
            return true;
        });
        assertThat(result.cause()).isEqualTo(Cause.PART_FAILED);
        assertThat(result.iterate()[0]).isZero();
        assertThat(result.report().residualNorm()).isEqualTo(1);
    }

    @Test
    void estimateBelowAllPrecisionIsVerified() {
        Scripted method = new Scripted(new double[] {1}, new double[] {1e-19});
        double[] x = new double[1];
        IterativeSolver<Scripted.Memory> exact = new IterativeSolver<>() {
            @Override
            public StoppingCriteria criteria() {
                return StoppingCriteria.DEFAULT.withRtol(0);
            }

            @Override
            public Preconditioner.Kind accepts() {
                return method.accepts();
            }

            @Override
            public Scripted.Memory newWorkspace(int n, WorkerPool pool) {
                return method.newWorkspace(n, pool);
            }

            @Override
            public void iterate(SolveMonitor s, Scripted.Memory ws) {
                method.iterate(s, ws);
            }
        };
        SolveResult result = exact.solve(
                CsrMatrix.identity(1),
                Preconditioner.identity(1),
                new double[] {1},
                x,
                method.newWorkspace(1),
                IterationListener.NONE);
        assertThat(result.converged()).isTrue();
        assertThat(result.report().iterations()).isEqualTo(1);
    }

    @Test
    void preconditionerThatCannotNameItselfLeavesTheWorkspaceFree() {
        Scripted method = new Scripted(new double[] {1}, new double[] {0});
        Scripted.Memory ws = method.newWorkspace(1);
        Preconditioner nameless = new Preconditioner() {
            @Override
            public int size() {
                return 1;
            }

            @Override
            public Kind kind() {
                return Kind.SPD;
            }

            @Override
            public void apply(double[] r, double[] z) {
                z[0] = r[0];
            }

            @Override
            public String name() {
                throw new IllegalStateException("no name");
            }
        };
        double[] b = {1};
        double[] x = {0};
        CsrMatrix a = CsrMatrix.identity(1);
        assertThatThrownBy(() -> method.solve(a, nameless, b, x, ws, IterationListener.NONE))
                .hasMessage("no name");
        assertThat(method.solve(a, Preconditioner.identity(1), b, x, ws, IterationListener.NONE)
                        .converged())
                .isTrue();
    }

    @Test
    void operatorThatWritesIntoTheIterateIsNoSuccess() {
        LinearOperator scribbler = new LinearOperator() {
            @Override
            public int rows() {
                return 1;
            }

            @Override
            public int cols() {
                return 1;
            }

            @Override
            public void apply(double[] x, double[] y) {
                y[0] = x[0];
                x[0] = 7;
            }
        };
        Scripted method = new Scripted(new double[] {1}, new double[] {0});
        double[] x = {0};
        SolveResult result = method.solve(
                scribbler,
                Preconditioner.identity(1),
                new double[] {1},
                x,
                method.newWorkspace(1),
                IterationListener.NONE);
        assertThat(result.cause()).isEqualTo(Cause.NOT_FINITE);
        assertThat(result.report().part()).isEqualTo(Part.OPERATOR);
        assertThat(x[0]).isZero();
    }
}
