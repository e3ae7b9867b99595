package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A real process and a real signal. SIGTERM takes the same way as Ctrl-C, and no shell ignores it for its children. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process is killed there without a signal")
class InterruptionTest {
    @TempDir
    Path dir;

    @Test
    void aSignalEndsTheSolveWithAReportAndWithoutPartialFiles() throws IOException, InterruptedException {
        Path a = dir.resolve("a.mtx");
        assertThat(Shell.ritz("generate", "poisson2d", "--size", 150, "-o", a).code())
                .isZero();
        Path json = dir.resolve("r.json");
        Path out = dir.resolve("out.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.ritz.cli.Ritz",
                        "solve",
                        "-A",
                        a.toString(),
                        "--rhs",
                        "random",
                        "-m",
                        "gmres",
                        "--set",
                        "restart=2",
                        "--rtol",
                        "1e-15",
                        "--max-iterations",
                        Integer.toString(Integer.MAX_VALUE),
                        "--progress",
                        "on",
                        "-o",
                        dir.resolve("x.mtx").toString(),
                        "--json",
                        json.toString())
                .redirectOutput(out.toFile())
                .start();
        try {
            awaitText(process.getErrorStream(), "iteration");
            process.destroy(); // SIGTERM

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.CANCELLED.code());
        } finally {
            process.destroyForcibly();
        }
        assertThat(Json.object(Files.readString(json)))
                .containsEntry("outcome", "stopped")
                .containsEntry("cause", "CANCELLED")
                .containsEntry("exitCode", 7L)
                .containsEntry("verified", true);
        assertThat(Files.readString(out)).contains("stopped: the solve was cancelled");
        try (Stream<Path> files = Files.list(dir)) {
            List<String> names =
                    files.map(p -> p.getFileName().toString()).sorted().toList();
            assertThat(names).containsExactly("a.mtx", "out.txt", "r.json");
        }
    }

    /** The progress line says that the solve runs. */
    private static void awaitText(InputStream stream, String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        byte[] buffer = new byte[512];
        while (seen.indexOf(text) < 0) {
            int read = stream.read(buffer);
            assertThat(read).as("the solve ended early: " + seen).isPositive();
            seen.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
    }

    @Test
    void anOrdinaryEndIsLeftToTheCaller() {
        Interruption interruption = new Interruption();
        assertThat(interruption.cancelled()).isFalse();
        assertThat(interruption.finished(0)).isTrue();
    }
}
