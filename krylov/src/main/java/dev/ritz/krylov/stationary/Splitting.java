package dev.ritz.krylov.stationary;

import dev.ritz.api.Cause;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.Part;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.SolveMonitor;

/** What the stationary methods share: what they ask of A, and how a step is judged. */
final class Splitting {
    /** Steps between two looks at stagnation; a power of two sees cycles of that length too. */
    private static final int WINDOW = 128;

    /** A residual that a whole window changes by less than this share is constant. */
    private static final double CONSTANT = 1e-13;

    private Splitting() {}

    /** Refuses at the door what has no splitting. */
    static void check(String method, LinearOperator a, Preconditioner m) {
        if (!m.equals(Preconditioner.identity(m.size()))) {
            throw new IllegalArgumentException(method + " takes no preconditioner, m is " + m.name());
        }
        if (!(a instanceof CsrMatrix matrix)) {
            throw new IllegalArgumentException(method + " needs the entries of a, expected a CsrMatrix, got "
                    + a.getClass().getName());
        }
        for (int i = 0; i < matrix.rows(); i++) {
            int k = matrix.pattern().position(i, i);
            if (k < 0 || matrix.values()[k] == 0) {
                throw new IllegalArgumentException(method + " divides by the diagonal of a, which is "
                        + (k < 0 ? "missing" : "zero") + " in row " + i);
            }
        }
    }

    static void checkOmega(double omega, double bound) {
        if (!(omega > 0 && omega < bound)) {
            throw new IllegalArgumentException("omega = " + omega + ", expected a number in (0, " + bound + ")");
        }
    }

    /** Sorts out a step's residual norm; returns what the next look at stagnation compares with. */
    static double judge(SolveMonitor s, int k, double norm, double before, double[] written) {
        if (Double.isNaN(norm)) {
            s.failPositive(norm, Cause.NOT_FINITE, "the residual norm", written, Part.OPERATOR);
        }
        if (k % WINDOW != 0) {
            return before;
        }
        if (Math.abs(norm - before) <= CONSTANT * before) {
            s.fail(Cause.STAGNATION, WINDOW + " steps left the residual norm at " + norm);
        }
        return norm;
    }
}
