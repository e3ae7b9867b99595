package dev.ritz.krylov;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.IterativeSolver;
import dev.ritz.api.Preconditioner;
import dev.ritz.api.PreconditionerFactory;
import java.util.Objects;

/**
 * A method with the preconditioner that goes with it: what a session or a tuner chooses among.
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

    /**
     * A method without a preconditioner.
     *
     * @param name a short name for reports
     * @param method the method with its options
     */
    public Configuration(String name, IterativeSolver<?> method) {
        this(name, method, new None());
    }

    /**
     * A method without a preconditioner, named after the method.
     *
     * @param method the method with its options
     */
    public Configuration(IterativeSolver<?> method) {
        this(method.name(), method);
    }

    /**
     * The same under another name.
     *
     * @param value the name
     * @return the copy
     */
    public Configuration withName(String value) {
        return new Configuration(value, method, preconditioner);
    }

    /** M = I. A record, so that configurations without a preconditioner are equal, and print alike in every process. */
    private record None() implements PreconditionerFactory {
        @Override
        public Preconditioner build(CsrMatrix a) {
            return Preconditioner.identity(a.rows());
        }
    }
}
