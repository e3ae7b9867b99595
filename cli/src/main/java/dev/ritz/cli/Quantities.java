package dev.ritz.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}; {@code 512M}, {@code 4G}. */
final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d+(?:\\.\\d+)?)([a-z]*)");

    private Quantities() {}

    /** A positive time; a plain number counts seconds. */
    static Duration duration(String text) {
        Matcher m = NUMBER_AND_UNIT.matcher(text.toLowerCase(Locale.ROOT));
        double unit = !m.matches()
                ? Double.NaN
                : switch (m.group(2)) {
                    case "ms" -> 1e-3;
                    case "", "s" -> 1;
                    case "m", "min" -> 60;
                    case "h" -> 3600;
                    default -> Double.NaN;
                };
        if (Double.isNaN(unit)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no duration; examples: 500ms, 30s, 5m, 2h, or seconds");
        }
        double seconds = Double.parseDouble(m.group(1)) * unit;
        if (!(seconds >= 1e-3 && seconds < 1e9)) {
            throw new IllegalArgumentException("'" + text + "' is out of range, expected 1ms to 277777h");
        }
        return Duration.ofNanos((long) (seconds * 1e9));
    }

    /** A time as {@link #duration} reads it. */
    static String text(Duration time) {
        long millis = time.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }

    /** A positive number of bytes; the units are powers of 1024. */
    static long bytes(String text) {
        Matcher m = NUMBER_AND_UNIT.matcher(text.toLowerCase(Locale.ROOT));
        if (m.matches()) {
            double bytes = Double.parseDouble(m.group(1))
                    * switch (m.group(2)) {
                        case "", "b" -> 1;
                        case "k", "kb", "kib" -> 0x1p10;
                        case "m", "mb", "mib" -> 0x1p20;
                        case "g", "gb", "gib" -> 0x1p30;
                        case "t", "tb", "tib" -> 0x1p40;
                        default -> Double.NaN;
                    };
            if (bytes >= 1 && bytes < 0x1p62) {
                return (long) bytes;
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no size; examples: 512M, 4G, or bytes");
    }

    /** A number of bytes for people. */
    static String text(long bytes) {
        if (bytes < 1 << 10) {
            return bytes + " bytes";
        }
        double value = bytes;
        int unit = -1;
        do {
            value /= 1024;
            unit++;
        } while (value >= 1024 && unit < 3);
        return String.format(Locale.ROOT, "%.1f %s", value, new String[] {"KiB", "MiB", "GiB", "TiB"}[unit]);
    }
}
