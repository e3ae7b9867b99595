package dev.ritz.api.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there, and there are no pipes with a path")
class AtomicFileTest {
    @TempDir
    Path folder;

    private static void write(Path path, String text) throws IOException {
        AtomicFile.write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void assertFiles(String... names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }

    private void assertRefused(Path path, String why) {
        assertThatThrownBy(() -> AtomicFile.check(path))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(why)
                .hasMessageStartingWith(path.toString());
        assertThatThrownBy(() -> write(path, "new"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(why);
    }

    @Test
    void createsAndReplaces() throws IOException {
        Path path = folder.resolve("a");
        write(path, "one");
        write(path, "2");
        assertThat(path).hasContent("2");
        assertFiles("a");
    }

    @Test
    void whatFailsHalfwayLeavesTheOldFile() throws IOException {
        Path path = Files.writeString(folder.resolve("a"), "old");
        assertThatThrownBy(() -> AtomicFile.write(path, out -> {
                    out.write(1);
                    throw new IOException("no space left");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("no space left");
        assertThat(path).hasContent("old");
        assertFiles("a");
    }

    @Test
    void aLinkStandsForItsTargetAndStays() throws IOException {
        Path target = Files.writeString(folder.resolve("target"), "old");
        Path near = Files.createSymbolicLink(folder.resolve("near"), Path.of("target"));
        Path far = Files.createSymbolicLink(folder.resolve("far"), near);
        write(far, "new");
        assertThat(Files.isSymbolicLink(near)).isTrue();
        assertThat(Files.isSymbolicLink(far)).isTrue();
        assertThat(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(target).hasContent("new");
        assertThat(AtomicFile.check(far)).isEqualTo(target.toRealPath());
    }

    @Test
    void relativeLinksStartFromTheFolderTheyLieIn() throws IOException {
        Path inside = Files.createDirectory(folder.resolve("inside"));
        Path there = Files.createSymbolicLink(folder.resolve("there"), Path.of("inside"));
        Files.createSymbolicLink(inside.resolve("up"), Path.of("..", "target"));
        write(there.resolve("up"), "new");
        assertThat(folder.resolve("target")).hasContent("new");
        assertFiles("inside", "there", "target");
    }

    @Test
    void aDanglingLinkCreatesItsTarget() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("none"));
        write(link, "new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.isRegularFile(folder.resolve("none"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("nowhere", "none"));
        assertRefused(lost, "no folder");
    }

    @Test
    void aLoopOfLinksIsRefused() throws IOException {
        Path a = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        assertRefused(a, "more than 40 symbolic links");
        assertFiles("a", "b");
    }

    @Test
    void fortyLinksAreFollowed() throws IOException {
        for (int k = 1; k <= 41; k++) {
            Files.createSymbolicLink(folder.resolve("l" + k), Path.of("l" + (k - 1)));
        }
        write(folder.resolve("l40"), "new");
        assertThat(Files.isRegularFile(folder.resolve("l0"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertRefused(folder.resolve("l41"), "more than 40 symbolic links");
    }

    @Test
    void foldersAreRefused() throws IOException {
        assertRefused(folder, "it is a folder");
        assertRefused(folder.getRoot(), "it is a folder");
        assertRefused(Files.createSymbolicLink(folder.resolve("link"), folder), "it is a folder");
        assertRefused(folder.resolve("none").resolve("a"), "no folder");
        assertFiles("link");
    }

    @Test
    void aFolderWithoutWritePermissionIsRefused() throws IOException {
        Path locked = Files.createDirectory(folder.resolve("locked"));
        Path target = Files.writeString(folder.resolve("target"), "old");
        Path link = Files.createSymbolicLink(locked.resolve("link"), target);
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            write(link, "new"); // what has to be writable is the folder of the target
            assertThat(target).hasContent("new");
            if (!Files.isWritable(locked)) { // the superuser writes everywhere
                assertRefused(locked.resolve("a"), "is not writable");
            }
        } finally {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void pipesAndDevicesAreRefused() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
        assertRefused(pipe, "no regular file");
        assertRefused(Files.createSymbolicLink(folder.resolve("link"), pipe), "no regular file");
        assertThat(Files.readAttributes(pipe, BasicFileAttributes.class).isOther())
                .isTrue();
        assertThat(checkedReason(Path.of("/dev/null"))).isEqualTo("it is no regular file, so it cannot be replaced");
    }

    private static String checkedReason(Path path) throws IOException {
        try {
            return "allowed: " + AtomicFile.check(path);
        } catch (FileSystemException e) {
            return e.getReason();
        }
    }

    /** In a process whose standard output is a file, a rename onto /dev/stdout or its target would succeed for root. */
    @Test
    void theStandardStreamsAreRefused() throws IOException, InterruptedException {
        if (!Files.isSymbolicLink(Path.of("/dev/stdout"))) {
            return; // a system that has them otherwise
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/stdout"));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Checks.class.getName(),
                        "/dev/stdout",
                        "/dev/fd/1",
                        "/proc/self/fd/1",
                        link.toString())
                .redirectOutput(out.toFile())
                .start();
        try (InputStream err = process.getErrorStream()) {
            String reasons = new String(err.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(reasons).isZero();
            assertThat(reasons.lines()).hasSize(4).allSatisfy(l -> assertThat(l).contains("an open stream"));
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.isSymbolicLink(Path.of("/dev/stdout"))).isTrue();
    }

    /** Prints why each argument is refused. */
    static final class Checks {
        private Checks() {}

        public static void main(String[] paths) throws IOException {
            for (String path : paths) {
                System.err.println(checkedReason(Path.of(path)));
            }
        }
    }
}
