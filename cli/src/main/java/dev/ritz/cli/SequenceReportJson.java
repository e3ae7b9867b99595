package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ritz.krylov.Configuration;
import dev.ritz.krylov.sequence.SequenceReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The report of a sequence as JSON. */
final class SequenceReportJson {
    private SequenceReportJson() {}

    static byte[] of(SequenceRequest request, SequenceOutcome out) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("version", 1);
            json.writeStringField("ritz", Version.text());
            json.writeStringField("source", request.source().toString());
            json.writeBooleanField("complete", out.complete());
            json.writeNumberField("exitCode", out.exitCode().code());
            json.writeFieldName("run");
            out.terms().write(json);
            options(json, request, out);
            totals(json, out);
            parts(json, out);
            tuner(json, request.tune(), out);
            json.writeArrayFieldStart("systems");
            for (SequenceRow row : out.rows()) {
                if (row != null) {
                    SequenceRowJson.write(json, row);
                }
            }
            json.writeEndArray();
            without(json, out.without());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void options(JsonGenerator json, SequenceRequest request, SequenceOutcome out) throws IOException {
        json.writeObjectFieldStart("options");
        json.writeArrayFieldStart("configurations");
        for (Configuration c : out.configurations()) {
            json.writeString(c.name());
        }
        json.writeEndArray();
        json.writeStringField("guess", request.guessWord());
        json.writeStringField("recycle", SequenceRequest.word(request.recycle()));
        json.writeStringField("reuse", request.reuseWord());
        json.writeStringField("sort", SequenceRequest.word(request.sort()));
        json.writeNumberField("rtol", request.criteria().rtol());
        json.writeNumberField("atol", request.criteria().atol());
        json.writeNumberField("maxIterations", request.criteria().maxIterations());
        json.writeNumberField("workers", request.workers());
        json.writeNumberField("chunks", request.chunks());
        json.writeEndObject();
    }

    private static void totals(JsonGenerator json, SequenceOutcome out) throws IOException {
        json.writeObjectFieldStart("totals");
        json.writeNumberField("systems", out.rows().length);
        json.writeNumberField("solved", out.solved().count());
        json.writeNumberField("converged", out.converged());
        json.writeNumberField(
                "iterations", out.solved().mapToLong(SequenceRow::iterations).sum());
        json.writeNumberField(
                "operatorApplications",
                out.solved().mapToLong(SequenceRow::operatorApplications).sum());
        json.writeNumberField(
                "seconds", out.solved().mapToDouble(SequenceRow::seconds).sum());
        json.writeNumberField("wallSeconds", out.wallSeconds());
        json.writeNumberField("preconditionersBuilt", out.total().built());
        json.writeNumberField("preconditionersRebuilt", out.total().rebuilt());
        json.writeNumberField("preconditionersKept", out.total().kept());
        json.writeEndObject();
    }

    /** Savings are estimates; the rules are those of {@link SequenceReport}. */
    private static void parts(JsonGenerator json, SequenceOutcome out) throws IOException {
        json.writeArrayFieldStart("parts");
        for (SequenceReport.Saving s : out.savings()) {
            json.writeStartObject();
            json.writeStringField("part", s.part());
            json.writeNumberField("systems", s.systems());
            json.writeNumberField("estimatedApplicationsSaved", s.savedApplications());
            json.writeNumberField("applicationsSpent", s.costApplications());
            json.writeNumberField("estimatedSecondsSaved", s.savedSeconds());
            json.writeNumberField("secondsSpent", s.costSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Costs of arms are means over their plays: of the systems they were chosen for, not of all. */
    private static void tuner(JsonGenerator json, TuneRequest tune, SequenceOutcome out) throws IOException {
        if (tune == null) {
            json.writeNullField("tuner");
            return;
        }
        TuneSummary summary = out.tuned(tune.grid());
        int best = summary.best();
        json.writeObjectFieldStart("tuner");
        json.writeStringField("name", tune.tuner());
        json.writeStringField("cost", tune.cost().name());
        json.writeNumberField("seed", tune.seed());
        json.writeStringField("key", tune.grid().key());
        SequenceRowJson.number(json, "meanCost", summary.mean());
        json.writeStringField("bestFixed", best < 0 ? "" : tune.grid().values().get(best));
        SequenceRowJson.number(json, "bestFixedMeanCost", best < 0 ? Double.NaN : summary.means()[best]);
        json.writeArrayFieldStart("arms");
        for (int i = 0; i < summary.pulls().length; i++) {
            json.writeStartObject();
            json.writeStringField("value", tune.grid().values().get(i));
            json.writeStringField("configuration", out.names().get(i));
            json.writeNumberField("pulls", summary.pulls()[i]);
            SequenceRowJson.number(json, "meanCost", summary.means()[i]);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void without(JsonGenerator json, Map<String, int[]> without) throws IOException {
        json.writeObjectFieldStart("comparedIterations");
        for (Map.Entry<String, int[]> e : without.entrySet()) {
            json.writeFieldName(e.getKey());
            json.writeArray(e.getValue(), 0, e.getValue().length);
        }
        json.writeEndObject();
    }
}
