package dev.ritz.api.io;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A Matrix Market file that cannot be read: where, what was expected there and what was found. The message has the form
 * {@code path:line:column: expected ..., found ...}; line and column are left out where the trouble has no place in the
 * text (a damaged gzip stream, a limit).
 */
public final class MatrixMarketException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final long line;
    private final int column;
    private final String expected;
    private final String found;

    MatrixMarketException(Path path, long line, int column, String expected, String found) {
        this(path, line, column, expected, found, null);
    }

    MatrixMarketException(Path path, long line, int column, String expected, String found, Throwable cause) {
        super(place(path, line, column) + "expected " + expected + ", found " + found, cause);
        this.path = path.toString();
        this.line = line;
        this.column = column;
        this.expected = expected;
        this.found = found;
    }

    private static String place(Path path, long line, int column) {
        return path + ":" + (line > 0 ? line + ":" : "") + (column > 0 ? column + ":" : "") + " ";
    }

    /**
     * The file.
     *
     * @return the path as it was given
     */
    public Path path() {
        return Path.of(path);
    }

    /**
     * The offending line.
     *
     * @return the line number from 1, or 0 where no line is to blame
     */
    public long line() {
        return line;
    }

    /**
     * The offending column.
     *
     * @return the byte column from 1, or 0 where the whole line or no line is to blame
     */
    public int column() {
        return column;
    }

    /**
     * What the format or a limit asked for.
     *
     * @return a phrase
     */
    public String expected() {
        return expected;
    }

    /**
     * What was there instead.
     *
     * @return a phrase, often the offending word in quotation marks
     */
    public String found() {
        return found;
    }
}
