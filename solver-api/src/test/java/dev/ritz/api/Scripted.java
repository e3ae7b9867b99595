package dev.ritz.api;

import dev.ritz.api.kernel.WorkerPool;

/** A method whose algebra is a script, to drive the bookkeeping of a solve through every turn. */
record Scripted(StoppingCriteria criteria, Script script) implements IterativeSolver<Scripted.Memory> {

    /** The algebra. */
    @FunctionalInterface
    interface Script {
        void run(SolveMonitor s, double[] r);
    }

    /** x ← x + ω r with the residual of ω A known only after the next product: the simplest honest method. */
    static Scripted richardson(StoppingCriteria criteria, double omega) {
        return new Scripted(criteria, (s, r) -> {
            double[] q = new double[r.length];
            while (s.unfinished(r)) {
                boolean go = true;
                while (go) {
                    s.precondition(r, q);
                    double[] z = q.clone();
                    s.apply(z, q);
                    double square = 0;
                    for (int i = 0; i < r.length; i++) {
                        r[i] -= omega * q[i];
                        square += r[i] * r[i];
                    }
                    go = s.proceed(Math.sqrt(square));
                    for (int i = 0; i < r.length; i++) {
                        s.x()[i] += omega * z[i];
                    }
                }
            }
        });
    }

    @Override
    public Preconditioner.Kind accepts() {
        return Preconditioner.Kind.FIXED;
    }

    @Override
    public Memory newWorkspace(int n, WorkerPool pool) {
        return new Memory(n, pool);
    }

    @Override
    public void iterate(SolveMonitor s, Memory ws) {
        script.run(s, ws.r);
    }

    /** One residual. */
    static final class Memory extends Workspace {
        private final double[] r = newVector();

        Memory(int n, WorkerPool pool) {
            super(n, pool);
        }
    }
}
