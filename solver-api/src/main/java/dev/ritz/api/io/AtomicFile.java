package dev.ritz.api.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that appear whole or not at all: the content goes to a new file beside the target, which is renamed at the end.
 *
 * <p>A rename replaces whatever has the name, so the name is looked at first. A symbolic link stands for the file it
 * leads to, which is created where the link dangles; the link itself stays. Pipes, devices, sockets and folders are
 * refused, and so is a link of {@code /dev} or {@code /proc} such as {@code /dev/stdout}: what it leads to is an open
 * stream of some process, and the name of a file that a rename would take from it.
 */
public final class AtomicFile {
    /** As many as Linux follows before it reports a loop. */
    private static final int MOST_LINKS = 40;

    private AtomicFile() {}

    /** What a file holds. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it.
         *
         * @param out the new file; need not be closed
         * @throws IOException when writing fails, which leaves the target as it was
         */
        void write(OutputStream out) throws IOException;
    }

    /**
     * Writes a file, or replaces one.
     *
     * @param path the target, or a symbolic link to it
     * @param content what it gets
     * @throws IOException when the target cannot be replaced or writing fails; the target is then untouched
     */
    public static void write(Path path, Content content) throws IOException {
        Path target = check(path);
        Path part = target.resolveSibling(".ritz-" + UUID.randomUUID() + ".part");
        try {
            // not Files.createTempFile, whose files only their owner may read
            try (FileChannel channel =
                    FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.write(Channels.newOutputStream(channel));
                channel.force(false);
            }
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * Whether {@link #write} would find a target it may create or replace: for a caller who wants to know before long
     * work, not after it.
     *
     * @param path the target, or a symbolic link to it
     * @return the file that would be created or replaced, all links resolved
     * @throws IOException saying what is in the way
     */
    public static Path check(Path path) throws IOException {
        Path target = path.toAbsolutePath();
        for (int links = 0; ; links++) {
            Path name = target.getFileName();
            if (name == null) {
                throw refused(path, "it is a folder");
            }
            if (!Files.isDirectory(target.getParent())) {
                throw refused(path, "no folder " + target.getParent());
            }
            Path folder = target.getParent().toRealPath();
            target = folder.resolve(name);
            if (!Files.isSymbolicLink(target)) {
                break;
            }
            if (folder.startsWith("/dev") || folder.startsWith("/proc")) {
                throw refused(path, target + " leads to an open stream, which cannot be replaced");
            }
            if (links == MOST_LINKS) {
                throw refused(path, "more than " + MOST_LINKS + " symbolic links follow one another");
            }
            target = folder.resolve(Files.readSymbolicLink(target));
        }
        if (Files.isDirectory(target)) {
            throw refused(path, "it is a folder");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw refused(path, "it is no regular file, so it cannot be replaced");
        }
        if (!Files.isWritable(target.getParent())) { // a link may lie where nobody writes, its target may not
            throw refused(path, "the folder " + target.getParent() + " is not writable");
        }
        return target;
    }

    private static FileSystemException refused(Path path, String reason) {
        return new FileSystemException(path.toString(), null, reason);
    }
}
