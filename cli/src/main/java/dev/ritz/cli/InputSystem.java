package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.io.MatrixMarketException;
import dev.ritz.api.io.MatrixMarketHeader;
import dev.ritz.api.kernel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import picocli.CommandLine;

/**
 * What belongs to a matrix for a system, read from files or made.
 *
 * @param b the right-hand side
 * @param x0 the guess
 * @param rhsText where b came from, for people
 */
record InputSystem(double[] b, double[] x0, String rhsText) {

    /** Where right-hand sides come from. */
    enum Rhs {
        /** A file of its own. */
        FILE,
        /** b = 1. */
        ONES,
        /** b = A·1, so that the error of x is known. */
        A1,
        /** b uniform in [−1, 1), from a seed. */
        RANDOM
    }

    /** The words for the kinds, and the figures that {@code lsolve} of Lis has for three of them. */
    static final class RhsWords implements CommandLine.ITypeConverter<Rhs> {
        @Override
        public Rhs convert(String word) {
            return switch (word.toLowerCase(Locale.ROOT)) {
                case "0", "file" -> Rhs.FILE;
                case "1", "ones" -> Rhs.ONES;
                case "2", "a1" -> Rhs.A1;
                case "random" -> Rhs.RANDOM;
                default ->
                    throw new CommandLine.TypeConversionException(
                            "'" + word + "', expected file, ones, a1, random, or 0, 1, 2 for the first three");
            };
        }
    }

    /** The vectors that a request asks for beside a square matrix. */
    static InputSystem of(CsrMatrix a, SolveRequest request, MatrixMarket.Options options) throws CommandException {
        int n = a.rows();
        double[] b = request.rhs() == Rhs.FILE
                ? vector(request.rhsFile(), request.rhsColumn(), n, "right-hand side", options)
                : rhs(request.rhs(), a, request.seed());
        double[] x0 = request.guess() == null ? new double[n] : vector(request.guess(), 0, n, "initial guess", options);
        return new InputSystem(b, x0, text(request));
    }

    private static String text(SolveRequest request) {
        return switch (request.rhs()) {
            case FILE ->
                "b from " + request.rhsFile() + (request.rhsColumn() > 0 ? ", column " + request.rhsColumn() : "");
            case ONES -> "b = 1";
            case A1 -> "b = A*1" + (request.rhsChosen() ? "" : " (no -f and no --rhs given)");
            case RANDOM -> "b random in [-1, 1), seed " + request.seed();
        };
    }

    /** Reads a square matrix. */
    static CsrMatrix matrix(Path file, long maxMemory, WorkerPool pool) throws CommandException {
        CsrMatrix a = anyMatrix(file, maxMemory, pool);
        if (a.rows() != a.cols()) {
            throw CommandException.badInput(
                    file + " is " + a.rows() + " by " + a.cols() + ", expected a square matrix");
        }
        return a;
    }

    /** Reads a matrix of any shape. */
    static CsrMatrix anyMatrix(Path file, long maxMemory, WorkerPool pool) throws CommandException {
        try {
            return MatrixMarket.read(file, new MatrixMarket.Options(maxMemory, pool))
                    .on(pool);
        } catch (IOException e) {
            throw reading(file, e);
        }
    }

    /** Reads a file with one column, of any length. */
    static double[] column(String file) throws CommandException {
        try {
            return MatrixMarket.readVector(Path.of(file));
        } catch (IOException e) {
            throw reading(Path.of(file), e);
        }
    }

    /** Reads one column of a file; column 0 stands for the only one. */
    static double[] vector(Path file, int column, int n, String what, MatrixMarket.Options options)
            throws CommandException {
        double[] v;
        try {
            MatrixMarketHeader header = MatrixMarket.header(file);
            boolean row = header.rows() == 1 && header.cols() == n && n > 1 && column == 0;
            if (!row && column == 0 && header.cols() != 1) {
                throw CommandException.badInput(file + " has " + header.cols()
                        + " columns, expected one; --rhs-column picks one of a right-hand side");
            }
            if (column > header.cols()) {
                throw CommandException.badInput(
                        file + " has " + header.cols() + " columns, expected at least --rhs-column " + column);
            }
            if ((row ? header.cols() : header.rows()) != n) {
                throw CommandException.badInput(
                        what + " " + file + " has " + header.rows() + " rows, expected " + n + " as the matrix has");
            }
            v = row ? MatrixMarket.readVector(file) : MatrixMarket.readVector(file, Math.max(column - 1, 0), options);
        } catch (IOException e) {
            throw reading(file, e);
        }
        return v;
    }

    /** b of one of the kinds that need no file. */
    private static double[] rhs(Rhs kind, CsrMatrix a, long seed) {
        double[] b = new double[a.rows()];
        switch (kind) {
            case FILE -> throw new IllegalArgumentException("kind = " + kind + ", expected one that needs no file");
            case ONES -> Arrays.fill(b, 1);
            case A1 -> {
                double[] ones = new double[a.cols()];
                Arrays.fill(ones, 1);
                a.apply(ones, b);
            }
            case RANDOM -> {
                SplittableRandom random = new SplittableRandom(seed);
                for (int i = 0; i < b.length; i++) {
                    b[i] = 2 * random.nextDouble() - 1;
                }
            }
        }
        return b;
    }

    /** A file that breaks a rule is bad input, one beyond --max-memory a limit, the rest input and output. */
    static CommandException reading(Path file, IOException e) {
        if (e instanceof MatrixMarketException format) {
            boolean limit = format.expected().contains("maxMemoryBytes");
            return limit
                    ? new CommandException(
                            ExitCode.LIMIT, "MAX_MEMORY", e.getMessage() + "; --max-memory sets the limit", e)
                    : new CommandException(ExitCode.BAD_INPUT, "BAD_INPUT", e.getMessage(), e);
        }
        return new CommandException(ExitCode.INPUT_OUTPUT, "INPUT_OUTPUT", "cannot read " + file + ": " + why(e), e);
    }

    /** The message of an exception of the file system, whose messages are often the bare path. */
    static String why(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof java.nio.file.FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
