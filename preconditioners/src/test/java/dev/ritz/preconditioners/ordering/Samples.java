package dev.ritz.preconditioners.ordering;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.CsrRowBuilder;
import dev.ritz.api.io.MatrixMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;

/** Matrices the tests of this package share. */
final class Samples {
    private Samples() {}

    /** Random places, magnitudes over many decades, both signs, some explicit zeros. */
    static CsrMatrix random(int rows, int cols, double density, Random random) {
        CsrRowBuilder builder = CsrMatrix.rowBuilder(cols);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
                if (random.nextDouble() < density) {
                    double size = Math.pow(10, 8 * random.nextDouble() - 4);
                    builder.add(j, random.nextInt(10) == 0 ? 0 : random.nextBoolean() ? size : -size);
                }
            }
            builder.endRow();
        }
        return builder.build();
    }

    static CsrMatrix poisson(int width, int height) {
        CsrRowBuilder builder = CsrMatrix.rowBuilder(width * height);
        for (int k = 0; k < width * height; k++) {
            builder.add(k, 4);
            if (k % width > 0) {
                builder.add(k - 1, -1);
            }
            if (k % width < width - 1) {
                builder.add(k + 1, -1);
            }
            if (k >= width) {
                builder.add(k - width, -1);
            }
            if (k < width * (height - 1)) {
                builder.add(k + width, -1);
            }
            builder.endRow();
        }
        return builder.build();
    }

    static int[] shuffled(int n, Random random) {
        int[] p = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }

    /** A file of the folder of real matrices, empty where it is not there. */
    static Optional<CsrMatrix> real(String file) throws IOException {
        Path path = Path.of(System.getProperty("ritz.matrices", "../../shared/matrices"), file);
        return Files.exists(path) ? Optional.of(MatrixMarket.read(path)) : Optional.empty();
    }
}
