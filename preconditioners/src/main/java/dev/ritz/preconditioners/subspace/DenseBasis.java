package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.Vectors;

/** Full vectors, in the kernels of a Gram-Schmidt step. */
record DenseBasis(double[][] v, Vectors vectors) implements Basis {
    @Override
    public int count() {
        return v.length;
    }

    @Override
    public void project(double[] w, double[] c) {
        vectors.dots(v, v.length, w, c);
    }

    @Override
    public void add(double[] c, double[] w) {
        vectors.add(v, v.length, c, w);
    }

    @Override
    public void subtract(double[] c, double[] w) {
        vectors.subtract(v, v.length, c, w);
    }

    @Override
    public Basis image(CsrMatrix a) {
        double[][] av = new double[v.length][a.rows()];
        for (int j = 0; j < v.length; j++) {
            a.apply(v[j], av[j]);
        }
        return new DenseBasis(av, vectors);
    }

    @Override
    public double[][] products(Basis other) {
        double[][] w = ((DenseBasis) other).v;
        double[][] e = new double[v.length][w.length];
        double[] column = new double[v.length];
        for (int k = 0; k < w.length; k++) {
            project(w[k], column);
            for (int j = 0; j < v.length; j++) {
                e[j][k] = column[j];
            }
        }
        return e;
    }

    @Override
    public double[] squares(double[] d) {
        double[] squares = new double[v.length];
        for (int j = 0; j < v.length; j++) {
            for (int i = 0; i < d.length; i++) {
                squares[j] += Math.abs(d[i]) * v[j][i] * v[j][i];
            }
        }
        return squares;
    }

    @Override
    public long bytes() {
        return v.length == 0 ? 0 : 8L * v.length * v[0].length;
    }
}
