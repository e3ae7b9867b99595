package dev.ritz.api.io;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket.Options;
import dev.ritz.api.io.MatrixMarketHeader.Field;
import dev.ritz.api.io.MatrixMarketHeader.Format;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** One reading of one file: checks the header against the limits, then reads the entries and builds the result. */
final class MatrixMarketReader implements AutoCloseable {
    /** Arrays longer than this are not to be had on every JVM. */
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private static final int SLACK = 1000;

    private final Path path;
    private final Options options;
    private final FileChannel channel;
    private final boolean compressed;
    private final InputStream in;
    private final MatrixMarketHeader header;
    private final long offset;
    private final long lines;

    /** Opens the file and reads the header. */
    MatrixMarketReader(Path path, Options options) throws IOException {
        this.path = path;
        this.options = options;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            ByteBuffer magic = ByteBuffer.allocate(2);
            while (magic.hasRemaining() && channel.read(magic, magic.position()) > 0) {
                // reads until both bytes are there or the file ends
            }
            compressed = magic.get(0) == 0x1F && magic.get(1) == (byte) 0x8B;
            InputStream file = Channels.newInputStream(channel);
            HeaderParser parser;
            if (compressed) {
                in = new BufferedInputStream(new GZIPInputStream(file, 1 << 16), 1 << 16);
                parser = new HeaderParser(path, in, options.maxMemoryBytes());
            } else {
                in = new BufferedInputStream(file);
                parser = new HeaderParser(path, in, Long.MAX_VALUE);
            }
            header = parser.parse();
            offset = parser.consumed();
            lines = parser.lines();
        } catch (EOFException | ZipException e) {
            channel.close();
            throw new MatrixMarketException(path, 0, 0, "an intact gzip stream", String.valueOf(e.getMessage()), e);
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    MatrixMarketHeader header() {
        return header;
    }

    CsrMatrix matrix() throws IOException {
        checkReal();
        int rows = size(header.rows(), "rows", MAX_ARRAY - 1);
        int cols = size(header.cols(), "columns", Integer.MAX_VALUE);
        long entries = header.entries();
        boolean general = header.symmetry() == Symmetry.GENERAL;
        // Blocks of (row, column, value), then rows of (column, value), both at once; row pointers and counters.
        long expanded = general ? entries : 2 * Math.min(entries, Long.MAX_VALUE / 4);
        checkEntries(entries);
        checkMemory(16.0 * entries + 12.0 * expanded + 8.0 * (rows + 1L));
        BodyReader reader = reader();
        EntryBlock[] blocks = reader.read(options.pool());
        Symmetry symmetry = header.symmetry();
        if (header.format() == Format.ARRAY) {
            for (int b = 0, position = 0; b < blocks.length; b++) {
                int count = blocks[b].count;
                blocks[b] = located(blocks[b], position, rows);
                position += count;
            }
        } else if (!general) {
            long entry = CsrAssembly.firstMirrored(blocks, rows);
            if (entry >= 0) {
                throw new MatrixMarketException(
                        path,
                        reader.lineOf(blocks, entry),
                        0,
                        "one triangle of a " + symmetry.word() + " matrix",
                        "an entry whose mirror image an earlier line stores");
            }
        }
        long nnz = CsrAssembly.expanded(blocks, symmetry);
        if (nnz > MAX_ARRAY) {
            throw fault("at most " + MAX_ARRAY + " entries after mirroring", Long.toString(nnz));
        }
        CsrMatrix a = new CsrAssembly(rows, cols, symmetry, blocks, options.pool()).assemble((int) nnz);
        checkSums(a.values());
        return a;
    }

    /** Column {@code column} of the file, or its only row or column for −1. */
    double[] vector(int column) throws IOException {
        boolean only = column < 0;
        if (only && header.cols() != 1 && header.rows() != 1) {
            throw fault(
                    "one column or one row (readVector(path, column) reads one of several)",
                    header.cols() + " columns of " + header.rows());
        }
        if (!only && column >= header.cols()) {
            throw new IllegalArgumentException(
                    "column = " + column + ", expected 0 to " + (header.cols() - 1) + " in " + path);
        }
        if (header.symmetry() != Symmetry.GENERAL) {
            CsrMatrix a = matrix();
            double[] x = new double[a.rows()];
            for (int i = 0; i < x.length; i++) {
                x[i] = a.get(i, Math.max(column, 0));
            }
            return x;
        }
        checkReal();
        int rows = size(header.rows(), "rows", MAX_ARRAY);
        int cols = size(header.cols(), "columns", MAX_ARRAY);
        boolean row = only && cols != 1;
        checkEntries(header.entries());
        checkMemory((header.format() == Format.ARRAY ? 8.0 : 16.0) * header.entries() + 8.0 * (row ? cols : rows));
        EntryBlock[] blocks = reader().read(options.pool());
        double[] x = new double[row ? cols : rows];
        int keep = Math.max(column, 0);
        long position = -(long) keep * rows;
        for (EntryBlock block : blocks) {
            for (int k = 0; k < block.count; k++, position++) {
                if (header.format() == Format.ARRAY) {
                    if (position >= 0 && position < x.length) {
                        x[(int) position] = block.values[k];
                    }
                } else if (row) {
                    x[block.colIdx[k]] += block.value(k);
                } else if (block.colIdx[k] == keep) {
                    x[block.rowIdx[k]] += block.value(k);
                }
            }
        }
        checkSums(x);
        return x;
    }

    private BodyReader reader() throws IOException {
        ChunkSource source = compressed
                ? new ChunkSource.OfStream(in, options.maxMemoryBytes())
                : new ChunkSource.OfFile(channel, offset, channel.size());
        return new BodyReader(path, header, lines, source, options.maxMemoryBytes());
    }

    /** The nonzeros among the values of an array file from the given position on, with their rows and columns. */
    private EntryBlock located(EntryBlock block, int position, int rows) {
        int[] rowIdx = new int[block.count];
        int[] colIdx = new int[block.count];
        int n = 0;
        int j = column(position, rows);
        long i = position - before(j, rows) + top(j);
        for (int k = 0; k < block.count; k++, i++) {
            while (i >= rows) {
                j++;
                i = top(j);
            }
            if (block.values[k] != 0) {
                rowIdx[n] = (int) i;
                colIdx[n] = j;
                block.values[n++] = block.values[k];
            }
        }
        return new EntryBlock(
                n,
                Arrays.copyOf(rowIdx, n),
                Arrays.copyOf(colIdx, n),
                Arrays.copyOf(block.values, n),
                block.skipped,
                false,
                false,
                null);
    }

    /** First row stored of column j. */
    private long top(int j) {
        return switch (header.symmetry()) {
            case GENERAL -> 0;
            case SYMMETRIC, HERMITIAN -> j;
            case SKEW_SYMMETRIC -> j + 1L;
        };
    }

    /** Values stored before column j. */
    private long before(long j, long rows) {
        return switch (header.symmetry()) {
            case GENERAL -> j * rows;
            case SYMMETRIC, HERMITIAN -> j * rows - j * (j - 1) / 2;
            case SKEW_SYMMETRIC -> j * rows - j * (j + 1) / 2;
        };
    }

    /** The last column with {@link #before} not beyond the position. */
    private int column(int position, int rows) {
        int low = 0;
        int high = (int) Math.max(1, header.cols());
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (before(middle, rows) <= position) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void checkReal() throws MatrixMarketException {
        if (header.field() == Field.COMPLEX) {
            throw new MatrixMarketException(
                    path,
                    1,
                    0,
                    "real, integer or pattern values (write A + iB as the real matrix [A −B; B A] of twice the size,"
                            + " and a right-hand side b + ic as [b; c])",
                    header.symmetry() == Symmetry.HERMITIAN ? "a complex hermitian matrix" : "complex values");
        }
    }

    private int size(long n, String what, int most) throws MatrixMarketException {
        if (n > most) {
            throw fault("at most " + most + " " + what, Long.toString(n));
        }
        return (int) n;
    }

    /** Refuses more entries than an array holds, or than the text can have. */
    private void checkEntries(long entries) throws IOException {
        if (entries > MAX_ARRAY) {
            throw fault("at most " + MAX_ARRAY + " entries", Long.toString(entries));
        }
        int least = header.format() == Format.ARRAY ? 2 : header.field() == Field.PATTERN ? 4 : 6;
        long text = channel.size() - offset;
        // A file only a little too short is read, to say which line is wrong.
        if (!compressed && entries > text / least + SLACK) {
            throw fault(entries + " entries", "only " + text + " bytes after the size line");
        }
    }

    private void checkMemory(double bytes) throws MatrixMarketException {
        if (!(bytes <= options.maxMemoryBytes())) {
            throw fault(
                    "a size within maxMemoryBytes = " + options.maxMemoryBytes(),
                    "one that needs about " + Math.round(bytes) + " bytes");
        }
    }

    private void checkSums(double[] values) throws MatrixMarketException {
        for (double value : values) {
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                throw new MatrixMarketException(path, 0, 0, "finite sums of duplicate entries", Double.toString(value));
            }
        }
    }

    private MatrixMarketException fault(String expected, String found) {
        return new MatrixMarketException(path, lines, 0, expected, found);
    }
}
