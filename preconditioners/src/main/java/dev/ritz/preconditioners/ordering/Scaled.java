package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * Puts another preconditioner behind a symmetric equilibration: it works on S A S, whose rows have maxima near 1, and
 * z = S M⁻¹ S r. Symmetry, definiteness and so the inner kind are kept, and powers of two lose no bit.
 *
 * <pre>
 * Needs   A square and finite
 * Step    1 inner apply, 2 passes
 * Memory  3n doubles, the inner preconditioner, which may keep the scaled copy of A
 * Fails   NOT_FINITE; whatever the inner build fails with
 * Source  Ruiz 2001, RAL-TR-2001-034
 * </pre>
 *
 * @param inner factory of the preconditioner that works on the scaled matrix
 */
public record Scaled(PreconditionerFactory inner) implements PreconditionerFactory {

    /**
     * The factory with its options.
     *
     * @param inner factory of the preconditioner that works on the scaled matrix
     */
    public Scaled {
        Objects.requireNonNull(inner, "inner");
    }

    @Override
    public Preconditioner build(CsrMatrix a) {
        return rebuild(null, a);
    }

    @Override
    public Preconditioner rebuild(Preconditioner old, CsrMatrix a) {
        double[] s = Equilibration.symmetric(a).rowScale();
        Transformed.Map map = new Transformed.Map(null, null, s, s);
        return Transformed.build(inner, old, a, map, true, "Scaled", "scaled rows and columns alike");
    }

    @Override
    public String name() {
        return "Scaled(" + inner.name() + ")";
    }
}
