package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.format.FormatChoice;
import java.util.Locale;

/** What {@code --format} takes: how the matrix is stored that products run on. */
enum Format {
    /** Diagonals or slices where they pay. */
    AUTO,
    /** Compressed rows. */
    ROWS;

    FormatChoice of(CsrMatrix a) {
        return this == AUTO ? FormatChoice.choose(a) : new FormatChoice(a, "compressed rows as asked for");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
