package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run and the one that resumes it must have in common.
 *
 * @param options values by the words of the command line, in its order
 * @param files a checksum for each system, which tells its files from others
 */
record SequenceTerms(Map<String, String> options, List<String> files) {
    private static final int VERSION = 2;

    /** Systems whose files differ are counted beyond this. */
    private static final int LISTED = 3;

    /** {@return the terms in one line} */
    String line() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeObjectFieldStart("options");
        for (Map.Entry<String, String> option : options.entrySet()) {
            json.writeStringField(option.getKey(), option.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("files");
        for (String sum : files) {
            json.writeString(sum);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** {@return the terms in a line} */
    static SequenceTerms of(String line) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            return read(json);
        }
    }

    /** Reads the object that begins at the parser's current token. */
    static SequenceTerms read(JsonParser json) throws IOException {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> files = new ArrayList<>();
        boolean version = false;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new IOException("no object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "version" -> version = json.getText().equals("" + VERSION);
                case "options" -> {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        String name = json.currentName();
                        options.put(name, json.nextTextValue());
                    }
                }
                case "files" -> {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        files.add(json.getText());
                    }
                }
                default -> throw new IOException("unknown key " + key);
            }
        }
        if (!version) {
            throw new IOException("not of version " + VERSION);
        }
        return new SequenceTerms(options, files);
    }

    /** {@return the number of chunks, 0 where it is not known} */
    int chunks() {
        try {
            return Integer.parseInt(options.getOrDefault("--chunks", "0"));
        } catch (NumberFormatException e) {
            return 0; // said where the terms are compared
        }
    }

    /**
     * In what an earlier run differs from this one, a line each.
     *
     * @param names of the systems of this one
     * @param rows of the earlier one; files that could not be read may have changed
     */
    List<String> differences(SequenceTerms there, List<String> names, SequenceRow[] rows) {
        List<String> lines = new ArrayList<>();
        Set<String> words = new LinkedHashSet<>(there.options.keySet());
        words.addAll(options.keySet());
        for (String word : words) {
            String was = there.options.getOrDefault(word, "not given");
            String is = options.getOrDefault(word, "not given");
            if (!was.equals(is)) {
                lines.add(word + ": there " + was + ", here " + is);
            }
        }
        if (there.files.size() != files.size()) {
            lines.add("systems: there " + there.files.size() + ", here " + files.size());
            return lines;
        }
        int changed = 0;
        for (int i = 0; i < files.size(); i++) {
            boolean unread = rows[i] != null && rows[i].unread();
            if (!unread && !files.get(i).equals(there.files.get(i)) && changed++ < LISTED) {
                lines.add("input: system '" + names.get(i) + "' has other files, or they have changed");
            }
        }
        if (changed > LISTED) {
            lines.add("input: and so have " + (changed - LISTED) + " more systems");
        }
        return lines;
    }

    /** Refuses an earlier run in the same folder that differs from this one. */
    void require(SequenceTerms there, Object folder, List<String> names, SequenceRow[] rows) throws CommandException {
        List<String> lines = differences(there, names, rows);
        if (!lines.isEmpty()) {
            throw CommandException.usage("--resume: " + folder + " holds another run, with other input or options:\n  "
                    + String.join("\n  ", lines));
        }
    }

    /** Refuses a run whose terms cannot be read. */
    static CommandException unknown(Object folder, IOException why) {
        return new CommandException(
                ExitCode.USAGE,
                "USAGE",
                "--resume: what run " + folder + " holds cannot be told, expected one of this version; begin anew"
                        + " with another OUT",
                why);
    }
}
