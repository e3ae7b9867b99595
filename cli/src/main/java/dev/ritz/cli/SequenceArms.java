package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.StoppingCriteria;
import dev.ritz.krylov.BiCgStab;
import dev.ritz.krylov.Cg;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.GcroDr;
import dev.ritz.krylov.Gmres;
import dev.ritz.krylov.RecyclingCg;
import dev.ritz.preconditioners.Ic0;
import dev.ritz.preconditioners.Ilu0;
import dev.ritz.preconditioners.Milu0;
import dev.ritz.preconditioners.RelaxedIc0;
import dev.ritz.preconditioners.multigrid.Amg;
import dev.ritz.preconditioners.ordering.Matched;
import java.util.List;
import java.util.Locale;

/**
 * What a session chooses among when the user names nothing, in the order in which it is expected to do well on matrices
 * like the first.
 *
 * <pre>
 * N      n over the half bandwidth: on a grid in natural order the points along its longest side
 * omega  1 − 4π²/N²: on model problems between 1 − 20/N² and 1 − 80/N² iterations differ by 5 %
 * ℓ      how far a point source reaches: 1/ℓ² = 1/N² + δ/π², δ the least (a_ii − Σ|a_ij|) / a_ii, at least 0; relaxed IC(0)
 *        needs about 4 √ℓ iterations to 1e-8, and multigrid as much as 45: it comes first where it is clearly cheaper, from
 *        ℓ = {@value #REACH} on
 * Source docs/decisions/0007-sequences.md
 * </pre>
 */
public final class SequenceArms {
    private static final double REACH = 110;

    /** Below, setting up a hierarchy costs as much as several systems. */
    private static final int LARGE = 8000;

    /** A rebuild inverts the coarsest matrix each time. */
    private static final int COARSE = 100;

    private static final double LEAST_OMEGA = 0.9;

    private SequenceArms() {}

    /**
     * The configurations for a sequence.
     *
     * @param criteria of all of them
     * @param first the first matrix
     * @return at least two
     */
    public static List<Configuration> of(StoppingCriteria criteria, CsrMatrix first) {
        MatrixTraits traits = MatrixTraits.of(first);
        if (traits.maybePositiveDefinite()) {
            return definite(criteria, first);
        }
        if (traits.weakDiagonal()) {
            Matched matched = new Matched(new Ilu0());
            return List.of(
                    arm("gmres", new Gmres(criteria, 30), "matched", matched),
                    arm("gcrodr", new GcroDr(criteria, 40, 20, false), "matched", matched),
                    arm("bicgstab", new BiCgStab(criteria), "matched", matched));
        }
        return List.of(
                arm("bicgstab", new BiCgStab(criteria), "milu0", new Milu0()),
                arm("bicgstab", new BiCgStab(criteria), "ilu0", new Ilu0()),
                arm("gmres", new Gmres(criteria, 30), "ilu0", new Ilu0()),
                arm("gcrodr", new GcroDr(criteria, 40, 20, false), "ilu0", new Ilu0()));
    }

    private static List<Configuration> definite(StoppingCriteria criteria, CsrMatrix a) {
        Cg cg = new Cg(criteria);
        double side = (double) a.rows() / Math.max(1, halfBandwidth(a));
        double omega = Math.max(LEAST_OMEGA, 1 - 4 * Math.PI * Math.PI / (side * side));
        RelaxedIc0 relaxed = new RelaxedIc0(omega);
        String name = String.format(Locale.ROOT, "relaxedic0 (omega %.5f)", omega);
        Configuration factors = arm("cg", cg, name, relaxed);
        Configuration multigrid = arm("cg", cg, "amg", new Amg().withCoarseSize(COARSE));
        Configuration recycling = arm("rcg", new RecyclingCg(criteria, 8, 20), name, relaxed);
        Configuration plain = arm("cg", cg, "ic0", new Ic0());
        Configuration general =
                arm("gmres", new Gmres(criteria, 30), "ilu0", new Ilu0()); // a later one of another class
        if (a.rows() < LARGE) {
            return List.of(factors, plain, recycling, general);
        }
        double reach = 1 / Math.sqrt(1 / (side * side) + dominance(a) / (Math.PI * Math.PI));
        return reach > REACH
                ? List.of(multigrid, factors, plain, recycling, general)
                : List.of(factors, multigrid, plain, recycling, general);
    }

    private static Configuration arm(
            String method, IterativeSolver<?> solver, String preconditioner, PreconditionerFactory factory) {
        return new Configuration(method + " with " + preconditioner, solver, factory);
    }

    /** {@return max |i − j| over the entries} */
    private static int halfBandwidth(CsrMatrix a) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        int widest = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                widest = Math.max(widest, Math.abs(i - colIdx[k]));
            }
        }
        return widest;
    }

    /** {@return the least (a_ii − Σ |a_ij|) / a_ii of a row, 0 where that is negative} */
    private static double dominance(CsrMatrix a) {
        int[] rowPtr = a.rowPtr();
        int[] colIdx = a.colIdx();
        double[] values = a.values();
        double least = 1;
        for (int i = 0; i < a.rows(); i++) {
            double own = 0;
            double others = 0;
            for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                own += colIdx[k] == i ? values[k] : 0;
                others += colIdx[k] == i ? 0 : Math.abs(values[k]);
            }
            least = Math.min(least, (own - others) / own);
        }
        return Math.max(0, least);
    }
}
