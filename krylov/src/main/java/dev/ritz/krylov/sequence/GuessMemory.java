package dev.ritz.krylov.sequence;

import dev.ritz.api.LinearOperator;
import dev.ritz.api.kernel.Vectors;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/** What the guesses have in common: arguments are checked, nothing that is not finite comes in or goes out. */
abstract class GuessMemory implements InitialGuess.Memory {
    private static final int MAGIC = 0x5249_5447; // "RITG"
    private static final int VERSION = 1;

    private final int n;
    private final int kind;
    final Vectors v;

    /**
     * @param n the number of unknowns
     * @param pool the threads
     * @param kind a number for the files of this guess and its options
     */
    GuessMemory(int n, WorkerPool pool, int kind) {
        this.n = n;
        this.kind = kind;
        this.v = new Vectors(n, pool);
    }

    /** x ← x + the guess, where x = 0 on entry; returns the products taken. */
    abstract int guess(LinearOperator a, Change change, double[] b, double[] x);

    /** Learns a finite solution of the given norm. */
    abstract void keep(LinearOperator a, double[] x, double norm);

    abstract void writeState(DataOutputStream out) throws IOException;

    abstract void readState(DataInputStream in) throws IOException;

    @Override
    public final int propose(LinearOperator a, Change change, double[] b, double[] x) {
        check(a, b, x);
        if (change == Change.UNRELATED) {
            forget();
        }
        Arrays.fill(x, 0, n, 0);
        int products = guess(a, change, b, x);
        if (!(v.norm(x) < Double.POSITIVE_INFINITY)) {
            Arrays.fill(x, 0, n, 0);
        }
        return products;
    }

    @Override
    public final void learn(LinearOperator a, double[] b, double[] x) {
        check(a, b, x);
        double norm = v.norm(x);
        if (norm < Double.POSITIVE_INFINITY) {
            keep(a, x, norm);
        }
    }

    private void check(LinearOperator a, double[] b, double[] x) {
        if (a.rows() != n || a.cols() != n) {
            throw new IllegalArgumentException("a is " + a.rows() + " x " + a.cols() + ", expected " + n + " x " + n);
        }
        if (b.length < n || x.length < n) {
            throw new IllegalArgumentException(
                    "b and x have lengths " + b.length + " and " + x.length + ", expected at least " + n);
        }
        if (b == x && n > 0) {
            throw new IllegalArgumentException("b and x are the same array, expected distinct ones");
        }
    }

    @Override
    public final void write(DataOutputStream out) throws IOException {
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeInt(kind);
        out.writeInt(n);
        writeState(out);
    }

    @Override
    public final void read(DataInputStream in) throws IOException {
        forget();
        try {
            VectorData.expect(in, "the mark of a guess", MAGIC);
            VectorData.expect(in, "the version", VERSION);
            VectorData.expect(in, "the kind of guess", kind);
            VectorData.expect(in, "the number of unknowns", n);
            readState(in);
        } catch (IOException e) {
            forget();
            throw e;
        }
    }
}
