package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;

class CsrMatrixContractTest extends OperatorContract {
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
        return Matrices.grid(220, 0.1).on(pool);
    }
}
