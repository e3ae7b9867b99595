package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Puts another preconditioner behind the reverse Cuthill-McKee ordering: it works on P A Pᵀ, and z = Pᵀ M⁻¹ P r. The
 * inner kind is kept.
 *
 * <pre>
 * Needs   A square
 * Step    1 inner apply, 2 passes
 * Memory  2n doubles, n ints, the inner preconditioner, which may keep the permuted copy of A
 * Fails   whatever the inner build fails with, rows named as the caller numbers them
 * Source  see {@link ReverseCuthillMcKee}
 * </pre>
 *
 * @param inner factory of the preconditioner that works on the permuted matrix
 */
public record Reordered(PreconditionerFactory inner) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param inner factory of the preconditioner that works on the permuted matrix
     */
    public Reordered {
        Objects.requireNonNull(inner, "inner");
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        int[] p = ReverseCuthillMcKee.order(a.pattern());
        Transformed.Map map = new Transformed.Map(p, p, null, null);
        return Transformed.build(inner, old, a, map, true, "Reordered", "ordered by reverse Cuthill-McKee");
    }

    @Override
    public String name() {
        return "Reordered(" + inner.name() + ")";
    }
}
