package dev.ritz.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ritz.api.io.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rows of a run as they come, one JSON object a line, so that a run that is killed has lost none. The first line
 * says which run it is.
 */
final class SequenceJournal implements AutoCloseable {
    private final SequenceRow[] rows;
    private final OutputStream out;

    private SequenceJournal(SequenceRow[] rows, OutputStream out) {
        this.rows = rows;
        this.out = out;
    }

    /** Rows that are kept nowhere but in the report. */
    static SequenceJournal of(SequenceRow[] rows) {
        return new SequenceJournal(rows.clone(), OutputStream.nullOutputStream());
    }

    /** A new journal. */
    static SequenceJournal begin(Path file, SequenceTerms run) throws IOException {
        AtomicFile.write(file, out -> out.write((run.line() + "\n").getBytes(StandardCharsets.UTF_8)));
        return new SequenceJournal(new SequenceRow[run.files().size()], append(file));
    }

    /**
     * Goes on with a journal. A last line that was cut off is dropped: its system is solved again.
     *
     * @param run what the first line has to say
     * @param names of the systems
     */
    static SequenceJournal resume(Path file, SequenceTerms run, List<String> names)
            throws IOException, CommandException {
        List<String> lines = new ArrayList<>(
                Files.readString(file, StandardCharsets.UTF_8).lines().toList());
        Path output = file.getParent().getParent();
        SequenceTerms there;
        try {
            there = SequenceTerms.of(lines.isEmpty() ? "" : lines.get(0));
        } catch (IOException e) {
            throw SequenceTerms.unknown(output, e);
        }
        SequenceRow[] rows = new SequenceRow[names.size()];
        List<String> good = new ArrayList<>(List.of(run.line()));
        for (String line : lines.subList(1, lines.size())) {
            try {
                SequenceRow row = parse(line);
                rows[row.index()] = row;
                good.add(line);
            } catch (IOException | IndexOutOfBoundsException e) {
                break; // cut off
            }
        }
        run.require(there, output, names, rows);
        AtomicFile.write(file, out -> out.write((String.join("\n", good) + "\n").getBytes(StandardCharsets.UTF_8)));
        return new SequenceJournal(rows, append(file));
    }

    /** The chunks of the run that a journal is of; 0 where that cannot be told. */
    static int chunks(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return SequenceTerms.of(lines.findFirst().orElse("")).chunks();
        } catch (IOException | UncheckedIOException e) {
            return 0; // what is wrong with it is said where it is read
        }
    }

    private static OutputStream append(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.APPEND);
    }

    private static SequenceRow parse(String line) throws IOException {
        try (JsonParser json = new JsonFactory().createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no row");
            }
            return SequenceRowJson.read(json);
        }
    }

    /** Keeps a row; called from several threads. */
    synchronized void add(SequenceRow row) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
            SequenceRowJson.write(json, row);
        }
        line.write('\n');
        out.write(line.toByteArray());
        rows[row.index()] = row;
    }

    /** {@return whether a system has a row} */
    synchronized boolean has(int index) {
        return rows[index] != null;
    }

    /** {@return the rows by the place of their systems in the input; null where a system has none yet} */
    synchronized SequenceRow[] rows() {
        return rows.clone();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
