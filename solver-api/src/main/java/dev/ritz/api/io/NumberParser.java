package dev.ritz.api.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Decimal text to the nearest double, ties to even, equal bit for bit to {@link Double#parseDouble}. Digits are read eight
 * at a time; up to 2⁵³ and 10²² one exact operation rounds (Clinger 1990), beyond that a 128-bit product decides (Lemire
 * 2021), and the few texts of more than 19 digits that it leaves open go to the JDK. The array must hold at least
 * {@value #PADDING} bytes after the last byte that belongs to the text, and a byte that ends a number.
 *
 * <p>Accepts {@code [+-] digits [. digits] [(e|E|d|D) [+-] digits]} with at least one digit before or after the point.
 * One parser belongs to one thread; {@link #parse} leaves its findings in the fields.
 */
final class NumberParser {
    /** Readable bytes needed after the text. */
    static final int PADDING = 32;

    /** What became of the last number. */
    enum Outcome {
        /** A finite number. */
        FINITE,
        /** Beyond the greatest double. */
        OVERFLOW,
        /** Not a number of this grammar. */
        MALFORMED
    }

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;
    private static final long TO_HIGH_BIT = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private static final double[] EXACT = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };
    private static final long[] TENS = {1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private static final int FINITE = 0;
    private static final int OVERFLOW = 1;
    private static final int MALFORMED = 2;

    private static final int MOST_DIGITS = 19;
    private static final int EXPONENT_CLAMP = 1_000_000_000;

    /** Position after the last number. */
    int end;
    /** What became of it: a small number, since storing a reference has a price. */
    private int status;
    /** It had neither point nor exponent. */
    boolean whole;

    /** The last number is finite. */
    boolean finite() {
        return status == FINITE;
    }

    Outcome outcome() {
        return status == FINITE ? Outcome.FINITE : status == OVERFLOW ? Outcome.OVERFLOW : Outcome.MALFORMED;
    }

    /** The eight bytes at p with the digits turned into 0..9. */
    static long digits(byte[] text, int p) {
        return (long) WORD.get(text, p) ^ ZEROS;
    }

    /** Eight times the number of leading digits in a word of {@link #digits}: 0, 8, … 64. */
    static int digitBits(long word) {
        // A byte of 0..9 stays below 0x80 and carries nothing, so the first other byte is found exactly.
        return Long.numberOfTrailingZeros(((word + TO_HIGH_BIT) | word) & HIGH_BITS) & ~7;
    }

    /** The value of eight digits, the first in the lowest byte. */
    static long eight(long word) {
        long w = word * 2561 >>> 8;
        w = (w & 0x00FF00FF00FF00FFL) * 6553601 >>> 16;
        return (w & 0x0000FFFF0000FFFFL) * 42949672960001L >>> 32;
    }

    /** Parses the number at p; see {@link #end}, {@link #outcome()} and {@link #whole}. */
    double parse(byte[] text, int p) {
        // Signs are as good as random, so a minus goes without a branch.
        int sign = text[p] - '-';
        int minus = ((sign | -sign) >>> 31) ^ 1;
        int q = p + minus;
        if (sign == '+' - '-') {
            q++;
        }
        long word = digits(text, q);
        int bits = digitBits(word);
        if (bits == 64) {
            return parseLong(text, p);
        }
        long w = bits == 0 ? 0 : eight(word << (64 - bits));
        int count = bits >>> 3;
        q += count;
        int fraction = 0;
        boolean noPoint = text[q] != '.';
        if (!noPoint) {
            q++;
            word = digits(text, q);
            bits = digitBits(word);
            if (bits == 64) {
                w = w * 100_000_000 + eight(word);
                word = digits(text, q + 8);
                bits = digitBits(word);
                fraction = 8;
                if (bits == 64) {
                    w = w * 100_000_000 + eight(word);
                    word = digits(text, q + 16);
                    bits = digitBits(word);
                    fraction = 16;
                }
            }
            if (bits != 0) {
                w = w * TENS[bits >>> 3] + eight(word << (64 - bits));
                fraction += bits >>> 3;
            }
            q += fraction;
            count += fraction;
            if (count > MOST_DIGITS) {
                return parseLong(text, p);
            }
        }
        if (count == 0) {
            return malformed(q);
        }
        int letter = text[q] | 0x20;
        int exponent = 0;
        boolean noExponent = letter != 'e' && letter != 'd';
        if (!noExponent) {
            exponent = exponent(text, q + 1);
            if (exponent == Integer.MIN_VALUE) {
                return malformed(q);
            }
            q = end;
        }
        end = q;
        whole = noPoint && noExponent;
        double magnitude = nearest(w, exponent - fraction);
        status = magnitude <= Double.MAX_VALUE ? FINITE : OVERFLOW;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(magnitude) | (long) minus << 63);
    }

    /** Any number, digit by digit: more digits than a word holds, or many leading zeros. */
    private double parseLong(byte[] text, int p) {
        int q = p;
        boolean negative = text[q] == '-';
        if (negative || text[q] == '+') {
            q++;
        }
        long w = 0;
        int kept = 0;
        int count = 0;
        long scale = 0;
        boolean lost = false;
        boolean point = false;
        for (; ; q++) {
            int digit = text[q] - '0';
            if (digit < 0 || digit > 9) {
                if (text[q] == '.' && !point) {
                    point = true;
                    continue;
                }
                break;
            }
            count++;
            if (kept < MOST_DIGITS) {
                w = 10 * w + digit;
                kept += w != 0 ? 1 : 0;
                scale -= point ? 1 : 0;
            } else {
                lost |= digit != 0;
                scale += point ? 0 : 1;
            }
        }
        if (count == 0) {
            return malformed(q);
        }
        int letter = text[q] | 0x20;
        boolean hasExponent = letter == 'e' || letter == 'd';
        if (hasExponent) {
            int exponent = exponent(text, q + 1);
            if (exponent == Integer.MIN_VALUE) {
                return malformed(q);
            }
            scale += exponent;
            q = end;
        }
        end = q;
        whole = !point && !hasExponent;
        int exponent = (int) Math.max(-EXPONENT_CLAMP, Math.min(EXPONENT_CLAMP, scale));
        double magnitude = nearest(w, exponent);
        if (lost && magnitude != nearest(w + 1, exponent)) {
            // The digits beyond the nineteenth decide.
            String token = new String(text, p, q - p, StandardCharsets.ISO_8859_1)
                    .replace('d', 'e')
                    .replace('D', 'e');
            magnitude = Math.abs(Double.parseDouble(token));
        }
        status = magnitude <= Double.MAX_VALUE ? FINITE : OVERFLOW;
        return negative ? -magnitude : magnitude;
    }

    private double malformed(int q) {
        end = q;
        status = MALFORMED;
        return Double.NaN;
    }

    /** The exponent at p, clamped; {@code Integer.MIN_VALUE} if there is no digit. Leaves {@link #end} after it. */
    private int exponent(byte[] text, int p) {
        int q = p;
        boolean negative = text[q] == '-';
        if (negative || text[q] == '+') {
            q++;
        }
        int first = q;
        int value = 0;
        for (int digit = text[q] - '0'; digit >= 0 && digit <= 9; digit = text[++q] - '0') {
            value = value < EXPONENT_CLAMP / 10 ? 10 * value + digit : EXPONENT_CLAMP;
        }
        end = q;
        if (q == first) {
            return Integer.MIN_VALUE;
        }
        return negative ? -value : value;
    }

    /** The double nearest to w 10^q, w unsigned; infinite beyond the range. */
    static double nearest(long w, int q) {
        if (w >>> 53 == 0 && q >= -22 && q <= 22) {
            // Both factors are exact, so one rounding is the right one.
            return q < 0 ? w / EXACT[-q] : w * EXACT[q];
        }
        return byProduct(w, q);
    }

    /** {@link #nearest} from the leading bits of w 5^q: a method of its own, so that the common case is inlined. */
    private static double byProduct(long w, int q) {
        if (w == 0 || q < PowersOfFive.LEAST) {
            return 0;
        }
        if (q > PowersOfFive.GREATEST) {
            return Double.POSITIVE_INFINITY;
        }
        int shift = Long.numberOfLeadingZeros(w);
        long m = w << shift;
        long five = PowersOfFive.high(q);
        long high = unsignedHigh(m, five);
        long low = m * five;
        if ((high & 0x1FF) == 0x1FF) {
            long carry = unsignedHigh(m, PowersOfFive.low(q));
            low += carry;
            if (Long.compareUnsigned(carry, low) > 0) {
                high++;
            }
        }
        int top = (int) (high >>> 63);
        long mantissa = high >>> (top + 9);
        int exponent = (((152170 + 65536) * q) >> 16) + 63 + top - shift + 1023;
        if (exponent <= 0) {
            if (1 - exponent >= 64) {
                return 0;
            }
            mantissa >>>= 1 - exponent;
            mantissa = (mantissa + (mantissa & 1)) >>> 1;
            // A carry into bit 52 is the least normal number: its bits are already right.
            return Double.longBitsToDouble(mantissa);
        }
        if (Long.compareUnsigned(low, 1) <= 0
                && q >= -4
                && q <= 23
                && (mantissa & 3) == 1
                && mantissa << (top + 9) == high) {
            // Half way exactly: to even.
            mantissa &= ~1L;
        }
        mantissa = (mantissa + (mantissa & 1)) >>> 1;
        if (mantissa >>> 53 != 0) {
            mantissa = 1L << 52;
            exponent++;
        }
        if (exponent >= 2047) {
            return Double.POSITIVE_INFINITY;
        }
        return Double.longBitsToDouble(mantissa & ~(1L << 52) | (long) exponent << 52);
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }
}
