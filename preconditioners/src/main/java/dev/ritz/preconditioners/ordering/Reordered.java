package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Puts another preconditioner behind an ordering of rows and columns alike: it works on P A Pᵀ, and z = Pᵀ M⁻¹ P r. The
 * inner kind is kept. A {@link #rebuild} for the same pattern keeps the order.
 *
 * <pre>
 * Needs   A square
 * Step    1 inner apply, 2 passes
 * Memory  2n doubles, n ints, the inner preconditioner, which may keep the permuted copy of A
 * Fails   whatever the inner build fails with, rows named as the caller numbers them
 * Source  see {@link ReverseCuthillMcKee} and {@link MinimumDegree}
 * </pre>
 *
 * @param inner factory of the preconditioner that works on the permuted matrix
 * @param ordering which order
 */
public record Reordered(PreconditionerFactory inner, Ordering ordering) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param inner factory of the preconditioner that works on the permuted matrix
     * @param ordering which order
     */
    public Reordered {
        Objects.requireNonNull(inner, "inner");
        Objects.requireNonNull(ordering, "ordering");
    }

    /**
     * By reverse Cuthill-McKee.
     *
     * @param inner factory of the preconditioner that works on the permuted matrix
     */
    public Reordered(PreconditionerFactory inner) {
        this(inner, Ordering.REVERSE_CUTHILL_MCKEE);
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        String done = "ordered by " + ordering.text();
        Checks.square(a);
        int[] kept = old instanceof Transformed t ? t.orderOf(a.pattern(), done) : null;
        int[] p = kept == null ? ordering.order(a.pattern()) : kept;
        Transformed.Map map = new Transformed.Map(p, p, null, null);
        return Transformed.build(inner, old, a, map, true, "Reordered", done);
    }

    @Override
    public String name() {
        return "Reordered(" + inner.name() + ")";
    }
}
