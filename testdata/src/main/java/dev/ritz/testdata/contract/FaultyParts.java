package dev.ritz.testdata.contract;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;
import java.time.Duration;
import java.util.Arrays;

/** Operators and preconditioners that go wrong on purpose, to see what a solver makes of it. */
public final class FaultyParts {

    private FaultyParts() {}

    /** What goes wrong in a product. */
    @FunctionalInterface
    public interface Fault {
        /**
         * Runs after the honest product.
         *
         * @param call the number of this product, from 1
         * @param in the input, as given
         * @param out the honest output
         */
        void strike(int call, double[] in, double[] out);
    }

    /** An operator that counts its products. */
    public interface CountingOperator extends LinearOperator {
        /** {@return products so far, transposed ones and those inside a residual included} */
        int calls();
    }

    /** A preconditioner that counts its applications. */
    public interface CountingPreconditioner extends Preconditioner {
        /** {@return applications so far} */
        int calls();
    }

    /**
     * An operator with a fault.
     *
     * @param a the honest operator
     * @param fault what goes wrong
     * @return the operator; not for several threads at a time
     */
    public static CountingOperator operator(LinearOperator a, Fault fault) {
        return new FaultyOperator(a, fault);
    }

    /**
     * A preconditioner with a fault, of the honest one's kind.
     *
     * @param m the honest preconditioner
     * @param fault what goes wrong
     * @return the preconditioner; not for several threads at a time
     */
    public static CountingPreconditioner preconditioner(Preconditioner m, Fault fault) {
        return new FaultyPreconditioner(m, fault);
    }

    /** {@return the fault that is none: for counting} */
    public static Fault none() {
        return (call, in, out) -> {};
    }

    /**
     * Throws once.
     *
     * @param k at which call, from 1
     * @param e what
     * @return the fault
     */
    public static Fault throwsAt(int k, RuntimeException e) {
        return (call, in, out) -> {
            if (call == k) {
                throw e;
            }
        };
    }

    /**
     * Throws an error once.
     *
     * @param k at which call, from 1
     * @param e what
     * @return the fault
     */
    public static Fault throwsAt(int k, Error e) {
        return (call, in, out) -> {
            if (call == k) {
                throw e;
            }
        };
    }

    /**
     * Writes one value into the last entry of the output, once.
     *
     * @param k at which call, from 1
     * @param value NaN, an infinity, anything
     * @return the fault
     */
    public static Fault writesAt(int k, double value) {
        return (call, in, out) -> {
            if (call == k) {
                out[out.length - 1] = value;
            }
        };
    }

    /**
     * Sleeps at every call, whatever else asks it to stop.
     *
     * @param time how long
     * @return the fault
     */
    public static Fault sleeps(Duration time) {
        return (call, in, out) -> {
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() - end < 0) {
                Thread.yield();
            }
        };
    }

    /**
     * Overwrites the input from some call on.
     *
     * @param k from which call on, from 1
     * @param value with what
     * @return the fault
     */
    public static Fault clobbersInputFrom(int k, double value) {
        return (call, in, out) -> {
            if (call >= k) {
                Arrays.fill(in, value);
            }
        };
    }

    /**
     * Multiplies the output by the number of the call: a map that is never the same twice.
     *
     * @return the fault
     */
    public static Fault varies() {
        return (call, in, out) -> {
            for (int i = 0; i < out.length; i++) {
                out[i] *= call;
            }
        };
    }

    private static final class FaultyOperator implements CountingOperator {
        private final LinearOperator a;
        private final Fault fault;
        private int calls;

        private FaultyOperator(LinearOperator a, Fault fault) {
            this.a = a;
            this.fault = fault;
        }

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
            a.apply(x, y);
            fault.strike(++calls, x, y);
        }

        @Override
        public boolean hasTranspose() {
            return a.hasTranspose();
        }

        @Override
        public void applyTranspose(double[] x, double[] y) {
            a.applyTranspose(x, y);
            fault.strike(++calls, x, y);
        }

        @Override
        public int calls() {
            return calls;
        }
    }

    private static final class FaultyPreconditioner implements CountingPreconditioner {
        private final Preconditioner m;
        private final Fault fault;
        private int calls;

        private FaultyPreconditioner(Preconditioner m, Fault fault) {
            this.m = m;
            this.fault = fault;
        }

        @Override
        public int size() {
            return m.size();
        }

        @Override
        public Kind kind() {
            return m.kind();
        }

        @Override
        public void apply(double[] r, double[] z) {
            m.apply(r, z);
            fault.strike(++calls, r, z);
        }

        @Override
        public String name() {
            return "faulty " + m.name();
        }

        @Override
        public int calls() {
            return calls;
        }
    }
}
