package dev.ritz.krylov;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterationListener;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;
import dev.ritz.api.SolveResult;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.preconditioners.ordering.ReorderedSystem;
import dev.ritz.preconditioners.ordering.ReverseCuthillMcKee;
import dev.ritz.testdata.contract.SolverContract;

/** A method behind another order passes on every fault, limit and verdict as it does without. */
class ReorderedContractTest implements SolverContract<Cg.Workspace> {

    @Override
    public IterativeSolver<Cg.Workspace> solver(StoppingCriteria criteria) {
        return new Behind(new Cg(criteria));
    }

    @Override
    public Needs needs() {
        return Needs.SPD;
    }

    @Override
    public int memoryVectors(int n) {
        return 5;
    }

    /** CG on P A Pᵀ, where A and M stay the caller's, faults and all. */
    private static final class Behind implements IterativeSolver<Cg.Workspace> {
        private final Cg cg;
        /** A reordered system serves one thread at a time, a method several. */
        private final ThreadLocal<Permuted> permuted = ThreadLocal.withInitial(Permuted::new);

        private Behind(Cg cg) {
            this.cg = cg;
        }

        @Override
        public String name() {
            return cg.name();
        }

        @Override
        public StoppingCriteria criteria() {
            return cg.criteria();
        }

        @Override
        public Preconditioner.Kind accepts() {
            return cg.accepts();
        }

        @Override
        public Cg.Workspace newWorkspace(int n, WorkerPool pool) {
            return cg.newWorkspace(n, pool);
        }

        @Override
        public void iterate(SolveMonitor s, Cg.Workspace ws) {
            cg.iterate(s, ws);
        }

        @Override
        public SolveResult solve(
                LinearOperator newA,
                Preconditioner newM,
                double[] b,
                double[] x,
                Cg.Workspace ws,
                IterationListener listener) {
            return permuted.get().solve(cg, newA, newM, b, x, ws, listener);
        }
    }

    /** What one thread last solved. */
    private static final class Permuted {
        private ReorderedSystem system;
        private int[] order = new int[0];
        private LinearOperator a;
        private LinearOperator permutedA;
        private Preconditioner m;
        private Preconditioner permutedM;

        SolveResult solve(
                Cg cg,
                LinearOperator newA,
                Preconditioner newM,
                double[] b,
                double[] x,
                Cg.Workspace ws,
                IterationListener listener) {
            int n = ws == null ? 0 : ws.size();
            if (system == null || system.matrix().rows() != n) {
                CsrMatrix pattern = Systems.poisson1d(n);
                system = ReorderedSystem.reverseCuthillMcKee(pattern);
                order = ReverseCuthillMcKee.order(pattern.pattern());
                a = null;
                m = null;
            }
            if (a != newA || permutedA == null) {
                a = newA;
                permutedA =
                        newA == null || newA.rows() != n || newA.cols() != n ? newA : new PermutedOperator(newA, order);
            }
            if (m != newM || permutedM == null) {
                m = newM;
                boolean asIs = newM == null
                        || newM.size() != n
                        || newM.getClass() == Preconditioner.identity(0).getClass();
                permutedM = asIs ? newM : new PermutedPreconditioner(newM, order);
            }
            return system.solve(cg, permutedA, permutedM, b, x, ws, listener);
        }
    }

    private static final class PermutedOperator implements LinearOperator {
        private final LinearOperator a;
        private final int[] order;
        private final double[] in;
        private final double[] out;
        private final double[] right;

        private PermutedOperator(LinearOperator a, int[] order) {
            this.a = a;
            this.order = order;
            this.in = new double[order.length];
            this.out = new double[order.length];
            this.right = new double[order.length];
        }

        @Override
        public int rows() {
            return order.length;
        }

        @Override
        public int cols() {
            return order.length;
        }

        @Override
        public void apply(double[] x, double[] y) {
            scatter(order, x, in);
            a.apply(in, out);
            gather(order, in, x); // some faults write into their input
            gather(order, out, y);
        }

        @Override
        public double residual(double[] b, double[] x, double[] r) {
            scatter(order, b, right);
            scatter(order, x, in);
            double square = a.residual(right, in, out);
            gather(order, in, x);
            gather(order, out, r);
            return square;
        }
    }

    private static final class PermutedPreconditioner implements Preconditioner {
        private final Preconditioner m;
        private final int[] order;
        private final double[] in;
        private final double[] out;

        private PermutedPreconditioner(Preconditioner m, int[] order) {
            this.m = m;
            this.order = order;
            this.in = new double[order.length];
            this.out = new double[order.length];
        }

        @Override
        public int size() {
            return order.length;
        }

        @Override
        public Kind kind() {
            return m.kind();
        }

        @Override
        public String name() {
            return m.name();
        }

        @Override
        public void apply(double[] r, double[] z) {
            scatter(order, r, in);
            m.apply(in, out);
            gather(order, in, r);
            gather(order, out, z);
        }
    }

    /** to ← P from. */
    private static void gather(int[] order, double[] from, double[] to) {
        for (int k = 0; k < order.length; k++) {
            to[k] = from[order[k]];
        }
    }

    /** to ← Pᵀ from. */
    private static void scatter(int[] order, double[] from, double[] to) {
        for (int k = 0; k < order.length; k++) {
            to[order[k]] = from[k];
        }
    }
}
