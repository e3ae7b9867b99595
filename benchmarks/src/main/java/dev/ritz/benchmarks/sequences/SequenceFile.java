package dev.ritz.benchmarks.sequences;

import dev.ritz.api.CsrMatrix;
import dev.ritz.testdata.SequenceSystem;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/** Systems for the native rivals: PETSc's binary format, matrix and right-hand side in turn, in the order of the solves. */
final class SequenceFile {
    private static final int MATRIX = 1211216;
    private static final int VECTOR = 1211214;

    private SequenceFile() {}

    static void write(Path file, Iterator<SequenceSystem> systems) throws IOException {
        try (DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
            while (systems.hasNext()) {
                SequenceSystem s = systems.next();
                matrix(out, s.system().a());
                vector(out, s.system().b());
            }
        }
    }

    private static void matrix(DataOutputStream out, CsrMatrix a) throws IOException {
        out.writeInt(MATRIX);
        out.writeInt(a.rows());
        out.writeInt(a.cols());
        out.writeInt(a.nnz());
        int[] starts = a.pattern().rowPtr();
        for (int i = 0; i < a.rows(); i++) {
            out.writeInt(starts[i + 1] - starts[i]);
        }
        for (int column : a.pattern().colIdx()) {
            out.writeInt(column);
        }
        for (double value : a.values()) {
            out.writeDouble(value);
        }
    }

    private static void vector(DataOutputStream out, double[] v) throws IOException {
        out.writeInt(VECTOR);
        out.writeInt(v.length);
        for (double value : v) {
            out.writeDouble(value);
        }
    }
}
