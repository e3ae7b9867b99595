package dev.ritz.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What has to hold between the systems of a manifest, checked one by one. */
final class SequenceChecks {
    private final Path file;
    private final Map<String, Integer> lines = new HashMap<>();
    private SequenceEntry first;

    SequenceChecks(Path file) {
        this.file = file;
    }

    /** A file name in a manifest, relative to its folder. */
    static Path resolved(Path manifest, String name) throws CommandException {
        try {
            return manifest.toAbsolutePath().resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, "BAD_INPUT", manifest + ": '" + name + "', expected a file name", e);
        }
    }

    /** Refuses a name used before, a file that is not there, and parameters that some systems have and others lack. */
    void add(SequenceEntry entry, int line) throws CommandException {
        Integer before = lines.putIfAbsent(entry.name(), line);
        if (before != null) {
            throw bad(line, "name '" + entry.name() + "' is that of line " + before + ", expected another");
        }
        Path[] files = {entry.matrix(), entry.rhs(), entry.guess(), entry.parametersFile()};
        for (Path named : files) {
            if (named != null && !Files.isRegularFile(named)) {
                String what = Files.exists(named) ? "is no regular file" : "does not exist";
                throw new CommandException(
                        ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", file + ":" + line + ": " + named + " " + what);
            }
        }
        if (first == null) {
            first = entry;
        }
        if (has(entry) != has(first)) {
            throw bad(
                    line,
                    "'" + entry.name() + "' has " + (has(entry) ? "" : "no ") + "parameters, '" + first.name()
                            + "' has " + (has(first) ? "some" : "none") + ", expected all or none to have them");
        }
        if (entry.parameters() != null
                && first.parameters() != null
                && entry.parameters().length != first.parameters().length) {
            throw bad(
                    line,
                    "'" + entry.name() + "' has " + entry.parameters().length + " parameters, expected "
                            + first.parameters().length + " as '" + first.name() + "' has");
        }
    }

    private static boolean has(SequenceEntry entry) {
        return entry.parameters() != null || entry.parametersFile() != null;
    }

    private CommandException bad(int line, String message) {
        return CommandException.badInput(file + ":" + line + ": " + message);
    }
}
