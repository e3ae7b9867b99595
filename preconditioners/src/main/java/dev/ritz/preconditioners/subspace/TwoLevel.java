package dev.ritz.preconditioners.subspace;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Jacobi;
import dev.ritz.preconditioners.polynomial.LargestEigenvalue;
import java.util.Locale;
import java.util.Objects;

/**
 * A coarse space joined with another preconditioner S, which takes what the space cannot represent. With E = VᵀAV,
 * Q = V E⁻¹ Vᵀ and P = I − A Q, the {@link Form}s are those of deflation, balancing and two-level multigrid.
 *
 * <p>The first guess x = Q b is worth having: {@link TwoLevelPreconditioner#guess}. For A = Aᵀ the forms with P have the
 * spectrum of deflated conjugate gradients; the balancing form stands an inexact E and any guess.
 *
 * <pre>
 * Needs   A square; what S needs
 * Gives   ADDITIVE S + Q, BNN PᵀSP + Q: SPD for symmetric A where S and E are positive definite; A_DEF1 SP + Q and A_DEF2
 *         PᵀS + Q: FIXED; SCS, S before and after Q: SPD as the first two where the estimated largest eigenvalue of SA
 *         is below 2 / 1.1, else FIXED; VARIABLE where S is. For nonsymmetric A, I − QA stands for Pᵀ
 * Set-up  V, A V, E and its factors, S
 * Step    1 apply of S, SCS 2; Vᵀ, E⁻¹, V; BNN as much again with A V, which saves two products; a product for SCS, and
 *         for BNN and A_DEF2 where A is nonsymmetric
 * Memory  V and A V (no A V where E is given: 1 or 2 products a step instead), N² + 3N doubles, 2n doubles, S
 * Fails   ZERO_PIVOT (a nonsymmetric or indefinite E is singular), NOT_FINITE, TOO_LARGE (above 4096 vectors), and as S
 *         does; vectors that depend on others are dropped, as the note then says
 * Source  Tang, Nabben, Vuik &amp; Erlangga 2009, doi:10.1007/s10915-009-9272-6; BNN: Mandel 1993,
 *         doi:10.1002/cnm.1640090307
 * </pre>
 *
 * @param form how S and Q are joined
 * @param space V
 * @param inner factory of S
 */
public record TwoLevel(Form form, CoarseSpace space, PreconditionerFactory inner) implements PreconditionerFactory {
    /** How S and Q are joined. */
    public enum Form {
        /** S + Q. */
        ADDITIVE,
        /** PᵀSP + Q: balancing Neumann-Neumann. */
        BNN,
        /** SP + Q: coarse space first. */
        A_DEF1,
        /** PᵀS + Q: coarse space last. */
        A_DEF2,
        /** S, then Q, then S, each on what is left. */
        SCS
    }

    /**
     * The factory with its options.
     *
     * @param form how S and Q are joined
     * @param space V
     * @param inner factory of S
     */
    public TwoLevel {
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(space, "space");
        Objects.requireNonNull(inner, "inner");
    }

    /** Balancing, constants on 100 parts, {@link Jacobi}. */
    public TwoLevel() {
        this(Form.BNN, CoarseSpace.piecewiseConstant(100), new Jacobi());
    }

    /**
     * The same in another form.
     *
     * @param newForm how S and Q are joined
     * @return the factory
     */
    public TwoLevel withForm(Form newForm) {
        return new TwoLevel(newForm, space, inner);
    }

    /**
     * The same with another space.
     *
     * @param newSpace V
     * @return the factory
     */
    public TwoLevel withSpace(CoarseSpace newSpace) {
        return new TwoLevel(form, newSpace, inner);
    }

    /**
     * The same with another S.
     *
     * @param newInner its factory
     * @return the factory
     */
    public TwoLevel withInner(PreconditionerFactory newInner) {
        return new TwoLevel(form, space, newInner);
    }

    @Override
    public TwoLevelPreconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public TwoLevelPreconditioner rebuild(Preconditioner old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        TwoLevelPreconditioner known = old instanceof TwoLevelPreconditioner t && t.madeBy(this) ? t : null;
        boolean samePattern = known != null
                && space instanceof PiecewiseConstant
                && known.matrix().pattern().sameAs(a.pattern())
                && known.matrix().pool() == a.pool();
        Basis v = samePattern ? known.basis() : Basis.of(space, a);
        Basis av = v.image(a);
        boolean symmetric = isSymmetric(a);
        CoarseMatrix e = CoarseMatrix.of(v.products(av), v.squares(a.diagonal()), symmetric);
        Preconditioner s = known == null ? inner.build(a) : inner.rebuild(known.smoother(), a);
        return assemble(a, symmetric, v, av, e, s);
    }

    /**
     * Builds with a coarse matrix that is known already or only nearly VᵀAV, as from a reduced model. The balancing and
     * the additive form stay symmetric positive definite as long as it is; A V is then not formed.
     *
     * @param a a square matrix
     * @param coarse N × N, row by row; copied
     * @return a preconditioner for {@code a}
     */
    public TwoLevelPreconditioner build(CsrMatrix a, double[][] coarse) {
        PreconditionerFactory.requireSquareAndFinite(a);
        Basis v = Basis.of(space, a);
        int count = v.count();
        double largest = 0;
        double skew = 0;
        double[][] e = new double[count][];
        if (coarse.length != count) {
            throw new IllegalArgumentException("coarse has " + coarse.length + " rows, expected " + count);
        }
        for (int i = 0; i < count; i++) {
            if (coarse[i].length != count) {
                throw new IllegalArgumentException(
                        "row " + i + " of coarse has length " + coarse[i].length + ", expected " + count);
            }
            e[i] = coarse[i].clone();
            for (int j = 0; j < i; j++) {
                skew = Math.max(skew, Math.abs(coarse[i][j] - coarse[j][i]));
                largest = Math.max(largest, Math.max(Math.abs(coarse[i][j]), Math.abs(coarse[j][i])));
            }
            largest = Math.max(largest, Math.abs(coarse[i][i]));
        }
        boolean symmetric = isSymmetric(a);
        CoarseMatrix factored = CoarseMatrix.of(e, new double[count], symmetric && skew <= 1e-10 * largest);
        return assemble(a, symmetric, v, null, factored, inner.build(a));
    }

    private static boolean isSymmetric(CsrMatrix a) {
        return a.rows() == 0 || a.asymmetry() <= 1e-12;
    }

    private TwoLevelPreconditioner assemble(
            CsrMatrix a, boolean symmetric, Basis v, Basis av, CoarseMatrix e, Preconditioner s) {
        String note = e.dropped() == 0
                ? v.count() + (v.count() == 1 ? " coarse vector" : " coarse vectors")
                : e.dropped() + " of " + v.count() + " coarse vectors depend on others and were dropped";
        boolean positive = symmetric && e.isDefinite() && s.kind() == Preconditioner.Kind.SPD;
        if (form == Form.SCS && positive) {
            double largest = LargestEigenvalue.bound(a, s);
            positive = largest < 2;
            note += String.format(Locale.ROOT, ", largest eigenvalue of SA below %.3g by estimate", largest);
        }
        Preconditioner.Kind kind = positive && form != Form.A_DEF1 && form != Form.A_DEF2
                ? Preconditioner.Kind.SPD
                : Preconditioner.Kind.FIXED;
        if (s.kind() == Preconditioner.Kind.VARIABLE) {
            kind = Preconditioner.Kind.VARIABLE;
        }
        return new TwoLevelPreconditioner(this, a, symmetric, v, av, e, s, kind, note);
    }

    @Override
    public String name() {
        String word = form.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "TwoLevel(" + word + ", " + inner.name() + ")";
    }
}
