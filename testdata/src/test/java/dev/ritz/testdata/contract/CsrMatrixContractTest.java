package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;
import org.junit.jupiter.api.Nested;

class CsrMatrixContractTest {

    @Nested
    class Square extends OperatorContract {
        private final CsrMatrix a = Matrices.tridiagonal(40, -1.5, 4, -0.5);

        @Override
        protected LinearOperator operator() {
            return a;
        }

        @Override
        protected double[][] dense() {
            return a.toDense();
        }

        @Override
        protected LinearOperator onThreads(WorkerPool pool) {
            return Matrices.grid(130, 0.1).on(pool);
        }
    }

    @Nested
    class Rectangular extends OperatorContract {
        private final double[][] dense = {{1, 0, -2, 0.5}, {0, 0, 0, 0}, {3, 1e-3, 0, 7}};

        @Override
        protected LinearOperator operator() {
            return CsrMatrix.fromDense(dense);
        }

        @Override
        protected double[][] dense() {
            return dense;
        }
    }
}
