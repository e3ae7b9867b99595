package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run that is over, from its report.
 *
 * @param terms what it was asked for
 * @param exitCode what it ended with
 * @param rows of its systems, null where one has none
 */
record SequenceFinished(SequenceTerms terms, int exitCode, SequenceRow[] rows) {
    /** The name of the report. */
    static final String REPORT = "report.json";

    /** Whether a folder holds one. */
    static boolean exists(Path output) {
        return !SequenceState.exists(output) && Files.isRegularFile(output.resolve(REPORT));
    }

    static SequenceFinished read(Path output) throws CommandException {
        Path file = output.resolve(REPORT);
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (IOException e) {
            throw InputSystem.reading(file, e);
        }
        SequenceTerms terms = null;
        int exitCode = -1;
        List<SequenceRow> rows = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(text)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = json.currentName();
                json.nextToken();
                switch (key) {
                    case "exitCode" -> exitCode = json.getIntValue();
                    case "run" -> terms = SequenceTerms.read(json);
                    case "systems" -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            rows.add(SequenceRowJson.read(json));
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw SequenceTerms.unknown(output, e);
        }
        if (terms == null || exitCode < 0) {
            throw SequenceTerms.unknown(output, null);
        }
        SequenceRow[] placed = new SequenceRow[terms.files().size()];
        for (SequenceRow row : rows) {
            if (row.index() < 0 || row.index() >= placed.length) {
                throw SequenceTerms.unknown(output, null);
            }
            placed[row.index()] = row;
        }
        return new SequenceFinished(terms, exitCode, placed);
    }

    /** Whether every system could be read. */
    boolean allRead() {
        return Arrays.stream(rows).noneMatch(row -> row == null || row.unread());
    }
}
