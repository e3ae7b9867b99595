package dev.ritz.api.io;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import dev.ritz.api.kernel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Matrix Market files, plain or gzipped: {@code CsrMatrix a = MatrixMarket.read(path)}.
 *
 * <p>Reading goes by the content: a file that starts with the two bytes of gzip is one, whatever its name. Values become
 * the nearest double. A file that breaks a rule ends in a {@link MatrixMarketException} that names the first offending
 * line, the same for any number of threads; no file leads to an {@link OutOfMemoryError}.
 *
 * <table>
 * <caption>What is accepted and what is refused</caption>
 * <tr><th>in the file</th><th>done</th></tr>
 * <tr><td>coordinate; array (by columns)</td><td>read; zeros of an array are not stored</td></tr>
 * <tr><td>real, integer, pattern</td><td>read; a pattern entry is 1; an integer beyond 2⁵³ is rounded</td></tr>
 * <tr><td>double, unsigned-integer</td><td>read as real and integer</td></tr>
 * <tr><td>complex, hermitian</td><td>refused with the equivalent real form; {@link #header} reads them</td></tr>
 * <tr><td>symmetric, skew-symmetric</td><td>mirrored, whichever triangle is stored</td></tr>
 * <tr><td>an entry and its mirror image under these</td><td>refused</td></tr>
 * <tr><td>diagonal of skew-symmetric</td><td>a zero is kept, any other value refused</td></tr>
 * <tr><td>pattern array, pattern skew-symmetric, not square and symmetric, real hermitian</td><td>refused</td></tr>
 * <tr><td>duplicate entries</td><td>added in file order; a sum beyond double is refused</td></tr>
 * <tr><td>zero entries of a coordinate file</td><td>stored</td></tr>
 * <tr><td>comments, blank lines</td><td>skipped anywhere after the banner</td></tr>
 * <tr><td>blanks, tabs, CR LF, no last newline, UTF-8 byte-order mark</td><td>read</td></tr>
 * <tr><td>CR alone as line end</td><td>refused</td></tr>
 * <tr><td>{@code 1D+03}, {@code +1}, {@code .5}, {@code 5.}</td><td>read</td></tr>
 * <tr><td>{@code 1.5+003}, {@code 1,5}, {@code 0x1p3}, {@code 1_000}, {@code 1.0d}</td><td>refused</td></tr>
 * <tr><td>{@code nan}, {@code inf}, {@code 1e400}</td><td>refused</td></tr>
 * <tr><td>{@code 1e-400}</td><td>read as zero</td></tr>
 * <tr><td>banner words</td><td>five; in any case but {@code %%MatrixMarket}, which starts the file exactly so</td></tr>
 * <tr><td>{@code vector} in the banner, five numbers on the size line</td><td>refused</td></tr>
 * <tr><td>an entry over two lines, two values on a line, text after an entry</td><td>refused</td></tr>
 * <tr><td>too few or too many entries</td><td>refused</td></tr>
 * <tr><td>several gzip members</td><td>read as one text</td></tr>
 * <tr><td>bytes after the gzip stream</td><td>ignored</td></tr>
 * <tr><td>damaged or cut gzip stream</td><td>refused</td></tr>
 * <tr><td>lines of more than 64 KiB among the entries</td><td>may be refused</td></tr>
 * <tr><td>more than 2³¹ − 9 entries or rows, or more memory than the limit</td><td>refused before any of it is taken</td></tr>
 * </table>
 */
public final class MatrixMarket {
    private MatrixMarket() {}

    /**
     * How to read.
     *
     * @param maxMemoryBytes most memory that a reading may take for the entries and the result, and the most text that a
     *     compressed file may hold; at least 1
     * @param pool the threads that read; the result does not depend on their number
     */
    public record Options(long maxMemoryBytes, WorkerPool pool) {
        /**
         * Checks the limit.
         *
         * @param maxMemoryBytes at least 1
         * @param pool not null
         */
        public Options {
            if (maxMemoryBytes < 1) {
                throw new IllegalArgumentException("maxMemoryBytes = " + maxMemoryBytes + ", expected at least 1");
            }
            Objects.requireNonNull(pool, "pool");
        }

        /**
         * Three quarters of the JVM's greatest heap, and the shared pool.
         *
         * @return the defaults
         */
        public static Options defaults() {
            return new Options(Math.max(1, Runtime.getRuntime().maxMemory() / 4 * 3), WorkerPool.shared());
        }

        /**
         * The same with another limit.
         *
         * @param bytes at least 1
         * @return new options
         */
        public Options withMaxMemoryBytes(long bytes) {
            return new Options(bytes, pool);
        }

        /**
         * The same with other threads.
         *
         * @param workers the threads that read
         * @return new options
         */
        public Options withPool(WorkerPool workers) {
            return new Options(maxMemoryBytes, workers);
        }
    }

    /**
     * Reads a matrix.
     *
     * @param path a coordinate or array file, plain or gzipped
     * @return the whole matrix, mirrored where the file stores a triangle, duplicates added
     * @throws MatrixMarketException when the file breaks a rule or a limit
     * @throws IOException when the file cannot be opened
     */
    public static CsrMatrix read(Path path) throws IOException {
        return read(path, Options.defaults());
    }

    /**
     * Reads a matrix.
     *
     * @param path a coordinate or array file, plain or gzipped
     * @param options memory limit and threads
     * @return the whole matrix, mirrored where the file stores a triangle, duplicates added
     * @throws MatrixMarketException when the file breaks a rule or a limit
     * @throws IOException when the file cannot be opened
     */
    public static CsrMatrix read(Path path, Options options) throws IOException {
        try (MatrixMarketReader reader = new MatrixMarketReader(path, options)) {
            return reader.matrix();
        } catch (OutOfMemoryError e) {
            throw outOfMemory(path, e);
        }
    }

    /**
     * Reads the vector in a file of one column or one row.
     *
     * @param path an n by 1 or 1 by n file, array or coordinate
     * @return n numbers, zero where a coordinate file has no entry
     * @throws MatrixMarketException when the file breaks a rule or a limit, or has several columns and rows
     * @throws IOException when the file cannot be opened
     */
    public static double[] readVector(Path path) throws IOException {
        return vector(path, -1, Options.defaults());
    }

    /**
     * Reads one column of a file.
     *
     * @param path an array or coordinate file
     * @param column from 0
     * @return as many numbers as the file has rows
     * @throws IllegalArgumentException when there is no such column
     * @throws MatrixMarketException when the file breaks a rule or a limit
     * @throws IOException when the file cannot be opened
     */
    public static double[] readVector(Path path, int column) throws IOException {
        return readVector(path, column, Options.defaults());
    }

    /**
     * Reads one column of a file.
     *
     * @param path an array or coordinate file
     * @param column from 0
     * @param options memory limit and threads
     * @return as many numbers as the file has rows
     * @throws IllegalArgumentException when there is no such column
     * @throws MatrixMarketException when the file breaks a rule or a limit
     * @throws IOException when the file cannot be opened
     */
    public static double[] readVector(Path path, int column, Options options) throws IOException {
        if (column < 0) {
            throw new IllegalArgumentException("column = " + column + ", expected at least 0");
        }
        return vector(path, column, options);
    }

    /**
     * Reads banner, comments and size line, and nothing after them.
     *
     * @param path a file of any field, complex too
     * @return what they say
     * @throws MatrixMarketException when they break a rule
     * @throws IOException when the file cannot be opened
     */
    public static MatrixMarketHeader header(Path path) throws IOException {
        try (MatrixMarketReader reader = new MatrixMarketReader(path, Options.defaults())) {
            return reader.header();
        }
    }

    /**
     * Writes a matrix as coordinate real general, by rows; reading it gives the same bits. The file appears whole or not
     * at all, as {@link AtomicFile} has it.
     *
     * @param path the target, replaced if it exists; gzipped if the name ends in {@code .gz}
     * @param a finite values
     * @throws IllegalArgumentException when a value is not finite; the target is untouched
     * @throws IOException when writing fails; the target is untouched
     */
    public static void write(Path path, CsrMatrix a) throws IOException {
        write(path, a, Symmetry.GENERAL);
    }

    /**
     * Writes a matrix, of a symmetric or skew-symmetric one the lower triangle only; otherwise as
     * {@link #write(Path, CsrMatrix)}.
     *
     * @param path the target, replaced if it exists; gzipped if the name ends in {@code .gz}
     * @param a finite values, exactly of that symmetry, bit for bit
     * @param symmetry general, symmetric or skew-symmetric
     * @throws IllegalArgumentException when a value is not finite or an entry breaks the symmetry; the target is untouched
     * @throws IOException when writing fails; the target is untouched
     */
    public static void write(Path path, CsrMatrix a, Symmetry symmetry) throws IOException {
        MatrixMarketWriter.matrix(path, a, symmetry);
    }

    /**
     * Writes a vector as an array of one column; otherwise as {@link #write(Path, CsrMatrix)}.
     *
     * @param path the target, replaced if it exists; gzipped if the name ends in {@code .gz}
     * @param x finite values
     * @throws IllegalArgumentException when a value is not finite; the target is untouched
     * @throws IOException when writing fails; the target is untouched
     */
    public static void writeVector(Path path, double[] x) throws IOException {
        MatrixMarketWriter.vector(path, x);
    }

    private static double[] vector(Path path, int column, Options options) throws IOException {
        try (MatrixMarketReader reader = new MatrixMarketReader(path, options)) {
            return reader.vector(column);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(path, e);
        }
    }

    private static MatrixMarketException outOfMemory(Path path, OutOfMemoryError e) {
        return new MatrixMarketException(path, 0, 0, "a file that fits in the free heap", e.getMessage(), e);
    }
}
