package dev.ritz.api.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ritz.api.io.NumberParser.Outcome;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {
    private static final long SEED = 0x5EED_0F_D161_7501L;

    private final NumberParser parser = new NumberParser();
    private byte[] text = new byte[4096];

    private void check(String number) {
        double expected = Double.parseDouble(number.replace('d', 'e').replace('D', 'e'));
        double parsed = parse(number);
        assertThat(parser.end).as(number).isEqualTo(number.length());
        if (Double.doubleToRawLongBits(parsed) != Double.doubleToRawLongBits(expected)) {
            throw new AssertionError(number + " gave " + parsed + ", expected " + expected + ", seed " + SEED);
        }
        assertThat(parser.outcome())
                .as(number)
                .isEqualTo(Double.isInfinite(expected) ? Outcome.OVERFLOW : Outcome.FINITE);
    }

    /** As {@link #check} without allocation of descriptions. */
    private void checkFast(String number) {
        double parsed = parse(number);
        double expected = Double.parseDouble(number);
        if (Double.doubleToRawLongBits(parsed) != Double.doubleToRawLongBits(expected)
                || parser.end != number.length()
                || (parser.outcome() == Outcome.OVERFLOW) != Double.isInfinite(expected)) {
            throw new AssertionError(number + " gave " + parsed + ", expected " + expected + ", seed " + SEED);
        }
    }

    private double parse(String number) {
        int length = number.length();
        if (text.length < length + 1 + NumberParser.PADDING) {
            text = new byte[length + 1 + NumberParser.PADDING];
        }
        for (int k = 0; k < length; k++) {
            text[k] = (byte) number.charAt(k);
        }
        text[length] = '\n';
        return parser.parse(text, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "+0.0",
                "0e999999999999",
                "1",
                "+1",
                "-1",
                "1.",
                ".5",
                "-.5",
                "+.5e-3",
                "1e3",
                "1E+03",
                "1D+03",
                "1d-3",
                "12345678",
                "123456789012345678901234567890",
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "1.7976931348623159e308",
                "-1.7976931348623157E308",
                "1e308",
                "1e309",
                "1e400",
                "-1e99999999999",
                "4.9e-324",
                "2.4703282292062327208e-324",
                "2.4703282292062328e-324",
                "2.47032822920623272e-324",
                "1e-400",
                "1e-99999999999",
                "2.2250738585072011e-308",
                "2.2250738585072012e-308",
                "2.2250738585072014e-308",
                "2.225073858507201136057409796709131975934819546351645648023426109724822222021e-308",
                "9007199254740991",
                "9007199254740992",
                "9007199254740993",
                "9007199254740993.0000000000000000000001",
                "9007199254740995",
                "18446744073709551615",
                "18446744073709551616",
                "9999999999999999999",
                "1e22",
                "1e23",
                "8.5e22",
                "123e-22",
                "6.02214076e23",
                "0.000000000000000000000000000001234567890123456789",
                "0.00000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000123.5",
                "7.2057594037927933e16",
                "7.2057594037927945e+16",
                "3.5844466002796428e+298",
                "9355950000000000000.00",
                "1448997445238699",
                "1.00000000000000011102230246251565404236316680908203125",
                "1.00000000000000011102230246251565404236316680908203124",
                "1.00000000000000011102230246251565404236316680908203126"
            })
    @DisplayName("nasty numbers agree with the JDK")
    void nasty(String number) {
        check(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "+", "-", ".", "-.", "e5", ".e5", "1e", "1e+", "1d-", "x", "nan", "inf", "--1", "123456789e"
            })
    void malformed(String number) {
        parse(number);
        assertThat(parser.outcome()).isEqualTo(Outcome.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,5", "0x1p3", "1_000", "1.5+003", "1.0d", "1..2", "1.2.3", "12345678901234567890.1.2"})
    @DisplayName("a number ends where its grammar ends, or is none")
    void stopsEarly(String number) {
        parse(number);
        assertThat(parser.outcome() == Outcome.MALFORMED || parser.end < number.length())
                .isTrue();
    }

    @Test
    void tellsWholeNumbers() {
        for (String number : new String[] {"1", "-12", "12345678901234567890", "+0"}) {
            parse(number);
            assertThat(parser.whole).as(number).isTrue();
        }
        for (String number : new String[] {"1.", "1e0", "12345678901.5", "123456789e1"}) {
            parse(number);
            assertThat(parser.whole).as(number).isFalse();
        }
    }

    @Test
    void shortestTextOfRandomBits() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int k = 0; k < 500_000; k++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Math.abs(value) <= Double.MAX_VALUE) {
                checkFast(Double.toString(value));
            }
        }
    }

    @Test
    @DisplayName("random digits, 1 to 25 of them, with exponents up to 400 and a point anywhere")
    void randomDigits() {
        SplittableRandom random = new SplittableRandom(SEED + 1);
        StringBuilder number = new StringBuilder();
        for (int k = 0; k < 700_000; k++) {
            number.setLength(0);
            number.append(random.nextInt(3) == 0 ? "-" : "");
            int digits = 1 + random.nextInt(25);
            int point = random.nextInt(2 * digits);
            for (int d = 0; d < digits; d++) {
                if (d == point) {
                    number.append('.');
                }
                number.append((char) ('0' + random.nextInt(10)));
            }
            if (random.nextInt(4) != 0) {
                number.append('e').append(random.nextInt(-400, 401));
            }
            checkFast(number.toString());
        }
    }

    @Test
    @DisplayName("points half way between neighbours, and one digit beside them")
    void halfway() {
        SplittableRandom random = new SplittableRandom(SEED + 2);
        for (int k = 0; k < 8_000; k++) {
            long bits = random.nextLong() & Long.MAX_VALUE;
            if (k % 4 == 0) {
                bits &= 0x000F_FFFF_FFFF_FFFFL >>> random.nextInt(50); // subnormal
            } else if (k % 4 == 1) {
                bits = bits & 0x000F_FFFF_FFFF_FFFFL | (1023L + random.nextInt(-10, 75)) << 52;
            }
            double low = Double.longBitsToDouble(bits);
            double high = Math.nextUp(low);
            if (!(high <= Double.MAX_VALUE)) {
                continue;
            }
            BigDecimal half = new BigDecimal(low).add(new BigDecimal(high)).divide(BigDecimal.valueOf(2));
            String text = half.toString();
            checkFast(text);
            BigDecimal little = half.ulp();
            checkFast(half.add(little).toString());
            checkFast(half.subtract(little).toString());
            checkFast(half.round(new java.math.MathContext(17)).toString());
            checkFast(half.round(new java.math.MathContext(19)).toString());
        }
    }

    @Test
    void integersAroundPowersOfTwo() {
        for (int shift = 50; shift < 64; shift++) {
            for (long d = -300; d <= 300; d++) {
                checkFast(Long.toUnsignedString((1L << shift) + d));
            }
        }
    }

    @Test
    @DisplayName("neither what stands before nor what follows the number matters")
    void surroundings() {
        byte[] around = new byte[64 + NumberParser.PADDING];
        for (byte filler : "9.e-".getBytes(StandardCharsets.US_ASCII)) {
            Arrays.fill(around, filler);
            byte[] number = "-12.375 ".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(number, 0, around, 5, number.length);
            assertThat(parser.parse(around, 5)).isEqualTo(-12.375);
            assertThat(parser.end).isEqualTo(12);
        }
    }
}
