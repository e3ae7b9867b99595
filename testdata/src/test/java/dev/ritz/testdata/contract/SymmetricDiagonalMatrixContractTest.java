package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.format.DiagonalMatrix;
import dev.ritz.api.kernel.WorkerPool;

class SymmetricDiagonalMatrixContractTest extends OperatorContract {
    private final CsrMatrix a = Matrices.tridiagonal(40, -1.5, 4, -1.5);

    @Override
    protected LinearOperator operator() {
        return DiagonalMatrix.symmetric(a);
    }

    @Override
    protected double[][] dense() {
        return a.toDense();
    }

    @Override
    protected LinearOperator onThreads(WorkerPool pool) {
        CsrMatrix grid = Matrices.grid(130, 0.1);
        return DiagonalMatrix.symmetric(grid).on(pool);
    }
}
