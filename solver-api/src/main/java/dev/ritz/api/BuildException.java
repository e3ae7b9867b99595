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
    /** What was found there. */
    private final String found;
    /** What to try, empty when nothing is known to help. */
    private final String advice;

    /**
     * A failed build for which there is no advice.
     *
     * @param reason what went wrong
     * @param row the 0-based row at which it went wrong, −1 when no single row is to blame
     * @param found what was found there
     */
    public BuildException(Reason reason, int row, String found) {
        this(reason, row, found, "");
    }

    /**
     * A failed build.
     *
     * @param reason what went wrong
     * @param row the 0-based row at which it went wrong, −1 when no single row is to blame
     * @param found what was found there
     * @param advice what to try, empty when nothing is known to help; ends the message
     */
    public BuildException(Reason reason, int row, String found, String advice) {
        super(advice.isEmpty() ? found : found + "; " + advice);
        this.reason = Objects.requireNonNull(reason, "reason");
        this.row = row;
        this.found = found;
        this.advice = advice;
    }

    /** {@return what went wrong} */
    public Reason reason() {
        return reason;
    }

    /** {@return the 0-based row at which it went wrong, −1 when no single row is to blame} */
    public int row() {
        return row;
    }

    /** {@return what was found there: the message without the advice} */
    public String found() {
        return found;
    }

    /** {@return what to try, empty when nothing is known to help} */
    public String advice() {
        return advice;
    }
}
