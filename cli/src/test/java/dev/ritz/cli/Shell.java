package dev.ritz.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a command line prints and returns, for tests. */
record Shell(int code, String out, String err) {

    /** Runs words without signals and terminal. */
    static Shell ritz(Object... words) {
        return watched(Watch.NONE, words);
    }

    static Shell watched(Watch watch, Object... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = new String[words.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = words[i].toString();
        }
        int code = Ritz.run(
                watch,
                false,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                args);
        return new Shell(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What a file holds. */
    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file of lines. */
    static Path file(Path folder, String name, String... lines) {
        try {
            return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A general coordinate file from dense rows. */
    static Path matrix(Path folder, String name, double[]... rows) {
        StringBuilder entries = new StringBuilder();
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                if (rows[i][j] != 0) {
                    entries.append(i + 1)
                            .append(' ')
                            .append(j + 1)
                            .append(' ')
                            .append(rows[i][j])
                            .append('\n');
                    count++;
                }
            }
        }
        return file(
                folder,
                name,
                "%%MatrixMarket matrix coordinate real general",
                rows.length + " " + rows[0].length + " " + count + "\n"
                        + entries.toString().strip());
    }

    /** tridiag(−1, 2 + shift, −1) of order n. */
    static Path tridiagonal(Path folder, String name, int n, double shift) {
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][i] = 2 + shift;
            if (i > 0) {
                rows[i][i - 1] = -1;
                rows[i - 1][i] = -1;
            }
        }
        return matrix(folder, name, rows);
    }
}
