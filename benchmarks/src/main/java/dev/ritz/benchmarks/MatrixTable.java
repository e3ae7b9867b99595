package dev.ritz.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ritz.cli.Ritz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code ritz solve -A FILE} comes to on every square real matrix of a folder, with nothing chosen by hand:
 *
 * <pre>{@code
 * java -cp 'benchmarks/target/classes:cli/target/*:cli/target/lib/*' dev.ritz.benchmarks.MatrixTable FOLDER [PAGE]
 * }</pre>
 *
 * The folder is one that {@link RealMatrix} reads. The page is Markdown, {@code docs/benchmarks/real-matrices.md} when not
 * given.
 */
public final class MatrixTable {
    private static final String LIMIT = "30s";

    private MatrixTable() {}

    /** One matrix and what came of it. */
    private record Row(String name, String kind, boolean singular, Map<String, Object> result) {
        boolean converged() {
            return "converged".equals(result.get("outcome"));
        }
    }

    /**
     * Writes the page.
     *
     * @param args the folder, and the page
     * @throws IOException when the folder cannot be read or the page cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2) {
            System.err.println("usage: MatrixTable FOLDER [PAGE]");
            System.exit(2);
        }
        Path folder = Path.of(args[0]);
        Path page = Path.of(args.length > 1 ? args[1] : "docs/benchmarks/real-matrices.md");
        List<Row> rows = new ArrayList<>();
        for (RealMatrix matrix : RealMatrix.of(folder)) {
            Row row = solve(matrix);
            System.out.println(line(row));
            rows.add(row);
        }
        Files.writeString(page, page(rows));
    }

    private static Row solve(RealMatrix matrix) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Ritz.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                "solve",
                "-A",
                matrix.file().toString(),
                "--json",
                "-",
                "--time-limit",
                LIMIT);
        Map<String, Object> result;
        try {
            result = Json.object(out.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(
                    matrix.file() + " ended with " + code + " and no report: " + err.toString(StandardCharsets.UTF_8),
                    e);
        }
        return new Row(matrix.name(), matrix.kind(), matrix.singular(), result);
    }

    private static String page(List<Row> rows) {
        long counted = rows.stream().filter(r -> !r.singular()).count();
        long converged =
                rows.stream().filter(r -> !r.singular() && r.converged()).count();
        StringBuilder page = new StringBuilder("# Real matrices with the defaults\n\n");
        page.append("What `ritz solve -A FILE` comes to when nothing is chosen by hand: b = A·1, rtol 1e-8, at most ")
                .append(LIMIT)
                .append(" each. Seconds are those of one run in a warm JVM, reading included. Iterations are those of")
                .append(" all attempts together. The error is max |x_i − 1|: it tells how far a small residual can be")
                .append(" trusted for that matrix.\n\n");
        page.append(String.format(
                Locale.ROOT,
                "**%d of %d nonsingular matrices converge (%.0f %%)**; %d singular ones are listed too.%n%n",
                converged,
                counted,
                100.0 * converged / Math.max(1, counted),
                rows.size() - counted));
        page.append("| matrix | n | nnz | class | picked | attempts | outcome | iterations | residual | error | s |\n");
        page.append("|---|---:|---:|---|---|---|---|---:|---:|---:|---:|\n");
        rows.forEach(r -> page.append(line(r)).append('\n'));
        page.append('\n').append(RealMatrix.madeBy(MatrixTable.class));
        return page.toString();
    }

    private static String line(Row row) {
        Map<String, Object> r = row.result();
        List<?> attempts = (List<?>) r.get("attempts");
        StringBuilder failed = new StringBuilder();
        for (Object attempt : attempts) {
            Map<?, ?> a = (Map<?, ?>) attempt;
            if (!"CONVERGED".equals(a.get("cause"))) {
                failed.append(failed.length() == 0 ? "" : "; ")
                        .append(pair(a))
                        .append(' ')
                        .append(a.get("cause"));
            }
        }
        double seconds = ((Map<?, ?>) r.get("seconds"))
                .values().stream().mapToDouble(v -> (Double) v).sum();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s %s | %s | %s | %s | %.2f |",
                row.name(),
                r.get("n"),
                r.get("nnz"),
                row.kind(),
                pair(r),
                failed,
                r.get("outcome"),
                r.get("cause"),
                r.get("iterations"),
                number(r.get("relativeResidual")),
                number(r.get("errorAgainstOnes")),
                seconds);
    }

    private static String pair(Map<?, ?> map) {
        Object restart = map.get("options") instanceof Map<?, ?> options ? options.get("restart") : null;
        return map.get("method") + (restart == null ? "" : "(" + restart + ")") + " + " + map.get("preconditioner");
    }

    private static String number(Object value) {
        return value == null ? "–" : String.format(Locale.ROOT, "%.1e", (Double) value);
    }

    /** The report of a solve as maps and lists. */
    private static final class Json {
        @SuppressWarnings("unchecked")
        static Map<String, Object> object(String text) throws IOException {
            try (JsonParser parser = new JsonFactory().createParser(text)) {
                parser.nextToken();
                return (Map<String, Object>) value(parser);
            }
        }

        private static Object value(JsonParser parser) throws IOException {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.START_OBJECT) {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    map.put(name, value(parser));
                }
                return map;
            }
            if (token == JsonToken.START_ARRAY) {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            return switch (token) {
                case VALUE_NUMBER_INT -> parser.getLongValue();
                case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
                case VALUE_NULL -> null;
                default -> parser.getText();
            };
        }
    }
}
