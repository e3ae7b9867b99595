package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Identity;
import dev.ritz.preconditioners.Jacobi;
import java.util.Arrays;
import java.util.Objects;

/**
 * The polynomials P_τ of Doikov and Rodomanov: P_0 = I, P_τ = e_τ I − B P_{τ−1} with B = M⁻¹A and e_τ the elementary
 * symmetric polynomial of its eigenvalues.
 *
 * <p>P_τ B has the eigenvalue λ_i e_τ(all others), positive without any bounds on the spectrum. It closes gaps between
 * the τ largest eigenvalues and the rest and leaves κ → Σ_{j&gt;τ} λ_j / λ_n. That helps gradient-type and stationary
 * methods against a few outliers; conjugate gradients remove outliers themselves and gain next to nothing.
 *
 * <p>Traces: the first three are exact for M = I and {@link Jacobi}; others, and all for another M, are means of zᵀ B^i
 * z over random signs z (Hutchinson). Where estimated traces contradict Newton's inequalities or p is not positive at
 * the Ritz values, τ is reduced and the note says so.
 *
 * <pre>
 * Needs   A, M: symmetric positive definite
 * Gives   SPD where A and M are, else FIXED
 * Set-up  M, a format of A; Σ over rows of (entries per row)² for three traces, (τ + 1) products a probe, 10 conjugate
 *         gradient steps where traces were estimated
 * Apply   τ products, τ + 1 applications of M, 3τ + 2 vectors moved
 * Memory  2n doubles (3n with M), A in its format
 * Fails   NOT_POSITIVE (a trace that is not), NOT_FINITE; whatever M fails with
 * Source  Doikov &amp; Rodomanov 2023, arXiv:2301.13194; traces: Hutchinson 1990, doi:10.1080/03610919008812866
 * </pre>
 *
 * @param tau τ, 0 to 5: Newton's identities lose digits beyond
 * @param probes random vectors for traces that are not exact, at least 1
 * @param seed of those vectors
 * @param inner factory of M
 */
public record SymmetricPolynomial(int tau, int probes, long seed, PreconditionerFactory inner)
        implements PreconditionerFactory {
    private static final int ESTIMATION_STEPS = 10;

    /**
     * The factory with its options.
     *
     * @param tau τ, 0 to 5: Newton's identities lose digits beyond
     * @param probes random vectors for traces that are not exact, at least 1
     * @param seed of those vectors
     * @param inner factory of M
     */
    public SymmetricPolynomial {
        Checks.inRange("tau", tau, 0, 5);
        Checks.atLeast("probes", probes, 1);
        Objects.requireNonNull(inner, "inner");
    }

    /** τ = 2 on A itself: every trace that matters is exact. */
    public SymmetricPolynomial() {
        this(2, 20, 1, new Identity());
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        FirstLevel level = FirstLevel.of(inner, old, a);
        int n = level.n;
        if (n == 0) {
            return new TracePolynomial(level, level.kind(true), new double[] {1}, "P0", "");
        }
        int wanted = Math.min(tau, n - 1); // P_{n−1} = det(A) A⁻¹ is the last
        boolean diagonal = inner instanceof Jacobi;
        Traces traces = Traces.of(level, wanted + 1, diagonal, diagonal || level.plain(), probes, seed);
        double[] ratios = traces.ratios();
        int possible = ratios.length - 1;
        String note = traces.exact() ? "" : "traces estimated by " + probes + " probes";
        boolean positive = true;
        if (traces.exactOrders() < possible) { // τ of at most the exact orders is positive by algebra
            RitzValues ritz = RitzValues.estimate(level, ESTIMATION_STEPS, false);
            while (possible > 0 && !positiveAt(ritz, ratios, possible)) {
                possible--;
            }
            positive = positiveAt(ritz, ratios, possible);
        }
        if (possible < wanted) {
            note += (note.isEmpty() ? "" : "; ") + "tau reduced from " + wanted + " to " + possible;
        }
        double[] used = Arrays.copyOf(ratios, possible + 1);
        return new TracePolynomial(level, level.kind(positive), used, "P" + possible, note);
    }

    /** z_τ(t) > 0 for the polynomial that ends with ratio τ. */
    private static boolean positiveAt(RitzValues ritz, double[] ratios, int tau) {
        for (double t : ritz.values()) {
            double z = 1;
            for (int k = 0; k < tau; k++) {
                z = 1 - t * z / ratios[k];
            }
            if (!(z > 0)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String name() {
        return "SymmetricPolynomial(" + tau + ") of " + inner.name();
    }
}
