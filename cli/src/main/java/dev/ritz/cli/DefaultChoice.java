package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The rule that picks a method and a preconditioner when the user names none; {@code docs/choosing.md} tells it in
 * words. It looks at the matrix, never at its name, and gives a short list to try in order.
 *
 * <pre>
 * symmetric, positive diagonal   CG with IC(0); if that fails, as for any other matrix
 * symmetric, negative diagonal   the same for (−A) x = −b
 * any other                      GMRES with ILU(0), and behind a maximum product matching; the matching comes first
 *                                where the diagonal has zeros or tiny entries
 * small n                        at last GMRES without restart
 * </pre>
 */
final class DefaultChoice {
    /** The basis of GMRES may take this much memory … */
    private static final long BASIS_BYTES = 256L << 20;
    /** … and no more vectors than this, since orthogonalisation costs their square. */
    private static final int MAX_RESTART = 200;
    /** Up to here a basis of n vectors is affordable: 32 MB, and some seconds. */
    private static final int FULL = 2000;

    private DefaultChoice() {}

    /** The list for a matrix. */
    static List<Plan> plans(MatrixTraits t) {
        List<Plan> plans = new ArrayList<>();
        if (t.maybePositiveDefinite()) {
            plans.add(Plan.of("cg", "ic0", "A is symmetric with a positive diagonal"));
        } else if (t.maybeNegativeDefinite()) {
            plans.add(Plan.of("cg", "ic0", "A is symmetric with a negative diagonal, so -A is solved")
                    .negated());
        }
        int restart = restart(t.n());
        Plan plain = Plan.of("gmres", "ilu0", general(t)).withMethodSetting("restart", restart);
        Plan matched = Plan.of("gmres", "matched", weak(t))
                .withMethodSetting("restart", restart)
                .withPreconditionerSetting("inner", "ilu0");
        if (t.weakDiagonal()) {
            plans.add(matched);
            if (t.zero() == 0) {
                plans.add(plain);
            }
        } else {
            plans.add(plain);
            plans.add(matched);
        }
        if (t.n() <= FULL) {
            plans.add(Plan.of("gmres", "none", "n is small enough for GMRES without restart")
                    .withMethodSetting("restart", Math.max(1, t.n())));
        }
        return plans;
    }

    /** The dimension of the space that memory and work allow. */
    static int restart(int n) {
        long fits = BASIS_BYTES / (8L * Math.max(1, n));
        return (int) Math.max(20, Math.min(Math.min(n, MAX_RESTART), fits));
    }

    private static String general(MatrixTraits t) {
        return t.symmetric() ? "A is symmetric, but not positive definite" : "A is not symmetric";
    }

    private static String weak(MatrixTraits t) {
        return t.weakDiagonal()
                ? "the diagonal has " + t.zero() + " zeros and " + t.tiny() + " tiny entries"
                : "rows matched to columns and scaled, for a better factor";
    }
}
