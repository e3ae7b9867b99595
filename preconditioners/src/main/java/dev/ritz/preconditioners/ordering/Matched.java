package dev.ritz.preconditioners.ordering;

import dev.ritz.api.BuildException;
import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Puts another preconditioner behind a maximum product matching: rows are permuted and rows and columns scaled so that
 * the diagonal holds ones and nothing exceeds one, then rows and columns are ordered alike by reverse Cuthill-McKee if
 * wanted. It opens incomplete factorisations to matrices with zeros on the diagonal: circuits, chemical processes,
 * bases of linear programs.
 *
 * <pre>
 * Needs   A square and finite
 * Gives   z = D_c Q M⁻¹ P D_r r with M ≈ P D_r A D_c Q; the solver's residual stays the true one
 * Step    1 inner apply, 2 passes
 * Memory  4n doubles, 2n ints, the inner preconditioner; during a build another copy of A
 * Fails   NOT_FINITE; whatever the inner build fails with, rows named as the caller numbers them
 * Source  Duff &amp; Koster 2001, doi:10.1137/S0895479899358443; Benzi, Haws &amp; Tuma 2000,
 *         doi:10.1137/S1064827599361308 (with incomplete factors); Benzi, Szyld &amp; van Duin 1999,
 *         doi:10.1137/S1064827597326845 (the ordering)
 * </pre>
 *
 * A structurally singular matrix is completed with zeros on the diagonal, and the inner build decides whether it can go
 * on. A symmetric matrix does not stay symmetric, hence the kind is never SPD; {@link Scaled} is for those.
 *
 * <p>{@link #rebuild} matches the new values anew, and lets the inner factory reuse its symbolic part where the permuted
 * pattern has come out the same.
 *
 * @param inner factory of the preconditioner that works on the permuted, scaled matrix
 * @param reorder whether to follow the matching by reverse Cuthill-McKee
 */
public record Matched(PreconditionerFactory inner, boolean reorder) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param inner factory of the preconditioner that works on the permuted, scaled matrix
     * @param reorder whether to follow the matching by reverse Cuthill-McKee
     */
    public Matched {
        Objects.requireNonNull(inner, "inner");
    }

    /**
     * Matching, scaling and ordering.
     *
     * @param inner factory of the preconditioner that works on the transformed matrix
     */
    public Matched(PreconditionerFactory inner) {
        this(inner, true);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when {@code a} is not square
     * @throws BuildException when a value is not finite or the inner build fails
     */
    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        MaximumProductMatching matching = MaximumProductMatching.of(a);
        int n = a.rows();
        int[] rowOf = matching.rowOfColumn(); // row k of P A is the one matched to column k
        int[] colOf = identity(n);
        int moved = 0;
        for (int k = 0; k < n; k++) {
            moved += rowOf[k] == k ? 0 : 1;
        }
        if (reorder) {
            CsrMatrix permuted = a.submatrix(rowOf, colOf);
            int[] p = ReverseCuthillMcKee.order(permuted.pattern());
            int[] rows = new int[n];
            for (int k = 0; k < n; k++) {
                rows[k] = rowOf[p[k]];
            }
            rowOf = rows;
            colOf = p;
        }
        String done = "matched rows to columns by the largest product, moving " + moved + " of " + n + " rows";
        if (matching.structuralRank() < n) {
            done += ", structural rank " + matching.structuralRank();
        }
        done += reorder ? "; scaled; ordered by reverse Cuthill-McKee" : "; scaled";
        Transformed.Map map = new Transformed.Map(rowOf, colOf, matching.rowScale(), matching.colScale());
        return Transformed.build(inner, old, a, map, false, "Matched", done);
    }

    @Override
    public String name() {
        return "Matched(" + inner.name() + ")";
    }

    private static int[] identity(int n) {
        int[] p = new int[n];
        for (int k = 0; k < n; k++) {
            p[k] = k;
        }
        return p;
    }
}
