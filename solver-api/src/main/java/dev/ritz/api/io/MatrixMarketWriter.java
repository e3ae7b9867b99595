package dev.ritz.api.io;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes text through a buffer to an {@link AtomicFile}. */
final class MatrixMarketWriter {
    /** Longest line: two indices and a value. */
    private static final int LONGEST = 64;

    private final byte[] buffer = new byte[1 << 16];
    private int used;
    private OutputStream out;

    /** What is written: one step that fills the file. */
    @FunctionalInterface
    private interface Content {
        void write(MatrixMarketWriter to) throws IOException;
    }

    static void matrix(Path path, CsrMatrix a, Symmetry symmetry) throws IOException {
        checkFinite(a.values(), "a.values()");
        long count = Symmetries.stored(a, symmetry);
        replace(path, w -> {
            w.text("%%MatrixMarket matrix coordinate real " + symmetry.word() + "\n");
            w.text(a.rows() + " " + a.cols() + " " + count + "\n");
            int[] rowPtr = a.rowPtr();
            int[] colIdx = a.colIdx();
            double[] values = a.values();
            for (int i = 0; i < a.rows(); i++) {
                for (int k = rowPtr[i]; k < rowPtr[i + 1]; k++) {
                    if (symmetry == Symmetry.GENERAL || colIdx[k] <= i) {
                        w.room();
                        w.number(i + 1L, (byte) ' ');
                        w.number(colIdx[k] + 1L, (byte) ' ');
                        w.value(values[k]);
                    }
                }
            }
        });
    }

    static void vector(Path path, double[] x) throws IOException {
        checkFinite(x, "x");
        replace(path, w -> {
            w.text("%%MatrixMarket matrix array real general\n" + x.length + " 1\n");
            for (double value : x) {
                w.room();
                w.value(value);
            }
        });
    }

    private static void checkFinite(double[] values, String name) {
        for (int k = 0; k < values.length; k++) {
            if (!(Math.abs(values[k]) <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException(name + "[" + k + "] = " + values[k] + ", expected a finite number");
            }
        }
    }

    private static void replace(Path path, Content content) throws IOException {
        boolean zipped = path.toString().endsWith(".gz");
        AtomicFile.write(path, file -> {
            MatrixMarketWriter writer = new MatrixMarketWriter();
            GZIPOutputStream gzip = zipped ? new GZIPOutputStream(file, 1 << 16) : null;
            writer.out = zipped ? gzip : file;
            content.write(writer);
            writer.flush();
            if (zipped) {
                gzip.finish();
            }
        });
    }

    private void room() throws IOException {
        if (used > buffer.length - LONGEST) {
            flush();
        }
    }

    private void flush() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    private void number(long n, byte end) {
        int digits = 1;
        for (long rest = n / 10; rest != 0; rest /= 10) {
            digits++;
        }
        used += digits;
        long rest = n;
        for (int p = used - 1; digits > 0; digits--, p--) {
            buffer[p] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        buffer[used++] = end;
    }

    private void value(double value) {
        String text = Double.toString(value);
        int length = text.length();
        for (int k = 0; k < length; k++) {
            buffer[used++] = (byte) text.charAt(k);
        }
        buffer[used++] = '\n';
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, buffer, used, bytes.length);
        used += bytes.length;
    }
}
