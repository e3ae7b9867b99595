package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.format.BlockMatrix;
import dev.ritz.api.kernel.WorkerPool;

class BlockMatrixContractTest extends OperatorContract {
    private final CsrMatrix a = Matrices.tridiagonal(40, -1.5, 4, -0.5);

    @Override
    protected LinearOperator operator() {
        return BlockMatrix.of(a, 2);
    }

    @Override
    protected double[][] dense() {
        return a.toDense();
    }

    @Override
    protected LinearOperator onThreads(WorkerPool pool) {
        CsrMatrix grid = Matrices.grid(130, 0.1);
        return BlockMatrix.of(grid, 2).on(pool);
    }
}
