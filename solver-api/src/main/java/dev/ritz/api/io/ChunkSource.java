package dev.ritz.api.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** The text after the size line, in chunks of whole lines; any number of threads may take. */
interface ChunkSource {
    /**
     * Fills the next chunk in file order and sets its index, also when it throws.
     *
     * @return false after the last
     */
    boolean take(Chunk chunk) throws IOException;

    /** Text of an uncompressed file, read at its place: a line belongs to the chunk it starts in. */
    final class OfFile implements ChunkSource {
        private final FileChannel channel;
        private final long offset;
        private final long size;
        private final int chunks;
        private final AtomicInteger next = new AtomicInteger();

        OfFile(FileChannel channel, long offset, long size) {
            this.channel = channel;
            this.offset = offset;
            this.size = size;
            this.chunks = Math.toIntExact((size - offset + Chunk.SIZE - 1) / Chunk.SIZE);
        }

        @Override
        public boolean take(Chunk chunk) throws IOException {
            if (next.get() >= chunks) {
                return false;
            }
            chunk.index = next.getAndIncrement();
            if (chunk.index >= chunks) {
                return false;
            }
            fill(chunk);
            return true;
        }

        private void fill(Chunk chunk) throws IOException {
            // One byte more in front tells whether a line starts at the chunk's first byte.
            int lead = chunk.index == 0 ? 0 : 1;
            long from = offset + (long) chunk.index * Chunk.SIZE - lead;
            int body = lead + (int) Math.min(Chunk.SIZE, size - from - lead);
            int length = read(chunk, from, 0, (int) Math.min(body + 512L, size - from));
            chunk.overlong = false;
            chunk.start = 0;
            if (lead == 1) {
                int p = newline(chunk.bytes, 0, Math.min(body - 1, length));
                if (p < 0) {
                    chunk.end = 0;
                    return;
                }
                chunk.start = p + 1;
            }
            int end = newline(chunk.bytes, Math.max(chunk.start, body - 1), length);
            if (end < 0 && from + length < size) {
                length = read(chunk, from, length, (int) Math.min((long) body + Chunk.MAX_LINE, size - from));
                end = newline(chunk.bytes, Math.max(chunk.start, body - 1), length);
            }
            if (end >= 0) {
                chunk.end = end + 1;
            } else if (from + length >= size) {
                chunk.end = chunk.closeLastLine(length);
            } else {
                chunk.overlong = true;
                chunk.end = afterLastNewline(chunk.bytes, chunk.start, length);
            }
        }

        private int read(Chunk chunk, long from, int have, int want) throws IOException {
            chunk.reserve(want);
            ByteBuffer buffer = ByteBuffer.wrap(chunk.bytes, have, want - have);
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, from + buffer.position()) < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
            }
            return want;
        }
    }

    /** Text of a stream, cut after the last newline of each piece. */
    final class OfStream implements ChunkSource {
        private final InputStream in;
        private final long limit;
        private long text;
        private byte[] rest = new byte[0];
        private int index;
        private boolean done;

        /** A stream of at most {@code limit} bytes. */
        OfStream(InputStream in, long limit) {
            this.in = in;
            this.limit = limit;
        }

        @Override
        public synchronized boolean take(Chunk chunk) throws IOException {
            if (done) {
                return false;
            }
            chunk.index = index++;
            chunk.overlong = false;
            chunk.start = 0;
            int want = Chunk.SIZE + rest.length;
            chunk.reserve(want);
            System.arraycopy(rest, 0, chunk.bytes, 0, rest.length);
            int length = rest.length;
            done = true; // holds if reading throws
            int got = in.readNBytes(chunk.bytes, length, want - length);
            length += got;
            text += got;
            if (text > limit) {
                throw new MemoryLimitException(limit);
            }
            if (length < want) {
                chunk.end = chunk.closeLastLine(length);
                return true;
            }
            chunk.end = afterLastNewline(chunk.bytes, 0, length);
            chunk.overlong = length - chunk.end > Chunk.MAX_LINE;
            done = chunk.overlong;
            rest = Arrays.copyOfRange(chunk.bytes, chunk.end, length);
            return true;
        }
    }

    /** The text of a compressed file is longer than the limit. */
    final class MemoryLimitException extends IOException {
        private static final long serialVersionUID = 1L;
        private final long limit;

        MemoryLimitException(long limit) {
            super("more than " + limit + " bytes of text");
            this.limit = limit;
        }

        long limit() {
            return limit;
        }
    }

    private static int newline(byte[] bytes, int from, int to) {
        for (int p = from; p < to; p++) {
            if (bytes[p] == '\n') {
                return p;
            }
        }
        return -1;
    }

    private static int afterLastNewline(byte[] bytes, int from, int to) {
        int p = to;
        while (p > from && bytes[p - 1] != '\n') {
            p--;
        }
        return p;
    }
}
