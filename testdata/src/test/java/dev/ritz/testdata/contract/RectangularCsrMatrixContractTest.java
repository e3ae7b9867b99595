package dev.ritz.testdata.contract;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.WorkerPool;

class RectangularCsrMatrixContractTest extends OperatorContract {
    private final double[][] dense = {{1, 0, -2, 0.5}, {0, 0, 0, 0}, {3, 1e-3, 0, 7}};

    @Override
    protected LinearOperator operator() {
        return CsrMatrix.fromDense(dense);
    }

    @Override
    protected double[][] dense() {
        return dense;
    }

    @Override
    protected LinearOperator onThreads(WorkerPool pool) {
        int[] some = new int[45_000];
        int[] all = new int[300 * 300];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        for (int i = 0; i < some.length; i++) {
            some[i] = 2 * i;
        }
        return Matrices.grid(300, 0.1).submatrix(some, all).on(pool);
    }
}
