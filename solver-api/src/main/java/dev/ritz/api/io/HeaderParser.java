package dev.ritz.api.io;

import dev.ritz.api.io.MatrixMarketHeader.Field;
import dev.ritz.api.io.MatrixMarketHeader.Format;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads banner, comments and size line from a buffered stream, byte by byte, and stops after the size line. */
final class HeaderParser {
    private static final String BANNER = "%%MatrixMarket";
    private static final int MAX_LINE = 4096;
    private static final int MAX_COMMENTS = 65536;

    private final Path path;
    private final InputStream in;
    private final long limit;
    private final List<String> comments = new ArrayList<>();
    private int commentRoom = MAX_COMMENTS;
    private long consumed;
    private long lines;
    private boolean ended;

    /** A header that may be at most {@code limit} bytes long. */
    HeaderParser(Path path, InputStream in, long limit) {
        this.path = path;
        this.in = in;
        this.limit = limit;
    }

    /** Bytes up to and with the size line's end. */
    long consumed() {
        return consumed;
    }

    /** Lines up to and with the size line. */
    long lines() {
        return lines;
    }

    MatrixMarketHeader parse() throws IOException {
        byte[] banner = line();
        if (banner == null) {
            throw fault(1, BANNER + " as the first word", "an empty file");
        }
        int start = 0;
        if (banner.length >= 3 && banner[0] == (byte) 0xEF && banner[1] == (byte) 0xBB && banner[2] == (byte) 0xBF) {
            start = 3; // byte-order mark
        }
        String text = new String(banner, start, banner.length - start, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(BANNER)) {
            throw fault(1, BANNER + " as the first word", shown(banner));
        }
        String[] words = text.strip().split("[ \t]+");
        if (words.length != 5) {
            throw fault(
                    0,
                    "five words: " + BANNER + " matrix <format> <field> <symmetry>",
                    words.length + " words" + (words.length > 5 ? ", the sixth " + shown(words[5]) : ""));
        }
        if (!words[0].equals(BANNER)) {
            throw fault(1, BANNER + " as the first word", shown(words[0]));
        }
        if (!words[1].equalsIgnoreCase("matrix")) {
            throw fault(column(text, words, 1), "matrix (a vector is an n by 1 matrix)", shown(words[1]));
        }
        Format format = format(words[2], column(text, words, 2));
        Field field = field(words[3], column(text, words, 3));
        Symmetry symmetry = symmetry(words[4], column(text, words, 4));
        int last = column(text, words, 4);
        if (format == Format.ARRAY && field == Field.PATTERN) {
            throw fault(column(text, words, 3), "real, integer or complex for the array format", shown(words[3]));
        }
        if (field == Field.PATTERN && symmetry != Symmetry.GENERAL && symmetry != Symmetry.SYMMETRIC) {
            throw fault(last, "general or symmetric for a pattern", shown(words[4]));
        }
        if (symmetry == Symmetry.HERMITIAN && field != Field.COMPLEX) {
            throw fault(last, "symmetric (hermitian is for complex values)", shown(words[4]));
        }
        long[] size = size(format == Format.COORDINATE ? 3 : 2);
        if (symmetry != Symmetry.GENERAL && size[0] != size[1]) {
            throw fault(0, "a square size for a " + symmetry.word() + " matrix", size[0] + " by " + size[1]);
        }
        return new MatrixMarketHeader(
                format, field, symmetry, size[0], size[1], entries(format, symmetry, size), comments);
    }

    private long entries(Format format, Symmetry symmetry, long[] size) throws MatrixMarketException {
        if (format == Format.COORDINATE) {
            return size[2];
        }
        long n = size[0];
        if (n != 0 && Math.multiplyHigh(n, size[1] + 1) != 0 || n * (size[1] + 1) < 0) {
            throw fault(0, "a number of values that a long holds", n + " by " + size[1]);
        }
        return switch (symmetry) {
            case GENERAL -> n * size[1];
            case SYMMETRIC, HERMITIAN -> n * (n + 1) / 2;
            case SKEW_SYMMETRIC -> n == 0 ? 0 : n * (n - 1) / 2;
        };
    }

    private Format format(String word, int column) throws MatrixMarketException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "coordinate" -> Format.COORDINATE;
            case "array" -> Format.ARRAY;
            default -> throw fault(column, "coordinate or array", shown(word));
        };
    }

    private Field field(String word, int column) throws MatrixMarketException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "real", "double" -> Field.REAL;
            case "integer", "unsigned-integer" -> Field.INTEGER;
            case "complex" -> Field.COMPLEX;
            case "pattern" -> Field.PATTERN;
            default -> throw fault(column, "real, integer, complex or pattern", shown(word));
        };
    }

    private Symmetry symmetry(String word, int column) throws MatrixMarketException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "general" -> Symmetry.GENERAL;
            case "symmetric" -> Symmetry.SYMMETRIC;
            case "skew-symmetric" -> Symmetry.SKEW_SYMMETRIC;
            case "hermitian" -> Symmetry.HERMITIAN;
            default -> throw fault(column, "general, symmetric, skew-symmetric or hermitian", shown(word));
        };
    }

    private long[] size(int count) throws IOException {
        String meaning = count == 3 ? "rows, columns and entries" : "rows and columns";
        byte[] line = line();
        while (line != null && line.length == 0) {
            line = line();
        }
        if (line == null) {
            throw fault(0, "a size line with " + meaning, "the end of the file");
        }
        String text = new String(line, StandardCharsets.ISO_8859_1);
        String[] words = text.strip().split("[ \t]+");
        if (words.length != count) {
            String lis = words.length == 5 ? " (vectors appended as Lis does are not read)" : "";
            throw fault(0, count + " numbers: " + meaning, words.length + lis);
        }
        long[] size = new long[count];
        for (int k = 0; k < count; k++) {
            int column = column(text, words, k);
            if (!words[k].matches("[+]?[0-9]+")) {
                throw fault(column, "a whole number of at least 0", shown(words[k]));
            }
            try {
                size[k] = Long.parseLong(words[k]);
            } catch (NumberFormatException e) {
                throw fault(column, "a number that a long holds", shown(words[k]));
            }
        }
        return size;
    }

    /**
     * The next line without its end, empty if it has no words or is a comment (which is kept aside), null at the end of
     * the file.
     */
    private byte[] line() throws IOException {
        if (ended) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        boolean comment = false;
        boolean word = false;
        boolean any = false;
        boolean carriage = false;
        int room = lines == 0 ? MAX_LINE : Math.max(MAX_LINE, commentRoom);
        lines++;
        for (int b = in.read(); ; b = in.read()) {
            if (b < 0) {
                ended = true;
                break;
            }
            any = true;
            if (++consumed > limit) {
                throw fault(0, "at most " + limit + " bytes of header (maxMemoryBytes)", "more");
            }
            if (b == '\n') {
                break;
            }
            if (carriage && !comment) {
                throw fault(0, "lines that end with LF or CR LF", "a CR alone");
            }
            carriage = b == '\r';
            if (!word && b != ' ' && b != '\t' && b != '\r') {
                word = true;
                comment = b == '%' && lines > 1;
            }
            if (text.size() < room) {
                text.write(b);
            }
            if (!comment && text.size() >= MAX_LINE) {
                throw fault(0, "a line of at most " + MAX_LINE + " bytes", "a longer one");
            }
        }
        if (!any) {
            lines--;
            return null;
        }
        byte[] line = text.toByteArray();
        if (comment) {
            keep(line);
            return new byte[0];
        }
        return word ? line : lines == 1 ? new byte[] {'\n'} : new byte[0];
    }

    private void keep(byte[] line) {
        String comment = new String(line, StandardCharsets.UTF_8).strip().substring(1);
        comment = comment.substring(0, Math.min(comment.length(), commentRoom));
        // An empty comment counts too, so that the list stays short.
        commentRoom = Math.max(0, commentRoom - comment.length() - 1);
        if (commentRoom > 0) {
            comments.add(comment);
        }
    }

    private static int column(String text, String[] words, int k) {
        int at = 0;
        for (int i = 0; i <= k; i++) {
            at = text.indexOf(words[i], i == 0 ? 0 : at + words[i - 1].length());
        }
        return at + 1;
    }

    private static String shown(String word) {
        return shown(word.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String shown(byte[] word) {
        return EntryParser.quoted(word, 0, word.length);
    }

    private MatrixMarketException fault(int column, String expected, String found) {
        return new MatrixMarketException(path, Math.max(1, lines), column, expected, found);
    }
}
