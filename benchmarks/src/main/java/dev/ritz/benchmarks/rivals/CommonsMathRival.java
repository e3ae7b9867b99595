package dev.ritz.benchmarks.rivals;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.LinearSystem;
import java.util.List;
import org.apache.commons.math3.exception.MathIllegalArgumentException;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.ConjugateGradient;
import org.apache.commons.math3.linear.JacobiPreconditioner;
import org.apache.commons.math3.linear.RealLinearOperator;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.util.IterationManager;

/**
 * Apache Commons Math: conjugate gradients with Jacobi. It has no sparse matrix in compressed rows, so its operator is
 * one: 32-bit columns, one thread, and no check per entry.
 */
final class CommonsMathRival implements Rival {

    @Override
    public String name() {
        return "Commons Math";
    }

    @Override
    public String version() {
        return "3.6.1";
    }

    @Override
    public List<Pairing> pairings(TestProblem problem) {
        return problem.symmetric() ? List.of(new Pairing("cg", "jacobi")) : List.of();
    }

    @Override
    public Contest prepare(LinearSystem system, Pairing pairing) {
        ArrayRealVector b = new ArrayRealVector(system.b(), false);
        return new Contest() {
            private RealLinearOperator a;
            private JacobiPreconditioner m;
            private ArrayRealVector x;

            @Override
            public void setUp() {
                a = new Rows(system.a());
                m = new JacobiPreconditioner(system.a().diagonal(), false);
                x = new ArrayRealVector(system.size());
            }

            @Override
            public int solve(double rtol) throws FailedException {
                x.set(0);
                IterationManager iterations = new IterationManager(100_000);
                try {
                    new ConjugateGradient(iterations, rtol, false).solveInPlace(a, m, b, x);
                } catch (MathIllegalArgumentException | MathIllegalStateException e) {
                    throw new FailedException(e.getMessage());
                }
                return iterations.getIterations() - 1; // the first count is the initial residual
            }

            @Override
            public double[] solution() {
                return x.getDataRef();
            }
        };
    }

    /** Products with compressed rows. */
    private static final class Rows extends RealLinearOperator {
        private final int n;
        private final int[] rowPtr;
        private final int[] colIdx;
        private final double[] values;

        Rows(CsrMatrix a) {
            n = a.rows();
            rowPtr = a.rowPtr();
            colIdx = a.colIdx();
            values = a.values();
        }

        @Override
        public int getRowDimension() {
            return n;
        }

        @Override
        public int getColumnDimension() {
            return n;
        }

        @Override
        public RealVector operate(RealVector vector) {
            double[] x = vector instanceof ArrayRealVector array ? array.getDataRef() : vector.toArray();
            double[] y = new double[n];
            int k = 0;
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (int end = rowPtr[i + 1]; k < end; k++) {
                    sum += values[k] * x[colIdx[k]];
                }
                y[i] = sum;
            }
            return new ArrayRealVector(y, false);
        }
    }
}
