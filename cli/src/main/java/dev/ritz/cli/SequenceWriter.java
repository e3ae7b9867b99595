package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.AtomicFile;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import dev.ritz.testdata.SequenceSystem;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Writes a sequence into a folder that appears whole or not at all: the files go into a neighbour, which is renamed at the
 * end. A matrix equal to the one before is not written again.
 */
final class SequenceWriter {
    /** More parameters than this go into a file of their own. */
    private static final int INLINE = 64;

    private final Path target;
    private final Watch watch;
    private final ProgressLine line;
    private final List<SequenceEntry> entries = new ArrayList<>();
    private CsrMatrix last;
    private Path lastFile;
    private int matrices;

    SequenceWriter(Path target, Watch watch, ProgressLine line) {
        this.target = target;
        this.watch = watch;
        this.line = line;
    }

    /** Refuses a target that holds something, or whose parent is missing: said before the work, not after it. */
    static void check(Path target) throws CommandException {
        Path parent = target.toAbsolutePath().normalize().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "cannot write " + target + ": no such folder: " + parent);
        }
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw notEmpty(target, "is a file");
        }
        try (Stream<Path> inside = Files.list(target)) {
            if (inside.findAny().isPresent()) {
                throw notEmpty(target, "is not empty");
            }
        } catch (IOException e) {
            throw OutputFile.writing(target, e);
        }
    }

    private static CommandException notEmpty(Path target, String what) {
        return CommandException.usage("-o " + target + " " + what + ", expected a new or an empty folder");
    }

    /** Writes the systems; {@code count} is how many there will be. */
    void write(Stream<SequenceSystem> systems, int count, String description) throws CommandException {
        Path absolute = target.toAbsolutePath().normalize();
        Path work = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid());
        boolean made = false;
        try {
            Files.createDirectory(work);
            made = true;
            int digits = Math.max(4, Integer.toString(Math.max(0, count - 1)).length());
            for (Iterator<SequenceSystem> each = systems.iterator(); each.hasNext(); ) {
                if (watch.cancelled()) {
                    throw new CommandException(
                            ExitCode.CANCELLED,
                            "CANCELLED",
                            "cancelled after " + entries.size() + " of " + count + " systems; nothing is left behind");
                }
                add(work, String.format(Locale.ROOT, "_%0" + digits + "d.mtx", entries.size()), each.next());
                line.systems(entries.size(), count, "");
            }
            AtomicFile.write(
                    work.resolve(SequenceManifest.FILE), out -> SequenceManifest.write(out, description, entries));
            Files.deleteIfExists(absolute); // an empty folder
            Files.move(work, absolute);
            made = false;
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            throw new CommandException(
                    ExitCode.INPUT_OUTPUT,
                    "INPUT_OUTPUT",
                    "cannot write " + target + ": " + e.getFile() + " appeared meanwhile or is left of another run",
                    e);
        } catch (IOException e) {
            throw OutputFile.writing(target, e);
        } finally {
            line.close();
            if (made) {
                delete(work);
            }
        }
    }

    private void add(Path folder, String ending, SequenceSystem system) throws IOException {
        CsrMatrix a = system.system().a();
        boolean repeated =
                last != null && a.pattern().sameAs(last.pattern()) && Arrays.equals(a.values(), last.values());
        if (!repeated) {
            lastFile = Path.of("A" + ending);
            boolean symmetric = a.asymmetry() == 0;
            MatrixMarket.write(folder.resolve(lastFile), a, symmetric ? Symmetry.SYMMETRIC : Symmetry.GENERAL);
            matrices++;
        }
        last = a;
        Path rhs = Path.of("b" + ending);
        MatrixMarket.writeVector(folder.resolve(rhs), system.system().b());
        double[] mu = system.parameters();
        Path muFile = mu.length > INLINE ? Path.of("mu" + ending) : null;
        if (muFile != null) {
            MatrixMarket.writeVector(folder.resolve(muFile), mu);
        }
        entries.add(new SequenceEntry(system.system().name(), lastFile, rhs, null, muFile == null ? mu : null, muFile));
    }

    /** {@return how many different matrices were written} */
    int matrices() {
        return matrices;
    }

    private static void delete(Path work) {
        try (Stream<Path> files = Files.list(work)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(work);
        } catch (IOException e) {
            // the failure that led here is the one to report
        }
    }
}
