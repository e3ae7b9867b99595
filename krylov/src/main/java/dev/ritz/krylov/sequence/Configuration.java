package dev.ritz.krylov.sequence;

import dev.ritz.api.IterativeSolver;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * A method with the preconditioner that goes with it.
 *
 * @param name a short name for reports
 * @param method the method with its options
 * @param preconditioner builds its preconditioners
 */
public record Configuration(String name, IterativeSolver<?> method, PreconditionerFactory preconditioner) {

    /**
     * Checks.
     *
     * @param name a short name for reports
     * @param method the method with its options
     * @param preconditioner builds its preconditioners
     */
    public Configuration {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(preconditioner, "preconditioner");
    }

    /**
     * A configuration named after its parts.
     *
     * @param method the method with its options
     * @param preconditioner builds its preconditioners
     */
    public Configuration(IterativeSolver<?> method, PreconditionerFactory preconditioner) {
        this(method.name() + " with " + preconditioner.name(), method, preconditioner);
    }
}
