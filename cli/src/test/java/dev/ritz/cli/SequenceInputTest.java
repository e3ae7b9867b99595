package dev.ritz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.kernel.WorkerPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceInputTest {
    @TempDir
    Path dir;

    private void files(String... names) {
        for (String name : names) {
            Shell.file(dir, name, "");
        }
    }

    private static String name(Path file) {
        return file == null ? "-" : file.getFileName().toString();
    }

    private List<String> read(Path source) throws CommandException {
        return SequenceInput.of(source).stream()
                .map(e -> e.name() + ": " + name(e.matrix()) + " " + name(e.rhs()) + " " + name(e.guess()))
                .toList();
    }

    private CommandException refused(Path source, ExitCode code) {
        CommandException e = catchThrowableOfType(CommandException.class, () -> SequenceInput.of(source));
        assertThat(e).isNotNull();
        assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
        return e;
    }

    private CommandException badFolder() {
        return refused(dir, ExitCode.BAD_INPUT);
    }

    @Test
    void aFolderIsPairedInNaturalOrder() throws CommandException {
        files(
                "A_10.mtx",
                "A_2.mtx",
                "A_1.mtx.gz",
                "b_1.mtx",
                "b_02.mtx",
                "b_10.mtx",
                "x0_2.mtx",
                "notes.txt",
                "x_1.mtx");
        assertThat(read(dir))
                .containsExactly("1: A_1.mtx.gz b_1.mtx -", "2: A_2.mtx b_02.mtx x0_2.mtx", "10: A_10.mtx b_10.mtx -");
    }

    @Test
    void otherWordsAreUnderstood() throws CommandException {
        files("matrix-9a.mtx", "matrix-10a.mtx", "rhs-9a.mtx", "rhs-10a.mtx");
        assertThat(read(dir)).containsExactly("9a: matrix-9a.mtx rhs-9a.mtx -", "10a: matrix-10a.mtx rhs-10a.mtx -");
    }

    @Test
    void oneMatrixServesManyRightHandSides() throws CommandException {
        files("A.mtx", "b_2.mtx", "b_1.mtx");
        assertThat(read(dir)).containsExactly("1: A.mtx b_1.mtx -", "2: A.mtx b_2.mtx -");
    }

    @Test
    void oneRightHandSideServesManyMatrices() throws CommandException {
        files("A1.mtx", "A2.mtx", "b.mtx");
        assertThat(read(dir)).containsExactly("1: A1.mtx b.mtx -", "2: A2.mtx b.mtx -");
    }

    @Test
    void matricesAloneAreEnough() throws CommandException {
        files("step10.mtx", "step9.mtx");
        assertThat(read(dir)).containsExactly("step9: step9.mtx - -", "step10: step10.mtx - -");
    }

    @Test
    void aSinglePairNeedsNoCommonName() throws CommandException {
        files("A_first.mtx", "b.mtx");
        assertThat(read(dir)).containsExactly("first: A_first.mtx b.mtx -");
    }

    @Test
    void filesWithoutPartnersAreNamed() throws IOException {
        assertThat(badFolder()).hasMessageContaining("no matrix").hasMessageContaining("manifest.json");
        files("b_1.mtx");
        assertThat(badFolder()).hasMessageContaining("no matrix");
        files("A_1.mtx", "A_2.mtx");
        // the only right-hand side belongs to one of two matrices
        assertThat(badFolder())
                .hasMessageContaining("A_2.mtx has no right-hand side")
                .hasMessageContaining("2 matrices, 1 right-hand sides");
        files("b_2.mtx", "b_3.mtx");
        assertThat(badFolder()).hasMessageContaining("b_3.mtx has no matrix");
        Files.delete(dir.resolve("b_3.mtx"));
        files("x0_7.mtx");
        assertThat(badFolder()).hasMessageContaining("x0_7.mtx has no system");
        Files.delete(dir.resolve("x0_7.mtx"));
        files("A_01.mtx.gz");
        assertThat(badFolder()).hasMessageContaining("stand for one file of one system");
        refused(dir.resolve("none"), ExitCode.INPUT_OUTPUT);
    }

    @Test
    void aListHasALineForEachSystem() throws CommandException {
        files("p q.mtx", "f.mtx", "g.mtx", "x.mtx");
        Path list = Shell.file(
                dir,
                "list.csv",
                "# made by hand",
                "matrix, rhs, guess",
                "",
                "p q.mtx, f.mtx, x.mtx",
                "g.mtx f.mtx",
                "g.mtx - x.mtx");
        assertThat(read(list)).containsExactly("1: p q.mtx f.mtx x.mtx", "2: g.mtx f.mtx -", "3: g.mtx - x.mtx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "g.mtx f.mtx x.mtx y.mtx | list:2: 4 file names, expected",
                "- f.mtx | list:2: no matrix",
                ", f.mtx | list:2: no matrix"
            })
    void aBadLineIsNamed(String line, String message) {
        files("g.mtx", "f.mtx", "x.mtx");
        Path list = Shell.file(dir, "list", "g.mtx f.mtx", line);
        assertThat(refused(list, ExitCode.BAD_INPUT)).hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereIsNamedWithItsLine() {
        files("g.mtx");
        Path list = Shell.file(dir, "list", "g.mtx", "h.mtx");
        assertThat(refused(list, ExitCode.INPUT_OUTPUT))
                .hasMessageContaining("list:2: ")
                .hasMessageContaining("h.mtx does not exist");
        Path folder = Shell.file(dir, "list", "g.mtx ./");
        assertThat(refused(folder, ExitCode.INPUT_OUTPUT)).hasMessageContaining("is no regular file");
    }

    @Test
    void emptyAndBinaryListsAreRefused() throws IOException {
        assertThat(refused(Shell.file(dir, "list", "", "# nothing"), ExitCode.BAD_INPUT))
                .hasMessageContaining("names no system");
        Path binary = Files.write(dir.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 1});
        assertThat(refused(binary, ExitCode.BAD_INPUT)).hasMessageContaining("no text in UTF-8");
    }

    private Path manifest(String systems) {
        files("A.mtx", "b.mtx", "mu.mtx");
        return Shell.file(dir, "manifest.json", "{\"version\": 1,", "\"systems\": [", systems, "]}");
    }

    @Test
    void aManifestNamesFilesBesideIt() throws CommandException {
        manifest("{\"name\": \"one\", \"matrix\": \"A.mtx\", \"rhs\": \"b.mtx\", \"parameters\": [1, 2.5]},"
                + "{\"matrix\": \"A.mtx\", \"guess\": \"b.mtx\", \"parametersFile\": \"mu.mtx\"}");
        assertThat(read(dir)).containsExactly("one: A.mtx b.mtx -", "2: A.mtx - b.mtx");
        assertThat(SequenceReader.parameters(SequenceInput.of(dir).get(0))).containsExactly(1, 2.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'matrix': 'A.mtx', 'rsh': 'b.mtx'} | manifest.json:3: unknown key 'rsh'; did you mean 'rhs'?",
                "{'rhs': 'b.mtx'} | manifest.json:3: system 1 has no matrix",
                "{'matrix': 3} | expected a string as matrix",
                "{'matrix': 'A.mtx', 'matrix': 'A.mtx'} | manifest.json:3:29: Duplicate",
                "3 | found '3', expected an object for each system",
                "{'matrix': 'A.mtx', 'parameters': [1, 'x']} | parameter x, expected a finite number",
                "{'matrix': 'A.mtx', 'parameters': [1e999]} | expected a finite number",
                "{'matrix': 'A.mtx', 'parameters': 1} | expected an array of numbers",
                "{'matrix': 'A.mtx', 'parameters': [1], 'parametersFile': 'mu.mtx'} | expected one of them",
                "{'matrix': 'A.mtx', 'parameters': [1]}, {'matrix': 'A.mtx'} | '2' has no parameters, '1' has some",
                "{'matrix': 'A.mtx', 'parameters': [1]}, {'matrix': 'A.mtx', 'parameters': []} | '2' has 0 parameters",
                "{'name': 'q', 'matrix': 'A.mtx'}, {'name': 'q', 'matrix': 'A.mtx'} | name 'q' is that of line 3",
                "{'matrix': 'A.mtx' | manifest.json:4: ",
            })
    void aBadSystemIsNamed(String system, String message) {
        manifest(system.replace('\'', '"'));
        assertThat(badFolder()).hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'version': 2, 'systems': []} | manifest.json:1: version = 2, expected 1",
                "{'version': '1', 'systems': []} | version = 1, expected 1",
                "{'systems': []} | no version",
                "{'version': 1} | no systems",
                "{'version': 1, 'systems': []} | names no system",
                "{'version': 1, 'systems': {}} | expected an array of systems",
                "{'version': 1, 'sistems': []} | did you mean 'systems'?",
                "{'version': 1, 'description': 4} | expected a string as description",
                "{'version': 1, 'systems': []} {} | text behind the manifest",
                "{'version': 1, | manifest.json:2: "
            })
    void aBadManifestIsNamed(String text, String message) {
        Shell.file(dir, "manifest.json", text.replace('\'', '"'));
        assertThat(badFolder()).hasMessageContaining(message);
    }

    @Test
    void aMarkAtTheBeginningIsNoPartOfTheText() throws CommandException {
        files("A.mtx");
        Shell.file(dir, "manifest.json", "\uFEFF{\"version\": 1, \"systems\": [{\"matrix\": \"A.mtx\"}]}");
        assertThat(read(dir)).containsExactly("1: A.mtx - -");
    }

    @Test
    void otherFilesThanManifestAndListAreTold() throws IOException {
        assertThat(refused(Shell.tridiagonal(dir, "A.mtx", 3, 0), ExitCode.BAD_INPUT))
                .hasMessageContaining("A.mtx is a matrix, expected a folder");
        assertThat(refused(Shell.file(dir, "list", " [1, 2]"), ExitCode.BAD_INPUT))
                .hasMessageContaining("begins with '[', expected a manifest");
        assertThat(refused(Shell.file(dir, "m.json", "{\"version\": 1,", " \"systems\": ["), ExitCode.BAD_INPUT))
                .hasMessageMatching("(?s).*m.json:\\d+:\\d+: the text ends here, expected .*")
                .hasMessageNotContaining("REDACTED");
        Shell empty = Shell.ritz("sequence", dir, "-o", "");
        assertThat(empty.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(empty.err()).contains("-o: the name is empty");
    }

    @Test
    void controlCharactersOfNamesAreEscaped() {
        Path m = Shell.file(dir, "m.json", "{\"version\": 1, \"systems\": [{\"matrix\": \"a\\u001b[31m\\nb\"}]}");
        Shell shell = Shell.ritz("sequence", m, "-o", dir.resolve("out"));
        assertThat(shell.code()).isEqualTo(ExitCode.INPUT_OUTPUT.code());
        assertThat(shell.err()).contains("a\\u001b[31m\\u000ab does not exist").doesNotContain("\u001b");
    }

    @Test
    void parametersComeFromATable() throws CommandException {
        files("A_1.mtx", "A_2.mtx");
        List<SequenceEntry> entries = SequenceInput.of(dir);
        Path plain = Shell.file(dir, "mu.csv", "alpha,beta", "1,2", "3,4e-1");
        assertThat(SequenceInput.withParameters(entries, plain).get(1).parameters())
                .containsExactly(3, 0.4);
        Path named = Shell.file(dir, "named.csv", "name,alpha", "2,20", "1,10");
        assertThat(SequenceInput.withParameters(entries, named).get(0).parameters())
                .containsExactly(10);
        Path bare = Shell.file(dir, "bare", "7", "8");
        assertThat(SequenceInput.withParameters(entries, bare).get(1).parameters())
                .containsExactly(8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2;3 | mu.csv:2: 1 parameters, expected 2",
                "1;2;3 | has parameters of 3 systems, expected 2",
                "1;x | mu.csv:2: 'x', expected a finite number",
                "1;NaN | mu.csv:2: 'NaN', expected a finite number",
                "name,p;1,2;1,3 | mu.csv:3: system '1' for the second time",
                "name,p;1,2;3,3 | no parameters of system '2'"
            })
    void aBadTableIsNamed(String lines, String message) throws CommandException {
        files("A_1.mtx", "A_2.mtx");
        List<SequenceEntry> entries = SequenceInput.of(dir);
        Path table = Shell.file(dir, "mu.csv", lines.split(";"));
        CommandException e =
                catchThrowableOfType(CommandException.class, () -> SequenceInput.withParameters(entries, table));
        assertThat(e).hasMessageContaining(message);
        assertThat(e.code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void filesAreReadWithSharedPatternsAndCheckedSizes() throws CommandException {
        Path a = Shell.tridiagonal(dir, "A_1.mtx", 5, 0);
        Shell.tridiagonal(dir, "A_2.mtx", 5, 1);
        Shell.tridiagonal(dir, "A_3.mtx", 6, 0);
        Path b = Shell.file(dir, "b.mtx", "%%MatrixMarket matrix array real general", "2 1", "1", "2");
        Path bad = Shell.file(dir, "mu.mtx", "%%MatrixMarket matrix array real general", "2 1", "1", "nan");
        List<SequenceEntry> entries = SequenceInput.of(dir);
        SequenceReader reader = new SequenceReader(1L << 30, WorkerPool.shared());
        var first = reader.matrix(entries.get(0));
        var second = reader.matrix(entries.get(1));
        assertThat(second.pattern()).isSameAs(first.pattern());
        assertThat(second.get(0, 0)).isEqualTo(3);
        assertThat(first.get(0, 0)).isEqualTo(2);
        assertThat(reader.matrix(entries.get(2)).pattern()).isNotSameAs(first.pattern());
        assertThat(reader.matrix(entries.get(0)).pattern()).isSameAs(first.pattern());
        CommandException e = catchThrowableOfType(CommandException.class, () -> reader.rhs(entries.get(0), 5));
        assertThat(e).hasMessageContaining("b.mtx").hasMessageContaining("has 2 rows, expected 5");
        SequenceEntry guessed = new SequenceEntry("g", a, null, b, null, bad);
        assertThat(reader.rhs(guessed, 5)).isNull();
        assertThat(catchThrowableOfType(CommandException.class, () -> reader.guess(guessed, 5)))
                .hasMessageContaining("initial guess of g");
        assertThat(catchThrowableOfType(CommandException.class, () -> SequenceReader.parameters(guessed)))
                .hasMessageContaining("mu.mtx");
    }

    @Test
    void theCacheForgetsTheOldestPattern() {
        PatternCache cache = new PatternCache(2);
        var one = cache.shared(CsrMatrix.identity(1));
        cache.shared(CsrMatrix.identity(2));
        assertThat(cache.shared(CsrMatrix.identity(1)).pattern()).isSameAs(one.pattern());
        cache.shared(CsrMatrix.identity(3));
        assertThat(cache.shared(CsrMatrix.identity(1)).pattern()).isNotSameAs(one.pattern());
    }
}
