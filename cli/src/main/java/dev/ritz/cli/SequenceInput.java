package dev.ritz.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The systems of a sequence in order, from a folder, a JSON manifest or a plain list; only names are read here. */
final class SequenceInput {
    private SequenceInput() {}

    /** A folder, with a manifest or by the names of its files, or a manifest or list. At least one system. */
    static List<SequenceEntry> of(Path source) throws CommandException {
        List<SequenceEntry> entries;
        if (Files.isDirectory(source)) {
            Path manifest = source.resolve(SequenceManifest.FILE);
            entries = Files.exists(manifest) ? file(manifest) : SequenceFolder.entries(source);
        } else {
            entries = file(source);
        }
        if (entries.isEmpty()) {
            throw CommandException.badInput(source + " names no system, expected at least one");
        }
        return entries;
    }

    private static List<SequenceEntry> file(Path file) throws CommandException {
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (IOException e) {
            throw InputSystem.reading(file, e);
        }
        if (text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF) {
            text = Arrays.copyOfRange(text, 3, text.length); // a byte order mark
        }
        if (new String(text, 0, Math.min(text.length, 14), StandardCharsets.ISO_8859_1).equals("%%MatrixMarket")) {
            throw CommandException.badInput(
                    file + " is a matrix, expected a folder, a manifest or a list that names matrices");
        }
        for (byte b : text) {
            if (b == '[') {
                throw CommandException.badInput(file + " begins with '[', expected a manifest, which begins with"
                        + " { \"version\": 1, \"systems\": [, or a list of file names");
            }
            if (!Character.isWhitespace(b)) {
                return b == '{' ? SequenceManifest.read(file, text) : list(file, lines(file, text));
            }
        }
        return List.of();
    }

    /** Lines of a matrix, a right-hand side and a guess; the latter two may be absent or a dash. */
    private static List<SequenceEntry> list(Path file, List<String> lines) throws CommandException {
        List<SequenceEntry> entries = new ArrayList<>();
        SequenceChecks checks = new SequenceChecks(file);
        boolean first = true;
        for (int k = 0; k < lines.size(); k++) {
            String[] cells = cells(lines.get(k));
            if (cells.length == 0) {
                continue;
            }
            boolean header = first && cells[0].equals("matrix");
            first = false;
            if (header) {
                continue;
            }
            if (cells.length > 3) {
                throw CommandException.badInput(file + ":" + (k + 1) + ": " + cells.length
                        + " file names, expected a matrix, a right-hand side and a guess at most");
            }
            Path[] files = new Path[3];
            for (int c = 0; c < cells.length; c++) {
                files[c] = cells[c].equals("-") || cells[c].isEmpty() ? null : SequenceChecks.resolved(file, cells[c]);
            }
            if (files[0] == null) {
                throw CommandException.badInput(file + ":" + (k + 1) + ": no matrix, expected its file name first");
            }
            SequenceEntry entry =
                    SequenceEntry.files(Integer.toString(entries.size() + 1), files[0], files[1], files[2]);
            checks.add(entry, k + 1);
            entries.add(entry);
        }
        return entries;
    }

    /**
     * Parameters from a table: a line of numbers for each system, in order; or, under a header whose first word is
     * {@code name}, behind the name of the system.
     */
    static List<SequenceEntry> withParameters(List<SequenceEntry> entries, Path table) throws CommandException {
        byte[] text;
        try {
            text = Files.readAllBytes(table);
        } catch (IOException e) {
            throw InputSystem.reading(table, e);
        }
        Map<String, double[]> rows = rows(table, lines(table, text));
        boolean named = !rows.isEmpty() && !rows.containsKey("#1");
        if (rows.size() != entries.size()) {
            throw CommandException.badInput(table + " has parameters of " + rows.size() + " systems, expected "
                    + entries.size() + " as the sequence has");
        }
        List<SequenceEntry> with = new ArrayList<>();
        for (SequenceEntry entry : entries) {
            double[] mu = rows.get(named ? entry.name() : "#" + (with.size() + 1));
            if (mu == null) {
                throw CommandException.badInput(table + " has no parameters of system '" + entry.name() + "'");
            }
            with.add(entry.withParameters(mu));
        }
        return with;
    }

    /** The rows by name, or by {@code #} and their position. */
    private static Map<String, double[]> rows(Path table, List<String> lines) throws CommandException {
        Map<String, double[]> rows = new HashMap<>();
        boolean first = true;
        boolean named = false;
        int width = -1;
        for (int k = 0; k < lines.size(); k++) {
            String[] cells = cells(lines.get(k));
            if (cells.length == 0) {
                continue;
            }
            if (first && !isNumber(cells[0])) {
                named = cells[0].equals("name");
                first = false;
                continue;
            }
            first = false;
            int skip = named ? 1 : 0;
            double[] mu = new double[cells.length - skip];
            for (int c = 0; c < mu.length; c++) {
                mu[c] = number(table, k + 1, cells[c + skip]);
            }
            if (width >= 0 && mu.length != width) {
                throw CommandException.badInput(table + ":" + (k + 1) + ": " + mu.length + " parameters, expected "
                        + width + " as in the lines before");
            }
            width = mu.length;
            if (rows.put(named ? cells[0] : "#" + (rows.size() + 1), mu) != null) {
                throw CommandException.badInput(
                        table + ":" + (k + 1) + ": system '" + cells[0] + "' for the second time");
            }
        }
        return rows;
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double number(Path table, int line, String cell) throws CommandException {
        double value = isNumber(cell) ? Double.parseDouble(cell) : Double.NaN;
        if (!(Math.abs(value) < Double.POSITIVE_INFINITY)) {
            throw CommandException.badInput(table + ":" + line + ": '" + cell + "', expected a finite number");
        }
        return value;
    }

    /** Cells between commas where a line has any, else words; none for an empty line and for a comment. */
    private static String[] cells(String line) {
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return new String[0];
        }
        return text.indexOf(',') >= 0 ? text.split("\\s*,\\s*", -1) : text.split("\\s+");
    }

    private static List<String> lines(Path file, byte[] text) throws CommandException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, "BAD_INPUT", file + " is no text in UTF-8, expected a manifest or a list", e);
        }
    }
}
