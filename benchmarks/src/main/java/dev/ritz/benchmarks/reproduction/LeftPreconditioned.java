package dev.ritz.benchmarks.reproduction;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.Preconditioner;

/** M⁻¹ A as one operator: what a method preconditioned from the left iterates with. One thread at a time. */
final class LeftPreconditioned implements LinearOperator {
    private final LinearOperator a;
    private final Preconditioner m;
    private final double[] product;

    LeftPreconditioned(LinearOperator a, Preconditioner m) {
        this.a = a;
        this.m = m;
        this.product = new double[a.rows()];
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
        a.apply(x, product);
        m.apply(product, y); // y ← M⁻¹ A x
    }

    /** {@return M⁻¹ b} */
    double[] rightHandSide(double[] b) {
        double[] z = new double[b.length];
        m.apply(b, z);
        return z;
    }
}
