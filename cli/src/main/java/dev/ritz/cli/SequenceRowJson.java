package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Rows of the report as JSON objects, written and read. */
final class SequenceRowJson {
    private SequenceRowJson() {}

    static void write(JsonGenerator json, SequenceRow r) throws IOException {
        json.writeStartObject();
        json.writeNumberField("index", r.index());
        json.writeStringField("name", r.name());
        json.writeStringField("outcome", r.outcome());
        json.writeStringField("cause", r.cause());
        json.writeStringField("detail", r.detail());
        json.writeNumberField("n", r.n());
        json.writeNumberField("iterations", r.iterations());
        json.writeNumberField("operatorApplications", r.operatorApplications());
        json.writeNumberField("preconditionerApplications", r.preconditionerApplications());
        number(json, "relativeResidual", r.relativeResidual());
        json.writeNumberField("seconds", r.seconds());
        json.writeObjectFieldStart("decisions");
        json.writeStringField("chosen", r.chosen());
        json.writeStringField("configuration", r.configuration());
        json.writeStringField("preconditioner", r.preparation());
        number(json, "guessResidual", r.guessResidual());
        json.writeNumberField("guessApplications", r.guessApplications());
        json.writeNumberField("recycledDimension", r.recycled());
        json.writeNumberField("refreshApplications", r.refreshApplications());
        json.writeNumberField("setupSeconds", r.setupSeconds());
        json.writeNumberField("attempts", r.attempts());
        number(json, "charge", r.charge());
        json.writeStringField("note", r.note());
        json.writeEndObject();
        json.writeEndObject();
    }

    /** JSON has no NaN and no infinity. */
    static void number(JsonGenerator json, String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }

    /** Reads the object that begins at the parser's current token. */
    static SequenceRow read(JsonParser json) throws IOException {
        Map<String, String> text = new HashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            if (json.currentToken() == JsonToken.FIELD_NAME) {
                continue;
            }
            if (json.currentToken() == JsonToken.START_OBJECT) {
                while (json.nextToken() != JsonToken.END_OBJECT) {
                    if (json.currentToken() != JsonToken.FIELD_NAME) {
                        text.put("decisions." + json.currentName(), json.getText());
                    }
                }
            } else {
                text.put(key, json.getText());
            }
        }
        return new SequenceRow(
                integer(text, "index"),
                text.get("name"),
                text.get("outcome"),
                text.get("cause"),
                text.get("detail"),
                integer(text, "n"),
                integer(text, "iterations"),
                integer(text, "operatorApplications"),
                integer(text, "decisions.guessApplications"),
                integer(text, "decisions.refreshApplications"),
                integer(text, "preconditionerApplications"),
                number(text, "relativeResidual"),
                number(text, "decisions.guessResidual"),
                number(text, "seconds"),
                number(text, "decisions.setupSeconds"),
                text.get("decisions.chosen"),
                text.get("decisions.configuration"),
                text.get("decisions.preconditioner"),
                integer(text, "decisions.recycledDimension"),
                integer(text, "decisions.attempts"),
                number(text, "decisions.charge"),
                text.get("decisions.note"));
    }

    private static int integer(Map<String, String> text, String key) throws IOException {
        try {
            return Integer.parseInt(text.getOrDefault(key, "missing"));
        } catch (NumberFormatException e) {
            throw new IOException(key + " is " + text.get(key) + ", expected a whole number", e);
        }
    }

    private static double number(Map<String, String> text, String key) throws IOException {
        String value = text.getOrDefault(key, "missing");
        try {
            return value.equals("null") ? Double.NaN : Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IOException(key + " is " + value + ", expected a number", e);
        }
    }
}
