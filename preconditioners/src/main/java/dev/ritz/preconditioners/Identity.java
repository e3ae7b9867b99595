package dev.ritz.preconditioners;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;

/** No preconditioner: M = I. Solvers recognise it and skip the copy. */
public record Identity() implements PreconditionerFactory {
    @Override
    public Preconditioner build(CsrMatrix a) {
        Checks.square(a);
        return Preconditioner.identity(a.rows());
    }
}
