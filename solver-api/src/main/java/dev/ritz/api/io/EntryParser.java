package dev.ritz.api.io;

import dev.ritz.api.io.EntryBlock.Fault;
import dev.ritz.api.io.MatrixMarketHeader.Field;
import dev.ritz.api.io.MatrixMarketHeader.Format;
import dev.ritz.api.io.MatrixMarketHeader.Symmetry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Chunks of text to blocks of entries. Lines of the usual form take a short way; every other line is read again from its
 * start by {@link #careful}, which accepts all that the format allows and names what it refuses. Belongs to one thread.
 */
final class EntryParser {
    private final int rows;
    private final int cols;
    private final boolean coordinate;
    private final boolean pattern;
    private final boolean integer;
    private final boolean skew;
    private final NumberParser number = new NumberParser();

    private int[] rowIdx = new int[0];
    private int[] colIdx = new int[0];
    private double[] values = new double[0];
    private int[] skipped = new int[16];
    private int skips;

    // what the careful reading of a line found
    private int row;
    private int col;
    private double value;
    private Fault fault;
    private boolean entry;

    EntryParser(MatrixMarketHeader header) {
        rows = (int) header.rows();
        cols = (int) header.cols();
        coordinate = header.format() == Format.COORDINATE;
        pattern = header.field() == Field.PATTERN;
        integer = header.field() == Field.INTEGER;
        skew = header.symmetry() == Symmetry.SKEW_SYMMETRIC;
    }

    EntryBlock parse(Chunk chunk) {
        int most = (chunk.end - chunk.start) / (coordinate ? 4 : 2) + 1;
        if (values.length < most) {
            int room = Math.max(most, Math.min(Chunk.SIZE / 4, 2 * values.length));
            values = new double[room];
            rowIdx = coordinate ? new int[room] : rowIdx;
            colIdx = coordinate ? new int[room] : colIdx;
        }
        skips = 0;
        fault = null;
        int sides = 0;
        int n;
        if (coordinate) {
            long found = coordinates(chunk.bytes, chunk.start, chunk.end);
            n = (int) found;
            sides = (int) (found >>> 32);
        } else {
            n = array(chunk.bytes, chunk.start, chunk.end);
        }
        if (fault == null && chunk.overlong) {
            fault = new Fault(n + skips, 0, "a line of at most " + Chunk.MAX_LINE + " bytes", "a longer one", null);
        }
        return new EntryBlock(
                n,
                coordinate ? Arrays.copyOf(rowIdx, n) : null,
                coordinate ? Arrays.copyOf(colIdx, n) : null,
                pattern ? null : Arrays.copyOf(values, n),
                Arrays.copyOf(skipped, skips),
                (sides & 1) != 0,
                (sides & 2) != 0,
                fault);
    }

    /** Returns the number of entries, with bits 32 (some below the diagonal) and 33 (some above). */
    private long coordinates(byte[] text, int start, int end) {
        final int[] toRow = rowIdx;
        final int[] toCol = colIdx;
        final double[] toValue = values;
        final int rows = this.rows;
        final int cols = this.cols;
        final boolean pattern = this.pattern;
        int below = 0;
        int above = 0;
        int n = 0;
        int p = start;
        while (p < end) {
            int line = p;
            usual:
            {
                while (blank(text[p])) {
                    p++;
                }
                long word = NumberParser.digits(text, p);
                int bits = NumberParser.digitBits(word);
                if (bits == 0) {
                    break usual;
                }
                int i = (int) NumberParser.eight(word << (64 - bits)) - 1;
                p += bits >>> 3;
                if (!blank(text[p])) {
                    break usual;
                }
                do {
                    p++;
                } while (blank(text[p]));
                word = NumberParser.digits(text, p);
                bits = NumberParser.digitBits(word);
                if (bits == 0) {
                    break usual;
                }
                int j = (int) NumberParser.eight(word << (64 - bits)) - 1;
                p += bits >>> 3;
                if (Integer.compareUnsigned(i, rows) >= 0 || Integer.compareUnsigned(j, cols) >= 0) {
                    break usual;
                }
                if (!pattern) {
                    if (!blank(text[p])) {
                        break usual;
                    }
                    do {
                        p++;
                    } while (blank(text[p]));
                    toValue[n] = number.parse(text, p);
                    p = number.end;
                    if (!number.finite() || integer && !number.whole || skew && i == j && toValue[n] != 0) {
                        break usual;
                    }
                }
                while (blank(text[p])) {
                    p++;
                }
                if (text[p] == '\r') {
                    p++;
                }
                if (text[p] != '\n') {
                    break usual;
                }
                p++;
                toRow[n] = i;
                toCol[n] = j;
                below |= j - i;
                above |= i - j;
                n++;
                continue;
            }
            p = careful(text, line, n + skips);
            if (fault != null) {
                break;
            }
            if (entry) {
                toRow[n] = row;
                toCol[n] = col;
                toValue[n] = value;
                below |= col - row;
                above |= row - col;
                n++;
            }
        }
        return n | (long) (below >>> 31 | (above >>> 31) << 1) << 32;
    }

    private int array(byte[] text, int start, int end) {
        final double[] toValue = values;
        int n = 0;
        int p = start;
        while (p < end) {
            int line = p;
            while (blank(text[p])) {
                p++;
            }
            toValue[n] = number.parse(text, p);
            p = number.end;
            while (blank(text[p])) {
                p++;
            }
            if (text[p] == '\r') {
                p++;
            }
            if (text[p] == '\n' && number.finite() && (!integer || number.whole)) {
                p++;
                n++;
                continue;
            }
            p = careful(text, line, n + skips);
            if (fault != null) {
                break;
            }
            if (entry) {
                toValue[n++] = value;
            }
        }
        return n;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean endsLine(byte[] text, int p) {
        return text[p] == '\n' || text[p] == '\r' && text[p + 1] == '\n';
    }

    /** Reads one line of any form; sets entry and its parts, or the fault. Returns the start of the next line. */
    private int careful(byte[] text, int line, int number) {
        entry = false;
        int p = skipBlanks(text, line);
        if (text[p] == '%' || endsLine(text, p)) {
            if (skips == skipped.length) {
                skipped = Arrays.copyOf(skipped, 2 * skips);
            }
            skipped[skips++] = number;
        } else {
            if (coordinate) {
                p = index(text, line, p, number, rows, true);
                p = fault == null ? index(text, line, skipBlanks(text, p), number, cols, false) : p;
            }
            if (fault == null && !pattern) {
                p = value(text, line, skipBlanks(text, p), number);
            }
            if (fault == null) {
                p = skipBlanks(text, p);
                if (!endsLine(text, p)) {
                    fault(text, line, p, number, "the end of the line");
                }
                entry = fault == null;
            }
        }
        while (text[p] != '\n') {
            p++;
        }
        return p + 1;
    }

    private static int skipBlanks(byte[] text, int from) {
        int p = from;
        while (blank(text[p])) {
            p++;
        }
        return p;
    }

    private int index(byte[] text, int line, int from, int number, int greatest, boolean isRow) {
        String expected = "a " + (isRow ? "row" : "column") + " index from 1 to " + greatest;
        int p = text[from] == '+' ? from + 1 : from;
        int first = p;
        long parsed = 0;
        while (text[p] >= '0' && text[p] <= '9') {
            parsed = Math.min(10 * parsed + text[p] - '0', Integer.MAX_VALUE + 1L);
            p++;
        }
        if (p == first || !blank(text[p]) && !endsLine(text, p) || parsed < 1 || parsed > greatest) {
            fault(text, line, from, number, expected);
        } else if (isRow) {
            row = (int) parsed - 1;
        } else {
            col = (int) parsed - 1;
        }
        return p;
    }

    private int value(byte[] text, int line, int from, int lineNumber) {
        value = number.parse(text, from);
        int p = number.end;
        if (number.outcome() == NumberParser.Outcome.MALFORMED || !blank(text[p]) && !endsLine(text, p)) {
            String token = token(text, from).toLowerCase(Locale.ROOT);
            boolean infinite = token.matches("\"[+-]?(nan|inf|infinity)\"");
            fault(text, line, from, lineNumber, infinite ? "a finite number" : integer ? "an integer" : "a number");
        } else if (number.outcome() == NumberParser.Outcome.OVERFLOW) {
            fault(text, line, from, lineNumber, "a number in the range of double");
        } else if (integer && !number.whole) {
            fault(text, line, from, lineNumber, "an integer");
        } else if (skew && coordinate && row == col && value != 0) {
            fault(text, line, from, lineNumber, "no value on the diagonal of a skew-symmetric matrix");
        }
        return p;
    }

    private void fault(byte[] text, int line, int p, int number, String expected) {
        fault = new Fault(number, p - line + 1, expected, token(text, p), null);
    }

    /** The word at p in quotation marks, printable and short, or a phrase for the end of the line. */
    private static String token(byte[] text, int p) {
        if (endsLine(text, p)) {
            return "the end of the line";
        }
        int q = p;
        while (q - p <= 40 && !blank(text[q]) && !endsLine(text, q)) {
            q++;
        }
        return quoted(text, p, q);
    }

    static String quoted(byte[] text, int from, int to) {
        String word = new String(text, from, Math.min(to - from, 40), StandardCharsets.ISO_8859_1);
        return '"' + word.replaceAll("[^ -~]", "?") + (to - from > 40 ? "…\"" : "\"");
    }
}
