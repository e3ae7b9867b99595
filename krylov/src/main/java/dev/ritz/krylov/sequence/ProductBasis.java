package dev.ritz.krylov.sequence;

import dev.ritz.api.kernel.Vectors;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The factorisation A Y = C R of the products with some vectors Y: C orthonormal, R upper triangular. A product that
 * depends on the ones before, up to rounding, is refused, so that R stays invertible.
 */
final class ProductBasis {
    /** The sine to the columns before below which a product counts as dependent on them. */
    private static final double DEPENDENT = 0x1p-40;

    private final Vectors v;
    private final double[][] c;
    private final double[][] r; // [j]: column j of R
    private final double[] correction;
    private final double[] y;
    private int columns;
    private int allocated;

    ProductBasis(int capacity, Vectors v) {
        this.v = v;
        this.c = new double[capacity][];
        this.r = new double[capacity][capacity];
        this.correction = new double[capacity];
        this.y = new double[capacity];
    }

    int columns() {
        return columns;
    }

    long bytes() {
        return 8L * v.length() * allocated;
    }

    void clear() {
        columns = 0;
    }

    /** {@return the vector to put the next product into, before {@link #append}} */
    double[] next() {
        if (c[columns] == null) {
            c[columns] = new double[v.length()];
            allocated++;
        }
        return c[columns];
    }

    /** Appends the product in {@link #next}; false when it depends on the others or is not finite. */
    boolean append() {
        int k = columns;
        double[] w = c[k];
        double[] h = r[k];
        double norm = v.norm(w);
        double left = norm;
        if (k > 0) { // classical Gram-Schmidt, twice
            v.dots(c, k, w, h);
            v.subtractDots(c, k, h, w, correction);
            left = v.norm(w, v.subtract(c, k, correction, w));
            for (int i = 0; i < k; i++) {
                h[i] += correction[i];
            }
        }
        if (!(left > DEPENDENT * norm && left >= Double.MIN_NORMAL && left < Double.POSITIVE_INFINITY)) {
            return false;
        }
        h[k] = left;
        v.scale(1 / left, w);
        columns = k + 1;
        return true;
    }

    /** Takes out the first product: R without its first column is Hessenberg, and rotations of C restore the triangle. */
    void removeFirst() {
        double[] free = r[0];
        System.arraycopy(r, 1, r, 0, columns - 1);
        r[columns - 1] = free;
        columns--;
        for (int i = 0; i < columns; i++) {
            double a = r[i][i];
            double b = r[i][i + 1];
            double rho = Math.hypot(a, b); // ≥ |b|, the norm of a column that was left when it was appended
            double cos = a / rho;
            double sin = b / rho;
            r[i][i] = rho;
            for (int j = i + 1; j < columns; j++) {
                double t = cos * r[j][i] + sin * r[j][i + 1];
                r[j][i + 1] = cos * r[j][i + 1] - sin * r[j][i];
                r[j][i] = t;
            }
            v.rotate(cos, sin, c[i], c[i + 1]);
        }
    }

    /** {@return the y of min ‖b − A Y y‖₂, in an array that is reused} */
    double[] solve(double[] b) {
        v.dots(c, columns, b, y);
        for (int i = columns - 1; i >= 0; i--) { // R y = Cᵀ b
            double sum = y[i];
            for (int j = i + 1; j < columns; j++) {
                sum -= r[j][i] * y[j];
            }
            y[i] = sum / r[i][i];
        }
        return y;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(columns);
        for (int j = 0; j < columns; j++) {
            VectorData.write(out, c[j], v.length());
            VectorData.write(out, r[j], j + 1);
        }
    }

    /** Reads at most the given number of columns. */
    void read(DataInputStream in, int largest) throws IOException {
        clear();
        int count = VectorData.readCount(in, "the number of products", largest);
        for (int j = 0; j < count; j++) {
            VectorData.read(in, next(), v.length());
            VectorData.read(in, r[j], j + 1);
            if (r[j][j] == 0) {
                clear();
                throw new IOException("the products in the file are dependent");
            }
            columns++;
        }
    }
}
