package dev.ritz.api;

import dev.ritz.api.kernel.Vectors;

/**
 * A linear map y = A x known through its products.
 *
 * <p>Vectors are {@code double[]} of at least the stated length; input and output are distinct arrays. An operator
 * writes every entry of its output and never reads what stood there. Equal inputs give equal bits, whatever the number
 * of threads.
 */
public interface LinearOperator {

    /** {@return the number of rows, the length of y} */
    int rows();

    /** {@return the number of columns, the length of x} */
    int cols();

    /**
     * y ← A x.
     *
     * @param x input, length {@link #cols()}, unchanged
     * @param y output, length {@link #rows()}, overwritten; not the same array as {@code x}
     */
    void apply(double[] x, double[] y);

    /**
     * y ← A x for a square operator, and the inner product of both vectors; fused where that saves a pass.
     *
     * @param x input, length {@link #cols()}, unchanged
     * @param y output, length {@link #rows()}, overwritten; not the same array as {@code x}
     * @return xᵀ A x
     */
    default double applyDot(double[] x, double[] y) {
        apply(x, y);
        return Vectors.serialDot(x, y, rows());
    }

    /**
     * r ← b − A x, and its square sum; fused where that saves a pass.
     *
     * @param b right-hand side, length {@link #rows()}, unchanged
     * @param x the iterate, length {@link #cols()}, unchanged
     * @param r output, length {@link #rows()}, overwritten; distinct from {@code b} and {@code x}
     * @return rᵀ r
     */
    default double residual(double[] b, double[] x, double[] r) {
        apply(x, r);
        int n = rows();
        for (int i = 0; i < n; i++) {
            r[i] = b[i] - r[i];
        }
        return Vectors.serialDot(r, r, n);
    }

    /** {@return whether {@link #applyTranspose} works} */
    default boolean hasTranspose() {
        return false;
    }

    /**
     * y ← Aᵀ x.
     *
     * @param x input, length {@link #rows()}, unchanged
     * @param y output, length {@link #cols()}, overwritten; not the same array as {@code x}
     * @throws UnsupportedOperationException when {@link #hasTranspose()} is false
     */
    default void applyTranspose(double[] x, double[] y) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no transposed product");
    }

    /**
     * Y ← A X for several vectors at once, stored column after column.
     *
     * @param count the number of vectors
     * @param x inputs, column j at {@code j * cols()}, unchanged
     * @param y outputs, column j at {@code j * rows()}, overwritten; not the same array as {@code x}
     */
    default void applyBlock(int count, double[] x, double[] y) {
        int rows = rows();
        int cols = cols();
        double[] xj = new double[cols];
        double[] yj = new double[rows];
        for (int j = 0; j < count; j++) {
            System.arraycopy(x, j * cols, xj, 0, cols);
            apply(xj, yj);
            System.arraycopy(yj, 0, y, j * rows, rows);
        }
    }
}
