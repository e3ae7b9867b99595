package dev.ritz.preconditioners.composition;

import dev.ritz.api.PreconditionerFactory;
import java.util.List;
import java.util.Objects;

/** What this package asks of a matrix and of options. */
final class Checks {
    private Checks() {}

    /** {@return a copy of the list, which has at least one part and none that is null} */
    static List<PreconditionerFactory> parts(List<PreconditionerFactory> parts) {
        Objects.requireNonNull(parts, "parts");
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("parts = [], expected at least one");
        }
        return List.copyOf(parts);
    }
}
