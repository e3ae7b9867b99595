package dev.ritz.api.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ritz.api.CsrMatrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Some two hundred files, well and badly formed, against the table that lies beside them. */
class ExpectationsTest {
    /** Where the table leaves the choice, these are read; all others are refused. */
    private static final Set<String> READ = Set.of(
            "cholmod_tcov/fullrsa.mtx",
            "own/comment_after_size_a.mtx",
            "own/exponent_fortran_d_a.mtx",
            "own/field_double_a.mtx",
            "own/gz_trailing_garbage_a.mtx.gz",
            "own/integer_above_int64_a.mtx",
            "own/symmetric_upper_stored_a.mtx",
            "own/utf8_bom_a.mtx",
            "russell/ok_general.mtx",
            "lagraph/west0067_jumbled.mtx");

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        Path folder = Path.of(System.getProperty("ritz.matrices", "../../shared/matrices"), "odd");
        Path table = folder.resolve("EXPECT.tsv");
        if (!Files.isReadable(table)) {
            return Stream.of(
                    dynamicTest("no files at " + folder, () -> assertThat(table).doesNotExist()));
        }
        List<String> lines = Files.readAllLines(table);
        String[] names = lines.get(0).split("\t", -1);
        return lines.stream().skip(1).map(line -> {
            Map<String, String> row = new HashMap<>();
            String[] fields = line.split("\t", -1);
            for (int k = 0; k < names.length; k++) {
                row.put(names[k], fields[k]);
            }
            return dynamicTest(row.get("file"), () -> check(folder.resolve(row.get("file")), row));
        });
    }

    private static void check(Path path, Map<String, String> row) throws IOException {
        boolean read = switch (row.get("verdict")) {
            case "accept" -> true;
            case "reject" -> false;
            default ->
                row.get("preferred").equals("accept")
                        || row.get("preferred").equals("either") && READ.contains(row.get("file"));
        };
        if (!read || row.get("field").equals("complex")) {
            Throwable thrown = catchThrowable(() -> MatrixMarket.read(path));
            assertThat(thrown).isInstanceOf(MatrixMarketException.class);
            assertThat(((MatrixMarketException) thrown).path()).isEqualTo(path);
            assertThat(thrown).hasMessageContaining("expected").hasMessageContaining("found");
            if (read) {
                assertThat(thrown).hasMessageContaining("[A −B; B A]");
            }
            return;
        }
        MatrixMarketHeader header = MatrixMarket.header(path);
        assertThat(header.format().name().toLowerCase(Locale.ROOT)).isEqualTo(row.get("format"));
        assertThat(header.field().name().toLowerCase(Locale.ROOT)).isEqualTo(row.get("field"));
        assertThat(header.symmetry().word()).isEqualTo(row.get("symmetry"));
        assertThat(header.entries()).isEqualTo(Long.parseLong(row.get("stored_entries")));
        CsrMatrix a = MatrixMarket.read(path);
        assertThat(a.rows()).isEqualTo(Integer.parseInt(row.get("rows")));
        assertThat(a.cols()).isEqualTo(Integer.parseInt(row.get("cols")));
        boolean array = row.get("format").equals("array");
        assertThat(a.nnz()).isEqualTo(Integer.parseInt(row.get(array ? "nonzeros_expanded" : "positions_expanded")));
        double sum = 0;
        double sumAbs = 0;
        double weighted = 0;
        double weightedAbs = 0;
        for (int i = 0; i < a.rows(); i++) {
            for (int k = a.rowPtr()[i]; k < a.rowPtr()[i + 1]; k++) {
                double value = a.values()[k];
                double weight = i + 1 + 2.0 * (a.colIdx()[k] + 1);
                sum += value;
                sumAbs += Math.abs(value);
                weighted += value * weight;
                weightedAbs += Math.abs(value) * weight;
            }
        }
        assertClose(sum, row.get("sum_real"), sumAbs);
        assertClose(sumAbs, row.get("sum_abs"), sumAbs);
        assertClose(weighted, row.get("weighted_sum_real"), weightedAbs);
    }

    private static void assertClose(double sum, String expected, double scale) {
        if (expected.equals("inf")) {
            assertThat(sum).isEqualTo(Double.POSITIVE_INFINITY);
        } else {
            assertThat(sum).isCloseTo(Double.parseDouble(expected), within(1e-12 * scale));
        }
    }
}
