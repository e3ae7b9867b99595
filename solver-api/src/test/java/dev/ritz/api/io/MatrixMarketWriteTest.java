package dev.ritz.api.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixMarketWriteTest {
    @TempDir
    Path folder;

    private static void assertSameBits(CsrMatrix read, CsrMatrix written) {
        assertThat(read.rows()).isEqualTo(written.rows());
        assertThat(read.cols()).isEqualTo(written.cols());
        assertThat(read.rowPtr()).isEqualTo(written.rowPtr());
        assertThat(read.colIdx()).isEqualTo(written.colIdx());
        assertThat(Arrays.equals(read.values(), written.values())).isTrue();
    }

    /** Entries with random bits: all magnitudes, both zeros, subnormals. */
    private static CsrMatrix random(long seed, int rows, int cols, int entries) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean[][] taken = new boolean[rows][cols];
        int[] rowIdx = new int[entries];
        int[] colIdx = new int[entries];
        double[] values = new double[entries];
        int n = 0;
        for (int k = 0; k < entries; k++) {
            int i = random.nextInt(rows);
            int j = random.nextInt(cols);
            double value = switch (random.nextInt(8)) {
                case 0 -> -0.0;
                case 1 -> Double.longBitsToDouble(random.nextLong() >>> 12);
                case 2 -> random.nextInt(100);
                default -> Double.longBitsToDouble(random.nextLong());
            };
            if (!taken[i][j] && Math.abs(value) <= Double.MAX_VALUE) {
                taken[i][j] = true;
                rowIdx[n] = i;
                colIdx[n] = j;
                values[n++] = value;
            }
        }
        return CsrMatrix.fromCoo(
                rows, cols, Arrays.copyOf(rowIdx, n), Arrays.copyOf(colIdx, n), Arrays.copyOf(values, n));
    }

    @Property(tries = 100)
    void matricesComeBackBitForBit(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 40) int cols,
            @ForAll @IntRange(max = 200) int entries,
            @ForAll boolean gzip)
            throws IOException {
        CsrMatrix a = random(seed, rows, cols, entries);
        Path directory = Files.createTempDirectory("ritz");
        Path path = directory.resolve(gzip ? "a.mtx.gz" : "a.mtx");
        try {
            MatrixMarket.write(path, a);
            assertSameBits(MatrixMarket.read(path), a);
        } finally {
            Files.deleteIfExists(path);
            Files.delete(directory);
        }
    }

    @Property(tries = 100)
    void vectorsComeBackBitForBit(@ForAll @DoubleRange(min = -Double.MAX_VALUE) double[] x) throws IOException {
        Path path = Files.createTempFile("ritz", ".mtx");
        try {
            MatrixMarket.writeVector(path, x);
            assertThat(Arrays.equals(MatrixMarket.readVector(path), x)).isTrue();
        } finally {
            Files.delete(path);
        }
    }

    @Test
    void extremesComeBack() throws IOException {
        double[] x = {
            0.0,
            -0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Math.nextDown(Double.MIN_NORMAL),
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            Math.PI,
            1.0 / 3,
            2e-3,
            2.0E-3,
            1e22,
            1e23,
            9007199254740993.0
        };
        Path path = folder.resolve("x.mtx");
        MatrixMarket.writeVector(path, x);
        assertThat(Arrays.equals(MatrixMarket.readVector(path), x)).isTrue();
        Path zipped = folder.resolve("x.mtx.gz");
        MatrixMarket.writeVector(zipped, x);
        assertThat(Files.readAllBytes(zipped)).startsWith(0x1F, 0x8B);
        assertThat(Arrays.equals(MatrixMarket.readVector(zipped), x)).isTrue();
    }

    @Test
    void manyBuffersOfText() throws IOException {
        int n = 50_000;
        int[] index = new int[n];
        double[] values = new double[n];
        SplittableRandom random = new SplittableRandom(0xB0FFE2L);
        for (int i = 0; i < n; i++) {
            index[i] = i;
            values[i] = random.nextDouble();
        }
        CsrMatrix a = CsrMatrix.fromCoo(n, n, index, index, values);
        Path path = folder.resolve("a.mtx");
        MatrixMarket.write(path, a);
        assertSameBits(MatrixMarket.read(path), a);
    }

    @Test
    void trianglesAreWrittenAndComeBack() throws IOException {
        Path path = folder.resolve("a.mtx");
        CsrMatrix symmetric = CsrMatrix.fromDense(new double[][] {{4, -1, 0}, {-1, 4, 0.1}, {0, 0.1, 4}});
        MatrixMarket.write(path, symmetric, Symmetry.SYMMETRIC);
        assertThat(MatrixMarket.header(path).entries()).isEqualTo(5);
        assertSameBits(MatrixMarket.read(path), symmetric);
        CsrMatrix skew = CsrMatrix.fromDense(new double[][] {{0, -1}, {1, 0}});
        MatrixMarket.write(path, skew, Symmetry.SKEW_SYMMETRIC);
        assertThat(MatrixMarket.header(path).symmetry()).isEqualTo(Symmetry.SKEW_SYMMETRIC);
        assertSameBits(MatrixMarket.read(path), skew);
    }

    @Test
    void whatIsNotSymmetricIsNotWrittenAsSuch() throws IOException {
        Path path = folder.resolve("a.mtx");
        double[][] nearly = {{4, -1}, {Math.nextUp(-1.0), 4}};
        double[][] oneSided = {{4, 1}, {0, 4}};
        double[][] wide = {{4, 1, 0}, {1, 4, 0}};
        for (double[][] dense : new double[][][] {nearly, oneSided, wide}) {
            CsrMatrix a = CsrMatrix.fromDense(dense);
            assertThatIllegalArgumentException().isThrownBy(() -> MatrixMarket.write(path, a, Symmetry.SYMMETRIC));
        }
        CsrMatrix diagonal = CsrMatrix.identity(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MatrixMarket.write(path, diagonal, Symmetry.SKEW_SYMMETRIC));
        assertThatIllegalArgumentException().isThrownBy(() -> MatrixMarket.write(path, diagonal, Symmetry.HERMITIAN));
        assertClean();
    }

    @Test
    void notFiniteIsRefusedBeforeAnyFile() throws IOException {
        Path path = folder.resolve("a.mtx");
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MatrixMarket.writeVector(path, new double[] {1, bad}))
                    .withMessageContaining("x[1]");
            CsrMatrix a = CsrMatrix.identity(1).withValues(new double[] {bad});
            assertThatIllegalArgumentException().isThrownBy(() -> MatrixMarket.write(path, a));
        }
        assertClean();
    }

    @Test
    void aFailedWriteLeavesTheTargetAndNothingElse() throws IOException {
        Path target = Files.createDirectory(folder.resolve("a.mtx"));
        Path inside = Files.writeString(target.resolve("kept"), "kept");
        assertThatThrownBy(() -> MatrixMarket.writeVector(target, new double[] {1, 2}))
                .isInstanceOf(IOException.class);
        assertThat(inside).hasContent("kept");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(target);
        }
        Path nowhere = folder.resolve("none").resolve("a.mtx");
        assertThatThrownBy(() -> MatrixMarket.writeVector(nowhere, new double[] {1}))
                .isInstanceOf(IOException.class);
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void anOldFileIsReplacedWhole() throws IOException {
        Path path = folder.resolve("a.mtx");
        Files.writeString(path, "old text, longer than the new one".repeat(100));
        MatrixMarket.writeVector(path, new double[] {1, 2});
        assertThat(path).hasContent("%%MatrixMarket matrix array real general\n2 1\n1.0\n2.0\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    private void assertClean() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }
}
