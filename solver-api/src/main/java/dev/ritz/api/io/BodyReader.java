package dev.ritz.api.io;

import dev.ritz.api.kernel.WorkerPool;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.ZipException;

/**
 * All entries of a file. Workers take chunks in file order until the text ends, or until a fault or too many entries
 * make the rest pointless; every chunk before the last one taken is then parsed, so the first fault in file order is
 * known and the same for any number of threads.
 */
final class BodyReader {
    private final Path path;
    private final MatrixMarketHeader header;
    private final long headerLines;
    private final ChunkSource source;
    private final long memoryLimit;

    private volatile boolean stop;
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong skippedLines = new AtomicLong();
    private EntryBlock[] blocks = new EntryBlock[64];

    BodyReader(Path path, MatrixMarketHeader header, long headerLines, ChunkSource source, long memoryLimit) {
        this.path = path;
        this.header = header;
        this.headerLines = headerLines;
        this.source = source;
        this.memoryLimit = memoryLimit;
    }

    /** Reads to the end of the text; as many entries as the header says, or an exception. */
    EntryBlock[] read(WorkerPool pool) throws MatrixMarketException {
        pool.run(pool.threads(), (reader, v, w, worker) -> reader.work(), this, null, null);
        long entries = 0;
        long lines = headerLines;
        int count = 0;
        for (; count < blocks.length && blocks[count] != null; count++) {
            EntryBlock block = blocks[count];
            if (entries + block.count > header.entries()) {
                throw new MatrixMarketException(
                        path,
                        lines + block.lineOf((int) (header.entries() - entries)) + 1,
                        0,
                        "the end of the file after " + amount(header.entries()),
                        "a line more");
            }
            EntryBlock.Fault fault = block.fault;
            if (fault != null) {
                long line = fault.line() < 0 ? 0 : lines + fault.line() + 1;
                throw new MatrixMarketException(
                        path, line, fault.column(), fault.expected(), fault.found(), fault.cause());
            }
            entries += block.count;
            lines += block.lines();
            if (lines - headerLines - entries > memoryLimit / 4) {
                throw new MatrixMarketException(
                        path,
                        lines,
                        0,
                        "fewer lines without an entry (maxMemoryBytes = " + memoryLimit + ")",
                        lines - headerLines - entries + " of them");
            }
        }
        if (entries < header.entries()) {
            throw new MatrixMarketException(
                    path, lines, 0, amount(header.entries()), "the end of the file after " + entries);
        }
        return Arrays.copyOf(blocks, count);
    }

    /** The line of an entry counted over all blocks. */
    long lineOf(EntryBlock[] all, long entry) {
        long left = entry;
        long lines = headerLines;
        for (EntryBlock block : all) {
            if (left < block.count) {
                return lines + block.lineOf((int) left) + 1;
            }
            left -= block.count;
            lines += block.lines();
        }
        throw new IllegalArgumentException("entry " + entry + " of " + header.entries());
    }

    private String amount(long entries) {
        return entries + (header.format() == MatrixMarketHeader.Format.ARRAY ? " values" : " entries");
    }

    private void work() {
        Chunk chunk = new Chunk();
        EntryParser parser = new EntryParser(header);
        for (; ; ) {
            EntryBlock block;
            try {
                if (stop || !source.take(chunk)) {
                    return;
                }
                block = parser.parse(chunk);
            } catch (IOException e) {
                block = failed(e);
            }
            add(chunk.index, block);
            boolean tooMany = total.addAndGet(block.count) > header.entries();
            boolean tooLong = skippedLines.addAndGet(block.skipped.length) > memoryLimit / 4;
            if (block.fault != null || tooMany || tooLong) {
                stop = true;
            }
        }
    }

    private synchronized void add(int index, EntryBlock block) {
        if (index >= blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.max(index + 1, 2 * blocks.length));
        }
        blocks[index] = block;
    }

    private static EntryBlock failed(IOException e) {
        if (e instanceof ChunkSource.MemoryLimitException m) {
            return EntryBlock.failed(
                    "a compressed text of at most maxMemoryBytes = " + m.limit() + " bytes", "a longer one", e);
        }
        if (e instanceof EOFException) {
            return EntryBlock.failed("a whole file", "its early end: " + e.getMessage(), e);
        }
        if (e instanceof ZipException) {
            return EntryBlock.failed("an intact gzip stream", e.getMessage(), e);
        }
        return EntryBlock.failed("a readable file", String.valueOf(e.getMessage()), e);
    }
}
