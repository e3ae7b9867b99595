package dev.ritz.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The rule that picks a method and a preconditioner when the user names none; {@code docs/choosing.md} tells it in
 * words. It looks at the matrix, never at its name, and gives a short list to try in order.
 *
 * <pre>
 * no unknowns                    there is nothing to solve
 * symmetric, positive diagonal   CG with IC(0); if that fails, as for any other matrix
 *   large, and like diffusion    CG with algebraic multigrid before that
 * symmetric, negative diagonal   the same for (−A) x = −b
 * any other                      GMRES with ILU(0), then behind a maximum product matching; the matching comes first
 *                                where the diagonal has zeros or tiny entries
 * where these fail               GMRES with nearly complete factors that exchange columns, behind a matching
 * where factors fail             GMRES with long cycles: on the matched and scaled matrix, at last on A itself
 * </pre>
 */
final class DefaultChoice {
    /** Below so many unknowns multigrid's set-up costs more than the iterations it saves. */
    private static final int LARGE = 50_000;
    /** The basis of GMRES may take this much memory … */
    private static final long BASIS_BYTES = 256L << 20;
    /** … and no more vectors than this, since orthogonalisation costs their square. */
    private static final int RESTART = 200;
    /** Without factors convergence is slow, and short cycles would stall. */
    private static final int LONG_RESTART = 2000;

    /** Fill of nearly complete factors, entries a row and triangle; they take this many bytes a row at most. */
    private static final int FILL = 50;

    private static final long FILL_BYTES = 12L * 2 * FILL;

    private DefaultChoice() {}

    /**
     * The list for a matrix.
     *
     * @param t what is known of it
     * @param maxMemory bytes the user allows for everything
     */
    static List<Plan> plans(MatrixTraits t, long maxMemory) {
        if (t.n() == 0) {
            return List.of(Plan.of("cg", "none", "there is nothing to solve"));
        }
        List<Plan> plans = new ArrayList<>();
        if (t.maybePositiveDefinite()) {
            String why = "A is symmetric with a positive diagonal";
            if (multigrid(t)) {
                plans.add(Plan.of("cg", "amg", why + ", large, and like that of diffusion"));
            }
            plans.add(Plan.of("cg", "ic0", why));
        } else if (t.maybeNegativeDefinite()) {
            String why = "A is symmetric with a negative diagonal, so -A is solved";
            if (multigrid(t)) {
                plans.add(Plan.of("cg", "amg", why + "; it is large, and like that of diffusion")
                        .negated());
            }
            plans.add(Plan.of("cg", "ic0", why).negated());
        }
        int restart = restart(t.n(), RESTART, maxMemory);
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
        if (FILL_BYTES * t.n() <= maxMemory / 4) {
            plans.add(Plan.of(
                            "gmres",
                            "matched",
                            "nearly complete factors of the matched matrix, with exchanges of columns")
                    .withMethodSetting("restart", restart)
                    .withPreconditionerSetting("inner", "ilutp")
                    .withPreconditionerSetting("dropTolerance", "1e-5")
                    .withPreconditionerSetting("fill", FILL));
        }
        int longer = restart(t.n(), LONG_RESTART, maxMemory);
        plans.add(Plan.of("gmres", "matched", "incomplete factors did not do, scaling and long cycles may")
                .withMethodSetting("restart", longer)
                .withPreconditionerSetting("inner", "jacobi"));
        plans.add(Plan.of("gmres", "none", "no preconditioner did, long cycles may")
                .withMethodSetting("restart", longer));
        return plans;
    }

    private static boolean multigrid(MatrixTraits t) {
        return t.n() >= LARGE && t.looksElliptic();
    }

    /** The dimension of the space that memory and work allow. */
    static int restart(int n, int most, long maxMemory) {
        long fits = Math.min(BASIS_BYTES, maxMemory / 4) / (8L * Math.max(1, n));
        return (int) Math.max(1, Math.min(Math.min(n, most), Math.max(20, fits)));
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
