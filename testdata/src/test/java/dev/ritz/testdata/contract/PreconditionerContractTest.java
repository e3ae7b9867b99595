package dev.ritz.testdata.contract;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;

/** The suite on the simplest preconditioner there is: M = diag(A). */
class PreconditionerContractTest extends PreconditionerContract {

    @Override
    protected PreconditionerFactory factory() {
        return PreconditionerContractTest::diagonal;
    }

    private static Preconditioner diagonal(CsrMatrix a) {
        if (a.rows() != a.cols()) {
            throw new IllegalArgumentException("a is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        for (int k = 0; k < a.nnz(); k++) {
            if (!Double.isFinite(a.values()[k])) {
                throw new BuildException(BuildException.Reason.NOT_FINITE, -1, "value " + k + " is " + a.values()[k]);
            }
        }
        double[] d = a.diagonal();
        for (int i = 0; i < d.length; i++) {
            if (!(d[i] > 0)) {
                throw new BuildException(BuildException.Reason.NOT_POSITIVE, i, "the diagonal entry is " + d[i]);
            }
        }
        return new Diagonal(d);
    }

    private record Diagonal(double[] d) implements Preconditioner {
        @Override
        public int size() {
            return d.length;
        }

        @Override
        public Kind kind() {
            return Kind.SPD;
        }

        @Override
        public void apply(double[] r, double[] z) {
            for (int i = 0; i < d.length; i++) {
                z[i] = r[i] / d[i];
            }
        }

        @Override
        public long bytes() {
            return 8L * d.length;
        }
    }
}
