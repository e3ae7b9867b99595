package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.LinearOperator;

/** A matrix whose products go through a faster storage format: a guess may look at its entries. */
record KnownMatrix(CsrMatrix matrix, LinearOperator fast) implements LinearOperator {

    /** {@return the entries behind an operator; null where they are not known} */
    static CsrMatrix entries(LinearOperator a) {
        return a instanceof CsrMatrix m ? m : a instanceof KnownMatrix k ? k.matrix : null;
    }

    @Override
    public int rows() {
        return matrix.rows();
    }

    @Override
    public int cols() {
        return matrix.cols();
    }

    @Override
    public void apply(double[] x, double[] y) {
        fast.apply(x, y);
    }

    @Override
    public double applyDot(double[] x, double[] y) {
        return fast.applyDot(x, y);
    }

    @Override
    public double residual(double[] b, double[] x, double[] r) {
        return fast.residual(b, x, r);
    }
}
