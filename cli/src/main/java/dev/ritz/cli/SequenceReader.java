package dev.ritz.cli;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket;
import dev.ritz.api.kernel.WorkerPool;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads the files of a sequence, system by system. A matrix file named twice in a row is read once and gives the same
 * object; matrices with entries at the same places share one pattern object.
 */
final class SequenceReader {
    private static final int PATTERNS = 4;

    private final MatrixMarket.Options options;
    private final PatternCache patterns = new PatternCache(PATTERNS);
    private Path lastFile;
    private CsrMatrix last;

    SequenceReader(long maxMemory, WorkerPool pool) {
        options = new MatrixMarket.Options(maxMemory, pool);
    }

    /** A, square. */
    CsrMatrix matrix(SequenceEntry entry) throws CommandException {
        if (!entry.matrix().equals(lastFile)) {
            last = patterns.shared(InputSystem.matrix(entry.matrix(), options.maxMemoryBytes(), options.pool()));
            lastFile = entry.matrix();
        }
        return last;
    }

    /** b of length n, or null where the entry has none. */
    double[] rhs(SequenceEntry entry, int n) throws CommandException {
        return entry.rhs() == null
                ? null
                : InputSystem.vector(entry.rhs(), 0, n, "right-hand side of " + entry.name() + ",", options);
    }

    /** The guess of length n, or null where the entry has none. */
    double[] guess(SequenceEntry entry, int n) throws CommandException {
        return entry.guess() == null
                ? null
                : InputSystem.vector(entry.guess(), 0, n, "initial guess of " + entry.name() + ",", options);
    }

    /** The parameters, or null where the entry has none. */
    static double[] parameters(SequenceEntry entry) throws CommandException {
        if (entry.parametersFile() == null) {
            return entry.parameters();
        }
        try {
            double[] mu = MatrixMarket.readVector(entry.parametersFile());
            for (int k = 0; k < mu.length; k++) {
                if (!(Math.abs(mu[k]) < Double.POSITIVE_INFINITY)) {
                    throw CommandException.badInput(entry.parametersFile() + ": parameter " + (k + 1) + " of "
                            + entry.name() + " is " + mu[k] + ", expected a finite number");
                }
            }
            return mu;
        } catch (IOException e) {
            throw InputSystem.reading(entry.parametersFile(), e);
        }
    }
}
