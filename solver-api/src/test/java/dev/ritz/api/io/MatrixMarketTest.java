package dev.ritz.api.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ritz.api.CsrMatrix;
import dev.ritz.api.io.MatrixMarket.Options;
import dev.ritz.api.kernel.WorkerPool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixMarketTest {
    private static final String REAL = "%%MatrixMarket matrix coordinate real general\n";
    private static final String ARRAY = "%%MatrixMarket matrix array real general\n";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("a.mtx"), text, StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }

    private static MatrixMarketException refused(Path path) {
        return refused(path, Options.defaults());
    }

    private static MatrixMarketException refused(Path path, Options options) {
        MatrixMarketException e =
                catchThrowableOfType(MatrixMarketException.class, () -> MatrixMarket.read(path, options));
        assertThat(e).as("a refusal of " + path).isNotNull();
        return e;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3 3 1;0 1 5|3|1|a row index from 1 to 3|\"0\"",
                "3 3 1;1 4 5|3|3|a column index from 1 to 3|\"4\"",
                "3 3 1;1 -1 5|3|3|a column index from 1 to 3|\"-1\"",
                "3 3 1;4294967297 1 5|3|1|a row index from 1 to 3|\"4294967297\"",
                "3 3 1;1.0 1 5|3|1|a row index from 1 to 3|\"1.0\"",
                "3 3 2;1 1 5;  2  2 x|4|8|a number|\"x\"",
                "3 3 2;1 1 5;%;;2 2 nan|6|5|a finite number|\"nan\"",
                "3 3 1;1 1 -Inf|3|5|a finite number|\"-Inf\"",
                "3 3 1;1 1 1e400|3|5|a number in the range of double|\"1e400\"",
                "3 3 1;1 1 1.5+003|3|5|a number|\"1.5+003\"",
                "3 3 1;1 1|3|4|a number|the end of the line",
                "3 3 1;1 1 2 %c|3|7|the end of the line|\"%c\"",
                "3 3 1;1 1 2;2 2 2|4|0|the end of the file after 1 entries|a line more",
                "3 3 2;1 1 2|3|0|2 entries|the end of the file after 1",
                "3 3;1 1 2|2|0|3 numbers: rows, columns and entries|2",
                "3 -3 1;1 1 2|2|3|a whole number of at least 0|\"-3\"",
                "3 99999999999999999999 1;1 1 2|2|3|a number that a long holds|\"99999999999999999999\"",
                "3 3000000000 1;1 1 2|2|0|at most 2147483647 columns|3000000000",
                "3000000000 3 1;1 1 2|2|0|at most 2147483638 rows|3000000000",
                "3 3 1000000000000;1 1 2|2|0|at most 2147483639 entries|1000000000000",
                "3 3 1000000000;1 1 2|2|0|1000000000 entries|only 6 bytes after the size line",
                "5 5 5 1 0;1 1 1|2|0|3 numbers: rows, columns and entries|5 (vectors appended as Lis does are not read)"
            })
    @DisplayName("a refusal names line, column, what was expected and what was found")
    void coordinateFaults(String body, long line, int column, String expected, String found) throws IOException {
        Path path = file(REAL + body.replace(';', '\n') + "\n");
        MatrixMarketException e = refused(path);
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.column()).isEqualTo(column);
        assertThat(e.expected()).isEqualTo(expected);
        assertThat(e.found()).isEqualTo(found);
        assertThat(e.path()).isEqualTo(path);
        assertThat(e)
                .hasMessage(path + ":" + line + ":" + (column > 0 ? column + ":" : "") + " expected " + expected
                        + ", found " + found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|1|an empty file",
                "%MatrixMarket matrix array real general|1|\"%MatrixMarket matrix array real general\"",
                "%%MatrixMarket matrix array real|1|4 words",
                "%%MatrixMarket matrix array real general 0-base|1|6 words, the sixth \"0-base\"",
                "%%MatrixMarketX matrix array real general|1|\"%%MatrixMarketX\"",
                "%%MatrixMarket vector array real general|1|\"vector\"",
                "%%MatrixMarket matrix dense real general|1|\"dense\"",
                "%%MatrixMarket matrix array float general|1|\"float\"",
                "%%MatrixMarket matrix array real lower|1|\"lower\"",
                "%%MatrixMarket matrix array pattern general|1|\"pattern\"",
                "%%MatrixMarket matrix coordinate pattern skew-symmetric|1|\"skew-symmetric\"",
                "%%MatrixMarket matrix coordinate real hermitian|1|\"hermitian\"",
                "%%MatrixMarket matrix array real general|1|the end of the file",
                "%%MatrixMarket matrix array real general;;%c|3|the end of the file",
                "%%MatrixMarket matrix array real symmetric;2 3|2|2 by 3",
                "%%MatrixMarket matrix array real general;2 x|2|\"x\"",
                "%%MatrixMarket matrix array real general;9223372036854775807 9223372036854775807|2|"
                        + "9223372036854775807 by 9223372036854775807",
                "%%MatrixMarket matrix array integer general;1 1;1.5|3|\"1.5\"",
                "%%MatrixMarket matrix array real general;2 1;1 2|3|\"2\"",
                "%%MatrixMarket matrix array real general;1 1;2;3|4|a line more",
                "%%MatrixMarket matrix coordinate real skew-symmetric;2 2 1;1 1 3|3|\"3\"",
                "%%MatrixMarket matrix coordinate complex general;1 1 1;1 1 3 4|1|complex values",
                "%%MatrixMarket matrix array complex hermitian;1 1;1 0|1|a complex hermitian matrix"
            })
    void otherFaults(String text, long line, String found) throws IOException {
        MatrixMarketException e = refused(file(text.replace(';', '\n')));
        assertThat(e.line()).isEqualTo(line);
        assertThat(e.found()).isEqualTo(found);
    }

    @Test
    void carriageReturnAlone() throws IOException {
        MatrixMarketException e = refused(file(REAL.replace('\n', '\r') + "1 1 1\r1 1 5\r"));
        assertThat(e.found()).isEqualTo("a CR alone");
    }

    @Test
    void tooLongHeaderLine() throws IOException {
        assertThat(refused(file(" ".repeat(5000))).expected()).isEqualTo("a line of at most 4096 bytes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a line of many megabytes is refused while it is read, a long comment in the header is passed over")
    void endlessLine(boolean gzip) throws IOException {
        byte[] text = new byte[40 << 20];
        Arrays.fill(text, (byte) '1');
        byte[] head = (REAL + "%" + "x".repeat(2_000_000) + "\n3 3 1\n1 1 ").getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, text, 0, head.length);
        Path path = Files.write(folder.resolve("long"), gzip ? gzip(text) : text);
        MatrixMarketException e = refused(path);
        assertThat(e.line()).isEqualTo(4);
        assertThat(e.expected()).isEqualTo("a line of at most 65536 bytes");
    }

    @Test
    void longTextOfAllForms() throws IOException {
        Path path = file(
                "%%MatrixMarket MATRIX Coordinate Real General\r\n%one\r\n% two\r\n\r\n  3\t3   8 \r\n"
                        + "\t1 1 +1D+03\r\n%\n  \n+2 +2 -.5e1\n3 3 7.\t\n1 2 0\n2 3 1\n2 3 .5\n2 1 -0.0\n000000003 0000000001 12");
        CsrMatrix a = MatrixMarket.read(path);
        assertThat(a.toDense()).isDeepEqualTo(new double[][] {{1000, 0, 0}, {-0.0, -5, 1.5}, {12, 0, 7}});
        assertThat(a.nnz()).isEqualTo(7);
        MatrixMarketHeader header = MatrixMarket.header(path);
        assertThat(header.comments()).containsExactly("one", " two");
        assertThat(header.entries()).isEqualTo(8);
    }

    @Test
    void symmetriesAreMirrored() throws IOException {
        String banner = "%%MatrixMarket matrix coordinate real ";
        CsrMatrix upper = MatrixMarket.read(file(banner + "symmetric\n2 2 2\n1 2 3\n2 2 4\n"));
        assertThat(upper.toDense()).isDeepEqualTo(new double[][] {{0, 3}, {3, 4}});
        CsrMatrix skew = MatrixMarket.read(file(banner + "skew-symmetric\n2 2 2\n2 1 3\n2 2 0\n"));
        assertThat(skew.toDense()).isDeepEqualTo(new double[][] {{0, -3}, {3, 0}});
        CsrMatrix mixed = MatrixMarket.read(file(banner + "symmetric\n3 3 3\n1 2 3\n3 1 4\n1 2 1\n"));
        assertThat(mixed.toDense()).isDeepEqualTo(new double[][] {{0, 4, 4}, {4, 0, 0}, {4, 0, 0}});
        String array = "%%MatrixMarket matrix array integer ";
        CsrMatrix full = MatrixMarket.read(file(array + "symmetric\n3 3\n1\n2\n3\n4\n5\n6\n"));
        assertThat(full.toDense()).isDeepEqualTo(new double[][] {{1, 2, 3}, {2, 4, 5}, {3, 5, 6}});
        CsrMatrix full2 = MatrixMarket.read(file(array + "skew-symmetric\n3 3\n1\n2\n3\n"));
        assertThat(full2.toDense()).isDeepEqualTo(new double[][] {{0, -1, -2}, {1, 0, -3}, {2, 3, 0}});
    }

    @ParameterizedTest
    @ValueSource(strings = {"symmetric", "skew-symmetric"})
    void bothTrianglesAreRefused(String symmetry) throws IOException {
        String banner = "%%MatrixMarket matrix coordinate real " + symmetry + "\n";
        MatrixMarketException e = refused(file(banner + "3 3 4\n2 1 5\n\n1 3 1\n%\n3 2 1\n1 2 5\n"));
        assertThat(e.line()).isEqualTo(8);
        assertThat(e.found()).contains("mirror image");
    }

    @Test
    void duplicatesBeyondDoubleAreRefused() throws IOException {
        assertThat(refused(file(REAL + "1 1 2\n1 1 1e308\n1 1 1e308\n")).expected())
                .contains("sums");
    }

    @Test
    void vectors() throws IOException {
        assertThat(MatrixMarket.readVector(file(ARRAY + "3 1\n1\n0\n3\n"))).containsExactly(1, 0, 3);
        assertThat(MatrixMarket.readVector(file(ARRAY + "1 3\n1\n2\n3\n"))).containsExactly(1, 2, 3);
        assertThat(MatrixMarket.readVector(file(REAL + "4 1 3\n4 1 2\n2 1 1\n4 1 3\n")))
                .containsExactly(0, 1, 0, 5);
        assertThat(MatrixMarket.readVector(file(REAL + "1 4 1\n1 3 2\n"))).containsExactly(0, 0, 2, 0);
        Path two = file(ARRAY + "3 2\n1\n2\n3\n4\n5\n6\n");
        assertThat(MatrixMarket.readVector(two, 1)).containsExactly(4, 5, 6);
        assertThat(MatrixMarket.readVector(two, 0)).containsExactly(1, 2, 3);
        assertThat(catchThrowableOfType(MatrixMarketException.class, () -> MatrixMarket.readVector(two)))
                .hasMessageContaining("2 columns of 3")
                .hasMessageContaining("readVector(path, column)");
        assertThatIllegalArgumentException().isThrownBy(() -> MatrixMarket.readVector(two, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> MatrixMarket.readVector(two, -1));
        Path sparse = file(REAL + "3 2 2\n1 1 5\n3 2 7\n");
        assertThat(MatrixMarket.readVector(sparse, 1)).containsExactly(0, 0, 7);
        Path triangle = file("%%MatrixMarket matrix array real symmetric\n2 2\n1\n2\n3\n");
        assertThat(MatrixMarket.readVector(triangle, 1)).containsExactly(2, 3);
        Path overflow = file(REAL + "2 1 2\n1 1 1e308\n1 1 1e308\n");
        assertThat(catchThrowableOfType(MatrixMarketException.class, () -> MatrixMarket.readVector(overflow)))
                .isNotNull();
    }

    private static String bigText(int entries, int fault) {
        SplittableRandom random = new SplittableRandom(0x0DD_B16_F11EL);
        StringBuilder text =
                new StringBuilder(REAL).append("5000 7000 ").append(entries).append('\n');
        for (int k = 0; k < entries; k++) {
            if (random.nextInt(100) == 0) {
                text.append("% a comment\n \n");
            }
            text.append(random.nextInt(1, 5001))
                    .append(' ')
                    .append(random.nextInt(1, 7001))
                    .append(' ');
            text.append(fault >= 0 && k >= fault && (k - fault) % 40_000 == 0 ? "x" : random.nextDouble() - 0.5);
            text.append('\n');
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("values and structure are the same bits for 1, 2, 3 and 7 threads, plain and gzipped")
    void threadsDoNotMatter(boolean gzip) throws IOException {
        byte[] text = bigText(300_000, -1).getBytes(StandardCharsets.US_ASCII);
        Path path = Files.write(folder.resolve("big"), gzip ? gzip(text) : text);
        CsrMatrix first = null;
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                CsrMatrix a = MatrixMarket.read(path, Options.defaults().withPool(pool));
                if (first == null) {
                    first = a;
                    assertThat(a.nnz()).isLessThan(300_000).isGreaterThan(295_000);
                }
                assertThat(a.rowPtr()).isEqualTo(first.rowPtr());
                assertThat(a.colIdx()).isEqualTo(first.colIdx());
                assertThat(Arrays.equals(a.values(), first.values())).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("of several faults the first in the file is reported, with its line, for 1, 2, 3 and 7 threads")
    void firstFaultWins(boolean gzip) throws IOException {
        String text = bigText(200_000, 70_001);
        long line = text.substring(0, text.indexOf(" x\n"))
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Path path = Files.write(folder.resolve("big"), gzip ? gzip(bytes) : bytes);
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                MatrixMarketException e = refused(path, Options.defaults().withPool(pool));
                assertThat(e.line()).isEqualTo(line);
                assertThat(e.found()).isEqualTo("\"x\"");
            }
        }
    }

    @Test
    void tooManyEntriesAreFoundInALaterBlock() throws IOException {
        String text = bigText(100_000, -1).replaceFirst(" 100000\n", " 77777\n");
        long line = 2;
        int entries = 0;
        for (String l : text.lines().skip(2).toList()) {
            line++;
            if (!l.isBlank() && !l.startsWith("%") && ++entries > 77_777) {
                break;
            }
        }
        Path path = file(text);
        for (int threads : new int[] {1, 2, 3, 7}) {
            try (WorkerPool pool = WorkerPool.of(threads)) {
                assertThat(refused(path, Options.defaults().withPool(pool)).line())
                        .isEqualTo(line);
            }
        }
    }

    @Test
    void gzipForms() throws IOException {
        byte[] text = (REAL + "2 2 2\n1 1 2\n2 2 3\n").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip(Arrays.copyOf(text, 50)));
        members.write(gzip(Arrays.copyOfRange(text, 50, text.length)));
        members.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        assertThat(MatrixMarket.read(Files.write(folder.resolve("two"), members.toByteArray()))
                        .nnz())
                .isEqualTo(2);
        byte[] whole = gzip(text);
        for (int cut = 2; cut < whole.length; cut++) {
            MatrixMarketException e = refused(Files.write(folder.resolve("cut"), Arrays.copyOf(whole, cut)));
            assertThat(e).hasMessageContaining("found");
        }
        byte[] wrongSum = whole.clone();
        wrongSum[whole.length - 6] ^= 1;
        assertThat(refused(Files.write(folder.resolve("sum"), wrongSum)).expected())
                .isEqualTo("an intact gzip stream");
    }

    @Test
    @DisplayName("a gzip bomb stops at the memory limit: text, lines without entries, header")
    void gzipBomb() throws IOException {
        Options small = Options.defaults().withMaxMemoryBytes(1 << 20);
        byte[] head = (REAL + "3 3 3\n").getBytes(StandardCharsets.US_ASCII);
        byte[] text = new byte[64 << 20];
        Arrays.fill(text, (byte) '\n');
        System.arraycopy(head, 0, text, 0, head.length);
        byte[] bomb = gzip(text);
        assertThat(bomb.length).isLessThan(text.length / 900);
        Path path = Files.write(folder.resolve("bomb"), bomb);
        assertThat(refused(path, small).expected()).contains("maxMemoryBytes = 1048576");
        Arrays.fill(text, head.length - 6, text.length, (byte) ' ');
        path = Files.write(folder.resolve("bomb"), gzip(text));
        assertThat(refused(path, small)).hasMessageContaining("at most");
        Arrays.fill(text, head.length - 6, text.length, (byte) '%');
        path = Files.write(folder.resolve("bomb"), gzip(text));
        assertThat(refused(path, small).expected()).isEqualTo("at most 1048576 bytes of header (maxMemoryBytes)");
        for (int k = head.length; k < text.length; k += 1024) {
            Arrays.fill(text, k, Math.min(k + 1024, text.length), (byte) ' ');
            text[k] = '\n';
        }
        System.arraycopy(head, 0, text, 0, head.length);
        path = Files.write(folder.resolve("bomb"), gzip(text));
        assertThat(refused(path, small).expected())
                .isEqualTo("a compressed text of at most maxMemoryBytes = 1048576 bytes");
    }

    @Test
    void gzippedHeaderThatClaimsMuchIsRefusedByTheEndOfText() throws IOException {
        byte[] text = (REAL + "3 3 1000000\n1 1 1\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(refused(Files.write(folder.resolve("lie"), gzip(text))).found())
                .isEqualTo("the end of the file after 1");
        text = (REAL + "3 3 1000000000000\n1 1 1\n").getBytes(StandardCharsets.US_ASCII);
        assertThat(refused(Files.write(folder.resolve("lie"), gzip(text))).found())
                .isEqualTo("1000000000000");
    }

    @Test
    void memoryLimit() throws IOException {
        Path path = file(REAL + "1000000000 1000000000 1\n1 1 1\n");
        Options small = Options.defaults().withMaxMemoryBytes(1 << 20);
        MatrixMarketException e = refused(path, small);
        assertThat(e.expected()).isEqualTo("a size within maxMemoryBytes = 1048576");
        assertThat(e.found()).isEqualTo("one that needs about 8000000036 bytes");
        Path blanks = file(REAL + "1 1 1\n" + "\n".repeat(300_000) + "1 1 1\n");
        assertThat(refused(blanks, small).expected()).contains("fewer lines without an entry");
        assertThat(MatrixMarket.read(blanks).nnz()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> small.withMaxMemoryBytes(0));
    }

    @Test
    void headerThatClaimsMuchInFewBytes() throws IOException {
        Path path = file("%%MatrixMarket matrix array real general\n1000 1000000\n1\n");
        assertThat(refused(path).found()).isEqualTo("only 2 bytes after the size line");
        path = file("%%MatrixMarket matrix coordinate pattern general\n9 9 2000\n1 1\n");
        assertThat(refused(path).found()).isEqualTo("only 4 bytes after the size line");
    }

    @Test
    void entriesAfterMirroringAreCountedExactly() {
        int[] none = {};
        EntryBlock block = new EntryBlock(2, new int[] {1, 1}, new int[] {0, 1}, null, none, true, false, null);
        assertThat(CsrAssembly.expanded(new EntryBlock[] {block}, MatrixMarketHeader.Symmetry.SYMMETRIC))
                .isEqualTo(3);
    }

    @Test
    void commentsAreKeptUpToALimit() throws IOException {
        Path path = file(REAL + "% a\n".repeat(60_000) + "%" + "y".repeat(100_000) + "\n1 1 1\n1 1 2\n");
        int length = MatrixMarket.header(path).comments().stream()
                .mapToInt(String::length)
                .sum();
        assertThat(length).isLessThanOrEqualTo(65_536).isGreaterThan(40_000);
        assertThat(MatrixMarket.read(path).get(0, 0)).isEqualTo(2);
        assertThat(refused(file(REAL + "% a\n".repeat(60_000) + "1 1 1\n1 1 x\n"))
                        .line())
                .isEqualTo(60_003);
    }

    @Test
    void missingFile() {
        assertThat(catchThrowableOfType(IOException.class, () -> MatrixMarket.read(folder.resolve("none"))))
                .isInstanceOf(java.nio.file.NoSuchFileException.class);
    }
}
