package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.BinaryFile;
import dev.ritz.krylov.Change;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Matrices as part of a checkpoint. */
final class MatrixData {

    private MatrixData() {}

    static void write(DataOutputStream out, CsrMatrix a) throws IOException {
        out.writeInt(a.rows());
        out.writeInt(a.nnz());
        BinaryFile.writeInts(out, a.rowPtr(), a.rows() + 1);
        BinaryFile.writeInts(out, a.colIdx(), a.nnz());
        BinaryFile.writeDoubles(out, a.values(), a.nnz());
    }

    static CsrMatrix read(DataInputStream in) throws IOException {
        int n = in.readInt();
        int nnz = in.readInt();
        try {
            int[] rowPtr = BinaryFile.readInts(in, Math.addExact(n, 1));
            int[] colIdx = BinaryFile.readInts(in, nnz);
            return CsrMatrix.of(n, n, rowPtr, colIdx, BinaryFile.readDoubles(in, nnz));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("the checkpoint holds a damaged matrix: " + e.getMessage(), e);
        }
    }

    static void writeOptional(DataOutputStream out, CsrMatrix a) throws IOException {
        out.writeBoolean(a != null);
        if (a != null) {
            write(out, a);
        }
    }

    static CsrMatrix readOptional(DataInputStream in) throws IOException {
        return in.readBoolean() ? read(in) : null;
    }

    static Change readChange(DataInputStream in) throws IOException {
        int ordinal = in.readInt();
        if (ordinal < 0 || ordinal >= Change.values().length) {
            throw new IOException("the checkpoint holds a change of kind " + ordinal);
        }
        return Change.values()[ordinal];
    }
}
