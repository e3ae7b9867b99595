package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Vectors;

/** Sparse vectors, as rows and as columns. */
final class SparseBasis implements Basis {
    private final CsrMatrix v;
    private final CsrMatrix transposed;
    private final Vectors vectors;
    private final double[] combined;

    SparseBasis(CsrMatrix v, Vectors vectors) {
        this.v = v;
        this.transposed = v.transpose().on(v.pool());
        this.vectors = vectors;
        this.combined = new double[v.rows()];
    }

    @Override
    public int count() {
        return v.cols();
    }

    @Override
    public void project(double[] w, double[] c) {
        transposed.apply(w, c);
    }

    @Override
    public void add(double[] c, double[] w) {
        v.apply(c, combined);
        vectors.axpy(1, combined, w);
    }

    @Override
    public void subtract(double[] c, double[] w) {
        v.apply(c, combined);
        vectors.axpy(-1, combined, w);
    }

    @Override
    public Basis image(CsrMatrix a) {
        return new SparseBasis(a.times(v).on(a.pool()), vectors);
    }

    @Override
    public double[][] products(Basis other) {
        return transposed.times(((SparseBasis) other).v).toDense();
    }

    @Override
    public double[] squares(double[] d) {
        double[] squares = new double[v.cols()];
        for (int i = 0; i < d.length; i++) {
            for (int k = v.rowPtr()[i]; k < v.rowPtr()[i + 1]; k++) {
                squares[v.colIdx()[k]] += Math.abs(d[i]) * v.values()[k] * v.values()[k];
            }
        }
        return squares;
    }

    @Override
    public long bytes() {
        return 24L * v.nnz() + 12L * v.rows() + 4L * v.cols(); // both, with their row pointers, and combined
    }
}
