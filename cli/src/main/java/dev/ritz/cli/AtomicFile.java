package dev.ritz.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that appear whole or not at all: the bytes go to a file beside the target, which is renamed at the end. */
final class AtomicFile {
    private AtomicFile() {}

    static void write(Path target, byte[] bytes) throws CommandException {
        Path folder = target.toAbsolutePath().getParent();
        Path part = null;
        try {
            // not Files.createTempFile, whose files only their owner may read
            part = folder.resolve(".ritz-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + ".part");
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            CommandException failure = writing(target, e);
            try {
                if (part != null) {
                    Files.deleteIfExists(part);
                }
            } catch (IOException second) {
                failure.addSuppressed(second);
            }
            throw failure;
        }
    }

    /** Whether the folder of a target is there: said before the solve, not after it. */
    static void check(Path target) throws CommandException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "cannot write " + target + ": no writable folder " + folder);
        }
        if (Files.isDirectory(target)) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "cannot write " + target + ": it is a folder");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT,
                    "INPUT_OUTPUT",
                    "cannot write " + target + ": it is no regular file, so it cannot be replaced");
        }
    }

    static CommandException writing(Path target, IOException e) {
        return new CommandException(
                ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "cannot write " + target + ": " + InputSystem.why(e), e);
    }
}
