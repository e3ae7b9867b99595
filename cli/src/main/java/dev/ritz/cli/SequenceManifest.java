package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sequence as JSON: version, description, systems. File names are relative to the manifest. */
final class SequenceManifest {
    /** The name of the manifest of a folder. */
    static final String FILE = "manifest.json";

    /** The version written, and the only one read. */
    static final int VERSION = 1;

    private static final List<String> KEYS = List.of("name", "matrix", "rhs", "guess", "parameters", "parametersFile");

    private final Path file;
    private final JsonParser json;

    private SequenceManifest(Path file, JsonParser json) {
        this.file = file;
        this.json = json;
    }

    static void write(OutputStream out, String description, List<SequenceEntry> systems) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET); // whoever opened the stream closes it
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("description", description);
            json.writeArrayFieldStart("systems");
            for (SequenceEntry entry : systems) {
                json.writeStartObject();
                json.writeStringField("name", entry.name());
                path(json, "matrix", entry.matrix());
                path(json, "rhs", entry.rhs());
                path(json, "guess", entry.guess());
                if (entry.parameters() != null) {
                    json.writeFieldName("parameters");
                    json.writeArray(entry.parameters(), 0, entry.parameters().length);
                }
                path(json, "parametersFile", entry.parametersFile());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void path(JsonGenerator json, String key, Path file) throws IOException {
        if (file != null) {
            json.writeStringField(key, file.toString());
        }
    }

    /** The systems in order; files are named, not opened. */
    static List<SequenceEntry> read(Path file, byte[] text) throws CommandException {
        JsonFactory factory = new JsonFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (JsonParser json = factory.createParser(text)) {
            return new SequenceManifest(file, json).manifest();
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? file + ": "
                    : file + ":" + e.getLocation().getLineNr() + ":"
                            + e.getLocation().getColumnNr() + ": ";
            String why = e instanceof JsonEOFException
                    ? "the text ends here, expected the rest of the manifest up to its last }"
                    : e.getOriginalMessage();
            throw new CommandException(ExitCode.BAD_INPUT, "BAD_INPUT", place + why, e);
        } catch (IOException e) {
            throw InputSystem.reading(file, e);
        }
    }

    private List<SequenceEntry> manifest() throws IOException, CommandException {
        json.nextToken();
        expect(JsonToken.START_OBJECT, "an object");
        boolean versioned = false;
        List<SequenceEntry> systems = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "version" -> {
                    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                            || !json.getText().equals("" + VERSION)) {
                        throw wrong("version = " + json.getText() + ", expected " + VERSION);
                    }
                    versioned = true;
                }
                case "description" -> expect(JsonToken.VALUE_STRING, "a string as description");
                case "systems" -> systems = systems();
                default ->
                    throw wrong("unknown key '" + key + "'"
                            + Suggestion.among(key, List.of("version", "description", "systems")));
            }
        }
        if (json.nextToken() != null) {
            throw wrong("text behind the manifest, expected its end");
        }
        if (!versioned) {
            throw wrong("no version, expected \"version\": " + VERSION);
        }
        if (systems == null) {
            throw wrong("no systems, expected \"systems\": [...]");
        }
        return systems;
    }

    private List<SequenceEntry> systems() throws IOException, CommandException {
        expect(JsonToken.START_ARRAY, "an array of systems");
        List<SequenceEntry> systems = new ArrayList<>();
        SequenceChecks checks = new SequenceChecks(file);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.START_OBJECT, "an object for each system");
            int line = json.currentTokenLocation().getLineNr();
            SequenceEntry entry = system(Integer.toString(systems.size() + 1));
            checks.add(entry, line);
            systems.add(entry);
        }
        return systems;
    }

    private SequenceEntry system(String position) throws IOException, CommandException {
        int line = json.currentTokenLocation().getLineNr();
        String name = position;
        Path[] files = new Path[KEYS.size()];
        double[] parameters = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String key = json.currentName();
            json.nextToken();
            if (!KEYS.contains(key)) {
                throw wrong("unknown key '" + key + "'" + Suggestion.among(key, KEYS));
            }
            if (key.equals("parameters")) {
                parameters = numbers();
                continue;
            }
            expect(JsonToken.VALUE_STRING, "a string as " + key);
            if (key.equals("name")) {
                name = json.getText();
            } else {
                files[KEYS.indexOf(key)] = SequenceChecks.resolved(file, json.getText());
            }
        }
        if (files[1] == null) {
            throw CommandException.badInput(file + ":" + line + ": system " + name + " has no matrix");
        }
        if (parameters != null && files[5] != null) {
            throw CommandException.badInput(file + ":" + line + ": system " + name
                    + " has parameters and parametersFile, expected one of them");
        }
        return new SequenceEntry(name, files[1], files[2], files[3], parameters, files[5]);
    }

    private double[] numbers() throws IOException, CommandException {
        expect(JsonToken.START_ARRAY, "an array of numbers as parameters");
        double[] values = new double[8];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            boolean number = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                    || json.currentToken() == JsonToken.VALUE_NUMBER_FLOAT;
            double value = number ? json.getDoubleValue() : Double.NaN;
            if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
                throw wrong("parameter " + json.getText() + ", expected a finite number");
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }
        return Arrays.copyOf(values, count);
    }

    private void expect(JsonToken token, String what) throws IOException, CommandException {
        if (json.currentToken() != token) {
            String found = json.currentToken() == null ? "the end" : "'" + json.getText() + "'";
            throw wrong("found " + found + ", expected " + what);
        }
    }

    private CommandException wrong(String message) {
        return CommandException.badInput(
                file + ":" + json.currentTokenLocation().getLineNr() + ": " + message);
    }
}
