package dev.ritz.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The hidden folder of a run that is not finished: journal, checkpoints, and a lock that keeps other runs out. */
final class SequenceState implements AutoCloseable {
    private static final String FOLDER = ".ritz";
    private static final String JOURNAL = "journal.jsonl";
    private static final String LOCK = "lock";

    private final Path output;
    private final FileChannel channel;
    private final FileLock lock;

    private SequenceState(Path output, FileChannel channel, FileLock lock) {
        this.output = output;
        this.channel = channel;
        this.lock = lock;
    }

    /** The journal of a run into that folder. */
    static Path journal(Path output) {
        return output.resolve(FOLDER).resolve(JOURNAL);
    }

    /** Whether there is a run to go on with. */
    static boolean exists(Path output) {
        return Files.isRegularFile(journal(output));
    }

    /** The state of a new run or of one to go on with; nobody else may be at work there. */
    static SequenceState open(Path output) throws IOException, CommandException {
        Path folder = Files.createDirectories(output.resolve(FOLDER));
        FileChannel channel =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null; // held in this process
        }
        if (lock == null) {
            channel.close();
            throw CommandException.usage("-o " + output + ": another run is at work there");
        }
        return new SequenceState(output, channel, lock);
    }

    /** {@return the folder of the checkpoints} */
    Path folder() {
        return output.resolve(FOLDER);
    }

    /**
     * Drops what the solutions in OUT contradict: a row that says converged where the file is gone. The run then starts
     * over, with the same results.
     */
    void check(SequenceRow[] rows, IntFunction<Path> solution) throws IOException {
        for (SequenceRow row : rows) {
            if (row != null && row.converged() && !Files.exists(solution.apply(row.index()))) {
                delete(folder(), "chunk_");
                return;
            }
        }
    }

    /** The state of a finished run is of no further use, nor are files that a kill left half written. */
    void forget() throws IOException {
        delete(output, ".ritz-");
        close();
        delete(folder(), "");
        Files.delete(folder());
    }

    private static void delete(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(prefix) && Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Tells the files of each system from others: checksums of names, sizes, times and parameters. */
    static List<String> digests(List<SequenceEntry> entries) throws IOException {
        List<String> sums = new ArrayList<>();
        Map<Path, String> shared = new HashMap<>();
        Path last = null;
        for (SequenceEntry entry : entries) {
            if (!entry.matrix().equals(last)) {
                shared.clear(); // a matrix serves many systems in a row
            }
            last = entry.matrix();
            StringBuilder text = new StringBuilder(entry.name());
            for (Path file : new Path[] {entry.matrix(), entry.rhs(), entry.guess(), entry.parametersFile()}) {
                String known = file == null ? "" : shared.get(file);
                if (known == null) {
                    known = file + " " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis();
                    shared.put(file, known);
                }
                text.append('|').append(known);
            }
            if (entry.parameters() != null) {
                for (double mu : entry.parameters()) {
                    text.append('|').append(mu);
                }
            }
            CRC32 sum = new CRC32();
            sum.update(text.toString().getBytes(StandardCharsets.UTF_8));
            sums.add(String.format(Locale.ROOT, "%08x", sum.getValue()));
        }
        return sums;
    }

    @Override
    public void close() throws IOException {
        if (lock.isValid()) {
            lock.release();
        }
        channel.close();
    }
}
