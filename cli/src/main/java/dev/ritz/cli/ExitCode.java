package dev.ritz.cli;

import dev.ritz.api.Part;
import dev.ritz.api.Report;

/** What the process tells its caller; one code for each class of outcome. */
enum ExitCode {
    /** Converged and verified, or the command did what it was asked to. */
    OK(0),
    /** The command line is wrong. */
    USAGE(2),
    /** A file or its numbers are wrong. */
    BAD_INPUT(3),
    /** A limit of iterations, time or memory. */
    LIMIT(4),
    /** Breakdown, stagnation, divergence or a matrix of the wrong class. */
    FAILED(5),
    /** The preconditioner could not be built, is not what the method needs, or failed when applied. */
    PRECONDITIONER(6),
    /** Ended by Ctrl-C or a signal. */
    CANCELLED(7),
    /** A file could not be read or written. */
    INPUT_OUTPUT(8),
    /** A fault of this program, or of the machine. */
    INTERNAL(70);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** The code for the end of a solve. */
    static ExitCode of(Report report) {
        return switch (report.cause()) {
            case CONVERGED -> OK;
            case MAX_ITERATIONS, DEADLINE -> LIMIT;
            case CANCELLED -> CANCELLED;
            case INDEFINITE_PRECONDITIONER -> PRECONDITIONER;
            case INDEFINITE_OPERATOR, BREAKDOWN, STAGNATION, DIVERGENCE -> FAILED;
            case NOT_FINITE -> of(report.part(), FAILED);
            case PART_FAILED -> of(report.part(), INTERNAL);
        };
    }

    private static ExitCode of(Part part, ExitCode otherwise) {
        return switch (part) {
            case PRECONDITIONER -> PRECONDITIONER;
            case RIGHT_HAND_SIDE, INITIAL_GUESS -> BAD_INPUT;
            case METHOD, OPERATOR, LISTENER -> otherwise;
        };
    }
}
