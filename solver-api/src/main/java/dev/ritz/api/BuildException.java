package dev.ritz.api;

import java.util.Objects;

/** A preconditioner could not be built: the typed outcome of {@link PreconditionerFactory#build}. */
public final class BuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a build failed. */
    public enum Reason {
        /** A pivot or diagonal entry is zero, or absent from the pattern. */
        ZERO_PIVOT,
        /** A pivot has the wrong sign for a symmetric positive definite factor. */
        NOT_POSITIVE,
        /** A value of the matrix or of the factor is NaN or infinite. */
        NOT_FINITE,
        /** The result would exceed the memory or index range. */
        TOO_LARGE
    }

    /** The typed reason. */
    private final Reason reason;
    /** The 0-based row, −1 when no single row is to blame. */
    private final int row;

    /**
     * A failed build.
     *
     * @param reason what went wrong
     * @param row the 0-based row at which it went wrong, −1 when no single row is to blame
     * @param message what was found there and what to try
     */
    public BuildException(Reason reason, int row, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.row = row;
    }

    /** {@return what went wrong} */
    public Reason reason() {
        return reason;
    }

    /** {@return the 0-based row at which it went wrong, −1 when no single row is to blame} */
    public int row() {
        return row;
    }
}
