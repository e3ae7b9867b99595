package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;

/** M = A, by dense Gaussian elimination in the order given: the exact inverse, so that only the transformation is tested. */
record DenseLu(Preconditioner.Kind kind) implements PreconditionerFactory {

    @Override
    public Preconditioner build(CsrMatrix a) {
        int n = a.rows();
        double[][] lu = a.toDense();
        for (int k = 0; k < n; k++) {
            if (!(Math.abs(lu[k][k]) > 1e-10)) {
                throw new BuildException(BuildException.Reason.ZERO_PIVOT, k, "pivot " + lu[k][k]);
            }
            for (int i = k + 1; i < n; i++) {
                double l = lu[i][k] /= lu[k][k];
                for (int j = k + 1; j < n; j++) {
                    lu[i][j] -= l * lu[k][j];
                }
            }
        }
        return new Factors(lu, kind);
    }

    private record Factors(double[][] lu, Kind kind) implements Preconditioner {
        @Override
        public int size() {
            return lu.length;
        }

        @Override
        public void apply(double[] r, double[] z) {
            for (int i = 0; i < lu.length; i++) {
                z[i] = r[i];
                for (int j = 0; j < i; j++) {
                    z[i] -= lu[i][j] * z[j];
                }
            }
            for (int i = lu.length - 1; i >= 0; i--) {
                for (int j = i + 1; j < lu.length; j++) {
                    z[i] -= lu[i][j] * z[j];
                }
                z[i] /= lu[i][i];
            }
        }

        @Override
        public String note() {
            return "exact";
        }

        @Override
        public long bytes() {
            return 8L * lu.length * lu.length;
        }
    }
}
