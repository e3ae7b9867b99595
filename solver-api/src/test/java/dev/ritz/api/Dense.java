package dev.ritz.api;

import java.util.Random;

/** Dense twins of the sparse algebra, written for clarity alone, and random matrices to compare on. */
final class Dense {

    private Dense() {}

    /** A random matrix of small integers, on which every order of summation gives the same bits. */
    static double[][] random(int rows, int cols, long seed) {
        Random random = new Random(seed);
        double density = random.nextDouble();
        double[][] a = new double[rows][cols];
        for (double[] row : a) {
            for (int j = 0; j < cols; j++) {
                row[j] = random.nextDouble() < density ? random.nextInt(19) - 9 : 0;
            }
        }
        return a;
    }

    static CsrMatrix sparse(double[][] a, int cols) {
        var builder = CsrMatrix.rowBuilder(cols);
        for (double[] row : a) {
            for (int j = cols - 1; j >= 0; j--) {
                if (row[j] != 0) {
                    builder.add(j, row[j]);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    static double[] vector(int n, long seed) {
        Random random = new Random(seed);
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            v[i] = random.nextInt(19) - 9;
        }
        return v;
    }

    static double[][] transpose(double[][] a, int cols) {
        double[][] t = new double[cols][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < cols; j++) {
                t[j][i] = a[i][j];
            }
        }
        return t;
    }

    static double[][] times(double[][] a, double[][] b, int cols) {
        double[][] c = new double[a.length][cols];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < cols; j++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    static double[][] plus(double alpha, double[][] a, double beta, double[][] b) {
        double[][] c = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            c[i] = new double[a[i].length];
            for (int j = 0; j < a[i].length; j++) {
                c[i][j] = alpha * a[i][j] + beta * b[i][j];
            }
        }
        return c;
    }

    static double[] times(double[][] a, double[] x) {
        double[] y = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[i].length; j++) {
                y[i] += a[i][j] * x[j];
            }
        }
        return y;
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
