package dev.ritz.preconditioners;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;

/**
 * The diagonal blocks of A, each inverted: block i holds the unknowns i·b … i·b + b − 1, the last may be shorter.
 *
 * <pre>
 * Needs   A square, nonsingular diagonal blocks
 * Gives   M = blockdiag(A); SPD when every block is symmetric positive definite, else FIXED
 * Step    one small dense product per block
 * Memory  8 b n bytes
 * Fails   ZERO_PIVOT (a singular block, by its first row), NOT_FINITE
 * Source  Saad 2003, section 10.2; inversion by Gauss-Jordan with partial pivoting, Golub &amp; Van Loan 2013, ch. 3
 * </pre>
 *
 * @param blockSize b, from 1 to 64
 */
public record BlockJacobi(int blockSize) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param blockSize b, from 1 to 64
     */
    public BlockJacobi {
        if (blockSize < 1 || blockSize > 64) {
            throw new IllegalArgumentException("blockSize = " + blockSize + ", expected 1 to 64");
        }
    }

    /** Blocks of 4. */
    public BlockJacobi() {
        this(4);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        Checks.square(a);
        Checks.finite(a);
        int n = a.rows();
        int b = blockSize;
        double[] inverses = new double[Math.multiplyExact(n, b)]; // row i of its block's inverse at i·b
        double[] work = new double[2 * b * b];
        boolean spd = true;
        for (int first = 0; first < n; first += b) {
            int size = Math.min(b, n - first);
            block(a, first, size, work);
            spd = spd && positiveDefinite(work.clone(), size);
            invert(work, size, first);
            for (int i = 0; i < size; i++) {
                System.arraycopy(work, i * 2 * size + size, inverses, (first + i) * b, size);
            }
        }
        if (spd) {
            symmetrise(inverses, n);
        }
        return new Blocks(n, b, inverses, spd ? Preconditioner.Kind.SPD : Preconditioner.Kind.FIXED);
    }

    /** [block | I], rows of length 2·size. */
    private static void block(CsrMatrix a, int first, int size, double[] work) {
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < 2 * size; j++) {
                work[i * 2 * size + j] = j == size + i ? 1 : 0;
            }
            for (int k = a.rowPtr()[first + i]; k < a.rowPtr()[first + i + 1]; k++) {
                int j = a.colIdx()[k] - first;
                if (j >= 0 && j < size) {
                    work[i * 2 * size + j] = a.values()[k];
                }
            }
        }
    }

    private static boolean positiveDefinite(double[] w, int size) {
        int stride = 2 * size;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (w[i * stride + j] != w[j * stride + i]) {
                    return false;
                }
            }
        }
        for (int k = 0; k < size; k++) {
            double pivot = w[k * stride + k];
            if (!(pivot > 0)) {
                return false;
            }
            for (int i = k + 1; i < size; i++) {
                double l = w[i * stride + k] / pivot;
                for (int j = k + 1; j < size; j++) {
                    w[i * stride + j] -= l * w[k * stride + j];
                }
            }
        }
        return true;
    }

    private static void invert(double[] w, int size, int first) {
        int stride = 2 * size;
        for (int k = 0; k < size; k++) {
            int best = k;
            for (int i = k + 1; i < size; i++) {
                best = Math.abs(w[i * stride + k]) > Math.abs(w[best * stride + k]) ? i : best;
            }
            double pivot = w[best * stride + k];
            if (!(Math.abs(pivot) > 0)) {
                throw new BuildException(
                        BuildException.Reason.ZERO_PIVOT,
                        first,
                        "the diagonal block of rows " + first + " to " + (first + size - 1) + " is singular",
                        "try another blockSize, or Matched with Ilu0");
            }
            for (int j = 0; j < stride; j++) {
                double t = w[best * stride + j];
                w[best * stride + j] = w[k * stride + j];
                w[k * stride + j] = t / pivot;
            }
            for (int i = 0; i < size; i++) {
                double l = w[i * stride + k];
                if (i != k && l != 0) {
                    for (int j = 0; j < stride; j++) {
                        w[i * stride + j] -= l * w[k * stride + j];
                    }
                }
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = size; j < stride; j++) {
                if (!(Math.abs(w[i * stride + j]) <= Double.MAX_VALUE)) {
                    throw new BuildException(
                            BuildException.Reason.NOT_FINITE,
                            first + i,
                            "the inverse of the diagonal block of rows " + first + " to " + (first + size - 1)
                                    + " is not finite",
                            "try Scaled or Ilu0");
                }
            }
        }
    }

    private void symmetrise(double[] v, int n) {
        int b = blockSize;
        for (int i = 0; i < n; i++) {
            int first = i - i % b;
            for (int j = first; j < i; j++) {
                double mean = 0.5 * (v[i * b + j - first] + v[j * b + i - first]);
                v[i * b + j - first] = mean;
                v[j * b + i - first] = mean;
            }
        }
    }

    /** z ← blockdiag(A)⁻¹ r. */
    private record Blocks(int size, int b, double[] inverses, Kind kind) implements Preconditioner {
        @Override
        public void apply(double[] r, double[] z) {
            double[] v = inverses;
            for (int first = 0; first < size; first += b) {
                int last = Math.min(size, first + b);
                for (int i = first; i < last; i++) {
                    double sum = 0;
                    for (int j = first; j < last; j++) {
                        sum += v[i * b + j - first] * r[j];
                    }
                    z[i] = sum;
                }
            }
        }

        @Override
        public String name() {
            return "BlockJacobi(" + b + ")";
        }

        @Override
        public long bytes() {
            return 8L * inverses.length;
        }
    }
}
