package dev.ritz.benchmarks.sequences;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one contender needed for one sequence: a line of JSON.
 *
 * @param sequence the sequence
 * @param contender the library
 * @param version of the library
 * @param configuration how it went about it
 * @param systems how many there were
 * @param solved how many were solved to the tolerance, by the residual recomputed afterwards
 * @param seconds of all systems, set-up included, the median of warm runs
 * @param cold seconds of the first run
 * @param setup seconds of them for preconditioners; NaN where unknown
 * @param products with A, all of them; −1 where unknown
 * @param guessProducts of them for initial guesses
 * @param refreshProducts of them to renew recycled spaces
 * @param iterations of all systems; −1 where unknown
 * @param residual the largest ‖b − A x‖₂ / ‖b‖₂
 * @param runs how many runs
 * @param note a clause, often empty
 */
record SequenceMeasurement(
        String sequence,
        String contender,
        String version,
        String configuration,
        int systems,
        int solved,
        double seconds,
        double cold,
        double setup,
        long products,
        long guessProducts,
        long refreshProducts,
        long iterations,
        double residual,
        int runs,
        String note) {
    static final String RITZ = "Ritz";

    private static final JsonFactory JSON = new JsonFactory();

    /** A measurement that came to nothing. */
    static SequenceMeasurement failed(String sequence, String configuration, int systems, String note) {
        double none = Double.NaN;
        return new SequenceMeasurement(
                sequence, RITZ, "", configuration, systems, 0, none, none, none, -1, 0, 0, -1, none, 0, note);
    }

    boolean complete() {
        return solved == systems && seconds > 0;
    }

    String key() {
        return sequence + '/' + contender + '/' + configuration;
    }

    String label() {
        return contender + ": " + configuration;
    }

    /** {@return one line of JSON; figures that do not exist are left out} */
    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("sequence", sequence);
            out.writeStringField("contender", contender);
            out.writeStringField("version", version);
            out.writeStringField("configuration", configuration);
            out.writeNumberField("systems", systems);
            out.writeNumberField("solved", solved);
            number(out, "seconds", seconds);
            number(out, "cold", cold);
            number(out, "setup", setup);
            out.writeNumberField("products", products);
            out.writeNumberField("guessProducts", guessProducts);
            out.writeNumberField("refreshProducts", refreshProducts);
            out.writeNumberField("iterations", iterations);
            number(out, "residual", residual);
            out.writeNumberField("runs", runs);
            out.writeStringField("note", note);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void number(JsonGenerator out, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumberField(name, value);
        }
    }

    /**
     * Reads one line of JSON, of this program or of the native ones.
     *
     * @param line an object; members it does not know are ignored
     * @return the measurement
     * @throws IOException when it is no JSON object, or lacks what identifies it
     */
    static SequenceMeasurement fromJson(String line) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser in = JSON.createParser(line)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected a JSON object, found: " + line);
            }
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                in.nextToken();
                members.put(name, in.getText());
            }
        }
        for (String name : new String[] {"sequence", "contender", "configuration", "systems", "solved"}) {
            if (!members.containsKey(name)) {
                throw new IOException("no " + name + " in " + line);
            }
        }
        return new SequenceMeasurement(
                members.get("sequence"),
                members.get("contender"),
                members.getOrDefault("version", ""),
                members.get("configuration"),
                Integer.parseInt(members.get("systems")),
                Integer.parseInt(members.get("solved")),
                Double.parseDouble(members.getOrDefault("seconds", "NaN")),
                Double.parseDouble(members.getOrDefault("cold", "NaN")),
                Double.parseDouble(members.getOrDefault("setup", "NaN")),
                Long.parseLong(members.getOrDefault("products", "-1")),
                Long.parseLong(members.getOrDefault("guessProducts", "0")),
                Long.parseLong(members.getOrDefault("refreshProducts", "0")),
                Long.parseLong(members.getOrDefault("iterations", "-1")),
                Double.parseDouble(members.getOrDefault("residual", "NaN")),
                Integer.parseInt(members.getOrDefault("runs", "0")),
                members.getOrDefault("note", ""));
    }
}
