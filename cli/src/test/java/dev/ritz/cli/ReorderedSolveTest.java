package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ritz.api.io.MatrixMarket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReorderedSolveTest {
    @TempDir
    Path dir;

    /** A path whose vertices are numbered at random, so that its rows lie far apart. */
    private Path shuffledPath(int n) {
        int[] number = new int[n];
        Arrays.setAll(number, i -> i + 1);
        SplittableRandom random = new SplittableRandom(0x0dde7);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int t = number[i];
            number[i] = number[j];
            number[j] = t;
        }
        StringBuilder text = new StringBuilder("%%MatrixMarket matrix coordinate real symmetric\n");
        text.append(n + " " + n + " " + (2 * n - 1) + "\n");
        for (int i = 0; i < n; i++) {
            text.append(number[i] + " " + number[i] + " " + (2.5 + i % 3) + "\n");
            if (i > 0) {
                int row = Math.max(number[i], number[i - 1]);
                text.append(row + " " + Math.min(number[i], number[i - 1]) + " -1\n");
            }
        }
        return Shell.file(dir, "path.mtx", text.toString().strip());
    }

    @Test
    void solvesALargeScatteredMatrixInABetterOrder() throws IOException {
        Path a = shuffledPath(20_000);
        Path x = dir.resolve("x.mtx");

        Shell run = ritz("solve", "-A", a, "-o", x, "--json", "-", "--rtol", "1e-12");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Json.object(run.out()).get("order").toString())
                .matches("ordered by reverse Cuthill-McKee: mean \\|i - j\\| from 4\\d{3} to 1");
        assertThat(run.err()).contains("order             ordered by reverse Cuthill-McKee");
        double[] solution = MatrixMarket.readVector(x);
        assertThat(solution).hasSize(20_000);
        for (double xi : solution) {
            assertThat(xi).isEqualTo(1, within(1e-9));
        }
        // in path order IC(0) is exact; as the file has it, entries outside of the pattern are dropped
        assertThat(Json.object(run.out())).containsEntry("iterations", 1L);

        Shell kept = ritz("solve", "-A", a, "--reorder", "none", "--json", "-");
        assertThat(kept.code()).isZero();
        assertThat(Json.object(kept.out())).containsEntry("order", "order kept as asked for");
        assertThat((long) Json.object(kept.out()).get("iterations")).isGreaterThan(1);
    }

    @Test
    void reordersAnyMatrixWhenTold() throws IOException {
        Path b = Shell.file(dir, "b.mtx", "%%MatrixMarket matrix array real general", "3 1", "2", "12", "28");
        Path x = dir.resolve("x.mtx");
        Path a = Shell.matrix(dir, "a.mtx", new double[] {2, 0, 0}, new double[] {0, 3, 1}, new double[] {0, 0, 7});

        Shell run = ritz("solve", "-A", a, "-f", b, "--reorder", "rcm", "-m", "gmres", "-o", x);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("ordered by reverse Cuthill-McKee: as asked for");
        assertThat(MatrixMarket.readVector(x)).containsExactly(new double[] {1, 8.0 / 3, 4}, within(1e-7));
        assertThat(ritz("solve", "-A", a, "--reorder", "amd").code()).isEqualTo(2);
    }
}
