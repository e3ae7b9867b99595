package dev.ritz.cli;

import dev.ritz.api.io.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files a command writes: {@link AtomicFile} with failures that carry an exit code. */
final class OutputFile {
    private OutputFile() {}

    static void write(Path target, byte[] bytes) throws CommandException {
        try {
            AtomicFile.write(target, out -> out.write(bytes));
        } catch (IOException e) {
            throw writing(target, e);
        }
    }

    /** Whether a target may be written: said before the solve, not after it. */
    static void check(Path target) throws CommandException {
        try {
            AtomicFile.check(target);
        } catch (IOException e) {
            throw writing(target, e);
        }
    }

    static CommandException writing(Path target, IOException e) {
        return new CommandException(
                ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "cannot write " + target + ": " + InputSystem.why(e), e);
    }

    /** Whether two names mean one file, that is there or that a write would create. */
    static boolean same(Path one, Path other) {
        Path a = real(one);
        Path b = real(other);
        try {
            return a.equals(b) || Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException e) {
            return false; // what cannot even be looked at is reported where it is read or written
        }
    }

    private static Path real(Path path) {
        try {
            return AtomicFile.check(path);
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }
}
