package dev.ritz.krylov.tuning;

import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import dev.ritz.api.Workspace;
import java.util.Objects;

/**
 * A method with the way to its preconditioner: one arm of a {@link TunedMethod}.
 *
 * @param solver the method
 * @param preconditioner builds M for each matrix
 * @param <W> the method's workspace
 */
public record Configuration<W extends Workspace>(IterativeSolver<W> solver, PreconditionerFactory preconditioner) {

    /**
     * Checks both.
     *
     * @param solver the method
     * @param preconditioner builds M for each matrix
     */
    public Configuration {
        Objects.requireNonNull(solver, "solver");
        Objects.requireNonNull(preconditioner, "preconditioner");
    }

    /**
     * Without a preconditioner.
     *
     * @param solver the method
     */
    public Configuration(IterativeSolver<W> solver) {
        this(solver, a -> Preconditioner.identity(a.rows()));
    }
}
