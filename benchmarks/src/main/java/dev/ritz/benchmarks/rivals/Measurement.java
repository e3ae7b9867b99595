package dev.ritz.benchmarks.rivals;

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
 * What one contender needed for one system: a line of JSON. Seconds are medians of warm runs.
 *
 * @param problem the system
 * @param contender the library
 * @param version of the library
 * @param processes how many processes worked together
 * @param method in the names all contenders share
 * @param preconditioner likewise
 * @param outcome {@value #SOLVED}, or what happened instead
 * @param note one clause to the outcome, often empty
 * @param setup seconds to build what depends on the matrix
 * @param solve seconds to the accepted solution
 * @param cold seconds of the very first set-up and solve in the process
 * @param iterations of the accepted run; 0 for a factorisation, −1 where unknown
 * @param residual ‖b − A x‖₂ / ‖b‖₂, recomputed by the benchmark
 * @param rtol the tolerance the contender was given so that the residual holds
 * @param runs how many accepted runs
 * @param peakBytes the most resident memory of all processes, reading and building the system included; 0 unknown
 */
record Measurement(
        String problem,
        String contender,
        String version,
        int processes,
        String method,
        String preconditioner,
        String outcome,
        String note,
        double setup,
        double solve,
        double cold,
        int iterations,
        double residual,
        double rtol,
        int runs,
        long peakBytes) {
    static final String SOLVED = "solved";
    static final String FAILED = "failed";
    static final String NOT_FINISHED = "not finished";

    /** A measurement without figures. */
    static Measurement without(
            String problem, String contender, String version, Rival.Pairing p, String outcome, String note) {
        double none = Double.NaN;
        return new Measurement(
                problem,
                contender,
                version,
                1,
                p.method(),
                p.preconditioner(),
                outcome,
                note,
                none,
                none,
                none,
                -1,
                none,
                none,
                0,
                0);
    }

    /** {@return what identifies it: a later measurement with the same key replaces an earlier one} */
    String key() {
        return problem + " " + contender + " " + processes + " " + method + " " + preconditioner;
    }

    boolean solved() {
        return outcome.equals(SOLVED);
    }

    /** {@return seconds from the assembled matrix to the solution; NaN when there is none} */
    double total() {
        return setup + solve;
    }

    /** {@return seconds per iteration of the solve alone; NaN for a factorisation or where unknown} */
    double perIteration() {
        return iterations > 0 ? solve / iterations : Double.NaN;
    }

    /** {@return contender, method and preconditioner for people} */
    String label() {
        return contender + (processes > 1 ? " ×" + processes : "") + " "
                + new Rival.Pairing(method, preconditioner).text();
    }

    // ---------------------------------------------------------------- JSON

    private static final JsonFactory JSON = new JsonFactory();

    /** {@return one line of JSON; figures that do not exist are left out} */
    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("problem", problem);
            out.writeStringField("contender", contender);
            out.writeStringField("version", version);
            out.writeNumberField("processes", processes);
            out.writeStringField("method", method);
            out.writeStringField("preconditioner", preconditioner);
            out.writeStringField("outcome", outcome);
            out.writeStringField("note", note);
            number(out, "setup", setup);
            number(out, "solve", solve);
            number(out, "cold", cold);
            out.writeNumberField("iterations", iterations);
            number(out, "residual", residual);
            number(out, "rtol", rtol);
            out.writeNumberField("runs", runs);
            out.writeNumberField("peakBytes", peakBytes);
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
    static Measurement fromJson(String line) throws IOException {
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
        for (String name : new String[] {"problem", "contender", "method", "preconditioner", "outcome"}) {
            if (!members.containsKey(name)) {
                throw new IOException("no " + name + " in " + line);
            }
        }
        return new Measurement(
                members.get("problem"),
                members.get("contender"),
                members.getOrDefault("version", ""),
                Integer.parseInt(members.getOrDefault("processes", "1")),
                members.get("method"),
                members.get("preconditioner"),
                members.get("outcome"),
                members.getOrDefault("note", ""),
                Double.parseDouble(members.getOrDefault("setup", "NaN")),
                Double.parseDouble(members.getOrDefault("solve", "NaN")),
                Double.parseDouble(members.getOrDefault("cold", "NaN")),
                Integer.parseInt(members.getOrDefault("iterations", "-1")),
                Double.parseDouble(members.getOrDefault("residual", "NaN")),
                Double.parseDouble(members.getOrDefault("rtol", "NaN")),
                Integer.parseInt(members.getOrDefault("runs", "0")),
                Long.parseLong(members.getOrDefault("peakBytes", "0")));
    }
}
