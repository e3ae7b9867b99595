package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/** The outcome as JSON, always with the same keys. What is not known or not finite is null: JSON has no word for it. */
final class JsonReport {
    private JsonReport() {}

    static String of(SolveRequest request, SolveOutcome out) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("version", Version.text());
            json.writeStringField("outcome", out.outcome);
            json.writeStringField("cause", out.cause);
            json.writeNumberField("exitCode", out.exitCode.code());
            json.writeStringField("message", out.message);
            json.writeStringField("detail", out.detail);
            request(json, request);
            system(json, out);
            used(json, request, out.keptAttempt());
            result(json, out);
            seconds(json, out);
            json.writeNumberField("peakMemoryBytes", PeakMemory.bytes());
            attempts(json, out);
            json.writeArrayFieldStart("history");
            for (double norm : out.history()) {
                value(json, norm);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private static void request(JsonGenerator json, SolveRequest request) throws IOException {
        json.writeStringField("file", request.matrix().toString());
        number(json, "rtol", request.criteria().rtol());
        number(json, "atol", request.criteria().atol());
        json.writeNumberField("maxIterations", request.criteria().maxIterations());
    }

    private static void system(JsonGenerator json, SolveOutcome out) throws IOException {
        count(json, "n", out.n);
        count(json, "nnz", out.nnz);
        text(json, "rhs", out.rhs);
        text(json, "order", out.order);
        text(json, "format", out.format);
        count(json, "threads", out.threads == 0 ? -1 : out.threads);
        json.writeArrayFieldStart("warnings");
        for (String warning : out.warnings) {
            json.writeString(warning);
        }
        json.writeEndArray();
    }

    /** What the iterate comes from; before there was an attempt, what was asked for. */
    private static void used(JsonGenerator json, SolveRequest request, Attempt kept) throws IOException {
        if (kept == null) {
            text(json, "method", request.method());
            text(json, "preconditioner", request.preconditioner());
            json.writeNullField("options");
        } else {
            attempted(json, kept);
        }
    }

    private static void attempted(JsonGenerator json, Attempt attempt) throws IOException {
        text(json, "method", attempt.method());
        json.writeStringField("preconditioner", attempt.preconditioner());
        json.writeObjectFieldStart("options");
        settings(json, "", attempt.methodSettings());
        settings(json, "p.", attempt.preconditionerSettings());
        json.writeEndObject();
    }

    private static void settings(JsonGenerator json, String prefix, Map<String, Object> settings) throws IOException {
        for (Map.Entry<String, Object> e : settings.entrySet()) {
            json.writeFieldName(prefix + e.getKey());
            if (e.getValue() instanceof Double d) {
                value(json, d);
            } else if (e.getValue() instanceof Integer i) {
                json.writeNumber(i);
            } else if (e.getValue() instanceof Boolean b) {
                json.writeBoolean(b);
            } else {
                json.writeString(e.getValue().toString());
            }
        }
    }

    private static void result(JsonGenerator json, SolveOutcome out) throws IOException {
        json.writeStringField("choice", out.choice);
        json.writeStringField("preconditionerNote", out.preconditionerNote);
        json.writeNumberField("iterations", out.iterations);
        json.writeNumberField("operatorApplications", out.operatorApplications);
        json.writeNumberField("preconditionerApplications", out.preconditionerApplications);
        json.writeNumberField("preconditionerProducts", out.preconditionerProducts);
        number(json, "relativeResidual", out.relativeResidual);
        json.writeBooleanField("verified", out.verified);
        json.writeStringField("norm", "2-norm of b - A x over 2-norm of b");
        number(json, "errorAgainstOnes", out.errorAgainstOnes);
    }

    private static void seconds(JsonGenerator json, SolveOutcome out) throws IOException {
        json.writeObjectFieldStart("seconds");
        number(json, "read", out.secondsRead);
        number(json, "analyse", out.secondsAnalyse);
        number(json, "setup", out.secondsSetup);
        number(json, "solve", out.secondsSolve);
        number(json, "verify", out.secondsVerify);
        json.writeEndObject();
    }

    private static void attempts(JsonGenerator json, SolveOutcome out) throws IOException {
        json.writeArrayFieldStart("attempts");
        for (Attempt attempt : out.attempts) {
            json.writeStartObject();
            attempted(json, attempt);
            json.writeStringField("reason", attempt.reason());
            json.writeStringField("cause", attempt.word());
            json.writeStringField("detail", attempt.detail());
            json.writeNumberField("iterations", attempt.iterations());
            number(json, "relativeResidual", attempt.relativeResidual());
            number(json, "seconds", attempt.seconds());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A count that is negative while it is not known. */
    private static void count(JsonGenerator json, String name, long count) throws IOException {
        json.writeFieldName(name);
        if (count >= 0) {
            json.writeNumber(count);
        } else {
            json.writeNull();
        }
    }

    /** A text that is empty or null while it is not known. */
    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, text == null || text.isEmpty() ? null : text);
    }

    private static void number(JsonGenerator json, String name, double x) throws IOException {
        json.writeFieldName(name);
        value(json, x);
    }

    private static void value(JsonGenerator json, double x) throws IOException {
        if (Double.isFinite(x)) {
            json.writeNumber(x);
        } else {
            json.writeNull();
        }
    }
}
