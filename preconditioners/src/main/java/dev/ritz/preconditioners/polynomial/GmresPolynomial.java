package dev.ritz.preconditioners.polynomial;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Identity;
import java.util.Objects;
import org.ejml.data.Complex_F64;

/**
 * The polynomial that m steps of GMRES build for a random right-hand side, kept and applied to every residual: its
 * residual polynomial has the harmonic Ritz values of A M⁻¹ as roots.
 *
 * <p>It adapts to any spectrum, complex ones too, and needs no bounds. One outlier among the eigenvalues makes the
 * product of its factors useless in every order; copies of such roots, added at the build, cure that at a product each.
 * For symmetric A and M the basis is orthogonal in M⁻¹ and the roots are real; the polynomial is SPD only where it is
 * positive at the Ritz values, which an even degree often is not at the ends.
 *
 * <pre>
 * Needs   A square, nonsingular on the Krylov space of a random vector
 * Gives   SPD where A and M are and p is positive at the Ritz values, else FIXED
 * Set-up  M, a format of A, m products, m + 1 applications of M, Gram-Schmidt twice; m + 1 vectors, 2m + 2 for SPD M
 * Apply   m − 1 products and one per root added, as many applications of M and one, 6 vectors moved per root
 * Memory  2n doubles (3n with M or pairs of roots), A in its format
 * Fails   ZERO_PIVOT (a root at 0), NOT_FINITE; whatever M fails with
 * Source  Loe &amp; Morgan 2022, Numer. Linear Algebra Appl. 29, "Toward efficient polynomial preconditioning for
 *         GMRES"; Embree, Loe &amp; Morgan 2021, SIAM J. Sci. Comput. 43, "Polynomial preconditioned Arnoldi with
 *         stability control"
 * </pre>
 *
 * @param degree m, the number of roots before any are added, 1 to 500
 * @param seed of the random vector
 * @param inner factory of M
 */
public record GmresPolynomial(int degree, long seed, PreconditionerFactory inner) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param degree m, the number of roots before any are added, 1 to 500
     * @param seed of the random vector
     * @param inner factory of M
     */
    public GmresPolynomial {
        Checks.inRange("degree", degree, 1, 500);
        Objects.requireNonNull(inner, "inner");
    }

    /** Degree 25 on A itself. */
    public GmresPolynomial() {
        this(25, 1, new Identity());
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        FirstLevel level = FirstLevel.of(inner, old, a);
        double[] start = RitzValues.random(level.n, seed);
        return of(level, start, degree, true);
    }

    /**
     * From a given start.
     *
     * @param level A and M
     * @param start what GMRES solves for, overwritten
     * @param degree the most roots
     * @param repeat whether roots are repeated where the product of the others amplifies
     */
    static RootPolynomial of(FirstLevel level, double[] start, int degree, boolean repeat) {
        String name = "GmresPolynomial(" + degree + ")";
        if (level.n == 0) {
            Roots none = new Roots(new double[0], new double[0]);
            return new RootPolynomial(level, level.kind(true), none, name, "");
        }
        KrylovBasis basis = KrylovBasis.of(level, start, degree);
        Roots plain = basis.harmonicRoots(repeat);
        if (plain.re().length == 0) {
            throw new BuildException(
                    BuildException.Reason.ZERO_PIVOT, -1, "A has no nonzero harmonic Ritz value", "try another seed");
        }
        plain.check();
        int found = basis.steps();
        int added = plain.re().length - found;
        String note = found + " roots" + (added > 0 ? ", " + added + " repeated" : "");
        double bad = basis.selfAdjoint() ? firstNotPositive(plain, basis.eigenvalues()) : Double.NaN;
        String lost = Double.isNaN(bad) ? "" : "; not positive at the Ritz value " + bad;
        return new RootPolynomial(level, level.kind(Double.isNaN(bad)), plain, name, note + lost);
    }

    /** p(t) = (1 − π(t))/t must be positive, a little beyond the ends too. */
    private static double firstNotPositive(Roots roots, Complex_F64[] ritz) {
        for (Complex_F64 t : ritz) {
            for (double s : new double[] {t.getReal(), 1.01 * t.getReal()}) {
                if (!((1 - roots.residual(s)) / s > 0)) {
                    return s;
                }
            }
        }
        return Double.NaN;
    }

    @Override
    public String name() {
        return "GmresPolynomial(" + degree + ") of " + inner.name();
    }
}
