package dev.ritz.cli;

/** Ends a command with a code, a cause in one word and a message for people. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code. */
    private final ExitCode code;
    /** One word for programs, in the style of the causes of a solve. */
    private final String word;

    CommandException(ExitCode code, String word, String message) {
        this(code, word, message, null);
    }

    CommandException(ExitCode code, String word, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.word = word;
    }

    static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, "USAGE", message);
    }

    static CommandException badInput(String message) {
        return new CommandException(ExitCode.BAD_INPUT, "BAD_INPUT", message);
    }

    ExitCode code() {
        return code;
    }

    String word() {
        return word;
    }
}
