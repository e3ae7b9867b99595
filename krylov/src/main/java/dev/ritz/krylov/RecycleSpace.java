package dev.ritz.krylov;

import dev.ritz.api.io.BinaryFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A subspace kept from one system to the next: the columns of U (n×k) and, while operator and preconditioner stay the
 * same, their products C = A U. A value: nothing changes it, and the arrays it gives are copies.
 */
public final class RecycleSpace {
    private static final String KIND = "recycled space";
    private static final int VERSION = 1;

    private final int n;
    private final double[][] u;
    private final double[][] c; // null: to be recomputed

    private RecycleSpace(int n, double[][] u, double[][] c) {
        this.n = n;
        this.u = u;
        this.c = c;
    }

    /**
     * A space of dimension 0.
     *
     * @param n the number of unknowns, at least 0
     * @return the empty space
     */
    public static RecycleSpace empty(int n) {
        if (n < 0) {
            throw new IllegalArgumentException("n = " + n + ", expected at least 0");
        }
        return new RecycleSpace(n, new double[0][], null);
    }

    /**
     * The space spanned by the given columns.
     *
     * @param n the number of unknowns
     * @param u k columns of length n, finite, copied
     * @param c their products with the (preconditioned) operator, copied; null where they are not known
     * @return the space
     * @throws IllegalArgumentException when lengths differ, k exceeds n or an entry is not finite
     */
    public static RecycleSpace of(int n, double[][] u, double[][] c) {
        if (u.length > n) {
            throw new IllegalArgumentException("u has " + u.length + " columns, expected at most n = " + n);
        }
        if (c != null && c.length != u.length) {
            throw new IllegalArgumentException("c has " + c.length + " columns, u has " + u.length);
        }
        return new RecycleSpace(n, copies(n, u, "u"), c == null ? null : copies(n, c, "c"));
    }

    private static double[][] copies(int n, double[][] columns, String name) {
        double[][] copy = new double[columns.length][];
        for (int j = 0; j < columns.length; j++) {
            if (columns[j].length != n) {
                throw new IllegalArgumentException(
                        name + "[" + j + "] has length " + columns[j].length + ", expected " + n);
            }
            copy[j] = columns[j].clone();
            for (int i = 0; i < n; i++) {
                if (!Double.isFinite(copy[j][i])) {
                    throw new IllegalArgumentException(
                            name + "[" + j + "][" + i + "] = " + copy[j][i] + ", expected a finite number");
                }
            }
        }
        return copy;
    }

    /** {@return n, the length of the columns} */
    public int size() {
        return n;
    }

    /** {@return k, the number of columns} */
    public int dimension() {
        return u.length;
    }

    /**
     * A column of U.
     *
     * @param j 0 to k − 1
     * @return a copy
     */
    public double[] u(int j) {
        return u[j].clone();
    }

    /** {@return whether the products C = A U are known} */
    public boolean hasProducts() {
        return c != null;
    }

    /**
     * A column of C = A U.
     *
     * @param j 0 to k − 1
     * @return a copy
     * @throws IllegalStateException when the products are not known
     */
    public double[] c(int j) {
        if (c == null) {
            throw new IllegalStateException("the products of this space are not known");
        }
        return c[j].clone();
    }

    /** Copies the first columns of U, and of C where both are there, into memory of the same size. */
    void copyInto(double[][] uMemory, double[][] cMemory, int count) {
        for (int j = 0; j < count; j++) {
            System.arraycopy(u[j], 0, uMemory[j], 0, n);
            if (c != null) {
                System.arraycopy(c[j], 0, cMemory[j], 0, n);
            }
        }
    }

    /** {@return the bytes of the columns held} */
    public long bytes() {
        return 8L * n * u.length * (c == null ? 1 : 2);
    }

    /**
     * Writes the space to a file, whole or not at all.
     *
     * @param file the target
     * @throws IOException when it cannot be written
     */
    public void save(Path file) throws IOException {
        BinaryFile.write(file, KIND, VERSION, this::write);
    }

    /**
     * Reads a space that {@link #save} wrote.
     *
     * @param file the source
     * @return the space, with the same bits
     * @throws IOException when it cannot be read or is not such a file
     */
    public static RecycleSpace load(Path file) throws IOException {
        return BinaryFile.read(file, KIND, VERSION, RecycleSpace::read);
    }

    /**
     * Writes the space as part of a larger file.
     *
     * @param out the target
     * @throws IOException when it cannot be written
     */
    public void write(DataOutputStream out) throws IOException {
        out.writeInt(n);
        out.writeInt(u.length);
        out.writeBoolean(c != null);
        for (double[] column : u) {
            BinaryFile.writeDoubles(out, column, n);
        }
        if (c != null) {
            for (double[] column : c) {
                BinaryFile.writeDoubles(out, column, n);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param in the source
     * @return the space
     * @throws IOException when it cannot be read or does not make sense
     */
    public static RecycleSpace read(DataInputStream in) throws IOException {
        int n = in.readInt();
        int k = in.readInt();
        boolean products = in.readBoolean();
        if (n < 0 || k < 0 || k > n) {
            throw new IOException("a recycled space cannot have n = " + n + ", k = " + k);
        }
        try {
            double[][] u = readColumns(in, n, k);
            return of(n, u, products ? readColumns(in, n, k) : null);
        } catch (IllegalArgumentException e) {
            throw new IOException("the recycled space is damaged: " + e.getMessage(), e);
        }
    }

    private static double[][] readColumns(DataInputStream in, int n, int k) throws IOException {
        List<double[]> columns = new ArrayList<>(); // grows with what the file holds
        for (int j = 0; j < k; j++) {
            columns.add(BinaryFile.readDoubles(in, n));
        }
        return columns.toArray(new double[0][]);
    }

    @Override
    public String toString() {
        return "space of dimension " + u.length + " in " + n + " unknowns" + (c == null ? "" : ", products known");
    }
}
