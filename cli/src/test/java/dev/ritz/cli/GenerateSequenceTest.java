package dev.ritz.cli;

import static dev.ritz.cli.Shell.ritz;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;
import dev.ritz.testdata.SequenceGallery;
import dev.ritz.testdata.SequenceSystem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GenerateSequenceTest {
    @TempDir
    Path dir;

    static List<String> names() {
        return SequenceGallery.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void everySequenceIsReadBackAsItWasMade(String name) throws Exception {
        Path folder = dir.resolve("seq");
        Shell made = ritz("generate", name, "--size", 8, "--count", 3, "--seed", 77, "-o", folder);
        assertThat(made.code()).as(made.err()).isZero();
        assertThat(made.out()).contains("3 systems");
        List<SequenceSystem> expected =
                SequenceGallery.sequence(name).generate(8, 3, 77).toList();
        List<SequenceEntry> entries = SequenceInput.of(folder);
        assertThat(entries).hasSize(3);
        SequenceReader reader = new SequenceReader(1L << 30, WorkerPool.shared());
        Set<Object> patterns = new HashSet<>();
        for (int t = 0; t < 3; t++) {
            SequenceEntry entry = entries.get(t);
            CsrMatrix a = reader.matrix(entry);
            assertThat(entry.name()).isEqualTo(expected.get(t).system().name());
            assertThat(a.toDense()).isDeepEqualTo(expected.get(t).system().a().toDense());
            assertThat(reader.rhs(entry, 64))
                    .containsExactly(expected.get(t).system().b());
            assertThat(reader.guess(entry, 64)).isNull();
            assertThat(SequenceReader.parameters(entry))
                    .containsExactly(expected.get(t).parameters());
            patterns.add(a.pattern());
        }
        assertThat(patterns).hasSize(1);
        assertThat(names(dir)).containsExactly("seq");
    }

    @Test
    void aRepeatedMatrixIsWrittenAndReadOnce() throws Exception {
        Path folder = dir.resolve("seq");
        Shell made = ritz("generate", "heat-sequence", "--size", 5, "--count", 4, "--set", "strength=0", "-o", folder);
        assertThat(made.out()).as(made.err()).contains("4 systems, 1 matrices");
        assertThat(names(folder))
                .containsExactlyInAnyOrder(
                        "A_0000.mtx", "b_0000.mtx", "b_0001.mtx", "b_0002.mtx", "b_0003.mtx", "manifest.json");
        SequenceReader reader = new SequenceReader(1L << 30, WorkerPool.shared());
        List<SequenceEntry> entries = SequenceInput.of(folder);
        assertThat(reader.matrix(entries.get(3))).isSameAs(reader.matrix(entries.get(0)));
    }

    @Test
    void aFolderThatHoldsSomethingIsRefused() throws IOException {
        Path full = Files.createDirectory(dir.resolve("full"));
        Shell.file(full, "notes.txt", "mine");
        Shell refused = ritz("generate", "drift-sequence", "--size", 4, "-o", full);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("full is not empty").contains("expected a new or an empty folder");
        assertThat(names(full)).containsExactly("notes.txt");
        Path file = Shell.file(dir, "file", "mine");
        assertThat(ritz("generate", "drift-sequence", "-o", file).err()).contains("is a file");
        assertThat(ritz("generate", "drift-sequence", "-o", dir.resolve("no/seq"))
                        .code())
                .isEqualTo(8);
        Path empty = Files.createDirectory(dir.resolve("empty"));
        assertThat(ritz("generate", "drift-sequence", "--size", 4, "-o", empty).code())
                .isZero();
        assertThat(names(empty)).contains("manifest.json", "A_0009.mtx");
    }

    @Test
    void aFolderInTheWayIsNamedAndKept() throws IOException {
        String work = ".seq." + ProcessHandle.current().pid();
        Shell.file(Files.createDirectory(dir.resolve(work)), "A_0000.mtx", "half");
        Shell run = ritz("generate", "drift-sequence", "--size", 4, "-o", dir.resolve("seq"));
        assertThat(run.code()).isEqualTo(8);
        assertThat(run.err()).contains(work).contains("left of another run");
        assertThat(names(dir)).containsExactly(work);
        assertThat(names(dir.resolve(work))).containsExactly("A_0000.mtx");
    }

    @Test
    void aCancelledRunLeavesNothing() throws IOException {
        Watch impatient = new Watch() {
            private int looks;

            @Override
            public boolean cancelled() {
                return ++looks > 2;
            }
        };
        Shell run = Shell.watched(impatient, "generate", "drift-sequence", "--size", 4, "-o", dir.resolve("seq"));
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.err()).contains("cancelled after 2 of 10 systems");
        assertThat(names(dir)).isEmpty();
    }

    @Test
    void theListNamesSequencesAndUsageIsChecked() {
        assertThat(ritz("generate").out()).contains("darcy-sequence").contains("--set stencil=");
        Path folder = dir.resolve("seq");
        assertThat(ritz("generate", "darcy-sequenc", "-o", folder).err()).contains("did you mean 'darcy-sequence'");
        assertThat(ritz("generate", "darcy-sequence", "--set", "stencl=1", "-o", folder)
                        .err())
                .contains("did you mean 'stencil'");
        assertThat(ritz("generate", "darcy-sequence", "--set", "stencil=7", "-o", folder)
                        .err())
                .contains("stencil = 7");
        assertThat(ritz("generate", "darcy-sequence", "--count", 0, "-o", folder)
                        .err())
                .contains("--count 0, expected at least 1");
        assertThat(ritz("generate", "darcy-sequence").err()).contains("-o DIR");
        assertThat(ritz("generate", "darcy-sequence", "-o", folder, "--rhs-out", dir.resolve("b"))
                        .code())
                .isEqualTo(2);
        assertThat(ritz("generate", "poisson2d", "--count", 2, "-o", folder).err())
                .contains("--count is for sequences");
        assertThat(folder).doesNotExist();
    }

    @Test
    void progressShowsHowManySystemsAreWritten() throws CommandException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ProgressLine line = new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), "drift", 0);
        new SequenceWriter(dir.resolve("seq"), Watch.NONE, line)
                .write(SequenceGallery.sequence("drift-sequence").generate(3, 4, 1), 4, "text");
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("drift")
                .contains("1/4 systems")
                .contains("100% [")
                .contains("4/4 systems")
                .contains("systems/s");
    }

    @Test
    void theLastStateIsDrawnThoughItComesAtOnce() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        try (ProgressLine line = new ProgressLine(err, "sequence", 0)) {
            line.systems(50, 150, ""); // resumed: these do not count for the rate
            line.systems(51, 150, "");
            line.systems(150, 150, "2 not solved");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("50/150 systems")
                .contains("100% [")
                .contains("150/150 systems")
                .contains("2 not solved");
        bytes.reset();
        try (ProgressLine line = new ProgressLine(err, "sequence", 1L << 60)) {
            line.systems(150, 150, "");
        }
        assertThat(bytes.size()).isZero();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }
}
