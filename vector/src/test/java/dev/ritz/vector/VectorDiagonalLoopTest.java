package dev.ritz.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.format.DiagonalMatrix;
import dev.ritz.api.format.FormatChoice;
import dev.ritz.testdata.Gallery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorDiagonalLoopTest {
    private final VectorDiagonalLoop loop = new VectorDiagonalLoop();

    @Test
    void isFoundAsAService() {
        assertThat(loop.usable()).isTrue();
        assertThat(DiagonalMatrix.loop()).isEqualTo(loop.description()).matches("vectors of (4|8|16|32)");
        CsrMatrix a = Gallery.problem("poisson2d").generate(120, 1).a();
        assertThat(FormatChoice.choose(a).reason()).endsWith(", " + loop.description());
    }

    @Test
    void manyDiagonalsAreChosenToo() {
        CsrMatrix a = Gallery.problem("elasticity2d").generate(60, 1).a();
        FormatChoice choice = FormatChoice.choose(a);
        assertThat(choice.operator()).isInstanceOf(DiagonalMatrix.class);
        assertThat(((DiagonalMatrix) choice.operator()).diagonals()).isBetween(10, 32);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7, 9, 27})
    void addsTermByTermLikePlainJava(int diagonals) {
        Random random = new Random(diagonals);
        for (int trial = 0; trial < 60; trial++) {
            int rows = random.nextInt(150);
            int from = random.nextInt(rows + 1);
            int to = from + random.nextInt(rows - from + 1);
            boolean clear = random.nextBoolean();
            int shift = random.nextInt(5);
            int[] start = new int[diagonals + 2];
            int[] offset = new int[diagonals + 2];
            for (int k = 0; k < start.length; k++) {
                start[k] = k * rows - shift;
                offset[k] = random.nextInt(41) - shift;
            }
            double[] v = values(random, start.length * rows);
            double[] x = values(random, rows + 41);
            double[] y = values(random, rows);
            double[] expected = y.clone();
            for (int i = from; i < to; i++) {
                double sum = clear ? 0.0 : y[i];
                for (int k = 1; k <= diagonals; k++) {
                    sum += v[start[k] + shift + i] * x[offset[k] + shift + i];
                }
                expected[i] = sum;
            }
            loop.accumulate(clear, v, start, offset, 1, diagonals + 1, shift, shift, x, y, from, to);
            assertThat(y).isEqualTo(expected); // Double.compare: signs of zeros and NaN included
        }
    }

    private static double[] values(Random random, int n) {
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            int kind = random.nextInt(200);
            v[i] = switch (kind) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> -0.0;
                case 3 -> Double.MIN_VALUE;
                case 4 -> 1e300;
                default -> random.nextGaussian();
            };
        }
        return v;
    }

    @ParameterizedTest
    @CsvSource({"poisson3d, 21", "poisson2d, 77", "convection-diffusion2d, 70", "elasticity2d, 40"})
    void hasTheBitsOfCompressedRows(String problem, int side) {
        CsrMatrix a = Gallery.problem(problem).generate(side, 1).a();
        DiagonalMatrix m = DiagonalMatrix.of(a);
        Random random = new Random(side);
        double[] x = random.doubles(a.cols(), -1, 1).toArray();
        double[] b = random.doubles(a.rows(), -1, 1).toArray();
        double[] rows = new double[a.rows()];
        double[] diagonals = new double[a.rows()];
        a.apply(x, rows);
        m.apply(x, diagonals);
        assertThat(diagonals).isEqualTo(rows);
        a.residual(b, x, rows);
        m.residual(b, x, diagonals);
        assertThat(diagonals).isEqualTo(rows);
    }

    @Test
    void staysAwayWithoutTheIncubatorModule() throws IOException, InterruptedException {
        assertThat(reasonInAProcess()).contains("7 diagonals, symmetric half").doesNotContain("vectors of");
        assertThat(reasonInAProcess("--add-modules", "jdk.incubator.vector")).contains(loop.description());
    }

    private static String reasonInAProcess(String... flags) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(List.of(flags));
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"), Reason.class.getName()));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** A program that multiplies and says how. */
    static final class Reason {
        private Reason() {}

        public static void main(String[] args) {
            CsrMatrix a = Gallery.problem("poisson3d").generate(24, 1).a();
            FormatChoice choice = FormatChoice.choose(a);
            double[] y = new double[a.rows()];
            choice.operator().apply(new double[a.cols()], y);
            System.out.println(choice.reason());
        }
    }
}
