package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.preconditioners.ordering.ReorderedSystem;
import java.util.Locale;

/** What {@code --reorder} takes: in which order the unknowns are while a solve runs. */
enum Reorder {
    /** Reverse Cuthill-McKee where it pays. */
    AUTO,
    /** Reverse Cuthill-McKee. */
    RCM,
    /** As in the file. */
    NONE;

    ReorderedSystem of(CsrMatrix a) {
        return switch (this) {
            case AUTO -> ReorderedSystem.of(a);
            case RCM -> ReorderedSystem.reverseCuthillMcKee(a);
            case NONE -> ReorderedSystem.natural(a);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
