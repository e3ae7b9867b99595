package dev.ritz.krylov.sequence;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.BinaryFile;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A matrix as part of a checkpoint. */
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
}
