package dev.ritz.preconditioners.composition;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.preconditioners.Ilu0;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Splits the unknowns into fields, each with a preconditioner of its own, and puts them together by blocks.
 *
 * <pre>
 * Needs   A square and finite; Schur forms: two fields
 * Gives   DIAGONAL, SCHUR_DIAGONAL: SPD where all parts are; SCHUR_FULL: SPD where both parts are, S is not negative
 *         and A_10 = A_01ᵀ; VARIABLE where a part is; else FIXED
 * Step    1 apply of each part, 2 of the first in SCHUR_FULL; the products with the blocks that the form needs
 * Memory  3n doubles, the blocks of A (12 bytes an entry and 4 for a quick rebuild), the parts
 * Fails   ZERO_PIVOT (SELFP: a zero on the diagonal of A_00), NOT_FINITE; whatever a part fails with, rows named as
 *         the caller numbers them
 * Source  Murphy, Golub &amp; Wathen 2000, doi:10.1137/S1064827599355153; Benzi, Golub &amp; Liesen 2005,
 *         doi:10.1017/S0962492904000212
 * </pre>
 *
 * A saddle point system has A_11 = 0: only the Schur forms can work there. With exact parts GMRES takes two iterations in
 * SCHUR_LOWER and SCHUR_UPPER, one in SCHUR_FULL, three in SCHUR_DIAGONAL. MINRES takes SCHUR_DIAGONAL alone, which
 * applies |S|.
 *
 * @param fields which unknown belongs to which field
 * @param form how the parts are put together
 * @param schur what stands for the Schur complement in a Schur form
 * @param parts one for each field, or one for all
 */
public record FieldSplit(Fields fields, Form form, Schur schur, List<PreconditionerFactory> parts)
        implements PreconditionerFactory {

    /** How the parts are put together; in words of blocks, M is what follows. */
    public enum Form {
        /** The diagonal blocks. */
        DIAGONAL,
        /** The diagonal blocks and those below. */
        LOWER,
        /** The diagonal blocks and those above. */
        UPPER,
        /** diag(A_00, |S|). */
        SCHUR_DIAGONAL,
        /** (A_00, 0; A_10, S). */
        SCHUR_LOWER,
        /** (A_00, A_01; 0, S). */
        SCHUR_UPPER,
        /** (I, 0; A_10 A_00⁻¹, I) · diag(A_00, S) · (I, A_00⁻¹ A_01; 0, I). */
        SCHUR_FULL;

        boolean schur() {
            return compareTo(SCHUR_DIAGONAL) >= 0;
        }

        /** Whether block (f, g) is multiplied with. */
        boolean couples(int f, int g) {
            return switch (this) {
                case DIAGONAL, SCHUR_DIAGONAL -> false;
                case LOWER, SCHUR_LOWER -> g < f;
                case UPPER, SCHUR_UPPER -> g > f;
                case SCHUR_FULL -> g != f;
            };
        }

        private String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The factory with its options.
     *
     * @param fields which unknown belongs to which field
     * @param form how the parts are put together
     * @param schur what stands for the Schur complement in a Schur form
     * @param parts one for each field, or one for all
     */
    public FieldSplit {
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(schur, "schur");
        parts = Checks.parts(parts);
        if (parts.size() != 1 && parts.size() != fields.count()) {
            throw new IllegalArgumentException(
                    parts.size() + " parts for " + fields.count() + " fields, expected one for each, or one for all");
        }
        if (form.schur() && fields.count() != 2) {
            throw new IllegalArgumentException(
                    "form = " + form + " with " + fields.count() + " fields, expected two for a Schur complement");
        }
    }

    /**
     * The diagonal blocks.
     *
     * @param fields which unknown belongs to which field
     * @param parts one for each field, or one for all
     */
    public FieldSplit(Fields fields, List<PreconditionerFactory> parts) {
        this(fields, Form.DIAGONAL, Schur.SELFP, parts);
    }

    /** The lower triangle of blocks of two interleaved fields, {@link Ilu0} on each. */
    public FieldSplit() {
        this(Fields.interleaved(2), Form.LOWER, Schur.SELFP, List.of(new Ilu0()));
    }

    /**
     * The same parts put together in another way.
     *
     * @param newForm how
     * @return the factory
     */
    public FieldSplit withForm(Form newForm) {
        return new FieldSplit(fields, newForm, schur, parts);
    }

    /**
     * The same with something else for the Schur complement.
     *
     * @param newSchur what stands for it
     * @return the factory
     */
    public FieldSplit withSchur(Schur newSchur) {
        return new FieldSplit(fields, form, newSchur, parts);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        PreconditionerFactory.requireSquareAndFinite(a);
        SplitFields was = old instanceof SplitFields s && s.fits(this, a) ? s : null;
        FieldBlocks blocks = was == null ? FieldBlocks.of(a, fields, form) : was.blocks();
        CsrMatrix[][] block = blocks.of(a);
        int[][] rows = blocks.rows();
        double sign = 1;
        CsrMatrix last = null;
        if (form.schur()) {
            Schur.Complement s = schur.complement(block[0][0], block[0][1], block[1][0], block[1][1], rows);
            last = s.matrix();
            sign = s.sign();
        }
        Preconditioner[] m = new Preconditioner[rows.length];
        for (int f = 0; f < m.length; f++) {
            boolean complement = form.schur() && f == 1;
            CsrMatrix on = complement ? last : block[f][f];
            PreconditionerFactory factory = parts.get(parts.size() == 1 ? 0 : f);
            try {
                m[f] = was == null ? factory.build(on) : factory.rebuild(was.part(f), on);
            } catch (BuildException e) {
                throw asSeenFromA(e, f, rows[f], complement);
            }
        }
        return new SplitFields(this, a.pattern(), blocks, block, m, sign);
    }

    private BuildException asSeenFromA(BuildException e, int f, int[] rows, boolean complement) {
        String on = complement ? "the Schur complement (" + schur + ")" : "field " + f;
        int row = e.row() < 0 ? -1 : rows[e.row()];
        String where = row < 0 ? on + ": " : "row " + row + ", which is row " + e.row() + " of " + on + ": ";
        boolean zero = !form.schur() && e.reason() == BuildException.Reason.ZERO_PIVOT && fields.count() == 2;
        String advice = zero ? "try a Schur form" + (e.advice().isEmpty() ? "" : ", or " + e.advice()) : e.advice();
        BuildException seen = new BuildException(e.reason(), row, where + e.found(), advice);
        seen.initCause(e);
        return seen;
    }

    @Override
    public String name() {
        return label(Parts.names(parts, ", "));
    }

    String label(String inside) {
        return "FieldSplit(" + form.word() + ": " + inside + ")";
    }
}
