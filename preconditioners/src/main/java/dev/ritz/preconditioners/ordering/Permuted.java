package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Arrays;
import java.util.Objects;

/**
 * Puts another preconditioner behind an order of the caller's: it works on P A Pᵀ, and z = Pᵀ M⁻¹ P r. The inner kind is
 * kept. {@link Reordered} finds an order itself.
 *
 * <pre>
 * Needs   A square, of as many rows as the order is long
 * Step    1 inner apply, 2 passes
 * Memory  2n doubles, n ints, the inner preconditioner, which may keep the permuted copy of A
 * Fails   whatever the inner build fails with, rows named as the caller numbers them
 * Source  Saad 2003, section 3.3
 * </pre>
 *
 * @param order the unknowns in the order wanted: a permutation of 0 … n − 1, copied
 * @param inner factory of the preconditioner that works on the permuted matrix
 */
public record Permuted(int[] order, PreconditionerFactory inner) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param order the unknowns in the order wanted: a permutation of 0 … n − 1, copied
     * @param inner factory of the preconditioner that works on the permuted matrix
     */
    public Permuted {
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(inner, "inner");
        order = order.clone();
        boolean[] seen = new boolean[order.length];
        for (int k = 0; k < order.length; k++) {
            if (order[k] < 0 || order[k] >= order.length || seen[order[k]]) {
                throw new IllegalArgumentException("order[" + k + "] = " + order[k]
                        + " is out of range or repeated, expected a permutation of 0 to " + (order.length - 1));
            }
            seen[order[k]] = true;
        }
    }

    /** {@return the unknowns in the order wanted, a copy} */
    @Override
    public int[] order() {
        return order.clone();
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException when {@code a} is not square, or not as large as the order is long
     */
    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        Checks.square(a);
        if (a.rows() != order.length) {
            throw new IllegalArgumentException(
                    "order has length " + order.length + ", the matrix has " + a.rows() + " rows");
        }
        Transformed.Map map = new Transformed.Map(order, order, null, null);
        return Transformed.build(inner, old, a, map, true, "Permuted", "in a given order");
    }

    @Override
    public String name() {
        return "Permuted(" + inner.name() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Permuted p && Arrays.equals(p.order, order) && p.inner.equals(inner);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(order) + inner.hashCode();
    }
}
