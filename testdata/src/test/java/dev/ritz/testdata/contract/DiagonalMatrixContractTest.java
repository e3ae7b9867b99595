package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.format.DiagonalMatrix;
import dev.ritz.api.kernel.WorkerPool;

class DiagonalMatrixContractTest extends OperatorContract {
    private final CsrMatrix a = Matrices.tridiagonal(40, -1.5, 4, -0.5);

    @Override
    protected LinearOperator operator() {
        return DiagonalMatrix.of(a);
    }

    @Override
    protected double[][] dense() {
        return a.toDense();
    }

    @Override
    protected LinearOperator onThreads(WorkerPool pool) {
        CsrMatrix grid = Matrices.grid(130, 0.1);
        return DiagonalMatrix.of(grid).on(pool);
    }
}
