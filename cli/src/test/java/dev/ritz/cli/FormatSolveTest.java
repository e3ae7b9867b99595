package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormatSolveTest {
    private static final String DIAGONALS =
            "5 diagonals, symmetric half, fill 1.02: 2.6 times fewer bytes than compressed rows";

    @TempDir
    Path dir;

    private Path grid() {
        Path a = dir.resolve("grid.mtx");
        assertThat(ritz("generate", "poisson2d", "--size", "120", "-o", a).code())
                .isZero();
        return a;
    }

    @Test
    void aGridIsMultipliedByDiagonalsAndTheReportSaysSo() throws IOException {
        Path a = grid();
        Shell chosen = ritz("solve", "-A", a, "-m", "cg", "-p", "ic0", "--json", "-");
        assertThat(chosen.code()).as(chosen.err()).isZero();
        Map<String, Object> json = Json.object(chosen.out());
        assertThat(json).containsEntry("format", DIAGONALS);
        assertThat(chosen.err()).contains("storage           " + DIAGONALS);

        Shell rows = ritz("solve", "-A", a, "-m", "cg", "-p", "ic0", "--format", "rows", "--json", "-");
        assertThat(rows.code()).isZero();
        assertThat(rows.err()).doesNotContain("storage");
        assertThat(Json.object(rows.out()))
                .containsEntry("format", "compressed rows as asked for")
                .containsEntry("iterations", json.get("iterations"));
    }

    @Test
    void methodsThatNeedTheEntriesGetThem() {
        Path a = grid();
        Shell run = ritz("solve", "-A", a, "-m", "sor", "--rtol", "1e-1");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("converged");
    }

    @Test
    void knowsNoOtherFormat() {
        assertThat(ritz("solve", "-A", grid(), "--format", "csc").code()).isEqualTo(2);
    }
}
