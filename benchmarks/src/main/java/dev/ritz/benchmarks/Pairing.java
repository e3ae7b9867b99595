package dev.ritz.benchmarks;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Fgmres;
import dev.ritz.krylov.FlexibleCg;
import dev.ritz.krylov.Gmres;

/** The method that goes with a preconditioner, and the residual that tells what became of it. */
final class Pairing {
    /** Values that come from one computation done in two orders differ by rounding; a model's asymmetry is larger. */
    private static final double SYMMETRIC = 1e-12;

    private Pairing() {}

    /** {@return whether A is symmetric with a positive diagonal, so that it may be positive definite} */
    static boolean maybeDefinite(CsrMatrix a) {
        for (double d : a.diagonal()) {
            if (!(d > 0)) {
                return false;
            }
        }
        return a.asymmetry() <= SYMMETRIC;
    }

    /**
     * CG where A and M may be positive definite, else GMRES; the flexible one where M varies.
     *
     * @param definite whether A may be symmetric positive definite
     * @param restart of GMRES
     */
    static IterativeSolver<?> method(Preconditioner m, boolean definite, int restart, StoppingCriteria criteria) {
        return switch (m.kind()) {
            case SPD -> definite ? new Cg(criteria) : new Gmres(criteria, restart);
            case FIXED -> new Gmres(criteria, restart);
            case VARIABLE -> definite ? new FlexibleCg(criteria, 1) : new Fgmres(criteria, restart);
        };
    }

    /** {@return ‖b − A x‖₂ / ‖b‖₂, entry by entry in plain loops that share nothing with a solver} */
    static double relativeResidual(CsrMatrix a, double[] b, double[] x) {
        double largest = 0;
        double[] r = b.clone();
        for (int i = 0; i < r.length; i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                r[i] -= a.values()[k] * x[a.colIdx()[k]];
            }
            largest = Math.max(largest, Math.abs(b[i]));
        }
        double scale = largest == 0 ? 1 : largest; // b may be tiny, and squares must not vanish
        double rr = 0;
        double bb = 0;
        for (int i = 0; i < r.length; i++) {
            rr += r[i] / scale * (r[i] / scale);
            bb += b[i] / scale * (b[i] / scale);
        }
        return rr == 0 ? 0 : Math.sqrt(rr / bb);
    }
}
